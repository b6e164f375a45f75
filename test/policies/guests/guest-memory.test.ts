import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestMemory } from "../../../policies/guests/guest-memory";
import { cluster, host, MALFORMED, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const R2_SP1 = "Windows Server 2008 R2 SP1";
const R2_SP1_NAME = "Windows Server 2008 R2 with Service Pack 1";
const GB = 1024;
const TB = 1024 * GB;
const LATER = "not known until deployment: not checked by guest-memory.";

function machine(properties: PlainObject, operatingSystem = R2_SP1): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", ...properties })];
}

/** A guest on a host where the least memory alone matters. */
function guest(guestOs: string, memoryMB: number): readonly DeclaredResource[] {
  return machine({ guestOs, memoryMB }, "Windows Server 2016");
}

function dynamic(minimumMB: number, memoryMB: number, maximumMB: number, guestOs = R2_SP1) {
  return machine({ guestOs, memoryMB, dynamicMemory: { minimumMB, maximumMB } });
}

/** Host version, its name, and the most memory in generation 1 and in generation 2 where the host has it. */
const LIMITS: readonly (readonly [string, string, ...(readonly (readonly [number, string])[])])[] = [
  ["Windows Server 2008", "Windows Server 2008", [64 * GB, "64 GB"]],
  ["Windows Server 2008 SP2", "Windows Server 2008 with Service Pack 2", [64 * GB, "64 GB"]],
  ["Windows Server 2008 R2", "Windows Server 2008 R2", [64 * GB, "64 GB"]],
  [R2_SP1, R2_SP1_NAME, [64 * GB, "64 GB"]],
  ["Windows Server 2012", "Windows Server 2012", [TB, "1 TB"]],
  ["Windows Server 2012 R2", "Windows Server 2012 R2", [TB, "1 TB"], [TB, "1 TB"]],
  ["Windows Server 2016", "Windows Server 2016", [TB, "1 TB"], [12 * TB, "12 TB"]],
  ["Windows Server 2019", "Windows Server 2019", [TB, "1 TB"], [12 * TB, "12 TB"]],
  ["Windows Server 2022", "Windows Server 2022", [TB, "1 TB"], [240 * TB, "240 TB"]],
  ["Windows Server 2025", "Windows Server 2025", [TB, "1 TB"], [240 * TB, "240 TB"]],
  ["Azure Stack HCI", "Azure Stack HCI", [TB, "1 TB"], [12 * TB, "12 TB"]],
  ["Azure Local", "Azure Local", [TB, "1 TB"], [240 * TB, "240 TB"]],
];

function tooMuch(has: number, on: string, generation: string, text: string, most: number): string {
  return (
    `vm1: vm1 may use ${String(has)} MB of memory. ${on} gives a virtual machine of generation ${generation} at most ` +
    `${text}, which is ${String(most)} MB.`
  );
}

/** A guest, its name, its least memory and the recommended memory by Best Practices Analyzer. */
const GUESTS: readonly (readonly [string, string, number, number, string])[] = [
  ["Windows Server 2003 R2 SP2", "Windows Server 2003 R2 with Service Pack 2", 128, 256, "256 MB"],
  [R2_SP1, R2_SP1_NAME, 512, 2048, "2 GB"],
  ["Windows Server 2012 R2", "Windows Server 2012 R2", 512, 2048, "2 GB"],
  ["Windows Server 2016", "Windows Server 2016", 512, 1024, "1 GB"],
  ["Windows XP SP3", "Windows XP with Service Pack 3", 64, 128, "128 MB"],
  ["Windows 7 SP1", "Windows 7 with Service Pack 1", 512, 1024, "1 GB"],
  ["Windows 10", "Windows 10", 512, 1024, "1 GB"],
];

function needs(size: string, least: number, name = R2_SP1_NAME): string {
  return `vm1: vm1 has ${size}; ${name} needs at least ${String(least)} MB.`;
}

