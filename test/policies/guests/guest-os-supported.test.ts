import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestOsSupported } from "../../../policies/guests/guest-os-supported";
import { cluster, host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const R2_SP1 = "Windows Server 2008 R2 SP1";
const R2_SP1_NAME = "Windows Server 2008 R2 with Service Pack 1";
const S2022 = "Windows Server 2022";
const LATER = "is not known until deployment: not checked by guest-os-supported.";

function machine(operatingSystem: string, properties: PlainObject): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", ...properties })];
}

/** A virtual machine of a cluster with nodes of two versions. */
function floating(properties: PlainObject = {}): readonly DeclaredResource[] {
  return [
    cluster("c1"),
    host("hv1", { operatingSystem: S2022, cluster: "c1" }),
    host("hv2", { operatingSystem: R2_SP1, cluster: "c1" }),
    host("hv3", { operatingSystem: R2_SP1, cluster: "c1" }),
    vm("vm1", { cluster: "c1", ...properties }),
  ];
}

function unsupported(guest: string, on = R2_SP1_NAME): string {
  return `vm1: vm1 runs ${guest} on ${on}, which does not support that guest.`;
}

/** @param date of the newest tables that name the product */
function untested(guest: string, on: string, date: string): string {
  return `vm1: vm1 runs ${guest} on ${on}, which Microsoft's tables of guests of ${date} do not list.`;
}

function onlyIn(generation: 1 | 2, guest: string, on = S2022, has = String(3 - generation)): string {
  return (
    `vm1: vm1 runs ${guest} on ${on} in a virtual machine of generation ${has}, but Microsoft lists that guest only for ` +
    `generation ${String(generation)}.`
  );
}

