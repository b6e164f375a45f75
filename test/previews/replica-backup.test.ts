import assert from "node:assert/strict";
import { found, type Resources } from "./program";

const R2 = "Windows Server 2012 R2";

function host(operatingSystem: string, more = {}): Resources[string] {
  const processors = { sockets: 2, coresPerSocket: 8, threadsPerCore: 2 };
  return { type: "Host", properties: { operatingSystem, processors, memoryMB: 131072, ...more } };
}

function vm(place: object, more = {}): Resources[string] {
  return { type: "VirtualMachine", properties: { guestOs: R2, processorCount: 2, memoryMB: 4096, ...place, ...more } };
}

function relationship(virtualMachine: string, primary: string, replica: string, more = {}): Resources[string] {
  const properties = { virtualMachine, primary, replica, authentication: "certificate", ...more };
  return { type: "ReplicaRelationship", properties };
}

function backup(installedOn: string | undefined, ...protects: readonly string[]): Resources[string] {
  return { type: "BackupJob", properties: { product: "Altaro Hyper-V Backup", installedOn, protects } };
}

/** When the host versions of the estate were in support. */
const AS_OF = "2014-06-30";

const SYDNEY = { site: "Sydney", domain: "contoso.com" };
const PERTH = { site: "Perth", domain: "contoso.com" };

/** All that a Mailbox server writes to. */
const EXCHANGE_DISKS = [
  { name: "system", purpose: "operatingSystem", type: "fixed", format: "VHDX", sizeGB: 80, storage: "system" },
  ...["databases", "transactionLogs", "contentIndex", "messageQueue"].map((purpose) => {
    return { name: purpose, purpose, type: "fixed", format: "VHDX", sizeGB: 200, storage: purpose };
  }),
];

const RIGHT: Resources = {
  syd: { type: "Cluster", properties: { nodes: ["syd1", "syd2"], replicaBroker: "syd-broker" } },
  syd1: host(R2, SYDNEY),
  syd2: host(R2, SYDNEY),
  per1: host(R2, { ...PERTH, processors: { sockets: 2, coresPerSocket: 12, threadsPerCore: 2 } }),
  per2: host("Windows Server 2012", PERTH),
  bri1: host(R2, { site: "Brisbane", domain: "contoso.com" }),
  old1: host("Windows Server 2008 R2 SP1 Server Core"),
  app1: vm(
    { cluster: "syd" },
    {
      disks: [
        { name: "system", purpose: "operatingSystem", type: "fixed", format: "VHDX", sizeGB: 80 },
        { name: "paging", purpose: "pageFile", type: "fixed", format: "VHDX", sizeGB: 8 },
      ],
      replication: { replicaHost: "per1", frequencySeconds: 30, recoveryPoints: 24, excludedDisks: ["paging"] },
    },
  ),
  app2: vm({ cluster: "syd" }),
  "app2-to-perth": relationship("app2", "syd", "per1", { frequencySeconds: 900, compression: true }),
  "app2-on-to-brisbane": relationship("app2", "per1", "bri1", { recoveryPoints: 24 }),
  app3: vm({ host: "per2" }),
  "app3-to-perth": relationship("app3", "per2", "syd", { frequencySeconds: 300, recoveryPoints: 15 }),
  file1: vm({ host: "old1" }, { guestOs: "Windows Server 2008 R2 SP1" }),
  "old-backup": backup("old1", "file1"),
  "other-backup": {
    type: "BackupJob",
    properties: { product: "Data Protection Manager 2012 R2", protects: ["syd", "per1", "per2"] },
  },
};

