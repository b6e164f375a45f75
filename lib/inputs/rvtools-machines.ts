import { vmwareGuest, type VmwareGuest } from "../dialects/vmware-guests";
import type { MachineRows, SheetRow } from "./rvtools-sheets";

/*
 * A virtual machine of vSphere in the words of the component: what holds for it wherever it runs. `null` stands for what the
 * export does not have, or what is decided when it moves.
 */

/** A virtual machine that is to move. */
export interface Machine {
  readonly name: string;
  /** Where it runs in vSphere: its cluster, else its host. */
  readonly place: string | undefined;
  readonly guest: VmwareGuest;
  /** The name that vSphere has for its guest. */
  readonly guestName: string | undefined;
  /** The properties of the component. */
  readonly entry: MachineEntry;
  readonly rows: MachineRows;
}

interface MachineEntry {
  readonly name: string;
  readonly guestOs: string | null;
  readonly generation: number | null;
  readonly secureBoot?: boolean | null;
  readonly tpm?: null;
  readonly processorCount: number | null;
  readonly memoryMB: number | null;
  readonly disks: readonly DiskEntry[] | null;
  readonly networkAdapters: readonly AdapterEntry[] | null;
}

interface DiskEntry {
  readonly name: string;
  readonly purpose: null;
  readonly type: "passThrough" | null;
  readonly sizeGB: number | null;
}

interface AdapterEntry {
  readonly name: string;
  readonly macAddress?: string;
}

export function machineOf(rows: MachineRows): Machine {
  const { info } = rows;
  const names = {
    detailed: info.text("guest detailed data"),
    tools: info.text("os according to the vmware tools"),
    configured: info.text("os according to the configuration file"),
  };
  const guest = vmwareGuest(names);
  const name = info.text("vm") ?? "";
  const entry = {
    name,
    guestOs: guest.guestOs ?? null,
    ...firmwareOf(info),
    processorCount: positive(info.number("cpus")),
    memoryMB: positive(info.number("memory")),
    disks: ofNumber(rows.disks, info.number("disks"))?.map(diskOf) ?? null,
    networkAdapters: ofNumber(rows.adapters, info.number("nics"))?.map(adapterOf) ?? null,
  };
  const place = info.text("cluster") ?? info.text("host");
  return { name, place, guest, guestName: names.tools ?? names.configured, entry, rows };
}

/** The generation follows from the firmware; only with UEFI there are secure boot and a TPM. */
function firmwareOf(info: SheetRow): Pick<MachineEntry, "generation" | "secureBoot" | "tpm"> {
  const firmware = info.text("firmware")?.toLowerCase();
  if (firmware === "bios") return { generation: 1 };
  if (firmware !== "efi") return { generation: null };
  const secureBoot = info.flag("efi secure boot");
  return { generation: 2, secureBoot: secureBoot ?? null, tpm: null };
}

/** Rows of a machine, if there are as many as the machine has according to vInfo. */
function ofNumber(rows: readonly SheetRow[] | undefined, number: number | undefined): readonly SheetRow[] | undefined {
  return rows !== undefined && (number === undefined || number === rows.length) ? rows : undefined;
}

/** What a disk is for, and whether it grows, is decided when it moves; a raw device stays the disk of a SAN. */
function diskOf(row: SheetRow, index: number): DiskEntry {
  const sizeMB = row.number("capacity mib") ?? row.number("capacity mb");
  return {
    name: row.text("disk") ?? row.text("label") ?? `disk ${String(index + 1)}`,
    purpose: null,
    type: isRaw(row) ? "passThrough" : null,
    sizeGB: sizeMB === undefined || sizeMB === 0 ? null : sizeMB / 1024,
  };
}

export function isRaw(disk: SheetRow): boolean {
  return disk.flag("raw") === true;
}

/** A MAC address that somebody has chosen is kept; Hyper-V makes others anew, as vSphere did. */
function adapterOf(row: SheetRow, index: number): AdapterEntry {
  const address = row.text("mac address");
  const isChosen = row.text("type")?.toLowerCase() === "manual";
  return {
    name: row.text("nic label") ?? `adapter ${String(index + 1)}`,
    ...(isChosen && address !== undefined ? { macAddress: address } : {}),
  };
}

function positive(number: number | undefined): number | null {
  return number === undefined || number === 0 ? null : number;
}
