import type { PlainObject } from "../../../lib/estate/plain";
import { windowsLicences } from "../../../policies/hosts/windows-licences";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const STANDARD = { operatingSystem: "Windows Server 2022 Standard" };
const guests = (number: number, properties: PlainObject) =>
  Array.from({ length: number }, (_, index) =>
    vm(`vm${String(index)}`, { guestOs: "Windows Server 2022", ...properties }),
  );
const nodes = [cluster("c1"), ...["n1", "n2"].map((name) => host(name, { ...STANDARD, cluster: "c1" }))];

function says(name: string, machines: number, most = 2): string {
  return (
    `${name}: ${name} has the edition Standard and may run ${String(machines)} virtual machines of Windows Server; its ` +
    `licenses allow ${String(most)}.`
  );
}

ruleTest(windowsLicences, {
  passes: [
    ["two on a host of Standard", [host("hv1", STANDARD), ...guests(2, { host: "hv1" })]],
    [
      "many on a host of Datacenter",
      [host("hv1", { operatingSystem: "Windows Server 2022 Datacenter" }), ...guests(9, { host: "hv1" })],
    ],
    ["many with Linux", [host("hv1", STANDARD), ...guests(9, { host: "hv1", guestOs: "Ubuntu 22.04" })]],
    [
      "many where no edition is declared",
      [host("hv1", { operatingSystem: "Windows Server 2022" }), ...guests(9, { host: "hv1" })],
    ],
    [
      "as many as the licenses allow",
      [host("hv1", STANDARD), ...guests(6, { host: "hv1" })],
      { configuration: { licenses: 3 } },
    ],
    ["two on each node that may run no others", [...nodes, ...guests(2, { cluster: "c1", possibleOwners: ["n1"] })]],
    [
      "an edition that is malformed",
      [host("hv1", { operatingSystem: "Windows Server 2022 Cheap" }), ...guests(9, { host: "hv1" })],
    ],
  ],
  finds: [
    [
      "three on a host of Standard",
      [host("hv1", STANDARD), ...guests(3, { host: "hv1" })],
      says("hv1", 3),
      {
        found: { value: 3, unit: "virtual machines" },
        limit: { bound: "atMost", value: 2, unit: "virtual machines" },
        fix: "License all cores of the host 2 times and set licenses to 2, or use Datacenter.",
        source: "editions-2025",
        advisory: true,
      },
    ],
    [
      "three in a cluster: each node may run them all",
      [...nodes, ...guests(3, { cluster: "c1" })],
      [says("n1", 3), says("n2", 3)],
    ],
    [
      "one more than the licenses allow",
      [host("hv1", STANDARD), ...guests(5, { host: "hv1" })],
      says("hv1", 5, 4),
      { configuration: { licenses: 2 } },
    ],
  ],
  undecided: [
    [
      "an edition that is not known",
      [host("hv1", { operatingSystem: UNKNOWN }), ...guests(3, { host: "hv1" })],
      "hv1: operatingSystem is not known until deployment: not checked by windows-licences.",
    ],
  ],
});
