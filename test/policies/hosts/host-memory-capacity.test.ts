import assert from "node:assert/strict";
import { hostMemoryCapacity } from "../../../policies/hosts/host-memory-capacity";
import type { PlainObject } from "../../../lib/estate/plain";
import { cluster, host, judge, mailbox, MALFORMED, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const GB = 1024;
const HV1 = host("hv1", { memoryMB: 32 * GB });
const OF_UNKNOWN_VERSION = host("hv1", { operatingSystem: UNKNOWN, memoryMB: 32 * GB });

function machine(name: string, memoryMB: PlainObject["memoryMB"]) {
  return vm(name, { host: "hv1", memoryMB });
}

function dynamic(maximumMB: number) {
  return vm("a", { host: "hv1", memoryMB: 1024, dynamicMemory: { minimumMB: 512, maximumMB } });
}

/** What does not fit at all. */
function tooLarge(used: number): string {
  return (
    `hv1: hv1 has 32768 MB of memory, and its virtual machines may use ${String(used)} MB: ` +
    `${String(used - 32768)} MB too much.`
  );
}

/** What leaves too little for the parent partition. */
function tooLargeWith(reserve: number, used: number): string {
  return (
    `hv1: hv1 has 32768 MB of memory, and its virtual machines may use ${String(used)} MB. With ${String(reserve)} MB ` +
    `for the parent partition that is ${String(used + reserve - 32768)} MB too much.`
  );
}

function fix(most: number, least: number): string {
  return (
    "Move virtual machines to other hosts, or give them less memory, until they may use " +
    `${String(most)} MB or less in total; or add memory to the host until it has ${String(least)} MB or more.`
  );
}

/** What a program declares without a maximum, in two forms; Hyper-V's default is 1 TB. */
const WITHOUT_MAXIMUM = [
  resource("hyperv:index/machineInstance:MachineInstance", "x", {
    name: "x",
    dynamicMemory: true,
    memoryStartupBytes: 4 * GB ** 3,
  }),
  resource("command:local:Command", "y", {
    create: "New-VM -Name y -MemoryStartupBytes 2GB; Set-VMMemory -VMName y -DynamicMemoryEnabled $true",
  }),
];
const ON_HV1 = { settings: { classify: [{ match: { name: "?" }, host: "hv1" }] } } as const;

ruleTest(hostMemoryCapacity, {
  passes: [
    ["P11: dynamic memory without a maximum, by what it starts with", [HV1, ...WITHOUT_MAXIMUM], ON_HV1],
    ["a host without virtual machines", [HV1]],
    ["what leaves the parent partition its 2 GB", [HV1, machine("a", 14 * GB), machine("b", 16 * GB)]],
    [
      "what leaves the parent partition the reserve of the user",
      [HV1, machine("a", 28 * GB)],
      { configuration: { reserveMB: 4096 } },
    ],
    [
      "what leaves nothing, where the user says that nothing is needed",
      [HV1, machine("a", 32 * GB)],
      { configuration: { reserveMB: 0 } },
    ],
    ["the maximum of dynamic memory that fits", [HV1, dynamic(30 * GB)]],
    [
      "what floats in the cluster, and what runs on other hosts",
      [
        HV1,
        cluster("c1", { nodes: ["hv1"] }),
        vm("a", { cluster: "c1", memoryMB: 40 * GB }),
        host("hv2"),
        vm("b", { host: "hv2", memoryMB: 40 * GB }),
      ],
    ],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [
        `${JSON.stringify(value)} for a machine's memory, which the estate rule reports`,
        [HV1, machine("m", value), machine("a", GB)],
      ],
      [
        `${JSON.stringify(value)} for the host's memory, which the estate rule reports`,
        [host("hv1", { memoryMB: value }), machine("a", 999 * GB)],
      ],
    ]),
  ],
  finds: [
    [
      "P11: dynamic memory without a maximum that does not start beside the others",
      [HV1, ...WITHOUT_MAXIMUM, machine("c", 28 * GB)],
      tooLarge(34 * GB),
      { ...ON_HV1, advisory: false },
    ],
    [
      "P11: the maximum that is declared beside one that is not",
      [HV1, ...WITHOUT_MAXIMUM, dynamic(31 * GB)],
      tooLarge(37 * GB),
      ON_HV1,
    ],
    [
      "what does not fit at all",
      [HV1, machine("a", 16 * GB), machine("b", 16 * GB + 1)],
      tooLarge(32769),
      {
        found: { value: 32769, unit: "MB" },
        limit: { bound: "atMost", value: 32768, unit: "MB" },
        // What fits only without the parent partition's reserve would be the next finding.
        fix: fix(30720, 34817),
        advisory: false,
      },
    ],
    ...[30 * GB + 1, 32 * GB].map((used): Finds => [
      `${String(used)} MB, which take from the table's reserve for the parent partition, as advice`,
      [HV1, machine("a", used)],
      tooLargeWith(2048, used),
      {
        found: { value: used, unit: "MB" },
        limit: { bound: "atMost", value: 30720, unit: "MB" },
        fix: fix(30720, used + 2048),
        source: "no-document",
        advisory: true,
      },
    ]),
    [
      "what takes from the reserve of the user, which blocks",
      [HV1, machine("a", 28 * GB + 1)],
      tooLargeWith(4096, 28673),
      {
        configuration: { reserveMB: 4096 },
        limit: { bound: "atMost", value: 28672, unit: "MB" },
        fix: fix(28672, 32769),
        advisory: false,
      },
    ],
    [
      "a reserve that leaves nothing for virtual machines",
      [HV1, machine("a", GB)],
      tooLargeWith(40960, GB),
      {
        configuration: { reserveMB: 40 * GB },
        limit: { bound: "atMost", value: 0, unit: "MB" },
        fix: "Add memory to the host until it has 41984 MB or more.",
      },
    ],
    [
      "the maximum of dynamic memory that does not fit, as advice where all machines can start",
      [HV1, dynamic(32 * GB + 1)],
      tooLarge(32769),
      { advisory: true },
    ],
    [
      "what is too much already, beside an unknown size",
      [HV1, machine("a", 33 * GB), machine("u", UNKNOWN)],
      tooLarge(33 * GB),
    ],
    [
      "what does not fit, while the version of the host is unknown",
      [OF_UNKNOWN_VERSION, machine("a", 32 * GB + 1)],
      tooLarge(32769),
    ],
    ...MALFORMED.map((value): Finds => [
      `what is too much already, beside ${JSON.stringify(value)} MB`,
      [HV1, machine("m", value), machine("a", 33 * GB)],
      tooLarge(33 * GB),
    ]),
  ],
  undecided: [
    [
      "an unknown size of a machine",
      [HV1, machine("a", GB), machine("u", UNKNOWN)],
      "u: memoryMB is not known until deployment: not checked by host-memory-capacity.",
    ],
    [
      "unknown memory of the host",
      [host("hv1", { memoryMB: UNKNOWN }), machine("a", 999 * GB)],
      "hv1: memoryMB is not known until deployment: not checked by host-memory-capacity.",
    ],
    [
      "the reserve of a host whose version is unknown",
      [OF_UNKNOWN_VERSION, machine("a", 32 * GB)],
      "hv1: operatingSystem is not known until deployment: not checked by host-memory-capacity.",
    ],
    [
      "a machine whose host is not known",
      [HV1, vm("later", { host: UNKNOWN })],
      "later: host is not known until deployment: not checked by host-memory-capacity.",
    ],
  ],
});

describe("host-memory-capacity", () => {
  it("leaves a host that runs Exchange to exchange-memory-oversubscription", () => {
    const { findings, applied } = judge(hostMemoryCapacity, [HV1, mailbox("a", { host: "hv1", memoryMB: 40 * GB })]);
    assert.deepEqual([findings, applied], [[], 0]);
  });

  it("says that no document was found for the reserve of the parent partition", () => {
    for (const memoryMB of [30 * GB + 1, 32 * GB]) {
      const [message = "", ...others] = judge(hostMemoryCapacity, [HV1, machine("a", memoryMB)]).messages;
      assert.match(message, /\nNote: no document was found/);
      assert.deepEqual(others, []);
    }
  });
});
