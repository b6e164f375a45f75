import assert from "node:assert/strict";
import { join } from "node:path";
import { preview } from "../engine";
import { ROOT } from "../root";
import { findings } from "./program";

const EXAMPLES = join(ROOT, "examples");

const AZURE_LOCAL = [
  "advisory azure-local-intents deployment: site1: the adapter NIC 4 is in intent Storage and intent Backup.",
  "advisory azure-local-qos deployment: site1: intent Storage sets the priority of SMB traffic to 5; 3 or 4 is recommended.",
  "advisory azure-local-reserved-ranges deployment: site1: the DNS server 10.96.0.10 has an address that Kubernetes keeps (10.244.0.0/16 and 10.96.0.0/12).",
  "advisory azure-local-storage-subnets deployment: site1: Storage1 (10.71.1.0/24) and Storage2 (10.71.1.0/24) have addresses in common.",
  "advisory static-addresses web2: web2 has the address 10.0.20.10, as web1.",
  "mandatory azure-local-infrastructure-pool deployment: site1: the pool of infrastructure addresses has 5 addresses; Azure Local needs 6 to 255.",
  "mandatory azure-local-intents deployment: site1 has 2 nodes and no intent for management.",
  "mandatory azure-local-node-addresses deployment: node1 (10.0.0.51) is in the pool 10.0.0.50 to 10.0.0.54 of site1.",
  "mandatory azure-local-node-addresses deployment: node2 (10.0.1.12) is not in the management subnet 10.0.0.0/24 of site1.",
  "mandatory azure-local-rdma deployment: site1: intent Storage (RoCEv2) and intent Backup (iWARP) use different protocols of RDMA.",
  "mandatory azure-local-storage-vlans deployment: site1 has 2 nodes without a storage switch, 3 storage adapters on each, and 2 storage VLANs.",
  "mandatory azure-local-storage-vlans deployment: site1: storage network Storage1 has VLAN 0, and RoCE needs a VLAN with a tag.",
  "mandatory azure-local-witness deployment: site1 has 2 nodes and no witness (NodeMajority): one failure in two stops it.",
  "mandatory logical-network-pools servers: servers is static, and has no default gateway.",
  "mandatory logical-network-pools workstations: workstations: the pool 10.0.20.19 to 10.0.20.39 has addresses in common with the pool 10.0.20.10 to 10.0.20.19 of servers on VLAN 20.",
  "mandatory trusted-launch-complete web1: web1 has trusted launch without a virtual TPM.",
  "mandatory trusted-launch-complete web2: web2 has trusted launch without a virtual TPM.",
];

const MODERN_CLUSTER = [
  "advisory cluster-quorum-witness c1: c1 has 2 nodes and no witness (quorum nodeMajority): one failure in two stops it.",
  'advisory clustered-disk-location sql1: sql1 is highly available, and has "C:\\Hyper-V\\sql1\\os.vhdx" on the system drive of a node.',
  "advisory domain-controllers dc2: dc2 is a domain controller and allows checkpoints (production).",
  "advisory domain-controllers dc2: dc2 is a domain controller and takes the time of its host.",
  "advisory domain-controllers dc2: dc2 runs in c1, as the other domain controller, and the nodes of c1 are members of a domain.",
  "advisory group-spread web2: web2 may come to run on the same node of the cluster c1 as web1: nothing keeps apart all 2 members of the group web.",
  "advisory nested-virtualization lab1: lab1 has dynamic memory and nested virtualization.",
  'advisory switch-on-every-node hv2: hv2 has no virtual switch "Servers", which dc1 uses on hv1.',
  "advisory volume-spread web2: All disks of web1 and web2 are on C:\\ClusterStorage\\Volume1.",
  "mandatory guest-secure-boot web1: web1 has secure boot with the template MicrosoftWindows, which does not start Ubuntu 24.04.",
  "mandatory guest-tpm lab1: lab1 runs Windows 11 without a virtual TPM.",
  "mandatory mac-addresses web2: web2 (nic) has the MAC address 02-15-5D-00-00-03, as web1 (nic).",
  "mandatory shared-disk sql2: sql2 shares the virtual disk C:\\ClusterStorage\\Volume2\\sql\\shared.vhdx with sql1, without persistent reservations.",
  "mandatory vm-version-supported sql1: sql1 has the configuration version 5.0; Windows Server 2025 runs 8.0 to 12.0.",
];

describe("the examples of today's clusters, previewed by the real engine", () => {
  for (const name of ["azure-local-deployment", "modern-cluster"]) {
    it(`${name} passes`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name));
      assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [] });
    });
  }

  for (const [name, expected] of [
    ["azure-local-violations", AZURE_LOCAL],
    ["modern-cluster-violations", MODERN_CLUSTER],
  ] as const) {
    it(`${name} is blocked, with a finding for each mistake and no other`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name));
      assert.notEqual(code, 0);
      assert.deepEqual(findings(events), expected);
    });
  }
});
