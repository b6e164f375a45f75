import assert from "node:assert/strict";
import { found, type Resources } from "./program";

const HOST = {
  type: "Host",
  properties: {
    operatingSystem: "Windows Server 2008 R2 SP1",
    processors: { sockets: 2, coresPerSocket: 6, threadsPerCore: 2 },
    memoryMB: 131072,
  },
};

/** Room for either role. */
const DISKS = [
  { name: "system", purpose: "operatingSystem", type: "fixed", format: "VHD", sizeGB: 60, storage: "system" },
  ...["databases", "transactionLogs", "contentIndex", "messageQueue"].map((purpose) => {
    return { name: purpose, purpose, type: "passThrough", sizeGB: 200, storage: purpose };
  }),
];

/** An Exchange server that is highly available on the cluster. */
function server(exchange: object, placement: object) {
  const machine = { guestOs: "Windows Server 2008 R2 SP1", processorCount: 2, memoryMB: 8192, disks: DISKS };
  const properties = { ...machine, cluster: "c1", automaticStopAction: "shutDown", ...placement };
  return {
    type: "VirtualMachine",
    properties: { ...properties, exchange: { version: "Exchange 2010 SP1", ...exchange } },
  };
}

function member(group: string, placement: object) {
  return server(
    { roles: ["Mailbox"], databaseAvailabilityGroup: group, witnessServer: "files.contoso.com" },
    placement,
  );
}

function transport(placement: object) {
  return server({ roles: ["Client Access", "Hub Transport"] }, placement);
}

const named = (...antiAffinityClassNames: readonly string[]) => ({ antiAffinityClassNames });

const RIGHT: Resources = {
  c1: { type: "Cluster", properties: { nodes: ["hv1", "hv2", "hv3", "hv4"] } },
  hv1: HOST,
  hv2: HOST,
  hv3: HOST,
  hv4: HOST,
  mbx1: member("DAG1", named("DAG1")),
  mbx2: member("dag1", named("dag1", "mailbox")),
  mbx3: member("DAG1", { ...named("Dag1"), possibleOwners: ["hv3", "hv4"] }),
  // Kept apart by their possible owners alone.
  arc1: member("DAG2", { possibleOwners: ["hv1", "hv2"] }),
  arc2: member("DAG2", { possibleOwners: ["hv3", "hv4"] }),
  cas1: transport(named("CAS")),
  cas2: transport(named("CAS")),
};

const WRONG: Resources = {
  mbx3: member("DAG1", named("DAG3")),
  arc1: member("DAG2", { ...named("DAG2"), possibleOwners: ["hv1"] }),
  arc2: member("DAG2", { ...named("DAG2"), possibleOwners: ["hv1"] }),
  ...Object.fromEntries(["big1", "big2", "big3", "big4", "big5"].map((name) => [name, member("DAG4", named("DAG4"))])),
  cas2: transport(named("transport")),
};

describe("Exchange servers that float in a cluster, previewed by the real engine", () => {
  it("pass without a word where they are kept apart", async () => {
    assert.deepEqual(await found(RIGHT), { passed: true, findings: [] });
  });

  it("are blocked where they are not, with a finding for each mistake and no other", async () => {
    const mailbox = "(Exchange 2010 SP1, Mailbox)";
    const cas2 =
      "cas2 (Exchange 2010 SP1, Client Access, Hub Transport) may come to run on the same node of the cluster c1 as every other";
    assert.deepEqual(await found({ ...RIGHT, ...WRONG }), {
      passed: false,
      findings: [
        `mandatory exchange-client-access-spread cas2: ${cas2} Client Access server: cas1.`,
        `mandatory exchange-dag-anti-affinity arc2: arc2 ${mailbox} can run only on the same host hv1 as arc1: both are members of the database availability group DAG2.`,
        `mandatory exchange-dag-anti-affinity big5: big5 ${mailbox} is one of 5 members of the database availability group DAG4 (big1, big2, big3, big4 and big5) that may run only on 4 hosts (hv1, hv2, hv3 and hv4): even with anti-affinity two of them run on one host, or one stays off.`,
        `mandatory exchange-dag-anti-affinity mbx3: mbx3 ${mailbox} may come to run on the same node of the cluster c1 as mbx1 and mbx2: all are members of the database availability group DAG1.`,
        `mandatory exchange-hub-transport-spread cas2: ${cas2} Hub Transport server: cas1.`,
      ],
    });
  });
});
