import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { dynamicMemorySupported } from "../../../policies/guests/dynamic-memory-supported";
import { cluster, host, MALFORMED, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const R2 = "Windows Server 2008 R2";
const R2_SP1 = "Windows Server 2008 R2 SP1";
const R2_SP1_NAME = "Windows Server 2008 R2 with Service Pack 1";
const S2022 = "Windows Server 2022";
const DYNAMIC = { memoryMB: 512, dynamicMemory: { minimumMB: 512, maximumMB: 8192 } };

function machine(operatingSystem: string, properties: PlainObject = {}): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", ...DYNAMIC, ...properties })];
}

/** A machine that starts with more than it may shrink to. */
function shrinking(memoryMB: Plain, minimumMB: Plain, on = R2_SP1, more: PlainObject = {}) {
  return machine(on, { memoryMB, dynamicMemory: { minimumMB, maximumMB: 8192 }, ...more });
}

function linux(memoryMB: number, minimumMB: number, maximumMB: Plain) {
  return machine(S2022, { guestOs: "RHEL 9", memoryMB, dynamicMemory: { minimumMB, maximumMB } });
}

/** A machine whose guest nobody declared. */
function withoutGuest(operatingSystem: string): readonly DeclaredResource[] {
  return [
    host("hv1", { operatingSystem }),
    resource("azure-native:scvmm:VirtualMachine", "vm1", {
      vmName: "vm1",
      hardwareProfile: { memoryMB: 512, dynamicMemoryEnabled: "true", dynamicMemoryMinMB: 512 },
      tags: { "hyperv-guard:host": "hv1" },
    }),
  ];
}

function noHost(name: string): string {
  return `vm1: vm1 has dynamic memory, which ${name} does not support.`;
}

function noDocument(guest: string, on = R2_SP1_NAME): string {
  return `vm1: vm1 has dynamic memory, but no document allows it for ${guest} on ${on}.`;
}

function shrinks(minimum: number, startup: number): string {
  return (
    `vm1: vm1 may shrink to ${String(minimum)} MB, below the ${String(startup)} MB that it starts with; ${R2_SP1_NAME} ` +
    "has no minimum memory of its own."
  );
}

function later(property: string): string {
  return `vm1: ${property} is not known until deployment: not checked by dynamic-memory-supported.`;
}

const OLD_HOSTS = [
  ["Windows Server 2008", "Windows Server 2008"],
  ["Windows Server 2008 SP2", "Windows Server 2008 with Service Pack 2"],
  [R2, R2],
] as const;

const NEW_HOSTS = [
  ...["2008 R2 SP1", "2012", "2012 R2", "2016", "2019", "2022", "2025"].map((version) => `Windows Server ${version}`),
  "Azure Stack HCI",
  "Azure Local",
];

/** Guests that Windows Server 2008 R2 SP1 gives dynamic memory. */
const LISTED: readonly PlainObject[] = [
  ...["Standard", "Enterprise", "Datacenter", "Web"].map((edition) => ({ guestOs: R2_SP1, edition })),
  { guestOs: "Windows Server 2008 SP2", edition: "Enterprise" },
  { guestOs: "Windows Server 2003 R2 SP2", edition: "Standard" },
  { guestOs: "Windows Server 2003 SP2", edition: "Datacenter" },
  { guestOs: "Windows 7", edition: "Ultimate" },
  { guestOs: "Windows 7 SP1", edition: "Enterprise" },
  { guestOs: "Windows Vista SP2", edition: "Enterprise" },
  { guestOs: "Windows 7" },
];

const UNLISTED: readonly (readonly [PlainObject, string])[] = [
  [{ guestOs: "Windows 7", edition: "Professional" }, "Windows 7 Professional"],
  [{ guestOs: "Windows Vista SP2", edition: "Business" }, "Windows Vista Business with Service Pack 2"],
  [{ guestOs: R2 }, R2],
  [{ guestOs: "Windows XP SP3" }, "Windows XP with Service Pack 3"],
  [{ guestOs: "CentOS 5.5" }, "CentOS 5.5"],
  [{ guestOs: "SLES 11 SP1" }, "SUSE Linux Enterprise Server 11 with Service Pack 1"],
];

