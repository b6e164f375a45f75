import type { GuestOs } from "../estate/model";
import { perObject, perText } from "../text/collections";
import { alternatives } from "../text/words";
import { covers, leavesReleaseOpen, type Coverage } from "./coverage";
import data from "./guest-support.json";
import schema from "./guest-support.schema.json";
import { limitOf, type HostVersionsTable } from "./host-versions";
import { featuresOn, namesFeature, readLinuxGuests, type LinuxGuest, type LinuxGuestsTable } from "./linux-guests";
import linuxGuests from "./linux-guests.json";
import { loadTable, once } from "./load";
import { familyOf } from "./operating-systems";
import { CONFIDENCES, type Provenance } from "./sources";

/** Which numbers of virtual processors a guest may have: those that are listed, or all up to a maximum. */
export type AllowedProcessors =
  | { readonly counts: readonly number[] }
  | { readonly maximum: number }
  | { readonly maximumByGeneration: { readonly "1": number; readonly "2": number } }
  /** The document gives no number: as many as the host allows, up to what the guest's kernel takes. */
  | { readonly hostMaximum: true; readonly atMost?: number };

/** What a guest may have on one host version in one generation, the host's own limit included. */
export type ProcessorCounts = { readonly counts: readonly number[] } | { readonly maximum: number };

/** One line of a document's list of supported guest operating systems. */
export interface GuestSupport extends Coverage, Provenance {
  readonly hosts: readonly string[];
  readonly product: string;
  readonly servicePacks: readonly number[];
  /** Without it: every generation that the host has. */
  readonly generations?: readonly (1 | 2)[];
  readonly processors: AllowedProcessors;
}

/** Guests that a document excludes from hosts, whatever other lists say. */
export interface GuestExclusion extends Coverage, Provenance {
  readonly hosts: readonly string[];
  readonly product: string;
  readonly statement: string;
}

export interface GuestSupportTable {
  readonly rows: readonly GuestSupport[];
  readonly exclusions: readonly GuestExclusion[];
  /** What holds for a system that no list names. */
  readonly unlisted: Provenance & { readonly statement: string };
}

const shipped = once(() => readGuestSupport(data, readLinuxGuests(linuxGuests)));

/**
 * The lists of guests, and every column of the Linux and FreeBSD feature tables as one more line.
 * @throws TableError when the data does not fit the table's schema.
 */
export function readGuestSupport(source: unknown, linux: LinuxGuestsTable): GuestSupportTable {
  const table = loadTable<GuestSupportTable>("guest-support.json", source, schema);
  return { ...table, rows: [...table.rows, ...linux.rows.flatMap((column) => linesOf(column, linux))] };
}

/**
 * The lines that cover a guest on a host version. What the declaration does not specify (edition, architecture, point
 * release) fits every line, so that a verdict can ask whether all of them agree. A line with numbers of its own
 * outranks one that leaves them to the host.
 */
export function guestSupport(host: string, guest: GuestOs, table = shipped()): readonly GuestSupport[] {
  return supportIn(table)(guest)(host);
}

/** Thousands of virtual machines have the same guest on the same host version. */
const supportIn = perObject((table: GuestSupportTable) =>
  perObject((guest: GuestOs) => perText((host) => findSupport(host, guest, table))),
);

function findSupport(host: string, guest: GuestOs, table: GuestSupportTable): readonly GuestSupport[] {
  const lines = table.rows.filter(
    (row) => row.product === guest.product && row.hosts.includes(host) && covers(row, guest),
  );
  const withNumbers = lines.filter(({ processors }) => !("hostMaximum" in processors));
  return withNumbers.length > 0 ? withNumbers : lines;
}

/**
 * The lines that tell how many virtual processors a guest may have: where a feature table tells what the kernel takes, a
 * page that only names the guest says nothing of it.
 */
export function processorLines(host: string, guest: GuestOs, table = shipped()): readonly GuestSupport[] {
  const lines = guestSupport(host, guest, table);
  const isCapped = lines.some(({ processors }) => "atMost" in processors);
  return isCapped ? lines.filter(({ confidence }) => confidence !== "derived") : lines;
}

/** The document that excludes a guest from a host version. What the declaration leaves open excludes nothing. */
export function guestExclusion(host: string, guest: GuestOs, table = shipped()): GuestExclusion | undefined {
  return table.exclusions.find(
    (row) =>
      row.product === guest.product &&
      row.hosts.includes(host) &&
      covers(row, guest) &&
      !leavesReleaseOpen(row.releases, guest.release) &&
      (row.editions === undefined || guest.edition !== undefined),
  );
}

/** What holds for a system that no list names. */
export function unlistedGuests(table = shipped()): GuestSupportTable["unlisted"] {
  return table.unlisted;
}

