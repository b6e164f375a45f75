import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { guestAdapterCount } from "../../../policies/guests/guest-adapter-count";
import { cluster, host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const R2_SP1 = "Windows Server 2008 R2 SP1";
const R2_SP1_NAME = "Windows Server 2008 R2 with Service Pack 1";

function adapters(number: number, properties: PlainObject = {}): readonly PlainObject[] {
  return Array.from({ length: number }, (_, index) => ({ name: `net${String(index)}`, ...properties }));
}

const synthetic = (number: number) => adapters(number, { kind: "synthetic" });
const legacy = (number: number) => adapters(number, { kind: "legacy" });
const unknown = (number: number) => adapters(number, { kind: UNKNOWN });

function machine(networkAdapters: Plain, operatingSystem = R2_SP1, generation = 1): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", generation, networkAdapters })];
}

/** A virtual machine of generation 2 that may run on nodes of several versions. */
function floating(versions: readonly string[], networkAdapters: Plain): readonly DeclaredResource[] {
  const nodes = versions.map((operatingSystem, index) =>
    host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
  );
  return [cluster("c1"), ...nodes, vm("vm1", { cluster: "c1", generation: 2, networkAdapters })];
}

/** Host version as written and as named, generation, the most synthetic and legacy adapters. */
const LIMITS: readonly (readonly [string, string, 1 | 2, number, number])[] = [
  ["Windows Server 2008", "Windows Server 2008", 1, 8, 4],
  ["Windows Server 2008 SP2", "Windows Server 2008 with Service Pack 2", 1, 8, 4],
  ["Windows Server 2008 R2", "Windows Server 2008 R2", 1, 8, 4],
  [R2_SP1, R2_SP1_NAME, 1, 8, 4],
  ["Windows Server 2012", "Windows Server 2012", 1, 8, 4],
  ["Windows Server 2012 R2", "Windows Server 2012 R2", 1, 8, 4],
  ["Windows Server 2012 R2", "Windows Server 2012 R2", 2, 8, 0],
  ["Windows Server 2016", "Windows Server 2016", 1, 8, 4],
  ["Windows Server 2016", "Windows Server 2016", 2, 8, 0],
  ["Windows Server 2019", "Windows Server 2019", 1, 8, 4],
  ["Windows Server 2019", "Windows Server 2019", 2, 64, 0],
  ["Windows Server 2022", "Windows Server 2022", 1, 8, 4],
  ["Windows Server 2022", "Windows Server 2022", 2, 64, 0],
  ["Windows Server 2025", "Windows Server 2025", 1, 8, 4],
  ["Windows Server 2025", "Windows Server 2025", 2, 64, 0],
  ["Azure Stack HCI", "Azure Stack HCI", 1, 8, 4],
  ["Azure Local", "Azure Local", 1, 8, 4],
  ["Azure Local", "Azure Local", 2, 64, 0],
];

/** What is said of a number of adapters of a kind that is more than the limit. */
function excess(number: number, kind: string, most: number, generation: number, on: string): string {
  const noun = number === 1 ? "adapter" : "adapters";
  const limit = most === 0 ? "none" : `at most ${String(most)}`;
  return (
    `vm1: vm1 has ${String(number)} ${kind} network ${noun}. ${on} allows ${limit} in a virtual machine of generation ` +
    `${String(generation)}.`
  );
}

