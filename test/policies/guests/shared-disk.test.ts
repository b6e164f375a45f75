import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { sharedDisk } from "../../../policies/guests/shared-disk";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const WS2022 = { operatingSystem: "Windows Server 2022" };

function disk(path: Plain, properties: PlainObject = {}): PlainObject {
  return { disks: [{ name: "data", purpose: "data", type: "fixed", sizeGB: 100, path, ...properties }] };
}

const SHARED = { supportPersistentReservations: true };
const hv1 = host("hv1", WS2022);
const hv2 = host("hv2", WS2022);
const nodes: readonly DeclaredResource[] = [
  cluster("c1"),
  host("n1", { ...WS2022, cluster: "c1" }),
  host("n2", { ...WS2022, cluster: "c1" }),
];
const CSV = "C:\\ClusterStorage\\Volume1\\data.vhdx";
const SHARE = "\\\\files\\vms\\data.vhdx";

const FIX =
  "Give b a disk of its own. Only if they are nodes of one guest cluster, set supportPersistentReservations of the disk to true";

ruleTest(sharedDisk, {
  passes: [
    [
      "two disks of two machines",
      [hv1, vm("a", { host: "hv1", ...disk("D:\\a.vhdx") }), vm("b", { host: "hv1", ...disk("D:\\b.vhdx") })],
    ],
    [
      "one path on two hosts",
      [hv1, hv2, vm("a", { host: "hv1", ...disk("D:\\x.vhdx") }), vm("b", { host: "hv2", ...disk("D:\\x.vhdx") })],
    ],
    [
      "one long path on two hosts",
      [
        hv1,
        hv2,
        vm("a", { host: "hv1", ...disk("\\\\?\\D:\\x.vhdx") }),
        vm("b", { host: "hv2", ...disk("\\\\?\\D:\\x.vhdx") }),
      ],
    ],
    [
      "one path on a Cluster Shared Volume of two clusters",
      [
        ...nodes,
        cluster("c2"),
        host("n3", { ...WS2022, cluster: "c2" }),
        vm("a", { cluster: "c1", ...disk(CSV) }),
        vm("b", { cluster: "c2", ...disk(CSV) }),
      ],
    ],
    [
      "a disk that a guest cluster shares with persistent reservations",
      [...nodes, vm("a", { cluster: "c1", ...disk(CSV, SHARED) }), vm("b", { host: "n2", ...disk(CSV, SHARED) })],
    ],
    [
      "a VHD set, which is made to be shared",
      [
        ...nodes,
        vm("a", { cluster: "c1", ...disk("C:\\ClusterStorage\\V\\x.vhds") }),
        vm("b", { cluster: "c1", ...disk("C:\\ClusterStorage\\V\\x.vhds") }),
      ],
    ],
    [
      "a folder of a share, in which each has its own files",
      [
        hv1,
        hv2,
        vm("a", { host: "hv1", ...disk("\\\\files\\vms", { type: "smb" }) }),
        vm("b", { host: "hv2", ...disk("\\\\files\\vms", { type: "smb" }) }),
      ],
    ],
    ["a file in one machine whose host nobody knows", [vm("a", { host: UNKNOWN, ...disk("D:\\x.vhdx") })]],
    ["a path that is malformed", [hv1, vm("a", { host: "hv1", ...disk(7) }), vm("b", { host: "hv1", ...disk(7) })]],
  ],
  finds: [
    [
      "one file as a long path and as a short one",
      [hv1, vm("a", { host: "hv1", ...disk("D:\\.\\x.vhdx") }), vm("b", { host: "hv1", ...disk("\\\\?\\D:\\x.vhdx") })],
      "b: b shares the virtual disk \\\\?\\D:\\x.vhdx with a, without persistent reservations.",
    ],
    [
      "one file twice in one machine",
      [
        hv1,
        vm("a", {
          host: "hv1",
          disks: [
            { name: "d", purpose: "data", type: "fixed", sizeGB: 40, path: "D:\\x.vhdx" },
            { name: "e", purpose: "data", type: "fixed", sizeGB: 40, path: "d:/X.vhdx" },
          ],
        }),
      ],
      "a: a has the virtual disk d:/X.vhdx twice.",
      { found: { value: "d:/X.vhdx" }, advisory: true },
    ],
    [
      "one file in two machines of a host, however it is written",
      [hv1, vm("a", { host: "hv1", ...disk("D:\\VMs\\x.vhdx") }), vm("b", { host: "hv1", ...disk("d:/vms//X.VHDX") })],
      "b: b shares the virtual disk d:/vms//X.VHDX with a, without persistent reservations.",
      {
        found: { value: "d:/vms//X.VHDX" },
        limit: { bound: "exactly", value: 1, unit: "virtual machines" },
        fix: `${FIX} in a and b.`,
        source: "add-vm-hard-disk-drive",
        advisory: false,
      },
    ],
    [
      "one file of a Cluster Shared Volume, one machine on the cluster and one on a node",
      [...nodes, vm("a", { cluster: "c1", ...disk(CSV) }), vm("b", { host: "n2", ...disk(CSV) })],
      `b: b shares the virtual disk ${CSV} with a, without persistent reservations.`,
    ],
    [
      "one file of a share in two clusters",
      [hv1, vm("a", { host: "hv1", ...disk(SHARE) }), ...nodes, vm("b", { cluster: "c1", ...disk(SHARE) })],
      `b: b shares the virtual disk ${SHARE} with a, without persistent reservations.`,
    ],
    [
      "one of two shares it without reservations: that one changes",
      [...nodes, vm("a", { cluster: "c1", ...disk(CSV, SHARED) }), vm("b", { cluster: "c1", ...disk(CSV) })],
      `b: b shares the virtual disk ${CSV} with a, without persistent reservations.`,
      { change: { path: "disks[0].supportPersistentReservations", value: true }, fix: `${FIX}.` },
    ],
    [
      "one finding for three machines",
      [hv1, ...["a", "b", "c"].map((name) => vm(name, { host: "hv1", ...disk("D:\\x.vhdx") }))],
      "c: c shares the virtual disk D:\\x.vhdx with a and b, without persistent reservations.",
    ],
    [
      "what one machine does is wrong whatever the other turns out to do",
      [
        ...nodes,
        vm("a", { cluster: "c1", ...disk(CSV) }),
        vm("b", { cluster: "c1", ...disk(CSV, { supportPersistentReservations: UNKNOWN }) }),
      ],
      `a: a shares the virtual disk ${CSV} with b, without persistent reservations.`,
      {
        undecided: [
          "b: disks[0].supportPersistentReservations is not known until deployment: not checked by shared-disk.",
        ],
      },
    ],
  ],
  undecided: [
    [
      "reservations that are not known before the deployment",
      [
        ...nodes,
        vm("a", { cluster: "c1", ...disk(CSV, SHARED) }),
        vm("b", { cluster: "c1", ...disk(CSV, { supportPersistentReservations: UNKNOWN }) }),
      ],
      "b: disks[0].supportPersistentReservations is not known until deployment: not checked by shared-disk.",
    ],
    [
      "one path where the host of one machine is not known",
      [hv1, vm("a", { host: "hv1", ...disk("D:\\x.vhdx") }), vm("b", { host: UNKNOWN, ...disk("D:\\x.vhdx") })],
      "b: host is not known until deployment: not checked by shared-disk.",
    ],
  ],
});
