import { exportedStack } from "./exported-stack.mjs";

/** @typedef {import("../../lib/estate/plain.js").PlainObject} Properties */

/**
 * What is judged for one size.
 * @typedef {object} Case
 * @property {{ urn: string, type: string, name: string, properties: Properties }[]} resources
 * @property {Properties} [configuration] that of the policy `estate`
 */

/**
 * A way in which an estate may grow: for twice the size, the time is to be twice as long at most.
 * @typedef {object} Growth
 * @property {string} id that of tests
 * @property {string} what
 * @property {number} size where it begins to matter
 * @property {(size: number) => Case} make
 */

/** @type {readonly Growth[]} */
export const GROWTHS = [
  { id: "resources", what: "resources of a mixed estate", size: 1000, make: mixedEstate },
  { id: "cluster", what: "virtual machines in one cluster", size: 1000, make: machinesInCluster },
  { id: "hosts", what: "hosts", size: 1000, make: hosts },
  { id: "nodes", what: "nodes of one cluster", size: 500, make: nodes },
  { id: "dag", what: "members of one database availability group", size: 100, make: members },
  { id: "rules", what: "rules of one security group", size: 500, make: securityRules },
  { id: "names", what: "references that name nothing", size: 1000, make: danglingReferences },
  { id: "script", what: "lines of one script", size: 500, make: longScript },
  { id: "text", what: "characters of one text", size: 100_000, make: longText },
  { id: "disks", what: "disks of one virtual machine", size: 250, make: disks },
  { id: "adapters", what: "network adapters of one host", size: 100, make: adapters },
  { id: "H3", what: "hashtables in a script", size: 250, make: hashtables },
  { id: "H4", what: "hosts behind one security group of 100 rules", size: 32, make: groupedHosts },
  { id: "H5 hosts", what: "hosts of one VMM server", size: 250, make: managedHosts },
  { id: "H5 firewalls", what: "firewalls around one VMM server", size: 250, make: firewalls },
  { id: "H6", what: "virtual machines on hosts that are only named", size: 1000, make: namedHosts },
  { id: "H6 replicas", what: "replicas and backups of machines that are only named", size: 500, make: namedMachines },
  { id: "H7", what: "exemptions and findings", size: 500, make: exemptions },
  { id: "H9", what: "entries of classify and resources", size: 500, make: classifyEntries },
];

/** @param {number} size */
function mixedEstate(size) {
  const { resources } = exportedStack(size).deployment;
  return {
    resources: resources.map(({ urn, type, outputs }) => ({
      urn,
      type,
      name: urn.split("::").at(-1) ?? "",
      properties: outputs,
    })),
  };
}

/** @param {number} size */
function machinesInCluster(size) {
  return { resources: [cluster("c1"), ...numbered(16, (n) => host(`hv${n}`)), ...numbered(size, floating)] };
}

/** @param {number} size */
function hosts(size) {
  return { resources: numbered(size, (n) => standalone(`hv${n}`)) };
}

/** @param {number} size */
function nodes(size) {
  return { resources: [cluster("c1"), ...numbered(size, (n) => host(`hv${n}`)), ...numbered(size, floating)] };
}

/** @param {number} size */
function members(size) {
  const exchange = { version: "Exchange Server SE", roles: ["Mailbox"], databaseAvailabilityGroup: "DAG1" };
  const servers = numbered(size, (n) => machine(`mbx${n}`, { host: `hv${n % 8}`, exchange }));
  return { resources: [cluster("c1"), ...numbered(8, (n) => host(`hv${n}`)), ...servers] };
}

/** @param {number} size */
function securityRules(size) {
  return { resources: [vmmServer(numbered(4, (n) => `hv${n}`)), securityGroup(size)] };
}

/** @param {number} size */
function groupedHosts(size) {
  return { resources: [vmmServer(numbered(size, (n) => `hv${n}`)), securityGroup(100)] };
}

/** @param {number} size */
function managedHosts(size) {
  return { resources: [vmmServer(numbered(size, (n) => `hv${n}`))] };
}

/** @param {number} size */
function firewalls(size) {
  const names = numbered(size, (n) => `hv${n}`);
  return { resources: [vmmServer(names.slice(0, 10)), ...names.map((name) => firewall(name, "vmm1"))] };
}

/** @param {number} size */
function danglingReferences(size) {
  return { resources: [standalone("hv1"), ...numbered(size, (n) => machine(`vm${n}`, { cluster: `none${n}` }))] };
}

/** @param {number} size */
function namedHosts(size) {
  return { resources: numbered(size, (n) => machine(`vm${n}`, { host: `hv${n}` })) };
}

/** @param {number} size */
function namedMachines(size) {
  const job = (/** @type {number} */ n) =>
    component("BackupJob", `job${n}`, { product: "Veeam Backup & Replication", protects: [`none${n}`] });
  const replica = (/** @type {number} */ n) =>
    component("ReplicaRelationship", `replica${n}`, {
      authentication: "certificate",
      virtualMachine: `none${n}`,
      replicaServer: `nowhere${n}`,
    });
  return { resources: [standalone("hv1"), ...numbered(size, job), ...numbered(size, replica)] };
}

/** @param {number} size */
function longScript(size) {
  const lines = numbered(size, (n) => `New-VM -Name vm${n} -MemoryStartupBytes 4GB -Generation 2 -NoVHD`);
  return { resources: [script(lines.join("\n"))] };
}

