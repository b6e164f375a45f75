import type { Host } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { allows } from "../../lib/tables/host-versions";
import { count } from "../../lib/text/words";
import { onHostVersion } from "./shared/host-version-cases";
import { overLimit } from "./shared/over-limit";
import { undecidedPlaces } from "./shared/running-processors";

/** A host runs no more virtual machines than its version of Hyper-V supports. */
export const hostVirtualMachines = defineRule<Host>({
  name: "host-virtual-machines",
  title: "Virtual machines that a host supports",
  subject: "hosts",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Hyper-V does not start more virtual machines on one host, and Microsoft does not support it.",
  fix: "Move virtual machines to other hosts.",
  sources: ["limits-2008-r2"],
  tags: ["capacity"],
  applies: ({ hosts }) => hosts,
  check: (host, estate) =>
    onHostVersion(host, "virtualMachines", (version) => {
      const number = estate.virtualMachinesOn(host).length;
      const subject = `${host.name} runs ${count(number, "virtual machine")}`;
      const tooMany = overLimit(host, version, {
        path: "",
        item: "virtualMachines",
        number,
        unit: "virtual machines",
        subject,
        fix: (limit) => `Move at least ${count(number - allows(limit), "virtual machine")} to other hosts.`,
      });
      return tooMany.length > 0 ? tooMany : undecidedPlaces(host, estate);
    }),
});
