import type { VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, violation } from "../../lib/rules/verdict";
import { endOfSupport, endsOfSupport } from "../../lib/tables/lifecycle";
import { describeGuestOs } from "../../lib/tables/operating-systems";
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
  fix: "Move the workload to a newer operating system, or buy extended security updates while the vendor sells them.",
  sources: ["guests-2008-r2"],
  tags: ["operating-system", "lifecycle"],
  parameters: {
    daysAhead: {
      type: "integer",
      description: "Warn also of support that ends within this many days. Default: only of support that has ended.",
      minimum: 1,
    },
  },
  applies: ({ virtualMachines }) => virtualMachines,
  check: (vm, _estate, { asOf, number }) =>
    given(vm, { guest: vm.guestOs }, ({ guest }) => {
      const end = endOfSupport(guest);
      if (end === undefined) return [];
      const ahead = number("daysAhead");
      const counts = (date: string): boolean => (ahead === undefined ? date < asOf : date <= daysAfter(asOf, ahead));
      if (!counts(end.date)) {
        const ends = endsOfSupport(guest);
        return ends.some(({ date }) => counts(date))
          ? detailsOf(vm, guest, ends).flatMap((detail) => missing(vm, detail))
          : [];
      }
      // The deployment may result in another edition, with another end of support or none.
      const doubts = undecidedDetails(vm, guest, endsOfSupport(guest));
      if (doubts.length > 0) return doubts;
      const isOver = end.date < asOf;
      const name = describeGuestOs(guest);
      const problem = `${vm.name} runs ${name}, whose support ${isOver ? "ended" : "ends"} on ${end.date}.`;
      return [violation(vm, "guestOs", problem, { found: { value: name }, evidence: end, advisory: !isOver })];
    }),
});

const DAY = 24 * 60 * 60 * 1000;

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
