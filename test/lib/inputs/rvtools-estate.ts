import { writeFileSync } from "node:fs";
import { xlsx, type CellValue, type Sheets } from "./xlsx";

/*
 * Exports of RVTools 4.x for tests, and the one of examples/rvtools. `npx ts-node -T test/lib/inputs/rvtools-estate.ts FILE`
 * writes it.
 */

/** A virtual machine of an export: what its columns in vInfo are, and its rows in other sheets. */
export interface ExportedMachine {
  readonly info: Columns;
  readonly disks?: readonly Columns[];
  readonly adapters?: readonly Columns[];
  readonly snapshots?: readonly string[];
}

type Columns = Readonly<Record<string, CellValue>>;

const VINFO = [
  ...["VM", "Powerstate", "Template", "SRM Placeholder", "Config status", "DNS Name", "Connection state"],
  ...["Consolidation Needed", "CPUs", "Memory", "NICs", "Disks", "Total disk capacity MiB", "Primary IP Address"],
  ...["EFI Secure boot", "Firmware", "HW version", "Annotation", "Datacenter", "Cluster", "Host"],
  ...["OS according to the configuration file", "OS according to the VMware Tools", "Guest Detailed Data"],
  ...["VM ID", "VM UUID", "VI SDK Server"],
];
const VDISK = [
  ...["VM", "Powerstate", "Template", "Disk", "Disk Key", "Capacity MiB", "Raw", "Disk Mode", "Sharing mode", "Thin"],
  ...["Controller", "Label", "Shared Bus", "Path", "Raw Comp. Mode", "VM ID", "VI SDK Server"],
];
const VNETWORK = [
  ...["VM", "Powerstate", "Template", "NIC label", "Adapter", "Network", "Switch", "Connected", "Starts Connected"],
  ...["Mac Address", "Type", "IPv4 Address", "Direct Path IO", "VM ID", "VI SDK Server"],
];
const VSNAPSHOT = ["VM", "Powerstate", "Name", "Description", "Size MiB (total)", "VM ID", "VI SDK Server"];
const SERVER = "vcenter.contoso.com";

/** The sheets of an export. */
export function rvtoolsSheets(machines: readonly ExportedMachine[]): Sheets {
  const identities = machines.map(({ info }, index) => ({
    "VM ID": `vm-${String(1001 + index)}`,
    "VI SDK Server": SERVER,
    VM: info["VM"] ?? null,
    Powerstate: info["Powerstate"] ?? "poweredOn",
    Template: info["Template"] ?? false,
  }));
  const rowsOf = (list: (machine: ExportedMachine) => readonly Columns[]): readonly Columns[] =>
    machines.flatMap((machine, index) => list(machine).map((columns) => ({ ...identities[index], ...columns })));
  return {
    vInfo: sheet(
      VINFO,
      rowsOf(({ info, disks = [], adapters = [] }) => [
        { ...DEFAULTS, NICs: adapters.length, Disks: disks.length, ...info },
      ]),
    ),
    vDisk: sheet(
      VDISK,
      rowsOf(({ disks = [] }) =>
        disks.map((disk, index) => ({ ...DISK, Disk: `Hard disk ${String(index + 1)}`, ...disk })),
      ),
    ),
    vNetwork: sheet(
      VNETWORK,
      rowsOf(({ adapters = [] }) =>
        adapters.map((adapter, index) => ({
          ...ADAPTER,
          "NIC label": `Network adapter ${String(index + 1)}`,
          ...adapter,
        })),
      ),
    ),
    vSnapshot: sheet(
      VSNAPSHOT,
      rowsOf(({ snapshots = [] }) => snapshots.map((name) => ({ Name: name }))),
    ),
  };
}

