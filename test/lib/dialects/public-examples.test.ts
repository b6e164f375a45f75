import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { UNKNOWN, type PlainObject } from "../../../lib/estate/plain";
import { problemsOf } from "../../kit";
import { resource, script, unwrapped } from "./read";

/*
 * What people have published, as far as the facts go: types, names and sizes of the programs, in words of our own. None of
 * them may get a finding that its declaration cannot be read, and each has the machines that it creates.
 */

const GB = 2 ** 30;
const LAB = "192.168.1.121";

function instance(name: string, properties: PlainObject, on?: string): DeclaredResource {
  return resource("hyperv:index/machineInstance:MachineInstance", name, { name, ...properties }, on);
}

function vhd(path: string, properties: PlainObject): DeclaredResource {
  return resource("hyperv:index/vhd:Vhd", path, { path, ...properties });
}

/** Two web servers of one template, of either generation. */
function webServers(switchName: string, processorCount: number): readonly DeclaredResource[] {
  return [
    resource("hyperv:index/networkSwitch:NetworkSwitch", "dmz", { name: switchName }),
    ...[1, 2].flatMap((generation) => {
      const name = `web_server_g${String(generation)}`;
      const path = `c:\\web_server\\${name}.vhdx`;
      return [
        vhd(path, { size: 10 * GB }),
        instance(name, {
          generation,
          processorCount,
          staticMemory: true,
          memoryStartupBytes: GB / 2,
          waitForStateTimeout: 10,
          vmProcessor: { exposeVirtualizationExtensions: true },
          networkAdaptors: [{ name: "wan", switchName, waitForIps: false }],
          hardDiskDrives: [
            {
              ...(generation === 1 ? { controllerType: "Ide" } : {}),
              path,
              controllerNumber: 0,
              controllerLocation: 0,
            },
          ],
          dvdDrives: [{ controllerNumber: 0, controllerLocation: 1 }],
          ...(generation === 2 ? { vmFirmware: { bootOrders: [{ bootType: "HardDiskDrive" }] } } : {}),
        }),
      ];
    }),
  ];
}

/** Every property that the provider documents, most of them with its default. */
const EVERYTHING: PlainObject = {
  automaticCriticalErrorAction: "Pause",
  automaticStartAction: "StartIfRunning",
  automaticStopAction: "Save",
  checkpointType: "Production",
  generation: 2,
  guestControlledCacheTypes: false,
  lockOnDisconnect: "Off",
  memoryMaximumBytes: 1024 * GB,
  memoryMinimumBytes: GB / 2,
  memoryStartupBytes: GB / 2,
  notes: "",
  processorCount: 1,
  staticMemory: true,
  state: "Running",
  vmProcessor: { hwThreadCountPerCore: 0, maximum: 100, reserve: 0, maximumCountPerNumaNode: 0 },
  integrationServices: {
    "Guest Service Interface": false,
    Heartbeat: true,
    "Key-Value Pair Exchange": true,
    Shutdown: true,
    "Time Synchronization": true,
    VSS: true,
  },
  networkAdaptors: [
    { name: "wan", switchName: "DMZ", managementOs: false, isLegacy: false, staticMacAddress: "", vmqWeight: 100 },
  ],
  dvdDrives: [{ controllerNumber: "0", controllerLocation: "1", path: UNKNOWN }],
  hardDiskDrives: [
    {
      controllerType: "Scsi",
      controllerNumber: "0",
      controllerLocation: "0",
      path: "c:\\web_server\\web_server_g2.vhdx",
      diskNumber: 4_294_967_295,
      supportPersistentReservations: false,
      qosPolicyId: "00000000-0000-0000-0000-000000000000",
    },
  ],
};

const VMM = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ScVmm";
const VMM_SIZES: PlainObject = { hardwareProfile: { cpuCount: 4, memoryMB: 4096 } };
const VMM_PLACE: PlainObject = {
  cloudId: `${VMM}/clouds/cloud`,
  templateId: `${VMM}/virtualMachineTemplates/template`,
  vmmServerId: `${VMM}/vmmServers/vmm`,
};
const LOCATION: PlainObject = { name: "/subscriptions/s/customLocations/c", type: "customLocation" };

interface Program {
  readonly resources: readonly DeclaredResource[];
  readonly machines: readonly string[];
  /** What is said not to be judged. */
  readonly notEvaluated?: readonly string[];
}

