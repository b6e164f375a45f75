import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { hostVirtualProcessors } from "../../../policies/hosts/host-virtual-processors";
import { host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

/** A host with enough processors that no ratio limits it. */
const LARGE = { processors: { sockets: 8, coresPerSocket: 10, threadsPerCore: 2 } };
const SMALL = { processors: { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 } };
const R2_SP1 = "Windows Server 2008 R2 with Service Pack 1";

/** A host and machines with these numbers of virtual processors. */
function running(properties: PlainObject, ...counts: readonly Plain[]): readonly DeclaredResource[] {
  const machines = counts.map((processorCount, index) => vm(`vm${String(index)}`, { host: "hv1", processorCount }));
  return [host("hv1", { ...LARGE, ...properties }), ...machines];
}

function over(number: number, name = R2_SP1, most = "512"): string {
  return `hv1: hv1 runs ${String(number)} virtual processors. ${name} supports at most ${most}.`;
}

const NEWER: readonly (readonly [name: string, source: string])[] = [
  ["Windows Server 2012", "limits-2012-successor"],
  ["Windows Server 2012 R2", "limits-2012-successor"],
  ["Windows Server 2016", "limits-2025"],
  ["Windows Server 2019", "limits-2025"],
  ["Windows Server 2022", "limits-2025"],
  ["Windows Server 2025", "limits-2025"],
];

ruleTest(hostVirtualProcessors, {
  passes: [
    ["512 on Windows Server 2008 R2", running({ operatingSystem: "Windows Server 2008 R2" }, 500, 12)],
    ["512 on Windows Server 2008 R2 SP1", running({}, 500, 12)],
    ...NEWER.map(([operatingSystem]): Passes => [`2048 on ${operatingSystem}`, running({ operatingSystem }, 2048)]),
    [
      "any number on Windows Server 2008, for which no limit is known",
      running({ operatingSystem: "Windows Server 2008" }, 9999),
    ],
    ["an unknown number on a version without a limit", running({ operatingSystem: "Windows Server 2008" }, UNKNOWN)],
    [
      "machines of two hosts, and one without a host",
      [
        host("hv1", LARGE),
        host("hv2", LARGE),
        vm("a", { host: "hv1", processorCount: 400 }),
        vm("b", { host: "hv2", processorCount: 400 }),
        vm("c"),
      ],
    ],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [
        `the operating system ${JSON.stringify(value)}, which the estate rule reports`,
        running({ operatingSystem: value }, 513),
      ],
      [`${JSON.stringify(value)} processors, which the estate rule reports`, running({}, value)],
    ]),
  ],
  finds: [
    [
      "513 on Windows Server 2008 R2 SP1",
      running({}, 500, 13),
      over(513),
      {
        found: { value: 513, unit: "virtual processors" },
        limit: { bound: "atMost", value: 512, unit: "virtual processors" },
        fix: "Move virtual machines to other hosts, or give them fewer virtual processors, until this host runs 512 or fewer.",
        source: "limits-2008-r2",
        advisory: false,
      },
    ],
    [
      "513 on Windows Server 2008 R2",
      running({ operatingSystem: "Windows Server 2008 R2" }, 500, 13),
      over(513, "Windows Server 2008 R2"),
    ],
    ["513 in one machine", running({}, 513), over(513)],
    ...NEWER.flatMap(([operatingSystem, source]): readonly Finds[] => [
      [
        `2049 on ${operatingSystem}`,
        running({ operatingSystem }, 2048, 1),
        over(2049, operatingSystem, "2,048"),
        {
          limit: { bound: "atMost", value: 2048, unit: "virtual processors" },
          fix: "Move virtual machines to other hosts, or give them fewer virtual processors, until this host runs 2,048 or fewer.",
          source,
          advisory: false,
        },
      ],
      [
        `2049 on ${operatingSystem} with one logical processor`,
        running({ operatingSystem, ...SMALL }, 2049),
        over(2049, operatingSystem, "2,048"),
      ],
    ]),
    ["what is too many already, beside an unknown number", running({}, 513, UNKNOWN), over(513)],
    ["unknown processors of the host, which do not matter", running({ processors: UNKNOWN }, 513), over(513)],
    ...MALFORMED.map((value): Finds => [
      `processors of host and guest that are ${JSON.stringify(value)}, beside enough others`,
      running({ processors: value }, 513, value),
      over(513),
    ]),
  ],
  undecided: [
    [
      "an unknown number",
      running({}, 512, UNKNOWN),
      "vm1: processorCount is not known until deployment: not checked by host-virtual-processors.",
    ],
    [
      "an unknown operating system",
      running({ operatingSystem: UNKNOWN }, 513),
      "hv1: operatingSystem is not known until deployment: not checked by host-virtual-processors.",
    ],
    [
      "a machine whose host is not known",
      [...running({}, 512), vm("later", { host: UNKNOWN })],
      "later: host is not known until deployment: not checked by host-virtual-processors.",
    ],
  ],
});
