import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { root } from "../paths.mjs";
import { loadFromSources } from "./load.mjs";

const folder = join(root, "lib", "components");

export const closedValuesFile = join(folder, "closed-values.generated.ts");

const HEAD = `// Generated from the lists that validate by \`npm run build\`; do not edit.

/*
 * The values of properties that have only these. An editor completes them; another text compiles too, since values may be
 * written in other forms, and the policies say which ones there are.
 */
`;

/**
 * The types of closed values for users of the components in TypeScript, from the lists by which they are validated.
 *
 * @returns {Promise<[file: string, text: string][]>}
 */
export async function makeClosedValues() {
  /** @type {Record<string, readonly string[]>} */
  const lists = await loadFromSources(`
    import * as model from "./lib/estate/model";
    import * as network from "./lib/estate/network-facts";
    import { exchangeTable } from "./lib/tables/exchange";
    export default {
      NetworkPurposeText: model.PURPOSES,
      SwitchTypeText: model.SWITCH_TYPES,
      BandwidthModeText: model.BANDWIDTH_MODES,
      DiskTypeText: model.DISK_TYPES,
      DiskFormatText: model.DISK_FORMATS,
      DiskPurposeText: model.DISK_PURPOSES,
      ArchitectureText: model.ARCHITECTURES,
      ProcessorVendorText: model.PROCESSOR_VENDORS,
      AdapterKindText: model.ADAPTER_KINDS,
      StopActionText: model.STOP_ACTIONS,
      CheckpointTypeText: model.CHECKPOINT_TYPES,
      SecureBootTemplateText: model.SECURE_BOOT_TEMPLATES,
      SecurityTypeText: model.SECURITY_TYPES,
      MigrationAuthenticationText: model.MIGRATION_AUTHENTICATIONS,
      PortMirroringText: model.PORT_MIRRORINGS,
      VolumeResiliencyText: model.VOLUME_RESILIENCIES,
      GpuAssignmentText: model.GPU_ASSIGNMENTS,
      NetworkRoleText: model.NETWORK_ROLES,
      ReplicaAuthenticationText: model.REPLICA_AUTHENTICATIONS,
      ClusterDeploymentText: model.CLUSTER_DEPLOYMENTS,
      EsxVersionText: model.ESX_VERSIONS,
      BmcProtocolText: model.BMC_PROTOCOLS,
      TransportText: model.TRANSPORTS,
      TrafficTypeText: network.TRAFFIC_TYPES,
      RdmaTechnologyText: network.RDMA_TECHNOLOGIES,
      LoadBalancingText: network.LOAD_BALANCING_ALGORITHMS,
      AddressAllocationText: network.ADDRESS_ALLOCATIONS,
      ExchangeRoleText: exchangeTable().roles.map(({ id }) => id),
    };`);
  const types = Object.entries(lists).map(
    ([name, values]) =>
      `export type ${name} = ${values.map((value) => JSON.stringify(value)).join(" | ")} | (string & {});`,
  );
  const text = [HEAD, ...types].join("\n");
  return [[closedValuesFile, await format(text, { ...(await resolveConfig(folder)), parser: "typescript" })]];
}
