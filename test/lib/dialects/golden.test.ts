import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { compare } from "../../../lib/text/collections";
import { RULES } from "../../../policies";
import { host, judge, problemsOf, vm } from "../../kit";
import { resource, script, unwrapped } from "./read";

/*
 * One estate in every dialect: two hosts, one of them with too many virtual processors and too little memory, and an
 * Exchange organisation on them as far as the types can carry it.
 */

interface Machine {
  readonly name: string;
  readonly host: string;
  readonly processors: number;
  readonly memoryGB: number;
  readonly dynamicGB?: readonly [number, number];
  readonly exchange?: PlainObject;
  readonly disks: readonly { readonly path: string; readonly fixed: boolean; readonly sizeGB: number }[];
}

const MACHINES: readonly Machine[] = [
  {
    name: "ex-mbx1",
    host: "hv1",
    processors: 4,
    memoryGB: 24,
    exchange: { version: "Exchange 2010 SP1", roles: ["Mailbox"], databaseAvailabilityGroup: "DAG1" },
    disks: [
      { path: "D:\\vhd\\ex-mbx1-system.vhd", fixed: true, sizeGB: 60 },
      { path: "E:\\vhd\\ex-mbx1-data.vhd", fixed: true, sizeGB: 900 },
    ],
  },
  {
    name: "ex-cas1",
    host: "hv2",
    processors: 4,
    memoryGB: 16,
    exchange: { version: "Exchange 2010 SP1", roles: ["Client Access", "Hub Transport"] },
    disks: [{ path: "D:\\vhd\\ex-cas1.vhd", fixed: true, sizeGB: 50 }],
  },
  {
    name: "ex-mbx2",
    host: "hv1",
    processors: 4,
    memoryGB: 2,
    dynamicGB: [2, 8],
    exchange: { version: "Exchange 2010 SP1", roles: ["Mailbox"], databaseAvailabilityGroup: "DAG1" },
    disks: [{ path: "D:\\vhd\\ex-mbx2.vhd", fixed: false, sizeGB: 40 }],
  },
  ...["file1", "print1", "dc1", "dc2"].map((name) => ({
    name,
    host: "hv2",
    processors: 4,
    memoryGB: 4,
    disks: [{ path: `D:\\vhd\\${name}.vhd`, fixed: false, sizeGB: 40 }],
  })),
];

const HOSTS: readonly DeclaredResource[] = [
  host("hv1"),
  host("hv2", {
    operatingSystem: "Windows Server 2008 R2",
    processors: { sockets: 1, coresPerSocket: 2, threadsPerCore: 1 },
    memoryMB: 30720,
  }),
];

const bytes = (gigabytes: number): number => gigabytes * 2 ** 30;
const HOST_NAMES: Readonly<Record<string, string>> = { hv1: "HV1.contoso.com", hv2: "hv2" };
const hostName = (name: string): string => HOST_NAMES[name] ?? name;

/** Without a guest the disk and memory rules of guests have nothing to say, so every guest here is in order. */
function asComponents(withExchange = false): readonly DeclaredResource[] {
  return MACHINES.map(({ name, host: on, processors, memoryGB, dynamicGB, disks, exchange }) =>
    vm(name, {
      ...(withExchange && exchange !== undefined ? { exchange } : {}),
      host: on,
      generation: 1,
      processorCount: processors,
      memoryMB: memoryGB * 1024,
      edition: "Enterprise",
      ...(dynamicGB === undefined
        ? {}
        : { dynamicMemory: { minimumMB: dynamicGB[0] * 1024, maximumMB: dynamicGB[1] * 1024 } }),
      automaticStopAction: "shutDown",
      checkpoints: "disabled",
      disks: disks.map(({ path, fixed, sizeGB }) => ({
        name: path.split("\\").at(-1) ?? "",
        purpose: "data",
        type: fixed ? "fixed" : "dynamic",
        sizeGB,
        path,
      })),
      networkAdapters: [{ name: "Network Adapter", switch: "LAN", vlan: 20 }],
    }),
  );
}

