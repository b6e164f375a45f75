import assert from "node:assert/strict";
import fc from "fast-check";
import { UNLISTED } from "../../../lib/estate/model";
import {
  describeGuestOs,
  familyOf,
  isUnlisted,
  isUnlistedWindows,
  productName,
  resolveArchitecture,
  resolveEdition,
  resolveOperatingSystem,
  type ReleaseNames,
} from "../../../lib/tables/operating-systems";
import data from "../../../lib/tables/operating-systems.json";
import { guest, lines, offered } from "./kit";

// What people write, and how Microsoft or the vendor would write it.
const WRITTEN = lines(`
| 2008R2 SP1                                          | Windows Server 2008 R2 with Service Pack 1                 |
| Windows Server 2008 R2 Standard with Service Pack 1 | Windows Server 2008 R2 Standard with Service Pack 1        |
| windows-server-2008-r2-sp1                          | Windows Server 2008 R2 with Service Pack 1                 |
| Windows Server 2008 Standard R2 SP1 x64             | Windows Server 2008 R2 Standard (x64) with Service Pack 1  |
| Windows Server 2008 R2 Datacenter (Server Core Installation) | Windows Server 2008 R2 Datacenter                 |
| w2k8 r2 ent                                         | Windows Server 2008 R2 Enterprise                          |
| Windows Web Server 2008 R2                          | Windows Server 2008 R2 Web                                 |
| Windows Server 2008 Standard without Hyper-V        | Windows Server 2008 Standard without Hyper-V               |
| HPC Server 2008                                     | Windows Server 2008 HPC Edition                            |
| Win2k3 R2 x64 SP2                                   | Windows Server 2003 R2 (x64) with Service Pack 2           |
| Windows Server 2003 R2 x64 Edition with Service Pack 2 | Windows Server 2003 R2 (x64) with Service Pack 2        |
| Win2K3 SP2 R2 32-bit                                | Windows Server 2003 R2 (x86) with Service Pack 2           |
| WS2012R2                                            | Windows Server 2012 R2                                     |
| 2012 R2                                             | Windows Server 2012 R2                                     |
| Windows Server 8                                    | Windows Server 2012                                        |
| Microsoft® Windows Server® 2016 Standard Evaluation | Windows Server 2016 Standard                               |
| Server 2022 Datacenter: Azure Edition               | Windows Server 2022 Datacenter: Azure Edition              |
| Windows Server 2025 Datacenter (Desktop Experience) | Windows Server 2025 Datacenter                             |
| Windows Server 1909                                 | Windows Server, version 1909                               |
| Windows Server, version 20H2 (Server Core)          | Windows Server, version 20H2                               |
| SBS2011 Essentials                                  | Windows Small Business Server 2011 Essentials              |
| EBS 2008                                            | Windows Essential Business Server 2008                     |
| WHS 2011                                            | Windows Home Server 2011                                   |
| Windows 2000 Advanced Server SP4                    | Windows 2000 Server Advanced Server with Service Pack 4    |
| Windows XP Professional x64 Edition SP2             | Windows XP Professional (x64) with Service Pack 2          |
| Windows Vista Business N SP2                        | Windows Vista Business with Service Pack 2                 |
| Win7 Ent x86                                        | Windows 7 Enterprise (x86)                                 |
| Win11                                               | Windows 11                                                 |
| Windows 10 Pro, version 22H2                        | Windows 10 Professional, version 22H2                      |
| Windows 10 Enterprise LTSC 2019                     | Windows 10 Enterprise LTSC 2019                            |
| Windows 10 2016 LTSB                                | Windows 10 Enterprise LTSB 2016                            |
| Windows 10 IoT Enterprise LTSC 2021                 | Windows 10 IoT Enterprise LTSC 2021                        |
| Windows 11 IoT Enterprise LTSC                      | Windows 11 IoT Enterprise LTSC                             |
| Windows 11 26H1                                     | Windows 11, version 26H1                                   |
| Windows 11 Enterprise 26H2                          | Windows 11 Enterprise, version 26H2                        |
| Windows 11 31H1                                     | Windows 11, version 31H1                                   |
| Windows Server, version 23H2                        | Windows Server, version 23H2                               |
| Windows Server IoT 2022                             | Windows Server 2022                                        |
| Windows Storage Server 2019 Standard                | Windows Storage Server 2019 Standard                       |
| Rocky Linux 9                                       | Rocky Linux 9                                              |
| Rocky Linux 9.4 (Blue Onyx)                         | Rocky Linux 9.4                                            |
| AlmaLinux 9.4 (Seafoam Ocelot)                      | AlmaLinux 9.4                                              |
| Fedora Server 41                                    | Fedora 41                                                  |
| CBL-Mariner 2.0                                     | Azure Linux 2.0                                            |
| Azure Linux 3.0                                     | Azure Linux 3.0                                            |
| Amazon Linux 2023                                   | Amazon Linux 2023                                          |
| Alpine 3.20                                         | Alpine Linux 3.20                                          |
| Kali Linux                                          | Kali Linux                                                 |
| RHEL CoreOS 4.16                                    | Red Hat Enterprise Linux CoreOS 4.16                       |
| SLE Micro 5.5                                       | SUSE Linux Enterprise Micro 5.5                            |
| SLES 15 SP5 for SAP                                 | SUSE Linux Enterprise Server for SAP Applications 15 with Service Pack 5 |
| Talos v1.9.0                                        | Talos Linux 1.9.0                                          |
| pfSense 2.7                                         | pfSense 2.7                                                |
| OPNsense 25.1                                       | OPNsense 25.1                                              |
| VyOS 1.4                                            | VyOS 1.4                                                   |
| Oracle Linux 9 UEK7                                 | Oracle Linux 9 UEK R7                                      |
| Oracle Linux 8 UEK R6                               | Oracle Linux 8 UEK R6                                      |
| Debian GNU/Linux 13 (trixie)                        | Debian 13                                                  |
| Ubuntu Resolute                                     | Ubuntu 26.04                                               |
| Ubuntu 26.04 LTS                                    | Ubuntu 26.04                                               |
| SLES 16.0                                           | SUSE Linux Enterprise Server 16                            |
| openSUSE Leap 16.0                                  | openSUSE 16.0                                              |
| FreeBSD 15.0                                        | FreeBSD 15.0                                               |
| RHEL 7.9                                            | Red Hat Enterprise Linux 7.9                               |
| Red Hat Enterprise Linux Server release 5.6 (x86_64) | Red Hat Enterprise Linux 5.6 (x64)                        |
| CentOS 5.5 x64                                      | CentOS 5.5 (x64)                                           |
| SLES 11sp1                                          | SUSE Linux Enterprise Server 11 with Service Pack 1        |
| SLES 15 SP4                                         | SUSE Linux Enterprise Server 15 with Service Pack 4        |
| SLES 15.4                                           | SUSE Linux Enterprise Server 15 with Service Pack 4        |
| SUSE Linux Enterprise Server 10 with Service Pack 4 | SUSE Linux Enterprise Server 10 with Service Pack 4        |
| openSUSE 12.3                                       | openSUSE 12.3                                              |
| Ubuntu 22.04 LTS                                    | Ubuntu 22.04                                               |
| Ubuntu 22.04.4 LTS (Jammy Jellyfish)                | Ubuntu 22.04.4                                             |
| Debian 11 (Bullseye)                                | Debian 11                                                  |
| Debian GNU/Linux bookworm                           | Debian 12                                                  |
| Oracle Linux 8                                      | Oracle Linux 8                                             |
| Oracle Linux 7.2 UEK R4                             | Oracle Linux 7.2 UEK R4                                    |
| FreeBSD 12.1-RELEASE                                | FreeBSD 12.1                                               |
| Azure Stack HCI 22H2                                | Azure Stack HCI, version 22H2                              |
| Azure Local 2311.2                                  | Azure Local, version 2311.2                                |
`);