/** The document's list of May 2011: guest, and the editions and architectures that it names. */
const LISTED: readonly (readonly [string, readonly Readonly<Record<string, string>>[]])[] = [
  ["Windows Server 2008 R2 with Service Pack 1", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2008 R2", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2008", editions("Standard", "Standard without Hyper-V", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2008", editions("Enterprise without Hyper-V", "Datacenter without Hyper-V", "HPC Edition")],
  ["Windows Server 2003 R2 with Service Pack 2", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Home Server 2011", editions("Standard")],
  ["Windows Storage Server 2008 R2", editions("Essentials")],
  ["Windows Small Business Server 2011", editions("Essentials", "Standard")],
  ["Windows Server 2003 R2 x64 Edition with Service Pack 2", editions("Standard", "Enterprise", "Datacenter")],
  ["Windows Server 2003 with Service Pack 2", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2003 x64 Edition with Service Pack 2", editions("Standard", "Enterprise", "Datacenter")],
  ...["5.2", "5.3", "5.4", "5.5", "5.6"].map((release) => [`CentOS ${release}`, architectures()] as const),
  ...["5.2", "5.3", "5.4", "5.5", "5.6"].map(
    (release) => [`Red Hat Enterprise Linux ${release}`, architectures()] as const,
  ),
  ["SUSE Linux Enterprise Server 11 with Service Pack 1", architectures()],
  ["SUSE Linux Enterprise Server 10 with Service Pack 4", architectures()],
];

function editions(...names: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return names.map((edition) => ({ edition }));
}

function architectures(): readonly Readonly<Record<string, string>>[] {
  return [{ architecture: "x86" }, { architecture: "x64" }];
}

/** Host version, guests that it lists, and guests that it does not list with what is said of them. */
const LATER_LISTS: readonly (readonly [string, readonly string[], readonly (readonly [string, string])[]])[] = [
  [
    "2012 R2",
    ["Windows Server 2003 SP2", "Windows Server 2012 R2", "CentOS 6.5"],
    [
      [
        "SLES 10 SP4",
        untested("SUSE Linux Enterprise Server 10 with Service Pack 4", "Windows Server 2012 R2", "2023-09-27"),
      ],
      ["RHEL 9", untested("Red Hat Enterprise Linux 9", "Windows Server 2012 R2", "2019-04")],
    ],
  ],
  [
    "2016",
    ["Windows Server 2008 SP2", "Windows Server 2019", "RHEL 9"],
    [["Windows Server 2003 R2 SP2", unsupported("Windows Server 2003 R2 with Service Pack 2", "Windows Server 2016")]],
  ],
  [
    "2019",
    ["Windows Server 2022", "Ubuntu 22.04"],
    [
      ["Windows Server 2025", unsupported("Windows Server 2025", "Windows Server 2019")],
      ["Windows XP SP3", unsupported("Windows XP with Service Pack 3", "Windows Server 2019")],
    ],
  ],
  [
    "2022",
    ["Windows Server 2025", "Windows 10", "Debian 12"],
    [
      ["Windows 7", unsupported("Windows 7", "Windows Server 2022")],
      ["Windows 2000 Server SP4", unsupported("Windows 2000 Server with Service Pack 4", "Windows Server 2022")],
    ],
  ],
  [
    "2025",
    ["Windows Server 2008 R2 SP1", "Ubuntu 24.04"],
    [
      ["Windows Server 2008 R2", unsupported("Windows Server 2008 R2", "Windows Server 2025")],
      ["Windows Vista SP2", unsupported("Windows Vista with Service Pack 2", "Windows Server 2025")],
    ],
  ],
];

/** Host versions without generation 2, and a guest that each lists. */
const WITHOUT_GENERATION_2 = [
  ["Windows Server 2008", "Windows Server 2008", "Windows Server 2008"],
  ["Windows Server 2008 SP2", "Windows Server 2008 with Service Pack 2", "Windows Server 2008"],
  ["Windows Server 2008 R2", "Windows Server 2008 R2", "Windows Server 2008"],
  [R2_SP1, R2_SP1_NAME, "Windows Server 2008"],
  ["Windows Server 2012", "Windows Server 2012", "Windows Server 2012"],
] as const;

ruleTest(guestOsSupported, {
  passes: [
    ["a guest that every host version lists, on an unknown host", [vm("vm1", { host: UNKNOWN })]],
    ...["Windows Server 2008 R2", R2_SP1].flatMap((on) =>
      LISTED.flatMap(([guestOs, variants]) =>
        [{}, ...variants].map((variant): Passes => [
          `${[guestOs, ...Object.values(variant)].join(", ")} on ${on}`,
          machine(on, { guestOs, ...variant }),
        ]),
      ),
    ),
    ["a guest that is listed with some editions", machine(S2022, { guestOs: "Windows 7 SP1" })],
    ["an edition that is listed", machine(S2022, { guestOs: "Windows 7 SP1", edition: "Enterprise" })],
    ...LATER_LISTS.flatMap(([version, listed]) =>
      listed.map((guestOs): Passes => [`${guestOs} on ${version}`, machine(`Windows Server ${version}`, { guestOs })]),
    ),
    ...["Windows Server 2012", S2022, "Windows 11", "RHEL 9", "Ubuntu 22.04"].map((guestOs): Passes => [
      `${guestOs} in generation 2`,
      machine(S2022, { guestOs, generation: 2 }),
    ]),
    // The document's applies-to line names Azure Stack HCI.
    ...["Ubuntu 20.04", "Ubuntu 22.04"].map((guestOs): Passes => [
      `${guestOs} on Azure Stack HCI`,
      machine("Azure Stack HCI", { guestOs }),
    ]),
    ["a guest that every node of the cluster lists", floating()],
    [
      "an unknown edition where the list takes every one",
      machine("Windows Server 2025", { guestOs: S2022, edition: UNKNOWN, architecture: UNKNOWN }),
    ],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      ...["guestOs", "generation", "host"].map((property): Passes => [
        `${JSON.stringify(value)} for ${property}, which the estate rule reports`,
        machine(R2_SP1, { [property]: value }),
      ]),
      [
        `${JSON.stringify(value)} for edition, which the estate rule reports`,
        machine(R2_SP1, { guestOs: R2_SP1, edition: value }),
      ],
      [
        `${JSON.stringify(value)} for architecture, which the estate rule reports`,
        machine("Windows Server 2008", { guestOs: "Windows XP SP3", architecture: value }),
      ],
    ]),
  ],
  finds: [
    ...(
      [
        [{ guestOs: "Windows Server 2003 R2" }, "Windows Server 2003 R2"],
        [{ guestOs: "Windows Server 2003 SP1" }, "Windows Server 2003 with Service Pack 1"],
        [{ guestOs: R2_SP1, edition: "Foundation" }, "Windows Server 2008 R2 Foundation with Service Pack 1"],
        [{ guestOs: "CentOS 5.1" }, "CentOS 5.1"],
        [{ guestOs: "RHEL 5.1" }, "Red Hat Enterprise Linux 5.1"],
        [{ guestOs: "SLES 10 SP2" }, "SUSE Linux Enterprise Server 10 with Service Pack 2"],
        [{ guestOs: "Windows Server 2016" }, "Windows Server 2016"],
      ] as const
    ).map(([properties, name]): Finds => [
      `${Object.values(properties).join(", ")}, just beside the list`,
      machine(R2_SP1, properties),
      unsupported(name),
      { found: { value: name }, advisory: false },
    ]),
    [
      "Badly: an edition beside the list of one architecture, with what is listed and where",
      machine(R2_SP1, { guestOs: "Windows Server 2003 x64 SP2", edition: "Web" }),
      unsupported("Windows Server 2003 Web (x64) with Service Pack 2"),
      {
        found: { value: "Windows Server 2003 Web (x64) with Service Pack 2" },
        limit: {
          bound: "oneOf",
          value: [
            "Windows Server 2003 with Service Pack 2 (x86) (Standard, Enterprise, Datacenter, Web)",
            "Windows Server 2003 with Service Pack 2 (x64) (Standard, Enterprise, Datacenter)",
          ],
        },
        fix:
          "Use a guest that is listed for Windows Server 2008 R2 with Service Pack 1: Windows Server 2003 with Service Pack " +
          "2 (x86) (Standard, Enterprise, Datacenter, Web); Windows Server 2003 with Service Pack 2 (x64) (Standard, " +
          "Enterprise, Datacenter); or place the virtual machine on Windows Server 2012 or Windows Server 2012 R2, " +
          "which list Windows Server 2003 Web (x64) with Service Pack 2.",
        source: "guests-2008-r2",
        advisory: false,
      },
    ],
    [
      "Badly: a release beside many overlapping ones, which no host version lists",
      machine(S2022, { guestOs: "CentOS 5.0" }),
      untested("CentOS 5.0", S2022, "2025-06-19"),
      {
        fix:
          "Check that the vendor of CentOS 5.0 supports it on Windows Server 2022, or use a guest that is listed for " +
          "Windows Server 2022: CentOS 7.0 through 7.9; CentOS 8 through 10.",
      },
    ],
    [
      "Badly: a release that is newer than the tables, with releases that their vendor supports",
      machine(S2022, { guestOs: "Ubuntu 26.04" }),
      untested("Ubuntu 26.04", S2022, "2023-09-27"),
      {
        asOf: "2026-12-01",
        fix:
          "Check that the vendor of Ubuntu 26.04 supports it on Windows Server 2022, or use a guest that is listed for " +
          "Windows Server 2022: Ubuntu 22.04; Ubuntu 24.04.",
        advisory: true,
      },
    ],
    [
      "a guest of which the list has no other release",
      machine(S2022, { guestOs: "Windows Server 2003 R2 SP2", generation: 2 }),
      unsupported("Windows Server 2003 R2 with Service Pack 2", S2022),
      {
        limit: { bound: "oneOf", value: ["Windows Server 2012 R2", "Windows Server 2012", "Windows Server 2022"] },
      },
    ],
    [
      "an edition that is not listed",
      machine(S2022, { guestOs: "Windows 7 SP1", edition: "Home" }),
      unsupported("Windows 7 Home with Service Pack 1", S2022),
    ],
    ...LATER_LISTS.flatMap(([version, , missing]) =>
      missing.map(([guestOs, says]): Finds => [
        `${guestOs} on ${version}`,
        machine(`Windows Server ${version}`, { guestOs }),
        says,
      ]),
    ),
    [
      "a guest of generation 1 in generation 2",
      machine(S2022, { guestOs: R2_SP1, generation: 2 }),
      onlyIn(1, R2_SP1_NAME),
      {
        found: { value: 2 },
        limit: { bound: "exactly", value: 1 },
        fix: "Create the virtual machine in generation 1.",
        advisory: false,
      },
    ],
    [
      "a guest of generation 1 that is too large for it",
      machine(S2022, { guestOs: R2_SP1, generation: 2, processorCount: 128, memoryMB: 2097152 }),
      onlyIn(1, R2_SP1_NAME),
      {
        fix: "Create the virtual machine in generation 1, with at most 64 virtual processors and at most 1 TB of memory.",
      },
    ],
    [
      "a guest of generation 2 in generation 1, which nobody declared",
      machine(S2022, { guestOs: "Windows 11" }),
      onlyIn(2, "Windows 11", S2022, "1 (by default)"),
      { fix: "Create the virtual machine in generation 2." },
    ],
    [
      "a guest of generation 2 with what only generation 1 has",
      machine(S2022, {
        guestOs: "Windows 11",
        generation: 1,
        disks: [{ name: "d", purpose: "data", type: "fixed", format: "VHD", sizeGB: 1 }],
        networkAdapters: [{ name: "n", kind: "legacy" }],
      }),
      onlyIn(2, "Windows 11"),
      {
        fix: "Create the virtual machine in generation 2, with its disks in VHDX format and synthetic network adapters only.",
      },
    ],
    [
      "a Linux guest of generation 1 in generation 2",
      machine("Windows Server 2019", { guestOs: "CentOS 6.9", generation: 2 }),
      onlyIn(1, "CentOS 6.9", "Windows Server 2019"),
    ],
    [
      "a 32-bit guest in generation 2",
      machine(S2022, { guestOs: "Windows 10", architecture: "x86", generation: 2 }),
      onlyIn(1, "Windows 10 (x86)"),
    ],
    ...WITHOUT_GENERATION_2.map(([on, name, guestOs]): Finds => [
      `generation 2 on ${on}`,
      machine(on, { guestOs, generation: 2 }),
      `vm1: vm1 runs ${guestOs} on ${name} in a virtual machine of generation 2, which that version does not support.`,
      { limit: { bound: "exactly", value: 1 } },
    ]),
    ...(
      [
        ["Windows Server 2008", "CentOS 5.5"],
        ["Windows Server 2012 R2", "Windows 10"],
      ] as const
    ).map(([on, guestOs]): Finds => [
      `${guestOs} on ${on}, as advice: the list was found in no document`,
      machine(on, { guestOs }),
      unsupported(guestOs, on),
      { advisory: true },
    ]),
    ["what any node of the cluster does not list, once", floating({ guestOs: S2022 }), unsupported(S2022)],
    [
      "what the declared host does not list, whatever other nodes its cluster has",
      [
        cluster("c1", { nodes: UNKNOWN }),
        host("hv1", { cluster: "c1" }),
        vm("vm1", { host: "hv1", cluster: "c1", guestOs: "CentOS 5.1" }),
      ],
      unsupported("CentOS 5.1"),
    ],
    [
      "a guest that is not listed in any edition",
      machine(R2_SP1, { guestOs: "Windows Server 2016", edition: UNKNOWN, architecture: UNKNOWN }),
      unsupported("Windows Server 2016"),
    ],
  ],
  undecided: [
    ...["guestOs", "generation"].map((property): Undecided => [
      `an unknown ${property}`,
      machine(R2_SP1, { [property]: UNKNOWN }),
      `vm1: ${property} ${LATER}`,
    ]),
    ["an unknown host", [vm("vm1", { guestOs: S2022, host: UNKNOWN })], `vm1: host ${LATER}`],
    [
      "a host of unknown version",
      [host("hv1", { operatingSystem: UNKNOWN }), vm("vm1", { host: "hv1", guestOs: S2022 })],
      `hv1: operatingSystem ${LATER}`,
    ],
    [
      "a cluster of unknown nodes",
      [cluster("c1", { nodes: UNKNOWN }), vm("vm1", { cluster: "c1", guestOs: S2022 })],
      `c1: nodes ${LATER}`,
    ],
    [
      "an unknown edition that the list distinguishes",
      machine(R2_SP1, { guestOs: R2_SP1, edition: UNKNOWN }),
      `vm1: edition ${LATER}`,
    ],
    [
      "an unknown architecture that the list distinguishes",
      machine("Windows Server 2008", { guestOs: "Windows XP SP3", architecture: UNKNOWN }),
      `vm1: architecture ${LATER}`,
    ],
    [
      "a machine without a host",
      [vm("vm1", { guestOs: "CentOS 5.1" })],
      "vm1: host is not declared: not checked by guest-os-supported.",
    ],
  ],
});
