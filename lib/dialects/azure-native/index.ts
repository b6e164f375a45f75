import type { Dialect, FactReader } from "../dialect";
import { readNetworkSecurityGroup, readSecurityRule } from "./network";

/** Pulumi's Azure Native provider: one file a part of Azure, like its modules. */
export const azureNative: Dialect = {
  name: "azure-native",
  readerOf: (type) => READERS.get(withoutVersion(type)),
};

const READERS: ReadonlyMap<string, FactReader> = new Map<string, FactReader>([
  ["network:NetworkSecurityGroup", readNetworkSecurityGroup("azure")],
  ["network:SecurityRule", readSecurityRule("azure")],
  ["azurestackhci:NetworkSecurityGroup", readNetworkSecurityGroup("azureLocal")],
  ["azurestackhci:SecurityRule", readSecurityRule("azureLocal")],
]);

/**
 * Module and name of a type in any of its shapes: `azure-native:network:SecurityRule`, with a version in the module
 * (`azure-native:network/v20240501:SecurityRule`), or of a package that was made for one version, which has it in its
 * name (`azure-native_network_v20240501:network:SecurityRule`) and for a time had it twice.
 */
const TYPE =
  /^azure-native(?:_[a-z0-9]+_v\d{8}[a-z]*)?:(?<module>[A-Za-z0-9]+)(?:\/v\d{8}[a-z]*)?:(?<name>[A-Za-z0-9]+)$/;

/** `network:SecurityRule`; empty for types of other providers. */
function withoutVersion(type: string): string {
  const { module, name } = TYPE.exec(type)?.groups ?? {};
  return module === undefined || name === undefined ? "" : `${module}:${name}`;
}
