import assert from "node:assert/strict";
import {
  allowsProcessors,
  describeProcessors,
  guestExclusion,
  guestList,
  guestListProvenance,
  guestSupport,
  maximumProcessors,
  processorLines,
  processorsOn,
  supportsGeneration,
} from "../../../lib/tables/guest-support";
import { familyOf } from "../../../lib/tables/operating-systems";
import { guest, lines } from "./kit";

/** Typed from the documents: guest, generation 1, generation 2 (– where it does not run in one). */
const DOCUMENTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "windows-server-2012-r2": lines(`
| Windows Server 2012 R2                          | 64 | 64 |
| Windows Server 2012                             | 64 | 64 |
| Windows Server 2008 R2 with Service Pack 1      | 64 | –  |
| Windows Server 2008 R2                          | 64 | –  |
| Windows Server 2008 with Service Pack 2         | 8  | –  |
| Windows Home Server 2011                        | 4  | –  |
| Windows Small Business Server 2011 Essentials   | 2  | –  |
| Windows Small Business Server 2011 Standard     | 4  | –  |
| Windows Server 2003 R2 with Service Pack 2      | 2  | –  |
| Windows Server 2003 with Service Pack 2         | 2  | –  |
| Windows 8.1 x64                                 | 32 | 32 |
| Windows 8.1 x86                                 | 32 | –  |
| Windows 8 x64                                   | 32 | 32 |
| Windows 8 x86                                   | 32 | –  |
| Windows 7 with Service Pack 1                   | 4  | –  |
| Windows 7                                       | 4  | –  |
| Windows Vista with Service Pack 2               | 2  | –  |
| Windows XP with Service Pack 3 x86              | 2  | –  |
| Windows XP x64 Edition with Service Pack 2      | 2  | –  |
`),
  "windows-server-2016": lines(`
| Windows Server, version 1909                    | 64 | 240 |
| Windows Server, version 1903                    | 64 | 240 |
| Windows Server, version 1809                    | 64 | 240 |
| Windows Server 2019                             | 64 | 240 |
| Windows Server, version 1803                    | 64 | 240 |
| Windows Server 2016                             | 64 | 240 |
| Windows Server 2012 R2                          | 64 | 64  |
| Windows Server 2012                             | 64 | 64  |
| Windows Server 2008 R2 Web with Service Pack 1  | 64 | –   |
| Windows Server 2008 Standard with Service Pack 2| 8  | –   |
| Windows 10 x64                                  | 32 | 32  |
| Windows 10 x86                                  | 32 | –   |
| Windows 8.1 x64                                 | 32 | 32  |
| Windows 8.1 x86                                 | 32 | –   |
| Windows 7 Professional with Service Pack 1      | 4  | –   |
`),
  "windows-server-2022": lines(`
| Windows Server 2025                             | 64 | 1024 |
| Windows Server 2022                             | 64 | 1024 |
| Windows Server 2019                             | 64 | 240  |
| Windows Server 2016                             | 64 | 240  |
| Windows Server 2012 R2                          | 64 | 64   |
| Windows Server 2012                             | 64 | 64   |
| Windows Server 2008 R2 Datacenter with SP1      | 64 | –    |
| Windows Server 2008 Enterprise with SP2 x86     | 8  | –    |
| Windows 11                                      | –  | 32   |
| Windows 10 x64                                  | 32 | 32   |
| Windows 10 x86                                  | 32 | –    |
| Windows 8.1 x64                                 | 32 | 32   |
| Windows 8.1 x86                                 | 32 | –    |
| Windows 7 Ultimate with Service Pack 1          | 4  | –    |
`),
};
const [SERVER_2025 = [], ...OTHERS_2022] = DOCUMENTS["windows-server-2022"] ?? [];
const DOCUMENTED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ...DOCUMENTS,
  // The list of Windows Server 2012 has the same rows; it has no generation 2.
  "windows-server-2012": (DOCUMENTS["windows-server-2012-r2"] ?? []).map(([name = "", one = ""]) => [name, one, "any"]),
  "windows-server-2019": [
    ...(DOCUMENTS["windows-server-2016"] ?? []),
    ["Windows Server 2022", "64", "240"],
    ["Windows 11", "–", "32"],
  ],
  "windows-server-2025": [["Windows Server 2025", "64", "2048"], ...OTHERS_2022],
  "azure-local": [SERVER_2025, ...OTHERS_2022],
  "azure-stack-hci": OTHERS_2022.map(([name = "", one = "", two = ""]) => [name, one, two === "1024" ? "240" : two]),
};

