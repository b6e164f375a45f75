import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  exchangeDiskSupport,
  exchangeFigures,
  exchangeGuests,
  exchangeHosts,
  exchangeRoleName,
  exchangeRolesIn,
  exchangeStatement,
  exchangeStorageSupport,
  exchangeVersionName,
  isListed,
  kindOfHostRole,
  pagingFileMB,
  pagingFileOf,
  quickMigrationOf,
  readExchange,
  resolveDeclaredVersion,
  resolveExchangeRole,
  resolveExchangeVersion,
  roleStorageOf,
  separateStorageOf,
  type ExchangeTopic,
  type FigureItem,
  type StorageKind,
} from "../../../lib/tables/exchange";
import exchange from "../../../lib/tables/exchange.json";
import hostVersions from "../../../lib/tables/host-versions.json";
import operatingSystems from "../../../lib/tables/operating-systems.json";
import sources from "../../../lib/tables/sources.json";
import { ROOT } from "../../root";
import { copyOf, guest, lines, offered, resolved } from "./kit";

const VERSIONS = ["2010-rtm", "2010-sp1", "2010-sp2", "2010-sp3", "2013", "2016", "2019", "se"];

// Typed from the documents: who says something on a topic for a version. – where nobody does.
const TOPICS = lines(`
| dynamicMemory         | quoted     | quoted | quoted | quoted | official | official | official | official |
| dagAntiAffinity       | quoted     | quoted | quoted | quoted | official | derived  | derived  | derived  |
| clientAccessSpread    | quoted     | quoted | quoted | quoted | official | –        | –        | –        |
| hubTransportSpread    | quoted     | quoted | quoted | quoted | –        | –        | –        | –        |
| roleSpread            | quoted     | quoted | quoted | quoted | –        | –        | –        | –        |
| roleBalance           | quoted     | quoted | quoted | quoted | –        | –        | –        | –        |
| checkpoints           | unverified | unverified | unverified | unverified | official | official | official | derived |
| dedicatedHost         | unverified | unverified | unverified | unverified | official | official | official | derived |
| savedState            | –          | blog | blog | blog | official | official | official | derived  |
| clusteredGroup        | derived    | –    | –    | –    | –        | –        | –        | –        |
| unifiedMessaging      | derived    | –    | –    | –    | –        | –        | –        | –        |
| groupMembers          | derived    | derived | derived | derived | derived | derived | derived | derived |
| unifiedMessagingCores | –          | blog | blog | blog | –        | –        | –        | –        |
`);

// Support pages of Exchange 2013, and of 2016 and 2019: yes, no, and an asterisk where no document of the version was found.
const STORAGE = lines(`
| passThrough  | yes* | yes* | yes* | yes* | yes | yes | yes | yes |
| iscsi        | yes* | yes* | yes* | yes* | yes | yes | yes | yes |
| fixedOnSmb   | no   | no   | no   | no   | yes | yes | yes | yes |
| dynamicOnSmb | no   | no   | no   | no   | yes | no  | no  | no  |
| filesOnSmb   | no   | no   | no   | no   | no  | no  | no  | no  |
| nfs          | no   | no   | no   | no   | no  | no  | no  | no  |
`);

const DISKS = lines(`
| fixed VHD         | yes | yes | yes | yes | yes | yes | yes | yes |
| fixed VHDX        | yes | yes | yes | yes | yes | yes | yes | yes |
| dynamic VHD       | no  | no  | no  | no  | no  | no  | no  | no  |
| dynamic VHDX      | no  | no  | no  | no  | yes | yes | yes | yes |
| differencing VHD  | no  | no  | no  | no  | no  | no  | no  | no  |
| differencing VHDX | no  | no  | no  | no  | no  | no  | no  | no  |
`);

