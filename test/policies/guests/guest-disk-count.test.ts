import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { guestDiskCount } from "../../../policies/guests/guest-disk-count";
import { host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const R2_SP1 = "Windows Server 2008 R2 SP1";
const R2_SP1_NAME = "Windows Server 2008 R2 with Service Pack 1";
const LATER = "is not known until deployment: not checked by guest-disk-count.";

function some(number: number, properties: PlainObject = {}): readonly PlainObject[] {
  return Array.from({ length: number }, (_, index) => ({
    name: `d${String(index)}`,
    purpose: "data",
    type: "fixed",
    sizeGB: 1,
    ...properties,
  }));
}

function machine(disks: Plain, operatingSystem = R2_SP1, generation: Plain = 1): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", generation, disks })];
}

function tooMany(number: number, on = R2_SP1_NAME, generation: string | number = 1): string {
  const limit = String(generation).startsWith("1") ? "260" : "256";
  const controllers = limit === "260" ? "4 to IDE and 256 to SCSI controllers" : "256 to SCSI controllers";
  return (
    `vm1: vm1 has ${String(number)} disks. ${on} attaches at most ${limit} to a virtual machine of generation ` +
    `${String(generation)}: ${controllers}.`
  );
}

/** Host version, its name, the disks that generation 1 and 2 attach, and whether the figures stand in a document. */
const LIMITS: readonly (readonly [string, string, readonly number[], boolean])[] = [
  ["Windows Server 2008", "Windows Server 2008", [260], false],
  ["Windows Server 2008 SP2", "Windows Server 2008 with Service Pack 2", [260], false],
  ["Windows Server 2008 R2", "Windows Server 2008 R2", [260], true],
  [R2_SP1, R2_SP1_NAME, [260], true],
  ["Windows Server 2012", "Windows Server 2012", [260], true],
  ["Windows Server 2012 R2", "Windows Server 2012 R2", [260, 256], true],
  ["Windows Server 2016", "Windows Server 2016", [260, 256], true],
  ["Windows Server 2019", "Windows Server 2019", [260, 256], true],
  ["Windows Server 2022", "Windows Server 2022", [260, 256], true],
  ["Windows Server 2025", "Windows Server 2025", [260, 256], true],
  ["Azure Stack HCI", "Azure Stack HCI", [260, 256], true],
  ["Azure Local", "Azure Local", [260, 256], true],
];

ruleTest(guestDiskCount, {
  passes: [
    ...LIMITS.flatMap(([written, , limits]) =>
      limits.flatMap((limit, index) =>
        [0, 1, limit - 1, limit].map((number): Passes => [
          `${String(number)} disks in generation ${String(index + 1)} on ${written}`,
          machine(some(number), written, index + 1),
        ]),
      ),
    ),
    ...["fixed", "dynamic", "differencing", "passThrough", "smb"].map((type): Passes => [
      `260 disks of the type ${type}`,
      machine(some(260, { type })),
    ]),
    ["LUNs that the guest itself connects to", machine([...some(260), ...some(100, { type: "iscsi" })])],
    ["an unknown type that makes no difference", machine([...some(259), ...some(1, { type: UNKNOWN })])],
    ["no declared disks", [host("hv1"), vm("vm1", { host: "hv1" })]],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      ...(Array.isArray(value)
        ? []
        : [[`${JSON.stringify(value)} for the disks, which the estate rule reports`, machine(value)] as const]),
      [
        `${JSON.stringify(value)} for a type, which the estate rule reports`,
        machine([...some(260), ...some(1, { type: value })]),
      ],
      [`${JSON.stringify(value)} for the generation, which the estate rule reports`, machine(some(261), R2_SP1, value)],
    ]),
  ],
  finds: [
    ...LIMITS.flatMap(([written, on, limits, documented]) =>
      limits.map((limit, index): Finds => [
        `one disk too many in generation ${String(index + 1)} on ${written}`,
        machine(some(limit + 1), written, index + 1),
        tooMany(limit + 1, on, index + 1),
        {
          found: { value: limit + 1, unit: "disks" },
          limit: { bound: "atMost", value: limit, unit: "disks" },
          advisory: !documented,
        },
      ]),
    ),
    [
      "one disk too many",
      machine(some(261)),
      tooMany(261),
      {
        fix: "Remove 1 disk: use fewer and larger disks, or let the guest itself connect to LUNs over iSCSI (type: iscsi).",
        source: "limits-2008-r2",
        advisory: false,
      },
    ],
    ["many too many", machine(some(300), "Windows Server 2025", 2), tooMany(300, "Windows Server 2025", 2)],
    [
      "too many in a generation that nobody declared",
      [host("hv1", { operatingSystem: "Windows Server 2025" }), vm("vm1", { host: "hv1", disks: some(261) })],
      tooMany(261, "Windows Server 2025", "1 (by default)"),
    ],
    ...["fixed", "dynamic", "differencing", "passThrough", "smb"].map((type): Finds => [
      `261 disks of the type ${type}`,
      machine(some(261, { type })),
      tooMany(261),
    ]),
    [
      "too many in any generation",
      machine(some(261), R2_SP1, UNKNOWN),
      `${tooMany(261, R2_SP1_NAME, 1)} That is the best case: its generation is not known.`,
    ],
    [
      "too many already, whatever an unknown type will be",
      machine([...some(261), ...some(1, { type: UNKNOWN })]),
      tooMany(261),
    ],
  ],
  undecided: [
    [
      "an unknown type that makes the difference",
      machine([...some(260), ...some(1, { type: UNKNOWN })]),
      `vm1: disks[260].type ${LATER}`,
    ],
    ["unknown disks", machine(UNKNOWN), `vm1: disks ${LATER}`],
  ],
});
