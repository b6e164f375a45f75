import { ADAPTER_KINDS, type AdapterKind, type GuestAdapter, type VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { allows, hostVersionName, limitOf } from "../../lib/tables/host-versions";
import { count } from "../../lib/text/words";
import { generationOf, onEachHost } from "./shared/guest-placement";

const LIMITS = { synthetic: "syntheticAdapters", legacy: "legacyAdapters" } as const;

/** A virtual machine has no more network adapters of a kind than its host version allows in its generation. */
export const guestAdapterCount = defineRule<VirtualMachine>({
  name: "guest-adapter-count",
  title: "Network adapters that the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Hyper-V does not add further adapters to the virtual machine.",
  fix: "Take adapters away: one adapter can carry several VLANs, and networks can be routed.",
  sources: ["limits-2008-r2"],
  tags: ["network"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ networkAdapters }) => networkAdapters.state !== "absent"),
  check: (vm, estate) =>
    ADAPTER_KINDS.flatMap((kind) =>
      onEachHost(vm, estate, { adapters: vm.networkAdapters, generation: vm.generation }, (the, host) =>
        judge(vm, the.adapters, kind, generationOf(the.generation), host),
      ),
    ),
});

function judge(
  vm: VirtualMachine,
  adapters: readonly GuestAdapter[],
  kind: AdapterKind,
  generation: 1 | 2,
  host: string,
): readonly Verdict[] {
  const limit = limitOf(host, LIMITS[kind], generation);
  if (limit === undefined) return [];
  const number = adapters.filter((adapter) => ifKnown(adapter.kind) === kind).length;
  if (number <= allows(limit)) {
    // Only where the unknown ones could bring it over the limit do they matter.
    const open = adapters.filter((adapter) => adapter.kind.state === "unknown");
    return number + open.length > allows(limit) ? open.flatMap((adapter) => undecided(vm, adapter.kind)) : [];
  }
  return [
    violation(
      vm,
      "networkAdapters",
      `${vm.name} has ${count(number, `${kind} network adapter`)} in generation ${String(generation)}. ` +
        `${hostVersionName(host)} allows ${String(limit.value)}.`,
      { evidence: limit },
    ),
  ];
}
