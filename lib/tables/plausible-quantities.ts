import { perObject } from "../text/collections";
import { loadTable, once } from "./load";
import data from "./plausible-quantities.json";
import schema from "./plausible-quantities.schema.json";

/** A quantity beyond which a value was most likely written in another unit. It is only ever asked about. */
export interface PlausibleQuantity {
  /** Facts of the model, as in `virtualMachine.disks.sizeGB`. */
  readonly facts: readonly string[];
  /** What has it. */
  readonly of: string;
  readonly unit: "MB" | "GB" | "Mbps";
  readonly least?: number;
  readonly most?: number;
  /** The unit that was most likely meant, and what makes the declared one of it. */
  readonly meant: { readonly unit: string; readonly factor: number };
  readonly confidence: "unverified";
  readonly note: string;
}

interface PlausibleQuantitiesTable {
  readonly quantities: readonly PlausibleQuantity[];
}

const shipped = once(() => loadTable<PlausibleQuantitiesTable>("plausible-quantities.json", data, schema));

const byFact = perObject(
  ({ quantities }: PlausibleQuantitiesTable) =>
    new Map(
      quantities
        .flatMap(({ facts }) => facts)
        .map((fact) => [fact, quantities.filter(({ facts }) => facts.includes(fact))]),
    ),
);

/** The row that a value of a fact is beyond; undefined for a value that something may well have. */
export function implausible(fact: string, value: number): PlausibleQuantity | undefined {
  const rows = byFact(shipped()).get(fact) ?? [];
  return rows.find(({ least = 0, most = Infinity }) => value < least || value > most);
}