ruleTest(guestAdapterCount, {
  passes: [
    ...LIMITS.flatMap(([written, , generation, most, mostLegacy]): readonly Passes[] => [
      ...[0, most - 1, most].map((number): Passes => [
        `${String(number)} synthetic adapters in generation ${String(generation)} on ${written}`,
        machine(synthetic(number), written, generation),
      ]),
      [
        `as many adapters of both kinds as generation ${String(generation)} may have on ${written}`,
        machine([...synthetic(most), ...legacy(mostLegacy)], written, generation),
      ],
    ]),
    ["an unknown kind that cannot exceed either limit", machine([...synthetic(7), ...legacy(3), ...unknown(1)])],
    ["no declared adapters", [host("hv1"), vm("vm1", { host: "hv1" })]],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [`${JSON.stringify(value)} for the adapters, which the estate rule reports`, machine(value)],
      [
        `${JSON.stringify(value)} for a kind, which the estate rule reports`,
        machine([...synthetic(8), ...adapters(1, { kind: value })]),
      ],
    ]),
  ],
  finds: [
    ...LIMITS.flatMap(([written, on, generation, most, mostLegacy]): readonly Finds[] => {
      const advisory = written.startsWith("Windows Server 2008") && !written.includes("R2");
      return [
        [
          `one synthetic adapter too many in generation ${String(generation)} on ${written}`,
          machine(synthetic(most + 1), written, generation),
          excess(most + 1, "synthetic", most, generation, on),
          { limit: { bound: "atMost", value: most, unit: "adapters" }, advisory },
        ],
        [
          `one legacy adapter too many in generation ${String(generation)} on ${written}`,
          machine(legacy(mostLegacy + 1), written, generation),
          excess(mostLegacy + 1, "legacy", mostLegacy, generation, on),
          { limit: { bound: "atMost", value: mostLegacy, unit: "adapters" }, advisory },
        ],
        [
          `too many of both kinds in generation ${String(generation)} on ${written}`,
          machine([...synthetic(65), ...legacy(5)], written, generation),
          [excess(5, "legacy", mostLegacy, generation, on), excess(65, "synthetic", most, generation, on)],
        ],
      ];
    }),
    [
      "adapters without a declared kind, which are synthetic",
      machine(adapters(9)),
      excess(9, "synthetic", 8, 1, R2_SP1_NAME),
      {
        found: { value: 9, unit: "adapters" },
        limit: { bound: "atMost", value: 8, unit: "adapters" },
        fix: "Remove 1 synthetic network adapter: one adapter can carry several VLANs.",
        source: "limits-2008-r2",
        advisory: false,
      },
    ],
    [
      "one legacy adapter where there are none",
      machine([...synthetic(1), ...legacy(1)], "Windows Server 2012 R2", 2),
      excess(1, "legacy", 0, 2, "Windows Server 2012 R2"),
      {
        found: { value: 1, unit: "adapters" },
        fix: "Set networkAdapters[1].kind to synthetic.",
        change: { path: "networkAdapters[1].kind", value: "synthetic" },
      },
    ],
    [
      "several legacy adapters where there are none",
      machine(legacy(3), "Windows Server 2022", 2),
      excess(3, "legacy", 0, 2, "Windows Server 2022"),
      { fix: "Set kind to synthetic for 3 legacy network adapters." },
    ],
    [
      "legacy adapters beside as many synthetic ones as there may be",
      machine([...synthetic(8), ...legacy(5)]),
      excess(5, "legacy", 4, 1, R2_SP1_NAME),
      { fix: "Remove 1 legacy network adapter: one adapter can carry several VLANs." },
    ],
    [
      "too many in a generation that nobody declared",
      [
        host("hv1", { operatingSystem: "Windows Server 2022" }),
        vm("vm1", { host: "hv1", networkAdapters: synthetic(9) }),
      ],
      "vm1: vm1 has 9 synthetic network adapters. Windows Server 2022 allows at most 8 in a virtual machine of generation 1 (by default).",
    ],
    [
      "too many already, whatever an unknown kind will be",
      machine([...synthetic(9), ...unknown(1)]),
      excess(9, "synthetic", 8, 1, R2_SP1_NAME),
    ],
    [
      "what any node of the cluster does not allow, once",
      floating(["Windows Server 2019", "Windows Server 2016", "Windows Server 2012 R2"], adapters(9)),
      excess(9, "synthetic", 8, 2, "Windows Server 2016"),
    ],
    ...[
      ["Windows Server 2019", "Windows Server 2016"],
      ["Windows Server 2016", "Windows Server 2019"],
    ].map((versions): Finds => [
      `what is wrong on one node, while ${versions.join(" before ")} leaves another undecided`,
      floating(versions, [...synthetic(60), ...unknown(5)]),
      excess(60, "synthetic", 8, 2, "Windows Server 2016"),
      {
        undecided: [
          "vm1: networkAdapters[60].kind, networkAdapters[61].kind, networkAdapters[62].kind, networkAdapters[63].kind and " +
            "networkAdapters[64].kind are not known until deployment: not checked by guest-adapter-count.",
        ],
      },
    ]),
  ],
  undecided: [
    [
      "an unknown kind that may exceed the limit",
      machine([...synthetic(8), ...unknown(1)]),
      "vm1: networkAdapters[8].kind is not known until deployment: not checked by guest-adapter-count.",
    ],
    [
      "unknown adapters",
      machine(UNKNOWN),
      "vm1: networkAdapters is not known until deployment: not checked by guest-adapter-count.",
    ],
  ],
});
