import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { Estate } from "../../../lib/estate/estate";
import type { PlainObject } from "../../../lib/estate/plain";
import { unknown } from "../../../lib/estate/value";
import { hostMemory } from "../../../policies/hosts/host-memory";
import { host, MALFORMED, NO_FACTS, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const GB = 1024;
const TB = 1024 * GB;
const PB = 1024 * TB;

function hv1(properties: PlainObject): readonly DeclaredResource[] {
  return [host("hv1", properties)];
}

interface LimitCase {
  readonly operatingSystem: string;
  readonly most: number;
  /** How a finding writes the limit. */
  readonly written: string;
  /** The first version that supports more. */
  readonly newer: string;
  readonly source: string;
  /** How a finding writes the version. */
  readonly name?: string;
}

const OLD = { most: TB, written: "1 TB", newer: "Windows Server 2012" };
const LARGER = { most: 24 * TB, written: "24 TB", newer: "Windows Server 2022" };

const LIMITS: readonly LimitCase[] = [
  { ...OLD, operatingSystem: "Windows Server 2008", source: "no-document" },
  {
    ...OLD,
    operatingSystem: "Windows Server 2008 SP2",
    source: "no-document",
    name: "Windows Server 2008 with Service Pack 2",
  },
  { ...OLD, operatingSystem: "Windows Server 2008 R2", source: "limits-2008-r2" },
  {
    ...OLD,
    operatingSystem: "Windows Server 2008 R2 SP1",
    source: "limits-2008-r2",
    name: "Windows Server 2008 R2 with Service Pack 1",
  },
  ...["Windows Server 2012", "Windows Server 2012 R2"].map((operatingSystem): LimitCase => ({
    operatingSystem,
    most: 4 * TB,
    written: "4 TB",
    newer: "Windows Server 2016",
    source: "limits-2012-successor",
  })),
  { ...LARGER, operatingSystem: "Windows Server 2016", source: "limits-2025" },
  { ...LARGER, operatingSystem: "Windows Server 2019", source: "limits-2025" },
  { ...LARGER, operatingSystem: "Azure Stack HCI", source: "azure-stack-hci-requirements" },
  { ...LARGER, operatingSystem: "Azure Local", source: "azure-local-requirements" },
];

/** Standard editions that use 32 GB, and how findings write their versions. */
const STANDARD: readonly (readonly [operatingSystem: string, name: string])[] = [
  ["Windows Server 2008 Standard", "Windows Server 2008"],
  ["Windows Server 2008 Standard SP2", "Windows Server 2008 with Service Pack 2"],
  ["Windows Server 2008 R2 Standard", "Windows Server 2008 R2"],
  ["Windows Server 2008 R2 Standard SP1", "Windows Server 2008 R2 with Service Pack 1"],
];

ruleTest(hostMemory, {
  passes: [
    ...LIMITS.flatMap(({ operatingSystem, most }) =>
      [32 * GB, most - 1, most].map((memoryMB): Passes => [
        `${String(memoryMB)} MB on ${operatingSystem}`,
        hv1({ operatingSystem, memoryMB }),
      ]),
    ),
    // 4 PB is also the most that can be declared.
    ...["Windows Server 2022", "Windows Server 2025"].flatMap((operatingSystem) =>
      [4 * PB, 4 * PB + 1].map((memoryMB): Passes => [
        `${String(memoryMB)} MB on ${operatingSystem}`,
        hv1({ operatingSystem, memoryMB }),
      ]),
    ),
    ...STANDARD.map(([operatingSystem]): Passes => [
      `32 GB on ${operatingSystem}`,
      hv1({ operatingSystem, memoryMB: 32 * GB }),
    ]),
    ...[
      "Windows Server 2008 R2",
      "Windows Server 2008 R2 Enterprise",
      "Windows Server 2008 R2 Datacenter",
      "Windows Server 2012 Standard",
      "Windows Server 2025 Standard",
      "Hyper-V Server 2008 R2",
    ].map((operatingSystem): Passes => [`64 GB on ${operatingSystem}`, hv1({ operatingSystem, memoryMB: 64 * GB })]),
    ...["Azure Stack HCI", "Windows Server 2025", "Windows Server 2008"].map((operatingSystem): Passes => [
      `1 MB on ${operatingSystem}, for which no minimum is known`,
      hv1({ operatingSystem, memoryMB: 1 }),
    ]),
    ...["operatingSystem", "memoryMB"].flatMap((property) =>
      MALFORMED.map((value): Passes => [
        `${JSON.stringify(value)} for ${property}, which the estate rule reports`,
        hv1({ memoryMB: 2 * TB, [property]: value }),
      ]),
    ),
  ],
  finds: [
    ...LIMITS.map(({ operatingSystem, most, written, newer, source, name = operatingSystem }): Finds => [
      `1 MB more than ${written} on ${operatingSystem}`,
      hv1({ operatingSystem, memoryMB: most + 1 }),
      `hv1: hv1 has ${String(most + 1)} MB of memory. ${name} supports at most ${written}, which is ${String(most)} MB.`,
      {
        found: { value: most + 1, unit: "MB" },
        limit: { bound: "atMost", value: most, unit: "MB" },
        fix: `Give the host ${written} of memory or less, or install ${newer} or later; all nodes of a cluster need the same version.`,
        source,
        advisory: source === "no-document",
      },
    ]),
    [
      "an amount that is written shorter in another unit",
      hv1({ memoryMB: 2 * TB }),
      "hv1: hv1 has 2097152 MB of memory (2 TB). Windows Server 2008 R2 with Service Pack 1 supports at most 1 TB, " +
        "which is 1048576 MB.",
    ],
    ...STANDARD.map(([operatingSystem, name]): Finds => [
      `1 MB more than 32 GB on ${operatingSystem}, as advice`,
      hv1({ operatingSystem, memoryMB: 32 * GB + 1 }),
      `hv1: hv1 has 32769 MB of memory. The Standard edition of ${name} uses at most 32 GB, which is 32768 MB.`,
      {
        found: { value: 32769, unit: "MB" },
        limit: { bound: "atMost", value: 32768, unit: "MB" },
        fix: "Give the host 32 GB of memory or less, or install an edition that uses more, such as Datacenter.",
        source: "no-document",
        advisory: true,
      },
    ]),
    [
      "64 GB on Windows Server 2008 R2 Standard",
      hv1({ operatingSystem: "Windows Server 2008 R2 Standard", memoryMB: 64 * GB }),
      "hv1: hv1 has 65536 MB of memory (64 GB). The Standard edition of Windows Server 2008 R2 uses at most 32 GB, " +
        "which is 32768 MB.",
    ],
    [
      "once what is too much for the version and the edition",
      hv1({ operatingSystem: "Windows Server 2008 R2 Standard", memoryMB: 2 * TB }),
      "hv1: hv1 has 2097152 MB of memory (2 TB). Windows Server 2008 R2 supports at most 1 TB, which is 1048576 MB.",
      { advisory: false },
    ],
    [
      "less than the 32 GB that Azure Local needs",
      hv1({ operatingSystem: "Azure Local", memoryMB: 32767 }),
      "hv1: hv1 has 32767 MB of memory. Azure Local needs at least 32 GB, which is 32768 MB.",
      {
        found: { value: 32767, unit: "MB" },
        limit: { bound: "atLeast", value: 32768, unit: "MB" },
        change: { path: "memoryMB", value: 32768 },
        fix: "Add memory to the host until it has 32 GB or more.",
        source: "azure-local-requirements",
        advisory: false,
      },
    ],
    [
      "16 GB on Azure Local",
      hv1({ operatingSystem: "Azure Local", memoryMB: 16 * GB }),
      "hv1: hv1 has 16384 MB of memory (16 GB). Azure Local needs at least 32 GB, which is 32768 MB.",
      { advisory: false },
    ],
  ],
  undecided: ["operatingSystem", "memoryMB"].map((property): Undecided => [
    `an unknown ${property}`,
    hv1({ memoryMB: 2 * TB, [property]: UNKNOWN }),
    `hv1: ${property} is not known until deployment: not checked by host-memory.`,
  ]),
});

describe("host-memory", () => {
  it("leaves an unknown edition undecided where it matters", () => {
    const on = (operatingSystem: string, memoryMB: number) => {
      const [declared] = readEstate(hv1({ operatingSystem, memoryMB }), true).hosts;
      assert(declared !== undefined);
      const edition = unknown({ urn: declared.urn, path: "edition" });
      const estate = new Estate({ ...NO_FACTS, hosts: [{ ...declared, edition }] }, true);
      return hostMemory
        .judge(estate, { asOf: "2012-06-30", parameters: {} })
        .verdicts.map((verdict) => (verdict.kind === "undecided" ? verdict.missing.path : verdict.problem));
    };
    assert.deepEqual(on("Windows Server 2008 R2", 32 * GB), []);
    assert.deepEqual(on("Windows Server 2008 R2", 32 * GB + 1), ["edition"]);
    assert.deepEqual(on("Windows Server 2012", 32 * GB + 1), []);
  });
});
