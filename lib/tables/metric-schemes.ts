import { loadTable, once } from "./load";
import data from "./metric-schemes.json";
import schema from "./metric-schemes.schema.json";
import type { Provenance } from "./sources";

/** The metrics that a cluster gives to its networks itself. */
export interface AutomaticMetrics {
  /** Of the first network without a default gateway. */
  readonly privateFrom: number;
  /** Of the first network with a default gateway; also the least metric of a network for public traffic. */
  readonly publicFrom: number;
  /** From one network to the next. */
  readonly step: number;
}

/** How clusters of some host versions choose among their networks. */
export interface MetricScheme extends Provenance {
  readonly id: string;
  readonly hosts: readonly string[];
  /** Left out where no document has them. */
  readonly automatic?: AutomaticMetrics;
  /** Whether the default order of live migration comes from the metrics. */
  readonly liveMigrationByMetric: boolean;
  /** What the metrics decide, in a sentence. */
  readonly remark: string;
}

export interface MetricSchemesTable {
  readonly schemes: readonly MetricScheme[];
}

const shipped = once(() => readMetricSchemes(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readMetricSchemes(source: unknown): MetricSchemesTable {
  return loadTable<MetricSchemesTable>("metric-schemes.json", source, schema);
}

export function metricSchemes(table = shipped()): readonly MetricScheme[] {
  return table.schemes;
}

/** The scheme of a host version; undefined before Windows Server 2008 R2. */
export function metricSchemeOf(host: string, table = shipped()): MetricScheme | undefined {
  return table.schemes.find(({ hosts }) => hosts.includes(host));
}
