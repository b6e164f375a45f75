import { count, firstOnes, listing } from "../text/words";
import { isRaw, type Machine } from "./rvtools-machines";
import type { SheetRow } from "./rvtools-sheets";

/*
 * What is of VMware alone, so that no rule of Hyper-V judges it, and what was taken for something else: a sentence for each
 * kind, with the machines that it is about.
 */

/** Virtual machines that do not move. */
export interface LeftOut {
  readonly templates: number;
  /** Those that Site Recovery Manager keeps for machines of another site. */
  readonly placeholders: number;
  /** Those in which vSphere runs its own cluster services (vCLS). */
  readonly services: number;
}

export function notesOn(machines: readonly Machine[], leftOut: LeftOut): readonly string[] {
  return [...leftOutNote(leftOut), ...guestNotes(machines), ...hardwareNotes(machines)];
}

function leftOutNote({ templates, placeholders, services }: LeftOut): readonly string[] {
  const kinds = [
    ...(templates === 0 ? [] : [count(templates, "template")]),
    ...(placeholders === 0 ? [] : [count(placeholders, "placeholder of Site Recovery Manager", PLACEHOLDERS)]),
    ...(services === 0 ? [] : [count(services, "virtual machine of the vSphere cluster services", SERVICES)]),
  ];
  const all = templates + placeholders + services;
  return all === 0 ? [] : [`${listing(kinds)} ${all === 1 ? "is" : "are"} left out.`];
}

const PLACEHOLDERS = "placeholders of Site Recovery Manager";
const SERVICES = "virtual machines of the vSphere cluster services";

function guestNotes(machines: readonly Machine[]): readonly string[] {
  const byName = new Map<string, string[]>();
  for (const { guest, guestName, name } of machines) {
    if (guest.guestOs !== undefined) continue;
    const called = guestName === undefined ? "" : JSON.stringify(guestName);
    byName.set(called, [...(byName.get(called) ?? []), name]);
  }
  const parts = [...byName].map(([called, names]) => `${called === "" ? "none" : called} (${firstOnes(names)})`);
  const assumed = machines.filter(({ guest }) => guest.hasAssumedServicePack === true);
  return [
    ...(parts.length === 0
      ? []
      : [
          "The export does not say exactly which guest these have; where classify of the settings does not say it either, it " +
            `is not judged: ${firstOnes(parts)}.`,
        ]),
    ...about(assumed, (names) => `The service pack is not in the export; the latest one was taken for ${names}.`),
  ];
}

function hardwareNotes(machines: readonly Machine[]): readonly string[] {
  const having = (rows: "disks" | "adapters" | "snapshots", is: (row: SheetRow) => boolean): readonly Machine[] =>
    machines.filter((machine) => machine.rows[rows]?.some(is) === true);
  return [
    ...about(
      machines.filter(({ rows }) => rows.info.text("powerstate")?.toLowerCase() === "suspended"),
      (names) => `Resume and shut down before the move, because memory that is suspended does not move: ${names}.`,
    ),
    ...about(
      having("snapshots", () => true),
      (names) => `Delete the snapshots before the move, because they do not become checkpoints: ${names}.`,
    ),
    ...about(
      machines.filter(({ rows }) => rows.info.flag("consolidation needed") === true),
      (names) => `Consolidate the disks before the move: ${names}.`,
    ),
    ...about(
      having("disks", isRaw),
      (names) =>
        "Raw device mappings (RDM) are judged as pass-through disks. Give the hosts the LUNs, or copy them to virtual hard " +
        `disks: ${names}.`,
    ),
    ...about(
      having("disks", isShared),
      (names) =>
        "Disks that several virtual machines share must be shared on Hyper-V too, as a VHD set (.vhds) with persistent " +
        `reservations: ${names}.`,
    ),
    ...about(
      having("adapters", isEmulated),
      (names) =>
        "Hyper-V has no network adapter of the types E1000, E1000e and Flexible. Synthetic ones take their place, whose " +
        `drivers the guest must have: ${names}.`,
    ),
    ...about(
      having("adapters", (row) => row.flag("direct path io") === true),
      (names) => `DirectPath I/O does not move: use SR-IOV, or adapters without it, for ${names}.`,
    ),
  ];
}

function isShared(disk: SheetRow): boolean {
  const mode = disk.text("sharing mode")?.toLowerCase() ?? "";
  const bus = disk.text("shared bus")?.toLowerCase() ?? "";
  return mode === "sharingmultiwriter" || bus === "physicalsharing" || bus === "virtualsharing";
}

function isEmulated(adapter: SheetRow): boolean {
  return /^(?:e1000e?|flexible|pcnet32|vlance)$/i.test(adapter.text("adapter") ?? "");
}

function about(machines: readonly Machine[], sentence: (names: string) => string): readonly string[] {
  return machines.length === 0 ? [] : [sentence(firstOnes(machines.map(({ name }) => name)))];
}
