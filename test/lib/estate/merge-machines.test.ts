import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { Session } from "../../../lib/judging/session";
import { backupCoverage } from "../../../policies/backup/backup-coverage";
import { exchangeDynamicMemory } from "../../../policies/exchange/exchange-dynamic-memory";
import { hostMemoryCapacity } from "../../../policies/hosts/host-memory-capacity";
import { virtualProcessorRatio } from "../../../policies/hosts/virtual-processor-ratio";
import { backupJob, cluster, host, judge, nameOf, problemsOf, UNKNOWN, vm } from "../../kit";
import { resource, script, unwrapped } from "../dialects/read";

const GB = 2 ** 30;

/** A machine that a provider creates, with 4 virtual processors and 4 GB. */
function created(name: string, on: string | undefined, properties: PlainObject = {}): DeclaredResource {
  const own = { name, processorCount: 4, memoryStartupBytes: 4 * GB, generation: 1, ...properties };
  return resource("hyperv:index/machineInstance:MachineInstance", `${name}-machine`, own, on);
}

/** Names and resources of the machines of an estate, in which nothing contradicts. */
function machinesOf(...resources: readonly DeclaredResource[]): readonly string[] {
  const estate = readEstate(resources, true);
  assert.deepEqual(problemsOf(estate), []);
  return estate.virtualMachines.map(({ name, urn, alsoDeclaredBy = [] }) =>
    [name, nameOf(urn), ...alsoDeclaredBy.map(nameOf)].join(" "),
  );
}

function only(...resources: readonly DeclaredResource[]): Readonly<Record<string, unknown>> {
  const estate = readEstate(resources, true);
  assert.deepEqual(problemsOf(estate), []);
  assert.equal(estate.virtualMachines.length, 1);
  return unwrapped(estate.virtualMachines[0]) as Readonly<Record<string, unknown>>;
}

const HOSTS = [host("hv1"), host("hv2")];
const ONE = "ex1 ex1-machine ex1";
const TWO = ["ex1 ex1-machine", "ex1 ex1"];

function sorted(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
}

