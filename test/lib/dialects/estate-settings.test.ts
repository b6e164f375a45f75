import assert from "node:assert/strict";
import type { EstateSettings } from "../../../lib/dialects/estate-settings";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import type { NamedInputs } from "../../../lib/settings/pack-settings";
import { RULES } from "../../../policies";
import { estate as rule } from "../../../policies/estate/estate";
import { guestOsSupported } from "../../../policies/guests/guest-os-supported";
import { hostMemoryCapacity } from "../../../policies/hosts/host-memory-capacity";
import { hostNetworkRoles } from "../../../policies/networks/host-network-roles";
import { cluster, host, judge, vm } from "../../kit";
import { resource } from "./read";

const HV1 = {
  name: "hv1",
  operatingSystem: "Windows Server 2008 R2 SP1",
  processors: { sockets: 1, coresPerSocket: 4, threadsPerCore: 1 },
  memoryMB: 32768,
};
const HV2 = { ...HV1, name: "HV2", memoryMB: 65536 };

function said(settings: EstateSettings, ...resources: readonly DeclaredResource[]): readonly string[] {
  const { findings, messages } = judge(rule, resources, {}, settings);
  return findings.map((finding, index) => `${finding} ${messages[index]?.split("\n")[2] ?? ""}`);
}

function machine(name: string, on: string | undefined, properties: PlainObject = {}): DeclaredResource {
  const bytes = 24 * 2 ** 30;
  return resource(
    "hyperv:index/machineInstance:MachineInstance",
    name,
    {
      name,
      processorCount: 4,
      memoryStartupBytes: bytes,
      generation: 1,
      automaticStopAction: "ShutDown",
      ...properties,
    },
    on,
  );
}

describe("hosts and clusters of the settings", () => {
  it("take the machines that providers, tags, components and classify put on them", () => {
    const tagged = resource("azure-native:scvmm:VirtualMachineInstance", "tagged", {
      tags: { "hyperv-guard:host": "hv1" },
    });
    const estate = readEstate(
      [machine("a", "HV1.contoso.com"), tagged, vm("c", { host: "hv1" }), machine("d", undefined)],
      true,
      {
        hosts: [HV1, HV2],
        clusters: [{ name: "c1", nodes: ["hv1", "hv2"] }],
        classify: [{ match: { name: "d" }, host: "hv1", cluster: "c1" }],
      },
    );
    const [hv1, hv2] = estate.hosts;
    const on = estate.virtualMachinesOn(hv1 ?? assert.fail()).map(({ name }) => name);
    assert.deepEqual([on.sort(), estate.virtualMachinesOn(hv2 ?? assert.fail())], [["a", "c", "d", "tagged"], []]);
    assert.deepEqual(
      estate.clusters.map((one) => estate.knownNodesOf(one).map(({ name }) => name)),
      [["hv1", "HV2"]],
    );
  });

  it("are judged, with findings of the stack that start with their names", () => {
    const { findings, advisory } = judge(
      hostMemoryCapacity,
      [machine("a", "hv1"), machine("b", "hv1")],
      {},
      { hosts: [HV1] },
    );
    assert.deepEqual(findings, [
      "stack: hv1 has 32768 MB of memory, and its virtual machines may use 49152 MB: 16384 MB too much.",
    ]);
    assert.deepEqual(advisory, []);
  });

  it("are judged for what they leave out, by their names too", () => {
    const nodes = {
      hosts: [HV1, { ...HV2, networkAdapters: [{ name: "n", purpose: "management" }] }],
      clusters: [{ name: "c1", nodes: ["hv1", "hv2"] }],
    };
    assert.deepEqual(judge(hostNetworkRoles, [vm("a", { host: "hv1" })], {}, nodes).undecided, [
      "stack: hv1: hosts[0].networkAdapters is not declared: not checked by host-network-roles.",
    ]);
  });

  it("decide for the machines on them, as components do", () => {
    const old = vm("old", { host: "hv1", guestOs: "Windows Server 2019" });
    const byComponent = judge(guestOsSupported, [old, host("hv1")]);
    const bySettings = judge(guestOsSupported, [old], {}, { hosts: [HV1] });
    assert.equal(byComponent.findings.length, 1);
    assert.deepEqual(bySettings.findings, byComponent.findings);
  });

  it("are read by the reader of the component, with the place in the settings", () => {
    const hosts = [
      HV1,
      { ...HV2, memoryMB: "lots", operatingSystem: "Windows Server 2012 R3", memmoryMB: 1 },
    ] as readonly NamedInputs[];
    const clusters = [{ name: "c1", nodes: ["hv7"], networks: [{ name: "n", purpose: "iscsi", role: "nine" }] }];
    const findings = said({ hosts, clusters }, vm("a"));
    assert.deepEqual(
      findings.map((finding) => finding.split(" Fix: ")[0]?.replace(/: no Hyper-V host.*/, "")),
      [
        "stack: HV2: hosts[1].memmoryMB is not a known property.",
        'stack: HV2: hosts[1].memoryMB is "lots".',
        'stack: HV2: hosts[1].operatingSystem is "Windows Server 2012 R3"',
        'stack: c1: clusters[0].networks[0].role is "nine".',
        'stack: c1: clusters[0].nodes[0] is "hv7", but no Host of that name is declared.',
      ],
    );
    assert.match(findings[0] ?? "", /Fix: Use memoryMB\./);
    assert.match(findings[2] ?? "", /"Windows Server 2012 R2"/);
  });

  it("need a name, and one of their own", () => {
    const hosts = [{ memoryMB: 1 }, HV1, { ...HV2, name: "HV1" }, 7, { name: "" }] as unknown as readonly NamedInputs[];
    assert.deepEqual(said({ hosts }, vm("a")), [
      "stack: Configuration: hosts[0].name is missing. Fix: Give the name by which others refer to it.",
      'stack: Configuration: hosts[2].name is "HV1", which hosts[1] has already. Fix: Give each Host a name of its own.',
      "stack: Configuration: hosts[3] is 7. Fix: Use an object (name: value).",
      "stack: Configuration: hosts[4].name is missing. Fix: Give the name by which others refer to it.",
    ]);
    assert.deepEqual(said({ clusters: "c1" as unknown as readonly NamedInputs[] }, vm("a")), [
      'stack: Configuration: clusters is "c1". Fix: Use a list.',
    ]);
  });

  it("give way to components of the same name, and are reported as superfluous", () => {
    const settings = { hosts: [{ ...HV1, memoryMB: 1 }, HV2], clusters: [{ name: "C1", nodes: ["hv9"] }] };
    const resources = [host("hv1"), cluster("c1", { nodes: ["hv1"] }), vm("a", { host: "hv1" })];
    const estate = readEstate(resources, true, settings);
    assert.deepEqual(estate.hosts.map(({ name }) => name).sort(), ["HV2", "hv1"]);
    assert.equal(estate.clusters.length, 1);
    const fix = "and that one counts. Fix: Remove it from the settings.";
    assert.deepEqual(said(settings, ...resources), [
      `stack: Configuration: clusters[0] is superfluous: a component declares the Cluster "C1", ${fix}`,
      `stack: Configuration: hosts[0] is superfluous: a component declares the Host "hv1", ${fix}`,
    ]);
    assert.deepEqual(judge(rule, resources, {}, settings).advisory, ["stack", "stack"]);
  });

  it("count only in the whole estate, and cost nothing where there are none", () => {
    assert.deepEqual(readEstate([vm("a")], false, { hosts: [HV1] }).hosts, []);
    assert.equal(readEstate([vm("a")], true, {}).declared.length, 1);
  });
});

