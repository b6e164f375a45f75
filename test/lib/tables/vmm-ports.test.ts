import assert from "node:assert/strict";
import { TableError } from "../../../lib/tables/load";
import {
  readVmmPorts,
  resolveVmmConnection,
  resolveVmmVersion,
  vmmPorts,
  vmmVersions,
} from "../../../lib/tables/vmm-ports";
import data from "../../../lib/tables/vmm-ports.json";
import { copyOf, lines, offered, resolved } from "./kit";

describe("the table of VMM ports", () => {
  it("says of VMM 2016 to 2025 what the document says", () => {
    const printed = lines(`
      | agent-data | HTTPS (using BITS) | 443 |
      | agent-control | WinRM | 5985 |
      | agent-control-ssl | WinRM | 5986 |
      | agent-rpc | WinRM, RPC, NetBIOS, SMB | 80, 135, 139, 445 |
      | guest-agent-data | HTTPS (using BITS) | 443 |
      | guest-agent | WinRM | 5985 |
      | host-to-host | HTTPS (using BITS) | 443 |
      | load-balancer | HTTP/HTTPS | 80, 443 |
      | sql | TDS | 1433 |
      | wsus | HTTP/HTTPS | 80, 8530, 443, 8531 |
      | library-to-host | HTTPS (using BITS) | 443 |
      | console | WCF | 8100 |
      | console-https | WCF | 8101 |
      | console-nettcp | WCF | 8102 |
      | storage-service | WMI |  |
      | smis | CIM-XML |  |
      | bmc-smash | HTTPS | 443 |
      | bmc-ipmi | IPMI | 623 |
      | winpe-control | WCF | 8101 |
      | winpe-time | WCF | 8103 |
      | wds | WCF | 8102 |
      | perimeter-host | HTTPS (using BITS) | 443 |
      | perimeter-library | HTTPS (using BITS) | 443 |
      | file-server-control | WinRM, RPC, NetBIOS, SMB | 80, 135, 139, 445 |
      | file-server-data | HTTPS (using BITS) | 443 |
      | file-server-winrm | WinRM | 5985, 5986 |
      | vcenter | HTTPS | 443 |
      | vcenter-back | HTTPS | 443 |
      | esxi | SFTP, HTTPS | 22, 443 |
      | esxi-to-host | HTTPS, SMB | 443, 445 |
      | esxi-back | HTTPS | 443 |
      | dynamic | RPC | 49152-65535 |
    `);
    for (const version of ["vmm-2016", "vmm-1801", "vmm-1807", "vmm-2019", "vmm-2022", "vmm-2025"]) {
      const rows = vmmPorts(version).map(({ id, protocol, ports, range }) => [
        id,
        protocol,
        ports.join(range === true ? "-" : ", "),
      ]);
      assert.deepEqual(rows, printed, version);
    }
  });

  it("transfers files to ESX hosts, which are the servers of SFTP, and between hosts and the VMM server", () => {
    for (const { id } of vmmVersions()) {
      for (const { from, to } of vmmPorts(id).filter((row) => row.id === "esx-sftp")) {
        assert.deepEqual([from, to], [["vmmServer"], ["esx3Host"]], id);
      }
    }
    for (const version of ["vmm-2016", "vmm-2019", "vmm-2022", "vmm-2025"]) {
      const row = vmmPorts(version).find(({ id }) => id === "host-to-host");
      assert.deepEqual(row?.to, ["managedHost", "vmmServer"], version);
    }
  });

  it("is as sure as its documents are", () => {
    const confidences = vmmVersions().map(({ id }) => [
      id,
      ...new Set(vmmPorts(id).map(({ confidence }) => confidence)),
    ]);
    assert.deepEqual(Object.fromEntries(confidences.map(([id, ...others]) => [id, others.join()])), {
      "vmm-2008": "quoted,derived",
      "vmm-2008-r2": "quoted,derived",
      "vmm-2008-r2-sp1": "quoted,derived",
      "vmm-2012": "quoted,derived",
      "vmm-2012-sp1": "unverified",
      "vmm-2012-r2": "unverified",
      "vmm-2016": "official,derived",
      "vmm-1801": "derived",
      "vmm-1807": "derived",
      "vmm-2019": "official,derived",
      "vmm-2022": "official,derived",
      "vmm-2025": "official,derived",
    });
  });

  it("has local calls and connections without a fixed port where the documents have them", () => {
    const without = vmmPorts("vmm-2012").filter(({ ports }) => ports.length === 0);
    assert.deepEqual(
      without.map(({ id, local = false }) => [id, local]),
      [
        ["storage-service", true],
        ["cluster-powershell", true],
        ["p2v-data", false],
        ["smis", false],
      ],
    );
    assert.deepEqual(
      vmmPorts("vmm-2008").filter(({ ports }) => ports.length === 0),
      [],
    );
  });

  it("refers to versions, and has each connection once a version", () => {
    const ids = vmmVersions().map(({ id }) => id);
    for (const { versions, ...row } of data.rows) {
      for (const id of [...versions, ...("except" in row ? row.except : [])]) assert(ids.includes(id), id);
    }
    for (const id of ids) {
      const names = vmmPorts(id).map((row) => row.id);
      assert.equal(new Set(names).size, names.length, id);
      assert(names.length > 0, id);
    }
  });

  it("says which row does not fit its schema", () => {
    const broken = copyOf<{ versions: unknown; rows: { ports: unknown }[] }>(data);
    const [row] = broken.rows;
    assert(row !== undefined);
    row.ports = [70000];
    assert.throws(
      () => readVmmPorts(broken),
      (error) =>
        error instanceof TableError &&
        error.message ===
          "lib/tables/vmm-ports.json is not a valid table: rows, row 0 (agent-control), field ports.0: must be <= 65535",
    );
  });

  it("knows versions as people write them", () => {
    for (const [id, spellings] of Object.entries({
      "vmm-2008": ["VMM 2008", "SCVMM 2008", "vmm-2008", "System Center Virtual Machine Manager 2008"],
      "vmm-2008-r2": ["VMM 2008 R2", "SCVMM 2008R2", "Virtual Machine Manager 2008 R2 RTM"],
      "vmm-2008-r2-sp1": ["VMM 2008 R2 SP1", "SCVMM 2008 R2 with Service Pack 1", "2008r2sp1"],
      "vmm-2012": ["VMM 2012", "System Center 2012 Virtual Machine Manager", "SCVMM2012", "2012"],
      "vmm-2012-r2": ["System Center 2012 R2 VMM", "VMM 2012 R2 UR 14"],
      "vmm-1801": ["VMM 1801", "SCVMM version 1801"],
      "vmm-2022": ["VMM 2022", "System Center 2022 Virtual Machine Manager UR2"],
    })) {
      for (const text of spellings) assert.equal(resolved(resolveVmmVersion(text), text), id);
    }
    assert.deepEqual(offered(resolveVmmVersion("VMM 2012 R3")).slice(0, 1), ["VMM 2012 R2"]);
    assert(!resolveVmmVersion("").resolved && !resolveVmmVersion("VMM").resolved);
  });

  it("knows connections as people write them, but no local calls", () => {
    for (const text of ["agent-control", "Agent Control", "agentControl"]) {
      assert.equal(resolved(resolveVmmConnection(text)), "agent-control");
    }
    assert.deepEqual(offered(resolveVmmConnection("agent-controll")).slice(0, 1), ["agent-control"]);
    assert(!resolveVmmConnection("storage-service").resolved);
  });
});
