import { estate, type Resources } from "./program";

const AS_OF = "2026-06-30";
const processors = { sockets: 2, coresPerSocket: 16, threadsPerCore: 2 };

function host(name: string, more: object = {}) {
  const properties = { name, operatingSystem: "Windows Server 2025 Datacenter", processors, memoryMB: 262144, ...more };
  return { type: "Host", properties };
}

function machine(name: string, guestOs: string, on: string, more: object = {}) {
  const properties = { name, guestOs, host: on, generation: 2, processorCount: 2, memoryMB: 8192, ...more };
  return { type: "VirtualMachine", properties };
}

function disk(path: string) {
  return [{ name: "data", purpose: "data", type: "fixed", format: "VHDX", sizeGB: 100, path }];
}

function adapter(macAddress: string, more: object = {}) {
  return [{ name: "net", switch: "VMs", macAddress, ...more }];
}

const LINUX = { secureBoot: true, secureBootTemplate: "MicrosoftUEFICertificateAuthority" };
const CONTROLLER = {
  role: ["domain controller"],
  checkpoints: "disabled",
  integrationServices: { timeSynchronization: false },
};
const WITHOUT_SR_IOV = { virtualSwitches: [{ name: "Plain", type: "private", iov: false }] };

const RIGHT: Resources = {
  hv1: host("hv1", WITHOUT_SR_IOV),
  hv2: host("hv2"),
  dc1: machine("dc1", "Windows Server 2022", "hv1", CONTROLLER),
  dc2: machine("dc2", "Windows Server 2022", "hv2", CONTROLLER),
  web1: machine("web1", "Ubuntu 24.04", "hv1", { ...LINUX, networkAdapters: adapter("02-00-00-00-00-01") }),
  desk1: machine("desk1", "Windows 11 Enterprise", "hv1", { tpm: true, secureBoot: true }),
  sql1: machine("sql1", "Windows Server 2022", "hv1", { disks: disk("D:\\VMs\\sql1.vhdx"), checkpoints: "production" }),
};

const WRONG: Resources = {
  dc2: machine("dc2", "Windows Server 2022", "hv1", { ...CONTROLLER, checkpoints: "standard" }),
  web2: machine("web2", "Ubuntu 24.04", "hv1", { ...LINUX, secureBootTemplate: "MicrosoftWindows" }),
  web3: machine("web3", "Ubuntu 24.04", "hv1", { ...LINUX, networkAdapters: adapter("02-00-00-00-00-01") }),
  web4: machine("web4", "Ubuntu 24.04", "hv1", {
    ...LINUX,
    networkAdapters: adapter("02-00-00-00-00-04", { switch: "Plain", iovWeight: 100 }),
  }),
  twin: machine("web1", "Ubuntu 24.04", "hv1", LINUX),
  desk2: machine("desk2", "Windows 11 Enterprise", "hv1", { tpm: false, secureBoot: true }),
  sql2: machine("sql2", "Windows Server 2022", "hv1", { disks: disk("D:\\VMs\\sql1.vhdx"), checkpoints: "standard" }),
  lab: machine("lab", "Windows Server 2025", "hv2", {
    nestedVirtualization: true,
    dynamicMemory: { minimumMB: 4096, maximumMB: 16384 },
    smartPagingPath: "C:\\Paging",
    gpus: [{ assignment: "partition" }, { assignment: "partition" }],
  }),
};

estate("guests and their identity, previewed by the real engine", AS_OF, RIGHT, WRONG, [
  "advisory checkpoints-server-workload sql2: sql2 (Windows Server 2022) takes standard checkpoints.",
  "advisory domain-controllers dc2: dc2 is a domain controller and allows checkpoints (standard).",
  "advisory domain-controllers dc2: dc2 runs on hv1, as the other domain controller.",
  "mandatory gpu-partition lab: lab has 2 GPU partitions.",
  "mandatory guest-secure-boot web2: web2 has secure boot with the template MicrosoftWindows, which does not start Ubuntu 24.04.",
  "mandatory guest-tpm desk2: desk2 runs Windows 11 Enterprise without a virtual TPM.",
  "mandatory mac-addresses web3: web3 (net) has the MAC address 02-00-00-00-00-01, as web1 (net).",
  "advisory names-unique web1: web1 is the name of 2 virtual machines of hv1.",
  "advisory nested-virtualization lab: lab has dynamic memory and nested virtualization.",
  "mandatory shared-disk sql2: sql2 shares the virtual disk D:\\VMs\\sql1.vhdx with sql1, without persistent reservations.",
  "advisory smart-paging-disk lab: lab may shrink to 4096 MB and starts with 8192 MB, and pages the difference to C:\\Paging.",
  "mandatory sr-iov-consistent web4: web4 (net) asks for single-root I/O virtualization, which the virtual switch Plain of hv1 does not have.",
]);
