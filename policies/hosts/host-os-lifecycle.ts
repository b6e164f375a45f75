import type { Host } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { given } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { endOfHostSupport } from "../../lib/tables/lifecycle";
import { DAYS_AHEAD, judgeSupportEnd } from "./shared/support-end";

/** Microsoft still supports the host's version of Windows Server, Azure Stack HCI or Azure Local. */
export const hostOsLifecycle = defineRule<Host>({
  name: "host-os-lifecycle",
  title: "Host versions in support",
  subject: "hosts",
  level: "unsupported",
  enforcement: "advisory", // a pipeline that passes today must not fail tomorrow because a date has passed
  severity: "high",
  reach: "resource",
  why: "After its end of support a host gets no more security updates, and Microsoft supports none of its virtual machines.",
  fix: "Move the host to a newer version.",
  sources: ["lifecycle-copy-2026"],
  tags: ["operating-system", "lifecycle"],
  parameters: { daysAhead: DAYS_AHEAD },
  applies: ({ hosts }) => hosts,
  check: (host, _estate, { asOf, number }) =>
    given(host, { version: host.operatingSystem }, ({ version }) => {
      const supported = {
        on: host,
        path: "operatingSystem",
        subject: `${host.name} runs ${hostVersionName(version)}`,
        fix: `Move ${host.name} to a newer version`,
      };
      return judgeSupportEnd(supported, endOfHostSupport(version), asOf, number("daysAhead"));
    }),
});
