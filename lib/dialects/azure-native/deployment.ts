import { resolveAddress } from "../../estate/addresses";
import type { Computer } from "../../estate/linked-facts";
import {
  CLUSTER_FACTS,
  type Cluster,
  type ClusterSecurity,
  type HostAdapter,
  type Purpose,
  type VirtualSwitch,
} from "../../estate/model";
import type { AddressPool, NetworkIntent, TrafficType } from "../../estate/network-facts";
import type { Reader } from "../../estate/reader";
import { absent, allFacts, firstOf, ifKnown, known, map, meaning, type Value } from "../../estate/value";
import { fold } from "../../text/names";
import { blankHostAdapter, blankSwitch } from "../blank-entities";
import type { FactSink } from "../dialect";
import type { ArmResource } from "./arm";
import {
  deploymentOf,
  readInfrastructureNetworks,
  readNetworkIntent,
  readSecurity,
  readStorage,
  readZones,
  type DeploymentNetworkNames,
} from "./deployment-networks";
import { AZURE_LOCAL } from "./units";

/** What a provider calls the same in the deployment of a cluster. */
export interface DeploymentNames extends DeploymentNetworkNames {
  /** The list of scale units. */
  readonly units: (properties: Reader, read: (unit: Reader) => ScaleUnit) => Value<readonly ScaleUnit[]>;
  readonly security: (unit: Reader) => ClusterSecurity;
  /** Left out where the provider has none. */
  readonly macAddressPool?: (unit: Reader) => Value<AddressPool>;
}

/** What of a scale unit is a fact of its cluster. */
type ClusterFacts = Pick<
  Cluster,
  | "intents"
  | "storageNetworks"
  | "switchlessStorage"
  | "automaticStorageAddresses"
  | "deployment"
  | "zones"
  | "infrastructureNetworks"
  | "macAddressPool"
  | "security"
>;

interface ScaleUnit {
  readonly name: Value<string>;
  readonly quorum: { readonly type: Value<string>; readonly witness: Value<string> };
  readonly nodes: Value<readonly ScaleUnitNode[]>;
  readonly domain: Value<string>;
  readonly facts: ClusterFacts;
}

type ScaleUnitNode = Required<Pick<Computer, "name" | "address">>;

/** The purpose of each type of traffic. What Storage carries is SMB between the nodes. */
const PURPOSES: Readonly<Record<TrafficType, Purpose>> = {
  management: "management",
  compute: "virtualMachines",
  storage: "clusterSharedVolumes",
};

export const readDeploymentSetting = deploymentSetting({
  units: (properties, read) =>
    properties.section("deploymentConfiguration", (configuration) =>
      configuration.list("scaleUnits", (unit) => {
        unit.passOthers();
        return unit.section("deploymentData", read);
      }),
    ),
  adapters: "adapter",
  trafficTypes: "trafficType",
  adapterOverrides: { flag: "overrideAdapterProperty", section: "adapterPropertyOverrides" },
  switchOverrides: { flag: "overrideVirtualSwitchConfiguration", section: "virtualSwitchConfigurationOverrides" },
  qosOverrides: { flag: "overrideQosPolicy", section: "qosPolicyOverrides" },
  smbBandwidth: "bandwidthPercentageSMB",
  smbPriority: "priorityValue8021ActionSMB",
  switchlessStorage: "storageConnectivitySwitchless",
  automaticStorageAddresses: "enableStorageAutoIp",
  storageAddresses: "storageAdapterIPInfo",
  sanNetworks: "sanNetworks",
  zones: "localAvailabilityZones",
  infrastructureNetworks: "infrastructureNetwork",
  dhcp: "useDhcp",
  macAddressPool: (unit) =>
    unit.section("sdnIntegration", (integration) =>
      integration.object("networkController", (controller): AddressPool => {
        controller.passOthers();
        return { from: controller.text("macAddressPoolStart"), to: controller.text("macAddressPoolStop") };
      }),
    ),
  security: (unit) =>
    unit.section("securitySettings", (settings) =>
      readSecurity(settings, {
        bitLockerOnBootVolume: "bitlockerBootVolume",
        bitLockerOnDataVolumes: "bitlockerDataVolumes",
        credentialGuard: "credentialGuardEnforced",
        driftControl: "driftControlEnforced",
        dynamicRootOfTrust: "drtmProtection",
        hypervisorCodeIntegrity: "hvciProtection",
        sideChannelMitigation: "sideChannelMitigationEnforced",
        smbClusterEncryption: "smbClusterEncryption",
        smbSigning: "smbSigningEnforced",
        applicationControl: "wdacEnforced",
      }),
    ),
});

