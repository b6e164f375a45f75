import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { vmmPorts as rule } from "../../../policies/vmm/vmm-ports";
import { firewall, judge, MALFORMED, resource, UNKNOWN, vmmServer } from "../../kit";
import { CHOSEN, firewalls, portRows, server, type PortRow } from "./topologies";

const SILENT = { findings: [], undecided: [] };

/** What is said of connections that no firewall is declared for. */
function unguarded(connections: string) {
  const text = `vmm1: a firewall on the way of ${connections} is not declared: not checked by vmm-ports.`;
  return { findings: [], undecided: [text] };
}

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

/** Opens everything, then everything but one row. */
function document(version: string, rows: readonly PortRow[], chosen: readonly object[]): void {
  const vmm = server(version, { ports: chosen.map((one) => ({ ...one })) });

  describe(`knows each connection of ${version}`, () => {
    it("and says nothing while all are open", () => {
      const { findings, undecided, applied } = judge(rule, [vmm, ...firewalls(rows)]);
      assert.deepEqual({ findings, undecided, applied }, { ...SILENT, applied: 1 });
    });

    for (const row of rows) {
      const { ports, transport, from, to } = row;
      it(`${row.title}, from ${from} to ${to}`, () => {
        const same = rows.filter(
          (one) =>
            [one.from, one.to, one.transport].join() === [from, to, transport].join() &&
            one.ports.join() === ports.join(),
        );
        const needed = same.map(({ title, protocol }) => `${title} (${protocol})`).join("; ");
        const { findings, undecided, advisory } = judge(rule, [vmm, ...firewalls(rows, row)]);
        assert.deepEqual(findings, [
          `${from} to ${to}: ${from} to ${to} does not open ${transport.toUpperCase()} ${either(ports)} from ${from} to ${to}. ` +
            `${version} needs it: ${needed}.`,
        ]);
        assert.deepEqual({ undecided, advisory }, { undecided: [], advisory: [] });
      });
    }

    for (const row of rows.filter(({ ports }) => ports.length > 1)) {
      it(`${row.title}, over any of its ports`, () => {
        for (const port of row.ports) {
          const opened = rows.map((one) =>
            one.ports.length > 1 && one.to === row.to ? { ...one, ports: [port] } : one,
          );
          assert.deepEqual(judge(rule, [vmm, ...firewalls(opened)]).findings, [], port);
        }
      });
    }
  });
}