// What fits several products, and some that must be offered.
const AMBIGUOUS = lines(`
| Windows              | Windows 7; Windows 8; Windows 10                                                                        |
| 2008 or 2012         | Windows Server 2008; Windows Server 2012                                                                |
| 2008/2012            | Windows Server 2008; Windows Server 2012                                                                |
| SBS                  | Windows Small Business Server 2003; Windows Small Business Server 2008; Windows Small Business Server 2011 |
| SBS Standard x64     | Windows Small Business Server 2003; Windows Small Business Server 2008; Windows Small Business Server 2011 |
| Windows 2000         | Windows 2000 Server; Windows 2000 Professional                                                          |
| Windows 7 / 8        | Windows 7; Windows 8                                                                                    |
| Storage Server SP1   | Windows Storage Server 2008                                                                             |
`);

const UNKNOWN = [
  "Windows Server 2018",
  "Windows 9",
  "Debian 12 Bullseye",
  "Windows 7 Bullseye",
  "Windows Server 2012 R2 SP1",
  "Windows Server 2008 R2 SP2",
  "Windows Server 2008 R2 SP1 SP2",
  "Windows Server 2003 x86 x64",
  "Windows Server 2008 R2 x86",
  "Windows Server 2016 Enterprise",
  "Windows 10 24H2",
  "Windows 11 20H2",
  "Windows 11 25H3",
  "Windows Server 2091",
  "2091",
  "Sever 2012",
  "Windwos 11",
  "Cetnos 7",
  "Rokcy Linux 9",
  "Unbuntu 22.04",
  "Debian 12 (something) else",
  "Azure Stack HCI 24H2",
  "Windows Server 2019 5.5",
  "Standard",
  "x64",
  "sp1",
  "",
  "   ",
];

