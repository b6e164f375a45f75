import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { vmmPorts } from "../../../policies/vmm/vmm-ports";
import { firewall, judge, MALFORMED, resource, UNKNOWN, vmmServer } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";
import { CHOSEN, firewalls, portRows, server, type PortRow } from "./topologies";

/** The table of VMM 2008, VMM 2008 R2 and VMM 2008 R2 SP1. */
const ROWS_2008 = portRows(`
  | VMM server to VMM agent on Windows Server-based host (control) | WS-Management | tcp | 80 | vmm1 | hv1 |
  | VMM server to VMM agent on Windows Server-based host (control) | WS-Management | tcp | 80 | vmm1 | hv2 |
  | VMM server to VMM agent on Windows Server-based host (file transfers) | HTTPS (using BITS) | tcp | 443 | vmm1 | hv1 |
  | VMM server to VMM agent on Windows Server-based host (file transfers) | HTTPS (using BITS) | tcp | 443 | vmm1 | hv2 |
  | VMM server to remote Microsoft SQL Server database | TDS | tcp | 1433 | vmm1 | sql1 |
  | VMM server to P2V source agent | DCOM | tcp | 135 | vmm1 | old1 |
  | VMM Administrator Console to VMM server | WCF | tcp | 8100 | admin1 | vmm1 |
  | VMM Self-Service Portal Web server to VMM server | WCF | tcp | 8100 | ssp1 | vmm1 |
  | VMM Self-Service Portal to VMM self-service Web server | HTTPS | tcp | 443 | user1 | ssp1 |
  | VMM library server to hosts | BITS | tcp | 443 | lib1 | hv1 |
  | VMM library server to hosts | BITS | tcp | 443 | lib1 | hv2 |
  | VMM host-to-host file transfer | BITS | tcp | 443 | hv1 | hv2 |
  | VMM host-to-host file transfer | BITS | tcp | 443 | hv2 | hv1 |
  | VMRC connection to Virtual Server host | VMRC | tcp | 5900 | desk1 | vs1 |
  | VMConnect (RDP) to Hyper-V hosts | RDP | tcp | 2179 | desk1 | hv1 |
  | VMConnect (RDP) to Hyper-V hosts | RDP | tcp | 2179 | desk1 | hv2 |
  | Remote Desktop to virtual machines | RDP | tcp | 3389 | desk1 | web1 |
  | VMware Web Services communication | HTTPS | tcp | 443 | vmm1 | vc1 |
  | SFTP file transfer from VMware ESX Server 3.0 and VMware ESX Server 3.5 hosts | SFTP | tcp | 22 | vmm1 | esx1 |
  | File transfer from VMM server to VMware ESX Server 3i hosts | HTTPS | tcp | 443 | vmm1 | esx2 |
`);

/** On VMM 2008 R2 hosts transfer files to each other on 30443 (KB971816). */
const ROWS_2008_R2 = ROWS_2008.map((row) =>
  row.title === "VMM host-to-host file transfer" ? { ...row, ports: ["30443"] } : row,
);

/** The table of VMM 2012, with the ports that the tests choose where it gives none. */
const ROWS_2012 = portRows(`
  | VMM management server to P2V source agent (control channel) | DCOM | tcp | 135 | vmm1 | old1 |
  | VMM management server to load balancer | HTTP/HTTPS | tcp | 80/443 | vmm1 | lb1 |
  | VMM management server to WSUS server (data channel) | HTTP/HTTPS | tcp | 80/8530/443/8531 | vmm1 | wsus1 |
  | VMM management server to WSUS server (control channel) | HTTP/HTTPS | tcp | 80/8530/443/8531 | vmm1 | wsus1 |
  | VMM management server to VMM agent on Windows Server-based host (data channel for file transfers) | HTTPS (using BITS) | tcp | 443 | vmm1 | hv1 |
  | VMM management server to VMM agent on Windows Server-based host (data channel for file transfers) | HTTPS (using BITS) | tcp | 443 | vmm1 | hv2 |
  | VMM management server to Citrix XenServer host (customization data channel) | iSCSI | tcp | 3260 | vmm1 | xen1 |
  | VMM management server to XenServer host (control channel) | HTTPS | tcp | 5989 | vmm1 | xen1 |
  | VMM management server to remote Microsoft SQL Server database | TDS | tcp | 1433 | vmm1 | sql1 |
  | VMM management server to VMM agent on Windows Server-based host (control channel) | WS-Management | tcp | 5985 | vmm1 | hv1 |
  | VMM management server to VMM agent on Windows Server-based host (control channel) | WS-Management | tcp | 5985 | vmm1 | hv2 |
  | VMM management server to VMM agent on Windows Server-based host (control channel, SSL) | WS-Management | tcp | 5986 | vmm1 | hv1 |
  | VMM management server to VMM agent on Windows Server-based host (control channel, SSL) | WS-Management | tcp | 5986 | vmm1 | hv2 |
  | VMM management server to in-guest agent (VMM to virtual machine control channel) | WS-Management | tcp | 5985 | vmm1 | app1 |
  | VMM management server to P2V source agent (data channel) | BITS | tcp | 4443 | vmm1 | old1 |
  | VMM library server to hosts file transfer | BITS | tcp | 443 | lib1 | hv1 |
  | VMM library server to hosts file transfer | BITS | tcp | 443 | lib1 | hv2 |
  | VMM host-to-host file transfer | BITS | tcp | 443 | hv1 | hv2 |
  | VMM host-to-host file transfer | BITS | tcp | 443 | hv2 | hv1 |
  | VMM Self-Service Portal to VMM Self-Service Portal web server | HTTPS | tcp | 443 | user1 | ssp1 |
  | VMM Self-Service Portal web server to VMM management server | WCF | tcp | 8100 | ssp1 | vmm1 |
  | Console connections (RDP) to virtual machines through Hyper-V hosts (VMConnect) | RDP | tcp | 2179 | desk1 | hv1 |
  | Console connections (RDP) to virtual machines through Hyper-V hosts (VMConnect) | RDP | tcp | 2179 | desk1 | hv2 |
  | Remote Desktop to virtual machines | RDP | tcp | 3389 | desk1 | web1 |
  | VMM console to VMM management server | WCF | tcp | 8100 | admin1 | vmm1 |
  | VMM console to VMM management server (HTTPS) | WCF | tcp | 8101 | admin1 | vmm1 |
  | VMM console to VMM management server (NET.TCP) | WCF | tcp | 8102 | admin1 | vmm1 |
  | VMM console to VMM management server (HTTP) | WCF | tcp | 8103 | admin1 | vmm1 |
  | Windows PE agent to VMM management server (control channel) | WCF | tcp | 8101 | new1 | vmm1 |
  | Windows PE agent to VMM management server (time sync) | WCF | tcp | 8103 | new1 | vmm1 |
  | WDS provider to VMM management server | WCF | tcp | 8102 | pxe1 | vmm1 |
  | Storage Management Service to SMI-S provider | CIM-XML | tcp | 5988 | vmm1 | san1 |
  | VMM management server to VMware ESX Server 3i hosts | HTTPS | tcp | 443 | vmm1 | esx2 |
  | OOB connection - SMASH over WS-Man | HTTPS | tcp | 443 | vmm1 | bmc2 |
  | OOB connection IPMI | IPMI | udp | 623 | vmm1 | bmc1 |
  | BITS port for VMM transfers (data channel) | BITS | tcp | 443 | vmm1 | lib1 |
  | VMware ESX Server 3.0 and VMware ESX Server 3.5 hosts | SFTP | tcp | 22 | vmm1 | esx1 |
  | VMware Web Services communication | HTTPS | tcp | 443 | vmm1 | vc1 |
`);

