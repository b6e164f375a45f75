import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { hostVirtualProcessors } from "../../../policies/hosts/host-virtual-processors";
import { virtualProcessorRatio } from "../../../policies/hosts/virtual-processor-ratio";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const RTM = "Windows Server 2008 R2";
const SP1 = "Windows Server 2008 R2 SP1";
const NAME_OF_SP1 = "Windows Server 2008 R2 with Service Pack 1";
const WINDOWS_7 = "Windows 7";
const OTHER = "Windows Server 2008";

type Processors = readonly [sockets: number, coresPerSocket: number, threadsPerCore: number];

/** 16 logical processors: 128 virtual ones at 8 to 1, 192 at 12 to 1. */
const SIXTEEN: Processors = [2, 4, 2];

/** 64 logical processors: 512 virtual ones at 8 to 1, which is also what the host can run. */
const SIXTY_FOUR: Processors = [4, 8, 2];

function server([sockets, coresPerSocket, threadsPerCore]: Processors, operatingSystem: Plain = SP1): DeclaredResource {
  return host("hv1", { operatingSystem, processors: { sockets, coresPerSocket, threadsPerCore } });
}

/** Guests of one operating system that have so many virtual processors together. */
function guests(guestOs: string, total: number): readonly DeclaredResource[] {
  const sizes = [...Array<number>(Math.floor(total / 4)).fill(4), ...(total % 4 === 0 ? [] : [total % 4])];
  return sizes.map((processorCount, index) => guest({ guestOs, processorCount }, `vm${String(index)}`));
}

function guest(properties: PlainObject, name = "other"): DeclaredResource {
  return vm(name, { host: "hv1", ...properties });
}

/** A host with 16 logical processors and guests. */
function sixteen(...more: readonly (DeclaredResource | readonly DeclaredResource[])[]): readonly DeclaredResource[] {
  return [server(SIXTEEN), ...more.flat()];
}

/** The finding on 16 logical processors. */
function tooMany(running: number, shown: string, ratio: 8 | 12, version = NAME_OF_SP1): string {
  return (
    `hv1: hv1 runs ${String(running)} virtual processors on 16 logical processors (2 sockets × 4 cores × 2 threads): ` +
    `${shown} to 1. ${version} allows ${String(ratio)} to 1, which is ${String(ratio * 16)} here.`
  );
}

function tooManyMixed(running: number, shown: string): string {
  return `${tooMany(running, shown, 8)} The ratio of 12 to 1 holds only while every guest on the host runs Windows 7.`;
}

function fix(most: number): string {
  return (
    "Move virtual machines to other hosts, or give them fewer virtual processors, until this host runs " +
    `${String(most)} or fewer.`
  );
}

function unknown(property: string): string {
  return `${property} is not known until deployment: not checked by virtual-processor-ratio.`;
}

const UNKNOWN_COUNT = guest({ guestOs: WINDOWS_7, processorCount: UNKNOWN }, "later");
const UNKNOWN_GUEST = guest({ guestOs: UNKNOWN, processorCount: 4 }, "later");
const UNKNOWN_PLACE = vm("vm1", { host: UNKNOWN });