/** @param {number} size */
function hashtables(size) {
  const lines = numbered(
    size,
    (n) => `$vm${n} = @{ Name = 'vm${n}'; MemoryStartupBytes = 4GB; Generation = 2 }\nNew-VM @vm${n}`,
  );
  return { resources: [script(lines.join("\n"))] };
}

/** @param {number} size */
function longText(size) {
  const text = "a\\".repeat(size / 2);
  return { resources: [standalone("hv1"), machine("vm1", { host: text, guestOs: text, disks: [disk(text)] })] };
}

/** @param {number} size */
function disks(size) {
  const exchange = { version: "Exchange Server SE", roles: ["Mailbox"] };
  const all = numbered(size, (n) => ({ ...disk(`disk${n}`), purpose: n % 2 === 0 ? "databases" : "transactionLogs" }));
  return { resources: [standalone("hv1"), machine("vm1", { host: "hv1", exchange, disks: all })] };
}

/** @param {number} size */
function adapters(size) {
  const purposes = ["management", "liveMigration", "clusterSharedVolumes", "virtualMachines"];
  const networkAdapters = numbered(size, (n) => ({ name: `NIC ${n}`, purpose: purposes[n % 4], speedMbps: 10_000 }));
  return { resources: [cluster("c1"), host("hv1", { networkAdapters })] };
}

/** @param {number} size */
function exemptions(size) {
  const entries = numbered(size, (n) => ({
    rule: "guest-processor-count",
    resource: urnOf("VirtualMachine", `vm${n}`),
    reason: "Old.",
    expires: "2099-01-01",
  }));
  const machines = numbered(size, (n) => machine(`vm${n}`, { host: "hv1", processorCount: 4096 }));
  return { resources: [standalone("hv1"), ...machines], configuration: { exemptions: entries } };
}

/** @param {number} size */
function classifyEntries(size) {
  const type = "hyperv:index/machineInstance:MachineInstance";
  return {
    resources: [
      standalone("hv1"),
      ...numbered(size, (n) => resource(type, `vm${n}`, { name: `vm${n}`, processorCount: 2 })),
    ],
    configuration: {
      classify: numbered(size, (n) => ({ match: { name: `vm${n}` }, guestOs: "Windows Server 2025", host: "hv1" })),
    },
  };
}

/** @param {string} name */
function cluster(name) {
  return component("Cluster", name, {});
}

/**
 * @param {string} name
 * @param {Properties} [properties]
 */
function standalone(name, properties) {
  return component("Host", name, {
    operatingSystem: "Windows Server 2025",
    processors: { sockets: 2, coresPerSocket: 64, threadsPerCore: 2 },
    memoryMB: 4_194_304,
    ...properties,
  });
}

/**
 * @param {string} name
 * @param {Properties} [properties]
 */
function host(name, properties) {
  return standalone(name, { cluster: "c1", ...properties });
}

/** @param {number} n */
function floating(n) {
  return machine(`vm${n}`, { cluster: "c1" });
}

/**
 * @param {string} name
 * @param {Properties} properties
 */
function machine(name, properties) {
  return component("VirtualMachine", name, {
    guestOs: "Windows Server 2025",
    generation: 2,
    processorCount: 2,
    memoryMB: 4096,
    automaticStopAction: "shutDown",
    ...properties,
  });
}

/** @param {string} name */
function disk(name) {
  return { name, type: "fixed", sizeGB: 100, purpose: "data", path: `D:\\Disks\\${name}.vhdx` };
}

/** @param {string[]} managed */
function vmmServer(managed) {
  const machines = managed.map((name, index) => ({
    name,
    address: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    networkSecurityGroups: ["nsg"],
  }));
  return component("VmmServer", "vmm1", { version: "VMM 2025", host: "vmm1", managedHosts: managed, machines });
}

/** @param {number} size */
function securityGroup(size) {
  const rules = numbered(size, (n) => ({
    name: `rule${n}`,
    priority: 100 + n,
    direction: n % 2 === 0 ? "Inbound" : "Outbound",
    access: "Allow",
    protocol: "Tcp",
    sourcePortRange: "*",
    destinationPortRange: String(1000 + n),
    sourceAddressPrefixes: ["10.0.0.0/16"],
    destinationAddressPrefixes: [`10.0.${n % 250}.0/24`],
  }));
  return resource("azure-native:network:NetworkSecurityGroup", "nsg", {
    networkSecurityGroupName: "nsg",
    securityRules: rules,
  });
}

/**
 * @param {string} from
 * @param {string} to
 */
function firewall(from, to) {
  return component("Firewall", `${from}-${to}`, { from, to, allow: [{ protocol: "tcp", ports: ["443"] }] });
}

/** @param {string} create */
function script(create) {
  return resource("command:remote:Command", "script", { create, connection: { host: "hv1" } });
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {Properties} properties
 */
function component(kind, name, properties) {
  return resource(`hyperv-guard:index:${kind}`, name, { name, ...properties });
}

/**
 * @param {string} kind
 * @param {string} name
 */
function urnOf(kind, name) {
  return `urn:pulumi:bench::bench::hyperv-guard:index:${kind}::${name}`;
}

/**
 * @param {string} type
 * @param {string} name
 * @param {Properties} properties
 */
function resource(type, name, properties) {
  return { urn: `urn:pulumi:bench::bench::${type}::${name}`, type, name, properties };
}

/**
 * @template T
 * @param {number} count
 * @param {(n: number) => T} make
 * @returns {T[]}
 */
function numbered(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}
