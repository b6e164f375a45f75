import assert from "node:assert/strict";
import fc from "fast-check";
import { callOf } from "../../../lib/dialects/command/shell";
import { DIALECTS, readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { guestProcessorCount } from "../../../policies/guests/guest-processor-count";
import { cluster, host, judge, nameOf, problemsOf, vm } from "../../kit";
import { resource, script, unwrapped } from "./read";

/** What is read of scripts: machines as facts, and what is said not to be judged; every problem fails the test. */
function read(...resources: readonly DeclaredResource[]) {
  const estate = readEstate(resources, true);
  assert.deepEqual(problemsOf(estate), []);
  const machines = estate.virtualMachines.map((machine) => unwrapped(machine) as Readonly<Record<string, unknown>>);
  return { machines, notEvaluated: estate.notEvaluated.map(({ origin }) => origin.path), estate };
}

/** What Hyper-V gives a new adapter. */
const NEW_ADAPTER = { dynamicMacAddress: true, macAddressSpoofing: false, portMirroring: "none", iovWeight: 0 };
/** What it gives a new drive. */
const NEW_DRIVE = { supportPersistentReservations: false };

/** One fact of the only machine of a script. */
function fact(text: string, name: string): unknown {
  const { machines } = read(script("s", text));
  assert.equal(machines.length, 1, text);
  return machines[0]?.[name];
}

describe("commands that run PowerShell", () => {
  it("create machines with what Hyper-V gives them by itself", () => {
    assert.deepEqual(read(script("s", "New-VM EX1")).machines, [
      {
        name: "EX1",
        generation: 1,
        tpm: false,
        processorCount: 1,
        processorCompatibility: false,
        nestedVirtualization: false,
        resourceControl: { reservePercent: 0, limitPercent: 100, weight: 100 },
        memoryMB: 512,
        automaticStopAction: "save",
        disks: [],
        networkAdapters: [{ name: "Network Adapter", kind: "synthetic", ...NEW_ADAPTER }],
      },
    ]);
  });

  const facts: readonly (readonly [string, string, unknown])[] = [
    ["New-VM EX1 2GB 2", "memoryMB", 2048],
    ["New-VM EX1 2GB 2", "generation", 2],
    ["New-VM EX1 -MemoryStartupBytes '4GB'", "memoryMB", 4096],
    ["New-VM EX1 -MemoryStartup (4GB)", "memoryMB", 4096],
    ["New-VM EX1 -MemoryStartupBytes ($GB * 4)", "memoryMB", "unknown"],
    ["New-VM EX1; Set-VM EX1 -ProcessorCount 2; Set-VMProcessor EX1 -Count 4", "processorCount", 4],
    ["New-VM EX1; Set-VMProcessor EX1 -Count $n", "processorCount", "unknown"],
    ["$n = 4; New-VM EX1; Set-VMProcessor EX1 -Count $n", "processorCount", 4],
    ["$n = 4; foreach ($n in $list) { }; New-VM EX1; Set-VMProcessor EX1 -Count $n", "processorCount", "unknown"],
    ["New-VM $name; Set-VMProcessor $name -Count 4", "processorCount", 4],
    ["New-VM $name; $name = $other; Set-VMProcessor $name -Count 4", "processorCount", "unknown"],
    ["$vm = New-VM EX1; $vm | Set-VM -ProcessorCount 4", "processorCount", 4],
    ["New-VM EX1 | Set-VM -ProcessorCount 4 -Passthru | Start-VM", "processorCount", 4],
    ["$vm = New-VM EX1; Set-VMProcessor -VMName $vm.Name -Count 4", "processorCount", 4],
    ["$p = @{ VMName = 'EX1'; Count = 4 }; New-VM EX1; Set-VMProcessor @p", "processorCount", 4],
    ["New-VM @p", "processorCount", 1],
    ["New-VM @p", "memoryMB", "unknown"],
    ["New-VM EX1; Set-VMProcessor EX1 -Count 4 -WhatIf", "processorCount", 1],
    ["New-VM EX1; Set-VMProcessor EX1 -Count 4 -WhatIf:$false", "processorCount", 4],
    ["try { New-VM EX1 } catch { throw } finally { Set-VM EX1 -ProcessorCount 4 }", "processorCount", 4],
    ["& { New-VM EX1 }", "name", "EX1"],
    ["cd x; powershell -ExecutionPolicy Bypass -Command 'New-VM EX1'", "name", "EX1"],
    ["Hyper-V\\New-VM EX1", "name", "EX1"],
    [
      "New-VM EX1; Set-VM EX1 -AutomaticStopAction ShutDown -CheckpointType Disabled",
      "automaticStopAction",
      "shutDown",
    ],
    ["New-VM EX1; Set-VM EX1 -CheckpointType ProductionOnly", "checkpoints", "productionOnly"],
    [
      "New-VM EX1 4GB; Set-VM EX1 -DynamicMemory -MemoryMaximumBytes 8GB",
      "dynamicMemory",
      { minimumMB: 512, maximumMB: 8192, bufferPercent: 20 },
    ],
    ["New-VM EX1; Set-VM EX1 -DynamicMemory; Set-VM EX1 -StaticMemory", "dynamicMemory", undefined],
    ["New-VM EX1; Set-VMMemory EX1 -DynamicMemoryEnabled $on", "dynamicMemory", "unknown"],
    ["New-VM EX1; Remove-VMNetworkAdapter EX1", "networkAdapters", "unknown"],
    ["New-VM EX1; Add-ClusterVirtualMachineRole EX1", "cluster", "unknown"],
    [
      "New-VM EX1; Disable-VMIntegrationService 'Time Synchronization' EX1",
      "integrationServices",
      { timeSynchronization: false },
    ],
    [
      "New-VM EX1; Enable-VMReplication EX1 hv3 80 Kerberos -RepFreq 30",
      "replication",
      { replicaHost: "hv3", frequencySeconds: 30, recoveryPoints: 0, authentication: "kerberos", port: 80 },
    ],
    ["New-VM EX1; (Get-ClusterGroup EX1).AntiAffinityClassNames = 'a', 'b'", "antiAffinityClassNames", ["a", "b"]],
    ["New-VM EX1 -Generation 2", "secureBoot", true],
    ["New-VM EX1 -Generation 2", "secureBootTemplate", "MicrosoftWindows"],
    ["New-VM EX1 -Generation $g", "secureBoot", "unknown"],
    ["New-VM EX1 2GB 2; Set-VMFirmware EX1 -EnableSecureBoot Off", "secureBoot", false],
    ["New-VM EX1 2GB 2 | Set-VMFirmware -EnableSecureBoot $on", "secureBoot", "unknown"],
    [
      "New-VM EX1 2GB 2; Set-VMFirmware EX1 -SecureBootTemplate microsoftUEFICertificateAuthority",
      "secureBootTemplate",
      "MicrosoftUEFICertificateAuthority",
    ],
    ["New-VM EX1 2GB 2; Set-VMFirmware EX1 -SecureBootTemplateId $id", "secureBootTemplate", "unknown"],
    ["New-VM EX1 2GB 2; Get-VMFirmware EX1 | Set-VMFirmware -EnableSecureBoot Off", "secureBoot", false],
    ["New-VM EX1; Get-VMProcessor -VMName EX1 | Set-VMProcessor -Count 4", "processorCount", 4],
    ["New-VM EX1; Get-VMMemory EX1 | Set-VMMemory -StartupBytes 2GB", "memoryMB", 2048],
    ["New-VM EX1; Add-VMDvdDrive EX1; Get-VMDvdDrive EX1 | Remove-VMDvdDrive", "dvdDrives", "unknown"],
    ["New-VM EX1; Set-VMKeyProtector EX1 -NewLocalKeyProtector; Enable-VMTPM EX1", "tpm", true],
    ["New-VM EX1; Enable-VMTPM EX1; Disable-VMTPM -VMName EX1", "tpm", false],
    ["New-VM EX1 -Version 8.0", "configurationVersion", "8.0"],
    ["New-VM EX1 -Version $v", "configurationVersion", "unknown"],
    ["New-VM EX1 -Version 8.0; Update-VMVersion EX1 -Force", "configurationVersion", "unknown"],
    ["New-VM EX1; Update-VMConfigurationVersion -VMName EX1", "configurationVersion", "unknown"],
    ["New-VM EX1; Set-VMProcessor EX1 -CompatibilityForMigrationEnabled $true", "processorCompatibility", true],
    ["New-VM EX1; Set-VMProcessor EX1 -CompatibilityForMigrationEnabled 1", "processorCompatibility", true],
    ["New-VM EX1; Set-VMProcessor EX1 -ExposeVirtualizationExtensions $true", "nestedVirtualization", true],
    ["New-VM EX1; Set-VMProcessor EX1 -ExposeVirtualizationExtensions $x", "nestedVirtualization", "unknown"],
    [
      "New-VM EX1; Set-VMProcessor EX1 -Reserve 10 -Maximum 75",
      "resourceControl",
      { reservePercent: 10, limitPercent: 75, weight: 100 },
    ],
    [
      "New-VM EX1; Set-VMProcessor EX1 -RelativeWeight $w",
      "resourceControl",
      { reservePercent: 0, limitPercent: 100, weight: "unknown" },
    ],
    [
      "New-VM EX1; Set-VMProcessor EX1 -MaximumCountPerNumaNode 4 -MaximumCountPerNumaSocket 1",
      "numa",
      { processorsPerNode: 4, nodesPerSocket: 1 },
    ],
    ["New-VM EX1; Set-VMMemory EX1 -MaximumAmountPerNumaNodeBytes 8GB", "numa", { memoryPerNodeMB: 8192 }],
    ["New-VM EX1 -Path D:\\vm", "storagePath", "D:\\vm"],
    ["New-VM EX1; Set-VM EX1 -SnapshotFileLocation E:\\c", "checkpointPath", "E:\\c"],
    ["New-VM EX1; Set-VM EX1 -SmartPagingFilePath $p", "smartPagingPath", "unknown"],
    ["New-VM EX1; Set-VM EX1 -SmartPagingFilePath F:\\p", "smartPagingPath", "F:\\p"],
    ["New-VM EX1; Set-VM EX1 -AutomaticCheckpointsEnabled $false", "automaticCheckpoints", false],
    ["New-VM EX1; Add-VMDvdDrive EX1; Add-VMDvdDrive EX1 1 0 D:\\a.iso", "dvdDrives", [{}, { path: "D:\\a.iso" }]],
    ["New-VM EX1; Set-VMDvdDrive -VMName EX1 -Path D:\\a.iso", "dvdDrives", [{ path: "D:\\a.iso" }]],
    ["New-VM EX1; Add-VMDvdDrive EX1; Set-VMDvdDrive EX1 -Path D:\\a.iso", "dvdDrives", [{ path: "D:\\a.iso" }]],
    ["New-VM EX1; Add-VMDvdDrive EX1; Add-VMDvdDrive EX1; Set-VMDvdDrive EX1 -Path $p", "dvdDrives", "unknown"],
    ["New-VM EX1; Add-VMDvdDrive EX1; Remove-VMDvdDrive EX1 1 0; Add-VMDvdDrive EX1", "dvdDrives", "unknown"],
    ["New-VM EX1; Add-VMGpuPartitionAdapter -VMName EX1", "gpus", [{ assignment: "partition" }]],
    ["New-VM EX1; Add-VMGpuPartitionAdapter EX1; Remove-VMGpuPartitionAdapter EX1", "gpus", "unknown"],
  ];
  for (const [text, name, expected] of facts) {
    it(`give ${name} in: ${text}`, () => {
      assert.deepEqual(fact(text, name), expected);
    });
  }

  it("give disks: new ones that grow, files that are declared anywhere, and physical ones", () => {
    const text = [
      "New-VM EX1 -NewVHDPath D:\\os.vhdx -NewVHDSizeBytes 40GB",
      "Add-VMHardDiskDrive EX1 -Path D:\\data.vhdx",
      "Add-VMHardDiskDrive EX1 SCSI 0 1 -DiskNumber 2",
      "Add-VMHardDiskDrive EX1 -Path D:\\old.vhdx",
    ].join("\n");
    const { machines } = read(script("s", text), script("disks", "New-VHD d:\\DATA.vhdx 1TB -Fixed"));
    assert.deepEqual(machines[0]?.["disks"], [
      { name: "os.vhdx", type: "dynamic", format: "VHDX", sizeGB: 40, path: "D:\\os.vhdx", ...NEW_DRIVE },
      { name: "data.vhdx", type: "fixed", format: "VHDX", sizeGB: 1024, path: "D:\\data.vhdx", ...NEW_DRIVE },
      { type: "passThrough", ...NEW_DRIVE },
      { name: "old.vhdx", format: "VHDX", path: "D:\\old.vhdx", ...NEW_DRIVE },
    ]);
  });

  describe("change files of disks:", () => {
    const disks = (text: string, ...others: readonly DeclaredResource[]): unknown =>
      read(script("s", text), ...others).machines[0]?.["disks"];
    const OLD = "New-VM EX1 -NewVHDPath D:\\os.vhdx -NewVHDSizeBytes 40GB";
    const os = { name: "os.vhdx", format: "VHDX", path: "D:\\os.vhdx", ...NEW_DRIVE };

    it("their size", () => {
      assert.deepEqual(disks(`${OLD}; Resize-VHD d:/OS.vhdx 80GB`), [{ ...os, type: "dynamic", sizeGB: 80 }]);
      assert.deepEqual(disks(`${OLD}; Resize-VHD D:\\os.vhdx -SizeBytes $size`), [
        { ...os, type: "dynamic", sizeGB: "unknown" },
      ]);
      assert.deepEqual(disks(`${OLD}; Resize-VHD D:\\os.vhdx -ToMinimumSize`), [
        { ...os, type: "dynamic", sizeGB: "unknown" },
      ]);
      assert.deepEqual(disks(`${OLD}; Resize-VHD D:\\other.vhdx 80GB`), [{ ...os, type: "dynamic", sizeGB: 40 }]);
      assert.deepEqual(disks("New-VM EX1 -VHDPath D:\\os.vhdx; Resize-VHD D:\\os.vhdx 80GB"), [{ ...os, sizeGB: 80 }]);
    });

    it("in another script, of which it is not known whether it runs before", () => {
      assert.deepEqual(disks(OLD, script("t", "Resize-VHD D:\\os.vhdx 80GB")), [
        { ...os, type: "dynamic", sizeGB: "unknown" },
      ]);
    });

    it("their type, in a new file", () => {
      const convert = "Convert-VHD D:\\old.vhd D:\\os.vhdx";
      const use = "New-VM EX1 -VHDPath D:\\os.vhdx";
      assert.deepEqual(disks(`New-VHD D:\\old.vhd 40GB; ${convert} -VHDType Fixed; ${use}`), [
        { ...os, type: "fixed", sizeGB: 40 },
      ]);
      assert.deepEqual(disks(`New-VHD D:\\old.vhd 40GB -Fixed; ${convert}; ${use}`), [
        { ...os, type: "fixed", sizeGB: 40 },
      ]);
      assert.deepEqual(disks(`${convert} -VHDType $type; ${use}`), [{ ...os, type: "unknown" }]);
      assert.deepEqual(disks(`${convert} -VHDType Fixed; ${use}`, script("t", "New-VHD D:\\old.vhd 40GB")), [
        { ...os, type: "fixed", sizeGB: 40 },
      ]);
      assert.deepEqual(disks(`${OLD}; Convert-VHD D:\\os.vhdx D:\\new.vhdx -VHDType Fixed`), [
        { ...os, type: "dynamic", sizeGB: 40 },
      ]);
    });

    it("and delete them, after which anything may be there", () => {
      const convert = "Convert-VHD D:\\os.vhdx D:\\new.vhdx -VHDType Fixed -DeleteSource";
      const lost = [{ ...os, type: "unknown", sizeGB: "unknown" }];
      assert.deepEqual(disks(`${OLD}; ${convert}; Move-Item D:\\new.vhdx D:\\os.vhdx`), lost);
      assert.deepEqual(disks(OLD, script("t", convert)), lost);
    });
  });

  it("remove machines, and create them anew", () => {
    const after = (text: string, ...others: readonly DeclaredResource[]) => {
      const { machines, notEvaluated } = read(script("s", text), ...others);
      return { processors: machines.map((machine) => machine["processorCount"]), notEvaluated };
    };
    const make = (count: number): string => `New-VM EX1; Set-VM EX1 -ProcessorCount ${String(count)}`;
    assert.deepEqual(after(`${make(4)}; Remove-VM ex1 -Force`), { processors: [], notEvaluated: [] });
    assert.deepEqual(after(`${make(4)}; Remove-VM EX1; New-VM EX1`), { processors: [1], notEvaluated: [] });
    assert.deepEqual(after(`Remove-VM EX1 -Force; ${make(4)}`), { processors: [4], notEvaluated: [] });
    assert.deepEqual(after("Remove-VM EX1", script("t", make(4))), {
      processors: [4],
      notEvaluated: ["create (Remove-VM)"],
    });
  });

  it("give adapters, with the switch and VLAN of those that are meant", () => {
    const text = [
      "New-VM EX1 -SwitchName LAN",
      "Add-VMNetworkAdapter EX1 -Name Backup -IsLegacy $true",
      "Connect-VMNetworkAdapter EX1 -Name backup -SwitchName B",
      "Get-VMNetworkAdapter EX1 | Set-VMNetworkAdapterVlan -Access -VlanId 5",
      "Set-VMNetworkAdapterVlan EX1 -VMNetworkAdapterName Backup -Access -VlanId 6",
      "Add-VMNetworkAdapter -ManagementOS -Name Cluster -SwitchName LAN",
    ].join("\n");
    assert.deepEqual(fact(text, "networkAdapters"), [
      { name: "Network Adapter", switch: "LAN", kind: "synthetic", vlan: 5, ...NEW_ADAPTER },
      { name: "Backup", switch: "B", kind: "legacy", vlan: 6, ...NEW_ADAPTER },
    ]);
  });

  describe("set adapters:", () => {
    const LAN = { name: "Network Adapter", kind: "synthetic", ...NEW_ADAPTER };
    const set = (text: string): unknown => fact(`New-VM EX1; ${text}`, "networkAdapters");
    const STATIC = { macAddress: "00-15-5E-01-02-03", dynamicMacAddress: false };
    const changes: readonly (readonly [text: string, changed: object])[] = [
      ["Set-VMNetworkAdapter EX1 -StaticMacAddress 00155E010203", STATIC],
      ["Set-VMNetworkAdapter -VMName EX1 -Name 'network adapter' -StaticMacAddress '00:15:5e:01:02:03'", STATIC],
      ["Get-VMNetworkAdapter EX1 | Set-VMNetworkAdapter -StaticMacAddress 00-15-5E-01-02-03", STATIC],
      ["Set-VMNetworkAdapter EX1 -Name other -StaticMacAddress 00155E010203", {}],
      ["Set-VMNetworkAdapter EX1 -StaticMacAddress $mac", { macAddress: "unknown", dynamicMacAddress: "unknown" }],
      ["Set-VMNetworkAdapter EX1 -StaticMacAddress 00155E010203; Set-VMNetworkAdapter EX1 -DynamicMacAddress", {}],
      ["Set-VMNetworkAdapter EX1 -MacAddressSpoofing On", { macAddressSpoofing: true }],
      ["Set-VMNetworkAdapter EX1 -PortMirroring Destination", { portMirroring: "destination" }],
      ["Set-VMNetworkAdapter EX1 -IovWeight 100", { iovWeight: 100 }],
      ["Set-VMNetworkAdapter EX1 -IovWeight $w", { iovWeight: "unknown" }],
      ["Set-VMNetworkAdapter EX1 -MinimumBandwidthWeight 5", { minimumBandwidthWeight: 5 }],
      [
        "Set-VMNetworkAdapter EX1 -MinimumBandwidthAbsolute 200000000 -MaximumBandwidth 1000000000",
        { minimumBandwidthMbps: 200, maximumBandwidthMbps: 1000 },
      ],
      ["Set-VMNetworkAdapter EX1 -MaximumBandwidth 1e9; Set-VMNetworkAdapter EX1 -MaximumBandwidth 0", {}],
      ["Set-VMNetworkAdapter EX1 -DhcpGuard On", {}],
      ["Set-VMNetworkAdapter -ManagementOS -Name 'Network Adapter' -IovWeight 100", {}],
    ];
    for (const [text, changed] of changes) {
      it(text, () => {
        assert.deepEqual(set(text), [{ ...LAN, ...changed }]);
      });
    }

    it("and none is known where it is not known which is meant", () => {
      assert.equal(set("Set-VMNetworkAdapter EX1 -Name $n -IovWeight 100"), "unknown");
    });

    it("and give a new one its MAC address", () => {
      assert.deepEqual(set("Add-VMNetworkAdapter EX1 -Name B -StaticMacAddress 00155E010203"), [
        LAN,
        { ...LAN, name: "B", ...STATIC },
      ]);
    });
  });

  it("give drives their limits, and share them", () => {
    const add = (parameters: string): unknown =>
      fact(`New-VM EX1; Add-VMHardDiskDrive EX1 -Path D:\\a.vhdx ${parameters}`, "disks");
    const disk = { name: "a.vhdx", format: "VHDX", path: "D:\\a.vhdx", ...NEW_DRIVE };
    assert.deepEqual(add("-MinimumIOPS 100 -MaximumIOPS 500"), [{ ...disk, minimumIops: 100, maximumIops: 500 }]);
    assert.deepEqual(add("-MinimumIOPS 0 -MaximumIOPS $most"), [{ ...disk, maximumIops: "unknown" }]);
    for (const shared of ["-SupportPersistentReservations", "-ShareVirtualDisk"]) {
      assert.deepEqual(add(shared), [{ ...disk, supportPersistentReservations: true }]);
    }
  });

  it("leave unknown what a command may set in a machine that is not known, or where it may not run", () => {
    const facts: readonly (readonly [text: string, fact: string])[] = [
      ["Set-VMFirmware $name -EnableSecureBoot On", "secureBoot"],
      ["Set-VMFirmware $name -SecureBootTemplate MicrosoftWindows", "secureBootTemplate"],
      ["Enable-VMTPM $name", "tpm"],
      ["Update-VMVersion $name", "configurationVersion"],
      ["Set-VMProcessor $name -CompatibilityForMigrationEnabled $true", "processorCompatibility"],
      ["Set-VMProcessor $name -ExposeVirtualizationExtensions $true", "nestedVirtualization"],
      ["Set-VMProcessor $name -Reserve 10", "resourceControl"],
      ["Set-VMProcessor $name -Maximum 10", "resourceControl"],
      ["Set-VMProcessor $name -RelativeWeight 10", "resourceControl"],
      ["Set-VMProcessor $name -MaximumCountPerNumaNode 1", "numa"],
      ["Set-VMProcessor $name -MaximumCountPerNumaSocket 1", "numa"],
      ["Set-VMMemory $name -MaximumAmountPerNumaNodeBytes 1GB", "numa"],
      ["Set-VM $name -AutomaticCheckpointsEnabled $true", "automaticCheckpoints"],
      ["Set-VM $name -SnapshotFileLocation D:\\c", "checkpointPath"],
      ["Set-VM $name -SmartPagingFilePath D:\\p", "smartPagingPath"],
      ["Add-VMDvdDrive $name", "dvdDrives"],
      ["Add-VMGpuPartitionAdapter $name", "gpus"],
      ["Set-VMNetworkAdapter $name -IovWeight 1", "networkAdapters"],
    ];
    const machine = vm("ex1");
    for (const [text, name] of facts) {
      const { machines, notEvaluated } = read(machine, script("s", text));
      assert.equal(machines[0]?.[name], "unknown", text);
      assert.equal(notEvaluated.length, 1, text);
      const [conditional] = read(script("s", `New-VM EX1; if ($x) { ${text.replace("$name", "EX1")} }`)).machines;
      assert.match(JSON.stringify(conditional?.[name]), /unknown/, text);
    }
  });

  it("change machines that others declare", () => {
    const created = resource("hyperv:machine:Machine", "ex1", { machineName: "ex1" }, "hv1");
    const { machines } = read(
      created,
      script("s", "Enable-VMTPM EX1; Set-VMFirmware EX1 -EnableSecureBoot On; Add-VMDvdDrive EX1", "hv1"),
    );
    const [machine] = machines;
    assert.deepEqual([machine?.["tpm"], machine?.["secureBoot"], machine?.["dvdDrives"]], [true, true, [{}]]);
    const instance = resource("hyperv:index/machineInstance:MachineInstance", "ex1", { name: "ex1" }, "hv1");
    const commands =
      "Set-VMProcessor EX1 -Reserve 10 -ExposeVirtualizationExtensions 1; Set-VMFirmware EX1 -EnableSecureBoot Off";
    const [changed] = read(instance, script("s", commands, "hv1")).machines;
    assert.deepEqual(
      ["resourceControl", "nestedVirtualization", "secureBoot"].map((name) => changed?.[name]),
      [{ reservePercent: 10 }, true, false],
    );
  });

  it("run on the computer of the connection, or on the one that is named", () => {
    const { machines, estate } = read(
      host("hv1"),
      script("a", "New-VM EX1; New-VM EX2 -ComputerName HV1; New-VMSwitch LAN -SwitchType Private", "hv2.contoso.com"),
      script("b", "Invoke-Command -ComputerName hv1 { New-VM EX3 }; New-VM EX4"),
    );
    assert.deepEqual(
      machines.map(({ name, host: on }) => [name, on]),
      [
        ["EX3", "hv1"],
        ["EX4", undefined],
        ["EX1", "hv2.contoso.com"],
        ["EX2", "hv1"],
      ],
    );
    const implied = estate.hosts.find(({ name }) => name === "hv2.contoso.com");
    assert.deepEqual(unwrapped(implied?.virtualSwitches), [
      { name: "LAN", type: "private", allowManagementOs: true, iov: false, bandwidthMode: "default" },
    ]);
  });

  it("are put together over resources, and unknown where they differ", () => {
    const create = script("a", "New-VM EX1", "hv1");
    const set = (name: string, count: number) => script(name, `Set-VMProcessor ex1 -Count ${String(count)}`, "HV1");
    assert.equal(read(create, set("b", 4)).machines[0]?.["processorCount"], 4);
    assert.equal(read(create, set("b", 4), set("c", 4)).machines[0]?.["processorCount"], 4);
    assert.equal(read(create, set("b", 4), set("c", 2)).machines[0]?.["processorCount"], "unknown");
    const updated = script("a", "New-VM EX1 -Generation 2", "hv1", { update: "Set-VM EX1 -ProcessorCount 8" });
    assert.equal(read(updated).machines[0]?.["processorCount"], 8);
  });

  it("are judged where the machine is created, whichever script comes first", () => {
    const { estate } = read(script("a", "Set-VM EX1 -ProcessorCount 2", "hv1"), script("b", "New-VM EX1", "hv1"));
    assert.deepEqual(
      estate.virtualMachines.map(({ urn, generation }) => [nameOf(urn), nameOf(generation.origin.urn)]),
      [["b", "b"]],
    );
  });

  it("change the machine of their host, and of another one nothing", () => {
    const on = (name: string) => ({ ...vm("EX1", { host: name }), urn: `urn:pulumi:test::kit::vm::${name}` });
    const checkpoints = (...resources: readonly DeclaredResource[]): unknown =>
      read(host("hv1"), host("hv2"), ...resources).machines.map((machine) => [machine["host"], machine["checkpoints"]]);
    const disable = "Set-VM ex1 -CheckpointType Disabled";
    assert.deepEqual(checkpoints(on("hv1"), on("hv2"), script("s", disable, "HV2.contoso.com")), [
      ["hv1", undefined],
      ["hv2", "disabled"],
    ]);
    assert.deepEqual(checkpoints(on("hv1"), script("s", disable)), [["hv1", "disabled"]]);
    assert.deepEqual(checkpoints(vm("EX1"), script("s", disable, "hv2")), [[undefined, "disabled"]]);
  });

  it("keep machines of one name on different hosts apart", () => {
    const on = (name: string, count: number) =>
      script(name, `New-VM EX1; Set-VM EX1 -ProcessorCount ${String(count)}`, name);
    assert.deepEqual(
      read(on("hv1", 2), on("hv2", 4)).machines.map(({ host: at, processorCount }) => [at, processorCount]),
      [
        ["hv1", 2],
        ["hv2", 4],
      ],
    );
  });

  it("fill in what another declaration of a machine or cluster lacks", () => {
    const networks = [{ name: "CSV", purpose: "clusterSharedVolumes", role: "cluster" }];
    const { machines, estate } = read(
      vm("EX1", { processorCount: 2 }),
      cluster("C1", { networks }),
      script("s", "Set-VM EX1 -ProcessorCount 4 -CheckpointType Disabled; (Get-ClusterNetwork csv).Metric = 500"),
    );
    // Which of the two numbers it has in the end is not known.
    assert.deepEqual([machines[0]?.["processorCount"], machines[0]?.["checkpoints"]], ["unknown", "disabled"]);
    assert.deepEqual(unwrapped(estate.clusters[0]?.networks), [
      { ...networks[0], metric: 500, autoMetric: false, defaultGateway: false },
    ]);
  });

  it("create clusters, whose nodes are hosts", () => {
    const { estate } = read(host("hv1"), script("s", "New-Cluster C1 -Node HV1.contoso.com, hv2 -NoStorage"));
    const [c1] = estate.clusters;
    assert.ok(c1);
    assert.deepEqual(unwrapped(estate.nodesOf(c1)), [
      { name: "hv2" },
      unwrapped(estate.hosts.find(({ name }) => name === "hv1")),
    ]);
    assert.equal(read(cluster("c1"), script("s", "New-Cluster C1 -Node hv1")).estate.clusters.length, 1);
  });

  const notFollowed: readonly (readonly [string, readonly string[]])[] = [
    ["foreach ($i in $list) { New-VM EX1; Get-VM }", ["create (New-VM)"]],
    [
      "if ($x) {\n New-VM EX1\n} else {\n Set-VM EX1 -ProcessorCount 2\n}",
      ["create (line 2, New-VM)", "create (line 4, Set-VM)"],
    ],
    ["Get-VM | Set-VM -ProcessorCount 3", ["create (Set-VM)"]],
    ["Set-VM EX* -ProcessorCount 3", ["create (Set-VM)"]],
    ['1..$n | ForEach-Object { New-VM "EX$_" }', ["create (New-VM)"]],
    ["function New-Server { New-VM EX1 }", ["create (New-VM)"]],
    ["a || New-VM EX1", ["create (New-VM)"]],
    ["Get-VM | Remove-VM", ["create (Remove-VM)"]],
    ["New-VHD $path 10GB", ["create (New-VHD)"]],
    ["Resize-VHD $path 10GB", ["create (Resize-VHD)"]],
    ["Get-VHD D:\\a.vhdx | Resize-VHD -SizeBytes 10GB", ["create (Resize-VHD)"]],
    ["Convert-VHD D:\\a.vhdx $path", ["create (Convert-VHD)"]],
    ["Convert-VHD $path $other", ["create (Convert-VHD)"]],
    ["$net.Metric = 500", ["create (Metric)"]],
    ["echo 'New-VM EX1'; ls | grep x", []],
    ["Get-VM EX1 | Stop-VM", []],
    ["Invoke-Command -VMName EX1 { New-VM inner }", []],
  ];
  for (const [text, expected] of notFollowed) {
    it(`are not followed in: ${JSON.stringify(text)}`, () => {
      const { machines, notEvaluated } = read(script("s", text));
      assert.deepEqual({ machines, notEvaluated }, { machines: [], notEvaluated: expected });
    });
  }

  it("report in one advice a resource what is not checked", () => {
    const text = "New-VM EX1\nSet-VMProcessor EX1 -Count $n\nGet-VM | Set-VM -ProcessorCount 3";
    const placed = [host("hv1"), script("s", text, "hv1")];
    assert.deepEqual(judge(guestProcessorCount, placed).undecided, [
      "s: create (line 2, Set-VMProcessor).Count is not known until deployment: not checked by " +
        "guest-processor-count. create (line 3, Set-VM) can only be evaluated when it runs: not judged.",
    ]);
  });

  it("report arguments that cannot be read", () => {
    const estate = readEstate([script("s", "New-VM EX1 -Generation 3\nSet-VM EX1 -ProcessorCount four")], true);
    assert.deepEqual(problemsOf(estate), [
      "s: create (line 1, New-VM).Generation is 3 → Use a whole number from 1 to 2.",
      's: create (line 2, Set-VM).ProcessorCount is "four" → Use a whole number from 1 to 65536.',
    ]);
  });

  describe("that cannot be read at all", () => {
    const local = (properties: PlainObject) => resource("command:local:Command", "s", properties);
    const remote = (on: Plain, create: Plain = UNKNOWN) =>
      resource("command:remote:Command", "s", { create, connection: { host: on } });
    const told = (...resources: readonly DeclaredResource[]) => read(...resources).notEvaluated;

    it("are reported where they are PowerShell for certain", () => {
      assert.deepEqual(told(local({ create: UNKNOWN, interpreter: ["pwsh", "-Command"] })), ["create"]);
      assert.deepEqual(told(local({ create: "powershell -Command -", stdin: UNKNOWN })), ["stdin"]);
    });

    it("are ignored in programs that have nothing to do with Hyper-V", () => {
      const others: readonly Plain[] = [null, UNKNOWN, [], ["/bin/bash", "-c"], [UNKNOWN]];
      for (const interpreter of others) {
        assert.deepEqual(told(local({ create: UNKNOWN, interpreter })), []);
      }
      assert.deepEqual(told(local({ create: "sh", stdin: UNKNOWN }), local({ create: "pwsh -File a.ps1" })), []);
      assert.deepEqual(told(remote("hv1"), remote(UNKNOWN), remote("hv1", "powershell -File a.ps1")), []);
    });

    it("are reported beside declarations of Hyper-V, unless they run on a computer that is not one of its hosts", () => {
      const hv1 = host("hv1");
      assert.deepEqual(told(hv1, local({ create: UNKNOWN, update: UNKNOWN })), ["create", "update"]);
      assert.deepEqual(told(hv1, local({ create: "pwsh -File a.ps1" })), ["create"]);
      assert.deepEqual(told(hv1, local({ create: "sh", stdin: UNKNOWN })), []);
      const hosts: readonly Plain[] = [UNKNOWN, "HV1", "hv1.contoso.com"];
      for (const on of hosts) assert.deepEqual(told(hv1, remote(on)), ["create"]);
      for (const on of ["web1", "10.0.0.1"]) assert.deepEqual(told(hv1, remote(on)), []);
    });

    it("are reported once, in one advice a resource", () => {
      assert.deepEqual(
        judge(guestProcessorCount, [host("hv1"), local({ create: UNKNOWN, update: UNKNOWN })]).undecided,
        ["s: create and update are not known until deployment: not judged."],
      );
    });
  });
});

describe("calls of PowerShell from another shell", () => {
  const cases: readonly (readonly [string, ReturnType<typeof callOf>])[] = [
    ["New-VM EX1", { kind: "none" }],
    ['powershell -Command "New-VM \\"EX 1\\" -X \\$true"', { kind: "script", script: 'New-VM "EX 1" -X $true' }],
    ["pwsh -NoProfile -ExecutionPolicy Bypass -c 'New-VM EX1'", { kind: "script", script: "New-VM EX1" }],
    ["C:\\Windows\\System32\\powershell.exe -NoLogo New-VM EX1", { kind: "script", script: "New-VM EX1" }],
    ["powershell -Command New-VM EX1", { kind: "script", script: "New-VM EX1" }],
    ["powershell -Command -", { kind: "input" }],
    ["powershell -", { kind: "input" }],
    ["pwsh", { kind: "input" }],
    ["powershell -File a.ps1", { kind: "elsewhere" }],
    ["powershell -enc AAAA", { kind: "elsewhere" }],
    ["", { kind: "none" }],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(callOf(text), expected);
    });
  }

  it("take their script from the input where they ask for it", () => {
    const { machines } = read(script("s", "powershell -Command -", undefined, { stdin: "New-VM EX1" }));
    assert.deepEqual(
      machines.map(({ name }) => name),
      ["EX1"],
    );
    assert.deepEqual(read(script("s", "sh", undefined, { stdin: "New-VM EX1" })).machines, []);
  });
});

