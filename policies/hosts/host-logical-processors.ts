import type { Host } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { given } from "../../lib/rules/verdict";
import { describeLimit } from "../../lib/tables/host-versions";
import { count } from "../../lib/text/words";
import { onHostVersion } from "./shared/host-version-cases";
import { overDeployment } from "./shared/over-deployment";
import { orNewerVersion, overLimit } from "./shared/over-limit";
import { countCores, countLogical, describeProcessors, processorsOf } from "./shared/running-processors";

/** A host has no more logical processors than its version of Hyper-V uses. */
export const hostLogicalProcessors = defineRule<Host>({
  name: "host-logical-processors",
  title: "Logical processors that the host supports",
  subject: "hosts",
  level: "unsupported",
  severity: "medium",
  reach: "resource",
  why: "Hyper-V does not use the logical processors beyond its limit, and Microsoft does not support such a host.",
  fix: "Use processors with fewer logical processors in total, or install a newer version of Windows Server.",
  sources: ["limits-2008-r2"],
  tags: ["processor"],
  applies: ({ hosts }) => hosts,
  check: (host, estate) =>
    given(host, processorsOf(host), (processors) =>
      onHostVersion(host, "logicalProcessors", (version) => {
        const logical = countLogical(processors);
        const subject = `${host.name} has ${count(logical, "logical processor")} (${describeProcessors(processors)})`;
        const tooMany = overLimit(host, version, {
          path: "processors",
          item: "logicalProcessors",
          number: logical,
          unit: "logical processors",
          subject,
          fix: (limit) =>
            `Use processors with ${describeLimit(limit)} logical processors or fewer in total` +
            `${orNewerVersion("logicalProcessors", logical)}.`,
        });
        if (tooMany.length > 0) return tooMany;
        const cores = countCores(processors);
        return overDeployment(
          host,
          version,
          {
            path: "processors",
            item: "physicalCores",
            number: cores,
            unit: "physical cores",
            subject: `${host.name} has ${count(cores, "physical core")} (${describeProcessors(processors)})`,
          },
          estate,
        );
      }),
    ),
});
