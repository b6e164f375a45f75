import type { GuestOs } from "../estate/model";
import type { Resolution } from "../estate/reader";
import { isValue } from "../estate/value";
import { exchangeRoleName, exchangeVersionName, resolveExchangeRole, resolveExchangeVersion } from "../tables/exchange";
import { describeSize, grouped, hostVersionName, resolveHostVersion } from "../tables/host-versions";
import {
  describeGuestOs,
  editionName,
  isUnlisted,
  productName,
  resolveArchitecture,
  resolveEdition,
  resolveOperatingSystem,
} from "../tables/operating-systems";
import { DISTINCT } from "./masks";

/** How messages may call a fact: numbers and texts as they are, and what the tables make of ids and objects. */
export function factForms(fact: unknown): readonly string[] {
  if (typeof fact === "number") return [String(fact)];
  if (typeof fact === "string") return [fact, ...idNames(fact)];
  if (typeof fact !== "object" || fact === null || isValue(fact)) return [];
  if (isGuestOs(fact)) return systemNames(fact);
  if (isEntity(fact)) return [fact.name];
  return Object.values(fact).flatMap(factForms);
}

/** Something else of the estate, which a reference stands for. */
function isEntity(fact: object): fact is { readonly name: string } {
  return "urn" in fact && "name" in fact && typeof fact.name === "string";
}

function isGuestOs(fact: object): fact is GuestOs {
  return "product" in fact && typeof fact.product === "string" && "servicePack" in fact;
}

function systemNames(system: GuestOs): readonly string[] {
  try {
    return [describeGuestOs(system), productName(system.product), system.product];
  } catch {
    return []; // a table that cannot be read is reported elsewhere, and names nothing
  }
}

function idNames(id: string): readonly string[] {
  try {
    return [hostVersionName(id), editionName(id), exchangeVersionName(id), productName(id)].filter(
      (name) => name !== id,
    );
  } catch {
    return [];
  }
}

/** No name of the tables is longer. */
const LONGEST_NAME = 200;

/** Every form in which a text may show a value: as it is, quoted, encoded or written out, and as the tables call it. */
export function secretForms(text: string): readonly string[] {
  const number = Number(text);
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    ...encoded(text),
    ...(Number.isFinite(number)
      ? [String(number), grouped(number), describeSize(number, "MB"), describeSize(number, "GB")]
      : tableNames(text)),
  ];
}

/** As in an address, and as in a header or an encoded command; a short text is found by chance in these. */
function encoded(text: string): readonly string[] {
  if (text.length < DISTINCT || text.length > LONGEST_ENCODED) return [];
  const inAddress = encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
  return [inAddress, ...ENCODINGS.map((encoding) => Buffer.from(text, encoding).toString("base64").replace(/=+$/, ""))];
}

/** No message shows so much of a text. */
const LONGEST_ENCODED = 4000;

/** PowerShell encodes commands in UTF-16. */
const ENCODINGS = ["utf8", "utf16le"] as const;

function tableNames(text: string): readonly string[] {
  if (text.length > LONGEST_NAME) return [];
  try {
    return NAMES.flatMap((nameOf) => nameOf(text));
  } catch {
    return []; // a table that cannot be read is reported elsewhere, and names nothing
  }
}

const NAMES: readonly ((text: string) => readonly string[])[] = [
  namesOfSystem,
  (text) => named(resolveEdition(text), editionName),
  (text) => named(resolveArchitecture(text), (architecture) => architecture),
  (text) => named(resolveExchangeVersion(text), exchangeVersionName),
  (text) => named(resolveExchangeRole(text), exchangeRoleName),
];

function namesOfSystem(text: string): readonly string[] {
  const system = resolveOperatingSystem(text);
  if (!system.resolved) return [];
  if (isUnlisted(system.value)) return [describeGuestOs(system.value)];
  const { product, servicePack } = system.value;
  const names = [describeGuestOs(system.value), describeGuestOs({ product, servicePack }), productName(product)];
  return [...names, ...named(resolveHostVersion(text), hostVersionName)];
}

function named<T>(resolution: Resolution<T>, nameOf: (value: T) => string): readonly string[] {
  return resolution.resolved ? [nameOf(resolution.value)] : [];
}
