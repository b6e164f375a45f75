import { vmVersionSupported } from "../../../policies/guests/vm-version-supported";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const H2022 = host("hv1", { operatingSystem: "Windows Server 2022" });
const H2025 = host("hv2", { operatingSystem: "Windows Server 2025" });
const MIXED = [
  cluster("c1"),
  host("hv1", { operatingSystem: "Windows Server 2022", cluster: "c1" }),
  host("hv2", { operatingSystem: "Windows Server 2025", cluster: "c1" }),
];

function machine(configurationVersion: string | typeof UNKNOWN, on: object = { host: "hv1" }) {
  return vm("vm1", { guestOs: "Windows Server 2022", configurationVersion, ...on });
}

ruleTest(vmVersionSupported, {
  passes: [
    ["the newest version of a host", [H2022, machine("10.0")]],
    ["the oldest version of a host", [H2022, machine("8.0")]],
    ["12.0 on Windows Server 2025", [H2025, machine("12.0", { host: "hv2" })]],
    ["a version that all nodes of a mixed cluster run", [...MIXED, machine("9.0", { cluster: "c1" })]],
    ["no version", [H2022, vm("vm1", { host: "hv1" })]],
    ["a host of which no document says it", [host("hv1"), machine("5.0")]],
  ],
  finds: [
    [
      "a version that is newer than the host",
      [H2022, machine("12.0")],
      "vm1: vm1 has the configuration version 12.0; Windows Server 2022 runs 8.0 to 10.0.",
      {
        found: { value: "12.0" },
        source: "configuration-versions",
        fix: "Create vm1 with the configuration version 10.0 or an earlier one, or place it on a later version of Windows Server only.",
      },
    ],
    [
      "a version that is too old for the host",
      [H2025, machine("5.0", { host: "hv2" })],
      "vm1: vm1 has the configuration version 5.0; Windows Server 2025 runs 8.0 to 12.0.",
      { fix: "Upgrade vm1 to 8.0 or later on a host that still runs 5.0, before it moves to Windows Server 2025." },
    ],
    [
      "a version that one node of a mixed cluster does not know",
      [...MIXED, machine("12.0", { cluster: "c1" })],
      "vm1: vm1 has the configuration version 12.0; Windows Server 2022 runs 8.0 to 10.0.",
    ],
  ],
  undecided: [
    [
      "a version that only the deployment knows",
      [H2022, machine(UNKNOWN)],
      "vm1: configurationVersion is not known until deployment: not checked by vm-version-supported.",
    ],
  ],
});
