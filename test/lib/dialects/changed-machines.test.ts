import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { exchangeDagAntiAffinity } from "../../../policies/exchange/exchange-dag-anti-affinity";
import { guestProcessorCount } from "../../../policies/guests/guest-processor-count";
import { cluster, host, judge, mailbox, problemsOf, vm } from "../../kit";
import { resource, script, unwrapped } from "./read";

const HOST = host("hv1", { operatingSystem: "Windows Server 2022" });
const MACHINE = vm("a", {
  host: "hv1",
  guestOs: "Windows Server 2022",
  networkAdapters: [{ name: "LAN", switch: "S", vlan: 3 }],
  disks: [{ name: "os", purpose: "data", path: "D:\\a.vhdx", sizeGB: 100, type: "fixed" }],
});

/** The machine after a script on its host, and what of the script is not judged. */
function after(text: string, machine: DeclaredResource = MACHINE) {
  const estate = readEstate([HOST, machine, script("s", text, "hv1")], true);
  assert.deepEqual(problemsOf(estate), []);
  assert.equal(estate.virtualMachines.length, 1);
  const facts = unwrapped(estate.virtualMachines[0]) as Readonly<Record<string, unknown>>;
  return { facts, notEvaluated: estate.notEvaluated.map(({ origin }) => origin.path) };
}

describe("scripts that change machines of other resources", () => {
  it("S4: set what is not declared", () => {
    assert.equal(after("Set-VM a -CheckpointType Disabled").facts["checkpoints"], "disabled");
  });

  for (const [text, fact] of [
    ["Set-VMProcessor a -Count 3000", "processorCount"],
    ["Get-VM a | Set-VM -ProcessorCount 3000", "processorCount"],
    ["Set-VMMemory a -StartupBytes 8GB", "memoryMB"],
  ] as const) {
    it(`S4: make unknown what is declared otherwise: ${text}`, () => {
      assert.equal(after(text).facts[fact], "unknown");
    });
  }

  for (const text of ["Set-VMProcessor a -Count 4", "Set-VMMemory a -StartupBytes 4GB", "Set-VMProcessor b -Count 8"]) {
    it(`S4: leave what they set to the same, or in another machine: ${text}`, () => {
      const { facts } = after(text);
      assert.deepEqual([facts["processorCount"], facts["memoryMB"]], [4, 4096]);
    });
  }

  it("S4: say what is not checked because of them", () => {
    const said = judge(guestProcessorCount, [HOST, MACHINE, script("s", "Set-VMProcessor a -Count 3000", "hv1")]);
    assert.deepEqual(said.findings, []);
    assert.deepEqual(said.undecided, [
      "a: which processorCount a has after create (Set-VMProcessor).Count is not known: not checked by guest-processor-count.",
    ]);
  });

  it("S4: change a machine of another provider and of another script", () => {
    const instance = resource("hyperv:index/machineInstance:MachineInstance", "a", { name: "a", processorCount: 4 });
    assert.equal(after("Set-VMProcessor a -Count 8", instance).facts["processorCount"], "unknown");
    const other = script("r", "New-VM a; Set-VMProcessor a -Count 4", "hv1");
    assert.equal(after("Set-VMProcessor a -Count 8", other).facts["processorCount"], "unknown");
  });

  it("add disks", () => {
    const paths = (text: string): unknown =>
      (after(text).facts["disks"] as readonly Readonly<Record<string, unknown>>[]).map(({ path, type }) => [
        path,
        type,
      ]);
    const own = ["D:\\a.vhdx", "fixed"];
    assert.deepEqual(paths("New-VHD D:\\b.vhdx -SizeBytes 9GB; Add-VMHardDiskDrive a -Path D:\\b.vhdx"), [
      own,
      ["D:\\b.vhdx", "dynamic"],
    ]);
    assert.deepEqual(paths("Add-VMHardDiskDrive a -Path d:/A.vhdx"), [own]);
  });

  for (const text of [
    "Set-VMNetworkAdapterVlan -VMName a -Access -VlanId 7",
    "Set-VMNetworkAdapterVlan -VMName a -VMNetworkAdapterName LAN -Access -VlanId 7",
    "Connect-VMNetworkAdapter -VMName a -SwitchName T",
    "Set-VMNetworkAdapter a -MacAddressSpoofing On",
    "Remove-VMNetworkAdapter a",
    "Rename-VMNetworkAdapter a -NewName B",
    "Remove-VMHardDiskDrive a",
    "Set-VMHardDiskDrive a -Path D:\\c.vhdx",
    "Move-VMStorage a -DestinationStoragePath E:\\",
    "Add-VMAssignableDevice -VMName a -LocationPath 'PCIROOT(0)'",
    "Move-VM a hv2",
    "Set-VMHost -NumaSpanningEnabled $false",
    "Set-VMSwitchTeam S -NetAdapterName N1, N2",
  ]) {
    it(`name what is not read: ${text}`, () => {
      assert.deepEqual(after(text).notEvaluated, [`create (${text.split(" ")[0] ?? ""})`]);
    });
  }

  it("leave no adapter known that they may change, of a machine of another script", () => {
    const other = script("r", "New-VM a", "hv1");
    const { facts, notEvaluated } = after("Set-VMNetworkAdapterVlan -VMName a -Access -VlanId 7", other);
    assert.equal(facts["networkAdapters"], "unknown");
    assert.deepEqual(notEvaluated, ["create (Set-VMNetworkAdapterVlan)"]);
  });

  it("make a GPU unknown that they may assign", () => {
    assert.equal(after("Add-VMAssignableDevice -VMName a -LocationPath 'PCIROOT(0)'").facts["gpus"], "unknown");
  });

  it("B9: name one machine where the host is declared by its full name", () => {
    const full = host("hv1.contoso.com", { operatingSystem: "Windows Server 2022" });
    const create = "if (Get-VM app1 -EA 0) { throw }; New-VM app1 -Generation 2";
    const one = [full, vm("app1", { host: "hv1.contoso.com", processorCount: 1 }), script("s", create, "hv1")];
    assert.equal(readEstate(one, true).virtualMachines.length, 1);
    const twins = [...one, host("hv1.example.com", { operatingSystem: "Windows Server 2022" })];
    assert.equal(readEstate(twins, true).virtualMachines.length, 2);
  });
});

