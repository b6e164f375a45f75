import { VmmEnd } from "../estate/model";
import type { Resolution } from "../estate/reader";
import { nearest, quoted } from "../text/nearest";
import { alternatives } from "../text/words";
import { loadTable, once } from "./load";
import type { Confidence, Provenance } from "./sources";
import data from "./vmm-ports.json";
import schema from "./vmm-ports.schema.json";

/** A version of System Center Virtual Machine Manager. */
export interface VmmVersion {
  readonly id: string;
  readonly name: string;
  /** A version without a document of its own has the rows of another one. */
  readonly like?: { readonly version: string; readonly source: string; readonly confidence: Confidence };
}

/** A connection that a version needs, as its document has it. */
export interface VmmPort extends Provenance {
  /** Names the connection in declarations. */
  readonly id: string;
  readonly versions: readonly string[];
  /** Versions that are like one of these, but do not have the row. */
  readonly except?: readonly string[];
  readonly from: readonly VmmEnd[];
  readonly to: readonly VmmEnd[];
  readonly title: string;
  readonly protocol: string;
  readonly transport: "tcp" | "udp";
  /** Default ports; none where the port is whatever was chosen at the other end, or the call is local. */
  readonly ports: readonly number[];
  /** One of the ports is enough. */
  readonly anyOf?: true;
  /** The ports are the first and the last one of a range, all of which is needed. */
  readonly range?: true;
  /** It never crosses a network. */
  readonly local?: true;
  /** The document allows no other port. */
  readonly exact?: true;
  /** Meant for everybody, so that it may be open to the internet. */
  readonly public?: true;
  /** Ports of VMM, and hardly of anything else. */
  readonly own?: true;
  /** What listens, where other rows are about the same listener. */
  readonly service?: string;
  readonly maximumPort?: number;
  /** An empty list: nowhere; without the list, the document does not state it. */
  readonly changeAt?: readonly string[];
}

export interface VmmPortsTable {
  readonly versions: readonly VmmVersion[];
  readonly rows: readonly VmmPort[];
}

const shipped = once(() => readVmmPorts(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readVmmPorts(source: unknown): VmmPortsTable {
  return loadTable<VmmPortsTable>("vmm-ports.json", source, schema);
}

export function vmmVersions(table = shipped()): readonly VmmVersion[] {
  return table.versions;
}

export function vmmVersionName(id: string, table = shipped()): string {
  return table.versions.find((version) => version.id === id)?.name ?? id;
}

/** Every row, of whatever versions. */
export function vmmPortRows(table = shipped()): readonly VmmPort[] {
  return table.rows;
}

/** The connections that a version needs. Rows of another version are as reliable as the statement that the two versions are alike. */
export function vmmPorts(version: string, table = shipped()): readonly VmmPort[] {
  const like = table.versions.find(({ id }) => id === version)?.like;
  if (like === undefined) return table.rows.filter(({ versions }) => versions.includes(version));
  return table.rows
    .filter(({ versions, except = [] }) => versions.includes(like.version) && !except.includes(version))
    .map((row) => ({ ...row, source: like.source, confidence: like.confidence }));
}

/** `TCP 443`, `TCP 80 or 443`, `TCP not fixed` where there is no default. */
export function describeVmmPorts({ transport, ports, anyOf, range, maximumPort, local }: VmmPort): string {
  const name = transport.toUpperCase();
  if (local === true) return `${name} local`;
  if (ports.length === 0) return `${name} not fixed`;
  const numbers = ports.map(String);
  const text = anyOf === true ? alternatives(numbers) : numbers.join(range === true ? "-" : ", ");
  return `${name} ${text}${maximumPort === undefined ? "" : ` (at most ${String(maximumPort)})`}`;
}

/** What listens on the port of a row; rows with the same one share a port. */
export function serviceOf({ id, service }: VmmPort): string {
  return service ?? id;
}

/** Reads a version as people write it: `VMM 2012 SP1`, `SCVMM 2008 R2 with Service Pack 1`, `System Center 2012 VMM`. */
export function resolveVmmVersion(text: string, table = shipped()): Resolution<string> {
  const wanted = foldVersion(text);
  const version = table.versions.find(({ id, name }) => [id, name].some((one) => foldVersion(one) === wanted));
  if (version !== undefined) return { resolved: true, value: version.id };
  const names = nearest(
    text,
    table.versions.map(({ name }) => name),
  );
  return { resolved: false, problem: "no version of VMM has this name", allowed: `a name such as ${quoted(names)}` };
}

/** Reads the name of a connection: the id of a row of any version. */
export function resolveVmmConnection(text: string, table = shipped()): Resolution<string> {
  const wanted = foldConnection(text);
  const ids = [...new Set(table.rows.filter(({ local }) => local !== true).map(({ id }) => id))];
  const id = ids.find((one) => foldConnection(one) === wanted);
  if (id !== undefined) return { resolved: true, value: id };
  const problem = "VMM has no connection of this name";
  return { resolved: false, problem, allowed: `a name such as ${quoted(nearest(text, ids))}` };
}

/** Leaves what tells versions apart; the words around do not, and neither do cumulative updates. */
function foldVersion(text: string): string {
  return text
    .toLowerCase()
    .replace(/service\s*pack\s*/g, "sp")
    .replace(/\b(ur|update rollup)\s*\d+\b/g, "")
    .replace(/scvmm|vmm|virtual machine manager|system center|microsoft|\b(with|version|rtm)\b/g, "")
    .replace(/[^a-z0-9]/g, "");
}

function foldConnection(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
