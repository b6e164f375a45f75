import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hostVersions } from "../../../../lib/tables/host-versions";
import { sourceOf } from "../../../../lib/tables/sources";
import { vmmPorts, vmmVersions } from "../../../../lib/tables/vmm-ports";
import { printExchange } from "../../../../lib/cli/support-tables/exchange-tables";
import { tablesDocument } from "../../../../tools/docs/tables-page";
import { printTables, printVmmPorts } from "../../../../lib/cli/support-tables/tables-text";
import { guest } from "../../tables/kit";
import { ROOT } from "../../../root";

/** The line of a print that starts with these cells. */
function line(text: string, ...cells: readonly string[]): string {
  const found = text.split("\n").filter((one) => cells.every((cell) => one.includes(cell)));
  assert.equal(found.length, 1, `${cells.join(", ")}: ${String(found.length)} lines`);
  return found[0] ?? "";
}

describe("printed tables", () => {
  it("of Windows Server 2008 R2 with Service Pack 1 say what the documents say", () => {
    const text = printTables("windows-server-2008-r2-sp1");
    assert(text.startsWith("Windows Server 2008 R2 with Service Pack 1\n"));
    assert.match(line(text, "Running virtual processors of a host"), /\b512\b.*limits-2008-r2.*official/);
    assert.match(line(text, "The same while every guest runs Windows 7"), /12:1/);
    assert.match(line(text, "Memory of a virtual machine"), /64 GB/);
    assert.match(line(text, "Windows Small Business Server 2011", "Essentials"), /1 or 2/);
    assert.match(line(text, "CentOS 5.2 through 5.6 (x86 or x64)"), /1, 2 or 4.*quoted/);
    assert.match(line(text, "Windows 7 with or without Service Pack 1"), /1, 2 or 4.*unverified/);
    assert.match(line(text, "Virtual machines of generation 2"), /\bno\b/);
  });

  it("of Windows Server 2022 tell the generations apart", () => {
    const text = printTables("windows-server-2022");
    assert.match(line(text, "  Windows Server 2022 "), /1 to 64 in generation 1, 1 to 1,024 in generation 2/);
    assert.match(line(text, "  Windows 11 "), /1 to 32 in generation 2/);
    assert.match(line(text, "  Windows Server 2012 R2 "), /1 to 64 /);
    assert.match(line(text, "Memory of a virtual machine, generation 2"), /240 TB/);
    assert.match(line(text, "Running virtual processors per logical processor"), /no limit/);
  });

  it("have the networks of their version, and not those of others", () => {
    const old = printTables("windows-server-2008-r2-sp1");
    assert.match(
      line(old, "  two adapters of 10 Gbps  "),
      /supported .*management at most 1 %.*live migration at most 50 %/,
    );
    assert.match(line(old, "1000 and more without a default gateway"), /10000 and more with one, in steps of 100/);
    assert.match(line(old, "NPAR partitions of a port, at most"), / 4 /);
    for (const part of ["Switch Embedded Team,", "Suggested weights", "Recommended roles", "  Hosts  "])
      assert(!old.includes(part), part);
    const current = printTables("windows-server-2022");
    assert.match(line(current, "Adapters in a Switch Embedded Team, at most"), / 8 .*set-2016/);
    assert.match(line(current, "  live migration  ", " 40 "), /network-recommendations-2025/);
    assert.match(line(current, "  live migration  ", " cluster "), /network-recommendations-2025/);
    for (const part of ["Network layouts", "NPAR", "NIC teaming below a virtual switch"])
      assert(!current.includes(part), part);
    assert(!printTables("windows-server-2022", guest("Windows Server 2022")).includes("Numbers of networks"));
  });

  it("for a guest have its lines, memory, support and integration services only", () => {
    const windows = printTables("windows-server-2008-r2", guest("Windows Server 2003 R2 x64 SP2"));
    assert(windows.startsWith("Windows Server 2003 R2 (x64) with Service Pack 2 on Windows Server 2008 R2\n"));
    for (const part of ["1 or 2", "2015-07-14", "128 MB"]) assert(windows.includes(part), part);
    assert(!windows.includes("CentOS"));
    const linux = printTables("windows-server-2008-r2", guest("CentOS 5.5"));
    assert.match(line(linux, "Linux Integration Services 2.1"), /Fastpath Boot/);
    assert(linux.includes("2017-03-31") && !linux.includes("\nMemory\n"));
  });

  it("say that a guest is in no list by leaving the list out", () => {
    assert(!printTables("windows-server-2022", guest("Windows XP SP3")).includes("\nGuests\n"));
  });

  it("of VMM have the ports of the version, and of no other", () => {
    const text = printVmmPorts("vmm-2012");
    assert(text.startsWith("VMM 2012\n"));
    assert.match(line(text, "  smis "), /CIM-XML +TCP not fixed/);
    assert.match(line(text, "  bmc-ipmi "), /UDP 623/);
    assert.match(line(text, "  agent-control "), /TCP 5985/);
    assert(text.includes("\n  vmm-2012-ports: ") && !text.includes("49152"));
    for (const { id } of vmmVersions()) {
      const names = vmmPorts(id).map((row) => row.id);
      for (const name of names) line(printVmmPorts(id), `  ${name} `);
    }
    assert.match(line(printVmmPorts("vmm-2022"), "  dynamic "), /TCP 49152-65535/);
  });

  it("name every document that they quote, and what other documents say", () => {
    for (const { id } of hostVersions()) {
      const text = printTables(id);
      const [, documents = ""] = text.split("\nDocuments\n");
      for (const one of text.matchAll(/Not used: ([a-z0-9-]+) states/g))
        assert(documents.includes(sourceOf(one[1] ?? "").title));
    }
    assert.match(printTables("windows-server-2019"), /Not used: limits-2024 states 250\./);
  });

  it("have no trailing blanks", () => {
    assert.doesNotMatch(printTables("windows-server-2012"), /[ \t]$/m);
  });
});

