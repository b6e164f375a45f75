import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { vmmBitsPort } from "../../../policies/vmm/vmm-bits-port";
import { firewall, judge, MALFORMED, UNKNOWN, vmmServer } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

/** Versions whose document gives a highest port. */
const LIMITED = ["VMM 2008", "VMM 2008 R2", "VMM 2008 R2 SP1", "VMM 2012"];
const UNLIMITED = ["VMM 2016", "VMM 1801", "VMM 2019", "VMM 2022", "VMM 2025"];
const BITS = "HTTPS (using BITS)";

function server(properties: PlainObject): readonly DeclaredResource[] {
  return [vmmServer("vmm1", properties)];
}

/** A server with ports that were chosen for connections. */
function chosen(version: string, ports: Readonly<Record<string, Plain>>, more: PlainObject = {}) {
  return server({ version, ports: Object.entries(ports).map(([connection, port]) => ({ connection, port })), ...more });
}

function tooHigh(version: string, port: number): string {
  return `vmm1: vmm1 (${version}) uses the port ${String(port)} for BITS transfers. The highest port that can be chosen is 32768.`;
}

function wrongBetweenHosts(port: number): string {
  return (
    `vmm1: vmm1 (VMM 2008 R2) uses the port ${String(port)} for VMM host-to-host file transfer (BITS). ` +
    "This version transfers files between hosts on TCP 30443."
  );
}

const HIGH_PORTS = LIMITED.flatMap((version): readonly Finds[] => [
  ...[32769, 65535].flatMap((port): readonly Finds[] => [
    [`${String(port)} as bitsPort of ${version}`, server({ version, bitsPort: port }), tooHigh(version, port)],
    ...["agent-data", "library-to-host"].map((connection): Finds => [
      `${String(port)} for ${connection} of ${version}`,
      chosen(version, { [connection]: port }),
      tooHigh(version, port),
    ]),
  ]),
  [`32769 for host-to-host of ${version}`, chosen(version, { "host-to-host": 32769 }), tooHigh(version, 32769)],
]);

/** A port that is used for transfers and for the control channel. */
function twiceOn(machines: string): string {
  return (
    `vmm1: vmm1 (VMM 2012) uses TCP 5985 for two connections on ${machines}: VMM management server to VMM agent on ` +
    `Windows Server-based host (data channel for file transfers) (${BITS}), and VMM management server to VMM agent on ` +
    "Windows Server-based host (control channel) (WS-Management)."
  );
}

const SQL = "VMM management server to remote Microsoft SQL Server database (TDS)";
const DATA = `VMM management server to VMM agent on Windows Server-based host (data channel for file transfers) (${BITS})`;
const TWO_CHOICES = { console: 9000, "console-https": 9000 };
const PORTAL = { selfServicePortal: { webServer: "hv1", clients: ["user1"] }, managedHosts: ["hv1"] };
const HOSTS = { managedHosts: ["hv1", "hv2"] };
const SQL_PORT = [{ connection: "sql", port: 5985, machine: "hv2" }];

function later(property: string): string {
  return `vmm1: ${property} is not known until deployment: not checked by vmm-bits-port.`;
}

