import assert from "node:assert/strict";
import { isKnownType, readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { UNKNOWN, type PlainObject } from "../../../lib/estate/plain";
import { host, problemsOf } from "../../kit";
import { resource, unwrapped } from "./read";

const GB = 2 ** 30;
/** What taliesins/hyperv gives a drive and an adapter. */
const DRIVE = { supportPersistentReservations: false };
const ADAPTER = { dynamicMacAddress: true, macAddressSpoofing: false, portMirroring: "none", iovWeight: 100 };

/** The machines of resources, as facts; every problem fails the test. */
function machines(...resources: readonly DeclaredResource[]): readonly Readonly<Record<string, unknown>>[] {
  const estate = readEstate(resources, true);
  assert.deepEqual(problemsOf(estate), []);
  return estate.virtualMachines.map((vm) => unwrapped(vm) as Readonly<Record<string, unknown>>);
}

function machineInstance(properties: PlainObject, on?: string): DeclaredResource {
  return resource("hyperv:index/machineInstance:MachineInstance", "vm", { name: "vm1", ...properties }, on);
}

describe("the dialects of providers that call themselves hyperv", () => {
  it("know their types under any name of the package, and no other", () => {
    for (const type of [
      "hyperv:index/machineInstance:MachineInstance",
      "lab:index/machineInstance:MachineInstance",
      "lab:index/vhd:Vhd",
      "hyperv:index/vm:Vm",
      "hyperv:machine:Machine",
      "hyperv:vhdfile:VhdFile",
    ]) {
      assert.equal(isKnownType(type), true, type);
    }
    for (const type of ["lab:machine:Machine", "hyperv:index/vhd:VHD", "hyperv:index/isoImage:IsoImage"]) {
      assert.equal(isKnownType(type), false, type);
    }
  });

  describe("of taliesins/hyperv", () => {
    it("fill in the provider's defaults", () => {
      assert.deepEqual(machines(machineInstance({})), [
        {
          name: "vm1",
          generation: 2,
          processorCount: 1,
          memoryMB: 512,
          checkpoints: "production",
          automaticStopAction: "save",
          secureBoot: true,
          secureBootTemplate: "MicrosoftWindows",
          processorCompatibility: false,
          nestedVirtualization: false,
          resourceControl: { reservePercent: 0, limitPercent: 100, weight: 100 },
          checkpointPath: "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V",
          smartPagingPath: "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V",
        },
      ]);
    });

    it("read the same with the defaults filled in by the provider", () => {
      const filled = {
        generation: 2,
        processorCount: 1,
        dynamicMemory: false,
        memoryStartupBytes: 536870912,
        memoryMinimumBytes: 536870912,
        memoryMaximumBytes: 1099511627776,
        checkpointType: "Production",
        automaticStopAction: "Save",
      };
      assert.deepEqual(machines(machineInstance(filled)), machines(machineInstance({})));
    });

    it("take memory in bytes, and its limits only while it is dynamic", () => {
      const sizes = { memoryStartupBytes: 4 * GB, memoryMinimumBytes: 2 * GB, memoryMaximumBytes: 8 * GB };
      const [fixed, dynamic] = [false, true].map(
        (dynamicMemory) => machines(machineInstance({ ...sizes, dynamicMemory }))[0],
      );
      assert.deepEqual([fixed?.["memoryMB"], fixed?.["dynamicMemory"]], [4096, undefined]);
      assert.deepEqual(dynamic?.["dynamicMemory"], { minimumMB: 2048, maximumMB: 8192, bufferPercent: 20 });
    });

    it("find disks by their path on their host, and take a physical disk as such", () => {
      const vhd = (name: string, vhdType: string, on: string) =>
        resource("hyperv:index/vhd:Vhd", name, { path: "D:\\VHD\\a.vhdx", vhdType, size: GB }, on);
      const drives = [{ path: "d:/vhd/a.vhdx", diskNumber: 4294967295 }, { diskNumber: 2 }, { controllerNumber: 1 }];
      const [vm] = machines(
        machineInstance({ hardDiskDrives: drives }, "hv1"),
        vhd("one", "Fixed", "hv1"),
        vhd("other", "Dynamic", "hv2"),
      );
      assert.deepEqual(vm?.["disks"], [
        { name: "a.vhdx", type: "fixed", format: "VHDX", sizeGB: 1, path: "d:/vhd/a.vhdx", ...DRIVE },
        { name: "physical disk 2", type: "passThrough", ...DRIVE },
      ]);
    });

    it("take a disk without a type for a dynamically expanding one, and one with a parent for a differencing one", () => {
      const typeOf = (properties: PlainObject) => {
        const disk = resource("hyperv:index/vhd:Vhd", "disk", { path: "d:\\a.vhdx", ...properties });
        const [vm] = machines(machineInstance({ hardDiskDrives: [{ path: "d:\\a.vhdx" }] }), disk);
        return (vm?.["disks"] as readonly { type?: string }[])[0]?.type;
      };
      assert.equal(typeOf({}), "dynamic");
      assert.equal(typeOf({ vhdType: "FIXED" }), "fixed");
      assert.equal(typeOf({ vhdType: "Fixed", parentPath: "d:\\p.vhdx" }), "differencing");
      for (const from of ["source", "sourceVm"]) {
        assert.equal(typeOf({ [from]: "web1", vhdType: "Dynamic" }), undefined);
        assert.equal(typeOf({ [from]: "web1", parentPath: "d:\\p.vhdx" }), "differencing");
      }
      assert.equal(typeOf({ sourceDisk: 2 }), "dynamic");
      assert.equal(typeOf({ sizeBytes: GB, vhdType: "fixed" }), "fixed");
      assert.equal(typeOf({ sourcePath: "d:\\s.vhdx" }), undefined);
      assert.equal(typeOf({ vhdType: UNKNOWN }), "unknown");
    });

    it("leave adapters of the management operating system out", () => {
      const networkAdaptors = [
        { name: "a", switchName: "LAN", isLegacy: true },
        { name: "b", managementOs: true },
      ];
      const [vm] = machines(machineInstance({ networkAdaptors }));
      assert.deepEqual(vm?.["networkAdapters"], [{ name: "a", switch: "LAN", kind: "legacy", ...ADAPTER }]);
    });

    it("place machines and switches on the host of their provider", () => {
      const sw = { name: "LAN", switchType: "External", netAdapterNames: ["a", "b"], enableEmbeddedTeaming: true };
      const estate = readEstate(
        [
          host("hv01"),
          machineInstance({}, "HV01.contoso.com"),
          resource("hyperv:index/networkSwitch:NetworkSwitch", "sw", sw, "hv01"),
        ],
        true,
      );
      assert.deepEqual(problemsOf(estate), []);
      const [on] = estate.hosts;
      assert.ok(on);
      assert.deepEqual(
        estate.virtualMachinesOn(on).map(({ name }) => name),
        ["vm1"],
      );
      assert.deepEqual(unwrapped(on.virtualSwitches), [
        {
          name: "LAN",
          type: "external",
          networkAdapters: ["a", "b"],
          allowManagementOs: true,
          embeddedTeaming: true,
          iov: false,
          bandwidthMode: "none",
        },
      ]);
    });

    it("keep unknown what is not known, and report what cannot be read", () => {
      const estate = readEstate(
        [machineInstance({ processorCount: "four", memoryStartupBytes: UNKNOWN, name: UNKNOWN })],
        true,
      );
      const [vm] = estate.virtualMachines;
      assert.deepEqual(
        [unwrapped(vm?.processorCount), unwrapped(vm?.memoryMB), vm?.nameIsUnknown, vm?.name],
        ["malformed", "unknown", true, "vm"],
      );
      assert.deepEqual(problemsOf(estate), ['vm: processorCount is "four" → Use a whole number from 1 to 65536.']);
    });
  });

  it("has a VLAN only where its adapter has access to one", () => {
    const vlan = (adapter: PlainObject): unknown => {
      const [machine] = machines(machineInstance({ networkAdaptors: [{ name: "LAN", vlanId: 20, ...adapter }] }));
      return (machine?.["networkAdapters"] as readonly Readonly<Record<string, unknown>>[])[0]?.["vlan"];
    };
    assert.deepEqual([{}, { vlanAccess: true }, { vlanAccess: false }].map(vlan), [20, 20, undefined]);
  });

  describe("of windsorcli/hyperv", () => {
    it("has the folder of its machine", () => {
      const [machine] = machines(resource("hyperv:index/vm:Vm", "a", { cpu: { count: 2 }, path: "\\\\srv\\vms" }));
      assert.equal(machine?.["storagePath"], "\\\\srv\\vms");
    });

    it("read processors and memory from their objects, and pass over another provider's Vm", () => {
      const vm = (properties: PlainObject) => machines(resource("hyperv:index/vm:Vm", "vm", properties));
      assert.deepEqual(vm({ name: "vm1", generation: 1, cpu: { count: 2 }, memory: { startupBytes: GB } }), [
        { name: "vm1", generation: 1, processorCount: 2, memoryMB: 1024 },
      ]);
      assert.deepEqual(vm({ name: "vm1", memoryStartup: "1GB", switchName: "LAN" }), []);
    });
  });

  describe("of pulumi/pulumi-hyperv", () => {
    it("report a Fixed that the provider turns into a disk that grows", () => {
      const disk = (diskType: string) =>
        readEstate([resource("hyperv:vhdfile:VhdFile", "disk", { path: "d:\\a.vhdx", diskType })], true);
      assert.deepEqual(problemsOf(disk("Fixed")), [
        'disk: diskType is "Fixed", which the provider does not recognize as "fixed": it would create a dynamically expanding disk → ' +
          'Write "fixed" in lowercase.',
      ]);
      assert.deepEqual(problemsOf(disk("fixed")), []);
    });

    it("take twice the memory for the maximum that is not given, and adapters that are resources of their own", () => {
      const machine = { machineName: "vm1", memorySize: 2048, dynamicMemory: true, minimumMemory: 1024 };
      const [vm] = machines(
        resource("hyperv:machine:Machine", "vm", machine),
        resource("hyperv:networkadapter:NetworkAdapter", "nic", { name: "a", switchName: "LAN", vmName: "VM1" }),
      );
      assert.deepEqual(vm, {
        name: "vm1",
        generation: 2,
        processorCount: 1,
        memoryMB: 2048,
        dynamicMemory: { minimumMB: 1024, maximumMB: 4096, bufferPercent: 20 },
        networkAdapters: [
          { name: "a", switch: "LAN", kind: "synthetic", dynamicMacAddress: true, portMirroring: "none" },
        ],
        automaticStopAction: "turnOff",
      });
    });
  });

  describe("read public example programs without a problem:", () => {
    const programs: Readonly<Record<string, readonly DeclaredResource[]>> = {
      "the four types of pulumi/pulumi-hyperv": [
        resource("hyperv:virtualswitch:VirtualSwitch", "switch", { name: "example-switch", switchType: "Internal" }),
        resource("hyperv:vhdfile:VhdFile", "vhd", { path: "c:\\vms\\a.vhdx", sizeBytes: 2 * GB, diskType: "Dynamic" }),
        resource("hyperv:networkadapter:NetworkAdapter", "nic", { name: "nic", switchName: "example-switch" }),
        resource("hyperv:machine:Machine", "vm", {
          machineName: "example-vm",
          generation: 2,
          processorCount: 1,
          memorySize: 2048,
          hardDrives: [{ path: "c:\\vms\\a.vhdx", controllerType: "SCSI", controllerNumber: 0, controllerLocation: 0 }],
          networkAdapters: [{ name: "nic", switchName: "example-switch" }],
        }),
      ],
      "three machines of a development environment of pulumi/pulumi-hyperv": ["a", "b", "c"].map((name) =>
        resource("hyperv:machine:Machine", name, {
          machineName: name,
          dynamicMemory: true,
          memorySize: 2048,
          minimumMemory: 1024,
          maximumMemory: 2048,
          hardDrives: UNKNOWN,
          triggers: ["x"],
        }),
      ),
      "a cluster lab of taliesins/hyperv": [
        ...["dc1", "n1", "n2", "n3"].flatMap((name) => [
          resource("hyperv:index/vhd:Vhd", `${name}-os`, {
            path: `D:\\VMs\\${name}.vhdx`,
            vhdType: "Dynamic",
            size: 60 * GB,
          }),
          resource("hyperv:index/machineInstance:MachineInstance", name, {
            name,
            generation: 2,
            processorCount: 2,
            dynamicMemory: true,
            memoryStartupBytes: 4 * GB,
            memoryMinimumBytes: 2 * GB,
            memoryMaximumBytes: 8 * GB,
            vmProcessor: { exposeVirtualizationExtensions: true },
            integrationServices: { VSS: true, "Guest Service Interface": true },
            networkAdaptors: [1, 2, 3, 4, 5, 6].map((index) => ({
              name: `NIC${String(index)}`,
              switchName: "lab",
              waitForIps: false,
            })),
            hardDiskDrives: [
              { controllerType: "Scsi", controllerNumber: "0", controllerLocation: "0", path: `D:\\VMs\\${name}.vhdx` },
              { controllerType: "Scsi", path: "D:\\VMs\\csv1.vhdx", supportPersistentReservations: true },
            ],
            dvdDrives: [{ path: "D:\\iso\\ws2025.iso" }],
            vmFirmware: { enableSecureBoot: "On" },
          }),
        ]),
        resource("hyperv:index/vhd:Vhd", "csv1", { path: "D:\\VMs\\csv1.vhdx", vhdType: "Fixed", size: 100 * GB }),
        resource("hyperv:index/networkSwitch:NetworkSwitch", "lab", { name: "lab", switchType: "Internal" }),
      ],
      "the machines of windsorcli/hyperv's documentation": [
        resource("hyperv:index/vm:Vm", "static", {
          name: "static",
          generation: 2,
          cpu: { count: 2 },
          memory: { startupBytes: 2 * GB },
          hardDiskDrives: [
            { path: "C:\\vms\\static.vhdx", controllerType: "SCSI", controllerNumber: 0, controllerLocation: 0 },
          ],
          networkAdapters: [{ name: "eth0", switchName: "Default Switch" }],
          secureBoot: true,
          state: { desired: "Running" },
        }),
        resource("hyperv:index/vm:Vm", "dynamic", {
          name: "dynamic",
          generation: 1,
          cpu: { count: 1 },
          memory: { startupBytes: GB, dynamic: true, minBytes: GB / 2, maxBytes: 4 * GB },
        }),
        resource("hyperv:index/vhd:Vhd", "copy", { path: "C:\\vms\\static.vhdx", sourcePath: "C:\\images\\base.vhdx" }),
        resource("hyperv:index/virtualSwitch:VirtualSwitch", "nat", { name: "nat", switchType: "NAT", natName: "n" }),
      ],
    };
    for (const [name, resources] of Object.entries(programs)) {
      it(name, () => {
        assert.deepEqual(problemsOf(readEstate(resources, true)), []);
      });
    }
  });
});