/** Whether the list of any host version has a product. */
export function isListedProduct(product: string, table = shipped()): boolean {
  return productsIn(table).has(product);
}

const productsIn = perObject((table: GuestSupportTable) => new Set(table.rows.map(({ product }) => product)));

/** Every line of a host version, in the order of the documents. */
export function guestList(host: string, table = shipped()): readonly GuestSupport[] {
  return table.rows.filter((row) => row.hosts.includes(host));
}

/**
 * The source for a guest *not* being in the list of a host version: a line about another release of the same product, else
 * the document that has most lines for the guest's family.
 */
export function guestListProvenance(host: string, guest: GuestOs, table = shipped()): Provenance | undefined {
  const family = familyOf(guest.product);
  const lines = guestList(host, table).filter(({ product }) => familyOf(product) === family);
  const sameProduct = lines.filter(({ product }) => product === guest.product);
  const linesOf = ({ source, confidence }: Provenance): number =>
    lines.filter((line) => line.source === source && line.confidence === confidence).length;
  const mostReliable = (some: readonly GuestSupport[]): Provenance | undefined =>
    CONFIDENCES.flatMap((confidence) => some.filter((line) => line.confidence === confidence))[0];
  const verified = lines.filter(({ confidence }) => confidence !== "unverified");
  const main = [...verified].sort((one, other) => linesOf(other) - linesOf(one))[0];
  return mostReliable(sameProduct) ?? main ?? lines[0];
}

/** Whether a line is about virtual machines of this generation. */
export function supportsGeneration(line: GuestSupport, generation: 1 | 2): boolean {
  return line.generations?.includes(generation) ?? true;
}

/** The numbers of a line on a host version, without those that exceed the host's own limit. */
export function processorsOn(
  host: string,
  line: GuestSupport,
  generation: 1 | 2,
  hosts?: HostVersionsTable,
): ProcessorCounts {
  const most = limitOf(host, "guestProcessors", generation, hosts)?.value ?? Infinity;
  const { processors } = line;
  if ("counts" in processors) return { counts: processors.counts.filter((count) => count <= most) };
  return { maximum: Math.min(most, maximumProcessors(processors, generation)) };
}

/** Whether a line allows this number of virtual processors in a virtual machine of this generation. */
export function allowsProcessors(allowed: AllowedProcessors, count: number, generation: 1 | 2): boolean {
  if ("counts" in allowed) return allowed.counts.includes(count);
  return count >= 1 && count <= maximumProcessors(allowed, generation);
}

/** Infinity where the document leaves it to the host. */
export function maximumProcessors(allowed: AllowedProcessors, generation: 1 | 2): number {
  if ("counts" in allowed) return Math.max(...allowed.counts);
  if ("hostMaximum" in allowed) return allowed.atMost ?? Infinity;
  return "maximum" in allowed ? allowed.maximum : allowed.maximumByGeneration[generation];
}

/** `1, 2 or 4`, `1 to 64`, `as many as the host allows`. */
export function describeProcessors(allowed: AllowedProcessors | ProcessorCounts, generation: 1 | 2): string {
  if ("counts" in allowed) return alternatives(allowed.counts.map(String));
  const maximum = maximumProcessors(allowed, generation);
  return maximum === Infinity ? "as many as the host allows" : `1 to ${maximum.toLocaleString("en-US")}`;
}

/** What a guest may have at most without the feature of more than 256 virtual processors. */
const MOST_OF_OLD_KERNELS = 256;

/** A column of a feature table supports its guests where it has the core features, in generation 2 where UEFI boots. */
function linesOf(column: LinuxGuest, linux: LinuxGuestsTable): readonly GuestSupport[] {
  const { products, hosts, servicePacks, releases, editions, source, confidence } = column;
  const supported = hosts.filter((host) => featuresOn(host, column).includes("core"));
  const uefi = supported.filter((host) => featuresOn(host, column).includes("uefiBoot"));
  const few =
    namesFeature(column, "over256Processors", linux) &&
    !column.features.some(({ names }) => names.includes("over256Processors"));
  const line = (product: string, on: readonly string[], generations: readonly (1 | 2)[]): GuestSupport => ({
    hosts: on,
    product,
    servicePacks,
    ...(releases === undefined ? {} : { releases }),
    ...(editions === undefined ? {} : { editions }),
    generations,
    processors: few ? { hostMaximum: true, atMost: MOST_OF_OLD_KERNELS } : { hostMaximum: true },
    source,
    confidence,
  });
  return products.flatMap((product) => [
    ...(uefi.length === 0 ? [] : [line(product, uefi, [1, 2])]),
    ...(uefi.length === supported.length
      ? []
      : [
          line(
            product,
            supported.filter((host) => !uefi.includes(host)),
            [1],
          ),
        ]),
  ]);
}
