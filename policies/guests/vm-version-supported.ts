import type { VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { violation, type Verdict } from "../../lib/rules/verdict";
import { compareVersions, configurationVersions } from "../../lib/tables/configuration-versions";
import { hostVersionName } from "../../lib/tables/host-versions";
import { onEachHost } from "./shared/guest-placement";

/** The configuration version of a virtual machine is one that each host that may run it knows. */
export const vmVersionSupported = defineRule<VirtualMachine>({
  name: "vm-version-supported",
  title: "Configuration versions the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "A host does not start a virtual machine of a configuration version that it does not know, and an upgraded one cannot be taken back.",
  fix: "Use a configuration version that every host supports that may run the virtual machine.",
  sources: ["configuration-versions"],
  tags: ["placement", "upgrade"],
  applies: ({ virtualMachines }) =>
    virtualMachines.filter(({ configurationVersion }) => configurationVersion.state !== "absent"),
  check: (vm, estate) =>
    onEachHost(vm, estate, { version: vm.configurationVersion }, ({ version }, host) => judge(vm, version, host)),
});

function judge(vm: VirtualMachine, version: string, host: string): readonly Verdict[] {
  const row = configurationVersions(host);
  if (row === undefined) return [];
  const { oldest, newest } = row;
  const isTooNew = compareVersions(version, newest) > 0;
  if (!isTooNew && compareVersions(version, oldest) >= 0) return [];
  const name = hostVersionName(host);
  const range = oldest === newest ? oldest : `${oldest} to ${newest}`;
  const problem = `${vm.name} has the configuration version ${version}; ${name} runs ${range}.`;
  return [
    violation(vm, "configurationVersion", problem, {
      found: { value: version },
      fix: isTooNew
        ? `Create ${vm.name} with the configuration version ${newest} or an earlier one, or place it on a later version of Windows Server only.`
        : `Upgrade ${vm.name} to ${oldest} or later on a host that still runs ${version}, before it moves to ${name}.`,
      evidence: row,
    }),
  ];
}
