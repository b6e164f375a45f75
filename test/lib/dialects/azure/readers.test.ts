import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import { DISK_FACTS } from "../../../../lib/estate/model";
import type { PlainObject } from "../../../../lib/estate/plain";
import { Session } from "../../../../lib/judging/session";
import { exchangeFixedDisks } from "../../../../policies/exchange/exchange-fixed-disks";
import { host, problemsOf } from "../../../kit";
import { estateOf, findingsIn, plainly, resource, said, UNKNOWN } from "./declare";

const LOCAL = "/subscriptions/s/resourceGroups/RG/providers/Microsoft.AzureStackHCI";

function local(type: string, name: string, properties: PlainObject): DeclaredResource {
  return resource(`azure-native:azurestackhci:${type}`, name, properties);
}

function disksOf(resources: readonly DeclaredResource[]): unknown {
  return estateOf(resources).virtualMachines.map(({ disks }) => plainly(disks));
}

const EXCHANGE = { "hyperv-guard:exchange": "Exchange 2019", "hyperv-guard:exchangeRoles": "Mailbox" };

describe("the tags of an Exchange server", () => {
  const tagged = (tags: PlainObject) => {
    const estate = estateOf([local("VirtualMachineInstance", "ex1", { tags })]);
    return {
      facts: estate.virtualMachines.map(({ exchange }) => said(plainly(exchange))),
      problems: problemsOf(estate),
    };
  };

  it("give its version and its roles, or which of them is missing", () => {
    assert.deepEqual(tagged(EXCHANGE), {
      facts: [{ version: "2019", isTakenAsRtm: false, roles: ["mailbox"] }],
      problems: [],
    });
    const noVersion = "ex1: tags.hyperv-guard:exchange is missing → Give the version of Exchange.";
    const noRoles = "ex1: tags.hyperv-guard:exchangeRoles is missing → Give the server roles.";
    assert.deepEqual(tagged({ "hyperv-guard:exchange": "Exchange 2019" }).problems, [noRoles]);
    assert.deepEqual(tagged({ "hyperv-guard:exchangeRoles": "Mailbox" }).problems, [noVersion]);
    assert.deepEqual(tagged({ "hyperv-guard:databaseAvailabilityGroup": "DAG1" }).problems, [noVersion, noRoles]);
    assert.deepEqual(tagged({ "hyperv-guard:exchange": UNKNOWN, "hyperv-guard:exchangeRoles": UNKNOWN }).problems, []);
    assert.deepEqual(tagged({ "hyperv-guard:host": "hv1" }), { facts: ["absent"], problems: [] });
  });
});

const NO_DISK_FACTS = Object.fromEntries(DISK_FACTS.map((fact) => [fact, "absent"]));

