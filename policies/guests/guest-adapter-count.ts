import { ADAPTER_KINDS, type AdapterKind, type GuestAdapter, type VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { allows, hostVersionName, limitOf } from "../../lib/tables/host-versions";
import { count } from "../../lib/text/words";
import { describeGeneration, generationOf, onEachHost } from "./shared/guest-placement";

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
  fix: "Remove adapters: one adapter can carry several VLANs, and networks can be routed.",
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
  const most = allows(limit);
  const number = ofKind(adapters, kind).length;
  if (number <= most) {
    // Adapters of unknown kind matter only where they could exceed the limit.
    const unknown = adapters.filter((adapter) => adapter.kind.state === "unknown");
    return number + unknown.length > most ? unknown.flatMap((adapter) => undecided(vm, adapter.kind)) : [];
  }
  const problem =
    `${vm.name} has ${count(number, `${kind} network adapter`)}. ${hostVersionName(host)} allows ` +
    `${most === 0 ? "none" : `at most ${String(most)}`} in a virtual machine of ${describeGeneration(vm, generation, host)}.`;
  return [
    violation(vm, "networkAdapters", problem, {
      found: { value: number, unit: "adapters" },
      limit: atMost(most, "adapters"),
      ...remedy(adapters, kind, number - most, generation, host),
      evidence: limit,
    }),
  ];
}

function ofKind(adapters: readonly GuestAdapter[], kind: AdapterKind): readonly GuestAdapter[] {
  return adapters.filter((adapter) => ifKnown(adapter.kind) === kind);
}

/** Legacy adapters become synthetic ones as long as the host allows so many. */
function remedy(
  adapters: readonly GuestAdapter[],
  kind: AdapterKind,
  excess: number,
  generation: 1 | 2,
  host: string,
): Pick<ViolationDetails, "fix" | "change"> {
  const synthetic = limitOf(host, LIMITS.synthetic, generation);
  const mayBeSynthetic = adapters.length - ofKind(adapters, "legacy").length + excess;
  if (kind === "synthetic" || synthetic === undefined || mayBeSynthetic > allows(synthetic)) {
    return { fix: `Remove ${count(excess, `${kind} network adapter`)}: one adapter can carry several VLANs.` };
  }
  const [first, ...others] = ofKind(adapters, "legacy");
  if (first === undefined || others.length > 0) {
    return { fix: `Set kind to synthetic for ${count(excess, "legacy network adapter")}.` };
  }
  const { path } = first.kind.origin;
  return { fix: `Set ${path} to synthetic.`, change: { path, value: "synthetic" } };
}
