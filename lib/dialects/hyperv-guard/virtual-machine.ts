import { resolveConfigurationVersion } from "../../estate/configuration-versions";
import type { DeclaredResource } from "../../estate/declared";
import {
  CHECKPOINT_TYPES,
  SECURE_BOOT_TEMPLATES,
  SECURITY_TYPES,
  STOP_ACTIONS,
  type Architecture,
  type DynamicMemory,
  type ExchangeServer,
  type GuestOs,
  type IntegrationServices,
  type Replication,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, ifKnown, map, orDefault, type Value } from "../../estate/value";
import {
  describeGuestOs,
  resolveArchitecture,
  resolveEdition,
  resolveOperatingSystem,
} from "../../tables/operating-systems";
import type { FactSink } from "../dialect";
import { readExchangeRoles, readExchangeVersion } from "../exchange";
import { MEMORY, readAgent, readName, readerFor } from "./component";
import { readReplicationSettings } from "./replication";
import {
  DISK_SIZE,
  readDisk,
  readDvdDrive,
  readGpu,
  readGuestAdapter,
  readNuma,
  readResourceControl,
} from "./virtual-machine-hardware";

const PROCESSORS = { minimum: 1, maximum: 65_536 };
/** The range of the Buffer property of dynamic memory. */
const BUFFER = { minimum: 5, maximum: 2000, unit: "%" };

export function readVirtualMachine(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const edition = reader.resolved("edition", resolveEdition);
  const architecture = reader.resolved("architecture", resolveArchitecture);
  const memoryMB = reader.required(reader.integer("memoryMB", MEMORY), "the memory in MB", "memoryMB");
  const dynamicMemory = reader.object("dynamicMemory", readDynamicMemory);
  sink.add("virtualMachines", {
    kind: "virtualMachine",
    urn: resource.urn,
    ...readName(reader, resource),
    createsNothing: true,
    host: reader.text("host"),
    cluster: reader.text("cluster"),
    hostVersion: absent({ urn: resource.urn, path: "host" }),
    liveMigrationNetworks: reader.texts("liveMigrationNetworks"),
    guestOs: readGuestOs(reader, edition, architecture, resource, sink),
    edition,
    architecture,
    generation: orDefault(reader.integer("generation", { minimum: 1, maximum: 2 }), 1),
    configurationVersion: reader.resolved("configurationVersion", resolveConfigurationVersion),
    secureBoot: reader.flag("secureBoot"),
    secureBootTemplate: reader.oneOf("secureBootTemplate", SECURE_BOOT_TEMPLATES),
    tpm: reader.flag("tpm"),
    securityType: reader.oneOf("securityType", SECURITY_TYPES),
    processorCount: reader.required(
      reader.integer("processorCount", PROCESSORS),
      "the number of virtual processors",
      "processorCount",
    ),
    processorCompatibility: reader.flag("processorCompatibility"),
    nestedVirtualization: reader.flag("nestedVirtualization"),
    resourceControl: reader.object("resourceControl", readResourceControl),
    numa: reader.object("numa", readNuma),
    memoryMB,
    dynamicMemory,
    disks: reader.list("disks", readDisk),
    dvdDrives: reader.list("dvdDrives", readDvdDrive),
    gpus: reader.list("gpus", readGpu),
    networkAdapters: reader.list("networkAdapters", (adapter) => readGuestAdapter(adapter, resource, sink)),
    storagePath: reader.text("storagePath"),
    checkpointPath: reader.text("checkpointPath"),
    smartPagingPath: reader.text("smartPagingPath"),
    role: reader.texts("role"),
    group: reader.text("group"),
    antiAffinityClassNames: reader.texts("antiAffinityClassNames"),
    availabilitySets: reader.texts("availabilitySets"),
    possibleOwners: reader.texts("possibleOwners"),
    checkpoints: reader.oneOf("checkpoints", CHECKPOINT_TYPES),
    automaticCheckpoints: reader.flag("automaticCheckpoints"),
    automaticStopAction: orDefault(reader.oneOf("automaticStopAction", STOP_ACTIONS), "save"),
    integrationServices: reader.object("integrationServices", readIntegrationServices),
    exchange: reader.object("exchange", readExchange),
    replication: reader.object("replication", readReplication),
    agents: reader.list("agents", readAgent),
  });
  reader.reportUnread();
}

