import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Firewall, PortRange } from "../../../lib/estate/model";
import { EVERY_PORT } from "../../../lib/estate/ports";
import { gatherAll, ifKnown } from "../../../lib/estate/value";
import type { Change } from "../../../lib/rules/figures";
import { append } from "../../../lib/text/collections";
import { judgedTopologies, type Closed, type JudgedConnection } from "../model/firewalls";
import { INTERNET, isMeant } from "../model/topology-computers";
import { ask } from "../model/tri-state";

/** What a firewall would have to open beside what it opens. */
interface MissingPorts {
  readonly transport: "tcp" | "udp";
  readonly texts: readonly string[];
}

/** All that VMM servers miss at each firewall: the change of one finding must not undo that of another. */
const missingAt = perEstate((estate): ReadonlyMap<Firewall, MissingPorts[]> => {
  const missing = new Map<Firewall, MissingPorts[]>();
  for (const { connections } of judgedTopologies(estate)) {
    for (const judged of connections) {
      for (const [firewall, ports] of missingOf(judged)) append(missing, firewall, ports);
    }
  }
  return missing;
});

function missingOf({
  connection,
  passages,
}: JudgedConnection): readonly (readonly [firewall: Firewall, ports: MissingPorts])[] {
  const { transport, ports, anyOf, range } = connection;
  // Which of several ports is used is a decision.
  if (anyOf || ports.state !== "known") return [];
  return passages.flatMap(({ port, passage }) => {
    if (passage.kind !== "closed" || passage.extensible === undefined) return [];
    const texts = portTexts(range ? ports.value : [port], range).map(String);
    return [[passage.extensible, { transport, texts }] as const];
  });
}

/**
 * The ports of an entry in `allow` with all that VMM misses there. None for a firewall that would open them to the
 * internet, and where no entry has the transport.
 */
export function changeOfAllow({ extensible }: Closed, transport: "tcp" | "udp", estate: Estate): Change | undefined {
  if (extensible === undefined || ask(extensible.from, (from) => isMeant(from, INTERNET)) !== false) return undefined;
  const entry = (ifKnown(extensible.allow) ?? []).find(({ protocol }) =>
    [transport, "any"].includes(ifKnown(protocol) ?? ""),
  );
  if (entry === undefined) return undefined;
  const ranges = gatherAll(ifKnown(entry.ports) ?? [], entry.ports.origin);
  if (entry.ports.state !== "known" || ranges.state !== "known") return undefined;
  const missing = (missingAt(estate).get(extensible) ?? []).flatMap((one) =>
    one.transport === transport ? one.texts : [],
  );
  const texts = [...new Set([...ranges.value.map(rangeText), ...missing])];
  return { path: entry.ports.origin.path, value: texts };
}

/** The ports as a list, or the range from the first to the last. */
export function portTexts(ports: readonly number[], isRange: boolean): readonly (number | string)[] {
  return isRange ? [ports.join("-")] : ports;
}

function rangeText({ from, to }: PortRange): string {
  if (from === EVERY_PORT.from && to === EVERY_PORT.to) return "*";
  return from === to ? String(from) : `${String(from)}-${String(to)}`;
}
