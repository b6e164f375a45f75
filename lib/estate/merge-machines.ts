import { compare } from "../text/collections";
import { nameInUrn, type Problem } from "./declared";
import { MachineCompletion } from "./machine-completion";
import { MachinePartners, type Surroundings } from "./machine-partners";
import type { VirtualMachine } from "./model";

/*
 * A component creates nothing. Where another resource creates a virtual machine, the component that means the same one
 * adds what the other type has no property for: they are one machine, or it would count twice.
 */

/** A virtual machine, and whether its resource creates it. */
export interface DeclaredMachine {
  readonly vm: VirtualMachine;
  readonly createsNothing: boolean;
}

export interface WholeMachines {
  readonly virtualMachines: readonly VirtualMachine[];
  readonly problems: readonly Problem[];
}

/** Puts each component together with the resource that creates its machine, where there is one. */
export function joinComponents(machines: readonly DeclaredMachine[], around: Surroundings): WholeMachines {
  const created = machines.flatMap(({ vm, createsNothing }) => (createsNothing ? [] : [vm]));
  const components = machines.flatMap(({ vm, createsNothing }) => (createsNothing ? [vm] : []));
  if (created.length === 0 || components.length === 0) {
    return { virtualMachines: machines.map(({ vm }) => vm), problems: [] };
  }
  const problems: Problem[] = [];
  const partners = new MachinePartners(created, around);
  const componentOf = new Map<VirtualMachine, VirtualMachine>();
  const joined = new Set<VirtualMachine>();
  for (const component of [...components].sort((one, other) => compare(one.urn, other.urn))) {
    const found = partners.of(component);
    const [partner] = found;
    if (partner === undefined) continue;
    const other = componentOf.get(partner);
    if (found.length > 1) problems.push(ambiguous(component, found));
    else if (other !== undefined) problems.push(repeated(component, other));
    else {
      componentOf.set(partner, component);
      joined.add(component);
    }
  }
  const virtualMachines = machines.flatMap(({ vm }) => {
    if (joined.has(vm)) return [];
    const component = componentOf.get(vm);
    if (component === undefined) return [vm];
    return [new MachineCompletion(vm, component, around.resources.get(vm.urn)?.type ?? "resource", problems).machine()];
  });
  return { virtualMachines, problems };
}

/** As many names as can be read at a glance. */
const SHOWN = 5;

function ambiguous({ urn, name }: VirtualMachine, found: readonly VirtualMachine[]): Problem {
  const names = found.slice(0, SHOWN).map((one) => nameInUrn(one.urn));
  if (found.length > SHOWN) names.push(`and ${String(found.length - SHOWN)} more`);
  return {
    urn,
    path: "name",
    problem: `is "${name}", and ${String(found.length)} resources create a virtual machine that may be meant: ${names.join(", ")}`,
    fix: "Declare the host of each of them.",
  };
}

function repeated({ urn, name }: VirtualMachine, other: VirtualMachine): Problem {
  return {
    urn,
    path: "name",
    problem: `is "${name}", and the VirtualMachine ${nameInUrn(other.urn)} describes that virtual machine already`,
    fix: "Declare it once, or declare the host of each if they are two.",
  };
}
