import { perEstate } from "../../lib/estate/estate";
import type { Entity, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { familyOf } from "../../lib/tables/operating-systems";
import { count } from "../../lib/text/words";

/** A host of Standard runs no more Windows Server guests than its licenses allow, all that may move to it included. */
export const windowsLicences = defineRule<Host>({
  name: "windows-licences",
  title: "Windows Server guests by license",
  subject: "hosts",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "Each node of a cluster needs licenses for the most virtual machines that it may run at any time, such as after a failover.",
  fix: "License all cores of the host once more for every two virtual machines, or use Datacenter.",
  sources: ["editions-2025"],
  tags: ["licenses"],
  parameters: {
    licenses: {
      type: "integer",
      minimum: 1,
      default: 1,
      description: "How many times all cores of each host with the edition Standard are licensed.",
    },
  },
  applies: ({ hosts }) => hosts.filter(({ edition }) => edition.state !== "absent"),
  check: (host, estate, context) =>
    given(host, { edition: host.edition, version: host.operatingSystem }, ({ edition, version }) => {
      const required = requiredBy("standardMachines");
      const { value: perLicense = 0, hosts = [] } = required.evidence;
      if (edition !== "standard" || !hosts.includes(version)) return [];
      const most = perLicense * (context.number("licenses") ?? 1);
      const machines = serversOn(estate).on(host);
      if (machines <= most) return [];
      const problem =
        `${host.name} has the edition Standard and may run ${count(machines, "virtual machine")} of Windows Server; its ` +
        `licenses allow ${String(most)}.`;
      const needed = Math.ceil(machines / perLicense);
      return [
        violation(host, host.edition.origin.path, problem, {
          found: { value: machines, unit: "virtual machines" },
          limit: atMost(most, "virtual machines"),
          fix: `License all cores of the host ${count(needed, "time")} and set licenses to ${String(needed)}, or use Datacenter.`,
          ...required,
        }),
      ];
    }),
});

/** How many Windows Server guests may run on a host, counted once for each cluster and not once for each of its nodes. */
const serversOn = perEstate((estate) => {
  const counts = new Map<Entity, number>();
  const add = (one: Entity): void => {
    counts.set(one, (counts.get(one) ?? 0) + 1);
  };
  for (const vm of estate.virtualMachines.filter(isWindowsServer)) {
    const cluster = ifKnown(estate.clusterOf(vm));
    if (cluster !== undefined && vm.possibleOwners.state === "absent") add(cluster);
    else for (const host of estate.knownHostsOf(vm)) add(host);
  }
  return {
    on: (host: Host): number => {
      const cluster = ifKnown(estate.clusterOfHost(host));
      return (counts.get(host) ?? 0) + (cluster === undefined ? 0 : (counts.get(cluster) ?? 0));
    },
  };
});

function isWindowsServer({ guestOs }: VirtualMachine): boolean {
  const guest = ifKnown(guestOs);
  return guest !== undefined && familyOf(guest.product) === "windowsServer";
}