/** What no table has, and what does not look like a name that one has. */
const UNLISTED_NAMES = [
  "Solaris 11",
  "Haiku R1",
  "Plan 9",
  "FortiGate 7.4",
  "Zimbra Server 9",
  "Palo Alto PAN-OS 11",
  "macOS 14",
];

/** One name of a product, and what it means by itself. */
const NAMES = data.products.flatMap((product) =>
  [product.id, product.name, ...product.aliases].map((alias) =>
    typeof alias === "string" ? { product, text: alias } : { product, text: alias.text, edition: alias.edition },
  ),
);

/** A name as somebody may type it: other case, other blanks, hyphens or none between letters and digits. */
function typed(text: string): fc.Arbitrary<string> {
  const parts = text.split(/([\s-]+|(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z]))/i);
  return fc
    .tuple(...parts.map((part, index) => (index % 2 === 0 ? cased(part) : fc.constantFrom(...gaps(part)))))
    .map((typedParts) => typedParts.join(""));
}

function cased(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());
}

/** Between letters and digits the blank may be missing. */
function gaps(gap: string): readonly string[] {
  return gap === "" ? ["", " ", "-"] : [" ", "-", "_", "  ", " - "];
}

function releasesOf(releases: string | Exclude<ReleaseNames, string> | undefined): readonly string[] {
  if (typeof releases === "string") return ["7", "11.4"];
  return releases !== undefined && "from" in releases ? [releases.from, "30H1", "31H2"] : (releases ?? []);
}

