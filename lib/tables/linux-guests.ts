import type { GuestOs } from "../estate/model";
import { covers, type Coverage } from "./coverage";
import data from "./linux-guests.json";
import schema from "./linux-guests.schema.json";
import { loadTable, once } from "./load";
import type { Provenance } from "./sources";

/** Part of the distribution, from its ports collection, not stated, or a release of the downloadable services. */
export type IntegrationServicesRelease =
  "builtIn" | "ports" | "notStated" | "2.1" | "3.5" | "4.0" | "4.1" | "4.2" | "4.3";

/** What integration services give a guest; the first ones are those of the feature tables, the last of release 2.1. */
export type LinuxFeature =
  | "core"
  | "accurateTime"
  | "discreteDeviceAssignment"
  | "dynamicMemoryBallooning"
  | "dynamicMemoryHotAdd"
  | "fileCopy"
  | "hyperVSockets"
  | "jumboFrames"
  | "keyValuePairExchange"
  | "largeReceiveOffload"
  | "liveBackup"
  | "liveMigration"
  | "lsvmbus"
  | "memoryMappedGap"
  | "nonMaskableInterrupt"
  | "over256Processors"
  | "paeKernel"
  | "receiveSideScaling"
  | "runtimeMemoryResize"
  | "scsiWorldWideName"
  | "secureBoot"
  | "segmentationOffload"
  | "srIov"
  | "staticIpInjection"
  | "trim"
  | "uefiBoot"
  | "vhdxResize"
  | "videoDevice"
  | "virtualFibreChannel"
  | "vlan"
  | "multiProcessing"
  | "syntheticNetwork"
  | "syntheticStorage"
  | "fastpathBoot"
  | "timeSynchronization"
  | "shutdown"
  | "heartbeat"
  | "pluggableTimeSource";

/** One column of a document's feature table, or one line of an announcement. */
export interface LinuxGuest extends Coverage, Provenance {
  /** Ids in operating-systems.json. */
  readonly products: readonly string[];
  readonly servicePacks: readonly number[];
  readonly hosts: readonly string[];
  readonly integrationServices: IntegrationServicesRelease;
  /** Virtual processors that this release of the integration services can use. */
  readonly maximumProcessors?: number;
  /** Empty where the document names none. */
  readonly features: readonly { readonly hosts: readonly string[]; readonly names: readonly LinuxFeature[] }[];
  /** By feature: ids of notes. */
  readonly notes?: Readonly<Partial<Record<LinuxFeature, readonly string[]>>>;
}

export interface LinuxGuestsTable {
  readonly features: readonly { readonly id: LinuxFeature; readonly name: string }[];
  readonly notes: readonly { readonly id: string; readonly text: string }[];
  /** The newest document first. */
  readonly rows: readonly LinuxGuest[];
}

const shipped = once(() => readLinuxGuests(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readLinuxGuests(source: unknown): LinuxGuestsTable {
  return loadTable<LinuxGuestsTable>("linux-guests.json", source, schema);
}

export function linuxGuests(table = shipped()): readonly LinuxGuest[] {
  return table.rows;
}

/** The integration services that documents name for a guest on a host version, the newest document first. */
export function integrationServicesFor(host: string, guest: GuestOs, table = shipped()): readonly LinuxGuest[] {
  return table.rows.filter(
    (row) => row.hosts.includes(host) && row.products.includes(guest.product) && covers(row, guest),
  );
}

/** Whether the document of a row tells for each of its guests if they have a feature. */
export function namesFeature(row: LinuxGuest, feature: LinuxFeature, table = shipped()): boolean {
  return table.rows.some(
    ({ source, features }) => source === row.source && features.some(({ names }) => names.includes(feature)),
  );
}

/** The features of a row on a host version. */
export function featuresOn(host: string, row: LinuxGuest): readonly LinuxFeature[] {
  return row.features.filter(({ hosts }) => hosts.includes(host)).flatMap(({ names }) => names);
}

export function featureName(feature: LinuxFeature, table = shipped()): string {
  return table.features.find(({ id }) => id === feature)?.name ?? feature;
}

/** `Linux Integration Services 4.2`, `built in`. */
export function describeIntegrationServices(release: IntegrationServicesRelease): string {
  switch (release) {
    case "builtIn":
      return "built in";
    case "ports":
      return "from the ports collection";
    case "notStated":
      return "not stated";
    default:
      return `Linux Integration Services ${release}`;
  }
}
