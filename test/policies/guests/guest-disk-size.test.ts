import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { guestDiskSize } from "../../../policies/guests/guest-disk-size";
import { cluster, host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const R2_SP1 = "Windows Server 2008 R2 SP1";
const R2_SP1_NAME = "Windows Server 2008 R2 with Service Pack 1";
const S2022 = "Windows Server 2022";
const TB = 1024;
const DATA = { name: "data", purpose: "data", type: "fixed", format: "VHD", sizeGB: 100 };
const STARTUP = { purpose: "operatingSystem", format: "VHDX" };
const LATER = "is not known until deployment: not checked by guest-disk-size.";

function disk(operatingSystem: string, properties: PlainObject, generation: Plain = 1): readonly DeclaredResource[] {
  return [
    host("hv1", { operatingSystem }),
    vm("vm1", { host: "hv1", generation, disks: [{ ...DATA, ...properties }] }),
  ];
}

function disks(value: Plain): readonly DeclaredResource[] {
  return [host("hv1"), vm("vm1", { host: "hv1", disks: value })];
}

const SUBJECT = 'vm1: vm1 has the virtual disk "data"';

function tooLarge(size: number, on: string, kind: string, most: string): string {
  return `${SUBJECT} of ${String(size)} GB. On ${on} ${kind} may have at most ${most}.`;
}

const VHD_LIMIT = "2,040 GB";
const VHDX_LIMIT = "64 TB, which is 65536 GB";
const STARTUP_LIMIT = "2 TB, which is 2048 GB";
const STARTUP_DISK = "the startup disk of a virtual machine of generation 1";
const noVhdx = (on: string) => `${SUBJECT} in VHDX format, which ${on} does not support.`;
const noShare = (on: string) => `${SUBJECT} on a file share, which ${on} does not support.`;
const NO_VHD = `${SUBJECT} in VHD format, which a virtual machine of generation 2 does not support.`;

/** Host version, its name, the largest VHD and VHDX in GB, and whether the figures stand in a document. */
const LIMITS: readonly (readonly [string, string, number, number | undefined, boolean])[] = [
  ["Windows Server 2008", "Windows Server 2008", 2040, undefined, false],
  ["Windows Server 2008 SP2", "Windows Server 2008 with Service Pack 2", 2040, undefined, false],
  ["Windows Server 2008 R2", "Windows Server 2008 R2", 2040, undefined, true],
  [R2_SP1, R2_SP1_NAME, 2040, undefined, true],
  ["Windows Server 2012", "Windows Server 2012", 2040, 64 * TB, true],
  ["Windows Server 2012 R2", "Windows Server 2012 R2", 2040, 64 * TB, true],
  ["Windows Server 2016", "Windows Server 2016", 2040, 64 * TB, true],
  ["Windows Server 2019", "Windows Server 2019", 2040, 64 * TB, true],
  [S2022, S2022, 2040, 64 * TB, true],
  ["Windows Server 2025", "Windows Server 2025", 2040, 64 * TB, true],
  ["Azure Stack HCI", "Azure Stack HCI", 2040, 64 * TB, true],
  ["Azure Local", "Azure Local", 2040, 64 * TB, true],
];

const WITHOUT_VHDX = LIMITS.flatMap(([written, name, , vhdx]) =>
  vhdx === undefined ? [[written, name] as const] : [],
);
const WITH_GENERATION_2 = ["2012 R2", "2016", "2019", "2022", "2025"].map((version) => `Windows Server ${version}`);
const WITH_STARTUP_LIMIT = ["2016", "2019", "2022", "2025"].map((version) => `Windows Server ${version}`);

ruleTest(guestDiskSize, {
  passes: [
    ...LIMITS.flatMap(([written, , vhd, vhdx]): readonly Passes[] => [
      ...[vhd - 1, vhd].map((sizeGB): Passes => [
        `a VHD of ${String(sizeGB)} GB on ${written}`,
        disk(written, { sizeGB }),
      ]),
      ...(vhdx === undefined ? [] : [vhdx - 1, vhdx]).map((sizeGB): Passes => [
        `a VHDX of ${String(sizeGB)} GB on ${written}`,
        disk(written, { format: "VHDX", sizeGB }),
      ]),
    ]),
    ...WITH_STARTUP_LIMIT.flatMap((on): readonly Passes[] => [
      [`a startup disk of 2 TB in generation 1 on ${on}`, disk(on, { ...STARTUP, sizeGB: 2048 })],
      [`a startup disk of 64 TB in generation 2 on ${on}`, disk(on, { ...STARTUP, sizeGB: 65536 }, 2)],
    ]),
    ["no declared format within the limit of a VHD", disk(S2022, { format: undefined, sizeGB: 2040 })],
    ["no declared format beyond a VHD in generation 2", disk(S2022, { format: undefined, sizeGB: 2041 }, 2)],
    ["no declared format on a host without VHDX", disk(R2_SP1, { format: undefined, sizeGB: 2040 })],
    ...WITH_GENERATION_2.flatMap((on): readonly Passes[] => [
      [`a VHD in generation 1 on ${on}`, disk(on, { format: "VHD" })],
      [`a VHDX in generation 2 on ${on}`, disk(on, { format: "VHDX" }, 2)],
    ]),
    ...["Windows Server 2012", "Windows Server 2025", "Azure Stack HCI", "Azure Local"].map((on): Passes => [
      `a disk on a file share on ${on}`,
      disk(on, { type: "smb", format: "VHDX" }),
    ]),
    ...["passThrough", "iscsi"].map((type): Passes => [
      `a disk of the type ${type}, which is not a file of Hyper-V`,
      disk(R2_SP1, { type, format: undefined, sizeGB: 65537 }),
    ]),
    ["a missing size, which the estate rule reports", disk(R2_SP1, { sizeGB: undefined })],
    ...["format", "purpose"].map((property): Passes => [
      `an unknown ${property} that makes no difference`,
      disk(S2022, { [property]: UNKNOWN, sizeGB: 2040 }),
    ]),
    ["no declared disks", [host("hv1"), vm("vm1", { host: "hv1" })]],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      ...["sizeGB", "type", "format", "purpose"]
        .filter((property) => property !== "sizeGB" || value !== 0.5)
        .map((property): Passes => [
          `${JSON.stringify(value)} for ${property}, which the estate rule reports`,
          disk(R2_SP1, { [property]: value }),
        ]),
      [`${JSON.stringify(value)} for the disks, which the estate rule reports`, disks(value)],
    ]),
  ],
  finds: [
    ...LIMITS.flatMap(([written, on, vhd, vhdx, documented]): readonly Finds[] => [
      [
        `a VHD beyond its limit on ${written}`,
        disk(written, { sizeGB: vhd + 0.5 }),
        tooLarge(vhd + 0.5, on, "a VHD", VHD_LIMIT),
        { limit: { bound: "atMost", value: vhd, unit: "GB" }, advisory: !documented },
      ],
      ...(vhdx === undefined
        ? []
        : [
            [
              `a VHDX beyond its limit on ${written}`,
              disk(written, { format: "VHDX", sizeGB: vhdx + 0.5 }),
              tooLarge(vhdx + 0.5, on, "a VHDX", VHDX_LIMIT),
              { limit: { bound: "atMost", value: vhdx, unit: "GB" }, advisory: !documented },
            ] as const,
          ]),
    ]),
    [
      "a VHD that is too large where there is no VHDX",
      disk(R2_SP1, { sizeGB: 2048 }),
      tooLarge(2048, R2_SP1_NAME, "a VHD", VHD_LIMIT),
      {
        found: { value: 2048, unit: "GB" },
        limit: { bound: "atMost", value: 2040, unit: "GB" },
        change: { path: "disks[0].sizeGB", value: 2040 },
        fix: "Set sizeGB to 2040 or less, and use more disks instead of a larger one.",
        source: "limits-2008-r2",
        advisory: false,
      },
    ],
    [
      "a VHD that is too large and may become a VHDX",
      disk(S2022, { sizeGB: 3000 }),
      tooLarge(3000, S2022, "a VHD", VHD_LIMIT),
      {
        change: { path: "disks[0].format", value: "VHDX" },
        fix: "Convert the disk to VHDX, and set format to VHDX; or set sizeGB to 2040 or less.",
      },
    ],
    [
      "a VHD by the file's name that may become a VHDX",
      disk(S2022, { format: undefined, path: "D:\\vm\\a.vhd", sizeGB: 3000 }),
      tooLarge(3000, S2022, "a VHD", VHD_LIMIT),
      {
        fix: "Convert the disk to VHDX, and set path to a file with the extension .vhdx; or set sizeGB to 2040 or less.",
      },
    ],
    [
      "a VHDX beyond its limit in generation 2",
      disk(S2022, { format: "VHDX", sizeGB: 65537 }, 2),
      tooLarge(65537, S2022, "a VHDX", VHDX_LIMIT),
      { change: { path: "disks[0].sizeGB", value: 65536 } },
    ],
    ...WITHOUT_VHDX.flatMap(([written, on]): readonly Finds[] => [
      [`a VHDX on ${written}`, disk(written, { format: "VHDX" }), noVhdx(on)],
      [
        `a VHDX by the file's name on ${written}`,
        disk(written, { format: undefined, path: "D:\\vm\\a.VHDX" }),
        noVhdx(on),
        { fix: "Convert the disk to a VHD, and set path to a file with the extension .vhd." },
      ],
      [
        `a disk on a file share on ${written}`,
        disk(written, { type: "smb" }),
        noShare(on),
        {
          found: { value: "smb" },
          limit: { bound: "not", value: "smb" },
          fix: "Put the disk on local storage or on a LUN (Fibre Channel or iSCSI), or run the virtual machine on Windows Server 2012 or later.",
        },
      ],
    ]),
    [
      "a VHDX that a VHD can replace",
      disk(R2_SP1, { format: "VHDX" }),
      noVhdx(R2_SP1_NAME),
      {
        found: { value: "VHDX" },
        limit: { bound: "exactly", value: "VHD" },
        change: { path: "disks[0].format", value: "VHD" },
        fix: "Convert the disk to a VHD, and set format to VHD.",
        advisory: false,
      },
    ],
    [
      "a VHDX that is larger than a VHD, once",
      disk(R2_SP1, { format: "VHDX", sizeGB: 3000 }),
      noVhdx(R2_SP1_NAME),
      { fix: "Convert the disk to a VHD of at most 2,040 GB, and set format to VHD." },
    ],
    [
      "a VHDX by its format and its file's name",
      disk(R2_SP1, { format: "VHDX", path: "D:\\vm\\a.vhdx" }),
      noVhdx(R2_SP1_NAME),
      { fix: "Convert the disk to a VHD, and set format to VHD and path to a file with the extension .vhd." },
    ],
    ...WITH_STARTUP_LIMIT.flatMap((on): readonly Finds[] => [
      [
        `a startup disk beyond 2 TB in generation 1 on ${on}`,
        disk(on, { ...STARTUP, sizeGB: 2049 }),
        tooLarge(2049, on, STARTUP_DISK, STARTUP_LIMIT),
        { change: { path: "disks[0].sizeGB", value: 2048 } },
      ],
      [
        `a startup disk beyond 64 TB in generation 2 on ${on}`,
        disk(on, { ...STARTUP, sizeGB: 65537 }, 2),
        tooLarge(65537, on, "a VHDX", VHDX_LIMIT),
      ],
      [
        `a startup disk beyond a VHD on ${on}`,
        disk(on, { ...STARTUP, format: "VHD", sizeGB: 2045 }),
        tooLarge(2045, on, "a VHD", VHD_LIMIT),
        { change: { path: "disks[0].format", value: "VHDX" } },
      ],
    ]),
    [
      "a startup disk in VHD format that is too large for either",
      disk(S2022, { ...STARTUP, format: "VHD", sizeGB: 3000 }),
      tooLarge(3000, S2022, "a VHD", VHD_LIMIT),
      { change: { path: "disks[0].sizeGB", value: 2040 } },
    ],
    [
      "a startup disk in a generation that nobody declared",
      [
        host("hv1", { operatingSystem: S2022 }),
        vm("vm1", { host: "hv1", disks: [{ ...DATA, ...STARTUP, sizeGB: 2049 }] }),
      ],
      tooLarge(2049, S2022, `${STARTUP_DISK} (by default)`, STARTUP_LIMIT),
    ],
    [
      "no declared format beyond the larger limit",
      disk(S2022, { format: undefined, sizeGB: 65537 }),
      tooLarge(65537, S2022, "a VHDX", VHDX_LIMIT),
    ],
    [
      "no declared format beyond the only limit",
      disk(R2_SP1, { format: undefined, sizeGB: 2041 }),
      tooLarge(2041, R2_SP1_NAME, "a VHD", VHD_LIMIT),
    ],
    ...WITH_GENERATION_2.map((on): Finds => [
      `a VHD by the file's name in generation 2 on ${on}`,
      disk(on, { format: undefined, path: "D:\\vm\\a.vhd", sizeGB: 0.5 }, 2),
      NO_VHD,
      { fix: "Convert the disk to VHDX, and set path to a file with the extension .vhdx." },
    ]),
    ...["Azure Local", "Azure Stack HCI"].map((on): Finds => [
      `a VHD in generation 2 on ${on}`,
      disk(on, {}, 2),
      NO_VHD,
    ]),
    [
      "a VHD in generation 2, whatever its size",
      disk("Windows Server 2012 R2", { sizeGB: 3000 }, 2),
      NO_VHD,
      {
        found: { value: "VHD" },
        limit: { bound: "exactly", value: "VHDX" },
        change: { path: "disks[0].format", value: "VHDX" },
        fix: "Convert the disk to VHDX, and set format to VHDX.",
        source: "generation-2-overview",
        advisory: false,
      },
    ],
    [
      "a disk on a file share in a format that the host does not support, once",
      disk(R2_SP1, { type: "smb", format: "VHDX", sizeGB: 3000 }),
      noShare(R2_SP1_NAME),
      {
        fix: "Put the disk as a VHD of at most 2,040 GB on local storage or on a LUN (Fibre Channel or iSCSI), or run the virtual machine on Windows Server 2012 or later.",
        advisory: false,
      },
    ],
    [
      "a disk on a file share beyond the limit of its format",
      disk(S2022, { type: "smb", format: "VHDX", sizeGB: 65537 }),
      tooLarge(65537, S2022, "a VHDX", VHDX_LIMIT),
    ],
    [
      "a disk without a known name",
      disk(R2_SP1, { name: UNKNOWN, format: "VHDX" }),
      `vm1: vm1 has a virtual disk in VHDX format, which ${R2_SP1_NAME} does not support.`,
    ],
    ...["dynamic", "differencing"].map((type): Finds => [
      `a disk of the type ${type} beyond the limit`,
      disk(R2_SP1, { type, sizeGB: 2041 }),
      tooLarge(2041, R2_SP1_NAME, "a VHD", VHD_LIMIT),
    ]),
    ...[["missing", undefined] as const, ["unknown", UNKNOWN] as const].map(([what, sizeGB]): Finds => [
      `the format of a disk whose size is ${what}`,
      disk(R2_SP1, { format: "VHDX", sizeGB }),
      noVhdx(R2_SP1_NAME),
      { fix: "Convert the disk to a VHD, and set format to VHD." },
    ]),
    [
      "each disk on its own",
      disks([2041, 2040, 2042].map((sizeGB, index) => ({ ...DATA, name: `d${String(index)}`, sizeGB }))),
      [
        `vm1: vm1 has the virtual disk "d0" of 2041 GB. On ${R2_SP1_NAME} a VHD may have at most 2,040 GB.`,
        `vm1: vm1 has the virtual disk "d2" of 2042 GB. On ${R2_SP1_NAME} a VHD may have at most 2,040 GB.`,
      ],
    ],
    [
      "what any node of the cluster does not support, once",
      [
        cluster("c1"),
        ...["Windows Server 2012", "Windows Server 2008 R2", R2_SP1].map((operatingSystem, index) =>
          host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
        ),
        vm("vm1", { cluster: "c1", disks: [{ ...DATA, format: "VHDX" }] }),
      ],
      noVhdx("Windows Server 2008 R2"),
    ],
  ],
  undecided: [
    ...[2041, 65536].map((sizeGB): Undecided => [
      `no declared format of ${String(sizeGB)} GB, which a VHDX may have`,
      disk(S2022, { format: undefined, sizeGB }),
      "vm1: disks[0].format is not declared: not checked by guest-disk-size.",
    ]),
    [
      "a disk without a host",
      [vm("vm1", { disks: [{ ...DATA, sizeGB: 3000 }] })],
      "vm1: host is not declared: not checked by guest-disk-size.",
    ],
    ...["sizeGB", "type"].map((property): Undecided => [
      `an unknown ${property}`,
      disk(R2_SP1, { [property]: UNKNOWN }),
      `vm1: disks[0].${property} ${LATER}`,
    ]),
    ["unknown disks", disks(UNKNOWN), `vm1: disks ${LATER}`],
    [
      "an unknown format that makes the difference",
      disk(S2022, { format: UNKNOWN, sizeGB: 3000 }),
      `vm1: disks[0].format ${LATER}`,
    ],
    [
      "an unknown purpose that makes the difference",
      disk(S2022, { purpose: UNKNOWN, format: "VHDX", sizeGB: 3000 }),
      `vm1: disks[0].purpose ${LATER}`,
    ],
  ],
});