/** The guest operating system, with the edition and architecture that stand in its name or on their own. */
function readGuestOs(
  reader: Reader,
  edition: Value<string>,
  architecture: Value<Architecture>,
  resource: DeclaredResource,
  sink: FactSink,
): Value<GuestOs> {
  const named = reader.required(
    reader.resolved("guestOs", resolveOperatingSystem),
    "the guest operating system",
    "guestOs",
  );
  return map(named, (guest): GuestOs => {
    const report = (path: string, found: string): void => {
      const hidden = reader.isSecret("guestOs") || reader.isSecret(path);
      const problem = hidden
        ? "differs from guestOs (a secret that is not shown here)"
        : `is ${found}, but guestOs is ${describeGuestOs(guest)}`;
      sink.problem({ urn: resource.urn, path, problem, fix: "Declare it in one place, or make both agree." });
    };
    const ownEdition = ifKnown(edition);
    if (ownEdition !== undefined && guest.edition !== undefined && ownEdition !== guest.edition) {
      report("edition", ownEdition);
    }
    const ownArchitecture = ifKnown(architecture);
    if (ownArchitecture !== undefined && guest.architecture !== undefined && ownArchitecture !== guest.architecture) {
      report("architecture", ownArchitecture);
    }
    // The same object for the same guest: what the tables have of it is looked up once for all.
    if (ownEdition === undefined && ownArchitecture === undefined) return guest;
    return {
      ...guest,
      ...(ownEdition === undefined ? {} : { edition: ownEdition }),
      ...(ownArchitecture === undefined ? {} : { architecture: ownArchitecture }),
    };
  });
}

function readDynamicMemory(reader: Reader): DynamicMemory {
  return {
    minimumMB: reader.required(reader.integer("minimumMB", MEMORY), "the minimum memory in MB"),
    maximumMB: reader.required(reader.integer("maximumMB", MEMORY), "the maximum memory in MB"),
    bufferPercent: orDefault(reader.integer("bufferPercent", BUFFER), 20),
  };
}

function readIntegrationServices(reader: Reader): IntegrationServices {
  return {
    version: reader.text("version"),
    heartbeat: reader.flag("heartbeat"),
    timeSynchronization: reader.flag("timeSynchronization"),
    shutdown: reader.flag("shutdown"),
    vss: reader.flag("vss"),
    keyValuePairExchange: reader.flag("keyValuePairExchange"),
    syntheticDrivers: reader.flag("syntheticDrivers"),
  };
}

function readExchange(reader: Reader): ExchangeServer {
  const version = reader.required(readExchangeVersion(reader, "version"), "the version of Exchange");
  return {
    version: map(version, ({ id }) => id),
    isTakenAsRtm: ifKnown(version)?.isTakenAsRtm === true,
    roles: reader.required(readExchangeRoles(reader, "roles", version), "the server roles"),
    databaseAvailabilityGroup: reader.text("databaseAvailabilityGroup"),
    databases: reader.texts("databases"),
    witnessServer: reader.text("witnessServer"),
    managementSoftwareGB: reader.decimal("managementSoftwareGB", DISK_SIZE),
    crashDumpGB: reader.decimal("crashDumpGB", DISK_SIZE),
    serverRolesGB: reader.decimal("serverRolesGB", DISK_SIZE),
  };
}

function readReplication(reader: Reader): Replication {
  return { replicaHost: reader.text("replicaHost"), ...readReplicationSettings(reader) };
}