ruleTest(vmmBitsPort, {
  passes: [
    ...LIMITED.flatMap((version): readonly Passes[] => [
      ...[1, 443, 32767, 32768].map((bitsPort): Passes => [
        `bitsPort ${String(bitsPort)} of ${version}`,
        server({ version, bitsPort }),
      ]),
      [`ports of ${version} that are not those of BITS`, chosen(version, { "agent-control": 50000, sql: 65535 })],
    ]),
    ...UNLIMITED.flatMap((version): readonly Passes[] => [
      [`any port as bitsPort of ${version}, which has no maximum`, server({ version, bitsPort: 65535 })],
      [`any port for transfers of ${version}`, chosen(version, { "agent-data": 65535, "host-to-host": 65535 })],
    ]),
    ["30443 between hosts of VMM 2008 R2", chosen("VMM 2008 R2", { "host-to-host": 30443 })],
    ["another bitsPort of VMM 2008 R2", server({ version: "VMM 2008 R2", bitsPort: 443 })],
    ["another port for other transfers of VMM 2008 R2", chosen("VMM 2008 R2", { "agent-data": 444 })],
    ...["VMM 2008", "VMM 2008 R2 SP1", "VMM 2012", "VMM 2022"].map((version): Passes => [
      `another port between hosts of ${version}`,
      chosen(version, { "host-to-host": 444 }),
    ]),
    [
      "one port of two connections on different computers",
      server({ managedHosts: ["hv1"], bitsPort: 1433, sqlServer: "sql1" }),
    ],
    ["the port of a connection that the server does not have", server({ bitsPort: 5985 })],
    ["a choice for another computer", server({ ...HOSTS, sqlServer: "hv1", ports: SQL_PORT })],
    ["two choices of different ports", chosen("VMM 2012", { ...TWO_CHOICES, console: 9001 }, { consoles: ["admin1"] })],
    ["a port that the document itself has twice", server(PORTAL)],
    ["the same as bitsPort", server({ ...PORTAL, bitsPort: 443 })],
    [
      "rows that are about one listener",
      chosen(
        "VMM 2012",
        { "winpe-control": 9000 },
        { consoles: ["admin1"], windowsPeHosts: ["new1"], pxeServers: ["pxe1"] },
      ),
    ],
    [
      "one port over UDP and TCP",
      server({ managedHosts: ["hv1"], bmcs: [{ name: "hv1", protocol: "IPMI" }], bitsPort: 623 }),
    ],
    ["an unknown port that nothing limits", server({ version: "VMM 2022", bitsPort: UNKNOWN, ports: UNKNOWN })],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [`${JSON.stringify(value)} as bitsPort, which the estate rule reports`, server({ bitsPort: value })],
      [`${JSON.stringify(value)} as version`, server({ version: value, bitsPort: 40000 })],
      [`${JSON.stringify(value)} as a chosen port`, chosen("VMM 2012", { "agent-data": value })],
    ]),
    ...[0, 65536].map((bitsPort): Passes => [`${String(bitsPort)}, which is not a port`, server({ bitsPort })]),
  ],
  finds: [
    [
      "a port above 32768",
      server({ version: "VMM 2012", bitsPort: 40000 }),
      tooHigh("VMM 2012", 40000),
      {
        found: { value: 40000 },
        limit: { bound: "atMost", value: 32768 },
        change: { path: "bitsPort", value: 443 },
        fix: "Set bitsPort to a free port from 1 to 32768, and open it in the firewalls.",
        source: "vmm-2012-ports",
        advisory: false,
      },
    ],
    ...HIGH_PORTS,
    [
      "one port that is declared twice, once",
      server({
        bitsPort: 40000,
        ports: [
          { connection: "agent-data", port: 40000 },
          { connection: "agent-data", port: 40000 },
        ],
      }),
      tooHigh("VMM 2012", 40000),
      {
        fix: "Set bitsPort, ports[0].port and ports[1].port to a free port from 1 to 32768, and open it in the firewalls.",
      },
    ],
    ...["VMM 2012 SP1", "VMM 2012 R2"].map((version): Finds => [
      `as advice of ${version}, which has no document of its own`,
      server({ version, bitsPort: 40000 }),
      tooHigh(version, 40000),
      { advisory: true },
    ]),
    ...[443, 30442, 30444].map((port): Finds => [
      `${String(port)} between hosts of VMM 2008 R2`,
      chosen("VMM 2008 R2", { "host-to-host": port }),
      wrongBetweenHosts(port),
      {
        found: { value: port },
        limit: { bound: "oneOf", value: [30443] },
        change: { path: "ports[0].port", value: 30443 },
        fix: "Set ports[0].port to 30443, and open it in the firewalls.",
        source: "kb971816",
      },
    ]),
    [
      "such a port only once, though something else listens on it too",
      chosen("VMM 2008 R2", { "host-to-host": 443 }, HOSTS),
      wrongBetweenHosts(443),
    ],
    [
      "a port that two connections have, on every computer",
      server({ managedHosts: ["hv1", "hv2", "hv3"], bitsPort: 5985 }),
      twiceOn("hv1, hv2 and hv3"),
      {
        found: { value: 5985 },
        limit: { bound: "not", value: 5985 },
        fix: "Set bitsPort to a port from 1 to 32768 that nothing else on hv1, hv2 and hv3 listens on, and open it in the firewalls.",
      },
    ],
    [
      "a port that two connections have on a computer of one name",
      server({ managedHosts: ["sql1"], bitsPort: 1433, sqlServer: "SQL1" }),
      `vmm1: vmm1 (VMM 2012) uses TCP 1433 for two connections on sql1: ${DATA}, and ${SQL}.`,
    ],
    [
      "a port that two connections have on a computer of one address",
      server({
        managedHosts: ["10.0.0.5"],
        bitsPort: 1433,
        sqlServer: "sql1",
        machines: [{ name: "sql1", address: "10.0.0.5" }],
      }),
      `vmm1: vmm1 (VMM 2012) uses TCP 1433 for two connections on sql1: ${DATA}, and ${SQL}.`,
    ],
    [
      "a port that was chosen for one computer",
      server({ ...HOSTS, sqlServer: "hv2", ports: SQL_PORT }),
      `vmm1: vmm1 (VMM 2012) uses TCP 5985 for two connections on hv2: ${SQL}, and VMM management server to VMM agent on ` +
        "Windows Server-based host (control channel) (WS-Management).",
      { fix: "Set ports[0].port to a port that nothing else on hv2 listens on, and open it in the firewalls." },
    ],
    [
      "two choices of one port",
      chosen("VMM 2012", TWO_CHOICES, { consoles: ["admin1"] }),
      "vmm1: vmm1 (VMM 2012) uses TCP 9000 for two connections on vmm1: VMM console to VMM management server (WCF), and " +
        "VMM console to VMM management server (HTTPS) (WCF).",
    ],
  ],
  undecided: [
    ["an unknown version", server({ version: UNKNOWN, bitsPort: 40000 }), later("version")],
    ["an unknown bitsPort", server({ bitsPort: UNKNOWN }), later("bitsPort")],
    [
      "an unknown port that nothing limits, which another connection may have",
      chosen("VMM 2012", { sql: UNKNOWN }),
      later("ports[0].port"),
    ],
    ["unknown ports", server({ ports: UNKNOWN }), later("ports")],
    ["an unknown connection", server({ ports: [{ connection: UNKNOWN, port: 40000 }] }), later("ports[0].connection")],
    ...(
      [
        ["VMM 2012", "agent-data"],
        ["VMM 2008 R2", "host-to-host"],
      ] as const
    ).map(([version, connection]): Undecided => [
      `an unknown port for ${connection} of ${version}`,
      chosen(version, { [connection]: UNKNOWN }),
      later("ports[0].port"),
    ]),
  ],
});

describe("vmm-bits-port", () => {
  it("offers no port where firewalls or another choice depend on the one that was chosen", () => {
    const changeOf = (resources: readonly DeclaredResource[]) => judge(vmmBitsPort, resources).violations[0]?.change;
    assert.deepEqual(changeOf(server({ bitsPort: 40000 })), { path: "bitsPort", value: 443 });
    const open = firewall("fw1", "vmm1", "hv1", { allow: [{ ports: ["40000"] }] });
    assert.equal(changeOf([...server({ bitsPort: 40000 }), open]), undefined);
    assert.equal(changeOf(chosen("VMM 2012", { sql: 443 }, { bitsPort: 40000 })), undefined);
  });
});