ruleTest(guestMemory, {
  passes: [
    ...LIMITS.flatMap(([written, , ...limits]) =>
      limits.flatMap(([most], index) =>
        [most - 1, most].map((memoryMB): Passes => [
          `${String(memoryMB)} MB in generation ${String(index + 1)} on ${written}`,
          machine({ generation: index + 1, memoryMB }, written),
        ]),
      ),
    ),
    ["the maximum of dynamic memory within the limit", dynamic(4096, 4096, 65536)],
    ...GUESTS.map(([guestOs, , , recommended]): Passes => [
      `the memory that is recommended for ${guestOs}`,
      guest(guestOs, recommended),
    ]),
    ["dynamic memory with all that the guest needs", dynamic(256, 512, 2048)],
    ["dynamic memory with all that an old guest needs", dynamic(128, 128, 256, "Windows Server 2003 R2 SP2")],
    ["a guest that no document is about", machine({ guestOs: "Ubuntu 22.04", memoryMB: 1 }, "Windows Server 2022")],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      ...["memoryMB", "generation", "guestOs", "dynamicMemory"].map((property): Passes => [
        `${JSON.stringify(value)} for ${property}, which the estate rule reports`,
        machine({ [property]: value }),
      ]),
      [
        `${JSON.stringify(value)} for the maximum of dynamic memory, which the estate rule reports`,
        machine({ dynamicMemory: { minimumMB: 512, maximumMB: value } }),
      ],
    ]),
  ],
  finds: [
    ...LIMITS.flatMap(([written, on, ...limits]) =>
      limits.map(([most, text], index): Finds => [
        `more than the limit in generation ${String(index + 1)} on ${written}`,
        machine({ generation: index + 1, memoryMB: most + 1 }, written),
        tooMuch(most + 1, on, String(index + 1), text, most),
        {
          found: { value: most + 1, unit: "MB" },
          limit: { bound: "atMost", value: most, unit: "MB" },
          change: { path: "memoryMB", value: most },
          advisory: false,
        },
      ]),
    ),
    [
      "more than the host gives",
      machine({ memoryMB: 66000 }),
      tooMuch(66000, R2_SP1_NAME, "1", "64 GB", 65536),
      { fix: "Set memoryMB to 65536 or less.", source: "limits-2008-r2" },
    ],
    [
      "more than the host gives a generation that nobody declared",
      machine({ memoryMB: TB + 1, guestOs: "Windows Server 2022" }, "Windows Server 2022"),
      tooMuch(TB + 1, "Windows Server 2022", "1 (by default)", "1 TB", TB),
    ],
    [
      "a maximum of dynamic memory beyond the limit",
      dynamic(4096, 4096, 65537),
      tooMuch(65537, R2_SP1_NAME, "1", "64 GB", 65536),
      {
        fix: "Set dynamicMemory.maximumMB to 65536 or less.",
        change: { path: "dynamicMemory.maximumMB", value: 65536 },
      },
    ],
    [
      "dynamic memory that is beyond the limit with every size",
      dynamic(66000, 67000, 68000),
      tooMuch(68000, R2_SP1_NAME, "1", "64 GB", 65536),
      { fix: "Set dynamicMemory.maximumMB, memoryMB and dynamicMemory.minimumMB to 65536 or less." },
    ],
    ...GUESTS.flatMap(([guestOs, name, minimum, recommended, text]): readonly Finds[] => [
      [
        `less than ${guestOs} needs`,
        guest(guestOs, minimum - 1),
        needs(`${String(minimum - 1)} MB of memory`, minimum, name),
        {
          found: { value: minimum - 1, unit: "MB" },
          limit: { bound: "atLeast", value: minimum, unit: "MB" },
          fix: `Set memoryMB to ${String(recommended)} or more, as Microsoft recommends.`,
          advisory: false,
        },
      ],
      ...[minimum, recommended - 1].map((memoryMB): Finds => [
        `${String(memoryMB)} MB, less than is recommended for ${guestOs}`,
        guest(guestOs, memoryMB),
        `vm1: vm1 has ${String(memoryMB)} MB of memory; Microsoft recommends at least ${text} for ${name}.`,
        {
          found: { value: memoryMB, unit: "MB" },
          limit: { bound: "atLeast", value: recommended, unit: "MB" },
          fix: `Set memoryMB to ${String(recommended)} or more.`,
          advisory: true,
        },
      ]),
    ]),
    ["a minimum of dynamic memory that is too small", dynamic(255, 512, 2048), needs("255 MB of minimum memory", 256)],
    [
      "a startup memory that is too small, where the host has no minimum memory of its own",
      dynamic(511, 511, 2048),
      needs("511 MB of startup memory", 512),
      { fix: "Set memoryMB and dynamicMemory.minimumMB to 512 or more." },
    ],
    [
      "a startup memory that is too small, where memory may shrink below it",
      machine(
        { guestOs: R2_SP1, memoryMB: 511, dynamicMemory: { minimumMB: 511, maximumMB: 2048 } },
        "Windows Server 2016",
      ),
      needs("511 MB of startup memory", 512),
      { fix: "Set memoryMB to 512 or more." },
    ],
    ["a maximum of dynamic memory that is too small", dynamic(256, 512, 511), needs("511 MB of maximum memory", 512)],
    [
      "every size of dynamic memory too small",
      dynamic(255, 511, 511),
      [
        needs("255 MB of minimum memory", 256),
        needs("511 MB of maximum memory", 512),
        needs("511 MB of startup memory", 512),
      ],
    ],
    [
      "a minimum of dynamic memory that is too small, as is the startup memory, which cannot be less",
      dynamic(64, 64, 256, "Windows Server 2003 R2 SP2"),
      [
        needs("64 MB of minimum memory", 128, "Windows Server 2003 R2 with Service Pack 2"),
        needs("64 MB of startup memory", 128, "Windows Server 2003 R2 with Service Pack 2"),
      ],
      { fix: "Set dynamicMemory.minimumMB and memoryMB to 128 or more." },
    ],
    [
      "a size of dynamic memory below what is recommended",
      dynamic(128, 128, 255, "Windows Server 2003 R2 SP2"),
      "vm1: vm1 has 255 MB of maximum memory; Microsoft recommends at least 256 MB for Windows Server 2003 R2 with Service Pack 2.",
      { fix: "Set dynamicMemory.maximumMB to 256 or more.", source: "bpa-2012", advisory: true },
    ],
    [
      "one size too small while the others are not known",
      machine({ memoryMB: UNKNOWN, dynamicMemory: { minimumMB: 255, maximumMB: UNKNOWN } }),
      needs("255 MB of minimum memory", 256),
      { undecided: [`vm1: dynamicMemory.maximumMB and memoryMB are ${LATER}`] },
    ],
    [
      "a provider's default",
      [
        host("hv1", { operatingSystem: "Windows Server 2022" }),
        resource("hyperv:index/machineInstance:MachineInstance", "vm1", { name: "vm1" }),
      ],
      "vm1: vm1 has 512 MB of memory by default; Microsoft recommends at least 1 GB for Windows Server 2016.",
      { settings: { classify: [{ match: { name: "vm1" }, host: "hv1", guestOs: "Windows Server 2016" }] } },
    ],
    ["less than the guest needs without a host", [vm("vm1", { memoryMB: 511 })], needs("511 MB of memory", 512)],
    [
      "more than any host gives",
      [vm("vm1", { generation: UNKNOWN, memoryMB: 240 * TB + 1 })],
      tooMuch(240 * TB + 1, "Azure Local", "2", "240 TB", 240 * TB) +
        " That is the best case: its host and its generation are not known.",
      { advisory: false, limit: { bound: "atMost", value: 240 * TB, unit: "MB" } },
    ],
    [
      "what any node of the cluster does not give, once",
      [
        cluster("c1"),
        ...["Windows Server 2019", "Windows Server 2008 R2", R2_SP1].map((operatingSystem, index) =>
          host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
        ),
        vm("vm1", { cluster: "c1", memoryMB: 65537 }),
      ],
      tooMuch(65537, "Windows Server 2008 R2", "1", "64 GB", 65536),
    ],
  ],
  undecided: [
    ...["memoryMB", "dynamicMemory", "guestOs"].map((property): Undecided => [
      `an unknown ${property}`,
      machine({ [property]: UNKNOWN }),
      `vm1: ${property} is ${LATER}`,
    ]),
    [
      "an unknown generation that makes the difference",
      [
        host("hv1", { operatingSystem: "Windows Server 2016" }),
        vm("vm1", { host: "hv1", generation: UNKNOWN, memoryMB: TB + 1 }),
      ],
      `vm1: generation is ${LATER}`,
    ],
    [
      "an unknown host that makes the difference",
      machine({ host: UNKNOWN, memoryMB: 64 * GB + 1 }),
      `vm1: host is ${LATER}`,
    ],
    [
      "an unknown maximum of dynamic memory",
      machine({ dynamicMemory: { minimumMB: 512, maximumMB: UNKNOWN } }),
      `vm1: dynamicMemory.maximumMB is ${LATER}`,
    ],
  ],
});
