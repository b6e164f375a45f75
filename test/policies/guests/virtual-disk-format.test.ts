import type { PlainObject } from "../../../lib/estate/plain";
import { virtualDiskFormat } from "../../../policies/guests/virtual-disk-format";
import { cluster, host, mailbox, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const S2022 = "Windows Server 2022";
const LATER = "is not known until deployment: not checked by virtual-disk-format.";
const DYNAMIC = { name: "data", type: "dynamic", format: "VHD", sizeGB: 100 };

function machine(disk: PlainObject, operatingSystem = S2022, properties: PlainObject = {}) {
  return [
    host("hv1", { operatingSystem }),
    vm("vm1", { host: "hv1", generation: 1, disks: [{ ...DYNAMIC, ...disk }], ...properties }),
  ];
}

function onNodes(...versions: readonly string[]) {
  return [
    cluster("c1"),
    ...versions.map((operatingSystem, index) => host(`hv${String(index)}`, { operatingSystem, cluster: "c1" })),
    vm("vm1", { cluster: "c1", generation: 1, disks: [DYNAMIC] }),
  ];
}

const FINDING = 'vm1: vm1 has the virtual disk "data", which is dynamic and a VHD.';

ruleTest(virtualDiskFormat, {
  passes: [
    ["a dynamic VHDX", machine({ format: "VHDX" })],
    ["a fixed VHD", machine({ type: "fixed" })],
    ["a disk of which no format is declared", machine({ format: null })],
    ["a host that has no VHDX", machine({}, "Windows Server 2008 R2 SP1")],
    ["a node that has no VHDX", onNodes(S2022, "Windows Server 2008 R2 SP1")],
    ["generation 2, which takes no VHD at all", machine({}, S2022, { generation: 2 })],
    [
      "a replica that another rule judges",
      machine({}, "Windows Server 2012", { replication: { replicaHost: "hv2", recoveryPoints: 4 } }),
    ],
    [
      "an Exchange server, which another rule judges",
      [host("hv1", { operatingSystem: S2022 }), mailbox("vm1", { host: "hv1", disks: [DYNAMIC] })],
    ],
    ["a machine of which no host is declared", [vm("vm1", { generation: 1, disks: [DYNAMIC] })]],
    ["no disks", [vm("vm1")]],
    ["a format that is malformed", machine({ format: 7 })],
  ],
  finds: [
    [
      "a dynamic VHD",
      machine({}),
      FINDING,
      {
        found: { value: "VHD" },
        limit: { bound: "exactly", value: "VHDX" },
        source: "bpa-vhd-format",
        advisory: true,
      },
    ],
    ["the same on every node", onNodes("Windows Server 2012", S2022), FINDING, { advisory: true }],
    [
      "a differencing VHD, by the name of its file",
      machine({ name: null, type: "differencing", format: null, path: "D:\\vm1\\disk.vhd" }),
      "vm1: vm1 has a virtual disk, which is differencing and a VHD.",
      {
        fix: "Convert the disk and its parents to VHDX, and set path to a file with the extension .vhdx.",
        advisory: true,
      },
    ],
    [
      "a replica of a version for which no document asks for VHDX",
      machine({}, S2022, { replication: { replicaHost: "hv2", recoveryPoints: 4 } }),
      FINDING,
      { advisory: true },
    ],
  ],
  undecided: [
    ["a type that is not known", machine({ type: UNKNOWN }), `vm1: disks[0].type ${LATER}`],
    ["a format that is not known", machine({ format: UNKNOWN }), `vm1: disks[0].format ${LATER}`],
    ["disks that are not known", [vm("vm1", { disks: UNKNOWN })], `vm1: disks ${LATER}`],
    ["a host that is not known", machine({}, S2022, { host: UNKNOWN }), `vm1: host ${LATER}`],
    ["a generation that is not known", machine({}, S2022, { generation: UNKNOWN }), `vm1: generation ${LATER}`],
  ],
});
