import assert from "node:assert/strict";
import { vmmPorts as rule } from "../../../policies/vmm/vmm-ports";
import { judge } from "../../kit";
import { CHOSEN, firewalls, portRows, server, type PortRow } from "./topologies";

const SILENT = { findings: [], undecided: [] };

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
  | SFTP file transfer from VMware ESX Server 3.0 and VMware ESX Server 3.5 hosts | SFTP | tcp | 22 | esx1 | vmm1 |
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
  | VMware ESX Server 3.0 and VMware ESX Server 3.5 hosts | SFTP | tcp | 22 | esx1 | vmm1 |
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
});
