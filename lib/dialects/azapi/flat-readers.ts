import type { DeclaredResource } from "../../estate/declared";
import { isPlainArray, isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../estate/plain";
import { readNetworkSecurityGroup, readSecurityRule } from "../azure-native/network";
import { readReplicationPolicy, readReplicationProtectedItem } from "../azure-native/recovery-services";
import type { FactReader, FactSink } from "../dialect";
import { bodyOf, propertiesIn } from "./body";

/** The readers of types of Azure that take the properties as azure-native has them, by the type in small letters. */
export const FLAT_READERS: ReadonlyMap<string, FactReader> = new Map([
  ["microsoft.network/networksecuritygroups", as(readNetworkSecurityGroup("azure"), securityGroup)],
  ["microsoft.network/networksecuritygroups/securityrules", as(readSecurityRule("azure"), securityRule)],
  ["microsoft.azurestackhci/networksecuritygroups", as(readNetworkSecurityGroup("azureLocal"), securityGroup)],
  ["microsoft.azurestackhci/networksecuritygroups/securityrules", as(readSecurityRule("azureLocal"), securityRule)],
  ["microsoft.recoveryservices/vaults/replicationpolicies", as(readReplicationPolicy, inObject)],
  [
    "microsoft.recoveryservices/vaults/replicationfabrics/replicationprotectioncontainers/replicationprotecteditems",
    as(readReplicationProtectedItem, inObject),
  ],
]);

/** @param properties those of azure-native, from the properties of Azure and the id of the parent */
function as(read: FactReader, properties: (bag: Plain, parent: Plain) => PlainObject): FactReader {
  return (declared: DeclaredResource, sink: FactSink): void => {
    const { name = null, parentId = null } = declared.properties;
    const bag = propertiesIn(bodyOf(declared, sink));
    read({ ...declared, properties: { ...properties(bag, parentId), name } }, sink);
  };
}

function securityGroup(bag: Plain): PlainObject {
  if (bag === UNKNOWN) return { securityRules: UNKNOWN };
  const rules = isPlainObject(bag) ? (bag["securityRules"] ?? null) : null;
  return { securityRules: isPlainArray(rules) ? rules.map(flatItem) : rules };
}

const RULE = ["priority", "direction", "access", "protocol"] as const;

function securityRule(bag: Plain, parent: Plain): PlainObject {
  const group = typeof parent === "string" ? (parent.split("/").at(-1) ?? null) : parent;
  const properties = isPlainObject(bag) ? bag : {};
  const unread = bag === UNKNOWN ? Object.fromEntries(RULE.map((name) => [name, UNKNOWN])) : {};
  return { ...properties, ...unread, networkSecurityGroupName: group };
}

function inObject(bag: Plain): PlainObject {
  return { properties: bag };
}

/** Azure's interface has the properties of what stands in a list in an object of their own. */
function flatItem(item: Plain): Plain {
  if (!isPlainObject(item) || !isPlainObject(item["properties"])) return item;
  const { properties, ...others } = item;
  return { ...others, ...properties };
}