/** `80`, `80 or 443`, `80, 8530, 443 or 8531`. */
function either(ports: readonly string[]): string {
  return ports.length < 2 ? ports.join("") : `${ports.slice(0, -1).join(", ")} or ${ports.at(-1) ?? ""}`;
}

/** A version, the rows of its document, and the ports that the tests choose where it gives none. */
type PortDocument = readonly [version: string, rows: readonly PortRow[], chosen: readonly PlainObject[]];

const DOCUMENTS: readonly PortDocument[] = [
  ["VMM 2008", ROWS_2008, []],
  ["VMM 2008 R2", ROWS_2008_R2, []],
  ["VMM 2008 R2 SP1", ROWS_2008, []],
  ["VMM 2012", ROWS_2012, CHOSEN],
];

/** Everything that a document has is open, over any of several ports. */
function opened([version, rows, ports]: PortDocument): readonly Passes[] {
  const vmm = server(version, { ports });
  const alternatives = rows.filter((row) => row.ports.length > 1);
  return [
    [`all connections of ${version}`, [vmm, ...firewalls(rows)]],
    ...alternatives.flatMap(({ title, to, ports: several }) =>
      several.map((port): Passes => {
        const open = rows.map((one) => (one.ports.length > 1 && one.to === to ? { ...one, ports: [port] } : one));
        return [`${title} of ${version} over ${port}`, [vmm, ...firewalls(open)]];
      }),
    ),
  ];
}

/** Each row of a document, while everything else is open. */
function closed([version, rows, chosen]: PortDocument): readonly Finds[] {
  const vmm = server(version, { ports: chosen });
  return rows.map((row): Finds => {
    const { title, ports, transport, from, to } = row;
    const same = rows.filter(
      (one) =>
        [one.from, one.to, one.transport].join() === [from, to, transport].join() && one.ports.join() === ports.join(),
    );
    const needed = same.map((one) => `${one.title} (${one.protocol})`).join("; ");
    return [
      `${title} of ${version}, from ${from} to ${to}`,
      [vmm, ...firewalls(rows, row)],
      `${from} to ${to}: ${from} to ${to} does not open ${transport.toUpperCase()} ${either(ports)} from ${from} to ${to}. ` +
        `${version} needs it: ${needed}.`,
      { advisory: false },
    ];
  });
}

/** What remains undecided of connections that no firewall is declared for. */
function unguarded(connections: string): string {
  return `vmm1: a firewall on the way of ${connections} is not declared: not checked by vmm-ports.`;
}

function later(name: string, property: string): string {
  return `${name}: ${property} is not known until deployment: not checked by vmm-ports.`;
}

function notDeclared(property: string): string {
  return `vmm1: ${property} is not declared: not checked by vmm-ports.`;
}

function allow(...ports: readonly Plain[]): PlainObject {
  return { allow: [{ ports }] };
}

/** `fw1 does not open TCP 443 from vmm1 to hv1`, as a finding of the firewall. */
function notOpen(ports: string, from: string, to: string, needed: string, version = "VMM 2012"): string {
  const them = / and |-/.test(ports) ? "them" : "it";
  return `fw1: fw1 does not open TCP ${ports} from ${from} to ${to}. ${version} needs ${them}: ${needed}.`;
}