describe("Azure Local", () => {
  const instance = local("VirtualMachineInstance", "ex1", {
    resourceUri: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/EX1",
    storageProfile: { dataDisks: [{ id: `${LOCAL}/virtualHardDisks/Databases` }] },
    networkProfile: { networkInterfaces: [{ id: `${LOCAL}/networkInterfaces/nic1` }] },
  });
  const disk = (group: string, dynamic: boolean) =>
    local("VirtualHardDisk", `disk-in-${group}`, {
      resourceGroupName: group,
      virtualHardDiskName: "databases",
      dynamic,
      diskFileFormat: "vhdx",
      diskSizeGB: 500,
      containerId: `${LOCAL}/storageContainers/volume1`,
    });
  const container = local("StorageContainer", "container", {
    resourceGroupName: "rg",
    storageContainerName: "Volume1",
    path: "C:\\ClusterStorage\\Volume1",
  });

  it("finds a disk by its id, in its own group, and where it lies", () => {
    assert.deepEqual(disksOf([instance, disk("other", true), disk("rg", false), container]), [
      [
        {
          ...NO_DISK_FACTS,
          name: "databases",
          purpose: "data",
          type: "fixed",
          format: "VHDX",
          sizeGB: 500,
          storage: "C:\\ClusterStorage\\Volume1",
        },
      ],
    ]);
  });

  it("reports nothing of disks that are declared elsewhere", () => {
    assert.deepEqual(disksOf([instance]), [[NO_DISK_FACTS]]);
  });

  it("finds the switch and the VLAN of an adapter through its network", () => {
    const resources = [
      instance,
      local("NetworkInterface", "nic", {
        networkInterfaceName: "nic1",
        ipConfigurations: [{ properties: { subnet: { id: `${LOCAL}/logicalNetworks/servers` } } }],
      }),
      local("LogicalNetwork", "net", {
        logicalNetworkName: "servers",
        vmSwitchName: "ConvergedSwitch(compute)",
        subnets: [{ vlan: 20 }],
      }),
    ];
    const [vm] = estateOf(resources).virtualMachines;
    assert.deepEqual(said(plainly(vm?.networkAdapters)), [
      {
        name: "nic1",
        switch: "ConvergedSwitch(compute)",
        kind: "synthetic",
        vlan: 20,
        dynamicMacAddress: true,
        logicalNetwork: "servers",
      },
    ]);
  });

  it("is the host version of its machines, whose limits hold without a declared host", () => {
    const wrong = local("VirtualMachineInstance", "big", {
      resourceUri: UNKNOWN,
      osProfile: { computerName: "big" },
      hardwareProfile: { processors: 4000, memoryMB: 4096 },
      storageProfile: { imageReference: { id: `${LOCAL}/marketplaceGalleryImages/ws2022` } },
    });
    const image = local("MarketplaceGalleryImage", "image", {
      marketplaceGalleryImageName: "ws2022",
      hyperVGeneration: "V2",
      identifier: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter-core-g2" },
    });
    const found = findingsIn([wrong, image]);
    assert.deepEqual(
      found.map((finding) => finding.split(",")[0]),
      ["guest-processor-count big: big has 4000 virtual processors"],
    );
  });

  describe("deploys a cluster", () => {
    const intents = (adapters: string, traffic: string, overrides: string) => [
      { name: "Compute", [adapters]: ["p1", "p2"], [traffic]: ["Management", "Compute"] },
      { name: "Storage", [adapters]: ["p3"], [traffic]: ["Storage"], [overrides]: { networkDirect: "Enabled" } },
    ];
    const data = (declaredIntents: readonly PlainObject[]): PlainObject => ({
      cluster: { name: "cl1", witnessType: "Cloud", cloudAccountName: "witness" },
      physicalNodes: [{ name: "n1" }, { name: "n2" }],
      hostNetwork: {
        intents: declaredIntents,
        storageNetworks: ["P3", "p4"].map((name) => ({ networkAdapterName: name })),
      },
    });
    const native = (deploymentData: PlainObject) =>
      local("DeploymentSetting", "deployment", {
        clusterName: "arm",
        deploymentConfiguration: { scaleUnits: [{ deploymentData }] },
      });
    const classic = resource("azure:stack/hciDeploymentSetting:HciDeploymentSetting", "deployment", {
      scaleUnits: [data(intents("adapters", "trafficTypes", "adapterPropertyOverride"))],
    });
    const whole = native(data(intents("adapter", "trafficType", "adapterPropertyOverrides")));

    for (const [name, deployment] of [
      ["azure-native", whole],
      ["the classic provider", classic],
    ] as const) {
      it(`of hosts with the switches and adapters of its intents: ${name}`, () => {
        const estate = estateOf([deployment]);
        assert.deepEqual(problemsOf(estate), []);
        const virtualSwitch = {
          name: "ConvergedSwitch(compute)",
          type: "external",
          networkAdapters: ["p1", "p2"],
          allowManagementOs: true,
          embeddedTeaming: true,
        };
        const adapters = [
          ...["p1", "p2"].flatMap((one) =>
            ["management", "virtualMachines"].map((purpose) => ({ name: one, purpose })),
          ),
          { name: "p3", purpose: "clusterSharedVolumes", rdma: true },
          { name: "p4", purpose: "clusterSharedVolumes" },
        ];
        assert.deepEqual(
          estate.hosts.map(({ name: on, operatingSystem, virtualSwitches, networkAdapters }) =>
            said(plainly([on, operatingSystem, virtualSwitches, networkAdapters])),
          ),
          ["n1", "n2"].map((on) => [on, "azure-local", [virtualSwitch], adapters]),
        );
        const [cluster] = estate.clusters;
        assert(cluster);
        assert.deepEqual(
          [cluster.name, plainly(cluster.quorum), estate.knownNodesOf(cluster).map((node) => node.name)],
          ["cl1", { type: "Cloud", witness: "witness" }, ["n1", "n2"]],
        );
      });
    }

    it("with which nothing is wrong", () => {
      assert.deepEqual(findingsIn([whole]), []);
      const converged = [{ name: "All", adapter: ["p1", "p2"], trafficType: ["Management", "Compute", "Storage"] }];
      assert.deepEqual(findingsIn([native({ ...data(converged), hostNetwork: { intents: converged } })]), []);
    });

    it("with more nodes than a hyperconverged one may have, and virtual machines behind one adapter", () => {
      const physicalNodes = Array.from({ length: 17 }, (_, index) => ({ name: `n${String(index)}` }));
      const converged = [{ name: "All", adapter: ["p1", "p2"], trafficType: ["Management", "Compute", "Storage"] }];
      const network = { ...data(converged), hostNetwork: { intents: converged } };
      assert.deepEqual(findingsIn([native({ ...network, physicalNodes })]), [
        "undecided deployment: deployment is not declared: not checked by cluster-size.",
      ]);
      const single = [
        { name: "Compute", adapter: ["p1"], trafficType: ["Compute"] },
        { name: "Other", adapter: ["p2", "p3"], trafficType: ["Management", "Storage"] },
      ];
      assert.deepEqual(findingsIn([native({ physicalNodes: [{ name: "n1" }], hostNetwork: { intents: single } })]), [
        'vm-network-redundancy deployment: n1 connects its virtual machines over "p1" alone.',
      ]);
    });

    it("of hosts that components add facts to", () => {
      const estate = estateOf([
        whole,
        host("n1", {
          operatingSystem: "Azure Local",
          networkAdapters: [{ name: "p1", purpose: "management", speedMbps: 10000 }],
        }),
      ]);
      assert.deepEqual(problemsOf(estate), []);
      assert.deepEqual(
        estate.hosts.map(({ name, memoryMB, networkAdapters }) => [
          name,
          plainly(memoryMB),
          networkAdapters.state === "known"
            ? networkAdapters.value.map((one) => plainly(one.name))
            : networkAdapters.state,
        ]),
        [
          ["n2", "absent", ["p1", "p1", "p2", "p2", "p3", "p4"]],
          ["n1", 65_536, ["p1", "p2", "p2", "p3", "p4"]],
        ],
      );
    });

    it("of nodes that are not known yet", () => {
      const estate = estateOf([native({ physicalNodes: UNKNOWN })]);
      const [cluster] = estate.clusters;
      assert.deepEqual([cluster?.name, cluster && estate.nodesOf(cluster).state], ["arm", "unknown"]);
    });
  });

  it("has the nodes of a cluster, and their memory, once it has been read", () => {
    const declared = local("Cluster", "cluster", { clusterName: "cl1", reportedProperties: UNKNOWN });
    assert.deepEqual([estateOf([declared]).clusters, findingsIn([declared])], [[], []]);
    const nodes = ["n1", "n2"].map((name) => ({ name, memoryInGiB: 512, coreCount: 32 }));
    const read = local("Cluster", "cluster", { reportedProperties: { clusterName: "cl1", nodes } });
    const deployment = local("DeploymentSetting", "deployment", {
      deploymentConfiguration: {
        scaleUnits: [{ deploymentData: { cluster: { name: "CL1" }, physicalNodes: [{ name: "n1" }, { name: "n2" }] } }],
      },
    });
    for (const resources of [[read], [deployment, read]]) {
      const estate = estateOf(resources);
      assert.deepEqual(problemsOf(estate), []);
      assert.deepEqual(
        estate.hosts.map(({ name, memoryMB, operatingSystem }) => plainly([name, memoryMB, operatingSystem])),
        ["n1", "n2"].map((name) => [name, 524_288, "azure-local"]),
      );
      assert.deepEqual(
        estate.clusters.map((one) => [one.name, estate.knownNodesOf(one).length]),
        [["cl1", 2]],
      );
    }
  });

  it("does not know what a named size has, and reports it once", () => {
    const sized = (hardwareProfile: PlainObject): unknown => {
      const [vm] = estateOf([
        local("VirtualMachine", "vm1", { virtualMachineName: "vm1", hardwareProfile }),
      ]).virtualMachines;
      return plainly([vm?.processorCount, vm?.memoryMB]);
    };
    assert.deepEqual(sized({ vmSize: "Custom", processors: 4, memoryMB: 8192 }), [4, 8192]);
    assert.deepEqual(sized({ vmSize: "Default", processors: 4 }), [4, "unknown"]);
    assert.deepEqual(sized({ processors: 4, memoryMB: 8192 }), [4, 8192]);
    assert.deepEqual(sized({ vmSize: UNKNOWN, processors: 4 }), [4, "unknown"]);
    assert.deepEqual(sized({ vmSize: "Standard_D2s_v3", processors: 4, memoryMB: 8192 }), ["unknown", "unknown"]);
    const named = local("VirtualMachine", "vm1", {
      virtualMachineName: "vm1",
      hardwareProfile: { vmSize: "Standard_A2_v2" },
      tags: { "hyperv-guard:guestOs": "Windows Server 2022" },
    });
    assert.deepEqual(findingsIn([named]), [
      "undecided vm1: the hardware of the vmSize Standard_A2_v2 is not known: not checked by guest-memory and guest-processor-count.",
    ]);
  });
});