describe("printed tables of Exchange", () => {
  it("say what the documents say of the version, and of no other", () => {
    const text = printExchange("2019");
    assert(text.startsWith("Exchange 2019\n"));
    assert.match(line(text, "Free space to install Exchange"), /30 GB.*required.*exchange-requirements.*official/);
    assert.match(line(text, "25% of the memory"), /exchange-requirements.*official/);
    assert.match(line(text, "Virtual processors for each physical core, at most"), /2:1/);
    assert.match(line(text, "dynamic VHDX"), /\byes\b/);
    assert.match(line(text, "nfs"), /\bno\b.*official/);
    assert(!text.includes("Exchange 2013, Exchange 2016") && !text.includes("32778"));
  });

  it("are in docs/tables.md too, for all versions", () => {
    const text = tablesDocument();
    assert.match(
      line(text, "| Operating system disk without the paging file, at least | Exchange 2013"),
      /15 GB.*official/,
    );
    assert(text.includes("100% of the memory + 10 MB, at most 32778 MB"));
  });
});

describe("docs/tables.md", () => {
  it("has every host version, the ratio table, and every document", () => {
    const text = tablesDocument();
    for (const { name } of hostVersions()) assert(text.includes(`\n## ${name}\n`), name);
    for (const row of ["| 2 | 6 | 2 | 288 | 192 |", "| 4 | 8 | 2 | 512 | 512 |"]) assert(text.includes(row), row);
    assert(text.includes("`lis-2-1`"));
  });

  it("is current", () => {
    const written = readFileSync(join(ROOT, "docs", "tables.md"), "utf8");
    // Formatting pads the tables, so only the words are compared here; `tools/docs.mjs --check` compares all.
    const words = (text: string): string => text.replace(/[\s|*_\\-]+/g, " ");
    assert(words(written) === words(tablesDocument()), "docs/tables.md is not: run `npm run docs`");
  });
});
