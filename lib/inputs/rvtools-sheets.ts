import { InputError } from "./input";
import { openWorkbook, type Cell, type Row, type Table } from "./workbook";

/*
 * The sheets of an RVTools export that are read, and which rows are of which virtual machine.
 */

export const WHAT = "a workbook as RVTools exports it (.xlsx)";

/** The columns that are read, by their names in lower case. Before version 4, RVTools called MiB MB. */
const COLUMNS = {
  vinfo: [
    "vm",
    "powerstate",
    "template",
    "srm placeholder",
    "consolidation needed",
    "cpus",
    "memory",
    "nics",
    "disks",
    "firmware",
    "efi secure boot",
    "cluster",
    "host",
    "os according to the configuration file",
    "os according to the vmware tools",
    "guest detailed data",
  ],
  vdisk: ["vm", "disk", "label", "capacity mib", "capacity mb", "raw", "sharing mode", "shared bus"],
  vnetwork: ["vm", "nic label", "adapter", "network", "mac address", "type", "direct path io"],
  vsnapshot: ["vm", "name"],
} as const;

/** What identifies a virtual machine: two may have one name. */
const IDENTITY = ["vm id", "vi sdk server"];

/** Without these nothing can be said of a virtual machine. */
const REQUIRED = ["vm", "cpus", "memory"];

type SheetName = keyof typeof COLUMNS;

/** A row with the columns of a sheet. */
export class SheetRow {
  constructor(private readonly row: Row) {}

  text(column: string): string | undefined {
    const cell = this.row.get(column);
    const text = cell === undefined ? "" : String(cell).trim();
    return text === "" ? undefined : text;
  }

  /** A whole number. Texts may have signs between groups of three digits. */
  number(column: string): number | undefined {
    const cell = this.row.get(column);
    const number = typeof cell === "string" ? numberIn(cell) : cell;
    return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : undefined;
  }

  flag(column: string): boolean | undefined {
    const cell: Cell | undefined = this.row.get(column);
    if (typeof cell !== "string") return typeof cell === "boolean" ? cell : undefined;
    const word = cell.trim().toLowerCase();
    if (word === "true" || word === "yes" || word === "1") return true;
    return word === "false" || word === "no" || word === "0" ? false : undefined;
  }
}

const DIGITS = /^\d+$/;
const GROUPED = /^\d{1,3}(?:([.,'’\s])\d{3})(?:\1\d{3})*$/;

function numberIn(text: string): number | undefined {
  const trimmed = text.trim();
  return DIGITS.test(trimmed) || GROUPED.test(trimmed) ? Number(trimmed.replace(/\D/g, "")) : undefined;
}

/** A virtual machine in the rows of all sheets. */
export interface MachineRows {
  readonly info: SheetRow;
  /** Undefined where the sheet is missing, or it is not known which of its rows are those of this machine. */
  readonly disks: readonly SheetRow[] | undefined;
  readonly adapters: readonly SheetRow[] | undefined;
  readonly snapshots: readonly SheetRow[] | undefined;
}

/**
 * @throws InputError for bytes that are no export of RVTools
 */
export function readRvtoolsSheets(bytes: Buffer): readonly MachineRows[] {
  const readSheet = openWorkbook(bytes, WHAT);
  const tableOf = (name: SheetName): Table | undefined => {
    const columns = new Set<string>([...COLUMNS[name], ...IDENTITY]);
    return readSheet(name, columns) ?? readSheet(`tab${name}`, columns);
  };
  const info = tableOf("vinfo");
  if (info === undefined) throw new InputError(`is not ${WHAT}: it has no sheet vInfo`);
  const missing = REQUIRED.find((column) => !info.columns.includes(column));
  if (missing !== undefined) {
    const names: Readonly<Record<string, string>> = { vm: "VM", cpus: "CPUs", memory: "Memory" };
    throw new InputError(`is not ${WHAT}: its sheet vInfo has no column ${names[missing] ?? missing}`);
  }
  const rows = info.rows.filter((row) => new SheetRow(row).text("vm") !== undefined);
  const disks = new RowsOfMachines(rows, tableOf("vdisk"));
  const adapters = new RowsOfMachines(rows, tableOf("vnetwork"));
  const snapshots = new RowsOfMachines(rows, tableOf("vsnapshot"));
  return rows.map((row) => ({
    info: new SheetRow(row),
    disks: disks.of(row),
    adapters: adapters.of(row),
    snapshots: snapshots.of(row),
  }));
}

/** The rows of a sheet by machine: by its identity where both sheets have one, else by its name if no other has it. */
class RowsOfMachines {
  private readonly rows: ReadonlyMap<string, readonly SheetRow[]> | undefined;
  private readonly key: (row: Row) => string | undefined;
  private readonly machines: ReadonlyMap<string, number>;

  constructor(machines: readonly Row[], table: Table | undefined) {
    const hasIdentity =
      table !== undefined && [...machines, ...table.rows].every((row) => identityOf(row) !== undefined);
    this.key = hasIdentity ? identityOf : nameOf;
    const numbers = new Map<string, number>();
    for (const row of machines) {
      const key = this.key(row) ?? "";
      numbers.set(key, (numbers.get(key) ?? 0) + 1);
    }
    this.machines = numbers;
    this.rows = table === undefined ? undefined : groupedBy(table.rows, this.key);
  }

  of(machine: Row): readonly SheetRow[] | undefined {
    const key = this.key(machine);
    if (this.rows === undefined || key === undefined || (this.machines.get(key) ?? 0) > 1) return undefined;
    return this.rows.get(key) ?? [];
  }
}

function groupedBy(rows: readonly Row[], key: (row: Row) => string | undefined): ReadonlyMap<string, SheetRow[]> {
  const groups = new Map<string, SheetRow[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [new SheetRow(row)]);
    else group.push(new SheetRow(row));
  }
  return groups;
}

function identityOf(row: Row): string | undefined {
  const id = new SheetRow(row).text("vm id");
  return id === undefined
    ? undefined
    : JSON.stringify([id, new SheetRow(row).text("vi sdk server") ?? ""]).toLowerCase();
}

function nameOf(row: Row): string | undefined {
  return new SheetRow(row).text("vm")?.toLowerCase();
}