const SERVER = "VMM management server";
const AGENT = `${SERVER} to VMM agent on Windows Server-based host`;
const TDS = `${SERVER} to remote Microsoft SQL Server database (TDS)`;
const CONTROL = `${AGENT} (control channel) (WS-Management)`;
const CONTROL_SSL = `${AGENT} (control channel, SSL) (WS-Management)`;
const DATA = `${AGENT} (data channel for file transfers) (HTTPS (using BITS))`;
const BETWEEN_HOSTS = "VMM host-to-host file transfer (BITS)";
const CONSOLE = `VMM console to ${SERVER}`;

const HOST_AGENT = "VMM server to VMM agent on Windows Server-based hosts and remote library servers";
const DYNAMIC = "VMM server to hosts, library servers and file servers (dynamic ports) (RPC)";
const FILE_SERVER = "VMM server to Windows file server";
const PERIMETER = "Host in an untrusted domain or perimeter network to";
const AGENT_NEEDS = [
  ["443", `${HOST_AGENT} (data channel for file transfers) (HTTPS (using BITS))`],
  ["49152-65535", DYNAMIC],
  ["5985", `${HOST_AGENT} (control channel) (WinRM)`],
  ["5986", `${HOST_AGENT} (control channel, SSL) (WinRM)`],
  [
    "80, 135, 139 and 445",
    "VMM server to VMM agent on hosts and remote library servers (control channel) (WinRM, RPC, NetBIOS, SMB)",
  ],
] as const;

/** The table of VMM 2016 to 2025: what is needed from one computer to another, and for what. */
const MODERN: readonly (readonly [
  from: string,
  to: string,
  ...needs: readonly (readonly [ports: string, rows: string])[],
])[] = [
  ["vmm1", "hv1", ...AGENT_NEEDS],
  ["vmm1", "lib1", ...AGENT_NEEDS],
  ["lib1", "hv1", ["443", "VMM library server to Hyper-V hosts file transfer (HTTPS (using BITS))"]],
  [
    "vmm1",
    "fs1",
    ["443", `${FILE_SERVER} (data channel for file transfers) (HTTPS (using BITS))`],
    ["49152-65535", DYNAMIC],
    ["5985 and 5986", `${FILE_SERVER} (control channel) (WinRM)`],
    ["80, 135, 139 and 445", `${FILE_SERVER} (control channel) (WinRM, RPC, NetBIOS, SMB)`],
  ],
  ["dmz1", "vmm1", ["443", `${PERIMETER} VMM server (data channel for file transfers) (HTTPS (using BITS))`]],
  ["dmz1", "lib1", ["443", `${PERIMETER} library server (data channel for file transfers) (HTTPS (using BITS))`]],
  ["vmm1", "vc1", ["443", "VMM server to VMware vCenter (web services) (HTTPS)"]],
  ["vc1", "vmm1", ["443", "VMware vCenter to VMM server (web services) (HTTPS)"]],
  ["vmm1", "esx1", ["22 and 443", "VMM server to VMware ESXi hosts (file transfer and web services) (SFTP, HTTPS)"]],
  ["esx1", "hv1", ["443 and 445", "VMware ESXi hosts to Hyper-V hosts (conversion) (HTTPS, SMB)"]],
  ["esx1", "vmm1", ["443", "VMware ESXi hosts to VMM server (conversion) (HTTPS)"]],
  ["vmm1", "pxe1", ["8102", "VMM server to WDS PXE provider (WCF)"]],
];
const MODERN_VERSIONS = ["VMM 2016", "VMM 1801", "VMM 1807", "VMM 2019", "VMM 2022", "VMM 2025"];

function modern(version: string, from: string, to: string): readonly DeclaredResource[] {
  const topology = {
    managedHosts: ["hv1"],
    libraryServers: ["lib1"],
    fileServers: ["fs1"],
    perimeterHosts: ["dmz1"],
    esxHosts: [{ name: "esx1" }],
    vcenterServers: ["vc1"],
    pxeServers: ["pxe1"],
  };
  return [vmmServer("vmm1", { version, ...topology }), firewall("fw1", from, to)];
}

/** A server of a later version whose dynamic ports are not open, but for those of `ports`. */
function fixedPorts(version: string, properties: PlainObject, ...ports: readonly string[]) {
  const vmm = vmmServer("vmm1", { version, fileServers: ["fs1"], managedHosts: ["hv1"], ...properties });
  return [vmm, firewall("fw1", "*", "*", allow("1-8000", "8100-8200", ...ports))];
}

const CLOSED = firewall("fw1", "*", "*");
const PORTLESS = vmmServer("vmm1", { p2vSources: ["old1", "old2"], smisProviders: ["san1", "san2"] });
const ALL_OPEN = firewall("fw1", "*", "*", { allow: [{ protocol: "any", ports: ["*"] }] });

/** A server with a database on sql1, and its firewalls. */
function sql(...firewalls: readonly DeclaredResource[]): readonly DeclaredResource[] {
  const machines = [{ name: "sql1", address: "10.0.0.5" }];
  return [vmmServer("vmm1", { host: "VMM-VM", sqlServer: "sql1", machines }), ...firewalls];
}

