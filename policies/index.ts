import type { Rule } from "../lib/rules/rule";
import { backupAgentPlacement } from "./backup/backup-agent-placement";
import { backupCoverage } from "./backup/backup-coverage";
import { estate } from "./estate/estate";
import { exchangeCheckpoints } from "./exchange/exchange-checkpoints";
import { exchangeClientAccessSpread } from "./exchange/exchange-client-access-spread";
import { exchangeDagAntiAffinity } from "./exchange/exchange-dag-anti-affinity";
import { exchangeDynamicMemory } from "./exchange/exchange-dynamic-memory";
import { exchangeFixedDisks } from "./exchange/exchange-fixed-disks";
import { exchangeHostDedicated } from "./exchange/exchange-host-dedicated";
import { exchangeHubTransportSpread } from "./exchange/exchange-hub-transport-spread";
import { exchangeLifecycle } from "./exchange/exchange-lifecycle";
import { exchangeMemoryOversubscription } from "./exchange/exchange-memory-oversubscription";
import { exchangeOsDiskSize } from "./exchange/exchange-os-disk-size";
import { exchangeProcessorRatio } from "./exchange/exchange-processor-ratio";
import { exchangeRoleBalance } from "./exchange/exchange-role-balance";
import { exchangeRoleSpread } from "./exchange/exchange-role-spread";
import { exchangeRoleStorage } from "./exchange/exchange-role-storage";
import { exchangeSeparateStorage } from "./exchange/exchange-separate-storage";
import { exchangeSize } from "./exchange/exchange-size";
import { exchangeSupportedScenario } from "./exchange/exchange-supported-scenario";
import { exchangeSurvivesHostLoss } from "./exchange/exchange-survives-host-loss";
import { checkpointsServerWorkload } from "./guests/checkpoints-server-workload";
import { clusteredDiskLocation } from "./guests/clustered-disk-location";
import { domainControllers } from "./guests/domain-controllers";
import { dynamicMemorySupported } from "./guests/dynamic-memory-supported";
import { gpuPartition } from "./guests/gpu-partition";
import { groupSpread } from "./guests/group-spread";
import { guestAdapterCount } from "./guests/guest-adapter-count";
import { guestDiskCount } from "./guests/guest-disk-count";
import { guestDiskSize } from "./guests/guest-disk-size";
import { guestMemory } from "./guests/guest-memory";
import { guestOsLifecycle } from "./guests/guest-os-lifecycle";
import { guestOsSupported } from "./guests/guest-os-supported";
import { guestProcessorCount } from "./guests/guest-processor-count";
import { guestSecureBoot } from "./guests/guest-secure-boot";
import { guestTpm } from "./guests/guest-tpm";
import { integrationServicesOffered } from "./guests/integration-services-offered";
import { legacyNetworkAdapter } from "./guests/legacy-network-adapter";
import { linuxIntegrationServices } from "./guests/linux-integration-services";
import { namesUnique } from "./guests/names-unique";
import { nestedVirtualization } from "./guests/nested-virtualization";
import { sharedDisk } from "./guests/shared-disk";
import { smartPagingDisk } from "./guests/smart-paging-disk";
import { trustedLaunchComplete } from "./guests/trusted-launch-complete";
import { virtualDiskFormat } from "./guests/virtual-disk-format";
import { vmVersionSupported } from "./guests/vm-version-supported";
import { volumeSpread } from "./guests/volume-spread";
import { antiAffinityEnforced } from "./hosts/anti-affinity-enforced";
import { azureLocalRackAware } from "./hosts/azure-local-rack-aware";
import { azureLocalSize } from "./hosts/azure-local-size";
import { azureLocalWitness } from "./hosts/azure-local-witness";
import { clusterCapacity } from "./hosts/cluster-capacity";
import { clusterNodesAlike } from "./hosts/cluster-nodes-alike";
import { clusterQuorumWitness } from "./hosts/cluster-quorum-witness";
import { clusterSize } from "./hosts/cluster-size";
import { clusterSurvivesHostLoss } from "./hosts/cluster-survives-host-loss";
import { hostDomain } from "./hosts/host-domain";
import { hostLogicalProcessors } from "./hosts/host-logical-processors";
import { hostMemory } from "./hosts/host-memory";
import { hostMemoryCapacity } from "./hosts/host-memory-capacity";
import { hostOsLifecycle } from "./hosts/host-os-lifecycle";
import { hostRoles } from "./hosts/host-roles";
import { hostVirtualMachines } from "./hosts/host-virtual-machines";
import { hostVirtualProcessors } from "./hosts/host-virtual-processors";
import { mixedClusterWindow } from "./hosts/mixed-cluster-window";
import { processorCompatibility } from "./hosts/processor-compatibility";
import { storageSpacesDirect } from "./hosts/storage-spaces-direct";
import { virtualProcessorRatio } from "./hosts/virtual-processor-ratio";
import { windowsLicences } from "./hosts/windows-licences";
import { workgroupCluster } from "./hosts/workgroup-cluster";
import { azureLocalInfrastructurePool } from "./networks/azure-local-infrastructure-pool";
import { azureLocalIntents } from "./networks/azure-local-intents";
import { azureLocalNodeAddresses } from "./networks/azure-local-node-addresses";
import { azureLocalQos } from "./networks/azure-local-qos";
import { azureLocalRdma } from "./networks/azure-local-rdma";
import { azureLocalReservedRanges } from "./networks/azure-local-reserved-ranges";
import { azureLocalStorageSubnets } from "./networks/azure-local-storage-subnets";
import { azureLocalStorageVlans } from "./networks/azure-local-storage-vlans";
import { clusterNetworkMetrics } from "./networks/cluster-network-metrics";
import { clusterNetworkUse } from "./networks/cluster-network-use";
import { convergedNetworkCaps } from "./networks/converged-network-caps";
import { csvNetworkProtocols } from "./networks/csv-network-protocols";
import { hostNetworkRoles } from "./networks/host-network-roles";
import { iscsiMultipath } from "./networks/iscsi-multipath";
import { liveMigrationAuthentication } from "./networks/live-migration-authentication";
import { liveMigrationNetwork } from "./networks/live-migration-network";
import { liveMigrationOrder } from "./networks/live-migration-order";
import { logicalNetworkPools } from "./networks/logical-network-pools";
import { macAddresses } from "./networks/mac-addresses";
import { networkPurposeSupported } from "./networks/network-purpose-supported";
import { nicPartitioning } from "./networks/nic-partitioning";
import { portMirroring } from "./networks/port-mirroring";
import { srIovConsistent } from "./networks/sr-iov-consistent";
import { staticAddresses } from "./networks/static-addresses";
import { switchOnEveryNode } from "./networks/switch-on-every-node";
import { virtualSwitchReserved } from "./networks/virtual-switch-reserved";
import { vlanConsistent } from "./networks/vlan-consistent";
import { vmNetworkRedundancy } from "./networks/vm-network-redundancy";
import { replicaCertificate } from "./replica/replica-certificate";
import { replicaCompression } from "./replica/replica-compression";
import { replicaDiskFormat } from "./replica/replica-disk-format";
import { replicaExchange } from "./replica/replica-exchange";
import { replicaPageFile } from "./replica/replica-page-file";
import { replicaSite } from "./replica/replica-site";
import { replicaSupported } from "./replica/replica-supported";
import { replicaTrustGroups } from "./replica/replica-trust-groups";
import { vtpmMobility } from "./replica/vtpm-mobility";
import { vmmBitsPort } from "./vmm/vmm-bits-port";
import { vmmLifecycle } from "./vmm/vmm-lifecycle";
import { vmmPorts } from "./vmm/vmm-ports";
import { vmmPortsExposed } from "./vmm/vmm-ports-exposed";

