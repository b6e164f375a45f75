import { resolveAddress } from "../../estate/addresses";
import type { DeclaredResource } from "../../estate/declared";
import {
  BANDWIDTH_MODES,
  MIGRATION_AUTHENTICATIONS,
  PROCESSOR_VENDORS,
  PURPOSES,
  SWITCH_TYPES,
  type Host,
  type HostAdapter,
  type VirtualSwitch,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, known, map, orDefault, type Value } from "../../estate/value";
import { resolveHost, type HostSystem } from "../../tables/host-versions";
import type { FactSink } from "../dialect";
import { MEMORY, SPEED, readAgent, readName, readerFor } from "./component";

/** Larger than any machine that exists; beyond it a number is a slip of the pen. */
const SOCKETS = { minimum: 1, maximum: 64 };
const CORES = { minimum: 1, maximum: 1024 };
const THREADS = { minimum: 1, maximum: 8 };
const PERCENT = { minimum: 1, maximum: 100, unit: "%" };
const WEIGHT = { minimum: 0, maximum: 100 };

export function readHost(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const system = reader.required(
    reader.resolved("operatingSystem", resolveHost),
    "the host's version of Windows Server",
  );
  sink.add("hosts", {
    kind: "host",
    urn: resource.urn,
    ...readName(reader, resource),
    operatingSystem: map(system, ({ version }) => version),
    edition: editionOf(system),
    ...reader.requiredObject("processors", "sockets, coresPerSocket and threadsPerCore", readProcessors),
    memoryMB: reader.required(reader.integer("memoryMB", MEMORY), "the memory in MB"),
    cluster: reader.text("cluster"),
    networkAdapters: reader.list("networkAdapters", readHostAdapter),
    virtualSwitches: reader.list("virtualSwitches", readVirtualSwitch),
    roles: reader.texts("roles"),
    agents: reader.list("agents", readAgent),
    site: reader.text("site"),
    domain: reader.text("domain"),
    address: reader.resolved("address", resolveAddress),
    processorModel: reader.text("processorModel"),
    liveMigrationAuthentication: reader.oneOf("liveMigrationAuthentication", MIGRATION_AUTHENTICATIONS),
  });
  reader.reportUnread();
}

function editionOf(system: Value<HostSystem>): Value<string> {
  if (system.state !== "known") return system;
  const { edition } = system.value;
  return edition === undefined ? absent(system.origin) : known(edition, system.origin);
}

function readProcessors(
  reader: Reader,
): Pick<Host, "sockets" | "coresPerSocket" | "threadsPerCore" | "processorVendor"> {
  return {
    sockets: reader.required(reader.integer("sockets", SOCKETS), "the number of processor sockets"),
    coresPerSocket: reader.required(reader.integer("coresPerSocket", CORES), "the number of cores of each socket"),
    threadsPerCore: reader.required(reader.integer("threadsPerCore", THREADS), "1, or 2 with Hyper-Threading"),
    processorVendor: reader.oneOf("vendor", PROCESSOR_VENDORS),
  };
}

function readHostAdapter(reader: Reader): HostAdapter {
  return {
    name: reader.required(reader.text("name"), "the adapter's name"),
    purpose: reader.required(reader.oneOf("purpose", PURPOSES), `one of: ${PURPOSES.join(", ")}`),
    team: reader.text("team"),
    physicalAdapter: reader.text("physicalAdapter"),
    virtualSwitch: reader.text("virtualSwitch"),
    speedMbps: reader.integer("speedMbps", SPEED),
    maximumBandwidthPercent: reader.decimal("maximumBandwidthPercent", PERCENT),
    minimumBandwidthWeight: reader.integer("minimumBandwidthWeight", WEIGHT),
    minimumBandwidthMbps: reader.integer("minimumBandwidthMbps", SPEED),
    multipath: reader.flag("multipath"),
    rdma: reader.flag("rdma"),
    clientForMicrosoftNetworks: orDefault(reader.flag("clientForMicrosoftNetworks"), true),
    fileAndPrinterSharing: orDefault(reader.flag("fileAndPrinterSharing"), true),
    dynamicAddresses: reader.flag("dynamicAddresses"),
  };
}

function readVirtualSwitch(reader: Reader): VirtualSwitch {
  const networkAdapters = reader.texts("networkAdapters");
  return {
    name: reader.required(reader.text("name"), "the switch's name"),
    type: reader.required(reader.oneOf("type", SWITCH_TYPES), `one of: ${SWITCH_TYPES.join(", ")}`),
    networkAdapters,
    // The adapters of the host say which of them are a team.
    team: absent(networkAdapters.origin),
    allowManagementOs: orDefault(reader.flag("allowManagementOs"), true),
    embeddedTeaming: reader.flag("embeddedTeaming"),
    iov: reader.flag("iov"),
    bandwidthMode: reader.oneOf("bandwidthMode", BANDWIDTH_MODES),
  };
}