function asTaliesins(packageName: string): readonly DeclaredResource[] {
  return MACHINES.flatMap(({ name, host: on, processors, memoryGB, dynamicGB, disks }) => [
    resource(
      `${packageName}:index/machineInstance:MachineInstance`,
      name,
      {
        name,
        generation: 1,
        processorCount: processors,
        memoryStartupBytes: bytes(memoryGB),
        ...(dynamicGB === undefined
          ? { staticMemory: true }
          : {
              dynamicMemory: true,
              memoryMinimumBytes: bytes(dynamicGB[0]),
              memoryMaximumBytes: bytes(dynamicGB[1]),
            }),
        automaticStopAction: "ShutDown",
        checkpointType: "Disabled",
        hardDiskDrives: disks.map(({ path }) => ({ controllerType: "Ide", path: path.replaceAll("\\", "/") })),
        networkAdaptors: [{ name: "Network Adapter", switchName: "LAN", vlanAccess: true, vlanId: 20 }],
      },
      hostName(on),
    ),
    ...disks.map(({ path, fixed, sizeGB }, index) =>
      resource(
        `${packageName}:index/vhd:Vhd`,
        `${name}-${String(index)}`,
        { path, size: bytes(sizeGB), ...(fixed ? { vhdType: "Fixed" } : {}) },
        hostName(on),
      ),
    ),
  ]);
}

function asWindsorcli(): readonly DeclaredResource[] {
  return MACHINES.flatMap(({ name, host: on, processors, memoryGB, dynamicGB, disks }) => [
    resource(
      "hyperv:index/vm:Vm",
      name,
      {
        name,
        generation: 1,
        cpu: { count: processors },
        memory: {
          startupBytes: bytes(memoryGB),
          ...(dynamicGB === undefined
            ? {}
            : { dynamic: true, minBytes: bytes(dynamicGB[0]), maxBytes: bytes(dynamicGB[1]) }),
        },
        hardDiskDrives: disks.map(({ path }) => ({ path, controllerType: "IDE" })),
        networkAdapters: [{ name: "Network Adapter", switchName: "LAN", vlanId: 20 }],
      },
      hostName(on),
    ),
    ...disks.map(({ path, fixed, sizeGB }, index) =>
      resource(
        "hyperv:index/vhd:Vhd",
        `${name}-${String(index)}`,
        { path: path.toUpperCase(), vhdType: fixed ? "fixed" : "dynamic", sizeBytes: bytes(sizeGB) },
        hostName(on),
      ),
    ),
  ]);
}

function asPulumiHyperv(): readonly DeclaredResource[] {
  return MACHINES.flatMap(({ name, host: on, processors, memoryGB, dynamicGB, disks }) => [
    resource(
      "hyperv:machine:Machine",
      name,
      {
        machineName: name,
        generation: 1,
        processorCount: processors,
        memorySize: memoryGB * 1024,
        ...(dynamicGB === undefined
          ? {}
          : { dynamicMemory: true, minimumMemory: dynamicGB[0] * 1024, maximumMemory: dynamicGB[1] * 1024 }),
        autoStopAction: "ShutDown",
        hardDrives: disks.map(({ path }) => ({ path, controllerType: "IDE" })),
        networkAdapters: [{ name: "Network Adapter", switchName: "LAN", vlanId: 20 }],
      },
      hostName(on),
    ),
    ...disks.map(({ path, fixed, sizeGB }, index) =>
      resource(
        "hyperv:vhdfile:VhdFile",
        `${name}-${String(index)}`,
        { path, sizeBytes: bytes(sizeGB), diskType: fixed ? "fixed" : "Dynamic" },
        hostName(on),
      ),
    ),
  ]);
}

/** One command creates a machine, others give it its disks and sizes. */
function asPowerShell(): readonly DeclaredResource[] {
  return MACHINES.flatMap(({ name, host: on, processors, memoryGB, dynamicGB, disks }) => [
    script(
      name,
      [
        `$vm = '${name}'`,
        `New-VM $vm ${String(memoryGB)}GB -Generation 1 \``,
        "  -SwitchName LAN -NoVHD",
        "Get-VMNetworkAdapter -VMName $vm | Set-VMNetworkAdapterVlan -Access -VlanId 20",
        ...disks.map(({ path }) => `Add-VMHardDiskDrive -VMName $vm -Path "${path}"`),
      ].join("\n"),
      hostName(on),
    ),
    script(
      `${name}-disks`,
      disks
        .map(({ path, fixed, sizeGB }) => `New-VHD '${path}' ${String(sizeGB)}GB${fixed ? " -Fixed" : ""}`)
        .join("; "),
      hostName(on),
    ),
    script(
      `${name}-sizes`,
      `powershell -NoProfile -Command "Set-VMProcessor ${name} -Count ${String(processors)} -ComputerName ${on}; ` +
        `Set-VM ${name} -AutomaticStopAction ShutDown -ComputerName ${on}` +
        (dynamicGB === undefined
          ? '"'
          : `; Set-VMMemory -VMName ${name} -ComputerName ${on} -DynamicMemoryEnabled \\$true ` +
            `-MinimumBytes ${String(dynamicGB[0])}GB -MaximumBytes ${String(dynamicGB[1])}GB"`),
    ),
  ]);
}