describe("names of operating systems", () => {
  for (const [text = "", name] of WRITTEN) {
    it(`${text} is ${name}`, () => {
      assert.equal(describeGuestOs(guest(text)), name);
    });
  }

  it("in Microsoft's own words are names again", () => {
    for (const [text = ""] of WRITTEN) assert.deepEqual(guest(describeGuestOs(guest(text))), guest(text));
  });

  for (const [text = "", candidates = ""] of AMBIGUOUS) {
    it(`${text} may be: ${candidates}`, () => {
      const resolution = resolveOperatingSystem(text);
      assert(!resolution.resolved);
      assert.equal(resolution.problem, "the name fits more than one operating system");
      for (const candidate of candidates.split("; ")) assert(offered(resolution).includes(candidate), candidate);
    });
  }

  for (const text of UNKNOWN) {
    it(`"${text}" is an error that offers names`, () => {
      const names = offered(resolveOperatingSystem(text));
      assert(names.length >= 1 && names.length <= 3);
      for (const name of names) guest(name);
    });
  }

  for (const text of UNLISTED_NAMES) {
    it(`"${text}" is unlisted, and keeps its name`, () => {
      assert.deepEqual(guest(text), { product: UNLISTED, servicePack: 0, name: text });
      assert.equal(describeGuestOs(guest(text)), text);
      assert(isUnlisted(guest(text)));
    });
  }

  for (const [text, product, release] of [
    ["Trixie", "debian", "13"],
    ["Resolute", "ubuntu", "26.04"],
    ["Jammy Jellyfish x64", "ubuntu", "22.04"],
    ["bookworm 12.5", "debian", "12.5"],
  ] as const) {
    it(`B3: the code name ${text} means its product`, () => {
      const read = guest(text);
      assert.deepEqual([read.product, read.release], [product, release]);
    });
  }

  it("B3: a code name of one product with the name of another is an error", () => {
    assert(!resolveOperatingSystem("Ubuntu Trixie").resolved);
    assert(!resolveOperatingSystem("Windows Noble").resolved);
  });

  for (const text of ["Linux", "Other Linux (64-bit)", "GNU/Linux"]) {
    it(`B3: "${text}", which leaves the distribution open, is unlisted`, () => {
      assert(isUnlisted(guest(text)));
    });
  }

  for (const text of [
    "Windows NT 4.0",
    "Windows NT 4.0 Server SP6",
    "WinNT",
    "windows 98 se",
    "Windows Me",
    "Windows 3.11",
  ]) {
    it(`B3: "${text}", which no list of guests has, is unlisted`, () => {
      assert(isUnlisted(guest(text)));
      assert(isUnlistedWindows(guest(text)));
    });
  }

  it("B3: a Windows that is none of these is an error", () => {
    for (const text of ["Windows Server NT", "Windows 99", "Windows Server 98", "Windows 98 R2", "Windows NT 5"]) {
      assert(!resolveOperatingSystem(text).resolved, text);
    }
    assert(!isUnlistedWindows(guest("MS-DOS 6.22")));
    assert(!isUnlistedWindows(guest("Windows 7")));
  });

  it("that are unlisted have no line breaks and no control characters", () => {
    assert.equal(describeGuestOs(guest(" Haiku\n ::error::\u001b[31m R1 ")), "Haiku ::error:: [31m R1");
  });

  it("of a length that no name has are errors, listed or not", () => {
    assert(!resolveOperatingSystem("Haiku".repeat(1000)).resolved);
    assert(!resolveOperatingSystem("Haiku ".repeat(1000)).resolved);
  });

  it("offer what is near", () => {
    assert(offered(resolveOperatingSystem("Windows Sever 2012 R2")).includes("Windows Server 2012 R2"));
    assert(offered(resolveOperatingSystem("CentOSS")).includes("CentOS"));
  });

  it("belong to one product each", () => {
    const products = new Map<string, string>();
    for (const { product, text } of NAMES) {
      const key = text.toLowerCase().replace(/[^a-z0-9.]/g, "");
      assert(
        [undefined, product.id].includes(products.get(key)),
        `${text} names ${product.id} and ${products.get(key) ?? ""}`,
      );
      products.set(key, product.id);
    }
  });

  for (const product of data.products) {
    it(`round-trip for ${product.name}: every name with every service pack, edition, architecture and release`, () => {
      const { servicePacks = [], editions = [] } = product;
      const readings = editions.flatMap((id) => {
        const edition = data.editions.find((word) => word.id === id);
        assert(edition !== undefined, id);
        return [edition.name, ...edition.aliases].map((word) => ({ word, says: { edition: id } }));
      });
      const suffixes: readonly { readonly word: string; readonly says: object }[] = [
        { word: "", says: {} },
        ...servicePacks.flatMap((number) =>
          [`SP${number}`, `with Service Pack ${number}`].map((word) => ({ word, says: { servicePack: number } })),
        ),
        ...readings,
        ...product.architectures.flatMap((id) => {
          const architecture = data.architectures.find((word) => word.id === id);
          return [id, ...(architecture?.aliases ?? [])].map((word) => ({ word, says: { architecture: id } }));
        }),
        ...releasesOf(product.releases).map((release) => ({
          word: release,
          says: release === "11.4" && servicePacks.length > 0 ? { release: "11", servicePack: 4 } : { release },
        })),
        ...("codeNames" in product ? (product.codeNames ?? []) : []).map(({ name, release }) => ({
          word: name,
          says: { release },
        })),
        { word: "Server Core", says: {} },
      ];
      for (const { text, edition } of NAMES.filter((name) => name.product === product)) {
        for (const { word, says } of suffixes) {
          if (edition !== undefined && "edition" in says && says.edition !== edition) continue;
          if (product.id === "azure-local" && text.includes("23H2") && "release" in says) continue;
          const expected = {
            product: product.id,
            servicePack: 0,
            ...(edition === undefined ? {} : { edition }),
            ...says,
          };
          assert.deepEqual({ ...guest(`${text} ${word}`) }, expected, `${text} ${word}`);
        }
      }
    });
  }

  it("round-trip however they are typed", function () {
    this.timeout(20_000);
    const name = fc.constantFrom(...NAMES);
    fc.assert(
      fc.property(
        name.chain(({ product, text, edition }) => {
          const { servicePacks = [] } = product;
          const suffix = fc.constantFrom("", ...servicePacks.map((number) => ` SP${number}`));
          return fc
            .tuple(fc.constant({ product: product.id, edition }), suffix)
            .chain(([meaning, pack]) => fc.tuple(fc.constant({ ...meaning, pack }), typed(`${text}${pack}`)));
        }),
        ([meaning, text]) => {
          const found = guest(text);
          assert.deepEqual(
            [found.product, found.edition, found.servicePack],
            [meaning.product, meaning.edition, Number(meaning.pack.replace(/\D/g, ""))],
            text,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("of any kind give one entry or one to three names, and never throw", function () {
    this.timeout(20_000);
    const words = fc.constantFrom(
      ...NAMES.flatMap(({ text }) => text.split(/[\s-]+/)),
      ...[
        "R2",
        "SP1",
        "x64",
        "32-bit",
        "Standard",
        "or",
        "5.5",
        "22H2",
        "Core",
        "(",
        "without Hyper-V",
        "\u0130",
        "sp",
      ],
    );
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.array(words, { maxLength: 60 }).map((parts) => parts.join(" ")),
    );
    fc.assert(
      fc.property(text, (written) => {
        const resolution = resolveOperatingSystem(written);
        if (resolution.resolved) {
          assert(isUnlisted(resolution.value) || familyOf(resolution.value.product) !== undefined);
          assert.deepEqual(guest(describeGuestOs(resolution.value)), resolution.value);
        } else {
          const names = offered(resolution);
          assert(names.length >= 1 && names.length <= 3, `${written}: ${resolution.allowed}`);
        }
        resolveEdition(written);
        resolveArchitecture(written);
      }),
      { numRuns: 500 },
    );
  });

  it("describe ids that the table does not have by the id", () => {
    assert.equal(describeGuestOs({ product: "plan-9", servicePack: 0 }), "plan-9");
    assert.equal(productName("plan-9"), "plan-9");
  });
});

describe("editions and architectures on their own", () => {
  it("resolve by every name", () => {
    for (const { id, name, aliases } of data.editions) {
      for (const text of [id, name, ...aliases, `${name} Edition`]) {
        assert.deepEqual(resolveEdition(text), { resolved: true, value: id }, text);
      }
    }
    for (const { id, name, aliases } of data.architectures) {
      for (const text of [id, name, ...aliases])
        assert.deepEqual(resolveArchitecture(text), { resolved: true, value: id }, text);
    }
  });

  it("are errors when they are something else as well", () => {
    for (const text of ["", "x64 Standard", "Standard SP1", "Deluxe", "Windows Server 2012"]) {
      assert.equal(resolveEdition(text).resolved, false, text);
      assert.equal(resolveArchitecture(text).resolved, false, text);
    }
    assert(offered(resolveEdition("Standart")).includes("Standard"));
  });
});
