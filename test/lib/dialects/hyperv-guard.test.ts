import assert from "node:assert/strict";
import fc from "fast-check";
import { CollectedFacts } from "../../../lib/dialects/collected-facts";
import { hypervGuard } from "../../../lib/dialects/hyperv-guard";
import { isKnownType, readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import {
  DISK_FACTS,
  GUEST_ADAPTER_FACTS,
  HOST_ADAPTER_FACTS,
  PURPOSES,
  VIRTUAL_MACHINE_FACTS,
  VIRTUAL_SWITCH_FACTS,
  type Entity,
} from "../../../lib/estate/model";
import { isPlainArray, toPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { backupJob, cluster, firewall, host, logicalNetwork, problemsOf, relationship, vm, vmmServer } from "../../kit";
import { COMPONENTS } from "../components/component-list";
import * as samples from "../components/samples";

const TOKENS = COMPONENTS.map(({ type }) => type);

/** What is read of one resource: facts with every known value in the place of its wrapper, and the problems. */
function read(resource: DeclaredResource): { readonly facts: unknown; readonly problems: readonly string[] } {
  const estate = readEstate([resource], false);
  const [entity, another]: readonly Entity[] = [
    ...estate.hosts,
    ...estate.clusters,
    ...estate.virtualMachines,
    ...estate.logicalNetworks,
    ...estate.vmmServers,
    ...estate.firewalls,
  ];
  assert(entity !== undefined && another === undefined);
  return { facts: unwrapped(entity), problems: problemsOf(estate) };
}

/** Relationships and jobs as they are read, before an estate joins them. */
function factsOf(resources: readonly DeclaredResource[]): readonly unknown[] {
  const facts = new CollectedFacts();
  facts.read(resources, (type) => hypervGuard.readerOf(type));
  assert.deepEqual(facts.problems, []);
  return [...facts.entities.replicaRelationships, ...facts.entities.backupJobs].map(unwrapped);
}

/** One property of what is read, by its path; every problem fails the test. */
function fact(resource: DeclaredResource, ...path: readonly (string | number)[]): unknown {
  const { facts, problems } = read(resource);
  assert.deepEqual(problems, []);
  return path.reduce<unknown>((value, key) => {
    assert(typeof value === "object" && value !== null, path.join("."));
    return Reflect.get(value, key);
  }, facts);
}

/** Known values as they are, `absent`, `unknown` and `malformed` as words. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  const state: unknown = Reflect.get(value, "state");
  if (state === "known") return unwrapped(Reflect.get(value, "value"));
  if (state === "absent") return "absent";
  if (state === "unknown") return Reflect.get(value, "because") === "malformed" ? "malformed" : "unknown";
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]));
}

function absent(names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, "absent"]));
}

/** Properties as a policy receives them. */
function plain(args: object): PlainObject {
  const copy: PlainObject = JSON.parse(JSON.stringify(args)) as PlainObject;
  return copy;
}

describe("the dialect of our own components", () => {
  it("knows the component types and no other", () => {
    for (const token of TOKENS) assert.equal(isKnownType(token), true);
    for (const token of [
      "hyperv-guard:index:host",
      "hyperv-guard:index:Firewal",
      "pulumi:pulumi:Stack",
      "",
      "__proto__",
    ]) {
      assert.equal(isKnownType(token), false);
    }
  });

  describe("reads every input", () => {
    it("of a Host", () => {
      const { processors, ...sample } = samples.host;
      const resource = host("r", { ...plain(sample), processors: { ...plain(processors), vendor: "intel" } });
      const { virtualSwitches = [] } = plain(sample);
      const switches = isPlainArray(virtualSwitches)
        ? virtualSwitches.map((one) => ({ ...toPlainObject(one), team: "absent" }))
        : [];
      assert.deepEqual(read(resource), {
        facts: {
          ...sample,
          kind: "host",
          urn: resource.urn,
          nameIsUnknown: false,
          operatingSystem: "windows-server-2008-r2-sp1",
          edition: "absent",
          sockets: 2,
          coresPerSocket: 4,
          threadsPerCore: 2,
          processorVendor: "Intel",
          virtualSwitches: switches,
        },
        problems: [],
      });
    });

    it("of a Cluster", () => {
      const resource = cluster("r", plain(samples.cluster));
      assert.deepEqual(read(resource), {
        facts: { ...samples.cluster, kind: "cluster", urn: resource.urn, nameIsUnknown: false },
        problems: [],
      });
    });

    it("of a LogicalNetwork", () => {
      const resource = logicalNetwork("r", plain(samples.logicalNetwork));
      assert.deepEqual(read(resource), {
        facts: { ...samples.logicalNetwork, kind: "logicalNetwork", urn: resource.urn, nameIsUnknown: false },
        problems: [],
      });
    });

    it("of a VirtualMachine", () => {
      const resource = vm("r", plain(samples.virtualMachine));
      assert.deepEqual(read(resource), {
        facts: {
          ...samples.virtualMachine,
          kind: "virtualMachine",
          urn: resource.urn,
          nameIsUnknown: false,
          hostVersion: "absent",
          guestOs: { product: "windows-server-2008-r2", servicePack: 1, edition: "enterprise", architecture: "x64" },
          edition: "enterprise",
          exchange: {
            ...plain(samples.virtualMachine.exchange),
            version: "2010-sp1",
            roles: ["mailbox"],
            isTakenAsRtm: false,
          },
        },
        problems: [],
      });
    });

    it("of a VmmServer", () => {
      const resource = vmmServer("r", plain(samples.vmmServer));
      assert.deepEqual(read(resource), {
        facts: {
          ...samples.vmmServer,
          kind: "vmmServer",
          urn: resource.urn,
          nameIsUnknown: false,
          version: "vmm-2012",
        },
        problems: [],
      });
    });

    it("of a Firewall", () => {
      const resource = firewall("r", "", "", plain(samples.firewall));
      const ports = (from: number, to = from) => ({ from, to });
      assert.deepEqual(read(resource), {
        facts: {
          ...samples.firewall,
          kind: "firewall",
          urn: resource.urn,
          nameIsUnknown: false,
          allow: [{ protocol: "tcp", ports: [ports(1433), ports(8100, 8103)] }],
          deny: [{ protocol: "any", ports: [ports(445)] }],
        },
        problems: [],
      });
    });

    it("of a ReplicaRelationship and a BackupJob", () => {
      const facts = factsOf([
        relationship("r", plain(samples.replicaRelationship)),
        backupJob("b", plain(samples.backupJob)),
      ]);
      assert.deepEqual(facts, [
        {
          kind: "replicaRelationship",
          urn: relationship("r").urn,
          nameIsUnknown: false,
          ...samples.replicaRelationship,
          mayBeUndeclared: false,
          hostVersion: "absent",
        },
        { kind: "backupJob", urn: backupJob("b").urn, nameIsUnknown: false, ...samples.backupJob },
      ]);
    });

    it("also as texts, as some programs and state files hold numbers and flags", () => {
      const texts = (value: unknown): Plain => {
        if (Array.isArray(value)) return value.map(texts);
        if (typeof value === "object" && value !== null)
          return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, texts(inner)]));
        return String(value);
      };
      const textsOf = (args: object): PlainObject =>
        Object.fromEntries(Object.entries(args).map(([key, value]) => [key, texts(value)]));
      const { host: h, cluster: c, virtualMachine: v } = samples;
      assert.deepEqual(read(host("r", textsOf(h))), read(host("r", plain(h))));
      assert.deepEqual(read(cluster("r", textsOf(c))), read(cluster("r", plain(c))));
      assert.deepEqual(read(vm("r", textsOf(v))), read(vm("r", plain(v))));
    });
  });

  describe("fills in defaults, and only the provider's", () => {
    it("of a ReplicaRelationship", () => {
      const [facts] = factsOf([relationship("r", { virtualMachine: "EX-1", primary: "HV-1", replica: "HV-3" })]);
      assert.deepEqual(facts, {
        kind: "replicaRelationship",
        urn: relationship("r").urn,
        name: "r",
        nameIsUnknown: false,
        virtualMachine: "EX-1",
        primary: "HV-1",
        replica: "HV-3",
        frequencySeconds: 300,
        recoveryPoints: 0,
        authentication: "certificate",
        port: "absent",
        broker: "absent",
        compression: "absent",
        trustGroup: "absent",
        excludedDisks: "absent",
        mayBeUndeclared: false,
        hostVersion: "absent",
      });
    });

    it("of a VirtualMachine", () => {
      const resource = vm("r", {
        disks: [{ name: "d", purpose: "data", type: "fixed", sizeGB: 0.5 }],
        networkAdapters: [{ name: "n" }],
        integrationServices: {},
      });
      const { facts, problems } = read(resource);
      assert.deepEqual(problems, []);
      assert.deepEqual(facts, {
        ...absent(VIRTUAL_MACHINE_FACTS),
        kind: "virtualMachine",
        urn: resource.urn,
        name: "r",
        nameIsUnknown: false,
        guestOs: { product: "windows-server-2008-r2", servicePack: 1 },
        generation: 1,
        processorCount: 4,
        memoryMB: 4096,
        disks: [{ ...absent(DISK_FACTS), name: "d", purpose: "data", type: "fixed", sizeGB: 0.5 }],
        networkAdapters: [{ ...absent(GUEST_ADAPTER_FACTS), name: "n", kind: "synthetic" }],
        automaticStopAction: "save",
        integrationServices: {
          version: "absent",
          heartbeat: "absent",
          timeSynchronization: "absent",
          shutdown: "absent",
          vss: "absent",
          keyValuePairExchange: "absent",
          syntheticDrivers: "absent",
        },
      });
    });

    it("of a Host", () => {
      const resource = host("r", {
        networkAdapters: [{ name: "n", purpose: "public" }],
        virtualSwitches: [{ name: "s", type: "private" }],
        agents: [{ product: "p" }],
      });
      assert.deepEqual(fact(resource, "networkAdapters"), [
        {
          ...absent(HOST_ADAPTER_FACTS),
          name: "n",
          purpose: "public",
          clientForMicrosoftNetworks: true,
          fileAndPrinterSharing: true,
        },
      ]);
      assert.deepEqual(fact(resource, "virtualSwitches"), [
        { ...absent(VIRTUAL_SWITCH_FACTS), name: "s", type: "private", allowManagementOs: true },
      ]);
      assert.deepEqual(fact(resource, "agents"), [{ product: "p", kind: "absent" }]);
      const rest = ["cluster", "roles", "processorVendor"].map((name) => fact(host("r"), name));
      assert.deepEqual(rest, ["absent", "absent", "absent"]);
    });

    it("of a Cluster, whose networks number themselves until a metric is given", () => {
      const network = { name: "n", purpose: "cluster", role: 1 };
      const networks = (more: PlainObject) =>
        fact(cluster("r", { networks: [{ ...network, ...more }] }), "networks", 0);
      const expected = { ...network, role: "cluster", defaultGateway: false, speedMbps: "absent" };
      assert.deepEqual(networks({}), { ...expected, metric: "absent", autoMetric: true });
      assert.deepEqual(networks({ metric: 5 }), { ...expected, metric: 5, autoMetric: false });
      assert.deepEqual(networks({ metric: 5, autoMetric: true }), { ...expected, metric: 5, autoMetric: true });
      assert.deepEqual(networks({ autoMetric: false }), { ...expected, metric: "absent", autoMetric: false });
      assert.deepEqual(
        ["nodes", "liveMigrationNetworks", "quorum"].map((name) => fact(cluster("r"), name)),
        ["absent", "absent", "absent"],
      );
    });

    it("not in the place of what is unknown or malformed", () => {
      const { facts } = read(vm("r", { generation: UNKNOWN, automaticStopAction: "explode" }));
      assert(typeof facts === "object" && facts !== null);
      assert.equal(Reflect.get(facts, "generation"), "unknown");
      assert.equal(Reflect.get(facts, "automaticStopAction"), "malformed");
    });
  });

  it("takes the name of the resource when none is declared, known or sound", () => {
    assert.equal(fact({ ...cluster("r"), properties: { nodes: [] } }, "name"), "r");
    assert.equal(fact(cluster("r", { name: UNKNOWN }), "name"), "r");
    assert.equal(fact(cluster("r", { name: " n " }), "name"), "n");
    assert.deepEqual(read(cluster("r", { name: true })).problems, ["r: name is true → Use a string."]);
    const open = (name: Plain) => fact(cluster("r", { name }), "nameIsUnknown");
    const names: readonly Plain[] = [null, "n", UNKNOWN];
    assert.deepEqual(names.map(open), [false, false, true]);
  });

  it("reads the numbers that old PowerShell shows for the role of a network", () => {
    const role = (value: Plain) =>
      fact(cluster("r", { networks: [{ name: "n", purpose: "public", role: value }] }), "networks", 0, "role");
    assert.deepEqual([0, 1, 3, "0", "3", "none", "ClusterAndClient", "cluster-and-client"].map(role), [
      "none",
      "cluster",
      "clusterAndClient",
      "none",
      "clusterAndClient",
      "none",
      "clusterAndClient",
      "clusterAndClient",
    ]);
  });

  it("reads the edition of a host from the name of its system, and says which have no Hyper-V", () => {
    const edition = (operatingSystem: Plain) => fact(host("r", { operatingSystem }), "edition");
    const names: readonly Plain[] = ["Windows Server 2008 R2 Standard", "Windows Server 2022", UNKNOWN];
    assert.deepEqual(names.map(edition), ["standard", "absent", "unknown"]);
    const { facts, problems } = read(host("r", { operatingSystem: "Windows Server 2008 R2 Foundation" }));
    assert(typeof facts === "object" && facts !== null);
    assert.deepEqual(
      [Reflect.get(facts, "operatingSystem"), Reflect.get(facts, "edition")],
      ["malformed", "malformed"],
    );
    assert.deepEqual(
      problems.map((problem) => problem.split(" → ")[0]),
      [
        'r: operatingSystem is "Windows Server 2008 R2 Foundation": Windows Server 2008 R2 Foundation is an edition without ' +
          "Hyper-V",
      ],
    );
  });

  it("knows every purpose of the design, in any spelling of its words", () => {
    const purpose = (value: string) =>
      fact(host("r", { networkAdapters: [{ name: "n", purpose: value }] }), "networkAdapters", 0, "purpose");
    for (const word of PURPOSES) {
      const spellings = [word, word.toUpperCase(), word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)];
      for (const spelling of spellings) assert.equal(purpose(spelling), word);
    }
  });

  it("reads the format of a disk from its file name where it is not declared", () => {
    const format = (disk: PlainObject) =>
      fact(
        vm("r", { disks: [{ name: "d", purpose: "data", type: "dynamic", sizeGB: 1, ...disk }] }),
        "disks",
        0,
        "format",
      );
    assert.equal(format({ path: "C:\\a.vhd" }), "VHD");
    assert.equal(format({ path: "C:\\a.VHDX" }), "VHDX");
    assert.equal(format({ path: "C:\\a.vhd.iso" }), "absent");
    assert.equal(format({ path: "C:\\vhd" }), "absent");
    assert.equal(format({}), "absent");
    assert.equal(format({ path: UNKNOWN }), "unknown");
    assert.equal(format({ format: "vhdx" }), "VHDX");
    assert.equal(format({ format: "VHDX", path: "C:\\a.iso" }), "VHDX");
    assert.equal(format({ format: UNKNOWN, path: "C:\\a.vhd" }), "unknown");
  });

  describe("reads the guest operating system", () => {
    const guest = (properties: PlainObject) => fact(vm("r", properties), "guestOs");
    const R2_SP1 = { product: "windows-server-2008-r2", servicePack: 1 };

    it("with the edition and architecture in its name or on their own", () => {
      const both = { ...R2_SP1, edition: "standard", architecture: "x64" };
      assert.deepEqual(guest({ guestOs: "Windows Server 2008 R2 Standard x64 SP1" }), both);
      assert.deepEqual(guest({ guestOs: "WS2008R2SP1", edition: "Standard", architecture: "64-bit" }), both);
      assert.deepEqual(guest({ guestOs: "2008 R2 SP1 Standard", edition: "standard", architecture: "x64" }), both);
    });

    it("and says where they contradict each other", () => {
      const { facts, problems } = read(
        vm("r", { guestOs: "Windows Server 2003 R2 Standard x64 SP2", edition: "Enterprise", architecture: "x86" }),
      );
      const name = "Windows Server 2003 R2 Standard (x64) with Service Pack 2";
      assert.deepEqual(problems, [
        `r: architecture is x86, but guestOs is ${name} → Declare it in one place, or make both agree.`,
        `r: edition is enterprise, but guestOs is ${name} → Declare it in one place, or make both agree.`,
      ]);
      assert(typeof facts === "object" && facts !== null);
      assert.deepEqual(Reflect.get(facts, "guestOs"), {
        product: "windows-server-2003-r2",
        servicePack: 2,
        edition: "enterprise",
        architecture: "x86",
      });
    });

    it("and offers the nearest names for an unknown one", () => {
      const { facts, problems } = read(vm("r", { guestOs: "Windows Servr 2008 R2" }));
      assert(typeof facts === "object" && facts !== null);
      assert.equal(Reflect.get(facts, "guestOs"), "malformed");
      assert.equal(problems.length, 1);
      assert.match(
        problems[0] ?? "",
        /^r: guestOs is "Windows Servr 2008 R2": .* → Use a name such as "Windows Server 2008 R2"/,
      );
    });

    it("and keeps apart an edition that is not declared from one that is not known yet", () => {
      const { facts } = read(vm("r", { edition: UNKNOWN }));
      assert.notDeepEqual(facts, read(vm("r")).facts);
    });
  });

  describe("reads a topology of Virtual Machine Manager", () => {
    const problems = (properties: PlainObject) =>
      read(vmmServer("r", { sqlServer: "sql1", managedHosts: ["sql2"], ...properties })).problems;

    it("and says which of its ports are none of its version", () => {
      const ports = [{ connection: "console-http", port: 9000 }];
      assert.deepEqual(problems({ ports }), []);
      const [problem = "", ...others] = problems({ version: "VMM 2022", ports });
      assert.deepEqual(others, []);
      assert.match(
        problem,
        /^r: ports\[0\]\.connection is "console-http", a connection that VMM 2022 does not have → Use a name such as console-https, console-nettcp, console\.$/,
      );
    });

    it("and where it declares two ports of one connection", () => {
      const port = (number: number, machine?: string) => ({
        connection: "sql",
        port: number,
        ...(machine === undefined ? {} : { machine }),
      });
      assert.deepEqual(problems({ ports: [port(1450), port(1451, "sql1"), port(1452, "sql2")] }), []);
      const fix = "Declare the port of a connection once for each computer.";
      assert.deepEqual(problems({ ports: [port(1450), port(1451)] }), [
        `r: ports[1].connection is "sql", whose port is declared already → ${fix}`,
      ]);
      assert.deepEqual(problems({ ports: [port(1450, "sql1"), port(1451, "SQL1")] }), [
        `r: ports[1].connection is "sql", whose port on SQL1 is declared already → ${fix}`,
      ]);
    });

    it("and what it cannot read", () => {
      const wrong = {
        address: "10.0.0",
        bitsPort: 65536,
        bmcs: [{ name: "b" }],
        esxHosts: [{ name: "e", version: "ESX 9" }],
        fireHosts: [],
      };
      assert.deepEqual(
        problems(wrong).filter((text) => !text.includes("fireHosts")),
        [
          'r: address is "10.0.0": it is not an IP address → Use an address such as 10.0.0.4.',
          "r: bitsPort is 65536 → Use a whole number from 1 to 65535.",
          "r: bmcs[0].protocol is missing → Give one of: IPMI, SMASH.",
          'r: esxHosts[0].version is "ESX 9" → Use one of: ESX 3.0, ESX 3.5, ESX 3i, ESXi.',
        ],
      );
      assert.equal(problems(wrong).length, 5);
    });

    it("with the versions of ESX as people write them", () => {
      const version = (text: string) =>
        fact(vmmServer("r", { esxHosts: [{ name: "e", version: text }] }), "esxHosts", 0, "version");
      assert.deepEqual(["3.5", "ESX 3.5", "esx-3.0", "3i", "ESX Server 3i", "esxi"].map(version), [
        "ESX 3.5",
        "ESX 3.5",
        "ESX 3.0",
        "ESX 3i",
        "ESX 3i",
        "ESXi",
      ]);
    });
  });

  it("reads a firewall that opens nothing, or that only denies", () => {
    const allow = (properties: PlainObject) => fact(firewall("r", "a", "b", properties), "allow");
    assert.deepEqual(allow({}), []);
    assert.equal(allow({ deny: [{ ports: ["445"] }] }), "absent");
    assert.deepEqual(allow({ allow: [{ protocol: "*", ports: [443] }] }), [
      { protocol: "any", ports: [{ from: 443, to: 443 }] },
    ]);
  });

  it("says when the startup memory lies outside the range of dynamic memory", () => {
    const problems = (memoryMB: Plain, minimumMB: Plain, maximumMB: Plain) =>
      read(vm("r", { memoryMB, dynamicMemory: { minimumMB, maximumMB } })).problems;
    for (const [minimum, maximum] of [
      [1024, 1024],
      [512, 2048],
      [1024, UNKNOWN],
      [UNKNOWN, 1024],
    ] as const) {
      assert.deepEqual(problems(1024, minimum, maximum), []);
    }
    const minimum =
      "r: dynamicMemory.minimumMB sets the minimum memory to 1025 MB, above the startup memory of 1024 MB";
    const maximum =
      "r: dynamicMemory.maximumMB sets the maximum memory to 1023 MB, below the startup memory of 1024 MB";
    const crossed = "r: dynamicMemory.minimumMB sets the minimum memory to 2 MB, above the maximum memory of 1 MB";
    const fix = "Use minimum memory ≤ startup memory ≤ maximum memory.";
    assert.deepEqual(problems(UNKNOWN, 2, 1), [`${crossed} → ${fix}`]);
    assert.deepEqual(problems(1024, 1025, 2048), [`${minimum} → ${fix}`]);
    assert.deepEqual(problems(1024, 512, 1023), [`${maximum} → ${fix}`]);
    assert.deepEqual([...problems(1024, 1025, 1023)].sort(), [`${maximum} → ${fix}`, `${minimum} → ${fix}`]);
  });

  it("names no size of dynamic memory that is not declared", () => {
    const { problems } = read(vm("r", { memoryMB: 1024, dynamicMemory: { minimumMB: 2048, maximumMB: UNKNOWN } }));
    assert.equal(problems.length, 1);
    assert.doesNotMatch(problems.join(), /to 1024 MB/);
  });

  describe("reads Exchange", () => {
    const exchange = (properties: PlainObject) => fact(vm("r", { exchange: properties }), "exchange");

    it("versions and roles as people write them", () => {
      const roles = (...names: readonly string[]) => {
        const facts = exchange({ version: "2010 SP1", roles: names });
        assert(typeof facts === "object" && facts !== null);
        const value: unknown = Reflect.get(facts, "roles");
        return value;
      };
      assert.deepEqual(roles("CAS", "HT", "MBX", "UM", "ET"), [
        "clientAccess",
        "hubTransport",
        "mailbox",
        "unifiedMessaging",
        "edgeTransport",
      ]);
      assert.deepEqual(
        roles("Client Access", "Hub Transport server", "mailbox role", "clientAccess", "Edge-Transport"),
        ["clientAccess", "hubTransport", "mailbox", "edgeTransport"],
      );
      const versions = ["Exchange Server 2010 with Service Pack 1", "2010 SP3", "exchange 2010", "2019 CU14", "SE"];
      assert.deepEqual(
        versions.map((version) => exchange({ version, roles: ["Mailbox"] })),
        ["2010-sp1", "2010-sp3", "2010-rtm", "2019", "se"].map((version) => {
          const absent = [
            ...["databaseAvailabilityGroup", "databases", "witnessServer"],
            ...["managementSoftwareGB", "crashDumpGB", "serverRolesGB"],
          ];
          const isTakenAsRtm = version === "2010-rtm";
          return {
            version,
            isTakenAsRtm,
            roles: ["mailbox"],
            ...Object.fromEntries(absent.map((name) => [name, "absent"])),
          };
        }),
      );
    });

    it("and reports what it does not know", () => {
      const { problems } = read(vm("r", { exchange: { version: "2007", roles: ["Mailbx", "Mailbox"] } }));
      assert.deepEqual(
        problems.map((problem) => problem.split(" → ")[0]),
        [
          'r: exchange.roles[0] is "Mailbx": no Exchange server role has this name',
          'r: exchange.version is "2007": no Exchange version has this name',
        ],
      );
      assert.match(problems[0] ?? "", / → Use a name such as "Mailbox", /);
    });

    it("and does not take a role that the version has not", () => {
      const problems = (version: Plain, ...roles: readonly string[]) =>
        read(vm("r", { exchange: { version, roles } })).problems;
      assert.deepEqual(problems("Exchange 2013", "MBX", "CAS", "HT"), [
        'r: exchange.roles[2] is "HT": Exchange 2013 has no such role → Use one of: "Mailbox", "Client Access", "Edge Transport".',
      ]);
      assert.deepEqual(problems("Exchange 2016", "CAS", "Edge"), [
        'r: exchange.roles[0] is "CAS": Exchange 2016 has no such role → Use one of: "Mailbox", "Edge Transport".',
      ]);
      assert.deepEqual(problems("Exchange 2010 SP3", "MBX", "CAS", "HT", "UM", "Edge"), []);
      assert.deepEqual(problems(UNKNOWN, "HT"), []);
    });
  });

  it("says what is missing", () => {
    const only: PlainObject = { something: UNKNOWN };
    const missing = (resource: DeclaredResource) =>
      read(resource).problems.filter((problem) => !problem.startsWith(`${resource.name}: something`));
    assert.deepEqual(missing({ ...host("r"), properties: only }), [
      "r: memoryMB is missing → Give the memory in MB.",
      "r: operatingSystem is missing → Give the host's version of Windows Server.",
      "r: processors is missing → Give sockets, coresPerSocket and threadsPerCore.",
    ]);
    assert.deepEqual(missing({ ...cluster("r"), properties: only }), []);
    assert.deepEqual(missing({ ...vm("r"), properties: only }), [
      "r: guestOs is missing → Give the guest operating system.",
      "r: memoryMB is missing → Give the memory in MB.",
      "r: processorCount is missing → Give the number of virtual processors.",
    ]);
  });

  it("says what is missing in its lists", () => {
    const parts = { disks: [{}], networkAdapters: [{}], dynamicMemory: {}, exchange: {}, agents: [{}] };
    assert.deepEqual(
      read(vm("r", parts)).problems.map((problem) => problem.split(" → ")[0]),
      [
        "r: agents[0].product is missing",
        "r: disks[0].name is missing",
        "r: disks[0].purpose is missing",
        "r: disks[0].sizeGB is missing",
        "r: disks[0].type is missing",
        "r: dynamicMemory.maximumMB is missing",
        "r: dynamicMemory.minimumMB is missing",
        "r: exchange.roles is missing",
        "r: exchange.version is missing",
        "r: networkAdapters[0].name is missing",
      ],
    );
    assert.deepEqual(
      read(host("r", { processors: {}, networkAdapters: [{}], virtualSwitches: [{}] })).problems.map(
        (problem) => problem.split(" → ")[0],
      ),
      [
        "r: networkAdapters[0].name is missing",
        "r: networkAdapters[0].purpose is missing",
        "r: processors.coresPerSocket is missing",
        "r: processors.sockets is missing",
        "r: processors.threadsPerCore is missing",
        "r: virtualSwitches[0].name is missing",
        "r: virtualSwitches[0].type is missing",
      ],
    );
    assert.deepEqual(
      read(cluster("r", { networks: [{}] })).problems.map((problem) => problem.split(" → ")[0]),
      ["r: networks[0].name is missing", "r: networks[0].purpose is missing", "r: networks[0].role is missing"],
    );
  });

  it("refuses numbers outside their ranges, at both ends, and takes the ends", () => {
    const range = (resource: (value: number) => DeclaredResource, lowest: number, highest: number, step = 1) => {
      assert.deepEqual(
        [lowest, highest].flatMap((value) => read(resource(value)).problems),
        [],
      );
      for (const value of [lowest - step, highest + step, -1]) {
        assert.match(
          read(resource(value)).problems.join(),
          new RegExp(`^r: .* is ${String(value)} → Use an? .*number from`),
        );
      }
    };
    const processors = { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 };
    range((sockets) => host("r", { processors: { ...processors, sockets } }), 1, 64);
    range((coresPerSocket) => host("r", { processors: { ...processors, coresPerSocket } }), 1, 1024);
    range((threadsPerCore) => host("r", { processors: { ...processors, threadsPerCore } }), 1, 8);
    range((memoryMB) => host("r", { memoryMB }), 1, 4_294_967_296);
    range((processorCount) => vm("r", { processorCount }), 1, 65_536);
    range((generation) => vm("r", { generation }), 1, 2);
    range((vlan) => vm("r", { networkAdapters: [{ name: "n", vlan }] }), 0, 4094);
    range((metric) => cluster("r", { networks: [{ name: "n", purpose: "public", role: 3, metric }] }), 1, 268_435_455);
    const disk = { name: "d", purpose: "data", type: "fixed" };
    range((sizeGB) => vm("r", { disks: [{ ...disk, sizeGB }] }), 0.001, 1_048_576, 0.0005);
    const memory = { minimumMB: 4096, maximumMB: 4096 };
    range((bufferPercent) => vm("r", { dynamicMemory: { ...memory, bufferPercent } }), 5, 2000);
  });

  it("never shows the values of secret inputs", () => {
    const { problems } = read(
      vm("r", {
        secretInputs: ["processorCount", "disks", "exchange"],
        processorCount: 99999,
        disks: [{ name: "d", purpose: "hush", type: ["hush"] }, "hush"],
        exchange: { version: { hush: 1 }, roles: "hush" },
        generation: 99998,
      }),
    );
    assert.deepEqual(
      problems.filter((problem) => /hush|99999/.test(problem)),
      [],
    );
    assert.equal(problems.filter((problem) => problem.includes("a secret that is not shown here")).length, 6);
    assert.deepEqual(
      problems.filter((problem) => problem.includes("99998")),
      ["r: generation is 99998 → Use a whole number from 1 to 2."],
    );
  });

  it("never shows what a table makes of a secret input either", () => {
    const { problems } = read(
      vm("r", {
        secretInputs: ["guestOs", "edition", "architecture"],
        guestOs: "2008 R2 SP7",
        edition: "hush",
        architecture: "hush",
      }),
    );
    assert.equal(problems.length, 3);
    for (const problem of problems) assert.doesNotMatch(problem, /hush|Windows Server 2008 R2 has|service pack 7/i);
    const contradiction = read(vm("r", { secretInputs: ["guestOs"], guestOs: "2003 R2 x64 SP2", architecture: "x86" }));
    assert.doesNotMatch(contradiction.problems.join(), /2003 R2|x64/);
  });

  describe("never throws and is fast", () => {
    const value = fc.oneof(fc.jsonValue({ depthSize: "medium" }), fc.constantFrom("Windows", "2008 or 2012", "SP1", 4));
    const names = COMPONENTS.flatMap(({ sample }) => Object.keys(sample));

    for (const type of TOKENS) {
      it(`with any JSON as the properties of ${type}`, () => {
        const name = fc.oneof(fc.constantFrom(...names, "secretInputs"), fc.string());
        fc.assert(
          fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (json) => {
            const resource = { urn: "urn:r", type, name: "r", properties: plain(json) };
            const problems = problemsOf(readEstate([resource], true));
            assert.deepEqual(
              problems.filter((problem) => problem.includes("defect")),
              [],
            );
          }),
        );
      });
    }

    it("with texts that are far too long", () => {
      for (const word of ["a ", "Windows ", "2008 ", "sp", "5.", "\u0000", "exchange ", " ", "CU1"]) {
        const text = word.repeat(3_000);
        const start = process.cpuUsage();
        const problems = problemsOf(
          readEstate(
            [
              host("h", { operatingSystem: text }),
              vm("r", { guestOs: text, edition: text, architecture: text, exchange: { version: text, roles: [text] } }),
            ],
            true,
          ),
        );
        const { user, system } = process.cpuUsage(start);
        assert.deepEqual(
          problems.filter((problem) => problem.includes("defect")),
          [],
          word,
        );
        assert.ok((user + system) / 1e6 < 1, `${JSON.stringify(word)} takes ${String((user + system) / 1e6)} s`);
      }
    });
  });
});
