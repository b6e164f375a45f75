import type { Estate } from "../../lib/estate/estate";
import type { GuestAdapter, Host, VirtualMachine, VirtualSwitch } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { featuresOn, integrationServicesFor, namesFeature } from "../../lib/tables/linux-guests";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { perObject } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";

/** An adapter that asks for single-root I/O virtualization is on a switch that has it, in a guest that can use it. */
export const srIovConsistent = defineRule<VirtualMachine>({
  name: "sr-iov-consistent",
  title: "SR-IOV of adapter, switch and guest",
  subject: "networks",
  level: "required",
  severity: "medium",
  reach: "estate",
  why: "An adapter gets no virtual function where its switch or its guest cannot use one, and is slower without a word.",
  fix: "Make the virtual switch with single-root I/O virtualization, or set iovWeight to 0.",
  sources: ["new-vmswitch", "bpa-sr-iov"],
  tags: ["adapters", "sr-iov"],
  applies: ({ virtualMachines }) =>
    virtualMachines.filter((vm) => iovAdapters(vm).length > 0 || vm.networkAdapters.state === "unknown"),
  check: (vm, estate) => [
    ...undecided(vm, vm.networkAdapters),
    ...iovAdapters(vm).flatMap((adapter) => judge(vm, adapter, estate)),
  ],
});

/** Providers give every adapter a weight by default: only what is declared asks for it. */
const iovAdapters = perObject((vm: VirtualMachine): readonly GuestAdapter[] =>
  (ifKnown(vm.networkAdapters) ?? []).filter(
    ({ iovWeight }) => iovWeight.state !== "absent" && !isDefault(iovWeight) && ifKnown(iovWeight) !== 0,
  ),
);

function judge(vm: VirtualMachine, adapter: GuestAdapter, estate: Estate): readonly Verdict[] {
  const verdicts = [...onSwitches(vm, adapter, estate), ...inGuest(vm, adapter, estate)];
  // With weight 0 nothing would be wrong, or not known.
  if (adapter.iovWeight.state !== "known" && verdicts.length > 0) return undecided(vm, adapter.iovWeight);
  return verdicts.slice(0, 1);
}

function onSwitches(vm: VirtualMachine, adapter: GuestAdapter, estate: Estate): readonly Verdict[] {
  return given(vm, { name: adapter.switch }, ({ name }) => {
    const hosts = estate.knownHostsOf(vm);
    const found = hosts.flatMap((host) => {
      const one = switchesOf(host).get(fold(name));
      return one === undefined ? [] : [{ host, one }];
    });
    const wrong = found.find(({ one }) => ifKnown(one.iov) === false);
    if (wrong !== undefined) return [withoutIov(vm, adapter, wrong.host, wrong.one)];
    return [
      ...found.flatMap(({ one }) => missing(vm, one.iov)),
      ...hosts.flatMap(({ virtualSwitches }) => undecided(vm, virtualSwitches)),
      ...(found.length > 0 ? [] : hosts.flatMap((host) => unnamedSwitches(vm, host))),
      ...undecided(vm, estate.hostsOf(vm)),
    ];
  });
}

/** One of these may be the adapter's. */
function unnamedSwitches(vm: VirtualMachine, { virtualSwitches }: Host): readonly Verdict[] {
  return (ifKnown(virtualSwitches) ?? []).flatMap(({ name }) => undecided(vm, name));
}

function withoutIov(vm: VirtualMachine, adapter: GuestAdapter, host: Host, { name, iov }: VirtualSwitch): Verdict {
  const byDefault = isDefault(iov) ? " by default" : "";
  const problem =
    `${describeAdapter(vm, adapter)} asks for single-root I/O virtualization, which the virtual switch ` +
    `${ifKnown(name) ?? ""} of ${host.name} does not have${byDefault}.`;
  return violation(vm, adapter.iovWeight.origin.path, problem, {
    found: { value: ifKnown(adapter.iovWeight) ?? 0 },
    limit: exactly(0),
    change: { path: adapter.iovWeight.origin.path, value: 0 },
    fix: "Set iovWeight to 0, or make the switch anew with single-root I/O virtualization.",
    ...requiredBy("srIovSwitch"),
    ...(isDefault(iov) ? { advisory: true } : {}),
  });
}

/** A guest of which every line of the document says that it cannot use it there. */
function inGuest(vm: VirtualMachine, adapter: GuestAdapter, estate: Estate): readonly Verdict[] {
  const guest = ifKnown(vm.guestOs);
  if (guest === undefined) return [];
  const versions = new Set(estate.knownHostsOf(vm).flatMap(({ operatingSystem }) => ifKnown(operatingSystem) ?? []));
  for (const version of versions) {
    const rows = integrationServicesFor(version, guest).filter((row) => namesFeature(row, "srIov"));
    const [row] = rows;
    if (row === undefined || rows.some((one) => featuresOn(version, one).includes("srIov"))) continue;
    const problem =
      `${describeAdapter(vm, adapter)} asks for single-root I/O virtualization, which ${describeGuestOs(guest)} does ` +
      "not support.";
    return [
      violation(vm, adapter.iovWeight.origin.path, problem, {
        found: { value: ifKnown(adapter.iovWeight) ?? 0 },
        limit: exactly(0),
        change: { path: adapter.iovWeight.origin.path, value: 0 },
        fix: "Set iovWeight to 0.",
        evidence: row,
        advisory: true,
      }),
    ];
  }
  return [];
}

const switchesOf = perObject((host: Host) => {
  const switches = ifKnown(host.virtualSwitches) ?? [];
  return new Map(switches.map((one) => [fold(ifKnown(one.name) ?? ""), one]));
});

function describeAdapter(vm: VirtualMachine, { name }: GuestAdapter): string {
  const known = ifKnown(name);
  return known === undefined ? vm.name : `${vm.name} (${known})`;
}
