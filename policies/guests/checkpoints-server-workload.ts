import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { exactly, oneOf } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { isViolation, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { describeGuestOs, familyOf } from "../../lib/tables/operating-systems";
import { isDomainController } from "./shared/declared-controllers";

/** A server takes no checkpoints at every start, and only consistent ones. */
export const checkpointsServerWorkload = defineRule<VirtualMachine>({
  name: "checkpoints-server-workload",
  title: "Checkpoints of servers",
  subject: "guests",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "A checkpoint grows with every write, and a standard one goes back to a moment that no application has prepared.",
  fix: "Set automaticCheckpoints to false and checkpoints to production.",
  sources: ["bpa-checkpoints", "checkpoint-types"],
  tags: ["checkpoints"],
  applies: ({ virtualMachines }) => virtualMachines.filter((vm) => isServer(vm) || mayBeServer(vm)),
  check: (vm) => {
    const verdicts = [...automatic(vm), ...standard(vm)];
    return verdicts.some(isViolation) && !isServer(vm) ? undecided(vm, vm.guestOs) : verdicts;
  },
});

/** Exchange and domain controllers have rules of their own, which are stricter. */
function isServer(vm: VirtualMachine): boolean {
  const guest = ifKnown(vm.guestOs);
  if (guest === undefined || vm.exchange.state === "known" || isDomainController(vm)) return false;
  return familyOf(guest.product) === "windowsServer";
}

/** A guest that only the deployment knows. */
function mayBeServer(vm: VirtualMachine): boolean {
  return vm.guestOs.state === "unknown" && vm.exchange.state !== "known" && !isDomainController(vm);
}

function automatic(vm: VirtualMachine): readonly Verdict[] {
  const { automaticCheckpoints: automatically } = vm;
  if (ifKnown(automatically) !== true || isDefault(automatically)) return undecided(vm, automatically);
  return [
    violation(vm, "automaticCheckpoints", `${describeServer(vm)} takes a checkpoint at every start.`, {
      found: { value: true },
      limit: exactly(false),
      change: { path: "automaticCheckpoints", value: false },
      fix: "Set automaticCheckpoints to false.",
      ...requiredBy("automaticCheckpoints"),
    }),
  ];
}

function standard(vm: VirtualMachine): readonly Verdict[] {
  const { checkpoints } = vm;
  if (ifKnown(checkpoints) !== "standard" || isDefault(checkpoints)) return undecided(vm, checkpoints);
  return [
    violation(vm, "checkpoints", `${describeServer(vm)} takes standard checkpoints.`, {
      found: { value: "standard" },
      limit: oneOf(["production", "productionOnly", "disabled"]),
      change: { path: "checkpoints", value: "production" },
      fix: "Set checkpoints to production.",
      ...requiredBy("standardCheckpoints"),
    }),
  ];
}

function describeServer({ name, guestOs }: VirtualMachine): string {
  const guest = ifKnown(guestOs);
  return guest === undefined ? name : `${name} (${describeGuestOs(guest)})`;
}
