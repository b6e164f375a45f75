import assert from "node:assert/strict";
import type { GuestOs } from "../../../lib/estate/model";
import { describeProcessors, guestList, guestSupport, type GuestSupport } from "../../../lib/tables/guest-support";
import { resolveEdition } from "../../../lib/tables/operating-systems";
import { guest, lines, resolved } from "./kit";

// "Hyper-V : Supported Server Guest Operating Systems. Updated May 2011", typed from the article in its own words.
const ARTICLE = lines(`
| Windows Server 2008 R2 with Service Pack 1 | Standard, Enterprise, Datacenter, and Web editions | 1, 2, or 4 |
| Windows Server 2008 R2 | Standard, Enterprise, Datacenter, and Windows Web Server 2008 R2 | 1, 2, or 4 |
| Windows Server 2008 | Standard, Standard without Hyper-V, Enterprise, Enterprise without Hyper-V, Datacenter, Datacenter without Hyper-V, Windows Web Server 2008, and HPC Edition | 1, 2, or 4 |
| Windows Server 2003 R2 with Service Pack 2 | Standard, Enterprise, Datacenter, and Web | 1 or 2 |
| Windows Home Server 2011 | Standard | 1 |
| Windows Storage Server 2008 R2 | Essentials | 1 |
| Windows Small Business Server 2011 | Essentials | 1 or 2 |
| Windows Small Business Server 2011 | Standard | 1, 2, or 4 |
| Windows Server 2003 R2 x64 Edition with Service Pack 2 | Standard, Enterprise, and Datacenter | 1 or 2 |
| Windows Server 2003 with Service Pack 2 | Standard, Enterprise, Datacenter, and Web | 1 or 2 |
| Windows Server 2003 x64 Edition with Service Pack 2 | Standard, Enterprise, and Datacenter | 1 or 2 |
| CentOS 5.2 through 5.6 (NEW) | x86 edition and x64 edition | 1, 2, or 4 |
| Red Hat Enterprise Linux 5.6 | x86 edition and x64 edition | 1, 2, or 4 |
| Red Hat Enterprise Linux 5.5 | x86 edition and x64 edition | 1, 2, or 4 |
| Red Hat Enterprise Linux 5.4 | x86 edition and x64 edition | 1, 2, or 4 |
| Red Hat Enterprise Linux 5.3 | x86 edition and x64 edition | 1, 2, or 4 |
| Red Hat Enterprise Linux 5.2 | x86 edition and x64 edition | 1, 2, or 4 |
| SUSE Linux Enterprise Server 11 with Service Pack 1 | x86 edition and x64 edition | 1, 2, or 4 |
| SUSE Linux Enterprise Server 10 with Service Pack 4 | x86 edition and x64 edition | 1, 2, or 4 |
`);
const HOSTS = ["windows-server-2008-r2", "windows-server-2008-r2-sp1"];

/** One guest that the article allows, and the counts that it may have. */
interface Allowed {
  readonly guest: GuestOs;
  readonly counts: readonly number[];
}

/** A row of the article as the single guests that it names: by release, edition or architecture. */
function allowedBy([name = "", columns = "", counts = ""]: readonly string[]): readonly Allowed[] {
  const numbers = counts.split(/,? or |, /).map(Number);
  return namesOf(name).flatMap((one) =>
    variantsOf(guest(one), columns).map((variant) => ({ guest: variant, counts: numbers })),
  );
}

