/** @typedef {import("../../lib/estate/plain.js").PlainObject} Properties */

/**
 * A resource as `pulumi stack export` writes it.
 * @typedef {object} StateResource
 * @property {string} urn
 * @property {string} type
 * @property {boolean} custom
 * @property {Properties} inputs
 * @property {Properties} outputs
 * @property {string} [provider]
 */

/** Cluster, hosts, their machines and what else a program has: the resources of a site. */
const siteSize = 50;
const nodes = 5;
const dagMembers = 4;

/** One in so many machines breaks each of the rules that all the compared programs have. */
const faulty = 400;

const gigabyte = 2 ** 30;

/**
 * An exported stack of a mixed estate: sites with a cluster each, whose machines are declared in every family of resource
 * types, with an Exchange organisation in components and with resources that are nothing of Hyper-V. Most of it is right.
 * @param {number} count how many resources
 * @param {number} [seed] the same seed gives the same stack
 * @returns {{ version: 3, deployment: { manifest: object, resources: StateResource[] } }}
 */
export function exportedStack(count, seed = 1) {
  const random = randomNumbers(seed);
  /** @type {StateResource[]} */
  const resources = [];
  for (let site = 0; resources.length < count; site++) resources.push(...siteResources(site, random));
  return { version: 3, deployment: { manifest: {}, resources: resources.slice(0, count) } };
}

/** @typedef {(below: number) => number} Random a whole number from 0 */

/**
 * @param {number} seed
 * @returns {Random}
 */
