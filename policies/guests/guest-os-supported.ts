import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { missing, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { describeCoverage } from "../../lib/tables/coverage";
import {
  guestExclusion,
  guestList,
  guestListProvenance,
  guestSupport,
  isListedProduct,
  supportsGeneration,
  unlistedGuests,
} from "../../lib/tables/guest-support";
import { capabilityOf, hostVersionName } from "../../lib/tables/host-versions";
import { describeGuestOs, editionName, familyOf } from "../../lib/tables/operating-systems";
import type { Provenance } from "../../lib/tables/sources";
import { detailsOf, generationOf, onEachHost, undecidedDetails } from "./shared/guest-placement";

/** The guest operating system is in the list of its host version. */
export const guestOsSupported = defineRule<VirtualMachine>({
  name: "guest-os-supported",
  title: "Guest operating systems the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Microsoft lists the guest operating systems that it supports on each version of Hyper-V, with service pack and edition; for others their vendor is responsible.",
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
  const isUnknown = !isListed(guest);
  const lines = guestSupport(host, guest);
  const [line] = lines;
  const subject = `${vm.name} runs ${describeGuestOs(guest)} on ${hostVersionName(host)}`;
  const second = capabilityOf(host, "generation2");
  if ((line !== undefined || isUnknown) && generation === 2 && second?.available === false) {
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
  if (isUnknown) return [unlisted(vm, guest, host)];
  const exclusion = guestExclusion(host, guest);
  if (exclusion !== undefined) {
    const problem = `${subject}, which does not support that guest.`;
    const found = { value: describeGuestOs(guest) };
    return [violation(vm, "guestOs", problem, { ...details(guest, host, exclusion), found })];
  }
  const supporting = lines.filter((one) => supportsGeneration(one, generation));
  if (supporting.length > 0) return undecidedDetails(vm, guest, supporting);
  if (line !== undefined) {
    // A feature table is about some kernels and releases; which one it is may be left open.
    const left = isExactList(host, guest, line) ? [] : detailsOf(vm, guest, lines);
    if (left.length > 0) return left.flatMap((detail) => missing(vm, detail));
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

/** Microsoft lists every version of Windows that it supports, and other systems only to tell what it has tested. */
function isListed({ product }: GuestOs): boolean {
  return familyOf(product)?.startsWith("windows") === true || isListedProduct(product);
}

/** A system that no list names: what the host gives any guest is judged by other rules. */
function unlisted(vm: VirtualMachine, guest: GuestOs, host: string): Verdict {
  const name = describeGuestOs(guest);
  const on = hostVersionName(host);
  return violation(
    vm,
    "guestOs",
    `${vm.name}: Microsoft does not list ${name} as a guest of ${on}; its vendor supports it.`,
    {
      found: { value: name },
      fix: `Check that the vendor of ${name} supports it on ${on}, and turn to the vendor with its issues.`,
      evidence: unlistedGuests(),
      advisory: true,
    },
  );
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
