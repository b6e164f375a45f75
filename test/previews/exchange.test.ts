import { estate, type Resources } from "./program";

function host(operatingSystem: string, coresPerSocket: number, memoryMB: number, more: object = {}) {
  const processors = { sockets: 2, coresPerSocket, threadsPerCore: 2 };
  return { type: "Host", properties: { operatingSystem, processors, memoryMB, ...more } };
}

function vm(guestOs: string, processorCount: number, memoryMB: number, more: object) {
  return { type: "VirtualMachine", properties: { guestOs, processorCount, memoryMB, generation: 2, ...more } };
}

function disk(name: string, purpose: string, sizeGB: number, more: object = {}) {
  return { name, purpose, type: "fixed", format: "VHDX", sizeGB, storage: name, ...more };
}

/** So many of them, `name1` and on. */
function several(name: string, number: number, make: (index: number) => Resources[string]): Resources {
  return Object.fromEntries(Array.from({ length: number }, (_, at) => [`${name}${String(at + 1)}`, make(at + 1)]));
}

const R2_2012 = "Windows Server 2012 R2";
const SOUND = { automaticStopAction: "shutDown", checkpoints: "disabled" };

/** Mailbox and Client Access in one server, as Microsoft sizes Exchange 2013: 12 of 16 cores and 96 GB. */
function combined(properties: object = {}, exchange: object = {}, size: readonly [number, number] = [12, 98304]) {
  return vm(R2_2012, ...size, {
    ...SOUND,
    disks: [
      disk("system", "operatingSystem", 150),
      disk("databases", "databases", 4000, { type: "dynamic", alsoHolds: ["contentIndex", "messageQueue"] }),
      disk("logs", "transactionLogs", 400),
    ],
    exchange: { version: "Exchange 2013 CU23", roles: ["Mailbox", "CAS"], ...exchange },
    ...properties,
  });
}

const W2022 = "Windows Server 2022";

/** A Mailbox server of Exchange 2019 with 24 processors and 192 GB. */
function mailbox2019(properties: object = {}, exchange: object = {}, memoryMB = 196608) {
  return vm(W2022, 24, memoryMB, {
    ...SOUND,
    disks: [
      disk("system", "operatingSystem", 300, { alsoHolds: ["messageQueue"] }),
      disk("databases", "databases", 8000, { alsoHolds: ["transactionLogs"] }),
    ],
    exchange: { version: "Exchange 2019", roles: ["Mailbox"], ...exchange },
    ...properties,
  });
}

