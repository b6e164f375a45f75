import { clusterSurvivesHostLoss } from "../../../policies/hosts/cluster-survives-host-loss";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const GB = 1024;

function nodes(...memoryGB: readonly number[]) {
  return [
    cluster("c1"),
    ...memoryGB.map((memory, index) => host(`hv${String(index + 1)}`, { cluster: "c1", memoryMB: memory * GB })),
  ];
}

function owned(name: string, memoryGB: number, ...possibleOwners: readonly string[]) {
  return vm(name, { cluster: "c1", memoryMB: memoryGB * GB, possibleOwners });
}

function apart(...names: readonly string[]) {
  return names.map((name) => vm(name, { cluster: "c1", memoryMB: GB, antiAffinityClassNames: ["web"] }));
}

const ENFORCED = cluster("c1", { enforcedAntiAffinity: true });

function machines(...memoryGB: readonly number[]) {
  return memoryGB.map((memory, index) => vm(`vm${String(index + 1)}`, { cluster: "c1", memoryMB: memory * GB }));
}

ruleTest(clusterSurvivesHostLoss, {
  passes: [
    ["small machines with room for them", [...nodes(64, 64, 64), ...machines(8, 8, 8, 8)]],
    ["machines that fill the other nodes exactly", [...nodes(64, 64, 64), ...machines(32, 32, 32, 32)]],
    ["a sum that is too large, which cluster-capacity reports", [...nodes(64, 64), ...machines(40, 40)]],
    ["one node", [...nodes(64), ...machines(100)]],
    [
      "a machine on a node that only that may run",
      [...nodes(64, 32), vm("vm1", { cluster: "c1", memoryMB: 16 * GB, possibleOwners: ["hv1"] })],
    ],
    [
      "machines that may run on two nodes each, and have room on both",
      [
        ...nodes(64, 64, 64),
        owned("vm1", 40, "hv1", "hv2"),
        owned("vm2", 24, "hv2", "hv3"),
        owned("vm3", 24, "hv1", "hv2"),
      ],
    ],
    [
      "anti-affinity that the cluster gives up before a machine stays off",
      [...nodes(64, 64), ...apart("web1", "web2")],
    ],
    [
      "enforced anti-affinity with a node more than machines",
      [ENFORCED, ...nodes(64, 64, 64).slice(1), ...apart("web1", "web2")],
    ],
  ],
  finds: [
    [
      "two machines that only two of three nodes may run, and one node has no room for both",
      [...nodes(64, 64, 64), owned("vm1", 40, "hv2", "hv3"), owned("vm2", 40, "hv2", "hv3")],
      "c1: c1: when hv2 is down, its 2 virtual machines do not fit on the other nodes (they may use 81920 MB of the 131072 MB that are left, but in no arrangement with their possible owners).",
      {
        fix: "Add memory to the nodes or another node, let more nodes own them, or give the largest virtual machines less: vm1 (40960 MB) and vm2 (40960 MB).",
      },
    ],
    [
      "the same with a small machine that any node may run",
      [
        ...nodes(64, 64, 64),
        owned("vm1", 40, "hv2", "hv3"),
        owned("vm2", 40, "hv2", "hv3"),
        ...machines(20).map((one) => ({ ...one, name: "small", urn: `${one.urn}-small` })),
      ],
      "c1: c1: when hv2 is down, its 3 virtual machines do not fit on the other nodes (they may use 102400 MB of the 131072 MB that are left, but in no arrangement with their possible owners).",
    ],
    [
      "a machine whose other possible owner is too small",
      [...nodes(64, 64, 16), owned("vm1", 40, "hv1", "hv3")],
      "c1: c1: when hv1 is down, no other possible owner can run vm1, which may use 40960 MB; the largest of these, hv3, has 16384 MB.",
      {
        found: { value: 40960, unit: "MB" },
        limit: { bound: "atMost", value: 16384, unit: "MB" },
        fix: "Give vm1 16384 MB or less, or add memory until two possible owners have 40960 MB or more.",
      },
    ],
    [
      "enforced anti-affinity with as many machines as nodes",
      [ENFORCED, ...nodes(64, 64).slice(1), ...apart("web1", "web2")],
      "c1: c1: when hv1 is down, its 2 virtual machines do not fit on the other nodes (they may use 2048 MB of the 65536 MB that are left, but in no arrangement with their enforced anti-affinity).",
    ],
    [
      "a machine that only the largest node can run",
      [...nodes(256, 64, 64, 64), ...machines(128)],
      "c1: c1: when the node with the most memory is down, no node can run vm1, which may use 131072 MB; the largest of the others has 65536 MB.",
      {
        found: { value: 131072, unit: "MB" },
        limit: { bound: "atMost", value: 65536, unit: "MB" },
        fix: "Give vm1 65536 MB or less, or add memory until two nodes have 131072 MB or more.",
      },
    ],
    [
      "machines that fit by their sum, and on no arrangement of nodes",
      [...nodes(64, 64, 64), ...machines(40, 40, 40)],
      "c1: c1: when hv1 is down, its 3 virtual machines do not fit on the other nodes (they may use 122880 MB of the 131072 MB that are left, but in no arrangement).",
      {
        fix: "Add memory to the nodes or another node, or give the largest virtual machines less: vm1 (40960 MB), vm2 (40960 MB) and vm3 (40960 MB).",
      },
    ],
    [
      "machines that fit while a small node is down, and not while the large one is",
      [...nodes(128, 64, 64), ...machines(48, 48, 30)],
      "c1: c1: when hv1 is down, its 3 virtual machines do not fit on the other nodes (they may use 129024 MB of the 131072 MB that are left, but in no arrangement).",
    ],
  ],
  undecided: [
    [
      "possible owners that only the deployment knows",
      [...nodes(64, 64), vm("vm1", { cluster: "c1", memoryMB: GB, possibleOwners: UNKNOWN })],
      "vm1: possibleOwners is not known until deployment: not checked by cluster-survives-host-loss.",
    ],
    [
      "memory of a node that only the deployment knows",
      [
        cluster("c1"),
        host("hv1", { cluster: "c1" }),
        host("hv2", { cluster: "c1", memoryMB: UNKNOWN }),
        ...machines(8),
      ],
      "hv2: memoryMB is not known until deployment: not checked by cluster-survives-host-loss.",
    ],
    [
      "memory of a machine that only the deployment knows",
      [...nodes(64, 64), vm("vm1", { cluster: "c1", memoryMB: UNKNOWN })],
      "vm1: memoryMB is not known until deployment: not checked by cluster-survives-host-loss.",
    ],
  ],
});
