import type { Host } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { undecided } from "../../lib/rules/verdict";
import { allows, limitOf } from "../../lib/tables/host-versions";
import { count } from "../../lib/text/words";
import { onHostVersion } from "./shared/host-version-cases";
import { overLimit } from "./shared/over-limit";
import { fewerVirtualProcessors, runningVirtualProcessors, undecidedPlaces } from "./shared/running-processors";

/** The guests together have no more virtual processors than the host version can run, whatever its hardware. */
export const hostVirtualProcessors = defineRule<Host>({
  name: "host-virtual-processors",
  title: "Virtual processors that a host can run",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Beyond its maximum Hyper-V does not start further virtual machines, and Microsoft does not support it.",
  fix: "Move virtual machines to other hosts, or give them fewer virtual processors.",
  sources: ["limits-2008-r2"],
  tags: ["processor", "capacity"],
  applies: ({ hosts }) => hosts,
  check: (host, estate) =>
    onHostVersion(host, "virtualProcessors", (version) => {
      const guests = estate.virtualMachinesOn(host);
      const running = runningVirtualProcessors(guests);
      const tooMany = overLimit(host, version, {
        path: "",
        item: "virtualProcessors",
        number: running,
        unit: "virtual processors",
        subject: `${host.name} runs ${count(running, "virtual processor")}`,
        fix: (limit) => fewerVirtualProcessors(allows(limit)),
      });
      if (tooMany.length > 0 || limitOf(version, "virtualProcessors") === undefined) return tooMany;
      return [
        ...guests.flatMap(({ processorCount }) => undecided(host, processorCount)),
        ...undecidedPlaces(host, estate),
      ];
    }),
});