/** `CentOS 5.2 through 5.6 (NEW)` is five releases; what is not called an x64 edition is x86 where both exist. */
function namesOf(name: string): readonly string[] {
  const range = /^(.*) 5\.(\d) through 5\.(\d)/.exec(name);
  if (range !== null) {
    const [, product = "", from = "", to = ""] = range;
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${product} 5.${Number(from) + index}`);
  }
  return [name.startsWith("Windows Server 2003") && !name.includes("x64") ? `${name} x86` : name];
}

function variantsOf(os: GuestOs, columns: string): readonly GuestOs[] {
  if (columns.startsWith("x86"))
    return [
      { ...os, architecture: "x86" },
      { ...os, architecture: "x64" },
    ];
  return columns
    .replace(/ editions$/, "")
    .split(/, and |, /)
    .map((edition) => edition.replace(/^Windows (Web) Server .*/, "$1"))
    .map((edition) => ({ ...os, edition: resolved(resolveEdition(edition), edition) }));
}

/** A row of the table as the single guests that it names. */
function allowedByRow(row: GuestSupport): readonly Allowed[] {
  assert("counts" in row.processors);
  const { counts } = row.processors;
  const releases = row.releases === undefined ? [{}] : releasesOf(row.releases).map((release) => ({ release }));
  // Where the document names no service pack, the row has them all.
  const [servicePack = 0] = row.servicePacks;
  const [architecture] = row.editions === undefined ? [] : (row.architectures ?? []);
  const variants =
    row.editions?.map((edition) => ({ edition })) ?? row.architectures?.map((one) => ({ architecture: one }));
  assert(variants !== undefined);
  return releases.flatMap((release) =>
    variants.map((variant) => ({
      guest: {
        product: row.product,
        servicePack,
        ...release,
        ...(architecture === undefined ? {} : { architecture }),
        ...variant,
      },
      counts,
    })),
  );
}

function releasesOf({ from, to }: { readonly from: string; readonly to: string }): readonly string[] {
  const [major = "", first = ""] = from.split(".");
  const [, last = ""] = to.split(".");
  if (first === "") return [from];
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${major}.${Number(first) + index}`);
}

function sorted(list: readonly Allowed[]): readonly string[] {
  return list.map(({ guest: { ...os }, counts }) => JSON.stringify([Object.entries(os).sort(), counts])).sort();
}

describe("guests of Windows Server 2008 R2: the article's table", () => {
  it("has 19 rows", () => {
    assert.equal(ARTICLE.length, 19);
  });

  for (const host of HOSTS) {
    it(`is the list of ${host}: nothing missing, nothing extra`, () => {
      const table = guestList(host).filter(({ source }) => source === "guests-2008-r2");
      assert.equal(table.length, 19);
      assert.deepEqual(sorted(table.flatMap(allowedByRow)), sorted(ARTICLE.flatMap(allowedBy)));
    });

    for (const [number, row] of ARTICLE.entries()) {
      it(`row ${number + 1} holds on ${host}: ${row.join(" · ").slice(0, 90)}`, () => {
        for (const { guest: os, counts } of allowedBy(row)) {
          const found = guestSupport(host, os);
          assert(found.length > 0, JSON.stringify(os));
          for (const line of found) {
            assert.deepEqual(line.processors, { counts });
            assert.equal(describeProcessors(line.processors, 1), row[2]?.replace(", or", " or"));
            assert.equal(line.confidence, "quoted");
          }
        }
      });
    }
  }

  it("has no line for what the article leaves out", () => {
    const missing = [
      "Windows Server 2003 R2 x64 Web SP2",
      "Windows Server 2003 SP1",
      "Windows Home Server",
      "Windows Storage Server 2008 R2 Standard",
      "SLES 10 SP3 x64",
      "Windows Server 2012",
      "Windows 8",
      "CentOS 5.1",
      "Windows XP SP2 x86",
    ];
    for (const host of HOSTS) {
      for (const name of missing) assert.deepEqual(guestSupport(host, guest(name)), [], `${name} on ${host}`);
    }
  });

  it("leaves open what a declaration leaves open", () => {
    const [essentials, standard, ...others] = guestSupport("windows-server-2008-r2", guest("SBS 2011"));
    assert.deepEqual([essentials?.processors, standard?.processors], [{ counts: [1, 2] }, { counts: [1, 2, 4] }]);
    assert.deepEqual(others, []);
  });

  it("has Windows 7 guests, from memory only", () => {
    for (const host of HOSTS) {
      const [line, ...others] = guestSupport(host, guest("Windows 7 SP1 Enterprise x64"));
      assert.deepEqual([line?.processors, line?.confidence, others], [{ counts: [1, 2, 4] }, "unverified", []]);
    }
  });
});