ruleTest(virtualProcessorRatio, {
  passes: [
    ["a host without guests", sixteen()],
    ["8 to 1 with Windows Server guests", sixteen(guests(OTHER, 128))],
    ["12 to 1 with nothing but Windows 7", sixteen(guests(WINDOWS_7, 192))],
    [
      "Windows 7 in any service pack, edition and spelling",
      sixteen(
        guests(WINDOWS_7, 128),
        ["Windows 7 SP1", "Win7 Enterprise x64", "windows-7"].map((guestOs) => guest({ guestOs }, guestOs)),
      ),
    ],
    ["8 to 1 before Service Pack 1", [server(SIXTEEN, RTM), ...guests(WINDOWS_7, 128)]],
    [
      "machines without a host and of another one, which do not count",
      sixteen(
        host("hv2"),
        vm("a", { processorCount: 999 }),
        vm("b", { host: "hv2", processorCount: 100 }),
        guests(WINDOWS_7, 192),
      ),
    ],
    [
      "machines that float in the cluster of the host, which are on no host",
      [host("hv1", { cluster: "c1" }), cluster("c1"), vm("a", { cluster: "c1", processorCount: 999 })],
    ],
    ...["Windows Server 2012", "Windows Server 2016", "Windows Server 2025"].map((operatingSystem): Passes => [
      `any ratio on ${operatingSystem}`,
      [server([1, 1, 1], operatingSystem), ...guests("Windows Server 2012", 500)],
    ]),
    [
      "what the host cannot run at all, where the ratio allows the same or more: host-virtual-processors reports that",
      [server(SIXTY_FOUR), ...guests(OTHER, 513)],
    ],
    [
      "what the host cannot run at all, where the parameter allows the same or more",
      [server(SIXTY_FOUR), ...guests(OTHER, 513)],
      { configuration: { ratio: 8 } },
    ],
    [
      "what the host cannot run at all, where only the parameter names a ratio",
      [server(SIXTEEN, "Windows Server 2022"), ...guests(OTHER, 2049)],
      { configuration: { ratio: 128 } },
    ],
    ["an unknown guest, where 8 to 1 is kept", sixteen(guests(WINDOWS_7, 124), UNKNOWN_GUEST)],
    ...MALFORMED.flatMap((value): readonly Passes[] => {
      const text = `${JSON.stringify(value)}, which the estate rule reports`;
      return [
        [`the processors ${text}`, [host("hv1", { processors: value }), ...guests(WINDOWS_7, 999)]],
        [`the operating system ${text}`, [server(SIXTEEN, value), ...guests(WINDOWS_7, 999)]],
        [`the virtual processors ${text}`, sixteen(guest({ processorCount: value }))],
        [`the guest ${text}`, sixteen(guest({ guestOs: value }), guests(WINDOWS_7, 150))],
      ];
    }),
  ],
  finds: [
    [
      "more than 12 to 1 with nothing but Windows 7",
      sixteen(guests(WINDOWS_7, 193)),
      tooMany(193, "12.1", 12),
      {
        found: { value: 193, unit: "virtual processors" },
        limit: { bound: "atMost", value: 192, unit: "virtual processors" },
        fix: fix(192),
        source: "limits-2008-r2",
        advisory: false,
      },
    ],
    [
      "more than 8 to 1 as soon as one guest runs something else",
      sixteen(guests(WINDOWS_7, 128), guest({ guestOs: OTHER, processorCount: 1 })),
      tooManyMixed(129, "8.1"),
      {
        found: { value: 129, unit: "virtual processors" },
        limit: { bound: "atMost", value: 128, unit: "virtual processors" },
        fix: fix(128),
        source: "limits-2008-r2",
        advisory: false,
      },
    ],
    ...[SP1, "Windows 8", "CentOS 5.5"].map((guestOs): Finds => [
      `more than 8 to 1 with a guest that runs ${guestOs}`,
      sixteen(guests(WINDOWS_7, 128), guest({ guestOs })),
      tooManyMixed(132, "8.3"),
    ]),
    [
      "more than 8 to 1 before Service Pack 1, which brought the higher ratio",
      [server(SIXTEEN, RTM), ...guests(WINDOWS_7, 129)],
      tooMany(129, "8.1", 8, RTM),
    ],
    [
      "more than 8 to 1 on Windows Server 2008, as advice",
      [server([1, 1, 1], "Windows Server 2008"), ...guests(WINDOWS_7, 9)],
      "hv1: hv1 runs 9 virtual processors on 1 logical processor (1 socket × 1 core × 1 thread): 9.0 to 1. " +
        "Windows Server 2008 allows 8 to 1, which is 8 here.",
      { source: "no-document", advisory: true },
    ],
    [
      "more than the parameter allows, without a document",
      sixteen(guests(OTHER, 33)),
      "hv1: hv1 runs 33 virtual processors on 16 logical processors (2 sockets × 4 cores × 2 threads): 2.1 to 1. " +
        "The parameter ratio of this rule allows 2 to 1, which is 32 here.",
      {
        configuration: { ratio: 2 },
        found: { value: 33, unit: "virtual processors" },
        limit: { bound: "atMost", value: 32, unit: "virtual processors" },
        fix: fix(32),
        advisory: false,
      },
    ],
    [
      "what is too many already, beside an unknown number",
      sixteen(guests(WINDOWS_7, 193), UNKNOWN_COUNT),
      tooMany(193, "12.1", 12),
    ],
    [
      "more than 12 to 1, beside an unknown guest",
      sixteen(guests(WINDOWS_7, 189), UNKNOWN_GUEST),
      tooMany(193, "12.1", 12),
    ],
    [
      "more than 8 to 1, beside an unknown guest and one that runs something else",
      sixteen(guests(WINDOWS_7, 124), UNKNOWN_GUEST, guest({ guestOs: "Windows XP SP3", processorCount: 1 })),
      tooManyMixed(129, "8.1"),
    ],
    [
      "what is too many already, beside a machine that may come to another host",
      sixteen(guests(OTHER, 129), host("hv2"), UNKNOWN_PLACE),
      tooManyMixed(129, "8.1"),
      { undecided: [`vm1: ${unknown("host")}`] },
    ],
  ],
  undecided: [
    ["an unknown number", sixteen(guests(WINDOWS_7, 192), UNKNOWN_COUNT), `later: ${unknown("processorCount")}`],
    ...[129, 192].map((total): Undecided => [
      `an unknown guest, where ${String(total)} is between 8 and 12 to 1`,
      sixteen(guests(WINDOWS_7, total - 4), UNKNOWN_GUEST),
      `later: ${unknown("guestOs")}`,
    ]),
    [
      "an unknown number of cores",
      [
        host("hv1", { processors: { sockets: 2, coresPerSocket: UNKNOWN, threadsPerCore: 1 } }),
        ...guests(WINDOWS_7, 999),
      ],
      `hv1: ${unknown("processors.coresPerSocket")}`,
    ],
    [
      "an unknown operating system of the host",
      [host("hv1", { operatingSystem: UNKNOWN }), ...guests(WINDOWS_7, 999)],
      `hv1: ${unknown("operatingSystem")}`,
    ],
    [
      "a machine whose host is not known, whichever of them has a ratio",
      sixteen(host("a", { operatingSystem: "Windows Server 2016" }), UNKNOWN_PLACE),
      `vm1: ${unknown("host")}`,
    ],
  ],
});

