import struct from "google-protobuf/google/protobuf/struct_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";

/** @typedef {Record<string, import("google-protobuf/google/protobuf/struct_pb.js").JavaScriptValue>} Properties */

/**
 * A resource as the engine hands it over.
 * @typedef {object} Resource
 * @property {string} type
 * @property {string} name
 * @property {Properties} properties
 */

/** The day by which the estate's systems are judged: its guests had support then. */
export const asOf = "2012-06-30";

/** A cluster, its five hosts and 44 virtual machines, half of them on the cluster and half on one of the hosts. */
const groupSize = 50;
const nodes = 5;

/**
 * An estate without any finding: clusters of Hyper-V hosts with virtual machines, and Exchange servers in some of them.
 * @param {number} count
 * @returns {Resource[]}
 */
export function estate(count) {
  return Array.from({ length: count }, (_, index) => {
    const group = Math.floor(index / groupSize);
    const member = index % groupSize;
    if (member === 0) return cluster(group);
    return member <= nodes ? host(group, member) : virtualMachine(group, member - nodes);
  });
}

/**
 * Resources that are as large as those of the estate, and nothing of Hyper-V.
 * @param {number} count
 * @returns {Resource[]}
 */
export function strangers(count) {
  return estate(count).map((resource) => ({ ...resource, type: "example:index:Resource" }));
}

/** @param {number} group */
function cluster(group) {
  const name = `cluster-${group}`;
  const networks = ["clusterSharedVolumes", "liveMigration", "cluster", "management"];
  return component("Cluster", name, {
    nodes: Array.from({ length: nodes }, (_, index) => `${name}-host-${index + 1}`),
    networks: networks.map((purpose, index) => ({
      name: `${name} network ${purpose}`,
      purpose,
      role: purpose === "management" ? "clusterAndClient" : "cluster",
      metric: purpose === "management" ? 10_000 : 900 + index * 100,
      autoMetric: false,
      defaultGateway: purpose === "management",
      speedMbps: 10_000,
    })),
    liveMigrationNetworks: [`${name} network liveMigration`, `${name} network cluster`],
    quorum: { type: "nodeMajority" },
  });
}

/**
 * @param {number} group
 * @param {number} member from 1
 */
function host(group, member) {
  const purposes = [
    "management",
    "cluster",
    "liveMigration",
    "clusterSharedVolumes",
    "virtualMachines",
    "virtualMachines",
  ];
  return component("Host", `cluster-${group}-host-${member}`, {
    operatingSystem: "Windows Server 2008 R2 SP1",
    processors: { sockets: 2, coresPerSocket: 8, threadsPerCore: 2, vendor: "Intel" },
    memoryMB: 131_072,
    cluster: `cluster-${group}`,
    networkAdapters: purposes.map((purpose, index) => ({
      name: `Ethernet ${index + 1} ${purpose}`,
      purpose,
      ...(purpose === "virtualMachines" ? { team: "Virtual machines" } : {}),
      speedMbps: 10_000,
      clientForMicrosoftNetworks: purpose !== "virtualMachines",
      fileAndPrinterSharing: purpose !== "virtualMachines",
    })),
    virtualSwitches: [
      {
        name: "Virtual machines",
        type: "external",
        networkAdapters: ["Virtual machines"],
        allowManagementOs: false,
      },
    ],
  });
}

/**
 * @param {number} group
 * @param {number} member from 1
 */
function virtualMachine(group, member) {
  const name = `cluster-${group}-vm-${member}`;
  const isMailbox = member <= nodes;
  const floats = !isMailbox && member % 2 === 0;
  const disk = { type: "fixed", format: "VHD", storage: `SAN volume ${group}` };
  return component("VirtualMachine", name, {
    ...(floats
      ? { cluster: `cluster-${group}` }
      : { host: `cluster-${group}-host-${((member - 1) % nodes) + 1}`, checkpoints: "disabled" }),
    guestOs: "Windows Server 2008 R2 SP1",
    edition: "Enterprise",
    architecture: "x64",
    processorCount: 2,
    memoryMB: 4096,
    disks: [
      { ...disk, name: "system", purpose: "operatingSystem", sizeGB: 60, path: `D:\\Machines\\${name}\\system.vhd` },
      {
        ...disk,
        name: "data",
        purpose: isMailbox ? "databases" : "data",
        ...(isMailbox ? { alsoHolds: ["contentIndex"] } : {}),
        sizeGB: 900,
        storage: `SAN volume ${group} for data`,
        path: `F:\\Machines\\${name}\\data.vhd`,
      },
      {
        ...disk,
        name: "logs",
        purpose: isMailbox ? "transactionLogs" : "data",
        sizeGB: 120,
        storage: `SAN volume ${group} for logs`,
        path: `E:\\Machines\\${name}\\logs.vhd`,
      },
    ],
    networkAdapters: [{ name: "Network adapter 1", switch: "Virtual machines", kind: "synthetic", vlan: 20 }],
    automaticStopAction: "shutDown",
    integrationServices: { version: "6.1.7601.17514", heartbeat: true, timeSynchronization: true, shutdown: true },
    ...(isMailbox
      ? { exchange: { version: "Exchange 2010 SP1", roles: ["Mailbox"], databaseAvailabilityGroup: `DAG${group}` } }
      : { agents: [{ product: "System Center Operations Manager agent", kind: "monitoring" }] }),
  });
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {Properties} properties
 * @returns {Resource}
 */
function component(kind, name, properties) {
  return { type: `hyperv-guard:index:${kind}`, name, properties: { name, ...properties } };
}

/** @param {Resource} resource */
export function analyzeRequest(resource) {
  return packed(fill(new analyzer.AnalyzeRequest(), resource));
}

/** @param {readonly Resource[]} resources */
export function analyzeStackRequest(resources) {
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(resources.map((resource) => fill(new analyzer.AnalyzerResource(), resource)));
  return packed(request);
}

/**
 * Does the sender's work once and beforehand, so that only the pack's is measured.
 * @template {{ serializeBinary(): Uint8Array }} T
 * @param {T} message
 * @returns {T}
 */
function packed(message) {
  const bytes = message.serializeBinary();
  message.serializeBinary = () => bytes;
  return message;
}

/**
 * @template {import("@pulumi/pulumi/proto/analyzer_pb.js").AnalyzeRequest | import("@pulumi/pulumi/proto/analyzer_pb.js").AnalyzerResource} T
 * @param {T} message
 * @param {Resource} resource
 * @returns {T}
 */
function fill(message, { type, name, properties }) {
  message.setType(type);
  message.setName(name);
  message.setUrn(`urn:pulumi:bench::bench::${type}::${name}`);
  message.setProperties(struct.Struct.fromJavaScript(properties));
  message.setOptions(new analyzer.AnalyzerResourceOptions());
  return message;
}