describe("the dialects of Hyper-V, fed anything", () => {
  const TYPES = [
    "hyperv:index/machineInstance:MachineInstance",
    "hyperv:index/vhd:Vhd",
    "hyperv:index/networkSwitch:NetworkSwitch",
    "hyperv:index/vm:Vm",
    "hyperv:index/virtualSwitch:VirtualSwitch",
    "hyperv:machine:Machine",
    "hyperv:vhdfile:VhdFile",
    "hyperv:virtualswitch:VirtualSwitch",
    "hyperv:networkadapter:NetworkAdapter",
    "command:local:Command",
    "command:remote:Command",
  ];
  const NAMES = (
    "name processorCount memoryStartupBytes dynamicMemory hardDiskDrives networkAdaptors integrationServices path size vhdType " +
    "parentPath switchType netAdapterNames cpu memory sizeBytes sourcePath machineName memorySize hardDrives networkAdapters " +
    "diskType netAdapterName vmName create update stdin connection checkpointType automaticStopAction generation"
  ).split(" ");
  const leaf: fc.Arbitrary<Plain> = fc.oneof(
    fc.constantFrom<Plain>(
      null,
      true,
      UNKNOWN,
      "Fixed",
      "4",
      "New-VM EX1",
      "powershell -",
      "(Get-VM x).y = 1",
      "@'",
      -1,
    ),
    fc.string(),
    fc.double(),
  );
  const object = (inner: fc.Arbitrary<Plain>): fc.Arbitrary<PlainObject> =>
    fc.dictionary(
      fc.oneof(fc.constantFrom(...NAMES, "host", "count", "startupBytes", "diskNumber"), fc.string()),
      inner,
    );
  const nested = fc.oneof(
    leaf,
    fc.array(object(leaf), { maxLength: 3 }),
    object(leaf),
    fc.array(leaf, { maxLength: 3 }),
  );
  const properties = fc.dictionary(fc.constantFrom(...NAMES), nested, { maxKeys: 12 });

  for (const type of TYPES) {
    it(`${type} never fails, and takes less than a millisecond`, () => {
      assert.ok(DIALECTS.some((dialect) => dialect.readerOf(type) !== undefined));
      const samples = fc.sample(properties, { numRuns: 1000, seed: 1 });
      const resources = samples.map((each, index) => resource(type, `r${String(index)}`, each, "hv1"));
      const start = process.cpuUsage();
      const estate = readEstate(resources, true);
      const { user, system } = process.cpuUsage(start);
      const defects = problemsOf(estate).filter((problem) => problem.includes("defect"));
      assert.deepEqual(defects, []);
      assert.ok((user + system) / 1000 < resources.length, `${String((user + system) / 1000)} ms`);
    });
  }
});