describe("System Center VMM", () => {
  const vmm = (type: string, name: string, properties: PlainObject) =>
    resource(`azure-native:scvmm:${type}`, name, properties);
  const templateId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ScVmm/virtualMachineTemplates/large";
  const template = vmm("VirtualMachineTemplate", "template", {
    resourceGroupName: "rg",
    virtualMachineTemplateName: "large",
    cpuCount: 16,
    memoryMB: 32_768,
    dynamicMemoryEnabled: "True",
    dynamicMemoryMinMB: 1024,
    dynamicMemoryMaxMB: 65_536,
    generation: 2,
  });
  const sizes = (hardwareProfile: PlainObject): unknown => {
    const vm = vmm("VirtualMachineInstance", "vm1", {
      resourceUri: UNKNOWN,
      infrastructureProfile: { vmName: "vm1", templateId },
      hardwareProfile,
    });
    const [read] = estateOf([vm, template]).virtualMachines;
    assert(read);
    const dynamic = read.dynamicMemory;
    return plainly([read.processorCount, read.memoryMB, dynamic.state === "known" ? dynamic.value.maximumMB : dynamic]);
  };

  it("sizes a machine by its template where it has none itself", () => {
    assert.deepEqual(sizes({}), [16, 32_768, 65_536]);
    assert.deepEqual(sizes({ cpuCount: 4 }), [4, 32_768, 65_536]);
  });

  it("keeps the memory static that is declared static", () => {
    assert.deepEqual(sizes({ dynamicMemoryEnabled: "false" }), [16, 32_768, "absent"]);
  });
});

