import type { GuestOs } from "../estate/model";
import { loadTable, once, TableError } from "./load";
import data from "./machine-requirements.json";
import schema from "./machine-requirements.schema.json";
import type { Provenance } from "./sources";

export type RequirementTopic =
  | "sharedDisk"
  | "clusteredDisks"
  | "switchOnEveryNode"
  | "linuxSecureBootTemplate"
  | "windowsSecureBootTemplate"
  | "guestTpm"
  | "guestSecureBoot"
  | "replicaTpm"
  | "macAddressTwice"
  | "macAddressOfGroup"
  | "smartPagingDisk"
  | "automaticCheckpoints"
  | "standardCheckpoints"
  | "vhdOnDemand"
  | "servicesOffered"
  | "legacyAdapter"
  | "legacyAdapterDriver"
  | "hostRoles"
  | "hostDomain"
  | "portMirroringPartner"
  | "nestedDynamicMemory"
  | "nestedAzureLocal"
  | "gpuPartitionOne"
  | "gpuPartitionHosts"
  | "discreteDeviceStop"
  | "srIovSwitch"
  | "domainControllerHosts"
  | "domainControllerCheckpoints"
  | "domainControllerTime"
  | "domainControllerDisks"
  | "domainControllerOutside"
  | "standardMachines";

/** What a document asks of virtual machines. */
export interface MachineRequirement extends Provenance {
  readonly topic: RequirementTopic;
  /** Ids of products in operating-systems.json: it is about these guests alone. */
  readonly products?: readonly string[];
  /** Ids of editions that it is not about. */
  readonly exceptEditions?: readonly string[];
  /** Exactly these host versions have what it is about. */
  readonly hosts?: readonly string[];
  readonly value?: number;
  /** The document only advises. */
  readonly advisory?: true;
  readonly statement: string;
}

/** What a virtual machine does, as people write it. */
export type MachineRole = "domainController";

interface MachineRequirementsTable {
  readonly statements: readonly MachineRequirement[];
  readonly roles: readonly { readonly id: MachineRole; readonly aliases: readonly string[] }[];
}

const shipped = once(() => indexed(readMachineRequirements(data)));

/** @throws TableError when the data does not fit the table's schema. */
export function readMachineRequirements(source: unknown): MachineRequirementsTable {
  return loadTable<MachineRequirementsTable>("machine-requirements.json", source, schema);
}

/** @throws TableError when the table has no row of the topic, which a test excludes. */
export function machineRequirement(topic: RequirementTopic): MachineRequirement {
  const row = shipped().byTopic.get(topic);
  if (row === undefined) throw new TableError("lib/tables/machine-requirements.json", [`no row ${topic}`]);
  return row;
}

/** What a finding takes from a requirement: the document, and whether that only advises. */
export function requiredBy(topic: RequirementTopic): {
  readonly evidence: MachineRequirement;
  readonly advisory?: true;
} {
  const evidence = machineRequirement(topic);
  return { evidence, ...(evidence.advisory === undefined ? {} : { advisory: evidence.advisory }) };
}

/** Whether a requirement is about a guest. */
export function isAbout({ products, exceptEditions = [] }: MachineRequirement, guest: GuestOs): boolean {
  if (guest.edition !== undefined && exceptEditions.includes(guest.edition)) return false;
  return products?.includes(guest.product) ?? true;
}

/** The role that a text means, if any. */
export function machineRole(text: string): MachineRole | undefined {
  return shipped().byAlias.get(folded(text));
}

function indexed({ statements, roles }: MachineRequirementsTable) {
  const aliases = roles.flatMap(({ id, aliases: names }) => [id, ...names].map((name) => [folded(name), id] as const));
  return { byTopic: new Map(statements.map((row) => [row.topic, row])), byAlias: new Map(aliases) };
}

/** `Domain-Controller`, `domainController` and `domain controller` are one name. */
function folded(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
