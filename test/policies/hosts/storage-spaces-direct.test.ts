import type { PlainObject } from "../../../lib/estate/plain";
import { storageSpacesDirect } from "../../../policies/hosts/storage-spaces-direct";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const RIGHT: PlainObject = {
  capacityDrivesPerNode: 8,
  cacheDrivesPerNode: 2,
  capacityTBPerNode: 60,
  cacheTBPerNode: 4,
  volumes: [],
};
const GB = 1024;

const pool = (storage: PlainObject, nodes = 4, node: PlainObject = {}) => [
  cluster("c1", { storageSpacesDirect: { ...RIGHT, ...storage } }),
  ...Array.from({ length: nodes }, (_, at) =>
    host(`hv${String(at + 1)}`, { cluster: "c1", operatingSystem: "Windows Server 2025", memoryMB: 64 * GB, ...node }),
  ),
];

const volume = (resiliency: string) => ({ volumes: [{ name: "v1", resiliency }] });

ruleTest(storageSpacesDirect, {
  passes: [
    ["eight drives with two as the cache", pool({})],
    ["four drives without a cache", pool({ capacityDrivesPerNode: 4, cacheDrivesPerNode: 0, cacheTBPerNode: 0 })],
    [
      "two drives in machines of Azure Local",
      pool({ capacityDrivesPerNode: 2, cacheDrivesPerNode: 0 }, 2, { operatingSystem: "Azure Local" }),
    ],
    ["one machine of Azure Local", pool({ cacheDrivesPerNode: 0 }, 1, { operatingSystem: "Azure Local" })],
    ["16 servers", pool({}, 16)],
    ["a three-way mirror on three servers", pool(volume("threeWayMirror"), 3)],
    ["dual parity on four servers", pool(volume("dualParity"), 4)],
    ["a two-way mirror on two servers", pool(volume("twoWayMirror"), 2)],
    ["400 TB a server", pool({ capacityTBPerNode: 400 })],
    ["no Storage Spaces Direct", [cluster("c1"), host("hv1", { cluster: "c1" })]],
    ["drives of which nothing is declared", [cluster("c1", { storageSpacesDirect: {} }), ...pool({}).slice(1)]],
  ],
  finds: [
    [
      "one server",
      pool({}, 1),
      "c1: c1 has Storage Spaces Direct on 1 server; it needs 2 to 16.",
      {
        found: { value: 1, unit: "nodes" },
        limit: { bound: "atLeast", value: 2, unit: "nodes" },
        source: "spaces-direct-hardware",
        advisory: false,
      },
    ],
    ["17 servers", pool({}, 17), "c1: c1 has Storage Spaces Direct on 17 servers; it needs 2 to 16."],
    [
      "three drives",
      pool({ capacityDrivesPerNode: 3, cacheDrivesPerNode: 0 }),
      "c1: c1 has 3 drives for capacity in each server; Storage Spaces Direct needs 4 or more.",
      {
        found: { value: 3 },
        limit: { bound: "atLeast", value: 4 },
        fix: "Add 1 drive to each server.",
        advisory: false,
      },
    ],
    [
      "one cache drive",
      pool({ cacheDrivesPerNode: 1 }),
      "c1: c1 has 1 cache drive in each server; Storage Spaces Direct needs 2 or more.",
    ],
    [
      "cache drives that serve unlike numbers of drives",
      pool({ capacityDrivesPerNode: 8, cacheDrivesPerNode: 3 }),
      "c1: c1 has 8 drives for capacity and 3 cache drives in each server: not all cache drives serve as many.",
      { fix: "Use a whole multiple of 3 drives for capacity.", advisory: true },
    ],
    [
      "401 TB in a server",
      pool({ capacityTBPerNode: 401 }),
      "c1: c1 has 401 TB of raw capacity in a server; 400 TB are supported.",
      { limit: { bound: "atMost", value: 400 } },
    ],
    [
      "a pool that is too large",
      pool({ capacityTBPerNode: 400 }, 11),
      "c1: c1 has 4400 TB of raw capacity in the pool; 4000 TB are supported.",
    ],
    [
      "Windows Server 2016 with more than it supports",
      pool({ capacityTBPerNode: 101 }, 4, { operatingSystem: "Windows Server 2016" }),
      "c1: c1 has 101 TB of raw capacity in a server; 100 TB are supported.",
    ],
    [
      "a cache without memory for it beside the machines",
      [...pool({ cacheTBPerNode: 8 }), vm("vm1", { cluster: "c1", memoryMB: 129 * GB })],
      "c1: c1 needs 32768 MB of memory on each node for 8 TB of cache; with the 132096 MB of its virtual machines that is more than the 262144 MB of all nodes.",
      { found: { value: 263168, unit: "MB" }, limit: { bound: "atMost", value: 262144, unit: "MB" } },
    ],
    [
      "a three-way mirror on two servers",
      pool(volume("threeWayMirror"), 2),
      "c1: c1: volume v1 is a threeWayMirror on 2 servers; that needs 3 or more.",
      { fix: "Use a two-way mirror or nested resiliency.", source: "spaces-direct-resiliency", advisory: true },
    ],
    [
      "a disk as the witness",
      pool({}).with(0, cluster("c1", { storageSpacesDirect: RIGHT, quorum: { type: "nodeAndDiskMajority" } })),
      "c1: c1 has Storage Spaces Direct and a disk as its witness (nodeAndDiskMajority).",
      { limit: { bound: "not", value: "nodeAndDiskMajority" }, source: "cluster-quorum", advisory: false },
    ],
    [
      "dual parity on three",
      pool(volume("dualParity"), 3),
      "c1: c1: volume v1 is a dualParity on 3 servers; that needs 4 or more.",
    ],
  ],
  undecided: [
    [
      "drives that only the deployment knows",
      pool({ capacityDrivesPerNode: UNKNOWN }),
      "c1: storageSpacesDirect.capacityDrivesPerNode is not known until deployment: not checked by storage-spaces-direct.",
    ],
  ],
});
