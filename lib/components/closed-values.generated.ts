// Generated from the lists that validate by `npm run build`; do not edit.

/*
 * The values of properties that have only these. An editor completes them; another text compiles too, since values may be
 * written in other forms, and the policies say which ones there are.
 */

export type NetworkPurposeText =
  | "management"
  | "virtualMachines"
  | "iscsi"
  | "cluster"
  | "clusterSharedVolumes"
  | "liveMigration"
  | "replica"
  | "backup"
  | "public"
  | (string & {});
export type SwitchTypeText = "external" | "internal" | "private" | (string & {});
export type BandwidthModeText = "default" | "weight" | "absolute" | "none" | (string & {});
export type DiskTypeText =
  "fixed" | "dynamic" | "differencing" | "passThrough" | "iscsi" | "smb" | "nfs" | (string & {});
export type DiskFormatText = "VHD" | "VHDX" | (string & {});
export type DiskPurposeText =
  | "operatingSystem"
  | "data"
  | "databases"
  | "transactionLogs"
  | "contentIndex"
  | "messageQueue"
  | "pageFile"
  | (string & {});
export type ArchitectureText = "x86" | "x64" | "arm64" | (string & {});
export type ProcessorVendorText = "Intel" | "AMD" | (string & {});
export type AdapterKindText = "synthetic" | "legacy" | (string & {});
export type StopActionText = "turnOff" | "save" | "shutDown" | (string & {});
export type CheckpointTypeText = "disabled" | "production" | "productionOnly" | "standard" | (string & {});
export type SecureBootTemplateText =
  "MicrosoftWindows" | "MicrosoftUEFICertificateAuthority" | "OpenSourceShieldedVM" | (string & {});
export type SecurityTypeText = "trustedLaunch" | "confidentialVM" | (string & {});
export type MigrationAuthenticationText = "kerberos" | "credSSP" | (string & {});
export type PortMirroringText = "none" | "source" | "destination" | (string & {});
export type VolumeResiliencyText =
  | "simple"
  | "twoWayMirror"
  | "threeWayMirror"
  | "fourWayMirror"
  | "nestedTwoWayMirror"
  | "nestedMirrorAcceleratedParity"
  | "singleParity"
  | "dualParity"
  | "mirrorAcceleratedParity"
  | (string & {});
export type GpuAssignmentText = "partition" | "discreteDevice" | (string & {});
export type NetworkRoleText = "none" | "cluster" | "clusterAndClient" | (string & {});
export type ReplicaAuthenticationText = "kerberos" | "certificate" | (string & {});
export type ClusterDeploymentText = "hyperconverged" | "disaggregated" | "lowCapacity" | (string & {});
export type EsxVersionText = "ESX 3.0" | "ESX 3.5" | "ESX 3i" | "ESXi" | (string & {});
export type BmcProtocolText = "IPMI" | "SMASH" | (string & {});
export type TransportText = "tcp" | "udp" | "any" | (string & {});
export type TrafficTypeText = "management" | "compute" | "storage" | (string & {});
export type RdmaTechnologyText = "iWARP" | "RoCE" | "RoCEv2" | (string & {});
export type LoadBalancingText = "hyperVPort" | "dynamic" | (string & {});
export type AddressAllocationText = "static" | "dynamic" | (string & {});
export type ExchangeRoleText =
  "mailbox" | "clientAccess" | "hubTransport" | "unifiedMessaging" | "edgeTransport" | (string & {});
