import type { Computer } from "../../estate/linked-facts";
import { CLUSTER_FACTS, type HostAdapter, type Purpose, type VirtualSwitch } from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, allFacts, firstOf, ifKnown, known, map, meaning, type Value } from "../../estate/value";
import { fold } from "../../text/names";
import { blankHostAdapter } from "../blank-entities";
import type { FactSink } from "../dialect";
import type { ArmResource } from "./arm";
import { AZURE_LOCAL } from "./units";

/** What a provider calls the same in the deployment of a cluster. */
export interface DeploymentNames {
  /** The list of scale units. */
  readonly units: (properties: Reader, read: (unit: Reader) => ScaleUnit) => Value<readonly ScaleUnit[]>;
  readonly adapters: string;
  readonly trafficTypes: string;
  readonly overrides: string;
}

interface ScaleUnit {
  readonly name: Value<string>;
  readonly quorum: { readonly type: Value<string>; readonly witness: Value<string> };
  readonly nodes: Value<readonly Value<string>[]>;
  readonly intents: Value<readonly Intent[]>;
  readonly storage: Value<readonly HostAdapter[]>;
}

interface Intent {
  readonly adapters: readonly HostAdapter[];
  /** Present where virtual machines use it. */
  readonly virtualSwitch: VirtualSwitch | undefined;
}

/** Traffic types of Network ATC, and the purpose that each is. What Storage carries is SMB between the nodes. */
const PURPOSES: ReadonlyMap<string, Purpose> = new Map([
  ["management", "management"],
  ["compute", "virtualMachines"],
  ["storage", "clusterSharedVolumes"],
]);

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
  overrides: "adapterPropertyOverrides",
});

/** The deployment of a cluster declares its nodes, which are hosts, and what each of their adapters is for. */
export function deploymentSetting(names: DeploymentNames): (resource: ArmResource, sink: FactSink) => void {
  return ({ declared, properties }, sink) => {
    const { urn } = declared;
    const units = names.units(properties, (unit) => readUnit(unit, urn, names));
    if (units.state !== "known") return;
    for (const unit of units.value) {
      const computers = map(unit.nodes, (nodes) =>
        nodes.map((name): Computer => ({ urn, name, hostVersion: AZURE_LOCAL })),
      );
      const name = firstOf(unit.name, properties.text("clusterName"));
      const none = absent({ urn, path: "" });
      sink.add("clusters", {
        kind: "cluster",
        urn,
        name: ifKnown(name) ?? declared.name,
        nameIsUnknown: name.state === "unknown",
        ...allFacts(CLUSTER_FACTS, none),
        computers,
        quorum: unit.quorum.type.state === "absent" ? none : known(unit.quorum, unit.quorum.type.origin),
      });
      for (const computer of ifKnown(computers) ?? []) declareNetworks(computer, unit, sink);
    }
  };
}

function declareNetworks(computer: Computer, { intents, storage }: ScaleUnit, sink: FactSink): void {
  const declared = ifKnown(intents) ?? [];
  const adapters = declared.flatMap((intent) => intent.adapters);
  const names = adapters.map(({ name }) => ifKnown(map(name, fold)));
  const others = (ifKnown(storage) ?? []).filter(({ name }) => !names.includes(ifKnown(map(name, fold))));
  for (const adapter of [...adapters, ...others]) sink.add("hostAdapters", { computer, adapter });
  for (const { virtualSwitch } of declared)
    if (virtualSwitch !== undefined) sink.add("virtualSwitches", { computer, virtualSwitch });
}

function readUnit(unit: Reader, urn: string, names: DeploymentNames): ScaleUnit {
  const network = unit.section("hostNetwork", (inner) => ({
    intents: inner.list("intents", (intent) => readIntent(intent, names)),
    storage: inner.list("storageNetworks", (one) => {
      one.passOthers();
      return blankHostAdapter(one.text("networkAdapterName"), known("clusterSharedVolumes", { urn, path: "" }));
    }),
  }));
  const cluster = unit.section("cluster", (inner) => ({
    name: inner.text("name"),
    quorum: {
      type: inner.text("witnessType"),
      witness: firstOf(inner.text("witnessPath"), inner.text("cloudAccountName")),
    },
  }));
  const nodes = unit.list("physicalNodes", (node) => {
    node.passOthers();
    return node.text("name");
  });
  return { ...network, ...cluster, nodes };
}

function readIntent(reader: Reader, names: DeploymentNames): Intent {
  reader.passOthers();
  const traffic = reader.texts(names.trafficTypes);
  const purposes = (ifKnown(traffic) ?? []).map((type) => meaning(type, (text) => PURPOSES.get(text.toLowerCase())));
  const isFor = (purpose: Purpose): boolean => purposes.some((one) => ifKnown(one) === purpose);
  const name = reader.text("name");
  const adapters = reader.texts(names.adapters);
  const rdma = reader.section(names.overrides, (overrides) => meaning(overrides.text("networkDirect"), readSwitch));
  const physical = (ifKnown(adapters) ?? []).flatMap((adapter) =>
    purposes
      .filter(({ state }) => state !== "absent")
      .map((purpose): HostAdapter => ({ ...blankHostAdapter(adapter, purpose), rdma })),
  );
  if (!isFor("virtualMachines")) return { adapters: physical, virtualSwitch: undefined };
  const virtualSwitch: VirtualSwitch = {
    // As Network ATC calls it.
    name: meaning(name, (intent) => `ConvergedSwitch(${intent.toLowerCase()})`),
    type: known("external", name.origin),
    networkAdapters: adapters,
    team: absent(adapters.origin),
    allowManagementOs: known(isFor("management") || isFor("clusterSharedVolumes"), traffic.origin),
    // Network ATC teams the adapters of an intent with Switch Embedded Teaming.
    embeddedTeaming: map(adapters, (all) => all.length > 1),
  };
  return { adapters: physical, virtualSwitch };
}

/** `Enabled` and `Disabled`, as the providers and Network ATC write them. */
function readSwitch(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === "enabled" ? true : word === "disabled" ? false : undefined;
}
