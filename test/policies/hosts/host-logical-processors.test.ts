import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { hostLogicalProcessors } from "../../../policies/hosts/host-logical-processors";
import { host, MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

function hv1(properties: PlainObject): readonly DeclaredResource[] {
  return [host("hv1", properties)];
}

function processors(sockets: number, coresPerSocket: number, threadsPerCore: number) {
  return { processors: { sockets, coresPerSocket, threadsPerCore } };
}

const SP2 = "Windows Server 2008 with Service Pack 2";
const R2_SP1 = "Windows Server 2008 R2 with Service Pack 1";

interface LimitCase {
  readonly operatingSystem: string;
  readonly most: number;
  /** How the finding writes the limit. */
  readonly written: string;
  /** More than that, as sockets and cores. */
  readonly over: readonly [sockets: number, cores: number];
  /** The first version that supports what is over. */
  readonly newer?: string;
  readonly source: string;
  /** How the finding writes the version. */
  readonly name?: string;
}

const LIMITS: readonly LimitCase[] = [
  {
    operatingSystem: "Windows Server 2008",
    most: 16,
    written: "16",
    over: [1, 17],
    newer: SP2,
    source: "hyper-v-news-2009",
  },
  {
    operatingSystem: "Windows Server 2008 SP2",
    most: 24,
    written: "24",
    over: [5, 5],
    newer: "Windows Server 2008 R2",
    source: "hyper-v-2008-sp2",
    name: SP2,
  },
  ...["Windows Server 2008 R2", "Windows Server 2008 R2 SP1"].map((operatingSystem): LimitCase => ({
    operatingSystem,
    most: 64,
    written: "64",
    over: [5, 13],
    newer: "Windows Server 2012",
    source: "limits-2008-r2",
    name: operatingSystem.replace("SP1", "with Service Pack 1"),
  })),
  ...["Windows Server 2012", "Windows Server 2012 R2"].map((operatingSystem): LimitCase => ({
    operatingSystem,
    most: 320,
    written: "320",
    over: [3, 107],
    newer: "Windows Server 2016",
    source: "limits-2012-successor",
  })),
  ...["Windows Server 2016", "Windows Server 2019"].map((operatingSystem): LimitCase => ({
    operatingSystem,
    most: 512,
    written: "512",
    over: [3, 171],
    newer: "Windows Server 2022",
    source: "limits-2025",
  })),
  {
    operatingSystem: "Windows Server 2022",
    most: 1024,
    written: "1,024",
    over: [5, 205],
    newer: "Windows Server 2025",
    source: "limits-2025",
  },
  { operatingSystem: "Windows Server 2025", most: 2048, written: "2,048", over: [3, 683], source: "limits-2025" },
  {
    operatingSystem: "Azure Stack HCI",
    most: 512,
    written: "512",
    over: [3, 171],
    newer: "Windows Server 2022",
    source: "azure-stack-hci-requirements",
  },
  {
    operatingSystem: "Azure Local",
    most: 512,
    written: "512",
    over: [3, 171],
    newer: "Windows Server 2022",
    source: "azure-local-requirements",
  },
];

function unknown(what: string): string {
  return `hv1: ${what} not known until deployment: not checked by host-logical-processors.`;
}

ruleTest(hostLogicalProcessors, {
  passes: [
    ...LIMITS.flatMap(({ operatingSystem, most, written }): readonly Passes[] => [
      [`${written} cores on ${operatingSystem}`, hv1({ operatingSystem, ...processors(2, most / 2, 1) })],
      [`${written} threads on ${operatingSystem}`, hv1({ operatingSystem, ...processors(1, most / 2, 2) })],
      [`fewer than ${written} on ${operatingSystem}`, hv1({ operatingSystem, ...processors(2, most / 2 - 1, 1) })],
    ]),
    ["cores without Hyper-Threading, which count once", hv1(processors(4, 16, 1))],
    ...MALFORMED.flatMap((value): readonly Passes[] => {
      const text = JSON.stringify(value);
      return [
        [`the operating system ${text}, which the estate rule reports`, hv1({ operatingSystem: value })],
        [`the processors ${text}, which the estate rule reports`, hv1({ processors: value })],
        [
          `the sockets ${text}, which the estate rule reports`,
          hv1({ processors: { sockets: value, coresPerSocket: 99, threadsPerCore: 2 } }),
        ],
      ];
    }),
  ],
  finds: [
    ...LIMITS.map(({ operatingSystem, most, written, over, newer, source, name = operatingSystem }): Finds => {
      const [sockets, cores] = over;
      const number = sockets * cores;
      const install =
        newer === undefined ? "" : `, or install ${newer} or later; all nodes of a cluster need the same version`;
      return [
        `${String(number)} on ${operatingSystem}`,
        hv1({ operatingSystem, ...processors(sockets, cores, 1) }),
        `hv1: hv1 has ${String(number)} logical processors (${String(sockets)} socket${sockets === 1 ? "" : "s"} × ` +
          `${String(cores)} cores × 1 thread). ${name} supports at most ${written}.`,
        {
          found: { value: number, unit: "logical processors" },
          limit: { bound: "atMost", value: most, unit: "logical processors" },
          fix: `Use processors with ${written} logical processors or fewer in total${install}.`,
          source,
          advisory: false,
        },
      ];
    }),
    [
      "cores with Hyper-Threading, which count twice",
      hv1(processors(4, 16, 2)),
      `hv1: hv1 has 128 logical processors (4 sockets × 16 cores × 2 threads). ${R2_SP1} supports at most 64.`,
    ],
    [
      "cores with four threads",
      hv1({ operatingSystem: "Windows Server 2022", ...processors(2, 256, 4) }),
      "hv1: hv1 has 2048 logical processors (2 sockets × 256 cores × 4 threads). Windows Server 2022 supports at most 1,024.",
      { source: "limits-2025" },
    ],
  ],
  undecided: [
    ["an unknown operating system", hv1({ operatingSystem: UNKNOWN }), unknown("operatingSystem is")],
    [
      "unknown processors",
      hv1({ processors: UNKNOWN }),
      unknown("processors.coresPerSocket, processors.sockets and processors.threadsPerCore are"),
    ],
    [
      "an unknown number of cores",
      hv1({ processors: { sockets: 2, coresPerSocket: UNKNOWN, threadsPerCore: 2 } }),
      unknown("processors.coresPerSocket is"),
    ],
  ],
});