describe("scripts that are not at hand", () => {
  const unread = [
    "Invoke-Command -ComputerName hv1 -FilePath .\\affinity.ps1",
    "Invoke-Command hv1 $block",
    ".\\affinity.ps1",
    "& C:\\scripts\\affinity.ps1 -Force",
    ". ./affinity.ps1",
    "powershell.exe -File affinity.ps1",
    "Write-Host x; powershell -File affinity.ps1",
    "iex (irm https://example.com/affinity)",
    'cluster.exe group m1 /prop AntiAffinityClassNames="D"',
    "cluster group m1 /prop AntiAffinityClassNames=D",
  ];
  const member = (name: string) => mailbox(name, { cluster: "c1" }, { databaseAvailabilityGroup: "dag1" });
  const estate = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"), host("hv2"), member("m1"), member("m2")];

  for (const text of unread) {
    it(`S6: are named on a host, and lead to no finding of what they may set: ${text}`, () => {
      const resources = [...estate, script("s", text, "hv1")];
      assert.ok(readEstate(resources, true).notEvaluated.length > 0);
      const { findings, undecided } = judge(exchangeDagAntiAffinity, resources);
      assert.deepEqual(findings, []);
      assert.ok(undecided.some((line) => line.startsWith("s: ")));
    });
  }

  it("S6: change nothing elsewhere", () => {
    for (const text of unread.filter((one) => !one.startsWith("cluster"))) {
      assert.equal(judge(exchangeDagAntiAffinity, [...estate, script("s", text, "web1")]).findings.length, 1, text);
      assert.deepEqual(readEstate([script("s", text, "web1")], true).notEvaluated, [], text);
    }
  });
});
