import type { Estate } from "../../lib/estate/estate";
import type { VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { atLeast, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { count } from "../../lib/text/words";
import {
  controllersOf,
  isDomainController,
  onlyClusterOf,
  onlyHostOf,
  openControllers,
  unknownRolesOf,
} from "./shared/declared-controllers";

/** Domain controllers are two, apart, without checkpoints, the host's time and differencing disks. */
export const domainControllers = defineRule<VirtualMachine>({
  name: "domain-controllers",
  title: "Virtual domain controllers",
  subject: "guests",
  level: "recommended",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "Without a domain controller nobody signs in, and one that goes back in time spoils the directory of all others.",
  fix: "Run two domain controllers on different hosts, without checkpoints and without time synchronization with the host.",
  sources: ["virtual-domain-controllers"],
  tags: ["availability", "active-directory"],
  applies: (estate) => estate.virtualMachines.filter((vm) => isDomainController(vm) || unknownRolesOf(vm).length > 0),
  check: (vm, estate) =>
    isDomainController(vm)
      ? [
          ...judgePlaces(vm, estate),
          ...judgeCheckpoints(vm),
          ...judgeTime(vm),
          ...given(vm, { disks: vm.disks }, ({ disks }) => disks.flatMap((disk) => judgeDisk(vm, disk))),
        ]
      : unknownRolesOf(vm).flatMap((role) => undecided(vm, role)),
});

/** One finding for the controllers of a domain: on the last of them. */
function judgePlaces(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  const all = controllersOf(vm, estate);
  if (all.at(-1) !== vm) return [];
  // One more would make it right.
  if (openControllers(estate).length > 0) return undecided(vm, vm.group);
  const required = requiredBy("domainControllerHosts");
  const least = required.evidence.value ?? 0;
  if (all.length < least) {
    return [
      violation(vm, "role", `${vm.name} is the only domain controller that is declared.`, {
        found: { value: all.length, unit: "virtual machines" },
        limit: atLeast(least, "virtual machines"),
        fix: "Run a second domain controller on another host, or accept this if one runs outside of this program.",
        ...required,
      }),
    ];
  }
  const host = onlyHostOf(all, estate);
  if (host !== undefined) {
    return [
      violation(vm, "host", `${vm.name} runs on ${host.name}, as ${describeOthers(all)}.`, {
        found: { value: 1, unit: "hosts" },
        limit: atLeast(least, "hosts"),
        fix: `Run ${vm.name} on another host.`,
        ...required,
      }),
    ];
  }
  return [...judgeCluster(vm, all, estate), ...all.flatMap((one) => undecided(vm, estate.hostsOf(one)))];
}

function describeOthers(all: readonly VirtualMachine[]): string {
  return all.length === 2 ? "the other domain controller" : `all ${count(all.length, "domain controller")}`;
}

/** Which domain controllers there are beside the declared ones, no program says. */
function judgeCluster(vm: VirtualMachine, all: readonly VirtualMachine[], estate: Estate): readonly Verdict[] {
  const cluster = onlyClusterOf(all, estate);
  if (cluster === undefined) return [];
  const problem = `${vm.name} runs in ${cluster.name}, as ${describeOthers(all)}, and the nodes of ${cluster.name} are members of a domain.`;
  return [
    violation(vm, "cluster", problem, {
      found: { value: cluster.name },
      limit: { bound: "not", value: cluster.name },
      fix: "Run a domain controller outside of the cluster, on a host that starts without it.",
      ...requiredBy("domainControllerOutside"),
    }),
  ];
}

/** exchange-checkpoints reports an Exchange server. */
function judgeCheckpoints(vm: VirtualMachine): readonly Verdict[] {
  const { checkpoints, exchange } = vm;
  if (exchange.state === "known") return [];
  if (checkpoints.state !== "known") return undecided(vm, checkpoints);
  if (checkpoints.value === "disabled") return [];
  const byDefault = isDefault(checkpoints) ? " by default" : "";
  return [
    violation(
      vm,
      "checkpoints",
      `${vm.name} is a domain controller and allows checkpoints (${checkpoints.value}${byDefault}).`,
      {
        found: { value: checkpoints.value },
        limit: exactly("disabled"),
        change: { path: "checkpoints", value: "disabled" },
        fix: "Set checkpoints to disabled, and back up the system state in the guest.",
        ...requiredBy("domainControllerCheckpoints"),
      },
    ),
  ];
}

function judgeTime(vm: VirtualMachine): readonly Verdict[] {
  const services = vm.integrationServices;
  if (services.state !== "known") return missing(vm, services);
  const { timeSynchronization: time } = services.value;
  if (time.state !== "known") return missing(vm, time);
  if (!time.value) return [];
  const byDefault = isDefault(time) ? " by default" : "";
  const path = "integrationServices.timeSynchronization";
  return [
    violation(vm, path, `${vm.name} is a domain controller and takes the time of its host${byDefault}.`, {
      found: { value: true },
      limit: exactly(false),
      change: { path, value: false },
      fix: `Set ${path} to false.`,
      ...requiredBy("domainControllerTime"),
    }),
  ];
}

function judgeDisk(vm: VirtualMachine, { name, type }: VirtualDisk): readonly Verdict[] {
  if (type.state === "unknown") return undecided(vm, type);
  if (ifKnown(type) !== "differencing") return [];
  const disk = ifKnown(name);
  const problem = `${vm.name} is a domain controller and has the differencing disk${disk === undefined ? "" : ` "${disk}"`}.`;
  return [
    violation(vm, type.origin.path, problem, {
      found: { value: "differencing" },
      limit: exactly("fixed"),
      fix: "Merge the disk into one of fixed size.",
      ...requiredBy("domainControllerDisks"),
    }),
  ];
}
