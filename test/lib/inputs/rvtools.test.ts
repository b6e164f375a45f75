import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { checkFiles } from "../../../lib/cli/check";
import { isPlainArray, NOT_READ } from "../../../lib/estate/plain";
import { InputError, type Input } from "../../../lib/inputs/input";
import { readRvtools } from "../../../lib/inputs/rvtools";
import { ROOT } from "../../root";
import { EXAMPLE, rvtoolsExport, rvtoolsSheets, type ExportedMachine } from "./rvtools-estate";
import { xlsx, type CellValue, type Sheets } from "./xlsx";

type Columns = ExportedMachine["info"];

/** What is read of one machine. */
function machine(info: Columns, others: Omit<ExportedMachine, "info"> = {}) {
  const { resources, notes = [] } = read({ info: { VM: "vm1", CPUs: 2, Memory: 4096, ...info }, ...others });
  const [resource] = resources;
  assert.ok(resource !== undefined);
  const { properties } = resource;
  return { properties, notes };
}

function read(...machines: readonly ExportedMachine[]): Input {
  return readRvtools(rvtoolsExport(machines));
}

function refusal(sheets: Sheets): string {
  try {
    readRvtools(xlsx(sheets));
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message;
  }
  return assert.fail("it was read");
}

function renamed(sheets: Sheets, from: string, to: string): Sheets {
  return Object.fromEntries(
    Object.entries(sheets).map(([name, rows]) => [
      name,
      rows.map((row, index) => (index === 0 ? row.map((column) => (column === from ? to : column)) : row)),
    ]),
  );
}

const FOLDER = join(ROOT, "examples", "rvtools");

describe("the example of RVTools", () => {
  const file = join(FOLDER, "estate.xlsx");

  it("is what the test makes", () => {
    assert.deepEqual(readFileSync(file), rvtoolsExport(EXAMPLE));
  });

  it("has what must change before it moves", async () => {
    const { findings, notes } = await checkFiles([{ option: "rvtools", file }], join(FOLDER, "policy-config.json"));
    const found = findings.map(({ rule, enforcement, entity, property }) =>
      [enforcement, entity?.name, rule, property].join(" "),
    );
    assert.deepEqual(found, [
      "advisory app1 guest-os-lifecycle guestOs",
      "advisory legacy1 guest-os-lifecycle guestOs",
      "mandatory sql1 guest-processor-count processorCount",
    ]);
    assert.equal(notes.length, 7);
  });

  it("asks for what nobody says, and guesses nothing", async () => {
    const { findings } = await checkFiles([{ option: "rvtools", file }], undefined);
    const fixes = findings.filter(({ rule }) => rule === "undecided").map(({ fix }) => fix);
    assert.deepEqual(
      [...new Set(fixes)],
      [
        "Set guestOs in classify of the settings, or declare a VirtualMachine component of its name.",
        "Say it in classify of the settings, or after the move in an inventory or a program.",
      ],
    );
  });
});