const PROGRAMS: Readonly<Record<string, Program>> = {
  "pulumi/pulumi-hyperv, one machine": {
    resources: [
      resource("hyperv:machine:Machine", "vm", {
        machineName: "example-vm",
        generation: 2,
        processorCount: 2,
        memorySize: 2048,
        autoStartAction: "Nothing",
      }),
    ],
    machines: ["example-vm"],
  },
  "pulumi/pulumi-hyperv, one file, one switch and one adapter": {
    resources: [
      resource("hyperv:vhdfile:VhdFile", "vhd", {
        path: "C:\\vms\\base.vhdx",
        sizeBytes: 40 * GB,
        diskType: "Dynamic",
      }),
      resource("hyperv:virtualswitch:VirtualSwitch", "switch", {
        name: "external",
        switchType: "External",
        netAdapterName: "Ethernet",
        allowManagementOs: true,
        notes: "of the example",
      }),
      resource("hyperv:networkadapter:NetworkAdapter", "nic", { name: "nic", switchName: "external", vmName: "other" }),
    ],
    machines: [],
  },
  "the machine of VMM in the provider's documentation, old and new": {
    resources: [
      resource("azure-native:scvmm:VirtualMachine", "old", {
        resourceGroupName: "rg",
        virtualMachineName: "DemoVM",
        extendedLocation: LOCATION,
        ...VMM_SIZES,
        ...VMM_PLACE,
      }),
      resource("azure-native:scvmm:VirtualMachineInstance", "new", {
        resourceUri: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/NewVM",
        extendedLocation: LOCATION,
        ...VMM_SIZES,
        infrastructureProfile: { checkpointType: "production", ...VMM_PLACE },
      }),
    ],
    machines: ["NewVM", "DemoVM"],
  },
  "taliesins/hyperv, main": { resources: webServers("lanNet", 1), machines: ["web_server_g1", "web_server_g2"] },
  "taliesins/hyperv, machines from scratch": {
    resources: webServers("dmz", 2),
    machines: ["web_server_g1", "web_server_g2"],
  },
  "taliesins/hyperv, a clone of an existing machine": {
    resources: [
      vhd("c:\\vhdx\\web_server_g3.vhdx", { sourceVm: "web_server_g1" }),
      instance("web_server_g3", {
        networkAdaptors: [{ name: "wan", switchName: "dmz" }],
        hardDiskDrives: [{ path: "c:\\vhdx\\web_server_g3.vhdx", controllerNumber: "0", controllerLocation: "0" }],
        integrationServices: { VSS: true },
      }),
    ],
    machines: ["web_server_g3"],
  },
  "taliesins/hyperv, the reference with every property": {
    resources: [
      resource("hyperv:index/networkSwitch:NetworkSwitch", "dmz", {
        name: "DMZ",
        switchType: "Internal",
        allowManagementOs: true,
        enableEmbeddedTeaming: false,
        minimumBandwidthMode: "None",
        netAdapterNames: [],
        defaultQueueVmmqQueuePairs: 16,
      }),
      vhd("c:\\web_server\\web_server_g2.vhdx", { size: 10 * GB }),
      instance("WebServer", EVERYTHING),
    ],
    machines: ["WebServer"],
  },
  "fsdrw08/SoloLab, an evaluation machine from a source disk": {
    resources: [
      vhd("C:\\vhd\\WinDevEval\\WinDev.vhdx", { source: "D:\\images\\WinDev.vhdx" }),
      instance("WinDevEval", {
        ...EVERYTHING,
        processorCount: 4,
        checkpointType: "Disabled",
        memoryStartupBytes: 8 * GB,
        hardDiskDrives: [
          {
            controllerType: "Scsi",
            controllerNumber: "0",
            controllerLocation: "0",
            path: "C:\\vhd\\WinDevEval\\WinDev.vhdx",
          },
          { controllerType: "Scsi", controllerNumber: "0", controllerLocation: "2", path: UNKNOWN },
        ],
      }),
    ],
    machines: ["WinDevEval"],
  },
  "wizzense/tofu-tan-lab, on a host by its address": {
    resources: [
      resource("hyperv:index/networkSwitch:NetworkSwitch", "lan", { name: "Lan", allowManagementOs: true }, LAB),
      instance("PrimaryControlPlane", { generation: 2, processorCount: 2, staticMemory: true }, LAB),
    ],
    machines: [`PrimaryControlPlane on ${LAB}`],
  },
  "Windows Server 2025 labs with one template for several machines": {
    resources: ["dc01", "fs01"].map((name) =>
      instance(name, {
        dynamicMemory: true,
        memoryStartupBytes: 2 * GB,
        memoryMaximumBytes: 4 * GB,
        processorCount: 2,
      }),
    ),
    machines: ["dc01", "fs01"],
  },
  "an Exchange lab of as many servers as are asked for": {
    resources: [
      script(
        "lab",
        [
          "param([int]$Servers, [ValidateSet('Differencing', 'FixedWithSource')] [string]$Disk)",
          "New-VMSwitch -Name 'ExchangeLab' -SwitchType Private",
          "for ($i = 1; $i -le $Servers; $i++) {",
          '  $name = "EX$i"',
          "  switch ($Disk) {",
          "    'Differencing' { New-VHD -Path \"D:\\VMs\\$name.vhdx\" -ParentPath $base -Differencing }",
          '    default { Copy-Item $base "D:\\VMs\\$name.vhdx"; Convert-VHD $base x.vhdx -VHDType Fixed }',
          "  }",
          '  New-VM -Name $name -MemoryStartupBytes 4GB -VHDPath "D:\\VMs\\$name.vhdx" -Generation 2',
          "  Set-VMProcessor -VMName $name -Count 2",
          "}",
        ].join("\n"),
      ),
    ],
    machines: [],
    notEvaluated: [
      "create (line 6, New-VHD)",
      "create (line 7, Convert-VHD)",
      "create (line 9, New-VM)",
      "create (line 10, Set-VMProcessor)",
    ],
  },
  "an Exchange 2016 lab, machine by machine": {
    resources: [
      script(
        "lab",
        [
          "<# a domain controller, two Exchange servers #>",
          "$path = 'D:\\VMs'; $base = \"$path\\base.vhdx\"",
          "New-VM -Name DC1 -Path $path -MemoryStartupBytes 2GB -Generation 2 -NewVHDPath 'D:\\VMs\\DC1.vhdx' -NewVHDSizeBytes 60GB",
          "New-VM -Name EX1 -Path $path -MemoryStartupBytes 12GB -Generation 2 -NoVHD",
          "Set-VMMemory EX1 -DynamicMemoryEnabled $false",
          "New-VHD -Path 'D:\\VMs\\EX1.vhdx' -SizeBytes 120GB -Fixed | Out-Null",
          "Add-VMHardDiskDrive -VMName EX1 -Path 'D:\\VMs\\EX1.vhdx'",
          "Add-VMDvdDrive -VMName EX1 -Path 'D:\\iso\\exchange.iso'",
          "Enable-VMIntegrationService -VMName EX1 -Name 'Guest Service Interface'",
          "Get-VM EX1 | Start-VM",
        ].join("\r\n"),
        "hv1",
      ),
    ],
    machines: ["DC1 on hv1", "EX1 on hv1"],
  },
  "a lab of Skype for Business and Exchange on differencing disks": {
    resources: [
      script(
        "lab",
        [
          "$ParentPath = 'C:\\base\\ws2019.vhdx'",
          "New-VMSwitch -name SFB2019 -SwitchType Private",
          "New-VHD -ParentPath $ParentPath -Path C:\\lab\\EX2019.vhdx -Differencing",
          "New-VM -Name EX2019 -VHDPath C:\\lab\\EX2019.vhdx -Generation 2 -Switch SFB2019 -MemoryStartupBytes 8192MB",
          "Set-VM -VMName EX2019 -ProcessorCount 4 -DynamicMemory -AutomaticCheckpointsEnabled $false",
        ].join("\n"),
        "hv1",
      ),
    ],
    machines: ["EX2019 on hv1"],
  },
};

