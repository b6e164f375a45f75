import assert from "node:assert/strict";
import { dynamicMemorySupport, guestMemories, guestMemory } from "../../../lib/tables/guest-memory";
import { productName } from "../../../lib/tables/operating-systems";
import { guest, lines } from "./kit";

// Best Practices Analyzer, typed rule by rule: static minimum and recommendation, dynamic memory required and recommended.
const RULES = lines(`
| Windows Server 2003    | 128 | 256  | 128/128/128 | 128/128/256  |
| Windows Server 2003 R2 | 128 | 256  | 128/128/128 | 128/128/256  |
| Windows Server 2008    | 512 | 2048 | 256/512/512 | 256/512/512  |
| Windows Server 2008 R2 | 512 | 2048 | 256/512/512 | 256/512/2048 |
| Windows Server 2012    | 512 | 2048 | 256/512/512 | 256/512/2048 |
| Windows Server 2012 R2 | 512 | 2048 | 256/512/512 | 256/512/2048 |
| Windows Server 2016    | 512 | 1024 | –           | –            |
| Windows Server 2019    | 512 | 512  | –           | –            |
| Windows Server 2022    | 512 | 512  | –           | –            |
| Windows Server 2025    | 512 | 512  | –           | –            |
| Windows XP             | 64  | 128  | –           | –            |
| Windows Vista          | 512 | 1024 | 256/512/512 | 256/512/1024 |
| Windows 7              | 512 | 1024 | 256/512/512 | 256/512/512  |
| Windows 8              | 512 | 1024 | 256/512/512 | 256/512/1024 |
| Windows 8.1            | 512 | 1024 | 256/512/512 | 256/512/1024 |
| Windows 10             | 512 | 1024 | –           | –            |
| Windows 11             | 4096 | 4096 | –          | –            |
`);

// The list of Windows Server 2008 R2 with Service Pack 1.
const DYNAMIC = lines(`
| Windows Server 2008 R2 SP1 | Standard, Enterprise, Datacenter, Web |
| Windows Server 2008 SP2    | Standard, Enterprise, Datacenter, Web |
| Windows Server 2003 R2 SP2 | Standard, Enterprise, Datacenter, Web |
| Windows Server 2003 SP2    | Standard, Enterprise, Datacenter, Web |
| Windows 7                  | Enterprise, Ultimate                  |
| Windows Vista SP2          | Enterprise, Ultimate                  |
`);

function allowed(host: string, name: string): boolean {
  return dynamicMemorySupport(host, guest(name)).length > 0;
}

describe("memory of guests", () => {
  it("has the rules, and no others", () => {
    const found = guestMemories().map(({ product, static: fixed, dynamic }) => {
      const sizes = (of: "required" | "recommended"): string =>
        dynamic === undefined ? "–" : [dynamic[of].minimumMB, dynamic[of].startupMB, dynamic[of].maximumMB].join("/");
      const both = [fixed.minimumMB, fixed.recommendedMB].map(String);
      return [productName(product), ...both, sizes("required"), sizes("recommended")];
    });
    assert.deepEqual(found, RULES);
  });

  it("is found for a guest, whatever its service pack", () => {
    assert.equal(guestMemory(guest("Windows Server 2008 R2 SP1"))?.static.minimumMB, 512);
    assert.equal(guestMemory(guest("CentOS 5.5")), undefined);
    assert.equal(guestMemory(guest("Windows 11 Enterprise LTSC 2024"))?.static.minimumMB, 4096);
    assert.equal(guestMemory(guest("Windows 11 IoT Enterprise LTSC 2024")), undefined);
  });

  it("names both numbers where two versions of a rule disagree", () => {
    const conflicts = ["Windows Server 2008", "Windows 7"].map((name) => guestMemory(guest(name))?.conflicts?.length);
    assert.deepEqual(conflicts, [1, 1]);
  });
});

describe("dynamic memory", () => {
  const EDITIONS = ["Standard", "Enterprise", "Datacenter", "Web", "Home", "Professional", "Business", "Ultimate"];

  for (const [name = "", editions = ""] of DYNAMIC) {
    it(`on Windows Server 2008 R2 with Service Pack 1: ${name}, ${editions}`, () => {
      for (const edition of editions.split(", ")) assert(allowed("windows-server-2008-r2-sp1", `${name} ${edition}`));
      const client = /Windows (7|Vista)/.test(name);
      for (const edition of client ? EDITIONS.filter((one) => ["Home"].includes(one)) : []) {
        assert(!allowed("windows-server-2008-r2-sp1", `${name} ${edition}`), edition);
      }
      for (const host of ["windows-server-2008", "windows-server-2008-sp2", "windows-server-2008-r2"]) {
        assert(!allowed(host, name), host);
      }
    });
  }

  it("is not for guests without the service pack, or out of the list", () => {
    for (const name of [
      "Windows Server 2008 R2",
      "Windows Server 2008",
      "Windows Vista SP1",
      "Windows XP SP3",
      "CentOS 5.5",
    ]) {
      assert(!allowed("windows-server-2008-r2-sp1", name), name);
    }
  });

  it("on later hosts is derived from the rules for it, or from memory", () => {
    const [derived] = dynamicMemorySupport("windows-server-2016", guest("Windows Server 2012 R2"));
    const [memory] = dynamicMemorySupport("windows-server-2016", guest("Windows Server 2016"));
    assert.deepEqual([derived?.confidence, memory?.confidence], ["derived", "unverified"]);
  });

  it("for Linux comes from the feature tables: 64-bit, in multiples of 128 MB", () => {
    const [row] = dynamicMemorySupport("windows-server-2012-r2", guest("Ubuntu 16.04 x64"));
    assert.deepEqual([row?.multipleMB, row?.confidence], [128, "official"]);
    assert(!allowed("windows-server-2012-r2", "Ubuntu 16.04 x86"));
    assert(!allowed("windows-server-2012-r2", "FreeBSD 11.2"));
    assert(!allowed("windows-server-2008-r2-sp1", "Ubuntu 16.04"));
  });
});