/** Linux guests that no document of their own is about, and their names. */
const WITHOUT_OWN_DOCUMENT: readonly (readonly [string, string])[] = [
  ["Ubuntu 24.04", "Ubuntu 24.04"],
  ["Debian 12", "Debian 12"],
  ["SLES 15 SP6", "SUSE Linux Enterprise Server 15 with Service Pack 6"],
];

ruleTest(dynamicMemorySupported, {
  passes: [
    ...NEW_HOSTS.map((on): Passes => [`dynamic memory on ${on}`, machine(on)]),
    ["static memory", machine("Windows Server 2008", { dynamicMemory: undefined })],
    ...LISTED.map((properties): Passes => [
      `${JSON.stringify(properties)}, which is listed`,
      machine(R2_SP1, properties),
    ]),
    ...[4096, 4097].map((minimumMB): Passes => [
      `a minimum of ${String(minimumMB)} MB, not below what the machine starts with`,
      shrinking(4096, minimumMB),
    ]),
    ["a minimum below the start where there is a minimum memory", shrinking(4096, 512, "Windows Server 2012")],
    ["an unknown minimum where there is a minimum memory", shrinking(4096, UNKNOWN, "Windows Server 2012")],
    [
      "an unknown edition that the list does not distinguish",
      machine("Windows Server 2012", { guestOs: "Windows 7 SP1", edition: UNKNOWN }),
    ],
    ...WITHOUT_OWN_DOCUMENT.map(([guestOs]): Passes => [
      `multiples of 128 MB in ${guestOs}`,
      machine(S2022, { guestOs }),
    ]),
    ["multiples of 128 MB in a Linux guest", linux(4096, 512, 8192)],
    ["the smallest multiple of 128 MB", linux(128, 128, 128)],
    ["any size in a Windows guest", machine(S2022, { memoryMB: 4001 })],
    ["a 64-bit Linux guest", machine("Windows Server 2016", { guestOs: "CentOS 6.9", architecture: "x64" })],
    ["a guest that the host does not support, which guest-os-supported reports", machine(R2_SP1, { guestOs: S2022 })],
    ["a guest that is not declared on a host with dynamic memory", withoutGuest(R2_SP1)],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      ...["dynamicMemory", "guestOs"].map((property): Passes => [
        `${JSON.stringify(value)} for ${property}, which the estate rule reports`,
        machine(R2_SP1, { [property]: value }),
      ]),
      [
        `${JSON.stringify(value)} for the maximum, which the estate rule reports`,
        machine(R2_SP1, { dynamicMemory: { minimumMB: 512, maximumMB: value } }),
      ],
      [`${JSON.stringify(value)} for the minimum, which the estate rule reports`, shrinking(4096, value)],
      [
        `${JSON.stringify(value)} for the edition, which the estate rule reports`,
        machine(R2_SP1, { guestOs: "Windows 7", edition: value }),
      ],
    ]),
  ],
  finds: [
    ...OLD_HOSTS.map(([on, name]): Finds => [
      `dynamic memory on ${on}`,
      machine(on),
      noHost(name),
      {
        found: { value: "dynamic" },
        limit: { bound: "exactly", value: "static" },
        fix: "Remove dynamicMemory, and set memoryMB to what the virtual machine needs, 2048 MB or more.",
        advisory: false,
      },
    ]),
    ...UNLISTED.map(([properties, name]): Finds => [
      `${JSON.stringify(properties)}, which is not listed`,
      machine(R2_SP1, properties),
      noDocument(name),
      { advisory: false },
    ]),
    [
      "a guest without a recommended memory",
      machine(R2_SP1, { guestOs: "CentOS 5.5" }),
      noDocument("CentOS 5.5"),
      {
        found: { value: "dynamic" },
        limit: { bound: "exactly", value: "static" },
        fix: "Remove dynamicMemory, and set memoryMB to what the virtual machine needs.",
      },
    ],
    ...(
      [
        ["Windows Server 2012", R2, R2],
        ["Windows Server 2019", "FreeBSD 12.1", "FreeBSD 12.1"],
      ] as const
    ).map(([on, guestOs, name]): Finds => [
      `${guestOs} on ${on}, as advice: part of the list was found in no document`,
      machine(on, { guestOs }),
      noDocument(name, on),
      { advisory: true },
    ]),
    ...WITHOUT_OWN_DOCUMENT.map(([guestOs, name]): Finds => [
      `other sizes than multiples of 128 MB in ${guestOs}, as advice: it has no document of its own`,
      machine(S2022, { guestOs, memoryMB: 500, dynamicMemory: { minimumMB: 128, maximumMB: 8192 } }),
      `vm1: vm1 has dynamic memory, with memoryMB 500: ${name} needs multiples of 128 MB.`,
      { change: { path: "memoryMB", value: 384 }, advisory: true },
    ]),
    [
      "a minimum below what the machine starts with, as advice",
      shrinking(4096, 4095),
      shrinks(4095, 4096),
      {
        found: { value: 4095, unit: "MB" },
        limit: { bound: "atLeast", value: 4096, unit: "MB" },
        change: { path: "dynamicMemory.minimumMB", value: 4096 },
        fix: "Set dynamicMemory.minimumMB to 4096, which is memoryMB.",
        advisory: true,
      },
    ],
    [
      "a minimum that is too small, whatever the edition will be",
      shrinking(1024, 512, R2_SP1, { guestOs: "Windows 7", edition: UNKNOWN }),
      shrinks(512, 1024),
    ],
    [
      "a minimum that is too small, whatever the guest will be",
      shrinking(1024, 512, R2_SP1, { guestOs: UNKNOWN }),
      shrinks(512, 1024),
    ],
    [
      "sizes that are not multiples of 128 MB in a Linux guest",
      linux(4000, 1000, 8100),
      "vm1: vm1 has dynamic memory, with memoryMB 4000, minimumMB 1000 and maximumMB 8100: Red Hat Enterprise Linux 9 needs multiples of 128 MB.",
      {
        found: { value: [4000, 1000, 8100], unit: "MB" },
        fix: "Use multiples of 128 MB: set memoryMB to 3968, dynamicMemory.minimumMB to 896 and dynamicMemory.maximumMB to 8064.",
        advisory: false,
      },
    ],
    [
      "one size that is not a multiple of 128 MB in a Linux guest",
      linux(4096, 512, 8191),
      "vm1: vm1 has dynamic memory, with maximumMB 8191: Red Hat Enterprise Linux 9 needs multiples of 128 MB.",
      {
        found: { value: 8191, unit: "MB" },
        fix: "Use multiples of 128 MB: set dynamicMemory.maximumMB to 8064.",
        change: { path: "dynamicMemory.maximumMB", value: 8064 },
      },
    ],
    [
      "a size below the smallest multiple in a Linux guest",
      linux(128, 100, 128),
      "vm1: vm1 has dynamic memory, with minimumMB 100: Red Hat Enterprise Linux 9 needs multiples of 128 MB.",
      { change: { path: "dynamicMemory.minimumMB", value: 128 } },
    ],
    [
      "a 32-bit Linux guest",
      machine("Windows Server 2016", { guestOs: "CentOS 6.9", architecture: "x86" }),
      noDocument("CentOS 6.9 (x86)", "Windows Server 2016"),
    ],
    [
      "what any node of the cluster does not support, once",
      [
        cluster("c1"),
        ...[R2_SP1, R2, "Windows Server 2008"].map((operatingSystem, index) =>
          host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
        ),
        vm("vm1", { cluster: "c1", ...DYNAMIC }),
      ],
      noHost(R2),
    ],
    ["an old host, while the guest is not declared", withoutGuest(R2), noHost(R2)],
    ["an old host, while the guest is not known", machine(R2, { guestOs: UNKNOWN }), noHost(R2)],
  ],
  undecided: [
    ["an unknown minimum that matters", shrinking(4096, UNKNOWN), later("dynamicMemory.minimumMB")],
    ["an unknown startup memory that matters", shrinking(UNKNOWN, 512), later("memoryMB")],
    [
      "an unknown edition that the list distinguishes",
      machine(R2_SP1, { guestOs: "Windows 7", edition: UNKNOWN }),
      later("edition"),
    ],
    [
      "an unknown architecture that the list distinguishes",
      machine("Windows Server 2016", { guestOs: "CentOS 6.9", architecture: UNKNOWN }),
      later("architecture"),
    ],
    ["an unknown guest", machine(R2_SP1, { guestOs: UNKNOWN }), later("guestOs")],
    ...["dynamicMemory", "host"].map((property): Undecided => [
      `an unknown ${property}`,
      machine("Windows Server 2008", { [property]: UNKNOWN }),
      later(property),
    ]),
    ["an unknown size of a Linux guest", linux(512, 512, UNKNOWN), later("dynamicMemory.maximumMB")],
  ],
});