// Value, r for "recommended", * where no document of the version was found; roles in parentheses.
const FIGURES = lines(`
| processorRatio             | 2*  | 2*  | 2*  | 2*  | 2 | 2 | 2 | 2 |
| processorRatioRecommended  | 1r* | 1r* | 1r* | 1r* | 1r | 1r | 1r | 1r |
| hostProcessors             | 2r* | 2r* | 2r* | 2r* | 2r | 2r | 2r | 2r |
| operatingSystemDisk        | 15  | 15  | 15  | 15  | 15 | – | – | – |
| installationDrive          | –   | –   | –   | –   | –  | 30 | 30 | 30 |
| systemDrive                | –   | –   | –   | –   | –  | 200 | 200 | 200 |
| unifiedMessagingProcessors | –   | 4   | 4   | 4   | –  | – | – | – |
| processorsMinimum (mailbox)          | 2r | 2r | 2r | 2r | – | – | – | – |
| processorsMinimum (clientAccess)     | 2r | 2r | 2r | 2r | – | – | – | – |
| processorsMinimum (unifiedMessaging) | 2r | 2r | 2r | 2r | – | – | – | – |
| processorsMinimum (hubTransport)     | –  | –  | –  | –  | – | – | – | – |
| processorsMaximum          | –   | –   | –   | –   | 24r | 24r | 48r | 48r |
| memoryMinimum (mailbox)       | 4r* | 4r* | 4r* | 4r* | 8 | 8 | 128r | 128r |
| memoryMinimum (clientAccess)  | 4r* | 4r* | 4r* | 4r* | 4 | – | –    | –    |
| memoryMinimum (edgeTransport) | 4r* | 4r* | 4r* | 4r* | 4 | 4 | 64r  | 64r  |
| memoryMaximum              | –   | –   | –   | –   | 96r | 192r | 256r | 256r |
| availabilityGroupMembers | 16 | 16 | 16 | 16 | 16 | 16 | 16 | 16 |
`);

// Memory in MB, and the paging file in MB: the system requirements; for Exchange 2010 as much as the memory.
const PAGING_FILES = lines(`
| 4096   | 4096   | 4096   | 4096   | 4096   | 4106  | 4106  | 1024  | 1024  |
| 4097   | 4097   | 4097   | 4097   | 4097   | 4107  | 4107  | 1025  | 1025  |
| 32767  | 32767  | 32767  | 32767  | 32767  | 32777 | 32777 | 8192  | 8192  |
| 32768  | 32768  | 32768  | 32768  | 32768  | 32778 | 32778 | 8192  | 8192  |
| 131072 | 131072 | 131072 | 131072 | 131072 | 32778 | 32778 | 32768 | 32768 |
`);

// The supportability matrix, and for Exchange 2010 before SP3 the page on virtualization.
const GUESTS = lines(`
| Windows Server 2008        | no  | no  | no  | no  | no  | no  | no  | no  |
| Windows Server 2008 SP2    | yes | yes | yes | yes | no  | no  | no  | no  |
| Windows Server 2008 R2 Standard   | yes | yes | yes | no | no  | no | no | no |
| Windows Server 2008 R2 Foundation | no | no | no | no | no | no | no | no |
| Windows Server 2008 R2 Datacenter | yes | yes | yes | no | yes | no | no | no |
| Windows Server 2008 R2 SP1 | yes | yes | yes | yes | yes | no  | no  | no  |
| Windows Server 2012        | no  | no  | no  | yes | yes | yes | no  | no  |
| Windows Server 2012 R2     | no  | no  | no  | yes | yes | yes | no  | no  |
| Windows Server 2016        | no  | no  | no  | no  | no  | yes | no  | no  |
| Windows Server 2019        | no  | no  | no  | no  | no  | no  | yes | yes |
| Windows Server 2022        | no  | no  | no  | no  | no  | no  | yes | yes |
| Windows Server 2025        | no  | no  | no  | no  | no  | no  | yes | yes |
| Windows Server 2012 Essentials | no | no | no | no | no | no | no | no |
| Windows Server 2012 Datacenter | no | no | no | yes | yes | yes | no | no |
| Windows Server 2019 Essentials | no | no | no | no | no | no | no | no |
| Windows 7                  | no  | no  | no  | no  | no  | no  | no  | no  |
`);

const ROLES = lines(`
| Mailbox           | yes | yes | yes | yes | yes | yes | yes | yes |
| Client Access     | yes | yes | yes | yes | yes | no  | no  | no  |
| Hub Transport     | yes | yes | yes | yes | no  | no  | no  | no  |
| Unified Messaging | yes | yes | yes | yes | no  | no  | no  | no  |
| Edge Transport    | yes | yes | yes | yes | yes | yes | yes | yes |
`);