/** The deployment of a cluster declares its nodes, which are hosts, and what each of their adapters is for. */
export function deploymentSetting(names: DeploymentNames): (resource: ArmResource, sink: FactSink) => void {
  return ({ declared, properties }, sink) => {
    const { urn } = declared;
    const units = names.units(properties, (unit) => readUnit(unit, urn, names));
    if (units.state === "unknown" && units.because === "deployment") {
      sink.notEvaluated({ origin: units.origin, because: "deployment" });
    }
    if (units.state !== "known") return;
    for (const unit of units.value) {
      const computers = map(unit.nodes, (nodes) =>
        nodes.map((node): Computer => ({ urn, ...node, domain: unit.domain, hostVersion: AZURE_LOCAL })),
      );
      const name = firstOf(unit.name, properties.text("clusterName"));
      const none = absent({ urn, path: "" });
      sink.add("clusters", {
        kind: "cluster",
        urn,
        name: ifKnown(name) ?? declared.name,
        nameIsUnknown: name.state === "unknown",
        ...allFacts(CLUSTER_FACTS, none),
        ...unit.facts,
        computers,
        quorum: unit.quorum.type.state === "absent" ? unit.quorum.type : known(unit.quorum, unit.quorum.type.origin),
      });
      for (const computer of ifKnown(computers) ?? []) declareNetworks(computer, unit, sink);
    }
  };
}

function declareNetworks(computer: Computer, { facts }: ScaleUnit, sink: FactSink): void {
  const { urn } = computer;
  const intents = ifKnown(facts.intents) ?? [];
  const adapters = distinctAdapters(intents.flatMap(adaptersOf));
  const names = adapters.map(({ name }) => ifKnown(map(name, fold)));
  const storage = (ifKnown(facts.storageNetworks) ?? []).map(({ networkAdapter }) =>
    blankHostAdapter(networkAdapter, known("clusterSharedVolumes", { urn, path: "" })),
  );
  const others = storage.filter(({ name }) => !names.includes(ifKnown(map(name, fold))));
  for (const adapter of [...adapters, ...others]) sink.add("hostAdapters", { computer, adapter });
  for (const intent of intents) {
    const virtualSwitch = switchOf(intent);
    if (virtualSwitch !== undefined) sink.add("virtualSwitches", { computer, virtualSwitch });
  }
}

function readUnit(unit: Reader, urn: string, names: DeploymentNames): ScaleUnit {
  const hostNetwork = unit.section("hostNetwork", (inner) => ({
    intents: inner.list("intents", (intent) => readNetworkIntent(intent, names)),
    deployment: deploymentOf(inner, names),
    ...readStorage(inner, names),
  }));
  const cluster = unit.section("cluster", (inner) => ({
    name: inner.text("name"),
    quorum: {
      type: inner.text("witnessType"),
      witness: firstOf(inner.text("witnessPath"), inner.text("cloudAccountName")),
    },
  }));
  const nodes = unit.list("physicalNodes", (node): ScaleUnitNode => {
    node.passOthers();
    return { name: node.text("name"), address: node.resolved("ipv4Address", resolveAddress) };
  });
  const facts = {
    ...hostNetwork,
    infrastructureNetworks: readInfrastructureNetworks(unit, names),
    zones: readZones(unit, names),
    macAddressPool: names.macAddressPool?.(unit) ?? absent({ urn, path: "" }),
    security: known(names.security(unit), { urn, path: "" }),
  };
  return { ...cluster, nodes, domain: unit.text("domainFqdn"), facts };
}

/** An adapter that several intents have for one purpose is declared once: azure-local-intents says that it is in several. */
function distinctAdapters(adapters: readonly HostAdapter[]): readonly HostAdapter[] {
  const seen = new Set<string>();
  return adapters.filter(({ name, purpose }) => {
    if (name.state !== "known" || purpose.state !== "known") return true;
    const key = JSON.stringify([fold(name.value), purpose.value]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Each adapter once for each type of traffic. */
function adaptersOf({ networkAdapters, traffic, rdma }: NetworkIntent): readonly HostAdapter[] {
  const purposes = (ifKnown(traffic) ?? []).map((type) => map(type, (one) => PURPOSES[one]));
  return (ifKnown(networkAdapters) ?? []).flatMap((adapter) =>
    purposes
      .filter(({ state }) => state !== "absent")
      .map((purpose): HostAdapter => ({ ...blankHostAdapter(adapter, purpose), rdma })),
  );
}

/** The switch of an intent that virtual machines use. */
function switchOf({ name, traffic, networkAdapters, iov }: NetworkIntent): VirtualSwitch | undefined {
  const isFor = (wanted: TrafficType): boolean => (ifKnown(traffic) ?? []).some((type) => ifKnown(type) === wanted);
  if (!isFor("compute")) return undefined;
  return {
    ...blankSwitch(name.origin.urn),
    // As Network ATC calls it.
    name: meaning(name, (intent) => `ConvergedSwitch(${intent.toLowerCase()})`),
    type: known("external", name.origin),
    networkAdapters,
    team: absent(networkAdapters.origin),
    allowManagementOs: known(isFor("management") || isFor("storage"), traffic.origin),
    // Network ATC teams the adapters of an intent with Switch Embedded Teaming.
    embeddedTeaming: map(networkAdapters, (all) => all.length > 1),
    iov,
  };
}