/** Ends of a firewall that mean the two computers, in other words. */
const NAMES_OF_BOTH = [
  ["vmm1", "sql1"],
  ["vmm-vm", "SQL1"],
  ["*", "10.0.0.5"],
  ["intranet", "10.0.0.0/24"],
  ["Any", "*"],
] as const;
const NAMES_OF_OTHERS = [
  ["sql1", "vmm1"],
  ["vmm1", "sql2"],
  ["internet", "sql1"],
  ["vmm1", "10.0.1.0/24"],
] as const;
const DENY_ALL_SQL = firewall("fw3", "*", "*", { deny: [{ protocol: "any", ports: ["1433"] }] });
const DENIED_SQL = `fw3: fw3 denies TCP 1433 from vmm1 to sql1. VMM 2012 needs it: ${TDS}.`;

/** A server with other computers, and firewalls from one end to another that open nothing. */
function named(properties: PlainObject, from: string, to: string): readonly DeclaredResource[] {
  return [vmmServer("vmm1", properties), firewall("fw1", from, to)];
}

const TWO_DOMAINS = {
  managedHosts: ["hv1.contoso.com", "hv1.fabrikam.com"],
  machines: [{ name: "hv1.contoso.com", address: "10.0.0.1" }],
};

/** A server of which not everything is known, behind a firewall that opens all. */
function partly(properties: PlainObject): readonly DeclaredResource[] {
  return [vmmServer("vmm1", properties), ALL_OPEN];
}

/** A server with a database on sql1, with what `machines` has about both. */
function grouped(own: PlainObject, database: PlainObject): DeclaredResource {
  const machines = [
    { name: "vmm1", ...own },
    { name: "sql1", ...database },
  ];
  return vmmServer("vmm1", { sqlServer: "sql1", address: "10.0.0.4", machines });
}

const AZURE = "azure-native:network:NetworkSecurityGroup";
const AZURE_LOCAL = "azure-native:azurestackhci:NetworkSecurityGroup";

function group(name: string, type: string, ...securityRules: readonly PlainObject[]): DeclaredResource {
  return resource(type, name, { resourceGroupName: "rg", securityRules });
}

function denyAll(direction: string): PlainObject {
  return {
    name: "deny",
    priority: 4096,
    direction,
    access: "Deny",
    protocol: "*",
    sourceAddressPrefix: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  };
}

const DENY = denyAll("Inbound");
const ALLOW_SQL = { ...DENY, name: "sql", access: "Allow", priority: 100, destinationPortRange: "1433" };

function inGroups(...networkSecurityGroups: readonly Plain[]): PlainObject {
  return { address: "10.0.0.5", networkSecurityGroups };
}

function deniedBy(name: string, rule = 'its rule "deny" (priority 4096)'): string {
  return `${name}: ${name} denies TCP 1433 from vmm1 to sql1 by ${rule}. VMM 2012 needs it: ${TDS}.`;
}

/** A server that is not in the virtual network, and a database behind a group. */
function outside(address: string, ...rules: readonly PlainObject[]): readonly DeclaredResource[] {
  const machines = [{ name: "sql1", ...inGroups("nsg1") }];
  return [vmmServer("vmm1", { sqlServer: "sql1", address, machines }), group("nsg1", AZURE, ...rules)];
}

const SQL_OF_GROUP = {
  ...ALLOW_SQL,
  destinationAddressPrefix: null,
  destinationApplicationSecurityGroups: [
    { id: "/subscriptions/s/resourceGroups/rg/providers/x/applicationSecurityGroups/ASG-SQL" },
  ],
};
const BY_APPLICATION = group("nsg1", AZURE, DENY, SQL_OF_GROUP);
const FOR_ADDRESS = group("nsg1", AZURE, { ...DENY, destinationAddressPrefix: "10.0.0.5" });
const TAGGED = { ...DENY, sourceAddressPrefix: "AzureCloud" };