/** A line of a table, for what the product says of each version. */
function line(first: string, cell: (version: string) => string): readonly string[] {
  return [first, ...VERSIONS.map(cell)];
}

function support(row: { readonly supported: boolean; readonly confidence: string } | undefined): string {
  if (row === undefined) return "–";
  return `${row.supported ? "yes" : "no"}${row.confidence === "unverified" ? "*" : ""}`;
}

describe("Exchange", () => {
  it("has the versions, and their names", () => {
    assert.deepEqual(
      exchange.versions.map(({ id }) => id),
      VERSIONS,
    );
    assert.deepEqual(
      VERSIONS.map((id) => exchangeVersionName(id)),
      [
        ...["2010 RTM", "2010 SP1", "2010 SP2", "2010 SP3", "2013", "2016", "2019"].map((name) => `Exchange ${name}`),
        "Exchange Server Subscription Edition",
      ],
    );
    for (const [id, name] of [
      ["2010-sp2", "Exchange Server 2010 Service Pack 2 RU8"],
      ["2010-sp3", "Microsoft Exchange 2010 SP3"],
      ["2013", "Exchange 2013 CU23"],
      ["2013", "2013 SP1"],
      ["2016", "Exchange Server 2016 CU 23"],
      ["2016", "Exchange 2016 CU23 Nov24SU"],
      ["2016", "2016 CU23 SU14"],
      ["2010-sp3", "Exchange Server 2010 SP3 Rollup 6"],
      ["2010-sp3", "Exchange 2010 SP3 RU6"],
      ["2013", "EX2013"],
      ["se", "Exchange Server Subscription Edition"],
    ] as const) {
      assert.equal(resolved(resolveExchangeVersion(name), name), id);
    }
    assert.deepEqual(offered(resolveExchangeVersion("Exchange 2010 SP4")).length, 3);
  });

  it("has the roles of each version", () => {
    const found = ROLES.map(([name = ""]) =>
      line(name, (version) => (resolveExchangeRole(name, version).resolved ? "yes" : "no")),
    );
    assert.deepEqual(found, ROLES);
    assert.deepEqual(
      ROLES.map(([name = ""]) => exchangeRoleName(resolved(resolveExchangeRole(name)))),
      ROLES.map(([name]) => name),
    );
    assert.deepEqual(offered(resolveExchangeRole("CAS", "2019")), ["Mailbox", "Edge Transport"]);
    for (const [name, id] of [
      ["CAS", "clientAccess"],
      ["Client Access Server", "clientAccess"],
      ["Client Access Server (CAS)", "clientAccess"],
      ["HT", "hubTransport"],
      ["Hub", "hubTransport"],
      ["MBX", "mailbox"],
      ["UM", "unifiedMessaging"],
      ["Edge", "edgeTransport"],
    ] as const) {
      assert.equal(resolved(resolveExchangeRole(name), name), id);
    }
  });

  it("reads several roles in one text", () => {
    const roles = (text: string, version?: string) =>
      exchangeRolesIn(text, version).map((name) => resolved(resolveExchangeRole(name, version), name));
    assert.deepEqual(roles("CAS/HT"), ["clientAccess", "hubTransport"]);
    assert.deepEqual(roles("CAS and HT"), ["clientAccess", "hubTransport"]);
    assert.deepEqual(roles("MBX+CAS", "2013"), ["mailbox", "clientAccess"]);
    assert.deepEqual(roles("Mailbox"), ["mailbox"]);
    assert.deepEqual(roles("Multi-Role", "2010-sp3"), ["mailbox", "clientAccess", "hubTransport"]);
    assert.deepEqual(roles("Multi-Role", "2013"), ["mailbox", "clientAccess"]);
    assert.deepEqual(roles("multirole", "2019"), ["mailbox"]);
    assert.deepEqual(roles("Multi-Role"), ["mailbox"]);
  });

  it("knows a version that is taken as RTM from one that says so", () => {
    const isTaken = (name: string) => resolved(resolveDeclaredVersion(name), name).isTakenAsRtm;
    for (const name of ["Exchange 2010", "2010", "Exchange Server 2010 RU3"]) assert.equal(isTaken(name), true, name);
    for (const name of ["Exchange 2010 RTM", "Exchange 2010 SP1", "Exchange 2013", "SE RTM"])
      assert.equal(isTaken(name), false, name);
  });

  it("says what each document says on each topic, and on no other", () => {
    const found = TOPICS.map(([topic = ""]) =>
      line(topic, (version) => exchangeStatement(version, topic as ExchangeTopic)?.confidence ?? "–"),
    );
    assert.deepEqual(found, TOPICS);
    assert.deepEqual(new Set(exchange.statements.map(({ topic }) => topic)), new Set(TOPICS.map(([topic]) => topic)));
  });

  it("knows the storage and the virtual disks that each version supports", () => {
    const storage = STORAGE.map(([kind = ""]) =>
      line(kind, (version) => support(exchangeStorageSupport(version, kind as StorageKind))),
    );
    assert.deepEqual(storage, STORAGE);
    const disks = (["fixed", "dynamic", "differencing"] as const).flatMap((type) =>
      (["VHD", "VHDX"] as const).map((format) =>
        line(`${type} ${format}`, (version) => support(exchangeDiskSupport(version, type, format))),
      ),
    );
    assert.deepEqual(disks, DISKS);
  });

  it("has the figures", () => {
    const found = FIGURES.map(([name = ""]) => {
      const [, item = "", role] = /^(\w+)(?: \((\w+)\))?$/.exec(name) ?? [];
      return line(name, (version) => {
        const [figure] = exchangeFigures(version, item as FigureItem, role === undefined ? undefined : [role]);
        if (figure === undefined) return "–";
        const mark = figure.confidence === "unverified" ? "*" : "";
        return `${String(figure.value)}${figure.strength === "recommended" ? "r" : ""}${mark}`;
      });
    });
    assert.deepEqual(found, FIGURES);
    const items = new Set(FIGURES.map(([name = ""]) => name.split(" ")[0]));
    assert.deepEqual(new Set(exchange.figures.map(({ item }) => item)), items);
  });

  it("knows how large the paging file is", () => {
    const sizes = PAGING_FILES.map(([memory = ""]) =>
      line(memory, (version) => {
        const row = pagingFileOf(version);
        return row === undefined ? "–" : String(pagingFileMB(row, Number(memory)));
      }),
    );
    assert.deepEqual(sizes, PAGING_FILES);
    assert.deepEqual(
      VERSIONS.map((version) => pagingFileOf(version)?.confidence),
      ["derived", "derived", "derived", "derived", "official", "official", "official", "official"],
    );
  });

  it("takes the largest figure of several roles", () => {
    const values = (...roles: readonly string[]) =>
      exchangeFigures("2013", "memoryMinimum", roles).map(({ value }) => value);
    assert.deepEqual(values("clientAccess", "mailbox"), [8, 4]);
    assert.deepEqual(values(), []);
    assert.deepEqual(
      exchangeFigures("2013", "memoryMinimum").map(({ value }) => value),
      [8, 4, 4],
    );
  });

  it("knows the guest operating systems of each version", () => {
    const found = GUESTS.map(([name = ""]) => {
      const [, system = name, edition] = /^(.*) (Standard|Datacenter|Foundation|Essentials)$/.exec(name) ?? [];
      const one = { ...guest(system), ...(edition === undefined ? {} : { edition: edition.toLowerCase() }) };
      return line(name, (version) => {
        const list = exchangeGuests(version);
        return list !== undefined && isListed(one, list) ? "yes" : "no";
      });
    });
    assert.deepEqual(found, GUESTS);
  });

  it("lists hosts for Exchange 2010 alone: later versions run on any", () => {
    const hosts = VERSIONS.map((version) => exchangeHosts(version)?.hosts.length ?? "any");
    assert.deepEqual(hosts, [5, 5, 5, 5, "any", "any", "any", "any"]);
    assert.deepEqual(exchangeHosts("2010-sp1")?.hosts, [
      "windows-server-2008",
      "windows-server-2008-sp2",
      "windows-server-2008-r2",
      "windows-server-2008-r2-sp1",
      "windows-server-2012",
    ]);
  });

  it("knows the hosts that move machines through saved state, where clusters are supported at all", () => {
    const hosts = VERSIONS.map((version) => quickMigrationOf(version)?.hosts);
    assert.equal(hosts[0], undefined);
    for (const list of hosts.slice(1)) assert.deepEqual(list, ["windows-server-2008", "windows-server-2008-sp2"]);
  });

  it("knows what each role writes, and what of it lies apart from the operating system", () => {
    const roles = (version: string) =>
      roleStorageOf(version).map(({ role, purposes }) => `${role}: ${purposes.join(", ")}`);
    for (const version of VERSIONS.slice(0, 4)) {
      assert.deepEqual(roles(version), [
        "hubTransport: messageQueue",
        "mailbox: databases, transactionLogs, contentIndex",
      ]);
      assert.deepEqual(separateStorageOf(version)?.purposes, [
        "databases",
        "transactionLogs",
        "contentIndex",
        "messageQueue",
      ]);
    }
    for (const version of VERSIONS.slice(4)) {
      assert.deepEqual(roles(version), ["mailbox: databases, transactionLogs"]);
      assert.deepEqual(separateStorageOf(version)?.purposes, ["databases", "transactionLogs", "contentIndex"]);
    }
  });

  it("tells what belongs on a host from workloads, and both from what it does not know", () => {
    const management = [
      "Hyper-V",
      "hyper-v role",
      "Hyper-V-PowerShell",
      "Hyper-V-Tools",
      "Hyper-V Replica Broker",
      "RSAT-Hyper-V-Tools",
      "RSAT-Clustering-PowerShell",
      "RSAT-AD-Tools",
      "Failover-Clustering",
      "File and Storage Services",
      "FileAndStorage-Services",
      "FS-FileServer",
      "File Server",
      "Storage-Services",
      "Storage Replica",
      "Storage-Replica",
      "MPIO",
      "Multipath-IO",
      "Multipath I/O",
      "Data-Center-Bridging",
      "BitLocker",
      "NetworkATC",
      "WoW64-Support",
      "WoW64 Support",
      "Windows-Defender-Features",
      "Windows-Defender",
      "PowerShell",
      "PowerShellRoot",
      "PowerShell-ISE",
      "Windows PowerShell 5.1",
      "NET-Framework-45-Core",
      ".NET Framework 4.8 Features",
      "WCF Services",
      "RSAT",
      "DNS Server Tools",
      "AD DS and AD LDS Tools",
      "UpdateServices-RSAT",
      "Active Directory module for Windows PowerShell",
      "SQL Server Management Studio",
      "Operations Manager Agent",
    ];
    const workloads = [
      "DHCP Server",
      "DHCP",
      "DNS",
      "DNS Server",
      "Active Directory Domain Services",
      "AD-Domain-Services",
      "AD DS",
      "ADCS-Cert-Authority",
      "Web-Server",
      "Web Server (IIS)",
      "IIS",
      "SQL Server",
      "Microsoft SQL Server 2019",
      "RDS-RD-Server",
      "Remote Desktop Services",
      "WSUS",
      "UpdateServices",
      "Windows Server Update Services",
      "Windows Deployment Services",
      "Print-Services",
      "Print and Document Services",
      "Exchange",
      "Exchange Server 2016",
      "SharePoint Server 2013",
    ];
    const unlisted = ["Veeam Backup & Replication", "Dnsmasq", "Biometric-Framework", "Filemaker"];
    assert.deepEqual(
      [...management, ...workloads, ...unlisted].map((name) => [name, kindOfHostRole(name)]),
      [
        ...management.map((name) => [name, "management"]),
        ...workloads.map((name) => [name, "workload"]),
        ...unlisted.map((name) => [name, undefined]),
      ],
    );
  });
});

