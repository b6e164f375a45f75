import type { VirtualMachine } from "../../lib/estate/model";
import type { Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided } from "../../lib/rules/verdict";
import { endOfSupport, endsOfSupport } from "../../lib/tables/lifecycle";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { DAYS_AHEAD, isEndNear, judgeSupportEnd } from "../hosts/shared/support-end";
import { detailsOf, undecidedDetails } from "./shared/guest-placement";

/** The vendor still supports the guest operating system. */
export const guestOsLifecycle = defineRule<VirtualMachine>({
  name: "guest-os-lifecycle",
  title: "Guest operating systems in support",
  subject: "guests",
  level: "unsupported",
  enforcement: "advisory", // a pipeline that passes today must not fail tomorrow because a date has passed
  severity: "medium",
  reach: "resource",
  why: "After its end of support a system gets no more security updates, and Microsoft answers no more questions about it.",
  fix: "Move the workload to a newer operating system.",
  sources: ["guests-2008-r2"],
  tags: ["operating-system", "lifecycle"],
  parameters: { daysAhead: { ...DAYS_AHEAD, default: 90 } }, // guests are many, and some systems live for months
  applies: ({ virtualMachines }) => virtualMachines,
  check: (vm, _estate, { asOf, number }) =>
    given(vm, { guest: vm.guestOs }, ({ guest }) => {
      const end = endOfSupport(guest);
      if (end === undefined) return [];
      const ahead = number("daysAhead");
      const ends = endsOfSupport(guest);
      if (!isEndNear(end, asOf, ahead)) {
        return ends.some((one) => isEndNear(one, asOf, ahead))
          ? detailsOf(vm, guest, ends).flatMap((detail) =>
              isAsked(detail) ? missing(vm, detail) : undecided(vm, detail),
            )
          : [];
      }
      // The deployment may result in another edition, with another end of support or none.
      const doubts = undecidedDetails(vm, guest, ends);
      if (doubts.length > 0) return doubts;
      const subject = `${vm.name} runs ${describeGuestOs(guest)}`;
      const fix = "Move the workload to a newer operating system";
      return judgeSupportEnd({ on: vm, path: "guestOs", subject, fix }, end, asOf, ahead);
    }),
});

/** A release or edition that is not declared is taken for one in support: nobody writes them for a current system. */
function isAsked({ origin }: Value<unknown>): boolean {
  return origin.path === "architecture";
}
