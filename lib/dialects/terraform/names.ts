/** What the blocks and properties of a provider of Terraform are in Pulumi, beside the way names are written. */
export interface FamilyNames {
  /** Blocks of which there is one at most: Terraform has a list of one, Pulumi the object itself. */
  readonly single: ReadonlySet<string>;
  /** Lists that Terraform names in the singular, and Pulumi in the plural. */
  readonly plural: ReadonlySet<string>;
  /** What holds names of others: of tags, of services, of Azure. */
  readonly verbatim: ReadonlySet<string>;
}

const HYPERV: FamilyNames = {
  single: new Set(["vm_firmware", "vm_processor"]),
  plural: new Set(["boot_order", "dvd_drive", "hard_disk_drive", "network_adapter"]),
  verbatim: new Set(["integration_services"]),
};

const AZURERM: FamilyNames = {
  single: new Set([
    "adapter_property_override",
    "cluster",
    "hardware",
    "host_network",
    "identifier",
    "identity",
    "infrastructure",
    "ip_configuration",
    "operating_system",
    "optional_service",
    "qos_policy_override",
    "storage",
    "subnet",
    "virtual_switch_configuration_override",
  ]),
  plural: new Set([
    "adapter",
    "dns_server",
    "infrastructure_network",
    "intent",
    "ip_pool",
    "network_interface",
    "physical_node",
    "route",
    "scale_unit",
    "security_rule",
    "storage_disk",
    "storage_network",
    "traffic_type",
  ]),
  verbatim: new Set(["tags"]),
};

const AZAPI: FamilyNames = {
  single: new Set(["identity"]),
  plural: new Set(),
  verbatim: new Set(["body", "output", "tags"]),
};

const OTHERS: FamilyNames = { single: new Set(), plural: new Set(), verbatim: new Set(["tags"]) };

const FAMILIES: ReadonlyMap<string, FamilyNames> = new Map([
  ["hyperv", HYPERV],
  ["azurerm", AZURERM],
  ["azapi", AZAPI],
]);

/** The names of the family that a type such as `hyperv_vhd` is of. */
export function familyOf(type: string): FamilyNames {
  return FAMILIES.get(type.slice(0, type.indexOf("_"))) ?? OTHERS;
}

/** `disk_size_in_gb` as `diskSizeInGb`, in the way of Pulumi's bridge. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, next: string) => next.toUpperCase());
}

/** `diskSizeInGb` as `disk_size_in_gb`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What Pulumi calls a property. */
export function propertyName(name: string, { plural }: FamilyNames): string {
  return plural.has(name) ? `${camelCase(name)}s` : camelCase(name);
}
