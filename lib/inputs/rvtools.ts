import type { Input } from "./input";
import { resourceOf } from "./inventory";
import { machineOf, type Machine } from "./rvtools-machines";
import { notesOn, type LeftOut } from "./rvtools-notes";
import { readRvtoolsSheets, type MachineRows } from "./rvtools-sheets";

/**
 * Reads what RVTools exports of a vSphere estate: its virtual machines as those of Hyper-V that they become. Where they are to
 * run is not in it, so they have no host.
 * @throws InputError for bytes that are no such export
 */
export function readRvtools(bytes: Buffer): Input {
  const { machines, leftOut } = rvtoolsMachines(bytes);
  const taken = new Set<string>();
  const resources = machines.map(({ entry, place = "vsphere" }) =>
    resourceOf({ ...entry }, "VirtualMachine", taken, { name: "rvtools", place }),
  );
  const notes = notesOn(machines, leftOut);
  return { resources, ...(notes.length === 0 ? {} : { notes }) };
}

/** The virtual machines that are to move, in the order of the export. */
export function rvtoolsMachines(bytes: Buffer): { readonly machines: readonly Machine[]; readonly leftOut: LeftOut } {
  const left = { templates: 0, placeholders: 0, services: 0 };
  const machines: Machine[] = [];
  for (const rows of readRvtoolsSheets(bytes)) {
    const kind = kindOf(rows);
    if (kind === undefined) machines.push(machineOf(rows));
    else left[kind]++;
  }
  return { machines, leftOut: left };
}

function kindOf({ info }: MachineRows): "templates" | "placeholders" | "services" | undefined {
  if (info.flag("template") === true) return "templates";
  if (info.flag("srm placeholder") === true) return "placeholders";
  // vSphere names them, as in `vCLS (3)` and `vCLS-1f0e8d52-…`.
  return /^vCLS(?: \(\d+\)|-[0-9a-f-]{36})$/.test(info.text("vm") ?? "") ? "services" : undefined;
}