describe("a machine of Azure Arc", () => {
  const guestOf = (properties: PlainObject): unknown => {
    const machine = resource("azure-native:hybridcompute:Machine", "m", {
      resourceGroupName: "rg",
      machineName: "ex1",
      ...properties,
    });
    const resourceUri = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/ex1";
    const [vm] = estateOf([
      machine,
      resource("azure-native:scvmm:VirtualMachineInstance", "ex1", { resourceUri }),
    ]).virtualMachines;
    return vm?.guestOs.state === "known" ? vm.guestOs.value.product : vm?.guestOs.state;
  };

  it("names the guest of its virtual machine once it has been read, unless a tag does", () => {
    assert.equal(guestOf({ osSku: "Windows Server 2022 Datacenter" }), "windows-server-2022");
    const tags = { "hyperv-guard:guestOs": "Windows Server 2019" };
    assert.equal(guestOf({ osSku: "Windows Server 2022 Datacenter", tags }), "windows-server-2019");
    assert.equal(guestOf({ tags: UNKNOWN }), "unknown");
    for (const osSku of [null, "Haiku R1"]) assert.equal(guestOf({ osSku }), "absent");
    assert.equal(guestOf({ osSku: UNKNOWN }), "absent");
  });
});

describe("tags", () => {
  it("add the facts of a virtual machine that its type has no property for, and do not change those that it has", () => {
    const tags = {
      "hyperv-guard:secureBoot": "false",
      "hyperv-guard:secureBootTemplate": "MicrosoftWindows",
      "hyperv-guard:tpm": "True",
      "hyperv-guard:configurationVersion": "10.0",
      "hyperv-guard:processorCompatibility": "false",
      "hyperv-guard:nestedVirtualization": "true",
      "hyperv-guard:role": "domain controller, DNS server",
      "hyperv-guard:group": "directory",
    };
    const facts = {
      secureBoot: false,
      secureBootTemplate: "MicrosoftWindows",
      tpm: true,
      configurationVersion: "10.0",
      processorCompatibility: false,
      nestedVirtualization: true,
      role: ["domain controller", "DNS server"],
      group: "directory",
    };
    const read = (type: string, properties: PlainObject): unknown => {
      const estate = estateOf([resource(type, "ex1", { ...properties, tags })]);
      assert.deepEqual(problemsOf(estate), []);
      const machine = plainly(estate.virtualMachines[0]) as Record<string, unknown>;
      return Object.fromEntries(Object.keys(facts).map((name) => [name, machine[name]]));
    };
    assert.deepEqual(read("azure-native:scvmm:VirtualMachine", { vmName: "ex1" }), facts);
    assert.deepEqual(read("azure-native:compute:VirtualMachine", { vmName: "ex1" }), facts);
    const securityProfile = { enableTPM: false, uefiSettings: { secureBootEnabled: true } };
    assert.deepEqual(read("azure-native:azurestackhci:VirtualMachine", { securityProfile }), {
      ...facts,
      secureBoot: true,
      tpm: false,
    });
    const vmmHardware = { hardwareProfile: { limitCpuForMigration: "true" } };
    assert.deepEqual(read("azure-native:scvmm:VirtualMachine", vmmHardware), {
      ...facts,
      processorCompatibility: true,
    });
    // A default gives way to a tag.
    assert.deepEqual(read("azure-native:azurestackhci:VirtualMachine", { securityProfile: {} }), facts);
  });

  it("that say neither true nor false of what is one of them are reported", () => {
    const machine = resource("azure-native:scvmm:VirtualMachine", "ex1", { tags: { "hyperv-guard:tpm": "on" } });
    assert.deepEqual(problemsOf(estateOf([machine])), ['ex1: tags.hyperv-guard:tpm is "on" → Use true or false.']);
  });

  const machine = (tags: PlainObject) => resource("azure-native:scvmm:VirtualMachine", "ex1", { vmName: "ex1", tags });

  it("that hyperv-guard does not have, or cannot read, are reported", () => {
    const estate = estateOf([
      machine({ "hyperv-guard:hots": "hv1", "hyperv-guard:guestOs": "Windows 2022 R7", owner: "me" }),
    ]);
    assert.deepEqual(problemsOf(estate), [
      'ex1: tags.hyperv-guard:guestOs is "Windows 2022 R7": no operating system in the support tables has this name → ' +
        'Use a name such as "Windows Server 2012 R2", "Windows Server 2003 R2", "Windows Server 2008 R2".',
      "ex1: tags.hyperv-guard:hots is not a tag of hyperv-guard → Use one of: hyperv-guard:host, hyperv-guard:role, " +
        "hyperv-guard:group, hyperv-guard:tpm, hyperv-guard:guestOs, hyperv-guard:cluster, hyperv-guard:edition, " +
        "hyperv-guard:purpose, hyperv-guard:storage, hyperv-guard:exchange, hyperv-guard:secureBoot, " +
        "hyperv-guard:architecture, hyperv-guard:exchangeRoles, hyperv-guard:secureBootTemplate, " +
        "hyperv-guard:configurationVersion, hyperv-guard:nestedVirtualization, hyperv-guard:antiAffinityClassNames, " +
        "hyperv-guard:processorCompatibility, hyperv-guard:databaseAvailabilityGroup; or remove it.",
    ]);
  });

  it("make a virtual machine of Azure one of the estate, and only they do", () => {
    const azure = (tags: PlainObject) =>
      resource("azure-native:compute:VirtualMachine", "ex2", {
        vmName: "ex2",
        tags,
        host: { id: "/x/hosts/dedicated1" },
      });
    assert.deepEqual(estateOf([azure({ owner: "me" })]).virtualMachines, []);
    const [vm] = estateOf([azure(EXCHANGE)]).virtualMachines;
    assert.deepEqual(plainly([vm?.name, vm?.host]), ["ex2", "dedicated1"]);
  });

  it("are asked for once, however many machines have none", () => {
    const machines = Array.from({ length: 50 }, (_, index) =>
      resource("azure-native:scvmm:VirtualMachineInstance", `vm${String(index)}`, {
        resourceUri: UNKNOWN,
        infrastructureProfile: { vmName: `vm${String(index)}`, generation: 2 },
        hardwareProfile: {
          cpuCount: 4,
          memoryMB: 8192,
          dynamicMemoryEnabled: "true",
          dynamicMemoryMinMB: 512,
          dynamicMemoryMaxMB: 16_384,
        },
        storageProfile: { disks: [{ name: "system", diskSizeGB: 60, vhdType: "Dynamic" }] },
      }),
    );
    assert.deepEqual(findingsIn(machines), [
      "undecided stack: 50 virtual machines of Azure (vm0, vm1, vm10 and 47 more) do not say their guest operating " +
        "system or their host, so guest-os-supported and guest-processor-count could not be checked.",
    ]);
  });
});