describe("Exchange estates, previewed by the real engine", () => {
  estate(
    "three servers of Exchange 2013 with combined roles in one group",
    "2014-06-30",
    {
      ...several("hv", 3, () => host(R2_2012, 8, 131072, { roles: ["Hyper-V", "Failover Clustering"] })),
      ...several("ex", 3, (index) => combined({ host: `hv${String(index)}` }, { databaseAvailabilityGroup: "DAG1" })),
    },
    {
      full: host(R2_2012, 8, 131072),
      "ex-ratio": combined({ host: "full" }, {}, [24, 98304]),
      "app-ratio": vm(R2_2012, 10, 4096, { host: "full" }),
      busy: host(R2_2012, 8, 262144, { roles: ["Hyper-V", "DHCP Server"] }),
      "ex-disks": combined({
        host: "busy",
        generation: 1,
        disks: [
          disk("system", "operatingSystem", 100),
          disk("databases", "databases", 2000, { type: "dynamic", format: "VHD" }),
          disk("logs", "transactionLogs", 400, { type: "nfs", storage: "system" }),
        ],
      }),
      "ex-checkpoints": combined({ host: "busy", checkpoints: "production" }, {}, [4, 4096]),
      c1: { type: "Cluster", properties: { nodes: ["node1", "node2"] } },
      ...several("node", 2, () => host(R2_2012, 8, 131072)),
      "ex-saves": combined({ cluster: "c1", automaticStopAction: undefined }, {}, [25, 65536]),
      "ex-guest": combined({ cluster: "c1", guestOs: "Windows Server 2008 SP2", generation: 1 }, {}, [8, 16384]),
    },
    [
      'advisory exchange-separate-storage ex-disks: ex-disks (Exchange 2013, Mailbox, Client Access) has the disk "logs" (transactionLogs) on system, where its operating system disk "system" lies too.',
      "advisory exchange-survives-host-loss node1: node1 is a single point of failure: the virtual machines that must fit on the other node of c1 need 33 virtual processors, where 32 are free (Exchange allows 2 virtual processors for each physical core of its host).",
      "advisory exchange-survives-host-loss node2: node2 is a single point of failure: the virtual machines that must fit on the other node of c1 need 33 virtual processors, where 32 are free (Exchange allows 2 virtual processors for each physical core of its host).",
      "advisory exchange-size ex-saves: ex-saves (Exchange 2013, Mailbox, Client Access) has 25 virtual processors. Exchange 2013 should have at most 24 processors.",
      "mandatory exchange-checkpoints ex-checkpoints: ex-checkpoints (Exchange 2013, Mailbox, Client Access) allows checkpoints (production).",
      'mandatory exchange-fixed-disks ex-disks: ex-disks (Exchange 2013, Mailbox, Client Access) has the disk "logs" (transactionLogs) on an NFS share.',
      'mandatory exchange-fixed-disks ex-disks: ex-disks (Exchange 2013, Mailbox, Client Access) has the dynamically expanding VHD "databases" (databases).',
      "mandatory exchange-host-dedicated busy: busy runs Exchange, and has 1 other role: DHCP Server.",
      'mandatory exchange-os-disk-size ex-disks: ex-disks (Exchange 2013, Mailbox, Client Access) needs 15 (operating system) + 96 (paging file for 96 GB) = 111 GB on its operating system disk "system", which has 100 GB.',
      "mandatory exchange-processor-ratio full: full runs 34 virtual processors on 16 physical cores (2 sockets × 8 cores). Exchange allows 2 to 1, which is 32 here.",
      "mandatory exchange-size ex-checkpoints: ex-checkpoints (Exchange 2013, Mailbox, Client Access) has 4096 MB of memory. Exchange 2013 needs at least 8 GB, which is 8192 MB.",
      "mandatory exchange-supported-scenario ex-guest: ex-guest (Exchange 2013, Mailbox, Client Access) runs on Windows Server 2008 with Service Pack 2, which Exchange 2013 does not support.",
      "mandatory exchange-supported-scenario ex-saves: ex-saves (Exchange 2013, Mailbox, Client Access) saves its state when its host stops (automaticStopAction save, the default), and is highly available.",
    ],
  );

  estate(
    "four sites of Exchange 2019, two Mailbox servers and an Edge Transport server in each",
    "2023-06-30",
    {
      ...several("hv", 8, () => host(W2022, 24, 294912)),
      ...several("ex", 8, (index) =>
        mailbox2019({ host: `hv${String(index)}` }, { databaseAvailabilityGroup: "DAG1" }),
      ),
      ...several("edge", 4, (index) =>
        vm(W2022, 8, 65536, {
          ...SOUND,
          host: `hv${String(2 * index)}`,
          disks: [disk("system", "operatingSystem", 100), disk("queue", "messageQueue", 100)],
          exchange: { version: "Exchange Server 2019", roles: ["Edge Transport"] },
        }),
      ),
    },
    {
      small: host(W2022, 24, 262144),
      "ex-old-role": mailbox2019({ host: "small" }, { roles: ["Mailbox", "Client Access"] }, 131072),
      "ex-share": mailbox2019(
        {
          host: "small",
          disks: [
            disk("system", "operatingSystem", 300, { alsoHolds: ["messageQueue", "transactionLogs"] }),
            disk("databases", "databases", 8000, { type: "dynamic", path: "\\\\sofs\\exchange\\databases.vhdx" }),
          ],
        },
        { version: "Exchange SE" },
        131072,
      ),
      "ex-dynamic": mailbox2019({ host: "hv9", dynamicMemory: { minimumMB: 65536, maximumMB: 131072 } }, {}, 65536),
      hv9: host(W2022, 12, 262144),
      "ex-guest": mailbox2019(
        { host: "hv9", guestOs: "Windows Server 2016" },
        { databaseAvailabilityGroup: "DAG1" },
        122880,
      ),
    },
    [
      "advisory exchange-memory-oversubscription small: small has 262144 MB of memory, and its virtual machines may use 262144 MB. With 2048 MB for the parent partition that is 2048 MB too much. It runs Exchange, and what does not fit into its memory does not start.",
      "advisory exchange-processor-ratio hv9: hv9 runs 48 virtual processors on 24 physical cores (2 sockets × 12 cores), and 2 for the host itself. Exchange allows 2 to 1, which is 48 here.",
      'advisory exchange-separate-storage ex-share: ex-share (Exchange Server Subscription Edition, Mailbox) has the transaction logs on its operating system disk "system".',
      "advisory exchange-size ex-dynamic: ex-dynamic (Exchange 2019, Mailbox) has 65536 MB of memory. Exchange 2019 should have at least 128 GB, which is 131072 MB.",
      "advisory exchange-size ex-guest: ex-guest (Exchange 2019, Mailbox) has 122880 MB of memory. Exchange 2019 should have at least 128 GB, which is 131072 MB.",
      'mandatory estate ex-old-role: ex-old-role: exchange.roles[1] is "Client Access": Exchange 2019 has no such role.',
      "mandatory exchange-dynamic-memory ex-dynamic: ex-dynamic (Exchange 2019, Mailbox) has dynamic memory, from 65536 to 131072 MB.",
      'mandatory exchange-fixed-disks ex-share: ex-share (Exchange Server Subscription Edition, Mailbox) has the disk "databases" (databases) as a dynamically expanding disk on an SMB share.',
      "mandatory exchange-supported-scenario ex-guest: ex-guest (Exchange 2019, Mailbox) runs on Windows Server 2016, which Exchange 2019 does not support.",
    ],
  );
});
