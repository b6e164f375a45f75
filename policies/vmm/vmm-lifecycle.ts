import type { VmmServer } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { given } from "../../lib/rules/verdict";
import { endOfVmmSupport } from "../../lib/tables/lifecycle";
import { vmmVersionName } from "../../lib/tables/vmm-ports";
import { DAYS_AHEAD, judgeSupportEnd } from "../hosts/shared/support-end";

/** Microsoft still supports the version of Virtual Machine Manager. */
export const vmmLifecycle = defineRule<VmmServer>({
  name: "vmm-lifecycle",
  title: "Versions of VMM in support",
  subject: "vmm",
  level: "unsupported",
  enforcement: "advisory", // a pipeline that passes today must not fail tomorrow because a date has passed
  severity: "medium",
  reach: "resource",
  why: "After its end of support VMM gets no more security updates, and Microsoft answers no more questions about it.",
  fix: "Upgrade VMM to a version in support.",
  sources: ["lifecycle-vmm-2022"],
  tags: ["lifecycle"],
  parameters: { daysAhead: DAYS_AHEAD },
  applies: ({ vmmServers }) => vmmServers,
  check: (vmm, _estate, { asOf, number }) =>
    given(vmm, { version: vmm.version }, ({ version }) => {
      const supported = {
        on: vmm,
        path: "version",
        subject: `${vmm.name} runs ${vmmVersionName(version)}`,
        fix: "Upgrade VMM to a version in support",
      };
      return judgeSupportEnd(supported, endOfVmmSupport(version), asOf, number("daysAhead"));
    }),
});