describe("exports of RVTools", () => {
  it("have virtual machines without a host", () => {
    const { resources, partial } = read(...EXAMPLE);
    assert.equal(partial, undefined);
    assert.deepEqual(
      resources.map(({ name }) => name),
      ["web1", "sql1", "legacy1", "app1", "linux1"],
    );
    const [web1] = resources;
    assert.deepEqual(web1, {
      urn: "urn:pulumi:rvtools::vsphere1::hyperv-guard:index:VirtualMachine::web1",
      type: "hyperv-guard:index:VirtualMachine",
      name: "web1",
      properties: {
        name: "web1",
        guestOs: "Windows Server 2022 (64-bit)",
        generation: 2,
        secureBoot: true,
        tpm: NOT_READ,
        processorCount: 4,
        memoryMB: 8192,
        disks: [{ name: "Hard disk 1", purpose: NOT_READ, type: NOT_READ, sizeGB: 100 }],
        networkAdapters: [{ name: "Network adapter 1" }],
      },
    });
  });

  it("say in notes what is of VMware alone", () => {
    assert.deepEqual(read(...EXAMPLE).notes, [
      "1 template and 1 virtual machine of the vSphere cluster services are left out.",
      "The export does not say exactly which guest these have; where classify of the settings does not say it either, it is " +
        'not judged: "Microsoft Windows Server 2012 (64-bit)" (app1).',
      "The service pack is not in the export; the latest one was taken for legacy1.",
      "Delete the snapshots before the move, because they do not become checkpoints: sql1.",
      "Raw device mappings (RDM) are judged as pass-through disks. Give the hosts the LUNs, or copy them to virtual hard disks: sql1.",
      "Disks that several virtual machines share must be shared on Hyper-V too, as a VHD set (.vhds) with persistent reservations: sql1.",
      "Hyper-V has no network adapter of the types E1000, E1000e and Flexible. Synthetic ones take their place, whose drivers the guest must have: legacy1.",
    ]);
    assert.equal(read(EXAMPLE[0] ?? assert.fail()).notes, undefined);
  });

  it("say in notes what cannot move as it is", () => {
    const { notes } = machine(
      {
        Powerstate: "suspended",
        "Consolidation Needed": "True",
        "SRM Placeholder": "False",
        "OS according to the configuration file": "Debian GNU/Linux 12 (64-bit)",
      },
      { disks: [{ "Capacity MiB": 1, "Sharing mode": "sharingMultiWriter" }], adapters: [{ "Direct Path IO": true }] },
    );
    assert.deepEqual(
      notes.map((note) => note.slice(0, 24)),
      ["Resume and shut down bef", "Consolidate the disks be", "Disks that several virtu", "DirectPath I/O does not "],
    );
    assert.deepEqual(read({ info: { VM: "a", "SRM Placeholder": true, CPUs: 1, Memory: 1 } }), {
      resources: [],
      notes: ["1 placeholder of Site Recovery Manager is left out."],
    });
  });

  it("name guests as the tables do, and never guess", () => {
    const named = (names: Readonly<Record<string, string>>) => machine(names).properties["guestOs"];
    const [configured, tools, detailed] = [
      "OS according to the configuration file",
      "OS according to the VMware Tools",
      "Guest Detailed Data",
    ] as const;
    const of: readonly (readonly [string, unknown])[] = [
      ["Microsoft Windows Server 2025 (64-bit)", "Windows Server 2025 (64-bit)"],
      ["Microsoft Windows Server 2008 R2 (64-bit)", "Windows Server 2008 R2 (64-bit) SP1"],
      ["Microsoft Windows 7 (32-bit)", "Windows 7 (32-bit) SP1"],
      ["Microsoft Windows Server 2016 or later (64-bit)", NOT_READ],
      ["Microsoft Windows Server 2012 (64-bit)", NOT_READ],
      ["Microsoft Windows Server 2003 Standard (32-bit)", NOT_READ],
      ["Microsoft Windows 8.x (64-bit)", NOT_READ],
      ["Ubuntu Linux (64-bit)", "Ubuntu Linux (64-bit)"],
      ["CentOS 4/5/6/7 (64-bit)", NOT_READ],
      ["SUSE Linux Enterprise 15 (64-bit)", NOT_READ],
      ["Other 4.x or later Linux (64-bit)", NOT_READ],
      ["Novell NetWare 6.x", NOT_READ],
      ["", NOT_READ],
    ];
    for (const [name, guestOs] of of) assert.equal(named({ [configured]: name }), guestOs, name);
    assert.equal(
      named({
        [configured]: "Microsoft Windows Server 2012 (64-bit)",
        [detailed]: "familyName='Windows' prettyName='Windows Server 2012 R2 Standard, 64-bit (Build 9600)'",
      }),
      "Windows Server 2012 R2 Standard, 64-bit",
    );
    assert.equal(
      named({ [configured]: "Other Linux (64-bit)", [tools]: "Red Hat Enterprise Linux 9 (64-bit)" }),
      "Red Hat Enterprise Linux 9 (64-bit)",
    );
    const exact = "prettyName='Windows Server 2008 R2 Enterprise Edition, 64-bit Service Pack 1 (Build 7601)'";
    assert.deepEqual(machine({ [detailed]: exact }).notes, []);
  });

  it("take the generation and secure boot from the firmware", () => {
    const of = (info: Columns) => {
      const { generation, secureBoot } = machine(info).properties;
      return [generation, secureBoot];
    };
    assert.deepEqual(of({ Firmware: "bios", "EFI Secure boot": true }), [1, undefined]);
    assert.deepEqual(of({ Firmware: "efi", "EFI Secure boot": "False" }), [2, false]);
    assert.deepEqual(of({ Firmware: "efi", "EFI Secure boot": null }), [2, NOT_READ]);
    assert.deepEqual(of({ Firmware: null }), [NOT_READ, undefined]);
    assert.deepEqual(of({ Firmware: "coreboot" }), [NOT_READ, undefined]);
  });

  it("take what is missing or no number for unknown", () => {
    for (const value of [null, 0, -1, 1.5, "x", "", "1e3", "4.09", true] as const) {
      const { processorCount, memoryMB } = machine({ CPUs: value, Memory: value }).properties;
      assert.deepEqual([processorCount, memoryMB], [NOT_READ, NOT_READ], String(value));
    }
    for (const value of [4096, "4096", "4,096", "4.096", "4 096", "4’096", " 4096 "] as const) {
      assert.equal(machine({ Memory: value }).properties["memoryMB"], 4096, String(value));
    }
    assert.equal(machine({ Memory: "1,048,576" }).properties["memoryMB"], 1048576);
  });

  it("have disks and adapters only where all are there", () => {
    const disks = [{ "Capacity MiB": 1536 }, { "Capacity MiB": null, Raw: "True" }];
    assert.deepEqual(machine({}, { disks }).properties["disks"], [
      { name: "Hard disk 1", purpose: NOT_READ, type: NOT_READ, sizeGB: 1.5 },
      { name: "Hard disk 2", purpose: NOT_READ, type: "passThrough", sizeGB: NOT_READ },
    ]);
    assert.equal(machine({ Disks: 3, NICs: 1 }, { disks }).properties["disks"], NOT_READ);
    assert.equal(machine({ NICs: 1 }).properties["networkAdapters"], NOT_READ);
    assert.deepEqual(machine({}).properties["networkAdapters"], []);
    const { vInfo = [] } = rvtoolsSheets([{ info: { VM: "a", CPUs: 1, Memory: 1 } }]);
    const [alone] = readRvtools(xlsx({ vInfo })).resources;
    assert.equal(alone?.properties["disks"], NOT_READ);
  });

  it("keep MAC addresses that somebody has chosen", () => {
    const adapters = [
      { "Mac Address": "00:50:56:00:00:01", Type: "manual" },
      { "Mac Address": "00:50:56:00:00:02", Type: "assigned" },
      { Type: "manual" },
    ];
    assert.deepEqual(machine({}, { adapters }).properties["networkAdapters"], [
      { name: "Network adapter 1", macAddress: "00:50:56:00:00:01" },
      { name: "Network adapter 2" },
      { name: "Network adapter 3" },
    ]);
  });

  it("may have two machines of one name", () => {
    const twin = (size: number): ExportedMachine => ({
      info: { VM: "twin", CPUs: 1, Memory: 1024 },
      disks: [{ "Capacity MiB": size }],
    });
    const sizes = (input: Input) =>
      input.resources.map(({ properties: { disks } }) => (isPlainArray(disks) ? disks.length : disks));
    const sheets = rvtoolsSheets([twin(1024), twin(2048)]);
    const whole = readRvtools(xlsx(sheets));
    assert.deepEqual(sizes(whole), [1, 1]);
    assert.equal(new Set(whole.resources.map(({ urn }) => urn)).size, 2);
    // Without ids it is not known which disk is whose.
    assert.deepEqual(sizes(readRvtools(xlsx(renamed(sheets, "VM ID", "Id")))), [NOT_READ, NOT_READ]);
  });

  it("are read of the versions before 4 too", () => {
    const sheets = rvtoolsSheets(EXAMPLE);
    assert.deepEqual(readRvtools(xlsx(renamed(sheets, "Capacity MiB", "Capacity MB"))), read(...EXAMPLE));
    const tabs = Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [`tab${name}`, rows]));
    assert.deepEqual(readRvtools(xlsx(tabs)), read(...EXAMPLE));
    assert.deepEqual(readRvtools(xlsx(sheets, { inline: true, places: false, prefix: "x" })), read(...EXAMPLE));
  });

  it("are refused without vInfo or what it must have", () => {
    const sheets = rvtoolsSheets(EXAMPLE);
    const { vDisk = [] } = sheets;
    assert.equal(refusal({ vDisk }), "is not a workbook as RVTools exports it (.xlsx): it has no sheet vInfo");
    for (const column of ["VM", "CPUs", "Memory"]) {
      assert.match(refusal(renamed(sheets, column, "other")), new RegExp(`: its sheet vInfo has no column ${column}$`));
    }
    assert.match(refusal({ ...sheets, vInfo: [] }), /no column VM$/);
  });

  it("never throw anything else, whatever stands in their cells", () => {
    const cell = fc.oneof<fc.Arbitrary<CellValue>[]>(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        "efi",
        "True",
        "false",
        "vm1",
        "__proto__",
        "prettyName='",
        "Microsoft Windows Server 2022 (64-bit)",
      ),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const { vInfo = [], vDisk = [], vNetwork = [], vSnapshot = [] } = rvtoolsSheets([]);
    const sheetOf = ([columns = []]: Sheets[string]) =>
      fc
        .array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 4 })
        .map((rows) => [columns, ...rows]);
    const sheets = fc.record({
      vInfo: sheetOf(vInfo),
      vDisk: sheetOf(vDisk),
      vNetwork: sheetOf(vNetwork),
      vSnapshot: sheetOf(vSnapshot),
    });
    fc.assert(
      fc.property(sheets, (content) => {
        const { resources } = readRvtools(xlsx(content));
        assert.equal(new Set(resources.map(({ urn }) => urn)).size, resources.length);
      }),
    );
  });
});
