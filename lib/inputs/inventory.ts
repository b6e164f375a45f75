import type { DeclaredResource } from "../estate/declared";
import { NOT_READ, type Plain, type PlainObject } from "../estate/plain";
import { isRecord } from "../text/collections";
import { count } from "../text/words";
import { InputError, jsonObject, type Input } from "./input";

/*
 * What `hyperv-guard inventory-script` writes on a host: what runs there, in the words of the component resources. So each
 * entry becomes a component, and nothing here knows a property of any.
 */

const WHAT = "an inventory as the script of `hyperv-guard inventory-script` writes it";

/** The version of the form that is read: it grows with a change that a reader of the former one would stumble over. */
export const INVENTORY_VERSION = 1;

/** The lists of an inventory, and the component that each entry becomes. */
export const INVENTORY_LISTS = {
  hosts: "Host",
  clusters: "Cluster",
  virtualMachines: "VirtualMachine",
  logicalNetworks: "LogicalNetwork",
  vmmServers: "VmmServer",
  firewalls: "Firewall",
  replicaRelationships: "ReplicaRelationship",
  backupJobs: "BackupJob",
} as const;

/** What an inventory has beside its lists. */
const OTHER_KEYS: ReadonlySet<string> = new Set([
  "$schema",
  "inventoryVersion",
  "collectedAt",
  "collectedOn",
  "notRead",
]);

/** No honest inventory is nested deeper. */
const MAXIMUM_DEPTH = 32;

/** Why something was not read, as the script says it. */
interface NotRead {
  readonly what: string;
  readonly why: string;
  /** Whether it is a whole host, cluster or virtual machine, which is missing in the lists. */
  readonly isMissing: boolean;
}

/**
 * Reads an inventory.
 * @throws InputError for a text that is none
 */
export function readInventory(text: string): Input {
  const inventory = jsonObject(text, WHAT);
  const { inventoryVersion: version } = inventory;
  if (version === undefined) throw new InputError(`is not ${WHAT}: it has no inventoryVersion`);
  if (version !== INVENTORY_VERSION) {
    const found = typeof version === "number" ? `version ${String(version)}` : "an unknown version";
    throw new InputError(`is an inventory of ${found}; ${String(INVENTORY_VERSION)} is read`);
  }
  const odd = Object.keys(inventory).find((key) => !OTHER_KEYS.has(key) && !Object.hasOwn(INVENTORY_LISTS, key));
  if (odd !== undefined) throw new InputError(`is not ${WHAT}: ${shortName(odd)} is not a part of it`);
  const taken = new Set<string>();
  const resources = Object.entries(INVENTORY_LISTS).flatMap(([list, component]) =>
    entriesOf(inventory, list).map((entry) => resourceOf(entry, component, taken)),
  );
  const notRead = entriesOf(inventory, "notRead").map(reasonOf);
  const missing = notRead.filter(({ isMissing }) => isMissing);
  const others = notRead.filter(({ isMissing }) => !isMissing);
  return {
    resources,
    ...(missing.length === 0 ? {} : { partial: `the inventory does not have ${described(missing)}.` }),
    ...(others.length === 0 ? {} : { notes: [`The inventory could not read ${described(others)}.`] }),
  };
}

function entriesOf(
  inventory: Readonly<Record<string, unknown>>,
  list: string,
): readonly Readonly<Record<string, unknown>>[] {
  const entries = inventory[list] ?? [];
  if (!Array.isArray(entries)) throw new InputError(`is not ${WHAT}: its ${list} are not a list`);
  const all: readonly unknown[] = entries;
  const wrong = all.findIndex((entry) => !isRecord(entry));
  if (wrong >= 0) throw new InputError(`is not ${WHAT}: ${list}[${String(wrong)}] is not an object`);
  return all.filter(isRecord);
}

/**
 * An entry as a component. Hyper-V allows two machines of one name on a host, and a URN is of one resource.
 * @param taken the URNs that others have, in lower case
 * @param source what the entry was read from, as the URN says it
 */
export function resourceOf(
  entry: Readonly<Record<string, unknown>>,
  component: string,
  taken: Set<string>,
  source: { readonly name: string; readonly place?: string } = { name: "inventory" },
): DeclaredResource {
  const type = `hyperv-guard:index:${component}`;
  const name = textOf(entry["name"]) ?? component;
  const place = source.place ?? textOf(entry["host"]) ?? textOf(entry["cluster"]) ?? "estate";
  const base = `urn:pulumi:${source.name}::${inUrn(place)}::${type}::${inUrn(name)}`;
  let urn = base;
  for (let copy = 2; taken.has(urn.toLowerCase()); copy++) urn = `${base} (${String(copy)})`;
  taken.add(urn.toLowerCase());
  return { urn, type, name, properties: plainObject(entry, 1) };
}

/** The parts of a URN stand between double colons. */
function inUrn(text: string): string {
  return text.replace(/:+/g, "-");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** A value of an inventory: `null` says that it could not be read. */
function plain(value: unknown, depth: number): Plain {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (depth > MAXIMUM_DEPTH) return NOT_READ;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  return isRecord(value) ? plainObject(value, depth) : NOT_READ;
}

function plainObject(object: Readonly<Record<string, unknown>>, depth: number): PlainObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, plain(value, depth + 1)]));
}

function reasonOf({ what, why, isMissing }: Readonly<Record<string, unknown>>): NotRead {
  return {
    what: textOf(what) ?? "something",
    why: sentencePart(textOf(why) ?? "no reason"),
    isMissing: isMissing === true,
  };
}

/** A message of Windows as a part of a sentence. */
function sentencePart(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(/[.\s]+$/, "");
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON)}…`;
}

const LONGEST_REASON = 160;

/** How many things of one reason, and how many reasons, are named. */
const NAMED = 3;

/** What was not read, by reason: one access that is denied may be in the way of everything. */
function described(notRead: readonly NotRead[]): string {
  const byReason = new Map<string, string[]>();
  for (const { what, why } of notRead) byReason.set(why, [...(byReason.get(why) ?? []), what]);
  const parts = [...byReason].map(([why, whats]) => `${someOf(whats)} (${why})`);
  const more = parts.slice(NAMED).length;
  const shown = parts.slice(0, NAMED).join("; ");
  return more === 0 ? shown : `${shown}; and more for ${count(more, "other reason")}`;
}

function someOf(whats: readonly string[]): string {
  const more = whats.length - NAMED;
  return more <= 0 ? whats.join(", ") : `${whats.slice(0, NAMED).join(", ")} and ${String(more)} more`;
}

function shortName(key: string): string {
  return JSON.stringify(key.slice(0, 40));
}