ruleTest(vmmPorts, {
  passes: [
    ...DOCUMENTS.flatMap(opened),
    ...MODERN_VERSIONS.map((version): Passes => [
      `dynamic ports of ${version} that are open`,
      fixedPorts(version, {}, "49152-65535"),
    ]),
    [
      "a port that was chosen instead of the dynamic ones",
      fixedPorts("VMM 2022", { ports: [{ connection: "dynamic", port: 50000 }] }, "50000"),
    ],
    ["dynamic ports, which VMM 2012 does not need", fixedPorts("VMM 2012", { fileServers: [] })],
    ["connections without a fixed port where no firewall is declared", [PORTLESS]],
    ...NAMES_OF_BOTH.map(([from, to]): Passes => [
      `a firewall that opens it from ${from} to ${to}`,
      sql(firewall("fw1", from, to, allow("1433"))),
    ]),
    [
      "what one of two firewalls opens",
      sql(firewall("fw1", "vmm1", "sql1"), firewall("fw2", "*", "sql1", allow("1400-1500"))),
    ],
    ["an unknown port that does not matter", sql(firewall("fw1", "vmm1", "sql1", allow(UNKNOWN, "1433")))],
    ["an unknown end that does not matter", sql(firewall("fw1", UNKNOWN, "sql1", allow("1433")))],
    ...MALFORMED.filter((value) => typeof value !== "string" && typeof value !== "number").map((value): Passes => [
      `${JSON.stringify(value)} as an end, which the estate rule reports`,
      sql(firewall("fw1", value, "sql1")),
    ]),
    ...["443x", "65536", "2-1", true].map((port): Passes => [
      `${JSON.stringify(port)} as a port, which the estate rule reports`,
      sql(firewall("fw1", "vmm1", "sql1", allow(port))),
    ]),
    ["no firewall at all", sql()],
    ["no firewall, whatever is unknown", [vmmServer("vmm1", { version: UNKNOWN, managedHosts: UNKNOWN })]],
    [
      "a service tag whose addresses do not matter",
      outside("203.0.113.4", { ...TAGGED, access: "Allow" }, { ...ALLOW_SQL, name: "last" }),
    ],
    [
      "a rule of a group that allows it before another denies it",
      [grouped({}, inGroups("nsg1")), group("nsg1", AZURE, DENY, ALLOW_SQL)],
    ],
    [
      "a group of the computer that listens, of the other direction",
      [grouped({}, inGroups("nsg1")), group("nsg1", AZURE, denyAll("Outbound"))],
    ],
    [
      "a group of the computer that connects, of the other direction",
      [grouped({ networkSecurityGroups: ["nsg1"] }, { address: "10.0.0.5" }), group("nsg1", AZURE, DENY)],
    ],
    ["what the default rules allow", outside("10.9.9.9")],
    [
      "a rule of a group of Azure Local that is a resource of its own",
      [
        grouped({}, inGroups("nsg1")),
        group("nsg1", AZURE_LOCAL),
        resource("azure-native:azurestackhci/v20250201preview:SecurityRule", "sql", {
          networkSecurityGroupName: "nsg1",
          priority: 100,
          direction: "Inbound",
          access: "Allow",
          protocol: "Tcp",
          sourceAddressPrefixes: ["10.0.0.0/24"],
          destinationAddressPrefixes: ["*"],
          destinationPortRanges: ["1433"],
        }),
      ],
    ],
    [
      "a rule for the application security group of the computer",
      [grouped({}, { ...inGroups("nsg1"), applicationSecurityGroups: ["asg-sql"] }), BY_APPLICATION],
    ],
  ],
  finds: [
    ...DOCUMENTS.flatMap(closed),
    [
      "a port that is not open",
      [vmmServer("vmm1", { consoles: ["admin1"] }), firewall("fw1", "admin1", "vmm1", allow("8101-8103"))],
      notOpen("8100", "admin1", "vmm1", `${CONSOLE} (WCF)`),
      {
        found: { value: [8100], unit: "closed ports" },
        limit: { bound: "noneOf", value: [8100], unit: "closed ports" },
        change: { path: "allow[0].ports", value: ["8101-8103", "8100"] },
        fix: "Open TCP 8100 from admin1 to vmm1. If another port was chosen (VMM setup), declare it in ports of vmm1 as console.",
        source: "vmm-2012-ports",
        advisory: false,
      },
    ],
    [
      "two connections of one firewall, with one change for both",
      [vmmServer("vmm1", { managedHosts: ["hv1"] }), firewall("fw1", "vmm1", "hv1", allow("443"))],
      [notOpen("5985", "vmm1", "hv1", CONTROL), notOpen("5986", "vmm1", "hv1", CONTROL_SSL)],
      { change: { path: "allow[0].ports", value: ["443", "5985", "5986"] } },
    ],
    [
      "one of several ports, which the user chooses",
      [vmmServer("vmm1", { loadBalancers: ["lb1"] }), firewall("fw1", "vmm1", "lb1", allow("22"))],
      "fw1: fw1 does not open TCP 80 or 443 from vmm1 to lb1. VMM 2012 needs it: VMM management server to load balancer (HTTP/HTTPS).",
      {
        found: { value: [80, 443], unit: "closed ports" },
        limit: { bound: "oneOf", value: [80, 443], unit: "open ports" },
      },
    ],
    [
      "a port that VMM 2008 R2 can use no other for, without advice to choose one",
      [vmmServer("vmm1", { version: "VMM 2008 R2", managedHosts: ["hv1", "hv2"] }), firewall("fw1", "hv1", "hv2")],
      notOpen("30443", "hv1", "hv2", BETWEEN_HOSTS, "VMM 2008 R2"),
      { fix: "Open TCP 30443 from hv1 to hv2.", undecided: [unguarded("5 connections")] },
    ],
    [
      "a port of BITS, with the highest that can be chosen",
      [vmmServer("vmm1", { version: "VMM 2008", managedHosts: ["hv1", "hv2"] }), firewall("fw1", "hv1", "hv2")],
      notOpen("443", "hv1", "hv2", BETWEEN_HOSTS, "VMM 2008"),
      {
        fix: "Open TCP 443 from hv1 to hv2. If another port was chosen (registry), declare it in ports of vmm1 as host-to-host; it can be at most 32768.",
        undecided: [unguarded("5 connections")],
      },
    ],
    ...["VMM 2012 SP1", "VMM 2012 R2"].map((version): Finds => [
      `as advice of ${version}, which has no document of its own, and no portal`,
      [
        vmmServer("vmm1", {
          version,
          sqlServer: "sql1",
          selfServicePortal: { webServer: "ssp1", clients: ["user1"] },
        }),
        firewall("fw1", "*", "sql1"),
        firewall("fw2", "*", "ssp1"),
      ],
      notOpen("1433", "vmm1", "sql1", TDS, version),
      { advisory: true },
    ]),
    ...MODERN_VERSIONS.flatMap((version) =>
      MODERN.map(([from, to, ...needs]): Finds => [
        `what ${version} needs from ${from} to ${to}`,
        modern(version, from, to),
        needs.map(([ports, rows]) => notOpen(ports, from, to, rows, version)),
        { undecided: [unguarded(`${String(24 - needs.length)} connections`)] },
      ]),
    ),
    [
      "the dynamic ports of VMM 2016 and later, as advice",
      fixedPorts("VMM 2022", { fileServers: [] }),
      notOpen("49152-65535", "vmm1", "hv1", DYNAMIC, "VMM 2022"),
      {
        found: { value: ["49152-65535"], unit: "closed ports" },
        fix: "Open TCP 49152-65535 from vmm1 to hv1. If Windows is set to another port, declare it in ports of vmm1 as dynamic.",
        source: "vmm-2016-ports",
        advisory: true,
      },
    ],
    ...[undefined, "49152-65534", "49153-65535"].map((half): Finds => [
      `the dynamic ports between each two computers, beside ${half ?? "none"}`,
      fixedPorts("VMM 2022", {}, ...(half === undefined ? [] : [half])),
      ["fs1", "hv1"].map((to) => notOpen("49152-65535", "vmm1", to, DYNAMIC, "VMM 2022")),
      { advisory: true },
    ]),
    [
      "a port that was chosen instead of the dynamic ones",
      fixedPorts("VMM 2022", { ports: [{ connection: "dynamic", port: 50000 }] }),
      ["fs1", "hv1"].map((to) => notOpen("50000", "vmm1", to, DYNAMIC, "VMM 2022")),
      { fix: "Open TCP 50000 from vmm1 to fs1." },
    ],
    [
      "the port that was chosen for all that share a listener",
      [
        vmmServer("vmm1", {
          consoles: ["admin1"],
          selfServicePortal: { webServer: "ssp1" },
          ports: [{ connection: "console", port: 9000 }],
        }),
        CLOSED,
      ],
      [
        notOpen("8101", "admin1", "vmm1", `${CONSOLE} (HTTPS) (WCF)`),
        notOpen("8102", "admin1", "vmm1", `${CONSOLE} (NET.TCP) (WCF)`),
        notOpen("8103", "admin1", "vmm1", `${CONSOLE} (HTTP) (WCF)`),
        notOpen("9000", "admin1", "vmm1", `${CONSOLE} (WCF)`),
        notOpen("9000", "ssp1", "vmm1", `VMM Self-Service Portal web server to ${SERVER} (WCF)`),
      ],
    ],
    [
      "the ports that were chosen for all computers and for one",
      [
        vmmServer("vmm1", {
          managedHosts: ["hv1", "hv2"],
          bitsPort: 444,
          ports: [
            { connection: "agent-control", port: 8080 },
            { connection: "agent-control", port: 8081, machine: "HV2" },
          ],
        }),
        firewall("fw1", "vmm1", "*"),
      ],
      [
        notOpen("444", "vmm1", "hv1", DATA),
        notOpen("444", "vmm1", "hv2", DATA),
        notOpen("5986", "vmm1", "hv1", CONTROL_SSL),
        notOpen("5986", "vmm1", "hv2", CONTROL_SSL),
        notOpen("8080", "vmm1", "hv1", CONTROL),
        notOpen("8081", "vmm1", "hv2", CONTROL),
      ],
      { undecided: [unguarded("2 connections")] },
    ],
    ...(
      [
        ["VMM 2008 R2", "30443"],
        ["VMM 2008 R2 SP1", "444"],
      ] as const
    ).map(([version, port]): Finds => [
      `the port of BITS between hosts of ${version}`,
      [vmmServer("vmm1", { managedHosts: ["hv1", "hv2"], bitsPort: 444, version }), firewall("fw1", "hv1", "hv2")],
      notOpen(port, "hv1", "hv2", BETWEEN_HOSTS, version),
      { undecided: [unguarded("5 connections")] },
    ]),
    ...NAMES_OF_BOTH.map(([from, to]): Finds => [
      `a firewall that does not open it from ${from} to ${to}`,
      sql(firewall("fw1", from, to, allow("1434"))),
      notOpen("1433", "vmm1", "sql1", TDS),
    ]),
    [
      "a port that is open and denied",
      sql(firewall("fw1", "vmm1", "sql1"), firewall("fw2", "*", "sql1", allow("*")), DENY_ALL_SQL),
      DENIED_SQL,
      { fix: "Do not deny TCP 1433 from vmm1 to sql1 in fw3." },
    ],
    [
      "a port that is denied and not open",
      sql(firewall("fw1", "vmm1", "sql1"), DENY_ALL_SQL),
      DENIED_SQL,
      { fix: "Do not deny TCP 1433 from vmm1 to sql1 in fw3, and open it." },
    ],
    [
      "a port that is open, denied by a firewall, and denied by a group",
      [
        grouped({}, inGroups("nsg1")),
        firewall("fw2", "*", "sql1", allow("*")),
        DENY_ALL_SQL,
        group("nsg1", AZURE, DENY),
      ],
      DENIED_SQL,
      {
        fix: "Do not deny TCP 1433 from vmm1 to sql1 in fw3, and allow it in nsg1 by a rule with a priority number lower than 4096.",
      },
    ],
    [
      "a port that is open over another transport",
      sql(firewall("fw1", "vmm1", "sql1", { allow: [{ protocol: "udp", ports: ["1433"] }] })),
      notOpen("1433", "vmm1", "sql1", TDS),
    ],
    [
      "a port that is not open, whatever else is denied",
      sql(
        firewall("fw1", "vmm1", "sql1", allow("443")),
        firewall("fw2", "vmm1", "sql1", { deny: [{ ports: [UNKNOWN] }] }),
      ),
      notOpen("1433", "vmm1", "sql1", TDS),
    ],
    ...(
      [
        ["sql1", "SQL1.contoso.com"],
        ["sql1.contoso.com", "sql1"],
        ["sql1.contoso.com", "sql1.contoso.com"],
      ] as const
    ).map(([declared, called]): Finds => [
      `${declared}, which a firewall calls ${called}`,
      named({ sqlServer: declared }, "vmm1", called),
      notOpen("1433", "vmm1", declared, TDS),
    ]),
    [
      "a port that was chosen for a computer by its full name",
      named({ sqlServer: "sql1", ports: [{ connection: "sql", port: 1450, machine: "sql1.contoso.com" }] }, "*", "*"),
      notOpen("1450", "vmm1", "sql1", TDS),
    ],
    [
      "one of two computers with one short name",
      named(TWO_DOMAINS, "hv1.fabrikam.com", "10.0.0.1"),
      notOpen("443", "hv1.fabrikam.com", "hv1.contoso.com", BETWEEN_HOSTS),
      { undecided: [unguarded("7 connections")] },
    ],
    [
      "a rule of the group of the computer that listens",
      [grouped({}, inGroups("nsg1")), group("nsg1", AZURE, DENY)],
      deniedBy("nsg1"),
      { fix: "Allow TCP 1433 from vmm1 to sql1 in nsg1 by a rule with a priority number lower than 4096." },
    ],
    [
      "a rule that no other can come before",
      [grouped({}, inGroups("nsg1")), group("nsg1", AZURE, { ...DENY, priority: 100 })],
      deniedBy("nsg1", 'its rule "deny" (priority 100)'),
      { fix: 'Do not deny TCP 1433 from vmm1 to sql1 by the rule "deny" in nsg1.' },
    ],
    [
      "a rule of the group of the computer that connects",
      [
        grouped({ networkSecurityGroups: ["nsg1"] }, { address: "10.0.0.5" }),
        group("nsg1", AZURE, denyAll("Outbound")),
      ],
      deniedBy("nsg1"),
    ],
    [
      "one of two groups that denies it",
      [grouped({}, inGroups("nsg1", "nsg2")), group("nsg1", AZURE, ALLOW_SQL), group("nsg2", AZURE, DENY)],
      deniedBy("nsg2"),
    ],
    [
      "the default rule of a group",
      outside("203.0.113.9"),
      deniedBy("nsg1", "its default rule DenyAllInBound (priority 65500)"),
    ],
    [
      "a service tag with addresses that do not matter",
      outside("203.0.113.4", TAGGED, { ...DENY, name: "last" }),
      deniedBy("nsg1", 'its rule "last" (priority 4096)'),
    ],
    [
      "the default rule of a group of Azure Local, as advice, since it is only supposed",
      [grouped({}, inGroups("nsg1")), group("nsg1", AZURE_LOCAL)],
      deniedBy("nsg1", "its default rule default (priority 65500)"),
      { advisory: true },
    ],
    [
      "a rule for the address of a computer, of a group that no computer is declared to be in",
      [grouped({}, { address: "10.0.0.5" }), FOR_ADDRESS],
      deniedBy("nsg1"),
    ],
    [
      "a rule for another application security group",
      [grouped({}, { ...inGroups("nsg1"), applicationSecurityGroups: ["asg-web"] }), BY_APPLICATION],
      deniedBy("nsg1"),
    ],
  ],
  undecided: [
    ["what no firewall is declared for", modern("VMM 2022", "pxe1", "vmm1"), unguarded("24 connections")],
    [
      "connections without a fixed port, once",
      [PORTLESS, ALL_OPEN],
      "vmm1: ports[p2v-data] and ports[smis] are not declared: not checked by vmm-ports.",
    ],
    [
      "connections without a fixed port that no firewall is declared for",
      [PORTLESS, firewall("fw1", "vmm1", "sql1")],
      unguarded("6 connections"),
    ],
    [
      "one connection without a fixed port beside others without a firewall",
      [PORTLESS, firewall("fw1", "vmm1", "old1", allow("135"))],
      "vmm1: a firewall on the way of 4 connections and ports[p2v-data] are not declared: not checked by vmm-ports.",
    ],
    ...NAMES_OF_OTHERS.map(([from, to]): Undecided => [
      `a firewall from ${from} to ${to}, which is not on the path`,
      sql(firewall("fw1", from, to)),
      unguarded("1 connection"),
    ]),
    [
      "a firewall that denies another transport",
      sql(firewall("fw3", "*", "*", { deny: [{ protocol: "udp", ports: ["1433"] }] })),
      unguarded("1 connection"),
    ],
    [
      "an unknown port of a firewall",
      sql(firewall("fw1", "vmm1", "sql1", allow(UNKNOWN))),
      later("fw1", "allow[0].ports[0]"),
    ],
    ["an unknown list of a firewall", sql(firewall("fw1", "vmm1", "sql1", { allow: UNKNOWN })), later("fw1", "allow")],
    ["an unknown end of a firewall", sql(firewall("fw1", UNKNOWN, "sql1", allow("443"))), later("fw1", "from")],
    [
      "an unknown end of a firewall before another computer",
      sql(firewall("fw1", UNKNOWN, "sql2", allow("443"))),
      unguarded("1 connection"),
    ],
    [
      "an unknown port that may be denied",
      sql(
        firewall("fw1", "vmm1", "sql1", allow("1433")),
        firewall("fw2", "vmm1", "sql1", { deny: [{ ports: [UNKNOWN] }] }),
      ),
      later("fw2", "deny[0].ports[0]"),
    ],
    ...["sql1.fabrikam.com", "sql"].map((called): Undecided => [
      `sql1.contoso.com, which ${called} does not mean`,
      named({ sqlServer: "sql1.contoso.com" }, "vmm1", called),
      unguarded("1 connection"),
    ]),
    [
      "a library server that is the managed host, by another name",
      named({ version: "VMM 2008", libraryServers: ["lib1.contoso.com"], managedHosts: ["lib1"] }, "lib1", "lib1"),
      unguarded("2 connections"),
    ],
    ["an unknown version", partly({ version: UNKNOWN }), later("vmm1", "version")],
    ["unknown hosts", partly({ managedHosts: UNKNOWN }), later("vmm1", "managedHosts")],
    ["an unknown host", partly({ managedHosts: ["hv1", UNKNOWN] }), later("vmm1", "managedHosts[1]")],
    ["unknown ports", partly({ sqlServer: "sql1", ports: UNKNOWN }), later("vmm1", "ports")],
    ["an ESX host without a version", partly({ esxHosts: [{ name: "esx1" }] }), notDeclared("esxHosts[0].version")],
    [
      "a service tag whose addresses nobody knows",
      outside("203.0.113.4", { ...TAGGED, access: "Allow" }, DENY),
      "nsg1: which addresses AzureCloud means is not known: not checked by vmm-ports.",
    ],
    ...(
      [
        [
          "a group with a rule for another address",
          group("nsg1", AZURE, { ...DENY, destinationAddressPrefix: "10.0.0.9" }),
        ],
        ["a group without a rule for an address", group("nsg1", AZURE, DENY)],
      ] as const
    ).map(([name, nsg]): Undecided => [
      `${name}, of a computer that is in no group`,
      [grouped({}, { address: "10.0.0.5" }), nsg],
      unguarded("1 connection"),
    ]),
    [
      "a group with a rule for another computer's address",
      [grouped({}, { address: "10.0.0.6" }), FOR_ADDRESS],
      unguarded("1 connection"),
    ],
    [
      "a rule for an application security group of a computer without any",
      [grouped({}, inGroups("nsg1")), BY_APPLICATION],
      notDeclared("machines[1].applicationSecurityGroups"),
    ],
    [
      "an unknown source of a rule",
      [grouped({}, inGroups("nsg1")), group("nsg1", AZURE, DENY, { ...ALLOW_SQL, sourceAddressPrefix: UNKNOWN })],
      later("nsg1", "securityRules[1].sourceAddressPrefix"),
    ],
    [
      "a group that is not declared",
      [grouped({}, inGroups("nsg1", "nsg9")), group("nsg1", AZURE, ALLOW_SQL)],
      notDeclared("machines[1].networkSecurityGroups[1]"),
    ],
    [
      "an address that a rule needs, of the computer that listens",
      [
        grouped({}, { networkSecurityGroups: ["nsg1"] }),
        group("nsg1", AZURE, DENY, { ...ALLOW_SQL, destinationAddressPrefix: "10.0.0.0/24" }),
      ],
      notDeclared("machines[1].address"),
    ],
    [
      "an address that a rule needs, of the computer that connects",
      [
        vmmServer("vmm1", {
          host: "vmm-vm",
          sqlServer: "sql1",
          machines: [{ name: "sql1", networkSecurityGroups: ["nsg1"] }],
        }),
        group("nsg1", AZURE, DENY, { ...ALLOW_SQL, sourceAddressPrefix: "10.0.0.0/24" }),
      ],
      notDeclared("machines[vmm1].address"),
    ],
  ],
});

