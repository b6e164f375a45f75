import assert from "node:assert/strict";
import fc from "fast-check";
import type { EstateSettings } from "../../../lib/dialects/estate-settings";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import type { Classification } from "../../../lib/settings/pack-settings";
import { RULES } from "../../../policies";
import { estate as rule } from "../../../policies/estate/estate";
import { cluster, host, judge, problemsOf, UNKNOWN, vm } from "../../kit";
import { resource, script, unwrapped } from "./read";

const MACHINE = "hyperv:index/machineInstance:MachineInstance";
const SCVMM = "azure-native:scvmm:VirtualMachineInstance";
const VHD = "hyperv:index/vhd:Vhd";

function machine(name: string, properties: PlainObject = {}, on?: string): DeclaredResource {
  return resource(MACHINE, name, { name, processorCount: 4, ...properties }, on);
}

/** One machine as the model has it, and every problem. */
function read(classify: readonly Classification[], ...resources: readonly DeclaredResource[]) {
  const estate = readEstate(resources, true, { classify });
  const [first] = estate.virtualMachines;
  const facts = unwrapped(first ?? {}) as Record<string, unknown>;
  return { facts, problems: problemsOf(estate) };
}

/** What the `estate` rule says, with its fixes and what of it only advises. */
function said(settings: EstateSettings, ...resources: readonly DeclaredResource[]): readonly string[] {
  const { findings, messages, advisory } = judge(rule, resources, {}, settings);
  assert.deepEqual(new Set(advisory), new Set(advisory.length === 0 ? [] : ["stack"]));
  return findings.map((finding, index) => `${finding} ${messages[index]?.split("\n")[2] ?? ""}`);
}

const FACTS: Omit<Classification, "match"> = {
  host: "hv9",
  cluster: "c1",
  guestOs: "ws2022",
  edition: "datacenter",
  architecture: "AMD64",
  secureBoot: true,
  secureBootTemplate: "microsoftwindows",
  tpm: true,
  configurationVersion: "9",
  processorCompatibility: true,
  nestedVirtualization: true,
  role: ["mail server"],
  group: "mail",
  antiAffinityClassNames: ["dag1"],
  exchange: { version: "exchange 2019", roles: ["MBX"], databaseAvailabilityGroup: "DAG1" },
};

const READ = {
  host: "hv9",
  cluster: "c1",
  guestOs: {
    product: "windows-server-2022",
    servicePack: 0,
    edition: "datacenter",
    architecture: "x64",
  },
  edition: "datacenter",
  architecture: "x64",
  secureBoot: true,
  secureBootTemplate: "MicrosoftWindows",
  tpm: true,
  configurationVersion: "9.0",
  processorCompatibility: true,
  nestedVirtualization: true,
  role: ["mail server"],
  group: "mail",
  antiAffinityClassNames: ["dag1"],
  exchange: { version: "2019", isTakenAsRtm: false, roles: ["mailbox"], databaseAvailabilityGroup: "DAG1" },
};

function told(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(READ).map((name) => [name, facts[name]]));
}

