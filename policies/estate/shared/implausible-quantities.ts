import type { Problem } from "../../../lib/estate/declared";
import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, isDefault, type Value } from "../../../lib/estate/value";
import { guestMemory } from "../../../lib/tables/guest-memory";
import { limitOf } from "../../../lib/tables/host-versions";
import { implausible, type PlausibleQuantity } from "../../../lib/tables/plausible-quantities";
import { append } from "../../../lib/text/collections";

/** Values that were most likely written in another unit, by the resource that they stand in. They are asked about. */
export const implausibleQuantities = perEstate((estate): ReadonlyMap<string, readonly Problem[]> => {
  const problems = new Map<string, Problem[]>();
  const seen = new Set<string>();
  for (const { fact, value } of quantitiesOf(estate)) {
    const found = ifKnown(value);
    const row = found === undefined || isDefault(value) ? undefined : implausible(fact, found);
    if (row === undefined || found === undefined) continue;
    const { urn, path } = value.origin;
    if (seen.has(`${urn}\n${path}`)) continue;
    seen.add(`${urn}\n${path}`);
    append(problems, urn, { urn, path, ...question(found, row), advisory: true });
  }
  return problems;
});

interface Quantity {
  /** As lib/tables/plausible-quantities.json calls it. */
  readonly fact: string;
  readonly value: Value<number>;
}

function quantitiesOf({ virtualMachines, hosts, clusters }: Estate): readonly Quantity[] {
  return [...virtualMachines.flatMap(ofMachine), ...hosts.flatMap(ofHost), ...clusters.flatMap(ofCluster)];
}

/** The memory of a guest with a documented minimum is a finding of its rule. */
function ofMachine({ memoryMB, dynamicMemory, disks, guestOs }: VirtualMachine): readonly Quantity[] {
  const guest = ifKnown(guestOs);
  const dynamic = ifKnown(dynamicMemory);
  const memory: readonly Quantity[] = [
    { fact: "virtualMachine.memoryMB", value: memoryMB },
    ...(dynamic === undefined
      ? []
      : [
          { fact: "virtualMachine.dynamicMemory.minimumMB", value: dynamic.minimumMB },
          { fact: "virtualMachine.dynamicMemory.maximumMB", value: dynamic.maximumMB },
        ]),
  ];
  return [
    ...(guest !== undefined && guestMemory(guest) !== undefined ? [] : memory),
    ...(ifKnown(disks) ?? []).map(({ sizeGB }) => ({ fact: "virtualMachine.disks.sizeGB", value: sizeGB })),
  ];
}

/** So is the memory of a host whose version needs a documented minimum. */
function ofHost({ memoryMB, operatingSystem, networkAdapters }: Host): readonly Quantity[] {
  const version = ifKnown(operatingSystem);
  const isJudged = version !== undefined && limitOf(version, "minimumMemory") !== undefined;
  return [
    ...(isJudged ? [] : [{ fact: "host.memoryMB", value: memoryMB }]),
    ...(ifKnown(networkAdapters) ?? []).map(({ speedMbps }) => ({
      fact: "host.networkAdapters.speedMbps",
      value: speedMbps,
    })),
  ];
}

function ofCluster({ networks }: Cluster): readonly Quantity[] {
  return (ifKnown(networks) ?? []).map(({ speedMbps }) => ({ fact: "cluster.networks.speedMbps", value: speedMbps }));
}

function question(value: number, { of, unit, least, meant }: PlausibleQuantity): Pick<Problem, "problem" | "fix"> {
  const bound = `which is ${least !== undefined && value < least ? "less" : "more"} than any ${of} has`;
  const bytes = unit === "Mbps" ? value : value * 2 ** (unit === "MB" ? 20 : 30);
  // So small is only what was declared in bytes.
  if (unit !== "Mbps" && bytes < 2 ** 20) {
    const isGB = bytes <= 2 ** 12;
    return ask(
      `${String(bytes)} bytes`,
      bound,
      `${String(bytes)} ${isGB ? "GB" : "MB"}`,
      bytes * 2 ** (isGB ? 30 : 20),
    );
  }
  return ask(`${String(value)} ${unit}`, bound, `${String(value)} ${meant.unit}`, value * meant.factor);
}

function ask(found: string, bound: string, meant: string, value: number): Pick<Problem, "problem" | "fix"> {
  return { problem: `is ${found}, ${bound}`, fix: `Did you mean ${meant} (${String(value)})?` };
}