/** Which of the two rules reports, by what its finding allows. */
function allowed(...resources: readonly (DeclaredResource | readonly DeclaredResource[])[]): readonly string[] {
  const all = resources.flat();
  const undecided = [virtualProcessorRatio, hostVirtualProcessors].flatMap((rule) => judge(rule, all).undecided);
  assert.deepEqual(undecided, []);
  const limit = (finding: string): string => /(?:which is|at most) (\d+)/.exec(finding)?.[1] ?? finding;
  return [
    ...judge(virtualProcessorRatio, all).findings.map((finding) => `ratio ${limit(finding)}`),
    ...judge(hostVirtualProcessors, all).findings.map((finding) => `cap ${limit(finding)}`),
  ];
}

describe("virtual-processor-ratio with host-virtual-processors", () => {
  describe("allows what the article of 2011 prints for hosts with only Windows 7", () => {
    const rows: readonly (readonly [Processors, number, "ratio" | "cap"])[] = [
      [[2, 2, 2], 96, "ratio"],
      [[2, 4, 2], 192, "ratio"],
      [[2, 6, 2], 288, "ratio"],
      [[2, 8, 2], 384, "ratio"],
      [[4, 2, 2], 192, "ratio"],
      [[4, 4, 2], 384, "ratio"],
      [[4, 6, 2], 512, "cap"],
      [[4, 8, 2], 512, "cap"],
    ];
    for (const [processors, most, limiting] of rows) {
      it(`${processors.join(" × ")}: ${String(most)}`, () => {
        assert.deepEqual(allowed(server(processors), guests(WINDOWS_7, most - 1)), []);
        assert.deepEqual(allowed(server(processors), guests(WINDOWS_7, most)), []);
        assert.deepEqual(allowed(server(processors), guests(WINDOWS_7, most + 1)), [`${limiting} ${String(most)}`]);
      });
    }
  });

  it("allows 8 to 1 as soon as one guest runs something else", () => {
    const other = guest({ guestOs: OTHER, processorCount: 1 });
    assert.deepEqual(allowed(server(SIXTEEN), guests(WINDOWS_7, 127), other), []);
    assert.deepEqual(allowed(server(SIXTEEN), guests(WINDOWS_7, 128), other), ["ratio 128"]);
  });

  it("reports once where the ratio allows as many as the host can run, or more", () => {
    assert.deepEqual(allowed(server(SIXTY_FOUR), guests(OTHER, 512)), []);
    assert.deepEqual(allowed(server(SIXTY_FOUR), guests(OTHER, 513)), ["cap 512"]);
    assert.deepEqual(allowed(server([4, 10, 2]), guests(OTHER, 512)), []);
    assert.deepEqual(allowed(server([4, 10, 2]), guests(OTHER, 513)), ["cap 512"]);
    assert.deepEqual(allowed(server([4, 10, 2]), guests(OTHER, 2000)), ["cap 512"]);
    assert.deepEqual(allowed(server(SIXTEEN), guests(OTHER, 512)), ["ratio 128"]);
    assert.deepEqual(allowed(server(SIXTEEN), guests(OTHER, 513)), ["ratio 128", "cap 512"]);
  });

  it("reports exactly when its ratio is what limits, and when the host's own limit is exceeded", () => {
    const few = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(
        fc.tuple(few, few, fc.constantFrom(1, 2)),
        fc.integer({ min: 0, max: 1100 }),
        fc.boolean(),
        fc.boolean(),
        (processors, total, only7, sp1) => {
          const ratio = only7 && sp1 ? 12 : 8;
          const byRatio = ratio * processors[0] * processors[1] * processors[2];
          const expected = [
            ...(byRatio < 512 && total > byRatio ? [`ratio ${String(byRatio)}`] : []),
            ...(total > 512 ? ["cap 512"] : []),
          ];
          const os = only7 ? WINDOWS_7 : OTHER;
          assert.deepEqual(allowed(server(processors, sp1 ? SP1 : RTM), guests(os, total)), expected);
        },
      ),
    );
  });
});