function randomNumbers(seed) {
  let state = seed;
  return (below) => {
    // The generator mulberry32.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/**
 * @param {number} site
 * @param {Random} random
 */
function siteResources(site, random) {
  /** @type {StateResource[]} */
  const resources = [cluster(site)];
  for (let node = 1; node <= nodes; node++) resources.push(host(site, node), provider(site, node));
  for (let member = 1; member <= dagMembers; member++) resources.push(mailboxServer(site, member, random));
  for (let number = 1; resources.length < siteSize; number++) {
    const family = families[number % families.length] ?? component;
    resources.push(...family(site, number, random));
  }
  return resources.slice(0, siteSize);
}

/** @type {((site: number, number: number, random: Random) => StateResource[])[]} */
const families = [component, component, taliesins, component, pulumiHyperv, vmm, component, powershell, stranger];

/** @param {number} site */
function cluster(site) {
  const purposes = ["clusterSharedVolumes", "liveMigration", "management"];
  return ofPack("Cluster", `s${site}-cluster`, {
    nodes: Array.from({ length: nodes }, (_, index) => hostName(site, index + 1)),
    networks: purposes.map((purpose, index) => ({
      name: `${purpose} of site ${site}`,
      purpose,
      role: purpose === "management" ? "clusterAndClient" : "cluster",
      metric: purpose === "management" ? 10_000 : 900 + index * 100,
      autoMetric: false,
      defaultGateway: purpose === "management",
      speedMbps: 25_000,
    })),
    liveMigrationNetworks: [`liveMigration of site ${site}`],
    quorum: { type: "nodeAndFileShareMajority", witness: `\\\\files${site}\\witness` },
  });
}

/**
 * @param {number} site
 * @param {number} node from 1
 */
function host(site, node) {
  const purposes = ["management", "clusterSharedVolumes", "liveMigration", "virtualMachines", "virtualMachines"];
  return ofPack("Host", hostName(site, node), {
    operatingSystem: "Windows Server 2025",
    processors: { sockets: 2, coresPerSocket: 32, threadsPerCore: 2, vendor: "Intel" },
    memoryMB: 1_048_576,
    networkAdapters: purposes.map((purpose, index) => ({ name: `Ethernet ${index + 1}`, purpose, speedMbps: 25_000 })),
    virtualSwitches: [
      {
        name: "machines",
        type: "external",
        networkAdapters: ["Ethernet 4", "Ethernet 5"],
        embeddedTeaming: true,
        allowManagementOs: false,
      },
    ],
  });
}

/**
 * @param {number} site
 * @param {number} node from 1
 */
function provider(site, node) {
  const properties = { host: `${hostName(site, node)}.contoso.com`, user: "CONTOSO\\deploy" };
  return resource("pulumi:providers:hyperv", hostName(site, node), properties);
}

/**
 * @param {number} site
 * @param {number} member from 1
 * @param {Random} random
 */
function mailboxServer(site, member, random) {
  const isTogether = random(faulty) === 0;
  const isDynamic = random(faulty) === 0;
  const memoryMB = 131_072;
  const disk = (/** @type {string} */ purpose, /** @type {number} */ sizeGB) => ({
    name: purpose,
    purpose,
    type: "fixed",
    sizeGB,
    storage: `volume ${purpose} ${member}`,
    path: `C:\\ClusterStorage\\${purpose}${member}\\s${site}-mbx${member}.vhdx`,
  });
  return ofPack("VirtualMachine", `s${site}-mbx${member}`, {
    host: hostName(site, isTogether ? (member % dagMembers) + 1 : member),
    guestOs: "Windows Server 2022 Standard",
    generation: 2,
    processorCount: 16,
    memoryMB,
    ...(isDynamic ? { dynamicMemory: { minimumMB: memoryMB / 2, maximumMB: memoryMB } } : {}),
    checkpoints: "disabled",
    automaticStopAction: "shutDown",
    disks: [disk("operatingSystem", 200), disk("databases", 2000), disk("transactionLogs", 300)],
    networkAdapters: [{ name: "LAN", switch: "machines" }],
    exchange: {
      version: "Exchange Server SE",
      roles: ["Mailbox"],
      databaseAvailabilityGroup: `DAG${site}`,
    },
  });
}

/** @type {(site: number, number: number, random: Random) => StateResource[]} */
function component(site, number, random) {
  const name = machineName(site, number);
  const place = random(2) === 0 ? { host: hostName(site, 1 + random(nodes)) } : { cluster: `s${site}-cluster` };
  const guestOs = ["Windows Server 2025 Datacenter", "Windows Server 2022 Standard", "Ubuntu 24.04"][random(3)];
  return [
    ofPack("VirtualMachine", name, {
      ...place,
      guestOs,
      generation: 2,
      processorCount: random(faulty) === 0 ? 4096 : 2 * (1 + random(4)),
      memoryMB: 4096 * (1 + random(4)),
      checkpoints: "production",
      disks: [
        { name: "system", purpose: "operatingSystem", type: "fixed", sizeGB: 80 + 20 * random(4), path: file(name, 0) },
        { name: "data", purpose: "data", type: "dynamic", sizeGB: 100 * (1 + random(9)), path: file(name, 1) },
      ],
      networkAdapters: [{ name: "LAN", switch: "machines", vlan: 10 + random(4) }],
      integrationServices: { heartbeat: true, timeSynchronization: true, shutdown: true },
    }),
  ];
}

/** @type {(site: number, number: number, random: Random) => StateResource[]} */
function taliesins(site, number, random) {
  const name = machineName(site, number);
  const node = 1 + random(nodes);
  return [
    managed(site, node, "hyperv:index/vhd:Vhd", `${name}-system`, {
      path: file(name, 0),
      vhdType: "Fixed",
      size: 80 * gigabyte,
    }),
    managed(site, node, "hyperv:index/machineInstance:MachineInstance", name, {
      name,
      generation: 2,
      processorCount: 2 + random(4),
      staticMemory: true,
      memoryStartupBytes: (4 + random(12)) * gigabyte,
      hardDiskDrives: [{ controllerType: "Scsi", path: file(name, 0) }],
      networkAdaptors: [{ name: "LAN", switchName: "machines" }],
      checkpointType: "Production",
      automaticStopAction: "ShutDown",
    }),
  ];
}

/** @type {(site: number, number: number, random: Random) => StateResource[]} */
function pulumiHyperv(site, number, random) {
  const name = machineName(site, number);
  const node = 1 + random(nodes);
  return [
    managed(site, node, "hyperv:vhdfile:VhdFile", `${name}-system`, {
      path: file(name, 0),
      diskType: "fixed",
      sizeBytes: 80 * gigabyte,
    }),
    managed(site, node, "hyperv:machine:Machine", name, {
      machineName: name,
      generation: 2,
      processorCount: 2 + random(4),
      memorySize: 4096 * (1 + random(4)),
      hardDrives: [{ path: file(name, 0) }],
      networkAdapters: [{ name: "LAN", switchName: "machines" }],
      autoStopAction: "ShutDown",
    }),
  ];
}

/** @type {(site: number, number: number, random: Random) => StateResource[]} */
function vmm(site, number, random) {
  const name = machineName(site, number);
  const scope = `/subscriptions/s/resourceGroups/site${site}/providers/Microsoft.HybridCompute/machines/${name}`;
  const tags = { "hyperv-guard:guestOs": "Windows Server 2025", "hyperv-guard:cluster": `s${site}-cluster` };
  return [
    resource("azure-native:hybridcompute:Machine", name, { resourceGroupName: `site${site}`, machineName: name, tags }),
    resource("azure-native:scvmm:VirtualMachineInstance", name, {
      resourceUri: scope,
      infrastructureProfile: { vmName: name, generation: 2 },
      hardwareProfile: { cpuCount: 2 + random(4), memoryMB: 8192, dynamicMemoryEnabled: "false" },
      storageProfile: { disks: [{ name: "system", diskSizeGB: 80, vhdType: "Fixed", createDiffDisk: "false" }] },
      networkProfile: { networkInterfaces: [{ name: "LAN" }] },
    }),
  ];
}

/** @type {(site: number, number: number, random: Random) => StateResource[]} */
function powershell(site, number, random) {
  const name = machineName(site, number);
  const create = [
    `$vm = '${name}'`,
    `New-VM -Name $vm -MemoryStartupBytes ${4 + random(12)}GB -Generation 2 -SwitchName machines -NoVHD`,
    `New-VHD -Path '${file(name, 0)}' -SizeBytes 80GB -Fixed`,
    `Add-VMHardDiskDrive -VMName $vm -Path '${file(name, 0)}'`,
    `Set-VMProcessor -VMName $vm -Count ${2 + random(4)}`,
  ].join("\n");
  const connection = { host: `${hostName(site, 1 + random(nodes))}.contoso.com`, user: "CONTOSO\\deploy" };
  return [resource("command:remote:Command", name, { create, connection })];
}

/** @type {(site: number, number: number, random: Random) => StateResource[]} */
function stranger(site, number, random) {
  return [
    resource("random:index/randomPassword:RandomPassword", machineName(site, number), {
      length: 24 + random(8),
      special: true,
      keepers: { site: `${site}` },
    }),
  ];
}

/**
 * @param {number} site
 * @param {number} node from 1
 */
function hostName(site, node) {
  return `s${site}-hv${node}`;
}

/**
 * @param {number} site
 * @param {number} number
 */
function machineName(site, number) {
  return `s${site}-vm${number}`;
}

/**
 * @param {string} machine
 * @param {number} disk
 */
function file(machine, disk) {
  return `C:\\ClusterStorage\\Volume1\\${machine}\\disk${disk}.vhdx`;
}

/**
 * A component of the pack: what it is given is all that it has.
 * @param {string} kind
 * @param {string} name
 * @param {Properties} properties
 * @returns {StateResource}
 */
function ofPack(kind, name, properties) {
  return { ...resource(`hyperv-guard:index:${kind}`, name, { name, ...properties }), custom: false };
}

/**
 * A resource on a host.
 * @param {number} site
 * @param {number} node from 1
 * @param {string} type
 * @param {string} name
 * @param {Properties} properties
 */
function managed(site, node, type, name, properties) {
  const { urn } = provider(site, node);
  return { ...resource(type, name, properties), provider: `${urn}::00000000-0000-0000-0000-000000000000` };
}

/**
 * @param {string} type
 * @param {string} name
 * @param {Properties} properties
 * @returns {StateResource}
 */
function resource(type, name, properties) {
  return {
    urn: `urn:pulumi:bench::bench::${type}::${name}`,
    type,
    custom: true,
    inputs: properties,
    outputs: properties,
  };
}