const WRONG: Resources = {
  mel: { type: "Cluster", properties: { nodes: ["mel1"] } },
  mel1: host(R2, { site: "Melbourne", domain: "fabrikam.com" }),
  hob1: host(R2, { site: "Hobart", domain: "workgroup" }),
  old2: host("Windows Server 2008 SP2", { processors: { sockets: 2, coresPerSocket: 4, threadsPerCore: 2 } }),
  often: vm({ host: "per1" }, { replication: { replicaHost: "hob1", frequencySeconds: 60 } }),
  many: vm({ host: "per1" }, { replication: { replicaHost: "hob1", recoveryPoints: 25 } }),
  itself: vm({ host: "per1" }),
  "to-itself": relationship("itself", "per1", "per1"),
  early: vm({ host: "old1" }, { guestOs: "Windows Server 2008 R2 SP1", replication: { replicaHost: "hob1" } }),
  back: vm({ host: "per1" }, { replication: { replicaHost: "per2" } }),
  unbrokered: vm({ host: "per1" }),
  "to-cluster": relationship("unbrokered", "per1", "mel"),
  trusting: vm({ host: "per1" }),
  "to-workgroup": relationship("trusting", "per1", "hob1", { authentication: "kerberos" }),
  hoster: vm({ host: "per1" }, { replication: { replicaHost: "dr.hoster.example" } }),
  loose: vm({ host: "per1" }),
  "to-hobart": relationship("loose", "per1", "hob1", { compression: false, trustGroup: "G" }),
  shared: vm({ cluster: "syd" }),
  "shared-to-hobart": relationship("shared", "syd", "hob1", { trustGroup: "G", port: 8443 }),
  disks: vm(
    { host: "per1" },
    {
      disks: [
        { name: "system", purpose: "operatingSystem", type: "fixed", format: "VHD", sizeGB: 80 },
        { name: "paging", purpose: "pageFile", type: "fixed", format: "VHDX", sizeGB: 8 },
        { name: "lun", purpose: "data", type: "passThrough", sizeGB: 500 },
      ],
      replication: { replicaHost: "hob1", recoveryPoints: 4 },
    },
  ),
  ex1: vm(
    { host: "per1" },
    {
      memoryMB: 16384,
      disks: EXCHANGE_DISKS,
      exchange: { version: "Exchange 2013", roles: ["Mailbox"] },
      automaticStopAction: "shutDown",
      replication: { replicaHost: "hob1" },
    },
  ),
  inside: vm(
    { host: "old1" },
    { guestOs: "Windows Server 2008 R2 SP1", agents: [{ product: "Altaro Hyper-V Backup", kind: "backup" }] },
  ),
  "too-old": backup("old2", "early"),
  forgotten: vm({ host: "hob1" }),
  "lost-job": backup(undefined, "nobody"),
};

const EXPECTED = [
  "mandatory replica-supported often: often is replicated every 60 seconds. Windows Server 2012 R2 replicates every 30, 300 or 900 seconds.",
  "mandatory replica-supported many: many keeps 25 additional recovery points. Windows Server 2012 R2 keeps at most 24.",
  "mandatory replica-supported to-itself: to-itself is replicated from per1 to per1 itself.",
  "mandatory replica-supported early: early is replicated, but Windows Server 2008 R2 with Service Pack 1 on old1 does not have Hyper-V Replica.",
  "mandatory replica-supported back: back is replicated from Windows Server 2012 R2 to Windows Server 2012, which is older.",
  "advisory replica-site back: back is replicated within the site Perth.",
  "mandatory replica-supported to-cluster: to-cluster is replicated to the cluster mel, for which no Hyper-V Replica Broker is declared.",
  "mandatory replica-supported to-workgroup: to-workgroup is replicated with Kerberos, but hob1 is in a workgroup.",
  "advisory replica-certificate to-workgroup: to-workgroup is replicated with Kerberos, which does not encrypt the traffic.",
  "advisory replica-supported hoster: hoster is replicated to dr.hoster.example, which is not declared, so that its version cannot be judged.",
  "advisory replica-compression to-hobart: to-hobart is replicated without compression.",
  'advisory replica-trust-groups to-hobart: to-hobart is replicated from per1 to hob1 in the trust group "G", and so is shared-to-hobart from syd.',
  "mandatory replica-supported to-hobart: to-hobart is replicated with certificates over port 443 of hob1 by default, but shared-to-hobart with certificates over port 8443.",
  'advisory replica-disk-format disks: disks is replicated with 4 additional recovery points, and its disk "system" is a VHD.',
  'advisory replica-page-file disks: disks is replicated with its disk "paging", which holds the paging file.',
  'advisory replica-supported disks: disks is replicated without its disk "lun", which is a pass-through disk.',
  "advisory replica-exchange ex1: ex1 (Exchange 2013, Mailbox) is replicated by Hyper-V Replica.",
  "mandatory backup-agent-placement inside: inside has Altaro Hyper-V Backup installed, which belongs on its host.",
  "mandatory backup-agent-placement too-old: too-old runs Altaro Hyper-V Backup on old2, but Altaro Hyper-V Backup is not known to support Windows Server 2008 with Service Pack 2.",
  "advisory backup-coverage forgotten: forgotten is not protected by any backup job that is declared.",
  'mandatory estate lost-job: lost-job: protects[0] is "nobody", but no Host, Cluster or VirtualMachine of that name is declared.',
];

describe("Hyper-V Replica and backup, previewed by the real engine", () => {
  it("passes without a word where everything is right", async () => {
    assert.deepEqual(await found(RIGHT, AS_OF), { passed: true, findings: [] });
  });

  it("is blocked, with a finding for each mistake and no other", async () => {
    assert.deepEqual(await found({ ...RIGHT, ...WRONG }, AS_OF), { passed: false, findings: [...EXPECTED].sort() });
  });
});