describe("guests of host versions", () => {
  for (const [host, document] of Object.entries(DOCUMENTED)) {
    describe(host, () => {
      for (const [name = "", ...maxima] of document) {
        it(`${name}: ${maxima.join(", ")}`, () => {
          const found = guestSupport(host, guest(name));
          assert(found.length > 0);
          for (const [index, maximum] of maxima.entries()) {
            const generation = index === 0 ? 1 : 2;
            if (maximum === "any") continue;
            const there = found.filter((line) => supportsGeneration(line, generation));
            assert.equal(there.length > 0, maximum !== "–", `generation ${generation}`);
            for (const line of there) {
              assert.deepEqual(processorsOn(host, line, generation), { maximum: Number(maximum) });
            }
          }
        });
      }

      it("has no other Windows guest", () => {
        const documented = document
          .map(([name = ""]) => guest(name))
          .map(({ product, servicePack }) => `${product} ${servicePack}`);
        // What other documents name, such as the policy for Microsoft's server software, is in no list.
        const listed = guestList(host)
          .filter(
            ({ product, source }) =>
              familyOf(product)?.startsWith("windows") === true &&
              !["software-policy-2023", "guest-build-numbers"].includes(source) &&
              product !== "windows-server-version-23h2",
          )
          .flatMap(({ product, servicePacks }) => servicePacks.map((servicePack) => `${product} ${servicePack}`));
        assert.deepEqual([...new Set(listed)].sort(), [...new Set(documented)].sort());
      });
    });
  }

  it("on Windows Server 2008 are those of the document for Windows Server 2008 R2, less its Linux rows", () => {
    for (const host of ["windows-server-2008", "windows-server-2008-sp2"]) {
      const own = guestList(host).filter(({ source }) => source === "guests-2008-r2");
      const r2 = guestList("windows-server-2008-r2").filter(({ source }) => source === "guests-2008-r2");
      const of = (rows: typeof own): unknown =>
        rows.map(({ product, servicePacks, editions, processors }) => ({
          product,
          servicePacks,
          editions,
          processors,
        }));
      assert.deepEqual(of(own), of(r2.filter(({ product }) => familyOf(product) === "windowsServer")));
      assert(own.every(({ confidence }) => confidence === "derived"));
    }
  });

  it("on Windows Server 2008 and 2008 R2 have some rows from memory, which never block", () => {
    const MEMORY = lines(`
| Windows 7                     | 1, 2 or 4 |
| Windows 7 SP1                 | 1, 2 or 4 |
| Windows Vista SP2             | 1 or 2    |
| Windows XP SP3 x86            | 1 or 2    |
| Windows XP Professional x64 SP2 | 1 or 2  |
| Windows 2000 Server SP4       | 1         |
`);
    for (const [name = "", counts] of MEMORY) {
      for (const host of ["", "-sp2", "-r2", "-r2-sp1"].map((end) => `windows-server-2008${end}`)) {
        const [line, ...others] = guestSupport(host, guest(name));
        assert(line !== undefined && others.length === 0, `${name} on ${host}`);
        assert.deepEqual([describeProcessors(line.processors, 1), line.confidence], [counts, "unverified"]);
      }
    }
    const [suse] = guestSupport("windows-server-2008", guest("SLES 10 SP2"));
    assert.deepEqual([suse?.processors, suse?.confidence], [{ counts: [1] }, "unverified"]);
  });

  it("of one build support the same guests", () => {
    const derived = [
      ["azure-stack-hci", "Windows Server 2025", 2048],
      ["windows-server-2022", "Windows Storage Server 2019", 240],
      ["windows-server-2019", "Windows Storage Server 2016", 240],
    ] as const;
    for (const [on, name, most] of derived) {
      const [line, ...others] = guestSupport(on, guest(name));
      assert(line !== undefined && others.length === 0, name);
      assert.deepEqual(
        [line.processors, line.confidence, line.source],
        [{ maximumByGeneration: { "1": 64, "2": most } }, "derived", "guest-build-numbers"],
      );
    }
  });

  it("exclude what a document excludes, where the guest is told in full", () => {
    const excluded = (on: string, name: string): string | undefined => guestExclusion(on, guest(name))?.source;
    for (const name of ["RHEL 8.5", "RHEL 8.10"]) {
      assert.equal(excluded("windows-server-2016", name), "rhel-guests-2025", name);
      assert.equal(excluded("windows-server-2019", name), undefined, name);
    }
    for (const name of ["RHEL 8.4", "RHEL 8", "RHEL", "RHEL 9.0", "CentOS 8.5"]) {
      assert.equal(excluded("windows-server-2016", name), undefined, name);
    }
    for (const year of ["2022", "2025"]) {
      const name = `Windows Server ${year} Datacenter: Azure Edition`;
      assert.equal(excluded("windows-server-2025", name), "azure-edition", name);
      assert.equal(excluded("azure-local", name), undefined, name);
      assert.equal(excluded("azure-stack-hci", name), undefined, name);
      assert.equal(excluded("windows-server-2025", `Windows Server ${year}`), undefined);
    }
  });

  it("may have more than 256 virtual processors where the document of their kernels says so", () => {
    const most = (name: string): unknown =>
      processorLines("windows-server-2025", guest(name)).map((line) => processorsOn("windows-server-2025", line, 2));
    for (const name of ["RHEL 8.0", "CentOS 8.0", "RHEL 7.0"]) {
      for (const one of most(name) as readonly unknown[]) assert.deepEqual(one, { maximum: 256 }, name);
    }
    for (const name of ["RHEL 8.1", "RHEL 8.5", "RHEL 9.4", "RHEL 10"]) {
      for (const one of most(name) as readonly unknown[]) assert.deepEqual(one, { maximum: 2048 }, name);
    }
    assert.deepEqual(most("RHEL 7.6"), [{ maximum: 2048 }, { maximum: 256 }]);
    assert.deepEqual(most("Ubuntu 24.04"), [{ maximum: 2048 }]);
  });

  it("do not include what only older documents have", () => {
    assert.deepEqual(guestSupport("windows-server-2022", guest("Windows Server 2003 R2 SP2")), []);
    assert.deepEqual(guestSupport("windows-server-2016", guest("Windows Server 2022")), []);
    assert.deepEqual(guestSupport("windows-server-2019", guest("Windows Server 2025")), []);
    assert.deepEqual(guestSupport("windows-server-2022", guest("Windows Server 2008 R2")), []);
    assert.deepEqual(guestSupport("windows-server-2022", guest("Windows 7 Home SP1")), []);
  });

  it("take a release that a document leaves open for any of them", () => {
    for (const release of ["9", "9.0", "9.4"])
      assert(guestSupport("windows-server-2022", guest(`RHEL ${release}`)).length > 0);
    assert(guestSupport("windows-server-2025", guest("RHEL 8.10")).length > 0);
    assert.deepEqual(guestSupport("windows-server-2022", guest("RHEL 11")), []);
    assert.deepEqual(guestSupport("windows-server-2012-r2", guest("CentOS 6.11")), []);
    assert(guestSupport("windows-server-2012-r2", guest("CentOS 6.10")).length > 0);
    assert(guestSupport("windows-server-2012-r2", guest("CentOS 6")).length > 0);
  });

  it("run Linux with as many virtual processors as the host allows", () => {
    const [line] = guestSupport("windows-server-2012-r2", guest("Ubuntu 14.04 LTS"));
    assert(line !== undefined);
    assert.deepEqual(processorsOn("windows-server-2012-r2", line, 1), { maximum: 64 });
    assert.equal(describeProcessors(line.processors, 1), "as many as the host allows");
    assert.equal(maximumProcessors(line.processors, 1), Infinity);
  });

  it("run Linux in generation 2 where the distribution boots from UEFI", () => {
    const runs = (host: string, name: string, generation: 1 | 2): boolean =>
      guestSupport(host, guest(name)).some((line) => supportsGeneration(line, generation));
    assert.deepEqual(
      [runs("windows-server-2012-r2", "RHEL 7.2", 2), runs("windows-server-2012", "RHEL 7.2", 2)],
      [true, false],
    );
    assert.deepEqual(
      [runs("windows-server-2016", "RHEL 6.5", 1), runs("windows-server-2016", "RHEL 6.5", 2)],
      [true, false],
    );
  });
});