describe("classify", () => {
  it("adds to a virtual machine of every dialect what its type has no property for, as tags do", () => {
    const machines: readonly DeclaredResource[] = [
      machine("ex1"),
      resource("hyperv:machine:Machine", "ex1", { machineName: "ex1" }),
      resource("hyperv:index/vm:Vm", "ex1", { name: "ex1", cpu: { count: 4 }, memory: { startupBytes: 2 ** 30 } }),
      resource(SCVMM, "ex1", { infrastructureProfile: { vmName: "ex1" } }),
      resource("azure-native:azurestackhci:VirtualMachineInstance", "ex1", { osProfile: { computerName: "ex1" } }),
      resource("azure-native:compute:VirtualMachine", "ex1", { vmName: "ex1" }),
      script("create", "New-VM ex1 4GB"),
    ];
    for (const one of machines) {
      const { facts, problems } = read([{ match: { name: "EX*" }, ...FACTS }], one, cluster("c1", { nodes: ["hv9"] }));
      assert.deepEqual(told(facts), READ, one.type);
      assert.deepEqual(problems, [], one.type);
    }
  });

  it("adds to a component what it leaves out", () => {
    const { facts, problems } = read(
      [
        {
          match: { name: "ex1" },
          host: "hv1",
          edition: "Enterprise",
          exchange: { version: "Exchange 2010", roles: ["HT"] },
        },
      ],
      vm("ex1"),
      host("hv1"),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [facts["host"], facts["exchange"]],
      ["hv1", { version: "2010-rtm", isTakenAsRtm: true, roles: ["hubTransport"] }],
    );
    const product = "windows-server-2008-r2";
    assert.deepEqual(facts["guestOs"], { product, servicePack: 1, edition: "enterprise" });
  });

  it("takes the place of what Hyper-V or a provider gives by default, and of nothing that is declared", () => {
    const classify = [
      {
        match: { name: "ex1" },
        secureBoot: false,
        tpm: true,
        nestedVirtualization: true,
        processorCompatibility: true,
      },
    ];
    const byDefault = read(classify, script("create", "New-VM ex1 4GB 2"));
    assert.deepEqual(byDefault.problems, []);
    const names = ["secureBoot", "tpm", "nestedVirtualization", "processorCompatibility"];
    assert.deepEqual(
      names.map((name) => byDefault.facts[name]),
      [false, true, true, true],
    );
    const declared = read(
      [
        {
          match: { name: "ex1" },
          secureBoot: true,
          secureBootTemplate: "OpenSourceShieldedVM",
          group: "b",
          role: ["b"],
        },
      ],
      vm("ex1", { secureBoot: false, secureBootTemplate: "MicrosoftWindows", group: "a", role: ["a"] }),
    );
    assert.deepEqual(
      ["secureBoot", "secureBootTemplate", "group", "role"].map((name) => declared.facts[name]),
      [false, "MicrosoftWindows", "a", ["a"]],
    );
    assert.deepEqual(
      declared.problems.map((problem) => problem.split(" → ")[0]),
      [
        'ex1: group is "a", but classify[0].group of the settings is "b"',
        'ex1: role is "a", but classify[0].role of the settings is "b"',
        "ex1: secureBoot is false, but classify[0].secureBoot of the settings is true",
        'ex1: secureBootTemplate is "MicrosoftWindows", but classify[0].secureBootTemplate of the settings is "OpenSourceShieldedVM"',
      ],
    );
  });

  it("matches by name, type and tags: all that are given", () => {
    const ex1 = resource(SCVMM, "ex1-resource", {
      infrastructureProfile: { vmName: "EX1" },
      tags: { Role: "mailbox", n: 1 },
    });
    const hostOf = (match: Classification["match"]): unknown => read([{ match, host: "hv1" }], ex1).facts["host"];
    const matching: readonly Classification["match"][] = [
      { name: "ex1-resource" },
      { name: "ex1" },
      { name: "{ex,dc}?" },
      { type: SCVMM },
      { type: "*:VirtualMachineInstance" },
      { tags: { role: "mail*" } },
      { tags: { ROLE: "MAILBOX", n: "1" } },
      { name: "e*", type: "*scvmm*", tags: { role: "*" } },
    ];
    for (const match of matching) assert.equal(hostOf(match), "hv1", JSON.stringify(match));
    const other: readonly Classification["match"][] = [
      { name: "ex" },
      { name: "ex1", type: "hyperv:*" },
      { name: "ex1", tags: { role: "edge" } },
      { tags: { roles: "mailbox" } },
      { tags: { role: "mailbox", zone: "*" } },
    ];
    for (const match of other) assert.equal(hostOf(match), undefined, JSON.stringify(match));
  });

  it("takes each fact from the first entry that has it", () => {
    const { facts, problems } = read(
      [
        { match: { name: "dc*" }, guestOs: "Windows Server 2025" },
        { match: { name: "ex1" }, guestOs: "Windows Server 2022" },
        { match: { name: "ex*" }, guestOs: "Windows Server 2019", edition: "Standard", host: "hv1" },
        { match: { name: "*" }, host: "hv2" },
      ],
      machine("ex1"),
      machine("dc1"),
    );
    assert.deepEqual(facts["name"], "dc1");
    assert.deepEqual(problems, []);
    const estate = readEstate([machine("ex1")], true, {
      classify: [
        { match: { name: "ex1" }, guestOs: "Windows Server 2022" },
        { match: { name: "ex*" }, guestOs: "Windows Server 2019", edition: "Standard", host: "hv1" },
      ],
    });
    const [ex1] = estate.virtualMachines;
    assert.deepEqual(told(unwrapped(ex1) as Record<string, unknown>), {
      ...Object.fromEntries(Object.keys(READ).map((name) => [name, undefined])),
      host: "hv1",
      edition: "standard",
      guestOs: { product: "windows-server-2022", servicePack: 0, edition: "standard" },
      // The provider's defaults.
      secureBoot: true,
      secureBootTemplate: "MicrosoftWindows",
      processorCompatibility: false,
      nestedVirtualization: false,
    });
  });

  it("puts two machines of one host on one, declared or not", () => {
    const classify = [{ match: { name: "ex*" }, host: "HV1.contoso.com" }];
    const implied = readEstate([machine("ex1"), machine("ex2")], true, { classify });
    assert.deepEqual(
      implied.hosts.map(({ name }) => name),
      ["HV1.contoso.com"],
    );
    assert.equal(implied.virtualMachinesOn(implied.hosts[0] ?? assert.fail()).length, 2);
    const declared = readEstate([machine("ex1"), machine("ex2"), host("hv1")], true, { classify });
    assert.deepEqual(
      declared.hosts.map(({ name }) => name),
      ["hv1"],
    );
    assert.equal(declared.virtualMachinesOn(declared.hosts[0] ?? assert.fail()).length, 2);
    assert.deepEqual(problemsOf(declared), []);
  });

  it("leaves the resource's own facts and its tags as they are, and reports nothing where they agree", () => {
    const classify = [{ match: { name: "*" }, ...FACTS }];
    const same = { "hyperv-guard:guestOs": "Windows Server 2022", "hyperv-guard:host": "HV9" };
    const tagged = resource(SCVMM, "ex1", { tags: same });
    const { facts, problems } = read(classify, tagged, cluster("c1", { nodes: ["hv9"] }));
    assert.equal(facts["host"], "HV9");
    assert.deepEqual(problems, []);
  });

  it("names both where a resource differs", () => {
    const tags = {
      "hyperv-guard:guestOs": "Windows Server 2019 Standard",
      "hyperv-guard:exchange": "Exchange 2016",
      "hyperv-guard:exchangeRoles": "Edge Transport",
    };
    const again = "Declare it in one place, or make both agree.";
    const classify = [{ match: { name: "ex1" }, ...FACTS, cluster: "c1" }];
    const { facts, problems } = read(classify, resource(SCVMM, "ex1", { tags }), cluster("c1", { nodes: ["hv9"] }));
    assert.deepEqual(facts["guestOs"], {
      product: "windows-server-2019",
      servicePack: 0,
      edition: "standard",
      architecture: "x64",
    });
    assert.deepEqual(
      problems.map((one) => one.replace(` → ${again}`, "")),
      [
        "ex1: tags.hyperv-guard:exchange is Exchange 2016, but classify[0].exchange.version of the settings is Exchange 2019",
        'ex1: tags.hyperv-guard:exchangeRoles is "Edge Transport", but classify[0].exchange.roles of the settings is "Mailbox"',
        "ex1: tags.hyperv-guard:guestOs is Windows Server 2019 Standard, but classify[0].guestOs of the settings is Windows Server 2022 Datacenter (x64)",
      ],
    );
  });

  it("names the host of a provider where the settings have another", () => {
    assert.deepEqual(
      said({ classify: [{ match: { name: "ex1" }, host: "hv2" }] }, machine("ex1", {}, "hv1.contoso.com")),
      [
        'ex1: ex1: host is "hv1.contoso.com", but classify[0].host of the settings is "hv2". Fix: Declare it in one place, or make both agree.',
      ],
    );
    assert.deepEqual(
      said({ classify: [{ match: { name: "ex1" }, host: "HV1" }] }, machine("ex1", {}, "hv1.contoso.com")),
      [],
    );
  });

  it("adds what disks hold and where they are", () => {
    const path = "D:\\vhd\\ex1-system.vhdx";
    const drives = { hardDiskDrives: [{ path }, { path: "E:\\vhd\\ex1-db.vhdx" }] };
    const disks = [
      resource(VHD, "system-disk", { path, vhdType: "Fixed", size: 2 ** 36 }),
      resource(VHD, "db", { path: "E:\\vhd\\ex1-db.vhdx", vhdType: "Fixed", size: 2 ** 39 }),
    ];
    const classify: readonly Classification[] = [
      { match: { name: "*-system.vhdx" }, purpose: "operating-system", storage: "lun1" },
      { match: { type: VHD }, purpose: "databases" },
    ];
    const { facts, problems } = read(classify, machine("ex1", drives), ...disks);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      (facts["disks"] as Record<string, unknown>[]).map(({ purpose, storage, sizeGB }) => [purpose, storage, sizeGB]),
      [
        ["operatingSystem", "lun1", 64],
        ["databases", undefined, 512],
      ],
    );
  });

  it("finds a disk without a resource by its machine's name and its own", () => {
    const disks = {
      storageProfile: { disks: [{ name: "system", vhdType: "Fixed", diskSizeGB: 127 }, { name: "db" }] },
    };
    const classify = [{ match: { name: "ex*/system" }, purpose: "operatingSystem" }];
    const { facts, problems } = read(classify, resource(SCVMM, "ex1", disks));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      (facts["disks"] as Record<string, unknown>[]).map(({ purpose }) => purpose),
      ["operatingSystem", undefined],
    );
  });

  it("outranks what a disk is taken for by default, and no more than that", () => {
    const type = "azure-native:azurestackhci:VirtualHardDisk";
    const id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.AzureStackHCI/virtualHardDisks/db";
    const instance = resource("azure-native:azurestackhci:VirtualMachineInstance", "ex1", {
      storageProfile: { dataDisks: [{ id }] },
    });
    const disk = (more: PlainObject) =>
      resource(type, "db", { resourceGroupName: "rg", virtualHardDiskName: "db", diskSizeGB: 500, ...more });
    const purpose = (more: PlainObject, classify: readonly Classification[]) => {
      const { facts, problems } = read(classify, instance, disk(more));
      return [(facts["disks"] as Record<string, unknown>[])[0]?.["purpose"], problems];
    };
    const classify = [{ match: { name: "db" }, purpose: "databases" }];
    assert.deepEqual(purpose({}, []), ["data", []]);
    assert.deepEqual(purpose({}, classify), ["databases", []]);
    assert.deepEqual(purpose({ tags: { "hyperv-guard:purpose": "transactionLogs" } }, classify), [
      "transactionLogs",
      [
        'db: tags.hyperv-guard:purpose is "transactionLogs", but classify[0].purpose of the settings is "databases" → ' +
          "Declare it in one place, or make both agree.",
      ],
    ]);
  });

  it("finds a machine by the machine of Azure Arc that it extends", () => {
    const id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/ex1";
    const arc = resource("azure-native:hybridcompute:Machine", "arc-ex1", {
      resourceGroupName: "rg",
      machineName: "ex1",
      tags: { role: "mailbox" },
    });
    const instance = resource(SCVMM, "instance", { resourceUri: id });
    const { facts, problems } = read([{ match: { tags: { role: "mailbox" } }, guestOs: "ws2022" }], instance, arc);
    assert.deepEqual(problems, []);
    assert.deepEqual(facts["guestOs"], { product: "windows-server-2022", servicePack: 0 });
  });

  it("makes a machine of Azure one of the estate, which it is not otherwise", () => {
    const azure = resource("azure-native:compute:VirtualMachine", "ex1", { vmName: "ex1" });
    assert.equal(readEstate([azure], true).virtualMachines.length, 0);
    assert.equal(
      readEstate([azure], true, { classify: [{ match: { name: "dc1" }, host: "hv1" }] }).virtualMachines.length,
      0,
    );
    assert.equal(
      readEstate([azure], true, { classify: [{ match: { name: "ex1" }, host: "hv1" }] }).virtualMachines.length,
      1,
    );
  });

  it("does not know what depends on a tag that is known only after the deployment", () => {
    const ex1 = resource(SCVMM, "ex1", { tags: { role: UNKNOWN, "hyperv-guard:host": "hv1" } });
    const classify = [
      { match: { tags: { role: "mailbox" } }, guestOs: "ws2019", host: "hv1" },
      { match: { name: "*" }, guestOs: "ws2022", cluster: "c1" },
    ];
    const { facts, problems } = read(classify, ex1, cluster("c1", { nodes: ["hv1"] }));
    assert.deepEqual(problems, []);
    assert.deepEqual([facts["guestOs"], facts["host"], facts["cluster"]], ["unknown", "hv1", "c1"]);
  });

  it("names an entry whose value cannot be read, what was found and the nearest, once", () => {
    const classify = [
      { match: { name: "*" }, purpose: "databases" },
      {
        match: { name: "ex*" },
        guestOs: "Windows Server 2O22",
        exchange: { version: "Exchange 2019", roles: ["Mailbux"] },
      },
      { match: { name: "ex*" }, cluster: "c9" },
    ];
    const disk = resource(VHD, "d", { path: "D:\\d.vhdx" });
    const findings = said({ classify }, machine("ex1"), machine("ex2"), disk, cluster("c1"));
    assert.equal(findings.length, 3);
    assert.match(
      findings[0] ?? "",
      /^stack: Configuration: classify\[1\]\.exchange\.roles\[0\] is "Mailbux": .*Fix: .*"Mailbox"/,
    );
    assert.match(
      findings[1] ?? "",
      /^stack: Configuration: classify\[1\]\.guestOs is "Windows Server 2O22": .*Fix: .*"Windows Server 2022"/,
    );
    assert.equal(
      findings[2],
      'stack: Configuration: classify[2].cluster is "c9", but no Cluster of that name is declared. Fix: Use one of: c1; or declare the Cluster.',
    );
  });

  it("reports which entries match nothing, as advice, with what looks like a name that stands for itself", () => {
    const settings = {
      classify: [
        { match: { name: "ex01" }, host: "hv1" },
        { match: { name: "ex-*" }, host: "hv1" },
        { match: { name: "ex1" }, storage: "lun1" },
        { match: { type: "hyperv:index/machineinstence:MachineInstance" }, host: "hv1", purpose: "data" },
      ],
    };
    const resources = [machine("ex1"), machine("ex2")];
    assert.deepEqual(judge(rule, resources, {}, settings).advisory, Array<string>(4).fill("stack"));
    assert.deepEqual(said(settings, ...resources), [
      "stack: Configuration: classify[0].match matches no virtual machine. Fix: Use one of: ex1, ex2; or remove the entry.",
      "stack: Configuration: classify[1].match matches no virtual machine. Fix: Correct the patterns, or remove the entry.",
      "stack: Configuration: classify[2].match matches no virtual disk. Fix: Correct the patterns, or remove the entry.",
      "stack: Configuration: classify[3].match matches no virtual machine and no virtual disk: hyperv-guard does not read " +
        `the type hyperv:index/machineinstence:MachineInstance. Fix: Use one of: ${MACHINE}; or remove the entry.`,
    ]);
  });

  it("reports no entries that match nothing while not everything is known", () => {
    const classify = [{ match: { name: "dc1" }, host: "hv1" }];
    const leftOut = resource(MACHINE, "dc2", {});
    assert.deepEqual(said({ classify }, machine("ex1"), leftOut), []);
    assert.equal(readEstate([machine("ex1")], false, { classify }).declared.length, 1);
  });

  it("matches nothing with a pattern that is empty or cannot be read, and reports it", () => {
    const entries: readonly unknown[] = [
      { match: {}, host: "hv1" },
      { host: "hv1" },
      { match: { name: "[" }, host: "hv1" },
      { match: { name: "ex1", tags: 7 }, host: "hv1" },
      { match: { name: "ex1" } },
      7,
    ];
    const settings = { classify: entries as readonly Classification[] };
    assert.equal(readEstate([machine("ex1")], true, settings).hosts.length, 0);
    assert.deepEqual(
      said(settings, machine("ex1")).map((finding) => finding.split(" Fix: ")[0]?.replace(/: (?=.*regular).*/, "")),
      [
        "stack: Configuration: classify[0].match is empty, and would match everything.",
        "stack: Configuration: classify[1].match is missing.",
        'stack: Configuration: classify[2].match.name is "[", which is not a glob: "[" has no "]"; write "\\[" for the character itself.',
        "stack: Configuration: classify[3].match.tags is 7.",
        "stack: Configuration: classify[4].match is in an entry that has no fact for what it matches.",
        "stack: Configuration: classify[5] is 7.",
      ],
    );
  });

  it("adds the same to a single resource before the others are known", () => {
    const estate = readEstate([machine("ex1")], false, { classify: [{ match: { name: "ex1" }, ...FACTS }] });
    const [ex1] = estate.virtualMachines;
    assert.deepEqual(told(unwrapped(ex1) as Record<string, unknown>), READ);
    assert.deepEqual(estate.hosts, []);
    assert.equal(estate.hostOf(ex1 ?? assert.fail()).state, "unknown");
  });

  it("never throws, whatever it is, and neither do the rules", () => {
    const resources = [machine("ex1"), vm("ex2"), resource(VHD, "d", { path: "D:\\d.vhdx" }), host("hv1")];
    const entry = fc.record(
      {
        match: fc.oneof(fc.jsonValue(), fc.record({ name: fc.constantFrom("ex*", "[", "*"), tags: fc.jsonValue() })),
        host: fc.oneof(fc.jsonValue(), fc.constantFrom("hv1", "hv2")),
        guestOs: fc.oneof(fc.jsonValue(), fc.constant("Windows Server 2022")),
        exchange: fc.oneof(fc.jsonValue(), fc.record({ version: fc.constant("Exchange 2019"), roles: fc.jsonValue() })),
        purpose: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.array(entry)),
        fc.jsonValue(),
        fc.jsonValue(),
        (classify, hosts, clusters) => {
          const settings = { classify, hosts, clusters } as unknown as EstateSettings;
          for (const complete of [true, false]) readEstate(resources, complete, settings);
          for (const one of RULES) {
            const { messages } = judge(one, resources, {}, settings);
            for (const message of messages) assert.doesNotMatch(message, /defect of hyperv-guard/);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
