import { estate, type Resources } from "./program";

const AS_OF = "2023-01-31";
const processors = { sockets: 2, coresPerSocket: 16, threadsPerCore: 2 };

function host(name: string, more: object = {}) {
  const properties = { name, operatingSystem: "Windows Server 2022 Datacenter", processors, memoryMB: 262144, ...more };
  return { type: "Host", properties };
}

function machine(name: string, more: object = {}) {
  const guest = { guestOs: "Windows Server 2022", processorCount: 2, memoryMB: 4096, generation: 1 };
  return { type: "VirtualMachine", properties: { name, host: "hv1", ...guest, ...more } };
}

function disk(more: object) {
  return [{ name: "data", purpose: "data", type: "dynamic", format: "VHDX", sizeGB: 100, ...more }];
}

function adapter(more: object) {
  return [{ name: "net", switch: "LAN", ...more }];
}

const RIGHT: Resources = {
  hv1: host("hv1", { domain: "contoso.com", roles: ["Hyper-V"] }),
  web1: machine("web1", {
    disks: disk({}),
    networkAdapters: adapter({ portMirroring: "source" }),
    integrationServices: { heartbeat: true, vss: true },
  }),
  ids1: machine("ids1", { networkAdapters: adapter({ portMirroring: "destination" }) }),
};

const WRONG: Resources = {
  hv2: host("hv2", { domain: "workgroup", roles: ["Hyper-V", "DHCP Server"] }),
  hv3: host("hv3", { domain: "contoso.com", operatingSystem: "Windows Server 2012 R2 Datacenter" }),
  hv4: host("hv4", { domain: "fabrikam.com", operatingSystem: "Windows Server 2012 R2 Standard" }),
  c1: { type: "Cluster", properties: { name: "c1", nodes: ["hv3", "hv4"] } },
  web2: machine("web2", {
    disks: disk({ format: "VHD" }),
    networkAdapters: adapter({ kind: "legacy" }),
    integrationServices: { vss: false },
  }),
  ids2: machine("ids2", { networkAdapters: adapter({ switch: "DMZ", portMirroring: "destination" }) }),
};

estate(
  "what the Best Practices Analyzer and cluster validation ask for, previewed by the real engine",
  AS_OF,
  RIGHT,
  WRONG,
  [
    "mandatory cluster-nodes-alike c1: c1 has nodes in different domains: contoso.com (hv3); fabrikam.com (hv4).",
    "advisory cluster-nodes-alike c1: c1 has nodes of different editions: Datacenter (hv3); Standard (hv4).",
    "advisory host-domain hv2: hv2 is in a workgroup, and other hosts are in the domain contoso.com.",
    "advisory host-roles hv2: hv2 has 1 role besides Hyper-V: DHCP Server.",
    "advisory integration-services-offered web2: web2 is not offered vss.",
    "advisory legacy-network-adapter web2: web2 has 1 legacy network adapter, though there are synthetic ones for Windows Server 2022.",
    'advisory port-mirroring ids2: ids2 has the adapter "net" as a destination of port mirroring, and the virtual switch "DMZ" has no source.',
    'advisory virtual-disk-format web2: web2 has the virtual disk "data", which is dynamic and a VHD.',
  ],
);