describe("what a provider leaves out of its outputs", () => {
  it("is taken from the inputs of the same operation", () => {
    const session = new Session();
    const machine = local("VirtualMachine", "ex1", {
      virtualMachineName: "ex1",
      tags: EXCHANGE,
      storageProfile: { dataDisks: [{ id: `${LOCAL}/virtualHardDisks/databases` }] },
    });
    const disk = { resourceGroupName: "rg", virtualHardDiskName: "databases", dynamic: true, diskFileFormat: "vhd" };
    const declared = local("VirtualHardDisk", "disk", disk);
    for (const one of [machine, declared]) session.resourcePass(one);
    const outputs = local("VirtualHardDisk", "disk", { dynamic: true, diskFileFormat: "vhd", name: UNKNOWN });
    const { findings } = session.stackPass([machine, outputs]).result(exchangeFixedDisks);
    assert.deepEqual(
      findings.map(({ message }) => message.split("\n")[0]),
      ['ex1 (Exchange 2019, Mailbox) has the dynamically expanding VHD "databases" (data).'],
    );
  });

  it("and what a target leaves without properties is judged by what the program gave it", () => {
    const session = new Session();
    const machine = local("VirtualMachine", "ex1", { virtualMachineName: "ex1" });
    session.resourcePass(machine);
    const { leftOut, virtualMachines } = session.stackPass([{ ...machine, properties: {} }]).estate;
    assert.deepEqual([leftOut.length, virtualMachines.length], [0, 1]);
  });
});
