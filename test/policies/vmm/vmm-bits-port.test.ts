import assert from "node:assert/strict";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { vmmBitsPort as rule } from "../../../policies/vmm/vmm-bits-port";
import { judge, MALFORMED, UNKNOWN, vmmServer } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const LIMITED = ["VMM 2008", "VMM 2008 R2", "VMM 2008 R2 SP1", "VMM 2012"];
const BITS = "HTTPS (using BITS)";

function said(properties: PlainObject) {
  const { findings, undecided } = judge(rule, [vmmServer("vmm1", properties)]);
  return { findings, undecided };
}

/** A server with ports that were chosen for connections. */
function chosen(version: string, ports: Readonly<Record<string, Plain>>, more: PlainObject = {}) {
  return said({ version, ports: Object.entries(ports).map(([connection, port]) => ({ connection, port })), ...more });
}

describe("vmm-bits-port", () => {
  describe("allows ports up to 32768", () => {
    for (const version of LIMITED) {
      it(`in ${version}`, () => {
        const tooHigh = (port: number) => ({
          findings: [
            `vmm1: vmm1 (${version}) has the port ${String(port)} for BITS transfers. The highest that may be chosen is 32768.`,
          ],
          undecided: [],
        });
        for (const port of [1, 443, 32767, 32768]) assert.deepEqual(said({ version, bitsPort: port }), SILENT);
        for (const port of [32769, 65535]) {
          assert.deepEqual(said({ version, bitsPort: port }), tooHigh(port));
          for (const connection of ["agent-data", "library-to-host"]) {
            assert.deepEqual(chosen(version, { [connection]: port }), tooHigh(port));
          }
        }
        assert.deepEqual(chosen(version, { "host-to-host": 32769 }).findings, tooHigh(32769).findings);
        assert.deepEqual(chosen(version, { "agent-control": 50000, sql: 65535 }), SILENT);
      });
    }

    it("as advice where no document is about the version", () => {
      for (const version of ["VMM 2012 SP1", "VMM 2012 R2"]) {
        const { findings, advisory } = judge(rule, [vmmServer("vmm1", { version, bitsPort: 40000 })]);
        assert.deepEqual([findings.length, advisory], [1, ["vmm1"]]);
      }
    });

    it("and any port in versions whose document gives no maximum", () => {
      for (const version of ["VMM 2016", "VMM 1801", "VMM 2019", "VMM 2022", "VMM 2025"]) {
        assert.deepEqual(said({ version, bitsPort: 65535 }), SILENT);
        assert.deepEqual(chosen(version, { "agent-data": 65535, "host-to-host": 65535 }), SILENT);
      }
    });
  });

  describe("keeps host-to-host transfers of VMM 2008 R2 on 30443", () => {
    it("and says where another port was chosen", () => {
      const port = (number: number) => chosen("VMM 2008 R2", { "host-to-host": number });
      assert.deepEqual(port(30443), SILENT);
      for (const number of [443, 30442, 30444]) {
        assert.deepEqual(port(number).findings, [
          `vmm1: vmm1 (VMM 2008 R2) has the port ${String(number)} for VMM host-to-host file transfer (BITS). ` +
            "This version transfers files between hosts on TCP 30443.",
        ]);
      }
    });

    it("with the article as the source", () => {
      const ports = [{ connection: "host-to-host", port: 443 }];
      const { messages } = judge(rule, [vmmServer("vmm1", { version: "VMM 2008 R2", ports })]);
      assert.deepEqual(messages[0]?.split("\n").slice(2), [
        "Fix: Leave the port at 30443.",
        "Source: KB971816: port 30443 for transfers between hosts in VMM 2008 R2, http://support.microsoft.com/kb/971816",
      ]);
    });

    it("whatever port the other transfers have", () => {
      assert.deepEqual(said({ version: "VMM 2008 R2", bitsPort: 443 }), SILENT);
      assert.deepEqual(chosen("VMM 2008 R2", { "agent-data": 444 }), SILENT);
    });

    it("and of no other version", () => {
      for (const version of ["VMM 2008", "VMM 2008 R2 SP1", "VMM 2012", "VMM 2022"]) {
        assert.deepEqual(chosen(version, { "host-to-host": 444 }), SILENT);
      }
    });
  });

  describe("finds a port that two connections have on one computer", () => {
    it("on every computer where they have it, in one finding", () => {
      assert.deepEqual(said({ managedHosts: ["hv1", "hv2", "hv3"], bitsPort: 5985 }), {
        findings: [
          "vmm1: vmm1 (VMM 2012) has TCP 5985 twice on hv1, hv2 and hv3: for VMM management server to VMM agent on " +
            `Windows Server-based host (data channel for file transfers) (${BITS}), and for VMM management server to VMM ` +
            "agent on Windows Server-based host (control channel) (WS-Management).",
        ],
        undecided: [],
      });
    });

    it("only where both listen", () => {
      assert.deepEqual(said({ managedHosts: ["hv1"], bitsPort: 1433, sqlServer: "sql1" }), SILENT);
      assert.equal(said({ managedHosts: ["sql1"], bitsPort: 1433, sqlServer: "SQL1" }).findings.length, 1);
      assert.equal(
        said({
          managedHosts: ["10.0.0.5"],
          bitsPort: 1433,
          sqlServer: "sql1",
          machines: [{ name: "sql1", address: "10.0.0.5" }],
        }).findings.length,
        1,
      );
      assert.deepEqual(said({ bitsPort: 5985 }), SILENT);
    });

    it("by a choice for one computer", () => {
      const ports = [{ connection: "sql", port: 5985, machine: "hv2" }];
      const hosts = { managedHosts: ["hv1", "hv2"] };
      assert.deepEqual(said({ ...hosts, sqlServer: "hv1", ports }), SILENT);
      assert.equal(said({ ...hosts, sqlServer: "hv2", ports }).findings.length, 1);
    });

    it("between two choices", () => {
      const two = { console: 9000, "console-https": 9000 };
      assert.equal(chosen("VMM 2012", two, { consoles: ["admin1"] }).findings.length, 1);
      assert.deepEqual(chosen("VMM 2012", { ...two, console: 9001 }, { consoles: ["admin1"] }), SILENT);
    });

    it("and not where rows are about one listener, or the document itself has the port twice", () => {
      const portal = { selfServicePortal: { webServer: "hv1", clients: ["user1"] }, managedHosts: ["hv1"] };
      assert.deepEqual(said({ ...portal }), SILENT);
      assert.deepEqual(said({ ...portal, bitsPort: 443 }), SILENT);
      const shared = { consoles: ["admin1"], windowsPeHosts: ["new1"], pxeServers: ["pxe1"] };
      assert.deepEqual(chosen("VMM 2012", { "winpe-control": 9000 }, shared), SILENT);
    });

    it("and not over UDP what is TCP", () => {
      const bmcs = [{ name: "hv1", protocol: "IPMI" }];
      assert.deepEqual(said({ managedHosts: ["hv1"], bmcs, bitsPort: 623 }), SILENT);
    });
  });

  it("cannot judge what is unknown", () => {
    const later = (property: string) => ({
      findings: [],
      undecided: [`vmm1: ${property} is not known until deployment: not checked by vmm-bits-port.`],
    });
    assert.deepEqual(said({ version: UNKNOWN, bitsPort: 40000 }), later("version"));
    assert.deepEqual(said({ bitsPort: UNKNOWN }), later("bitsPort"));
    assert.deepEqual(said({ ports: UNKNOWN }), later("ports"));
    assert.deepEqual(said({ ports: [{ connection: UNKNOWN, port: 40000 }] }), later("ports[0].connection"));
    assert.deepEqual(chosen("VMM 2012", { "agent-data": UNKNOWN }), later("ports[0].port"));
    assert.deepEqual(chosen("VMM 2008 R2", { "host-to-host": UNKNOWN }), later("ports[0].port"));
  });

  it("has nothing open about a port that nothing limits", () => {
    assert.deepEqual(said({ version: "VMM 2022", bitsPort: UNKNOWN, ports: UNKNOWN }), SILENT);
    assert.deepEqual(chosen("VMM 2012", { sql: UNKNOWN }), SILENT);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said({ bitsPort: value }), SILENT);
      assert.deepEqual(said({ version: value, bitsPort: 40000 }), SILENT);
      assert.deepEqual(chosen("VMM 2012", { "agent-data": value }), SILENT);
    }
    for (const port of [0, 65536]) assert.deepEqual(said({ bitsPort: port }), SILENT);
  });
});
