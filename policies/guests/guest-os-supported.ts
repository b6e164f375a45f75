import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { describeCoverage } from "../../lib/tables/coverage";
import { guestList, guestListProvenance, guestSupport, supportsGeneration } from "../../lib/tables/guest-support";
import { capabilityOf, hostVersionName } from "../../lib/tables/host-versions";
import { describeGuestOs, editionName, familyOf } from "../../lib/tables/operating-systems";
import type { Provenance } from "../../lib/tables/sources";
import { generationOf, onEachHost, undecidedDetails } from "./shared/guest-placement";

/** The guest operating system is in the list of its host version. */
export const guestOsSupported = defineRule<VirtualMachine>({
  name: "guest-os-supported",
  title: "Guest operating systems the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Microsoft supports on each version of Hyper-V only the guest operating systems that it lists for it, with service pack and edition.",
  fix: "Install a listed operating system, service pack or edition, or place the virtual machine on another host version.",
  sources: ["guests-2008-r2"],
  tags: ["operating-system"],
  applies: ({ virtualMachines }) => virtualMachines,
  check: (vm, estate) =>
    onEachHost(vm, estate, { guest: vm.guestOs, generation: vm.generation }, ({ guest, generation }, host) =>
      judge(vm, guest, generationOf(generation), host),
    ),
});

function judge(vm: VirtualMachine, guest: GuestOs, generation: 1 | 2, host: string): readonly Verdict[] {
  const lines = guestSupport(host, guest);
  const [line] = lines;
  const subject = `${vm.name} runs ${describeGuestOs(guest)} on ${hostVersionName(host)}`;
  const second = capabilityOf(host, "generation2");
  if (line !== undefined && generation === 2 && second?.available === false) {
    return [
      violation(
        vm,
        "generation",
        `${subject} in a virtual machine of generation 2, which that version does not have.`,
        {
          fix: "Create the virtual machine in generation 1.",
          evidence: second,
        },
      ),
    ];
  }
  const supporting = lines.filter((one) => supportsGeneration(one, generation));
  if (supporting.length > 0) return undecidedDetails(vm, guest, supporting);
  if (line !== undefined) {
    const other = generation === 1 ? 2 : 1;
    return [
      violation(vm, "generation", `${subject} in a virtual machine of generation ${String(generation)}.`, {
        fix: `That guest is supported in generation ${String(other)}: create the virtual machine in that generation.`,
        evidence: line,
      }),
    ];
  }
  const provenance = guestListProvenance(host, guest);
  if (provenance === undefined) return [];
  if (isExactList(host, guest, provenance)) {
    return [
      violation(vm, "guestOs", `${subject}, which does not support that guest.`, details(guest, host, provenance)),
    ];
  }
  // The feature tables name what was tested, and a reprinted list may be older than the guest: both only advise.
  const problem = `${subject}, whose tables of guests do not name that one.`;
  return [violation(vm, "guestOs", problem, { ...details(guest, host, provenance), advisory: true })];
}

/** Whether a document lists the supported guests of the family, or at least other releases of the same product. */
function isExactList(host: string, guest: GuestOs, { confidence }: Provenance): boolean {
  const family = familyOf(guest.product);
  const lists = guestList(host).filter(
    (line) => familyOf(line.product) === family && !("hostMaximum" in line.processors),
  );
  return lists.some(({ product }) => product === guest.product) || (lists.length > 0 && confidence !== "secondary");
}

/** Names what the list has of the same product, if anything. */
function details(guest: GuestOs, host: string, evidence: NonNullable<ViolationDetails["evidence"]>): ViolationDetails {
  const listed = guestList(host).filter(({ product }) => product === guest.product);
  if (listed.length === 0) return { evidence };
  const names = listed.map((line) => {
    const editions = line.editions?.map((id) => editionName(id)).join(", ");
    return `${describeCoverage(line.product, line)}${editions === undefined ? "" : ` (${editions})`}`;
  });
  return {
    evidence,
    fix: `Use a guest that is listed for ${hostVersionName(host)}: ${[...new Set(names)].join("; ")}.`,
  };
}
