import type { Problem } from "../estate/declared";
import type { FactsOf, LinkedVirtualMachine } from "../estate/linked-facts";
import { lacking } from "../estate/linker";
import { DISK_PURPOSES, SECURE_BOOT_TEMPLATES, type VirtualMachine } from "../estate/model";
import { isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../estate/plain";
import { Reader } from "../estate/reader";
import { absent, known, unknown } from "../estate/value";
import { suggestion } from "../text/nearest";
import {
  readDiskAnnotations,
  readMachineAnnotations,
  readServerAnnotations,
  type DiskAnnotations,
  type MachineAnnotations,
} from "./annotations";
import type { FactSink } from "./dialect";

export const TAG_PREFIX = "hyperv-guard:";

/** The tags for facts of a virtual machine that its resource type has no property for. */
export const MACHINE_TAGS = {
  "hyperv-guard:host": "name of the host that runs it",
  "hyperv-guard:cluster": "name of the cluster that may run it on any node",
  "hyperv-guard:guestOs": "guest operating system, as in `Windows Server 2022 Datacenter`",
  "hyperv-guard:edition": "edition of the guest, where its name does not include it",
  "hyperv-guard:architecture": "architecture of the guest, where its name does not include it",
  "hyperv-guard:secureBoot": "whether secure boot is on: `true` or `false`",
  "hyperv-guard:secureBootTemplate": `its template: ${SECURE_BOOT_TEMPLATES.join(", ")}`,
  "hyperv-guard:tpm": "whether it has a virtual TPM: `true` or `false`",
  "hyperv-guard:configurationVersion": "its configuration version, as in `9.0`",
  "hyperv-guard:processorCompatibility": "whether its processor features are limited for migration: `true` or `false`",
  "hyperv-guard:nestedVirtualization": "whether the guest may run virtual machines itself: `true` or `false`",
  "hyperv-guard:role": "what it does, as in `domain controller`; several with commas",
  "hyperv-guard:group": "a name that it shares with the virtual machines that it must not be lost together with",
  "hyperv-guard:antiAffinityClassNames": "its anti-affinity class names in the cluster; several with commas",
  "hyperv-guard:exchange": "version of the Exchange server in it, as in `Exchange 2019`",
  "hyperv-guard:exchangeRoles": "roles of that server; several with commas",
  "hyperv-guard:databaseAvailabilityGroup": "database availability group of that server",
} as const;

/** The same of a disk. */
export const DISK_TAGS = {
  "hyperv-guard:purpose": `what it holds: ${DISK_PURPOSES.join(", ")}`,
  "hyperv-guard:storage": "spindle group, volume or share that it lies on",
} as const;

type Tag = keyof typeof MACHINE_TAGS | keyof typeof DISK_TAGS;

const NAMES = [...Object.keys(MACHINE_TAGS), ...Object.keys(DISK_TAGS)] as Tag[];
const LISTS: readonly Tag[] = [
  "hyperv-guard:role",
  "hyperv-guard:antiAffinityClassNames",
  "hyperv-guard:exchangeRoles",
];

/** Whether any tag is meant for this pack. */
export function hasTags(tags: Plain): boolean {
  return isPlainObject(tags) && Object.keys(tags).some((name) => tagNamed(name) !== undefined);
}

/** A host that only tags name is one all the same: two machines with one such tag are on one host. */
export function machineTags(urn: string, tags: Plain, sink: FactSink): MachineAnnotations {
  const reader = readerOf(urn, tags, sink);
  if (reader === undefined) return {};
  const annotations = readMachineAnnotations(reader, TAG_PREFIX, readExchange(reader));
  if (annotations.host.state === "known") sink.add("computers", { urn, name: annotations.host });
  // Only what is missing: a tag for others is not a mistake.
  reader.passOthers();
  reader.reportUnread();
  return annotations;
}

/** A machine with what its tags add to it: its own properties come first. */
export function withMachineTags(machine: LinkedVirtualMachine, tags: Plain, sink: FactSink): LinkedVirtualMachine {
  const annotations = machineTags(machine.urn, tags, sink);
  return { ...machine, ...lacking<FactsOf<VirtualMachine>>(machine, annotations) };
}

const SERVER = {
  version: "hyperv-guard:exchange",
  roles: "hyperv-guard:exchangeRoles",
  databaseAvailabilityGroup: "hyperv-guard:databaseAvailabilityGroup",
} as const;

/** A server is declared by any of its tags. */
function readExchange(reader: Reader): VirtualMachine["exchange"] {
  const { origin, ...version } = reader.text(SERVER.version);
  const declared = [version, reader.texts(SERVER.roles), reader.text(SERVER.databaseAvailabilityGroup)];
  if (declared.every(({ state }) => state === "absent")) return absent(origin);
  if (declared.every(({ state }) => state === "unknown")) return unknown(origin, "deployment");
  return known(readServerAnnotations(reader, SERVER, origin), origin);
}

export function diskTags(urn: string, tags: Plain, sink: FactSink): DiskAnnotations {
  const reader = readerOf(urn, tags, sink);
  return reader === undefined ? {} : readDiskAnnotations(reader, TAG_PREFIX);
}

/** A reader of the tags that are meant for this pack, whatever their case; undefined where there are none. */
function readerOf(urn: string, tags: Plain, sink: FactSink): Reader | undefined {
  const report = (problem: Problem): void => {
    sink.problem(problem);
  };
  if (tags === UNKNOWN) return new Reader(urn, "deployment", report, "tags");
  if (!isPlainObject(tags)) return undefined;
  const own: PlainObject = Object.fromEntries(
    Object.entries(tags).flatMap(([name, value]) => {
      const tag = tagNamed(name);
      if (tag === undefined) return [];
      if (isKnownTag(tag)) return [[tag, LISTS.includes(tag) ? split(value ?? null) : value]];
      const fix = suggestion(name, NAMES, "remove it", NAMES.length);
      report({ urn, path: `tags.${name}`, problem: "is not a tag of hyperv-guard", fix });
      return [];
    }),
  );
  return Object.keys(own).length === 0 ? undefined : new Reader(urn, own, report, "tags");
}

/** In Azure the names of tags are case-insensitive. */
function tagNamed(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (!lower.startsWith(TAG_PREFIX)) return undefined;
  return NAMES.find((tag) => tag.toLowerCase() === lower) ?? name;
}

function isKnownTag(name: string): name is Tag {
  return NAMES.some((tag) => tag === name);
}

function split(value: Plain): Plain {
  return typeof value === "string" && value.trim() !== "" ? value.split(",").map((item) => item.trim()) : value;
}