describe("one estate by components, and by providers with settings", () => {
  const exchange = { version: "Exchange 2010 SP1", roles: ["Mailbox"], databaseAvailabilityGroup: "DAG1" };
  const disks = (name: string) => [
    {
      name: `${name}-system.vhd`,
      purpose: "operatingSystem",
      type: "fixed",
      sizeGB: 30,
      path: `C:\\v\\${name}-system.vhd`,
      storage: "san1",
    },
    {
      name: `${name}-db.vhd`,
      purpose: "databases",
      type: "dynamic",
      sizeGB: 500,
      path: `D:\\v\\${name}-db.vhd`,
      storage: "san1",
    },
  ];
  const servers = ["ex1", "ex2", "ex3"];
  const guest = { guestOs: "Windows Server 2008 R2 SP1 Enterprise" };
  const hostOf = (name: string): string => (name === "ex3" ? "hv2" : "hv1");
  const components = [
    host("hv1", HV1),
    host("HV2", HV2),
    cluster("c1", { nodes: ["hv1", "hv2"] }),
    ...servers.map((name) =>
      vm(name, {
        ...guest,
        host: hostOf(name),
        generation: 1,
        processorCount: 4,
        memoryMB: 24576,
        automaticStopAction: "shutDown",
        checkpoints: "disabled",
        disks: disks(name),
        exchange,
      }),
    ),
  ];
  const provided = servers.flatMap((name) => [
    machine(name, hostOf(name), {
      checkpointType: "Disabled",
      hardDiskDrives: disks(name).map(({ path }) => ({ path })),
    }),
    ...disks(name).map(({ name: file, path, type, sizeGB }) =>
      resource("hyperv:index/vhd:Vhd", file, { path, vhdType: type, size: sizeGB * 2 ** 30 }, hostOf(name)),
    ),
  ]);
  const settings: EstateSettings = {
    hosts: [HV1, HV2],
    clusters: [{ name: "c1", nodes: ["hv1", "hv2"] }],
    classify: [
      { match: { name: "ex?" }, ...guest, exchange },
      { match: { name: "*-system.vhd" }, purpose: "operatingSystem", storage: "san1" },
      { match: { name: "*-db.vhd" }, purpose: "databases", storage: "san1" },
    ],
  };

  /** Without the resource: what is of a host of the settings is of the stack. */
  function findings(resources: readonly DeclaredResource[], pack: EstateSettings): readonly string[] {
    return RULES.flatMap((one) =>
      judge(one, resources, {}, pack).findings.map(
        (finding) => `${one.name}: ${finding.slice(finding.indexOf(": ") + 2)}`,
      ),
    ).sort();
  }

  it("has the same findings", () => {
    const expected = findings(components, {});
    assert.ok(
      ["exchange-dag-anti-affinity", "exchange-fixed-disks", "exchange-os-disk-size", "exchange-dynamic-memory"].every(
        (name) => expected.some((finding) => finding.startsWith(name)),
      ),
      expected.join("\n"),
    );
    assert.deepEqual(findings(provided, settings), expected);
  });
});
