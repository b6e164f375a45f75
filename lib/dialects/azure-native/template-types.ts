import { isPlainArray, isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../estate/plain";
import type { ArmType } from "./arm";
import { AZURE_STACK_HCI } from "./azure-stack-hci";
import { COMPUTE } from "./compute";
import { HYBRID_COMPUTE } from "./hybrid-compute";
import { SCVMM } from "./scvmm";

/** A resource as a template of Azure Resource Manager has it. */
export interface TemplateResource {
  /** As in `Microsoft.Network/networkSecurityGroups/securityRules`. */
  readonly type: string;
  /** With the names of what it is a child of, as in `group/rule`. */
  readonly name: Plain;
  /** The resource that it extends, if any. */
  readonly scope?: Plain;
  /** What stands beside `properties`. */
  readonly around: PlainObject;
  readonly properties: Plain;
}

/** The same resource as azure-native has it. */
export interface NativeResource {
  readonly type: string;
  readonly properties: PlainObject;
}

/** Types with readers of their own, which are not in the lists of the modules. */
const OTHERS: readonly Pick<ArmType, "token" | "type" | "name">[] = [
  { token: "network:NetworkSecurityGroup", type: "Microsoft.Network/networkSecurityGroups" },
  { token: "network:SecurityRule", type: "Microsoft.Network/networkSecurityGroups/securityRules" },
  { token: "azurestackhci:NetworkSecurityGroup", type: "Microsoft.AzureStackHCI/networkSecurityGroups" },
  { token: "azurestackhci:SecurityRule", type: "Microsoft.AzureStackHCI/networkSecurityGroups/securityRules" },
];

/** Types that keep their properties in an object, also in Pulumi. */
const IN_OBJECT: readonly Pick<ArmType, "token" | "type" | "name">[] = [
  {
    token: "recoveryservices:ReplicationPolicy",
    type: "Microsoft.RecoveryServices/vaults/replicationPolicies",
    name: "policyName",
  },
  {
    token: "recoveryservices:ReplicationProtectedItem",
    type: "Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems",
    name: "replicatedProtectedItemName",
  },
];

const TYPES = new Map(
  [...SCVMM, ...AZURE_STACK_HCI, ...HYBRID_COMPUTE, ...COMPUTE, ...OTHERS, ...IN_OBJECT].map((one) => [
    one.type.toLowerCase(),
    one,
  ]),
);

/** A resource of a template in the form of azure-native: of its own type where that is read, else of the generic one. */
export function nativeResource(resource: TemplateResource): NativeResource {
  const found = TYPES.get(resource.type.toLowerCase());
  if (found === undefined) return genericResource(resource);
  const { around, properties, scope } = resource;
  const [, type = ""] = found.token.split(":");
  const names: readonly Plain[] = typeof resource.name === "string" ? resource.name.split("/") : [resource.name];
  const nameProperty = found.name ?? `${type.slice(0, 1).toLowerCase()}${type.slice(1)}Name`;
  const bag = IN_OBJECT.includes(found) ? property("properties", properties) : fields(properties);
  return {
    type: `azure-native:${found.token}`,
    properties: {
      ...around,
      ...bag,
      // What extends another resource has the name that Azure gives all of its type.
      ...(scope === undefined ? property(nameProperty, names.at(-1)) : property("resourceUri", scope)),
      ...(type === "SecurityRule" ? property("networkSecurityGroupName", names.at(-2)) : {}),
    },
  };
}

function property(name: string, value: Plain = UNKNOWN): PlainObject {
  return { [name]: value };
}

/** One that no dialect reads: its type is what may be said of it. */
function genericResource({ type, name, around, properties }: TemplateResource): NativeResource {
  const [namespace = "", ...kinds] = type.split("/");
  return {
    type: "azure-native:resources:Resource",
    properties: {
      ...around,
      resourceProviderNamespace: namespace,
      resourceType: kinds.join("/"),
      resourceName: name,
      properties,
    },
  };
}

/** Lists whose items have their properties in an object of their own in Azure, and not in azure-native. */
const FLAT_LISTS = ["securityRules", "subnets"];

function fields(properties: Plain): PlainObject {
  if (!isPlainObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      FLAT_LISTS.includes(name) && isPlainArray(value) ? value.map(flatItem) : value,
    ]),
  );
}

function flatItem(item: Plain): Plain {
  if (!isPlainObject(item) || !isPlainObject(item["properties"])) return item;
  const { properties, ...others } = item;
  return { ...others, ...properties };
}