describe("the table of Exchange", () => {
  const rows = [
    ...exchange.statements,
    ...exchange.virtualDisks,
    ...exchange.storage,
    ...exchange.separateStorage,
    ...exchange.roleStorage,
    ...exchange.figures,
    ...exchange.pagingFiles,
    ...exchange.guests,
    ...exchange.hosts,
    ...exchange.quickMigration,
  ];

  it("names versions, roles, guests and hosts that exist", () => {
    const roles = exchange.roles.map(({ id }) => id);
    const hosts = hostVersions.versions.map(({ id }) => id);
    for (const { versions } of [...rows, ...exchange.roles]) {
      for (const id of versions) assert.ok(VERSIONS.includes(id), id);
    }
    for (const row of exchange.figures) for (const id of row.roles ?? []) assert.ok(roles.includes(id), id);
    for (const { role, versions } of exchange.roleStorage) {
      const known = exchange.roles.find(({ id }) => id === role)?.versions ?? [];
      assert.ok(
        versions.every((id) => known.includes(id)),
        role,
      );
    }
    for (const row of [...exchange.hosts, ...exchange.quickMigration])
      for (const id of row.hosts) assert.ok(hosts.includes(id), id);
    for (const { guests } of exchange.guests) {
      for (const one of guests) {
        const product = operatingSystems.products.find(({ id }) => id === one.product);
        assert.ok(product !== undefined, one.product);
        const packs: readonly number[] = [0, ...(product.servicePacks ?? [])];
        for (const pack of "servicePacks" in one ? (one.servicePacks ?? []) : [])
          assert.ok(packs.includes(pack), one.product);
        for (const edition of one.editions) assert.ok((product.editions ?? []).includes(edition), one.product);
        assert.deepEqual(one.architectures, ["x64"]);
      }
    }
  });

  it("says one thing of one version", () => {
    const keys = [
      ...exchange.statements.map(({ topic, versions }) => ({ key: topic, versions })),
      ...exchange.virtualDisks.map(({ type, format, versions }) => ({ key: `${type} ${format}`, versions })),
      ...exchange.storage.map(({ storage, versions }) => ({ key: storage, versions })),
      ...exchange.separateStorage.map(({ versions }) => ({ key: "separateStorage", versions })),
      ...exchange.roleStorage.map(({ role, versions }) => ({ key: `roleStorage ${role}`, versions })),
      ...exchange.figures.flatMap(({ item, roles = [""], versions }) =>
        roles.map((role) => ({ key: `${item} ${role}`, versions })),
      ),
      ...exchange.pagingFiles.map(({ versions }) => ({ key: "pagingFiles", versions })),
      ...exchange.guests.map(({ versions }) => ({ key: "guests", versions })),
      ...exchange.hosts.map(({ versions }) => ({ key: "hosts", versions })),
      ...exchange.quickMigration.map(({ versions }) => ({ key: "quickMigration", versions })),
    ].flatMap(({ key, versions }) => versions.map((version) => `${key} ${version}`));
    assert.equal(new Set(keys).size, keys.length);
  });

  it("says it in a sentence, from a document", () => {
    const ids = sources.sources.map(({ id }) => id);
    for (const { statement, source, confidence } of rows) {
      assert.match(statement, /^[A-Z].*\.$/);
      assert.ok(ids.includes(source), source);
      assert.equal(source === "no-document", confidence === "unverified", statement);
    }
  });

  it("or a rule quotes every document on Exchange", () => {
    const folder = join(ROOT, "policies", "exchange");
    const rules = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    const quoted = [
      ...rows.map(({ source }) => source),
      ...rules.flatMap((text) => text.match(/exchange-[a-z0-9-]+/g) ?? []),
    ];
    const own = sources.sources.map(({ id }) => id).filter((id) => id.startsWith("exchange-"));
    assert.deepEqual(
      own.filter((id) => !quoted.includes(id)),
      [],
    );
  });

  it("refuses data that does not fit, naming the row", () => {
    const broken = copyOf(exchange);
    Object.assign(broken.figures[0] ?? {}, { value: -2 });
    assert.throws(
      () => readExchange(broken),
      /exchange\.json is not a valid table: figures, row 0, field value: must be > 0/,
    );
    const short: Partial<typeof exchange> = copyOf(exchange);
    delete short.hosts;
    assert.throws(() => readExchange(short), /field hosts must have required property/);
  });

  it("can be another one", () => {
    const other = copyOf(exchange);
    other.statements = other.statements.filter(({ topic }) => topic !== "checkpoints");
    assert.equal(exchangeStatement("2013", "checkpoints", readExchange(other)), undefined);
  });
});
