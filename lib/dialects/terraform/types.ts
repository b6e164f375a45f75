import { camelCase } from "./names";

/*
 * A resource of Terraform has the type that its provider gives it, as in hyperv_vhd. In what Pulumi creates of a module of Terraform,
 * and in what is read from a plan of Terraform, that is the last part of the type: mymodule:tf:hyperv_vhd.
 */

const OF_MODULE = /^[^:]+:tf:([a-z][a-z0-9]*_[a-z0-9_]+)$/;

/** The type of Terraform in a type of Pulumi; undefined where it has none. Cheap: it is asked for every resource. */
export function terraformType(type: string): string | undefined {
  return type.includes(":tf:") ? OF_MODULE.exec(type)?.[1] : undefined;
}

/** The type by which Pulumi's own packages know a resource; a type that is none of Terraform's is its own. */
export function pulumiType(type: string): string {
  const own = terraformType(type);
  if (own !== undefined) return tokenOf(own);
  if (!type.startsWith("azurerm")) return type;
  const [, bridged] = /^azurerm[^:]*:index\/(\w+):\w+$/.exec(type) ?? [];
  return bridged === undefined ? type : (azureToken(bridged) ?? type);
}

/** The modules of the classic package of Azure that have types which are read, by how their names begin in Terraform. */
const AZURE_MODULES: readonly { readonly begin: string; readonly module: string; readonly kept: string }[] = [
  { begin: "stackHci", module: "stack", kept: "hci" },
  { begin: "systemCenterVirtualMachineManager", module: "systemcenter", kept: "virtualMachineManager" },
  { begin: "arcMachine", module: "arcmachine", kept: "arcMachine" },
  { begin: "networkSecurityGroup", module: "network", kept: "networkSecurityGroup" },
  { begin: "networkSecurityRule", module: "network", kept: "networkSecurityRule" },
];

function tokenOf(type: string): string {
  const at = type.indexOf("_");
  const [provider, name] = [type.slice(0, at), camelCase(type.slice(at + 1))];
  const azure = provider === "azurerm" ? azureToken(name) : undefined;
  return azure ?? `${provider}:index/${name}:${capitalized(name)}`;
}

function azureToken(name: string): string | undefined {
  const found = AZURE_MODULES.find(({ begin }) => name.startsWith(begin));
  if (found === undefined) return undefined;
  const own = `${found.kept}${name.slice(found.begin.length)}`;
  return `azure:${found.module}/${own}:${capitalized(own)}`;
}

function capitalized(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
