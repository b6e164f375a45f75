import type { DeclaredResource } from "../estate/declared";
import { isPlainArray, isPlainObject, type Plain } from "../estate/plain";
import type { Resolution } from "../estate/reader";
import { exchangeRoleName, exchangeVersionName, resolveExchangeRole, resolveExchangeVersion } from "../tables/exchange";
import { describeSize, grouped, hostVersionName, resolveHostVersion } from "../tables/host-versions";
import { once } from "../tables/load";
import {
  describeGuestOs,
  editionName,
  isUnlisted,
  productName,
  resolveArchitecture,
  resolveEdition,
  resolveOperatingSystem,
} from "../tables/operating-systems";

/** As much of a long text as a message shows at least. */
const SHOWN = 40;

/**
 * Keeps secret values out of messages. The engine hands policy packs plain values; our components say which of their
 * inputs were secret, and whatever stands in those is masked wherever a message would print it.
 */
export class Secrets {
  private readonly texts = new Set<string>();
  private masks: readonly Mask[] | undefined;

  add(resource: DeclaredResource): void {
    const names = resource.properties["secretInputs"];
    if (!isPlainArray(names)) return;
    for (const name of names) {
      if (typeof name === "string") this.collect(resource.properties[name] ?? null);
    }
    this.masks = undefined;
  }

  mask(message: string): string {
    this.masks ??= masksOf([...this.texts].flatMap(forms));
    const lower = message.toLowerCase();
    return this.masks.reduce(
      (masked, { start, pattern }) => (lower.includes(start) ? masked.replace(pattern(), "[secret]") : masked),
      message,
    );
  }

  private collect(plain: Plain): void {
    if (typeof plain === "string" || typeof plain === "number") {
      const text = String(plain).trim();
      if (text !== "") this.texts.add(text);
    } else if (isPlainArray(plain)) for (const item of plain) this.collect(item);
    else if (isPlainObject(plain)) for (const item of Object.values(plain)) this.collect(item ?? null);
  }
}

/** Every form in which a message may show a value: as it is, as it is quoted or written out, and as the tables call it. */
function forms(text: string): readonly string[] {
  const number = Number(text);
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    ...(Number.isFinite(number)
      ? [String(number), grouped(number), describeSize(number, "MB"), describeSize(number, "GB")]
      : tableNames(text)),
  ];
}

function tableNames(text: string): readonly string[] {
  try {
    return NAMES.flatMap((nameOf) => nameOf(text));
  } catch {
    return []; // a table that cannot be read is reported elsewhere, and names nothing
  }
}

const NAMES: readonly ((text: string) => readonly string[])[] = [
  (text) => {
    const system = resolveOperatingSystem(text);
    if (!system.resolved) return [];
    if (isUnlisted(system.value)) return [describeGuestOs(system.value)];
    const { product, servicePack } = system.value;
    return [describeGuestOs(system.value), describeGuestOs({ product, servicePack }), productName(product)];
  },
  (text) => named(resolveHostVersion(text), hostVersionName),
  (text) => named(resolveEdition(text), editionName),
  (text) => named(resolveArchitecture(text), (architecture) => architecture),
  (text) => named(resolveExchangeVersion(text), exchangeVersionName),
  (text) => named(resolveExchangeRole(text), exchangeRoleName),
];

function named<T>(resolution: Resolution<T>, nameOf: (value: T) => string): readonly string[] {
  return resolution.resolved ? [nameOf(resolution.value)] : [];
}

/** Finds one value. The pattern is only made and tried where the message has how the value starts. */
interface Mask {
  readonly start: string;
  readonly pattern: () => RegExp;
}

/** The longest first, so that no part of one value stays when another is within it. */
function masksOf(values: readonly string[]): readonly Mask[] {
  const longestFirst = [...new Set(values)].sort((one, other) => other.length - one.length);
  return longestFirst.map((value) => ({
    start: value.slice(0, SHOWN).toLowerCase(),
    pattern: once(() => new RegExp(asWord(value), "gi")),
  }));
}

/** The value as a word of its own (a secret 4 must not change every 64), or the beginning of it that a message shows. */
function asWord(value: string): string {
  const whole = `(?<![\\w.])${escape(value)}(?!\\w)`;
  return value.length > SHOWN ? `${whole}|${escape(value.slice(0, SHOWN))}[^"]*…` : whole;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
