import type { ReportProblem } from "./declared";
import type { BackupJob, Cluster, Host, VirtualMachine } from "./model";
import type { Placement } from "./placement";
import { known, map, unknown, type Value } from "./value";

/** A backup job, with what it names. */
export interface Backup extends Pick<BackupJob, "urn" | "name" | "product"> {
  readonly installedOn: Value<Host | Cluster | VirtualMachine>;
  /** The virtual machines that each name in the list stands for. */
  readonly protects: Value<readonly Value<readonly VirtualMachine[]>[]>;
}

export function joinBackups(
  placement: Placement,
  jobs: readonly BackupJob[],
  report: ReportProblem,
): readonly Backup[] {
  return jobs.map(({ urn, name, product, installedOn, protects }) => ({
    urn,
    name,
    product,
    installedOn: machineNamed(
      installedOn,
      placement,
      report,
      "declare it, or remove installedOn if the product runs on a machine that is not declared",
    ),
    protects: map(protects, (names) => names.map((item) => protectedBy(item, placement, report))),
  }));
}

function protectedBy(
  reference: Value<string>,
  placement: Placement,
  report: ReportProblem,
): Value<readonly VirtualMachine[]> {
  const target = machineNamed(reference, placement, report, "declare it");
  if (target.state !== "known") return target;
  const { kind, name } = target.value;
  // Of several virtual machines of that name the job protects all.
  if (kind === "virtualMachine") return known(placement.machinesNamed(name), target.origin);
  const machines =
    kind === "host" ? placement.virtualMachinesOn(target.value) : placement.virtualMachinesIn(target.value);
  return known(machines, target.origin);
}

/** A host or a cluster before a virtual machine of the same name. */
function machineNamed(
  reference: Value<string>,
  placement: Placement,
  report: ReportProblem,
  otherwise: string,
): Value<Host | Cluster | VirtualMachine> {
  if (reference.state !== "known") return reference;
  const { origin, value } = reference;
  const [machine] = placement.entitiesNamed(value);
  if (machine !== undefined) return known(machine, origin);
  if (placement.namesAreIncomplete) return unknown(origin);
  report({
    ...origin,
    problem: `is "${value}", but no Host, Cluster or VirtualMachine of that name is declared`,
    fix: placement.suggestions.suggest(value, placement.names(["host", "cluster", "virtualMachine"]), otherwise),
  });
  return unknown(origin, "malformed");
}
