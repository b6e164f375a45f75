import * as hybridcompute from "@pulumi/azure-native/hybridcompute";
import * as scvmm from "@pulumi/azure-native/scvmm";
import { Host } from "hyperv-guard";

const resourceGroupName = "exchange";
const extendedLocation = {
  name: "/subscriptions/0000/resourceGroups/exchange/providers/Microsoft.ExtendedLocation/customLocations/vmm1",
  type: "customLocation",
};

// No type of Azure declares the hosts of Virtual Machine Manager: a component does.
for (const name of ["hv1", "hv2"]) {
  new Host(name, {
    operatingSystem: "Windows Server 2022",
    processors: { sockets: 2, coresPerSocket: 16, threadsPerCore: 2 },
    memoryMB: 262_144,
  });
}

interface Server {
  readonly name: string;
  readonly host: string;
  readonly processors: number;
  readonly dynamicMemory: boolean;
  readonly differencing: boolean;
}

function mailboxServer({ name, host, processors, dynamicMemory, differencing }: Server): void {
  const machine = new hybridcompute.Machine(name, {
    resourceGroupName,
    kind: "SCVMM",
    tags: {
      "hyperv-guard:host": host,
      "hyperv-guard:guestOs": "Windows Server 2022 Datacenter",
      "hyperv-guard:exchange": "Exchange 2019",
      "hyperv-guard:exchangeRoles": "Mailbox",
      "hyperv-guard:databaseAvailabilityGroup": "DAG1",
    },
  });
  new scvmm.VirtualMachineInstance(name, {
    resourceUri: machine.id,
    extendedLocation,
    infrastructureProfile: { vmName: name, generation: 2, checkpointType: "Disabled" },
    hardwareProfile: {
      cpuCount: processors,
      memoryMB: 98_304,
      dynamicMemoryEnabled: dynamicMemory ? "true" : "false",
      dynamicMemoryMinMB: 65_536,
      dynamicMemoryMaxMB: 98_304,
    },
    storageProfile: {
      disks: [
        { name: "system", diskSizeGB: 200, vhdType: "Fixed" },
        { name: "databases", diskSizeGB: 500, vhdType: "Fixed", createDiffDisk: differencing ? "true" : "false" },
      ],
    },
    networkProfile: { networkInterfaces: [{ name: "servers" }] },
  });
}

mailboxServer({ name: "mbx1", host: "hv1", processors: 8, dynamicMemory: false, differencing: false });
// Wrong in four ways.
mailboxServer({ name: "mbx2", host: "hv1", processors: 1025, dynamicMemory: true, differencing: true });
