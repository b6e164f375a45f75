import type { Dialect, FactReader } from "../dialect";
import { typedResource, type ArmType } from "./arm";
import { AZURE_STACK_HCI } from "./azure-stack-hci";
import { COMPUTE } from "./compute";
import { HYBRID_COMPUTE } from "./hybrid-compute";
import { readNetworkSecurityGroup, readSecurityRule } from "./network";
import { readReplicationPolicy, readReplicationProtectedItem } from "./recovery-services";
import { readGenericResource } from "./resource";
import { SCVMM } from "./scvmm";
import { parseToken } from "./tokens";

/** Resources of Azure Resource Manager with facts about Hyper-V: one file a module. */
export const azureNative: Dialect = {
  name: "azure-native",
  get types() {
    return [...READERS.keys()].map((token) => `azure-native:${token}`);
  },
  platform: "Azure",
  readerOf: (type) => {
    const token = parseToken(type);
    return token === undefined ? undefined : READERS.get(`${token.module}:${token.name}`);
  },
};

const TYPES: readonly ArmType[] = [...SCVMM, ...AZURE_STACK_HCI, ...HYBRID_COMPUTE, ...COMPUTE];

/** Whether a type of Azure is read, as in `Microsoft.ScVmm/virtualMachineInstances`. */
export function isReadArmType(type: string): boolean {
  return armTypeOf(type) !== undefined;
}

export function armTypeOf(type: string): ArmType | undefined {
  return TYPES.find((one) => one.type.toLowerCase() === type.toLowerCase());
}

const READERS: ReadonlyMap<string, FactReader> = new Map<string, FactReader>([
  ["network:NetworkSecurityGroup", readNetworkSecurityGroup("azure")],
  ["network:SecurityRule", readSecurityRule("azure")],
  ["azurestackhci:NetworkSecurityGroup", readNetworkSecurityGroup("azureLocal")],
  ["azurestackhci:SecurityRule", readSecurityRule("azureLocal")],
  ...TYPES.map((type): [string, FactReader] => [type.token, typed(type)]),
  ["recoveryservices:ReplicationPolicy", readReplicationPolicy],
  ["recoveryservices:ReplicationProtectedItem", readReplicationProtectedItem],
  ["resources:Resource", readGenericResource(TYPES)],
]);

function typed({ token, name, read }: ArmType): FactReader {
  const [, type = ""] = token.split(":");
  const around = { name: name ?? `${type.slice(0, 1).toLowerCase()}${type.slice(1)}Name`, scope: "resourceUri" };
  return (declared, sink) => {
    read(typedResource(declared, around, sink), sink);
  };
}