describe("numbers of virtual processors", () => {
  it("are exact where they are listed", () => {
    const counts = { counts: [1, 2, 4] };
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].filter((count) => allowsProcessors(counts, count, 1)),
      [1, 2, 4],
    );
    assert.deepEqual([maximumProcessors(counts, 1), describeProcessors(counts, 1)], [4, "1, 2 or 4"]);
    assert.deepEqual(
      [describeProcessors({ counts: [1] }, 1), describeProcessors({ counts: [1, 2] }, 1)],
      ["1", "1 or 2"],
    );
  });

  it("go up to a maximum, by generation where the document says so", () => {
    const both = { maximumByGeneration: { "1": 64, "2": 1024 } };
    assert.deepEqual(
      [64, 65].map((count) => allowsProcessors(both, count, 1)),
      [true, false],
    );
    assert.deepEqual(
      [1024, 1025].map((count) => allowsProcessors(both, count, 2)),
      [true, false],
    );
    assert.equal(allowsProcessors({ maximum: 8 }, 0, 1), false);
    assert.equal(describeProcessors(both, 2), "1 to 1,024");
  });

  it("are cut at the host's own limit", () => {
    const line = guestSupport("windows-server-2019", guest("Windows Server 2022"))[0];
    assert(line !== undefined);
    assert.deepEqual(processorsOn("windows-server-2019", line, 2), { maximum: 240 });
    assert.deepEqual(processorsOn("windows-server-2008-r2", { ...line, processors: { counts: [1, 2, 4, 8] } }, 1), {
      counts: [1, 2, 4],
    });
  });
});

describe("what says that a guest is not in a list", () => {
  it("is the list of its product or family", () => {
    const provenance = (host: string, product: string): unknown => {
      const row = guestListProvenance(host, { product, servicePack: 0 });
      return row === undefined ? undefined : [row.source, row.confidence];
    };
    assert.deepEqual(provenance("windows-server-2022", "windows-xp"), ["guests-2025", "official"]);
    assert.deepEqual(provenance("windows-server-2008-r2", "windows-server-2003"), ["guests-2008-r2", "quoted"]);
    assert.deepEqual(provenance("windows-server-2008-r2", "windows-server-2012"), ["guests-2008-r2", "quoted"]);
    assert.deepEqual(provenance("windows-server-2008-r2", "windows-8"), ["no-document", "unverified"]);
    assert.equal(provenance("windows-server-2022", "azure-local"), undefined);
  });
});
