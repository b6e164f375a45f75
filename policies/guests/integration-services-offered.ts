import type { IntegrationServices, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { listing } from "../../lib/text/words";
import { isDomainController, unknownRolesOf } from "./shared/declared-controllers";
import { isWindows } from "./shared/windows-guests";

/** What the host can offer to a guest, besides drivers. */
const SERVICES = ["heartbeat", "timeSynchronization", "shutdown", "vss", "keyValuePairExchange"] as const;
type Service = (typeof SERVICES)[number];

/** A virtual machine is offered every integration service, unless its role is better without it. */
export const integrationServicesOffered = defineRule<VirtualMachine>({
  name: "integration-services-offered",
  title: "Integration services that are offered",
  subject: "guests",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "Without a service the host can neither see whether the guest works, nor shut it down, nor back it up consistently.",
  fix: "Set the integration services to true. Where one is off on purpose, exempt the virtual machine.",
  sources: ["bpa-integration-services"],
  tags: ["integration-services"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ integrationServices: all }) => all.state !== "absent"),
  check: (vm) => given(vm, { services: vm.integrationServices }, ({ services }) => judge(vm, services)),
});

/** Of other guests linux-integration-services says which services they have. */
function judge(vm: VirtualMachine, services: IntegrationServices): readonly Verdict[] {
  const guest = ifKnown(vm.guestOs);
  if (guest !== undefined && !isWindows(guest)) return [];
  const off = SERVICES.filter((service) => ifKnown(services[service]) === false && !isDefault(services[service]));
  // A domain controller takes the time from its domain.
  const inQuestion = off.includes("timeSynchronization") && !isDomainController(vm) ? unknownRolesOf(vm) : [];
  const missed = off.filter(
    (service) => service !== "timeSynchronization" || (inQuestion.length === 0 && !isDomainController(vm)),
  );
  return [
    ...(missed.length === 0 ? [] : [notOffered(vm, missed)]),
    ...inQuestion.flatMap((role) => undecided(vm, role)),
    ...SERVICES.flatMap((service) => undecided(vm, services[service])),
  ];
}

function notOffered(vm: VirtualMachine, services: readonly Service[]): Verdict {
  const paths = services.map((service) => `integrationServices.${service}`);
  const [path = "integrationServices", ...others] = paths;
  const isOne = others.length === 0;
  const problem = `${vm.name} is not offered ${listing(services)}.`;
  return violation(vm, isOne ? path : "integrationServices", problem, {
    found: { value: services },
    ...(isOne ? { change: { path, value: true } } : {}),
    fix: `Set ${listing(paths)} to true.`,
    ...requiredBy("servicesOffered"),
  });
}