describe("a component and the resource that creates its virtual machine", () => {
  it("are one machine on one host, however that is called", () => {
    for (const on of ["hv1", "HV1.contoso.com"]) {
      assert.deepEqual(machinesOf(...HOSTS, vm("ex1", { host: "Hv1" }), created("EX1", on)), ["EX1 EX1-machine ex1"]);
    }
  });

  it("count once in the memory and the virtual processors of the host", () => {
    const tight = [
      host("hv1", { memoryMB: 6144, processors: { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 } }),
      vm("ex1", { host: "hv1" }),
      created("ex1", "hv1"),
    ];
    assert.deepEqual(judge(virtualProcessorRatio, tight).findings, []);
    assert.deepEqual(judge(hostMemoryCapacity, tight, { reserveMB: 0 }).findings, []);
    const two = [...tight, created("ex2", "hv1", { processorCount: 5 })];
    assert.deepEqual(judge(virtualProcessorRatio, two).findings, [
      "hv1: hv1 runs 9 virtual processors on 1 logical processor (1 socket × 1 core × 1 thread): 9.0 to 1. Windows Server 2008 R2 with Service Pack 1 allows 8 to 1, which is 8 here. The ratio of 12 to 1 holds only while every guest on the host runs Windows 7.",
    ]);
  });

  it("are two of one name on different hosts", () => {
    assert.deepEqual(sorted(machinesOf(...HOSTS, vm("ex1", { host: "hv1" }), created("ex1", "hv2"))), sorted(TWO));
    const both = [created("ex1", "hv1"), { ...created("ex1", "hv2"), urn: "urn:pulumi:test::kit::x::elsewhere" }];
    assert.deepEqual(
      sorted(machinesOf(...HOSTS, vm("ex1", { host: "hv2" }), ...both)),
      sorted(["ex1 ex1-machine", "ex1 elsewhere ex1"]),
    );
  });

  it("are two in different clusters, and where the host is no node of the cluster", () => {
    const clusters = [cluster("c1", { nodes: ["hv1"] }), host("hv1"), host("hv2")];
    assert.deepEqual(machinesOf(...clusters, vm("ex1", { cluster: "c1" }), created("ex1", "HV1")), [ONE]);
    assert.deepEqual(sorted(machinesOf(...clusters, vm("ex1", { cluster: "C1" }), created("ex1", "hv2"))), sorted(TWO));
    const nodes = [cluster("c1"), cluster("c2"), host("hv1", { cluster: "c1" }), host("hv2", { cluster: "c2" })];
    assert.deepEqual(sorted(machinesOf(...nodes, vm("ex1", { cluster: "c1" }), created("ex1", "hv2"))), sorted(TWO));
    assert.deepEqual(machinesOf(...nodes, vm("ex1", { cluster: "c1" }), created("ex1", "hv1")), [ONE]);
  });

  it("are one where only one of them has a place, which it then is for both", () => {
    assert.equal(only(host("hv1"), vm("ex1", { host: "hv1" }), created("ex1", undefined))["host"], "hv1");
    assert.equal(only(host("hv1"), vm("ex1"), created("ex1", "hv1"))["host"], "hv1");
    assert.deepEqual(machinesOf(vm("ex1"), script("ex1-script", "New-VM EX1 4GB; Set-VM EX1 -ProcessorCount 4")), [
      "EX1 ex1-script ex1",
    ]);
  });

  it("are one where one is the parent of the other, or its name comes from there", () => {
    const component = vm("ex1", { name: "mail" });
    const named = vm("ex1", { name: UNKNOWN });
    const machine = created("ex1-0a1b2c3", "hv1");
    assert.deepEqual(machinesOf(host("hv1"), component, { ...machine, parent: component.urn }), [
      "ex1-0a1b2c3 ex1-0a1b2c3-machine ex1",
    ]);
    assert.deepEqual(machinesOf(host("hv1"), { ...component, parent: machine.urn }, machine), [
      "ex1-0a1b2c3 ex1-0a1b2c3-machine ex1",
    ]);
    const dependent = { ...named, propertyDependencies: { name: [machine.urn] } };
    assert.deepEqual(machinesOf(host("hv1"), dependent, machine), ["ex1-0a1b2c3 ex1-0a1b2c3-machine ex1"]);
    assert.equal(readEstate([host("hv1"), component, machine], true).virtualMachines.length, 2);
    assert.equal(readEstate([host("hv1"), named, machine], true).virtualMachines.length, 2);
  });

  it("are one where the provider made the name from that of the resource", () => {
    const generated = (name: string) => ({ ...created(name, "hv1"), name: "ex1" });
    assert.deepEqual(machinesOf(host("hv1"), vm("ex1"), generated("ex1-e9b988e")), [
      "ex1-e9b988e ex1-e9b988e-machine ex1",
    ]);
    for (const name of ["ex1-e9b988", "ex1-backups", "ex10-e9b988e"]) {
      assert.equal(readEstate([host("hv1"), vm("ex1"), generated(name)], true).virtualMachines.length, 2, name);
    }
  });

  it("are not joined where many may be meant, of which five are named", () => {
    const range = [1, 2, 3, 4, 5, 6, 7].map(String);
    const machines = range.map((number) => ({ ...created("ex1", `hv${number}`), urn: `urn:x::machine${number}` }));
    const estate = readEstate([...range.map((number) => host(`hv${number}`)), vm("ex1"), ...machines], true);
    assert.deepEqual(problemsOf(estate), [
      'ex1: name is "ex1", and 7 resources create a virtual machine that may be meant: ' +
        "machine1, machine2, machine3, machine4, machine5, and 2 more → Declare the host of each of them.",
    ]);
  });

  it("are not joined, but reported, where it is not known which is meant", () => {
    const other = { ...created("ex1", "hv2"), urn: "urn:pulumi:test::kit::x::elsewhere" };
    const unplaced = readEstate([...HOSTS, vm("ex1"), created("ex1", "hv1"), other], true);
    assert.deepEqual(problemsOf(unplaced), [
      'ex1: name is "ex1", and 2 resources create a virtual machine that may be meant: ex1-machine, elsewhere → Declare the host of each of them.',
    ]);
    const second = { ...vm("ex1"), urn: "urn:pulumi:test::kit::x::second", name: "second" };
    assert.deepEqual(problemsOf(readEstate([host("hv1"), vm("ex1"), second, created("ex1", "hv1")], true)), [
      'second: name is "ex1", and the VirtualMachine ex1 describes that virtual machine already → Declare it once, or declare the host of each if they are two.',
    ]);
  });

  it("complete each other: the resource decides, and the component adds what its type has no property for", () => {
    const exchange = { version: "Exchange 2010 SP1", roles: ["Mailbox"] };
    const machine = only(
      host("hv1"),
      vm("ex1", { exchange, integrationServices: { version: "6.1" }, antiAffinityClassNames: ["DAG1"] }),
      created("ex1", "hv1", { generation: 2, integrationServices: { VSS: false } }),
    );
    const told = [
      "generation",
      "automaticStopAction",
      "exchange",
      "integrationServices",
      "antiAffinityClassNames",
      "guestOs",
    ];
    assert.deepEqual(Object.fromEntries(told.map((fact) => [fact, machine[fact]])), {
      generation: 2,
      automaticStopAction: "save",
      exchange: { version: "2010-sp1", isTakenAsRtm: false, roles: ["mailbox"] },
      integrationServices: {
        version: "6.1",
        heartbeat: true,
        timeSynchronization: true,
        shutdown: true,
        vss: false,
        keyValuePairExchange: true,
      },
      antiAffinityClassNames: ["DAG1"],
      guestOs: { product: "windows-server-2008-r2", servicePack: 1 },
    });
  });

  it("complete each other's virtual hardware, part by part", () => {
    const machine = only(
      host("hv1"),
      vm("ex1", { numa: { memoryPerNodeMB: 8192 }, tpm: true, role: ["mail server"], group: "mail" }),
      created("ex1", "hv1", { vmProcessor: { maximumCountPerNumaNode: 4, reserve: 10 } }),
    );
    assert.deepEqual(
      ["numa", "resourceControl", "tpm", "role", "group"].map((fact) => machine[fact]),
      [
        { processorsPerNode: 4, memoryPerNodeMB: 8192 },
        { reservePercent: 10, limitPercent: 100, weight: 100 },
        true,
        ["mail server"],
        "mail",
      ],
    );
    const other = vm("ex1", { resourceControl: { reservePercent: 20 } });
    assert.deepEqual(
      problemsOf(readEstate([host("hv1"), other, created("ex1", "hv1", { vmProcessor: { reserve: 10 } })], true)),
      [
        "ex1: resourceControl.reservePercent is 20, but the hyperv:index/machineInstance:MachineInstance ex1-machine, which is " +
          "the same virtual machine, has 10 (vmProcessor.reserve) → Make both agree.",
      ],
    );
  });

  it("take what is known only after the deployment of the one from the other", () => {
    const machine = created("ex1", "hv1", { processorCount: UNKNOWN });
    assert.equal(only(host("hv1"), vm("ex1"), machine)["processorCount"], 4);
  });

  it("add their facts of each disk, by its file or its name", () => {
    const vhd = (path: string, vhdType: string) =>
      resource("hyperv:index/vhd:Vhd", path, { path, vhdType, size: 60 * GB }, "hv1");
    const machine = only(
      host("hv1"),
      vm("ex1", {
        disks: [
          { name: "mailboxes", purpose: "databases", type: "iscsi", sizeGB: 900 },
          { name: "logs", purpose: "transactionLogs", type: "fixed", sizeGB: 60 },
          {
            name: "system",
            purpose: "operatingSystem",
            type: "fixed",
            sizeGB: 60,
            path: "d:/vhd/A.vhd",
            storage: "san1",
          },
        ],
      }),
      created("ex1", "hv1", { hardDiskDrives: [{ path: "D:\\vhd\\a.vhd" }, { path: "E:\\logs.vhd" }] }),
      vhd("D:\\vhd\\a.vhd", "Fixed"),
      vhd("E:\\logs.vhd", "Fixed"),
    );
    const shared = { type: "fixed", format: "VHD", sizeGB: 60, supportPersistentReservations: false };
    assert.deepEqual(machine["disks"], [
      { name: "system", purpose: "operatingSystem", ...shared, path: "D:\\vhd\\a.vhd", storage: "san1" },
      { name: "logs", purpose: "transactionLogs", ...shared, path: "E:\\logs.vhd" },
      { name: "mailboxes", purpose: "databases", type: "iscsi", sizeGB: 900 },
    ]);
  });

  it("agree on the one disk and the one adapter that is left of each", () => {
    const machine = only(
      host("hv1"),
      vm("ex1", {
        disks: [{ name: "system", purpose: "operatingSystem", type: "fixed", sizeGB: 60 }],
        networkAdapters: [{ name: "LAN", kind: "synthetic", vlan: 20 }],
      }),
      created("ex1", "hv1", {
        hardDiskDrives: [{ path: "D:\\vhd\\a.vhd" }],
        networkAdaptors: [{ name: "Network Adapter", switchName: "servers" }],
      }),
    );
    assert.deepEqual(machine["disks"], [
      {
        name: "system",
        purpose: "operatingSystem",
        type: "fixed",
        format: "VHD",
        sizeGB: 60,
        path: "D:\\vhd\\a.vhd",
        supportPersistentReservations: false,
      },
    ]);
    assert.deepEqual(machine["networkAdapters"], [
      {
        name: "LAN",
        switch: "servers",
        kind: "synthetic",
        vlan: 20,
        dynamicMacAddress: true,
        macAddressSpoofing: false,
        portMirroring: "none",
        iovWeight: 100,
      },
    ]);
  });

  it("do not know which disk is meant while a disk's name is not known", () => {
    const disks = ["databases", "transactionLogs"].map((purpose) => ({
      name: purpose,
      purpose,
      type: "fixed",
      sizeGB: 1,
    }));
    const machine = created("ex1", "hv1", { hardDiskDrives: [{ path: UNKNOWN }, { path: "D:\\databases.vhd" }] });
    const open = only(host("hv1"), vm("ex1", { disks: [...disks, { ...disks[0], name: "more" }] }), machine);
    assert.deepEqual(
      (open["disks"] as readonly Record<string, unknown>[]).map(({ name, purpose }) => [name, purpose]),
      [
        ["unknown", "unknown"],
        ["databases", "databases"],
      ],
    );
  });

  const contradictions: readonly (readonly [string, PlainObject, PlainObject, string])[] = [
    [
      "a number",
      { processorCount: 2 },
      {},
      "processorCount is 2, but CREATOR has 4 (processorCount) → Make both agree.",
    ],
    [
      "memory",
      { memoryMB: 8192 },
      {},
      "memoryMB is 8192, but CREATOR has 4096 (memoryStartupBytes) → Make both agree.",
    ],
    [
      "a generation that the provider has by default",
      { generation: 1 },
      { generation: null },
      "generation is 1, but CREATOR has 2 by default (generation) → Make both agree.",
    ],
    [
      "dynamic memory",
      { dynamicMemory: { minimumMB: 4096, maximumMB: 8192 } },
      {},
      "dynamicMemory is declared, but CREATOR has static memory (dynamicMemory) → Make both agree.",
    ],
    [
      "a limit of dynamic memory",
      { dynamicMemory: { minimumMB: 4096, maximumMB: 8192 } },
      { dynamicMemory: true, memoryMinimumBytes: 4 * GB, memoryMaximumBytes: 16 * GB },
      "dynamicMemory.maximumMB is 8192, but CREATOR has 16384 (memoryMaximumBytes) → Make both agree.",
    ],
    [
      "disks",
      { disks: ["a", "b"].map((name) => ({ name, purpose: "data", type: "fixed", sizeGB: 60 })) },
      { hardDiskDrives: [{ path: "D:\\a.vhd" }] },
      'disks[1].name is "b", but CREATOR has disks of other names: a.vhd → Give it the name or the path of one of them.',
    ],
  ];
  for (const [what, component, machine, expected] of contradictions) {
    it(`do not contradict each other in silence: ${what}`, () => {
      const estate = readEstate([host("hv1"), vm("ex1", component), created("ex1", "hv1", machine)], true);
      const creator =
        "the hyperv:index/machineInstance:MachineInstance ex1-machine, which is the same virtual machine,";
      assert.deepEqual(problemsOf(estate), [`ex1: ${expected.replace("CREATOR", creator)}`]);
      assert.equal(estate.virtualMachines.length, 1);
    });
  }

  it("contradict each other in the guest, and not where one of them has less", () => {
    const tagged = (guestOs: string) =>
      resource("azure-native:scvmm:VirtualMachine", "ex1-machine", {
        vmName: "ex1",
        tags: { "hyperv-guard:guestOs": guestOs },
      });
    const component = vm("ex1", { guestOs: "Windows Server 2022" });
    assert.deepEqual(only(component, tagged("Windows Server 2022 Datacenter"))["guestOs"], {
      product: "windows-server-2022",
      servicePack: 0,
      edition: "datacenter",
    });
    assert.deepEqual(problemsOf(readEstate([component, tagged("Windows Server 2019")], true)), [
      "ex1: guestOs is another guest operating system than the azure-native:scvmm:VirtualMachine ex1-machine, which is the same virtual machine, has (tags.hyperv-guard:guestOs) → Make both agree.",
    ]);
  });

  it("is found by the name and by the URN of the component", () => {
    const component = vm("ex1");
    const job = backupJob("nightly", { protects: [component.urn] });
    const resources = [host("hv1"), component, created("ex1", "hv1"), job];
    assert.deepEqual(problemsOf(readEstate(resources, true)), []);
    assert.deepEqual(judge(backupCoverage, resources).findings, []);
  });

  it("gets each finding once, though one of them was judged alone before", () => {
    const exchange = { version: "Exchange 2010 SP1", roles: ["Mailbox"] };
    const component = vm("ex1", { exchange, dynamicMemory: { minimumMB: 4096, maximumMB: 8192 } });
    const sizes = { dynamicMemory: true, memoryMinimumBytes: 4 * GB, memoryMaximumBytes: 8 * GB };
    const machine = created("ex1", "hv1", sizes);
    const session = new Session();
    const alone = session.resourcePass(component)?.result(exchangeDynamicMemory).findings ?? [];
    assert.equal(session.claim(alone).length, 1);
    session.resourcePass(machine);
    const whole = session.stackPass([component, machine]).result(exchangeDynamicMemory).findings;
    assert.deepEqual(
      whole.map(({ urn }) => nameOf(urn)),
      ["ex1-machine"],
    );
    assert.deepEqual(session.claim(whole), []);
    assert.equal(new Session().claim(whole).length, 1);
  });
});
