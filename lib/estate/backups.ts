import { fold } from "../text/names";
import { suggestion } from "../text/nearest";
import type { Problem } from "./declared";
import type { Estate } from "./estate";
import type { BackupJob, Cluster, Host, VirtualMachine } from "./model";
import { known, map, unknown, type Value } from "./value";

/** A backup job, with what it names. */
export interface Backup extends Pick<BackupJob, "urn" | "name" | "product"> {
  readonly installedOn: Value<Host | Cluster | VirtualMachine>;
  /** The virtual machines that each name in the list stands for. */
  readonly protects: Value<readonly Value<readonly VirtualMachine[]>[]>;
}

type Complain = (problem: Problem) => void;

export function joinBackups(estate: Estate, jobs: readonly BackupJob[], complain: Complain): readonly Backup[] {
  return jobs.map(({ urn, name, product, installedOn, protects }) => ({
    urn,
    name,
    product,
    installedOn: machineNamed(
      installedOn,
      estate,
      complain,
      "declare it, or leave installedOn out when the product runs on a machine that is not declared",
    ),
    protects: map(protects, (names) => names.map((item) => protectedBy(item, estate, complain))),
  }));
}

function protectedBy(reference: Value<string>, estate: Estate, complain: Complain): Value<readonly VirtualMachine[]> {
  const target = machineNamed(reference, estate, complain, "declare it");
  if (target.state !== "known") return target;
  const { kind, name } = target.value;
  // Virtual machines on different hosts may have one name: the job protects all of them.
  if (kind === "virtualMachine")
    return known(
      estate.virtualMachines.filter((vm) => fold(vm.name) === fold(name)),
      target.origin,
    );
  const machines = kind === "host" ? estate.virtualMachinesOn(target.value) : estate.virtualMachinesIn(target.value);
  return known(machines, target.origin);
}

/** A host or a cluster before a virtual machine of the same name. */
function machineNamed(
  reference: Value<string>,
  estate: Estate,
  complain: Complain,
  otherwise: string,
): Value<Host | Cluster | VirtualMachine> {
  if (reference.state !== "known") return reference;
  const { origin, value } = reference;
  const [machine] = estate.entitiesNamed(value);
  if (machine !== undefined) return known(machine, origin);
  if (estate.namesAreOpen) return unknown(origin);
  complain({
    ...origin,
    problem: `is "${value}", but no Host, Cluster or VirtualMachine of that name is declared`,
    fix: suggestion(value, estate.names(["host", "cluster", "virtualMachine"]), otherwise),
  });
  return unknown(origin, "malformed");
}