export { undecided } from "./estate/undecided";

/** The catalogue: every rule of the pack, in the order in which they are judged. `estate` tells the pack's settings. */
export const RULES: readonly Rule[] = [
  estate,
  guestOsSupported,
  guestOsLifecycle,
  guestProcessorCount,
  guestMemory,
  guestDiskSize,
  guestDiskCount,
  guestAdapterCount,
  dynamicMemorySupported,
  linuxIntegrationServices,
  vmVersionSupported,
  clusteredDiskLocation,
  groupSpread,
  volumeSpread,
  guestSecureBoot,
  guestTpm,
  trustedLaunchComplete,
  sharedDisk,
  namesUnique,
  nestedVirtualization,
  gpuPartition,
  smartPagingDisk,
  domainControllers,
  checkpointsServerWorkload,
  integrationServicesOffered,
  virtualDiskFormat,
  legacyNetworkAdapter,
  hostLogicalProcessors,
  hostMemory,
  hostDomain,
  hostRoles,
  hostVirtualMachines,
  hostVirtualProcessors,
  virtualProcessorRatio,
  hostMemoryCapacity,
  clusterSize,
  processorCompatibility,
  mixedClusterWindow,
  storageSpacesDirect,
  clusterNodesAlike,
  clusterCapacity,
  clusterSurvivesHostLoss,
  antiAffinityEnforced,
  clusterQuorumWitness,
  workgroupCluster,
  windowsLicences,
  azureLocalWitness,
  azureLocalSize,
  azureLocalRackAware,
  hostOsLifecycle,
  exchangeDynamicMemory,
  exchangeMemoryOversubscription,
  exchangeFixedDisks,
  exchangeSupportedScenario,
  exchangeOsDiskSize,
  exchangeSeparateStorage,
  exchangeRoleStorage,
  exchangeProcessorRatio,
  exchangeCheckpoints,
  exchangeHostDedicated,
  exchangeSize,
  exchangeDagAntiAffinity,
  exchangeClientAccessSpread,
  exchangeHubTransportSpread,
  exchangeRoleSpread,
  exchangeRoleBalance,
  exchangeSurvivesHostLoss,
  exchangeLifecycle,
  hostNetworkRoles,
  iscsiMultipath,
  vmNetworkRedundancy,
  macAddresses,
  srIovConsistent,
  portMirroring,
  virtualSwitchReserved,
  switchOnEveryNode,
  azureLocalInfrastructurePool,
  azureLocalNodeAddresses,
  azureLocalReservedRanges,
  azureLocalStorageSubnets,
  azureLocalStorageVlans,
  azureLocalIntents,
  azureLocalQos,
  azureLocalRdma,
  logicalNetworkPools,
  vlanConsistent,
  staticAddresses,
  liveMigrationNetwork,
  liveMigrationAuthentication,
  csvNetworkProtocols,
  convergedNetworkCaps,
  nicPartitioning,
  networkPurposeSupported,
  clusterNetworkMetrics,
  clusterNetworkUse,
  liveMigrationOrder,
  vmmPorts,
  vmmBitsPort,
  vmmPortsExposed,
  vmmLifecycle,
  replicaSupported,
  replicaSite,
  replicaExchange,
  replicaCertificate,
  replicaCompression,
  replicaTrustGroups,
  replicaPageFile,
  replicaDiskFormat,
  vtpmMobility,
  backupAgentPlacement,
  backupCoverage,
];
