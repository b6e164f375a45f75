import type { GuestOs } from "../estate/model";
import { isDefault, isValue, type Known, type Value } from "../estate/value";
import { exchangeRoleName, exchangeVersionName } from "../tables/exchange";
import { hostVersionName } from "../tables/host-versions";
import { describeGuestOs, isUnlisted } from "../tables/operating-systems";
import { isRecord } from "../text/collections";
import { label } from "../text/names";
import { comparable, pairsOf, type Element } from "./element-pairs";

/** What differs between what is declared of an entity and what runs. */
export interface Difference {
  /** The property of the declaration, as a path. */
  readonly path: string;
  /** `value`: both have it; `missing`: only declared; `undeclared`: only running; `number`: of elements. */
  readonly kind: "value" | "missing" | "undeclared" | "number";
  readonly declared: Shown;
  readonly running: Shown;
}

/** A value as data. */
export type Shown = number | string | boolean | readonly string[];

/** Facts that another fact has too, or that change from day to day. */
const PASSED_OVER: ReadonlySet<string> = new Set(
  "name hostVersion edition architecture dvdDrives liveMigrationNetworks".split(" "),
);

/** Facts that name computers, with or without their domain. */
const COMPUTERS: ReadonlySet<string> = new Set([
  ..."host nodes possibleOwners replicaHost witnessServer".split(" "),
  ..."managedHosts libraryServers sqlServer".split(" "),
]);

/** The facts of an entity that both declare and differ in, each at its place in the declaration. */
export function factDifferences(declared: object, running: object): readonly Difference[] {
  return Object.entries(declared).flatMap(([name, fact]) => {
    const other: unknown = Reflect.get(running, name);
    return PASSED_OVER.has(name) || !isValue(fact) || !isValue(other) ? [] : valueDifferences(name, fact, other);
  });
}

/** A default is not declared: only what both certainly have is compared. */
function valueDifferences(name: string, declared: Value<unknown>, running: Value<unknown>): readonly Difference[] {
  if (declared.state !== "known" || running.state !== "known" || isDefault(declared) || isDefault(running)) return [];
  const [own, other] = [declared.value, running.value];
  const at = { path: declared.origin.path, kind: "value" } as const;
  if (isScalar(own) && isScalar(other)) {
    return same(name, own, other) ? [] : [{ ...at, declared: shown(name, own), running: shown(name, other) }];
  }
  if (Array.isArray(own) && Array.isArray(other)) return listDifferences(name, declared, own, other);
  if (isGuestOs(own) && isGuestOs(other)) {
    return sameGuest(own, other) ? [] : [{ ...at, declared: describeGuestOs(own), running: describeGuestOs(other) }];
  }
  return isRecord(own) && isRecord(other) ? factDifferences(own, other) : [];
}

/** What the tables call a thing, for facts that are ids in them. */
const NAMES: Readonly<Record<string, (id: string) => string>> = {
  operatingSystem: (id) => hostVersionName(id),
  version: (id) => exchangeVersionName(id),
  roles: (id) => exchangeRoleName(id),
};

function shown<T extends Scalar>(name: string, value: T): T | string {
  const named = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  return typeof value === "string" && named !== undefined ? named(value) : value;
}

function listDifferences(
  name: string,
  { origin }: Known<unknown>,
  declared: readonly unknown[],
  running: readonly unknown[],
): readonly Difference[] {
  if ([...declared, ...running].every(isElement)) {
    return elementDifferences(origin.path, declared.filter(isElement), running.filter(isElement));
  }
  const [own, other] = [textsIn(declared), textsIn(running)];
  if (own === undefined || other === undefined) return [];
  const isSame = includesAll(name, own, other) && includesAll(name, other, own);
  if (isSame) return [];
  const inNames = (texts: readonly string[]): readonly string[] => texts.map((text) => shown(name, text));
  return [{ path: origin.path, kind: "value", declared: inNames(own), running: inNames(other) }];
}

function elementDifferences(
  path: string,
  declared: readonly Element[],
  running: readonly Element[],
): readonly Difference[] {
  const { pairs, missing, undeclared, differsInNumber } = pairsOf(declared, running);
  return [
    ...pairs.flatMap(([own, other]) => factDifferences(own, other)),
    ...missing.map((element): Difference => {
      const name = nameOf(element);
      return { path: `${path}[${String(declared.indexOf(element))}]`, kind: "missing", declared: name, running: "" };
    }),
    ...undeclared.map((element): Difference => ({ path, kind: "undeclared", declared: "", running: nameOf(element) })),
    ...(differsInNumber ? [{ path, kind: "number" as const, declared: declared.length, running: running.length }] : []),
  ];
}

function isGuestOs(value: unknown): value is GuestOs {
  return isRecord(value) && typeof value["product"] === "string" && typeof value["servicePack"] === "number";
}

/** Whether two are the same as far as both tell it: one may be told without its edition, or without its service pack. */
function sameGuest(one: GuestOs, other: GuestOs): boolean {
  if (isUnlisted(one) || isUnlisted(other)) return true;
  const agree = (own: string | number | undefined, second: string | number | undefined): boolean =>
    own === undefined || second === undefined || own === 0 || second === 0 || own === second;
  return (
    one.product === other.product &&
    agree(one.edition, other.edition) &&
    agree(one.architecture, other.architecture) &&
    agree(one.servicePack, other.servicePack) &&
    (one.release === undefined || other.release === undefined || isWithin(one.release, other.release))
  );
}

/** `22.04` and `22.04.3` are the same as far as both tell it. */
function isWithin(one: string, other: string): boolean {
  return `${one}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${one}.`);
}

type Scalar = number | string | boolean;

function isScalar(value: unknown): value is Scalar {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}

function same(name: string, one: Scalar, other: Scalar): boolean {
  if (typeof one !== "string" || typeof other !== "string") return one === other;
  return COMPUTERS.has(name) ? label(one) === label(other) : comparable(one) === comparable(other);
}

function includesAll(name: string, texts: readonly string[], others: readonly string[]): boolean {
  return others.every((other) => texts.some((text) => same(name, text, other)));
}

function isElement(item: unknown): item is Element {
  return isRecord(item) && !isValue(item);
}

/** The texts of a list; undefined where one is not known. */
function textsIn(items: readonly unknown[]): readonly string[] | undefined {
  const texts = items.flatMap((item) =>
    isValue(item) && item.state === "known" && isScalar(item.value) ? [String(item.value)] : [],
  );
  return texts.length === items.length ? texts : undefined;
}

function nameOf(element: Element): string {
  for (const key of ["path", "name", "product", "connection"]) {
    const value = element[key];
    if (isValue(value) && value.state === "known" && isScalar(value.value)) return String(value.value);
  }
  return "one without a name";
}
