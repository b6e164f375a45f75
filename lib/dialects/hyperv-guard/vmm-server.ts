import { resolveAddress } from "../../estate/addresses";
import type { DeclaredResource } from "../../estate/declared";
import {
  BMC_PROTOCOLS,
  ESX_VERSIONS,
  type Bmc,
  type EsxHost,
  type SelfServicePortal,
  type VmmMachine,
  type VmmPortChoice,
} from "../../estate/model";
import { HIGHEST_PORT } from "../../estate/ports";
import type { Reader } from "../../estate/reader";
import { ifKnown, orDefault, type Value } from "../../estate/value";
import { resolveVmmConnection, resolveVmmVersion, vmmPorts, vmmVersionName } from "../../tables/vmm-ports";
import { nearest } from "../../text/nearest";
import type { FactSink } from "../dialect";
import { readName, readerFor } from "./component";

const PORT = { minimum: 1, maximum: HIGHEST_PORT };

/** How people write the versions of ESX without the product. */
const ESX_ALIASES = { "3.0": "ESX 3.0", "3.5": "ESX 3.5", "3i": "ESX 3i", esxserver3i: "ESX 3i" } as const;

export function readVmmServer(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const identity = readName(reader, resource);
  const version = reader.required(reader.resolved("version", resolveVmmVersion), "the version of VMM");
  const ports = orDefault(reader.list("ports", readPortChoice), []);
  reportConnections(resource, sink, version, ports);
  reportRepeated(resource, sink, ports);
  sink.add("vmmServers", {
    kind: "vmmServer",
    urn: resource.urn,
    ...identity,
    version,
    host: orDefault(reader.text("host"), identity.name),
    address: reader.resolved("address", resolveAddress),
    sqlServer: reader.text("sqlServer"),
    libraryServers: reader.texts("libraryServers"),
    managedHosts: reader.texts("managedHosts"),
    perimeterHosts: reader.texts("perimeterHosts"),
    fileServers: reader.texts("fileServers"),
    guestAgents: reader.texts("guestAgents"),
    consoles: reader.texts("consoles"),
    clients: reader.texts("clients"),
    virtualMachines: reader.texts("virtualMachines"),
    virtualServerHosts: reader.texts("virtualServerHosts"),
    selfServicePortal: reader.object("selfServicePortal", readPortal),
    loadBalancers: reader.texts("loadBalancers"),
    wsusServers: reader.texts("wsusServers"),
    xenServers: reader.texts("xenServers"),
    vcenterServers: reader.texts("vcenterServers"),
    esxHosts: reader.list("esxHosts", readEsxHost),
    p2vSources: reader.texts("p2vSources"),
    pxeServers: reader.texts("pxeServers"),
    windowsPeHosts: reader.texts("windowsPeHosts"),
    bmcs: reader.list("bmcs", readBmc),
    smisProviders: reader.texts("smisProviders"),
    bitsPort: reader.integer("bitsPort", PORT),
    ports,
    machines: orDefault(reader.list("machines", readMachine), []),
  });
  reader.reportUnread();
}

function readPortChoice(reader: Reader): VmmPortChoice {
  return {
    connection: reader.required(reader.resolved("connection", resolveVmmConnection), "the connection's name"),
    port: reader.required(reader.integer("port", PORT), "the port"),
    machine: reader.text("machine"),
  };
}

/** A connection that this version does not have is most likely a mistake, and its port would be passed over. */
function reportConnections(
  { urn }: DeclaredResource,
  sink: FactSink,
  version: Value<string>,
  ports: Value<readonly VmmPortChoice[]>,
): void {
  const id = ifKnown(version);
  if (id === undefined) return;
  const names = vmmPorts(id).flatMap((row) => (row.local === true ? [] : [row.id]));
  for (const { connection } of ifKnown(ports) ?? []) {
    if (connection.state !== "known" || names.includes(connection.value)) continue;
    sink.problem({
      urn,
      path: connection.origin.path,
      problem: `is "${connection.value}", a connection that ${vmmVersionName(id)} does not have`,
      fix: `Use a name such as ${nearest(connection.value, names).join(", ")}.`,
    });
  }
}

/** Of two ports of one connection at one place only one can be meant. */
function reportRepeated({ urn }: DeclaredResource, sink: FactSink, ports: Value<readonly VmmPortChoice[]>): void {
  const seen = new Set<string>();
  for (const { connection, machine } of ifKnown(ports) ?? []) {
    if (connection.state !== "known" || machine.state === "unknown") continue;
    const key = [connection.value, ifKnown(machine)?.toLowerCase() ?? ""].join("\n");
    if (seen.has(key)) {
      const where = machine.state === "known" ? ` on ${machine.value}` : "";
      const problem = `is "${connection.value}", whose port${where} is declared already`;
      const fix = "Declare the port of a connection once for each computer.";
      sink.problem({ urn, path: connection.origin.path, problem, fix });
    }
    seen.add(key);
  }
}

function readPortal(reader: Reader): SelfServicePortal {
  return {
    webServer: reader.required(reader.text("webServer"), "the name of the Web server"),
    clients: reader.texts("clients"),
  };
}

function readEsxHost(reader: Reader): EsxHost {
  return {
    name: reader.required(reader.text("name"), "the host's name"),
    version: reader.oneOf("version", ESX_VERSIONS, ESX_ALIASES),
  };
}

function readBmc(reader: Reader): Bmc {
  return {
    name: reader.required(reader.text("name"), "the controller's name or address"),
    protocol: reader.required(reader.oneOf("protocol", BMC_PROTOCOLS), `one of: ${BMC_PROTOCOLS.join(", ")}`),
  };
}

function readMachine(reader: Reader): VmmMachine {
  return {
    name: reader.required(reader.text("name"), "the computer's name"),
    address: reader.resolved("address", resolveAddress),
    networkSecurityGroups: reader.texts("networkSecurityGroups"),
    applicationSecurityGroups: reader.texts("applicationSecurityGroups"),
  };
}