const DEFAULTS: Columns = {
  "SRM Placeholder": false,
  "Consolidation Needed": false,
  "EFI Secure boot": false,
  Firmware: "bios",
  Datacenter: "dc1",
  Cluster: "vsphere1",
  Host: "esx1.contoso.com",
};
const DISK: Columns = {
  Raw: false,
  "Disk Mode": "persistent",
  "Sharing mode": "sharingNone",
  "Shared Bus": "noSharing",
};
const ADAPTER: Columns = {
  Adapter: "Vmxnet3",
  Network: "VLAN 10",
  Connected: true,
  Type: "assigned",
  "Direct Path IO": false,
};

/** Rows with these columns, and the row of their names. */
function sheet(columns: readonly string[], rows: readonly Columns[]): readonly (readonly CellValue[])[] {
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
}

/** The estate of examples/rvtools: one of each that must change before it moves, and those that need no change. */
export const EXAMPLE: readonly ExportedMachine[] = [
  {
    info: {
      VM: "web1",
      CPUs: 4,
      Memory: 8192,
      Firmware: "efi",
      "EFI Secure boot": true,
      "OS according to the configuration file": "Microsoft Windows Server 2022 (64-bit)",
      "OS according to the VMware Tools": "Microsoft Windows Server 2022 (64-bit)",
    },
    disks: [{ "Capacity MiB": 102400 }],
    adapters: [{ "Mac Address": "00:50:56:a1:00:01" }],
  },
  {
    info: {
      VM: "sql1",
      CPUs: 96,
      Memory: 262144,
      "OS according to the configuration file": "Microsoft Windows Server 2016 or later (64-bit)",
      "Guest Detailed Data":
        "architecture='X86' bitness='64' prettyName='Windows Server 2019 Standard, 64-bit (Build 17763.1697)'",
    },
    disks: [
      { "Capacity MiB": 204800 },
      { "Capacity MiB": 2097152, Raw: true, "Raw Comp. Mode": "physicalMode", "Shared Bus": "physicalSharing" },
    ],
    adapters: [{ "Mac Address": "00:50:56:a1:00:02", Type: "manual" }],
    snapshots: ["before the upgrade"],
  },
  {
    info: {
      VM: "legacy1",
      CPUs: 2,
      Memory: 4096,
      "OS according to the configuration file": "Microsoft Windows Server 2008 R2 (64-bit)",
    },
    disks: [{ "Capacity MiB": 61440 }],
    adapters: [{ Adapter: "E1000", "Mac Address": "00:50:56:a1:00:03" }],
  },
  {
    info: {
      VM: "app1",
      CPUs: 2,
      Memory: 8192,
      "OS according to the configuration file": "Microsoft Windows Server 2012 (64-bit)",
    },
    disks: [{ "Capacity MiB": 61440 }],
    adapters: [{ "Mac Address": "00:50:56:a1:00:04" }],
  },
  {
    info: {
      VM: "linux1",
      CPUs: 4,
      Memory: 16384,
      Firmware: "efi",
      "OS according to the configuration file": "Red Hat Enterprise Linux 9 (64-bit)",
    },
    disks: [{ "Capacity MiB": 40960 }],
    adapters: [{ "Mac Address": "00:50:56:a1:00:05" }],
  },
  {
    info: { VM: "ws2022-template", Template: true, Powerstate: "poweredOff", CPUs: 2, Memory: 4096 },
    disks: [{ "Capacity MiB": 61440 }],
  },
  {
    info: {
      VM: "vCLS (1)",
      CPUs: 1,
      Memory: 128,
      "OS according to the configuration file": "Other 3.x or later Linux (64-bit)",
    },
    disks: [{ "Capacity MiB": 2048 }],
  },
];

/** An export as a workbook. */
export function rvtoolsExport(machines: readonly ExportedMachine[]): Buffer {
  return xlsx(rvtoolsSheets(machines));
}

/** Writes the workbook of examples/rvtools. */
if (require.main === module) writeFileSync(process.argv[2] ?? "estate.xlsx", rvtoolsExport(EXAMPLE));
