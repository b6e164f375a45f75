import type { Purpose } from "../estate/model";
import { loadTable, once } from "./load";
import data from "./network-layouts.json";
import schema from "./network-layouts.schema.json";
import type { Provenance } from "./sources";

/** The most that a kind of traffic may take of an adapter that it shares. */
export interface Cap {
  readonly purpose: Purpose;
  readonly percent: number;
}

/** One adapter or team of a layout, and what it carries. */
export interface LayoutLink {
  readonly purposes: readonly Purpose[];
  /** How many adapters, at least. */
  readonly adapters: number;
  /** At least; left out where the document names no speed. */
  readonly speedMbps?: number;
  readonly caps?: readonly Cap[];
}

/** How the network adapters of a cluster node may be used, as a document lists it. */
export interface NetworkLayout extends Provenance {
  readonly id: string;
  /** `two adapters of 10 Gbps` */
  readonly title: string;
  readonly hosts: readonly string[];
  readonly verdict: "recommended" | "supported" | "notRecommended";
  /** True where kinds of traffic share an adapter that other layouts separate. */
  readonly converged: boolean;
  readonly links: readonly LayoutLink[];
}

export interface NetworkLayoutsTable {
  readonly layouts: readonly NetworkLayout[];
}

const shipped = once(() => readNetworkLayouts(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readNetworkLayouts(source: unknown): NetworkLayoutsTable {
  return loadTable<NetworkLayoutsTable>("network-layouts.json", source, schema);
}

export function networkLayouts(table = shipped()): readonly NetworkLayout[] {
  return table.layouts;
}

/** The layouts of a host version, the most separate first; none from Windows Server 2012 on, which converges networks. */
export function networkLayoutsOf(host: string, table = shipped()): readonly NetworkLayout[] {
  return table.layouts.filter(({ hosts }) => hosts.includes(host));
}