describe("vmm-ports to VMware ESX Server", () => {
  /** A server with an ESX host, and a firewall from one to the other and back that opens what is given. */
  function withEsx(version: string, toEsx: readonly string[], toVmm: readonly string[], esx = "ESX 3.5") {
    return [
      vmmServer("vmm1", { version, esxHosts: [{ name: "esx1", version: esx }] }),
      firewall("fw1", "vmm1", "esx1", allow(...toEsx)),
      firewall("fw2", "esx1", "vmm1", allow(...toVmm)),
    ];
  }

  for (const version of ["VMM 2008", "VMM 2008 R2", "VMM 2012"]) {
    it(`B7: ${version} reaches the SFTP server of the ESX host`, () => {
      assert.deepEqual(judge(vmmPorts, withEsx(version, ["22", "443"], ["80"])).findings, []);
    });

    it(`B7: ${version} finds a firewall that opens SFTP the other way round`, () => {
      const { findings } = judge(vmmPorts, withEsx(version, ["443"], ["22"]));
      assert.deepEqual(
        findings.map((text) => text.split(". ")[0]),
        ["fw1: fw1 does not open TCP 22 from vmm1 to esx1"],
      );
    });
  }

  it("B7: ESX Server 3i is reached over HTTPS", () => {
    assert.deepEqual(judge(vmmPorts, withEsx("VMM 2012", ["443"], ["80"], "ESX 3i")).findings, []);
  });
});