describe("public example programs", () => {
  for (const [name, { resources, machines, notEvaluated = [] }] of Object.entries(PROGRAMS)) {
    it(`are read without a problem: ${name}`, () => {
      const estate = readEstate(resources, true);
      assert.deepEqual(problemsOf(estate), []);
      const found = estate.virtualMachines.map((vm) =>
        vm.host.state === "known" ? `${vm.name} on ${vm.host.value}` : vm.name,
      );
      assert.deepEqual([...found].sort(), [...machines].sort());
      assert.deepEqual(
        estate.notEvaluated.map(({ origin }) => origin.path),
        notEvaluated,
      );
    });
  }

  it("are read for what they say", () => {
    const DRIVE = { supportPersistentReservations: false };
    const disksOf = (name: string): unknown =>
      readEstate(PROGRAMS[name]?.resources ?? [], true).virtualMachines.flatMap(({ disks }) => unwrapped(disks));
    assert.deepEqual(disksOf("a lab of Skype for Business and Exchange on differencing disks"), [
      { name: "EX2019.vhdx", type: "differencing", format: "VHDX", path: "C:\\lab\\EX2019.vhdx", ...DRIVE },
    ]);
    assert.deepEqual(disksOf("an Exchange 2016 lab, machine by machine"), [
      { name: "DC1.vhdx", type: "dynamic", format: "VHDX", sizeGB: 60, path: "D:\\VMs\\DC1.vhdx", ...DRIVE },
      { name: "EX1.vhdx", type: "fixed", format: "VHDX", sizeGB: 120, path: "D:\\VMs\\EX1.vhdx", ...DRIVE },
    ]);
    assert.deepEqual(disksOf("taliesins/hyperv, a clone of an existing machine"), [
      { name: "web_server_g3.vhdx", format: "VHDX", path: "c:\\vhdx\\web_server_g3.vhdx", ...DRIVE },
    ]);
  });
});
