import { Host, VirtualMachine, type VirtualDisk, type VirtualMachineArgs } from "hyperv-guard";

// Two sockets × four cores × two threads: 16 logical processors, so up to 128 virtual processors at 8 to 1.
const hosts = ["hv1", "hv2", "hv3"].map(
  (name) =>
    new Host(name, {
      operatingSystem: "Windows Server 2008 R2 SP1",
      processors: { sockets: 2, coresPerSocket: 4, threadsPerCore: 2 },
      memoryMB: 65536,
    }),
);

// 15 GB and the memory for the paging file, and room for management software.
const system: VirtualDisk = {
  name: "system",
  purpose: "operatingSystem",
  type: "fixed",
  format: "VHD",
  sizeGB: 60,
  storage: "san-system",
};

const server: Pick<VirtualMachineArgs, "guestOs" | "processorCount" | "automaticStopAction"> = {
  guestOs: "Windows Server 2008 R2 SP1",
  processorCount: 4,
  automaticStopAction: "shutDown",
};

hosts.forEach((host, index) => {
  // One member of the database availability group on each host …
  new VirtualMachine(`ex-mbx${String(index + 1)}`, {
    ...server,
    host: host.name,
    edition: "Enterprise",
    memoryMB: 24576,
    disks: [
      system,
      { name: "databases", purpose: "databases", type: "passThrough", sizeGB: 900, storage: "san-databases" },
      { name: "logs", purpose: "transactionLogs", type: "passThrough", sizeGB: 120, storage: "san-logs" },
      { name: "index", purpose: "contentIndex", type: "passThrough", sizeGB: 100, storage: "san-databases" },
    ],
    exchange: { version: "Exchange 2010 SP1", roles: ["Mailbox"], databaseAvailabilityGroup: "DAG1" },
  });
  // … and Client Access and Hub Transport beside it: roles mix, and no host has all of one.
  new VirtualMachine(`ex-cas${String(index + 1)}`, {
    ...server,
    host: host.name,
    edition: "Standard",
    memoryMB: 8192,
    disks: [
      system,
      { name: "queue", purpose: "messageQueue", type: "fixed", format: "VHD", sizeGB: 40, storage: "san-queue" },
    ],
    exchange: { version: "Exchange 2010 SP1", roles: ["Client Access", "Hub Transport"] },
  });
});
