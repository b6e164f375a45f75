import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { kindOfHostRole } from "../../lib/tables/exchange";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { count, listing } from "../../lib/text/words";

/** A host has no role but Hyper-V, and what manages the host. Texts that are not listed may be such software. */
export const hostRoles = defineRule<Host>({
  name: "host-roles",
  title: "Hyper-V as the only role of a host",
  subject: "hosts",
  level: "recommended",
  severity: "low",
  reach: "estate",
  why: "Each role has updates and faults of its own, for which all virtual machines of the host stop or move.",
  fix: "Remove the role from the host, or move it to a virtual machine.",
  sources: ["bpa-only-role"],
  tags: ["roles"],
  applies: (estate) => estate.hosts.filter((host) => host.roles.state !== "absent" && !exchangeHosts(estate).has(host)),
  check: (host) =>
    given(host, { roles: host.roles }, ({ roles }) => {
      const names = roles.flatMap((role) => ifKnown(role) ?? []);
      const others = names.filter((role) => kindOfHostRole(role) === "workload");
      const problem = `${host.name} has ${count(others.length, "role")} besides Hyper-V: ${listing(others)}.`;
      return [
        ...(others.length === 0
          ? []
          : [
              violation(host, "roles", problem, {
                found: { value: names },
                limit: { bound: "noneOf", value: others },
                ...requiredBy("hostRoles"),
              }),
            ]),
        ...roles.flatMap((role) => undecided(host, role)),
      ];
    }),
});

/** The hosts that may run Exchange, of which exchange-host-dedicated says more. */
const exchangeHosts = perEstate(
  (estate: Estate): ReadonlySet<Host> =>
    new Set(
      estate.virtualMachines
        .filter(({ exchange }) => exchange.state !== "absent")
        .flatMap((vm) => estate.knownHostsOf(vm)),
    ),
);