/** What every dialect can tell of a machine. */
function model(resources: readonly DeclaredResource[], without: readonly string[] = []): readonly unknown[] {
  const estate = readEstate([...HOSTS, ...resources], true);
  assert.deepEqual(problemsOf(estate), []);
  const machines = estate.virtualMachines.map((machine) => {
    const facts = unwrapped(machine) as Record<string, Record<string, unknown>[]>;
    const told = ["name", "host", "generation", "processorCount", "memoryMB", "dynamicMemory"];
    const disks = (facts["disks"] ?? []).map(({ name, type, format, sizeGB }) => ({
      name: String(name),
      type,
      format,
      sizeGB,
    }));
    const entries = [...told, "automaticStopAction", "exchange"]
      .filter((fact) => !without.includes(fact))
      .map((fact) => [fact, facts[fact]] as const);
    const networkAdapters = (facts["networkAdapters"] ?? []).map(({ name, switch: on, kind, vlan }) => ({
      name,
      switch: on,
      kind,
      vlan,
    }));
    return { name: machine.name, facts: { ...Object.fromEntries(entries), networkAdapters, disks } };
  });
  machines.sort((one, other) => compare(one.name, other.name));
  return machines.map(({ facts }) => facts);
}

function findings(resources: readonly DeclaredResource[]): readonly string[] {
  return RULES.flatMap((rule) =>
    judge(rule, [...HOSTS, ...resources]).findings.map((one) => `${rule.name} ${one}`),
  ).sort();
}

describe("one estate in every dialect", () => {
  const components = asComponents();

  it("is what the test says", () => {
    assert.deepEqual(model(components)[6], {
      name: "print1",
      host: "hv2",
      generation: 1,
      processorCount: 4,
      memoryMB: 4096,
      dynamicMemory: undefined,
      networkAdapters: [{ name: "Network Adapter", switch: "LAN", kind: "synthetic", vlan: 20 }],
      automaticStopAction: "shutDown",
      exchange: undefined,
      disks: [{ name: "print1.vhd", type: "dynamic", format: "VHD", sizeGB: 40 }],
    });
    assert.deepEqual(
      findings(components).map((finding) => finding.split(":")[0]),
      ["host-memory-capacity hv2", "virtual-processor-ratio hv2"],
    );
  });

  it("has mistakes that concern Exchange", () => {
    const rules = findings(asComponents(true)).map((finding) => finding.split(":")[0]);
    assert.deepEqual(rules, [
      "exchange-dag-anti-affinity ex-mbx2",
      "exchange-dynamic-memory ex-mbx2",
      "exchange-fixed-disks ex-mbx2",
      "exchange-memory-oversubscription hv2",
      "exchange-processor-ratio hv2",
      "exchange-role-balance hv1",
      "exchange-size ex-mbx2",
      "exchange-survives-host-loss hv1",
      "exchange-survives-host-loss hv2",
      "virtual-processor-ratio hv2",
    ]);
  });

  const dialects: readonly (readonly [string, readonly DeclaredResource[], readonly string[]])[] = [
    ["taliesins/hyperv", asTaliesins("hyperv"), []],
    ["taliesins/hyperv under another name", asTaliesins("lab"), []],
    ["windsorcli/hyperv", asWindsorcli(), ["automaticStopAction"]],
    ["pulumi/pulumi-hyperv", asPulumiHyperv(), []],
    ["PowerShell", asPowerShell(), []],
  ];
  for (const [name, resources, without] of dialects) {
    it(`has the same model in ${name}`, () => {
      assert.deepEqual(model(resources, without), model(components, without));
    });

    it(`has the same findings in ${name}`, () => {
      assert.deepEqual(findings(resources), findings(components));
    });

    // No type of these providers has a place for Exchange: components of the same machines say that.
    it(`has the same Exchange servers in ${name}, with components beside`, () => {
      const both = [...resources, ...asComponents(true)];
      assert.deepEqual(model(both), model(asComponents(true)));
      assert.deepEqual(findings(both), findings(asComponents(true)));
    });
  }
});
