import type { GuestAdapter, GuestOs, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { isAbout, requiredBy } from "../../lib/tables/machine-requirements";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { count } from "../../lib/text/words";
import { isWindows } from "./shared/windows-guests";

/** Windows guests, which all have drivers for synthetic network adapters, have no others. */
export const legacyNetworkAdapter = defineRule<VirtualMachine>({
  name: "legacy-network-adapter",
  title: "Synthetic network adapters",
  subject: "guests",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "Hyper-V emulates a legacy network adapter: each packet costs the host processor time that a synthetic one does not.",
  fix: "Set the kind of the adapter to synthetic. Where the guest starts from the network in generation 1, exempt the virtual machine.",
  sources: ["bpa-2012"],
  tags: ["adapters"],
  applies: ({ virtualMachines }) => virtualMachines.filter(hasLegacyAdapters),
  check: (vm) =>
    given(vm, { adapters: vm.networkAdapters, guest: vm.guestOs, generation: vm.generation }, (the) => {
      // guest-adapter-count says that generation 2 has none.
      if (!isWindows(the.guest) || the.generation === 2) return [];
      const legacy = the.adapters.filter(isLegacy);
      return [
        ...(legacy.length === 0 ? [] : judge(vm, legacy, the.guest)),
        ...the.adapters.flatMap(({ kind }) => undecided(vm, kind)),
      ];
    }),
});

function hasLegacyAdapters({ networkAdapters: adapters }: VirtualMachine): boolean {
  if (adapters.state !== "known") return adapters.state === "unknown";
  return adapters.value.some((adapter) => isLegacy(adapter) || adapter.kind.state === "unknown");
}

function isLegacy({ kind }: GuestAdapter): boolean {
  return ifKnown(kind) === "legacy" && !isDefault(kind);
}

function judge(vm: VirtualMachine, legacy: readonly GuestAdapter[], guest: GuestOs): readonly Verdict[] {
  const [first, ...others] = legacy;
  if (first === undefined) return [];
  const withoutDriver = requiredBy("legacyAdapterDriver");
  const hasNoDriver = guest.architecture === "x64" && isAbout(withoutDriver.evidence, guest);
  const subject = `${vm.name} has ${count(legacy.length, "legacy network adapter")}`;
  const problem = `${subject}, ${hasNoDriver ? "for which there is no driver in" : "though there are synthetic ones for"} ${describeGuestOs(guest)}.`;
  const path = first.kind.origin.path;
  return [
    violation(vm, others.length === 0 ? path : "networkAdapters", problem, {
      found: { value: legacy.length, unit: "adapters" },
      limit: exactly(0, "adapters"),
      ...(others.length === 0 ? { change: { path, value: "synthetic" } } : {}),
      fix: "Set kind to synthetic.",
      ...(hasNoDriver ? withoutDriver : requiredBy("legacyAdapter")),
    }),
  ];
}
