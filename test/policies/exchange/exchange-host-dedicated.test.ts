import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain } from "../../../lib/estate/plain";
import { exchangeHostDedicated } from "../../../policies/exchange/exchange-host-dedicated";
import { cluster, host, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-host-dedicated.";
const DHCP = { roles: ["DHCP Server"] };
const BUSY = host("hv1", DHCP);
const CLEAN = host("hv2", { roles: ["RSAT"] });
const NODES = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"), host("hv2", DHCP), host("hv3", DHCP)];

function on(roles: Plain, ...versions: readonly string[]): readonly DeclaredResource[] {
  const all = versions.length === 0 ? ["Exchange 2013"] : versions;
  return [
    host("hv1", { roles }),
    ...all.map((version, index) => mailbox(`ex${String(index)}`, { host: "hv1" }, { version })),
  ];
}

/** What `Get-WindowsFeature` prints of a host that only runs and manages virtual machines. */
const FEATURES = [
  "RSAT-Hyper-V-Tools",
  "Hyper-V-PowerShell",
  "RSAT-Clustering-PowerShell",
  "WoW64-Support",
  "Windows-Defender-Features",
  "PowerShellRoot",
  "NET-Framework-45-Core",
  "WCF Services",
  "FS-FileServer",
  "NetworkATC",
  "Storage Replica",
];

function advises(advisory: boolean, ...versions: readonly string[]): Finds {
  return [
    `${advisory ? "advises" : "blocks"} for Exchange ${versions.join(" beside ")}`,
    on(["DHCP Server"], ...versions),
    "hv1: hv1 runs Exchange, and has 1 other role: DHCP Server.",
    { advisory },
  ];
}

ruleTest(exchangeHostDedicated, {
  passes: [
    [
      "what runs and manages virtual machines",
      on(["Hyper-V", "Failover Clustering", "File and Storage Services", "RSAT"]),
    ],
    ["no role", on([])],
    ["no declaration of roles", [host("hv1"), mailbox("ex1", { host: "hv1" })]],
    ["what Get-WindowsFeature prints of a host", on(FEATURES)],
    ["a host without Exchange", [host("hv1", DHCP), vm("a", { host: "hv1" })]],
    ["a host without other roles that may run Exchange", [BUSY, CLEAN, vm("ex1", { host: "hv2", exchange: UNKNOWN })]],
    ["an unknown host, where none has another role", [CLEAN, mailbox("ex1", { host: UNKNOWN })]],
    [
      "unknown owners, of which the host with another role cannot be one",
      [cluster("c1", { nodes: ["hv2"] }), BUSY, CLEAN, mailbox("ex1", { cluster: "c1", possibleOwners: UNKNOWN })],
    ],
    ...MALFORMED.filter((one) => !Array.isArray(one)).map((value): Passes => [
      `roles ${JSON.stringify(value)}, which the estate rule reports`,
      on(value),
    ]),
    ["a role of a wrong type, which the estate rule reports", on([{}])],
  ],
  finds: [
    [
      "another role",
      on(["Hyper-V", "DHCP Server"]),
      "hv1: hv1 runs Exchange, and has 1 other role: DHCP Server.",
      {
        found: { value: ["Hyper-V", "DHCP Server"] },
        limit: { bound: "noneOf", value: ["DHCP Server"] },
        source: "exchange-2013-virtualization",
        advisory: false,
      },
    ],
    [
      "several",
      on(["SQL Server", "Active Directory Domain Services"]),
      "hv1: hv1 runs Exchange, and has 2 other roles: SQL Server and Active Directory Domain Services.",
    ],
    [
      "a role that the table does not list, which is advice",
      on(["Veeam Backup & Replication"]),
      "hv1: hv1 runs Exchange, and has 1 role not known to be management software: Veeam Backup & Replication.",
      {
        advisory: true,
        fix: "Remove it from the host, unless it only manages the host and its virtual machines.",
      },
    ],
    [
      "both kinds, each on its own",
      on(["Veeam Backup & Replication", "DHCP Server"]),
      [
        "hv1: hv1 runs Exchange, and has 1 other role: DHCP Server.",
        "hv1: hv1 runs Exchange, and has 1 role not known to be management software: Veeam Backup & Replication.",
      ],
    ],
    ...["2010", "2010 SP1", "2010 SP3"].map((version) => advises(true, version)),
    ...["2013", "2016", "2019", "SE"].map((version) => advises(false, version)),
    advises(false, "2010 SP1", "2016"),
    ...[{ cluster: "c1" }, { cluster: "c1", host: "hv1" }].map((place): Finds => [
      `a node that may run a server with ${JSON.stringify(place)}`,
      [...NODES, mailbox("ex1", place)],
      "hv2: hv2 may come to run Exchange, and has 1 other role: DHCP Server.",
    ]),
    [
      "another role beside an unknown one",
      on(["DHCP Server", UNKNOWN]),
      "hv1: hv1 runs Exchange, and has 1 other role: DHCP Server.",
    ],
  ],
  undecided: [
    ["unknown roles", on(UNKNOWN), `hv1: roles ${LATER}`],
    ["an unknown role", on(["Hyper-V", UNKNOWN]), `hv1: roles[1] ${LATER}`],
    [
      "a machine on it of which it is not known whether it runs Exchange",
      [BUSY, CLEAN, vm("ex1", { host: "hv1", exchange: UNKNOWN })],
      `ex1: exchange ${LATER}`,
    ],
    ["a server on an unknown host", [BUSY, CLEAN, mailbox("ex1", { host: UNKNOWN })], `ex1: host ${LATER}`],
    ["a server in an unknown cluster", [BUSY, CLEAN, mailbox("ex1", { cluster: UNKNOWN })], `ex1: cluster ${LATER}`],
    [
      "a server with unknown owners that the host may be one of",
      [cluster("c1", { nodes: ["hv1"] }), BUSY, CLEAN, mailbox("ex1", { cluster: "c1", possibleOwners: UNKNOWN })],
      `ex1: possibleOwners ${LATER}`,
    ],
  ],
});