describe("vmm-ports", () => {
  document("VMM 2008", ROWS_2008, []);
  document("VMM 2008 R2", ROWS_2008_R2, []);
  document("VMM 2008 R2 SP1", ROWS_2008, []);
  document("VMM 2012", ROWS_2012, CHOSEN);

  it("gives the document as the source, and how to change the port", () => {
    const console1 = vmmServer("vmm1", { consoles: ["admin1"] });
    const { messages } = judge(rule, [
      console1,
      firewall("fw1", "admin1", "vmm1", { allow: [{ ports: ["8101-8103"] }] }),
    ]);
    assert.deepEqual(messages, [
      [
        "fw1 does not open TCP 8100 from admin1 to vmm1. VMM 2012 needs it: VMM console to VMM management server (WCF).",
        "Why: VMM cannot manage what it cannot reach: jobs fail, hosts show as not responding and transfers stop.",
        "Fix: Open TCP 8100 from admin1 to vmm1; where another port was chosen (VMM setup), declare it in ports.",
        "Source: Ports and Protocols of System Center 2012 Virtual Machine Manager",
      ].join("\n"),
    ]);
  });

  it("only advises about versions without a document, and not about what they do not have", () => {
    for (const version of ["VMM 2012 SP1", "VMM 2012 R2"]) {
      const vmm = vmmServer("vmm1", {
        version,
        sqlServer: "sql1",
        selfServicePortal: { webServer: "ssp1", clients: ["user1"] },
      });
      const { findings, advisory } = judge(rule, [vmm, firewall("fw1", "*", "sql1"), firewall("fw2", "*", "ssp1")]);
      assert.deepEqual([findings.length, advisory], [1, ["fw1"]]);
    }
  });

  describe("knows the table of VMM 2016 to 2025", () => {
    const topology = {
      managedHosts: ["hv1"],
      libraryServers: ["lib1"],
      fileServers: ["fs1"],
      perimeterHosts: ["dmz1"],
      esxHosts: [{ name: "esx1" }],
      vcenterServers: ["vc1"],
      pxeServers: ["pxe1"],
    };
    const needs: readonly (readonly [from: string, to: string, ports: readonly string[]])[] = [
      ["vmm1", "hv1", ["443", "49152-65535", "5985", "5986", "80, 135, 139 and 445"]],
      ["vmm1", "lib1", ["443", "49152-65535", "5985", "5986", "80, 135, 139 and 445"]],
      ["lib1", "hv1", ["443"]],
      ["vmm1", "fs1", ["443", "49152-65535", "5985 and 5986", "80, 135, 139 and 445"]],
      ["dmz1", "vmm1", ["443"]],
      ["dmz1", "lib1", ["443"]],
      ["vmm1", "vc1", ["443"]],
      ["vc1", "vmm1", ["443"]],
      ["vmm1", "esx1", ["22 and 443"]],
      ["esx1", "hv1", ["443 and 445"]],
      ["esx1", "vmm1", ["443"]],
      ["vmm1", "pxe1", ["8102"]],
      ["pxe1", "vmm1", []],
    ];
    for (const version of ["VMM 2016", "VMM 1801", "VMM 1807", "VMM 2019", "VMM 2022", "VMM 2025"]) {
      it(version, () => {
        for (const [from, to, ports] of needs) {
          const { findings } = judge(rule, [vmmServer("vmm1", { version, ...topology }), firewall("fw1", from, to)]);
          const found = findings.map((text) => /TCP (.*) from/.exec(text)?.[1]);
          assert.deepEqual(found, [...ports].sort(), `${from} to ${to}`);
        }
      });
    }
  });

  describe("asks for the dynamic ports of VMM 2016 and later, as advice", () => {
    const said = (version: string, properties: PlainObject, ...ports: readonly string[]) => {
      const vmm = vmmServer("vmm1", { version, fileServers: ["fs1"], managedHosts: ["hv1"], ...properties });
      const { messages, advisory } = judge(rule, [vmm, firewall("fw1", "*", "*", { allow: [{ ports }] })]);
      return { messages: messages.map((text) => text.split("\n").filter((line) => !line.startsWith("Why"))), advisory };
    };
    const FIXED = ["1-8000", "8100-8200"];

    it("as a whole", () => {
      assert.deepEqual(said("VMM 2022", { fileServers: [] }, ...FIXED), {
        messages: [
          [
            "fw1 does not open TCP 49152-65535 from vmm1 to hv1. VMM 2022 needs it: VMM server to hosts, library servers and file servers (dynamic ports) (RPC).",
            "Fix: Open TCP 49152-65535 from vmm1 to hv1, or what Windows is told to use instead.",
            "Source: Identify VMM ports and protocols (VMM 2016 to 2025), https://learn.microsoft.com/system-center/vmm/plan-ports-protocols",
          ],
        ],
        advisory: ["fw1"],
      });
      assert.equal(said("VMM 2022", {}, ...FIXED).messages.length, 2);
      for (const half of ["49152-65534", "49153-65535"]) {
        assert.equal(said("VMM 2022", {}, ...FIXED, half).messages.length, 2, half);
      }
      assert.deepEqual(said("VMM 2022", {}, ...FIXED, "49152-65535").messages, []);
    });

    it("unless one is declared", () => {
      const ports = [{ connection: "dynamic", port: 50000 }];
      assert.deepEqual(said("VMM 2022", { ports }, ...FIXED, "50000").messages, []);
      assert.match(said("VMM 2022", { ports }, ...FIXED).messages[0]?.[0] ?? "", /does not open TCP 50000 from/);
    });

    it("but not of VMM 2012", () => {
      assert.deepEqual(said("VMM 2012", { fileServers: [] }, ...FIXED).messages, []);
    });
  });

  describe("honours ports that were chosen, at both ends", () => {
    const said = (properties: PlainObject, ...firewalls: readonly DeclaredResource[]) =>
      judge(rule, [vmmServer("vmm1", properties), ...firewalls]).findings.map((text) =>
        /TCP (\d+) from (\w+ to \w+)/.exec(text)?.slice(1).join(" "),
      );
    const closed = firewall("fw1", "*", "*");

    it("of one connection, with all that share its listener", () => {
      const portal = { consoles: ["admin1"], selfServicePortal: { webServer: "ssp1" } };
      const ports = [{ connection: "console", port: 9000 }];
      assert.deepEqual(said({ ...portal, ports }, closed), [
        "8101 admin1 to vmm1",
        "8102 admin1 to vmm1",
        "8103 admin1 to vmm1",
        "9000 admin1 to vmm1",
        "9000 ssp1 to vmm1",
      ]);
    });

    it("of one computer", () => {
      const ports = [
        { connection: "agent-control", port: 8080 },
        { connection: "agent-control", port: 8081, machine: "HV2" },
      ];
      assert.deepEqual(said({ managedHosts: ["hv1", "hv2"], bitsPort: 444, ports }, firewall("fw1", "vmm1", "*")), [
        "444 vmm1 to hv1",
        "444 vmm1 to hv2",
        "5986 vmm1 to hv1",
        "5986 vmm1 to hv2",
        "8080 vmm1 to hv1",
        "8081 vmm1 to hv2",
      ]);
    });

    it("of BITS, but for transfers between hosts of VMM 2008 R2", () => {
      const hosts = { managedHosts: ["hv1", "hv2"], bitsPort: 444 };
      const between = firewall("fw1", "hv1", "hv2");
      assert.deepEqual(said({ ...hosts, version: "VMM 2008 R2" }, between), ["30443 hv1 to hv2"]);
      assert.deepEqual(said({ ...hosts, version: "VMM 2008 R2 SP1" }, between), ["444 hv1 to hv2"]);
    });
  });

  describe("says once that a connection without a fixed port", () => {
    const said = (...firewalls: readonly DeclaredResource[]) => {
      const vmm = vmmServer("vmm1", { p2vSources: ["old1", "old2"], smisProviders: ["san1", "san2"] });
      const { findings, undecided } = judge(rule, [vmm, ...firewalls]);
      return { findings, undecided };
    };

    it("needs one to be declared", () => {
      const all = firewall("fw1", "*", "*", { allow: [{ protocol: "any", ports: ["*"] }] });
      assert.deepEqual(said(all), {
        findings: [],
        undecided: ["vmm1: ports[p2v-data] and ports[smis] are not declared: not checked by vmm-ports."],
      });
    });

    it("and not where no firewall stands before it", () => {
      assert.deepEqual(said(), SILENT);
      assert.deepEqual(said(firewall("fw1", "vmm1", "sql1")), unguarded("6 connections"));
      const some = firewall("fw1", "vmm1", "old1", { allow: [{ ports: ["135"] }] });
      assert.deepEqual(said(some).undecided, [
        "vmm1: a firewall on the way of 4 connections and ports[p2v-data] are not declared: not checked by vmm-ports.",
      ]);
    });
  });

  describe("judges by the firewalls on the way, and no other", () => {
    const vmm = vmmServer("vmm1", {
      host: "VMM-VM",
      sqlServer: "sql1",
      machines: [{ name: "sql1", address: "10.0.0.5" }],
    });
    const said = (...firewalls: readonly DeclaredResource[]) => {
      const { findings, undecided } = judge(rule, [vmm, ...firewalls]);
      return { findings, undecided };
    };
    const allow = (...ports: readonly Plain[]) => ({ allow: [{ ports }] });

    it("by every name of a computer", () => {
      for (const [from, to] of [
        ["vmm1", "sql1"],
        ["vmm-vm", "SQL1"],
        ["*", "10.0.0.5"],
        ["intranet", "10.0.0.0/24"],
        ["Any", "*"],
      ]) {
        const found = said(firewall("fw1", from ?? "", to ?? "", allow("1434")));
        assert.equal(found.findings.length, 1, `${String(from)} to ${String(to)}`);
        assert.deepEqual(said(firewall("fw1", from ?? "", to ?? "", allow("1433"))), SILENT);
      }
      for (const [from, to] of [
        ["sql1", "vmm1"],
        ["vmm1", "sql2"],
        ["internet", "sql1"],
        ["vmm1", "10.0.1.0/24"],
      ]) {
        const found = said(firewall("fw1", from ?? "", to ?? ""));
        assert.deepEqual(found, unguarded("1 connection"), `${String(from)} to ${String(to)}`);
      }
    });

    it("taking those between the same ends together", () => {
      assert.deepEqual(said(firewall("fw1", "vmm1", "sql1"), firewall("fw2", "*", "sql1", allow("1400-1500"))), SILENT);
      const deny = firewall("fw3", "*", "*", { deny: [{ protocol: "any", ports: ["1433"] }] });
      assert.deepEqual(said(firewall("fw2", "*", "sql1", allow("*")), deny).findings, [
        "fw3: fw3 denies TCP 1433 from vmm1 to sql1. VMM 2012 needs it: VMM management server to remote Microsoft SQL Server database (TDS).",
      ]);
      assert.deepEqual(
        said(firewall("fw3", "*", "*", { deny: [{ protocol: "udp", ports: ["1433"] }] })),
        unguarded("1 connection"),
      );
    });

    it("and not by a wrong transport", () => {
      const udp = { allow: [{ protocol: "udp", ports: ["1433"] }] };
      assert.equal(said(firewall("fw1", "vmm1", "sql1", udp)).findings.length, 1);
    });

    it("with what is unknown only where it matters", () => {
      const later = (name: string, property: string) => ({
        findings: [],
        undecided: [`${name}: ${property} is not known until deployment: not checked by vmm-ports.`],
      });
      assert.deepEqual(said(firewall("fw1", "vmm1", "sql1", allow(UNKNOWN))), later("fw1", "allow[0].ports[0]"));
      assert.deepEqual(said(firewall("fw1", "vmm1", "sql1", allow(UNKNOWN, "1433"))), SILENT);
      assert.deepEqual(said(firewall("fw1", "vmm1", "sql1", { allow: UNKNOWN })), later("fw1", "allow"));
      assert.deepEqual(said(firewall("fw1", UNKNOWN, "sql1", allow("443"))), later("fw1", "from"));
      assert.deepEqual(said(firewall("fw1", UNKNOWN, "sql1", allow("1433"))), SILENT);
      assert.deepEqual(said(firewall("fw1", UNKNOWN, "sql2", allow("443"))), unguarded("1 connection"));
      const deny = firewall("fw2", "vmm1", "sql1", { deny: [{ ports: [UNKNOWN] }] });
      assert.deepEqual(said(firewall("fw1", "vmm1", "sql1", allow("1433")), deny), later("fw2", "deny[0].ports[0]"));
      assert.equal(said(firewall("fw1", "vmm1", "sql1", allow("443")), deny).findings.length, 1);
    });

    it("leaving malformed declarations to the estate rule", () => {
      for (const value of MALFORMED) {
        // What is a text, or a number that may be one, is a name.
        if (typeof value === "string" || typeof value === "number") continue;
        assert.deepEqual(said(firewall("fw1", value, "sql1")), SILENT);
      }
      for (const value of ["443x", "65536", "2-1", true]) {
        assert.deepEqual(said(firewall("fw1", "vmm1", "sql1", allow(value))), SILENT);
      }
    });

    it("and nothing at all where none is declared", () => {
      assert.deepEqual(said(), SILENT);
      assert.deepEqual(judge(rule, [vmmServer("vmm1", { version: UNKNOWN, managedHosts: UNKNOWN })]).undecided, []);
    });
  });

  describe("knows a computer by its short name and by its full one", () => {
    const said = (properties: PlainObject, ...ends: readonly (readonly [from: string, to: string])[]) =>
      judge(rule, [
        vmmServer("vmm1", properties),
        ...ends.map(([from, to], index) => firewall(`fw${String(index + 1)}`, from, to)),
      ]).findings.map((text) => /TCP (\d+) from (\S+ to \S+)\. /.exec(text)?.slice(1).join(" "));

    it("as firewalls call it", () => {
      for (const [declared, called] of [
        ["sql1", "SQL1.contoso.com"],
        ["sql1.contoso.com", "sql1"],
        ["sql1.contoso.com", "sql1.contoso.com"],
      ] as const) {
        assert.deepEqual(said({ sqlServer: declared }, ["vmm1", called]), [`1433 vmm1 to ${declared}`]);
      }
      assert.deepEqual(said({ sqlServer: "sql1.contoso.com" }, ["vmm1", "sql1.fabrikam.com"]), []);
      assert.deepEqual(said({ sqlServer: "sql1.contoso.com" }, ["vmm1", "sql"]), []);
    });

    it("as ports and other ends call it, without taking it for two", () => {
      const ports = [{ connection: "sql", port: 1450, machine: "sql1.contoso.com" }];
      assert.deepEqual(said({ sqlServer: "sql1", ports }, ["*", "*"]), ["1450 vmm1 to sql1"]);
      const hosts = { version: "VMM 2008", libraryServers: ["lib1.contoso.com"], managedHosts: ["lib1"] };
      assert.deepEqual(said(hosts, ["lib1", "lib1"]), []);
    });

    it("but not one of several", () => {
      const managedHosts = ["hv1.contoso.com", "hv1.fabrikam.com"];
      const machines = [{ name: "hv1.contoso.com", address: "10.0.0.1" }];
      assert.deepEqual(said({ managedHosts, machines }, ["hv1.fabrikam.com", "10.0.0.1"]), [
        "443 hv1.fabrikam.com to hv1.contoso.com",
      ]);
    });
  });

  it("says what of the topology is unknown", () => {
    const fw = firewall("fw1", "*", "*", { allow: [{ protocol: "any", ports: ["*"] }] });
    const said = (properties: PlainObject) => judge(rule, [vmmServer("vmm1", properties), fw]).undecided;
    const later = (property: string) => [`vmm1: ${property} is not known until deployment: not checked by vmm-ports.`];
    assert.deepEqual(said({ version: UNKNOWN }), later("version"));
    assert.deepEqual(said({ managedHosts: UNKNOWN }), later("managedHosts"));
    assert.deepEqual(said({ managedHosts: ["hv1", UNKNOWN] }), later("managedHosts[1]"));
    assert.deepEqual(said({ sqlServer: "sql1", ports: UNKNOWN }), later("ports"));
    assert.deepEqual(said({ esxHosts: [{ name: "esx1" }] }), [
      "vmm1: esxHosts[0].version is not declared: not checked by vmm-ports.",
    ]);
  });

  describe("judges by network security groups", () => {
    const vmm = (own: PlainObject, sql: PlainObject) =>
      vmmServer("vmm1", {
        sqlServer: "sql1",
        address: "10.0.0.4",
        machines: [
          { name: "vmm1", ...own },
          { name: "sql1", ...sql },
        ],
      });
    const group = (name: string, type: string, ...securityRules: readonly PlainObject[]) =>
      resource(type, name, { resourceGroupName: "rg", securityRules });
    const azure = "azure-native:network:NetworkSecurityGroup";
    const local = "azure-native:azurestackhci:NetworkSecurityGroup";
    const denyAll = (direction: string) => ({
      name: "deny",
      priority: 4096,
      direction,
      access: "Deny",
      protocol: "*",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
    });
    const allowSql = {
      ...denyAll("Inbound"),
      name: "sql",
      access: "Allow",
      priority: 100,
      destinationPortRange: "1433",
    };
    const behind = (...networkSecurityGroups: readonly Plain[]) => ({ address: "10.0.0.5", networkSecurityGroups });
    const NEEDED = "VMM 2012 needs it: VMM management server to remote Microsoft SQL Server database (TDS).";
    const said = (...resources: readonly DeclaredResource[]) => {
      const { findings, undecided, advisory } = judge(rule, resources);
      return { findings, undecided, advisory };
    };
    const silent = { ...SILENT, advisory: [] };

    it("names the service tag whose addresses nobody knows", () => {
      const tagged = { ...denyAll("Inbound"), sourceAddressPrefix: "AzureCloud" };
      const server = vmmServer("vmm1", {
        sqlServer: "sql1",
        address: "203.0.113.4",
        machines: [{ name: "sql1", ...behind("nsg1") }],
      });
      assert.deepEqual(
        said(server, group("nsg1", azure, tagged, { ...denyAll("Inbound"), name: "last" })).undecided,
        [],
      );
      assert.deepEqual(said(server, group("nsg1", azure, { ...tagged, access: "Allow" }, denyAll("Inbound"))), {
        ...silent,
        undecided: ["nsg1: which addresses AzureCloud stands for is not known: not checked by vmm-ports."],
      });
    });

    it("of the computer that listens", () => {
      assert.deepEqual(said(vmm({}, behind("nsg1")), group("nsg1", azure, denyAll("Inbound"))).findings, [
        `nsg1: nsg1 denies TCP 1433 from vmm1 to sql1 by its rule "deny" (priority 4096). ${NEEDED}`,
      ]);
      assert.deepEqual(said(vmm({}, behind("nsg1")), group("nsg1", azure, denyAll("Inbound"), allowSql)), silent);
      assert.deepEqual(said(vmm({}, behind("nsg1")), group("nsg1", azure, denyAll("Outbound"))), silent);
    });

    it("of the computer that connects", () => {
      const own = { networkSecurityGroups: ["nsg1"] };
      assert.equal(
        said(vmm(own, { address: "10.0.0.5" }), group("nsg1", azure, denyAll("Outbound"))).findings.length,
        1,
      );
      assert.deepEqual(said(vmm(own, { address: "10.0.0.5" }), group("nsg1", azure, denyAll("Inbound"))), silent);
    });

    it("all of which it must get through", () => {
      const two = [group("nsg1", azure, allowSql), group("nsg2", azure, denyAll("Inbound"))];
      assert.equal(said(vmm({}, behind("nsg1", "nsg2")), ...two).findings.length, 1);
    });

    it("by the default rules, where no other is about it", () => {
      const from = (address: string) =>
        said(
          vmmServer("vmm1", { sqlServer: "sql1", address, machines: [{ name: "sql1", ...behind("nsg1") }] }),
          group("nsg1", azure),
        );
      assert.deepEqual(from("10.9.9.9"), silent);
      assert.deepEqual(from("203.0.113.9").findings, [
        `nsg1: nsg1 denies TCP 1433 from vmm1 to sql1 by its default rule DenyAllInBound (priority 65500). ${NEEDED}`,
      ]);
    });

    it("of Azure Local, whose defaults are only supposed", () => {
      assert.deepEqual(said(vmm({}, behind("nsg1")), group("nsg1", local)).advisory, ["nsg1"]);
      const separate = resource("azure-native:azurestackhci/v20250201preview:SecurityRule", "sql", {
        networkSecurityGroupName: "nsg1",
        priority: 100,
        direction: "Inbound",
        access: "Allow",
        protocol: "Tcp",
        sourceAddressPrefixes: ["10.0.0.0/24"],
        destinationAddressPrefixes: ["*"],
        destinationPortRanges: ["1433"],
      });
      assert.deepEqual(said(vmm({}, behind("nsg1")), group("nsg1", local), separate), silent);
    });

    it("that have a rule for its address, where none is declared", () => {
      const own = { ...denyAll("Inbound"), destinationAddressPrefix: "10.0.0.5" };
      assert.equal(said(vmm({}, { address: "10.0.0.5" }), group("nsg1", azure, own)).findings.length, 1);
      const unjudged = { ...unguarded("1 connection"), advisory: [] };
      assert.deepEqual(said(vmm({}, { address: "10.0.0.6" }), group("nsg1", azure, own)), unjudged);
      assert.deepEqual(said(vmm({}, { address: "10.0.0.5" }), group("nsg1", azure, denyAll("Inbound"))), unjudged);
    });

    it("by application security groups", () => {
      const asg = (name: string) => ({
        id: `/subscriptions/s/resourceGroups/rg/providers/x/applicationSecurityGroups/${name}`,
      });
      const byGroup = {
        ...allowSql,
        destinationAddressPrefix: null,
        destinationApplicationSecurityGroups: [asg("ASG-SQL")],
      };
      const nsg = group("nsg1", azure, denyAll("Inbound"), byGroup);
      assert.deepEqual(said(vmm({}, { ...behind("nsg1"), applicationSecurityGroups: ["asg-sql"] }), nsg), silent);
      assert.equal(
        said(vmm({}, { ...behind("nsg1"), applicationSecurityGroups: ["asg-web"] }), nsg).findings.length,
        1,
      );
      assert.deepEqual(said(vmm({}, behind("nsg1")), nsg).undecided, [
        "vmm1: machines[1].applicationSecurityGroups is not declared: not checked by vmm-ports.",
      ]);
    });

    it("and says what is not known or not declared", () => {
      const rules = group("nsg1", azure, denyAll("Inbound"), { ...allowSql, sourceAddressPrefix: UNKNOWN });
      assert.deepEqual(said(vmm({}, behind("nsg1")), rules).undecided, [
        "nsg1: securityRules[1].sourceAddressPrefix is not known until deployment: not checked by vmm-ports.",
      ]);
      assert.deepEqual(said(vmm({}, behind("nsg1", "nsg9")), group("nsg1", azure, allowSql)).undecided, [
        "vmm1: machines[1].networkSecurityGroups[1] is not declared: not checked by vmm-ports.",
      ]);
      const narrow = { ...allowSql, destinationAddressPrefix: "10.0.0.0/24" };
      const noAddress = { networkSecurityGroups: ["nsg1"] };
      assert.deepEqual(said(vmm({}, noAddress), group("nsg1", azure, denyAll("Inbound"), narrow)).undecided, [
        "vmm1: machines[1].address is not declared: not checked by vmm-ports.",
      ]);
      const behindGroup = { name: "sql1", networkSecurityGroups: ["nsg1"] };
      const nowhere = vmmServer("vmm1", { host: "vmm-vm", sqlServer: "sql1", machines: [behindGroup] });
      const narrowSource = { ...allowSql, sourceAddressPrefix: "10.0.0.0/24" };
      assert.deepEqual(said(nowhere, group("nsg1", azure, denyAll("Inbound"), narrowSource)).undecided, [
        "vmm1: machines[vmm1].address is not declared: not checked by vmm-ports.",
      ]);
    });
  });
});
