import assert from "node:assert/strict";
import fc from "fast-check";
import { isKnownType, platformOf, readEstate } from "../../../../lib/dialects/read-estate";
import { inPulumiNames, pulumiType } from "../../../../lib/dialects/terraform";
import { camelCase, snakeCase } from "../../../../lib/dialects/terraform/names";
import { UNKNOWN, type PlainObject } from "../../../../lib/estate/plain";
import { Secrets } from "../../../../lib/judging/secrets";
import { unreadTypes } from "../../../../lib/judging/unread-types";
import { resource, unwrapped } from "../read";

function translated(type: string, properties: PlainObject): PlainObject {
  return inPulumiNames(resource(`terraform:tf:${type}`, "one", properties)).properties;
}

describe("names of Terraform", () => {
  for (const [snake, camel] of [
    ["name", "name"],
    ["disk_size_in_gb", "diskSizeInGb"],
    ["ipv4_address_type", "ipv4AddressType"],
    ["fix_speed_10g", "fixSpeed10g"],
    ["priority_value8021_action_smb", "priorityValue8021ActionSmb"],
    ["hyperv_generation", "hypervGeneration"],
    ["__proto__", "__proto__"],
    ["_", "_"],
  ] as const)
    it(`${snake} is ${camel} in Pulumi`, () => {
      assert.equal(camelCase(snake), camel);
    });

  it("come back from Pulumi as they were", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join("_"));
    fc.assert(
      fc.property(name, (snake) => {
        assert.equal(snakeCase(camelCase(snake)), snake);
        assert.doesNotMatch(camelCase(snake), /_/);
      }),
    );
  });
});

describe("types of Terraform", () => {
  for (const [terraform, pulumi, isRead] of [
    ["hyperv_machine_instance", "hyperv:index/machineInstance:MachineInstance", true],
    ["hyperv_network_switch", "hyperv:index/networkSwitch:NetworkSwitch", true],
    ["hyperv_vhd", "hyperv:index/vhd:Vhd", true],
    ["hyperv_vm", "hyperv:index/vm:Vm", true],
    ["hyperv_virtual_switch", "hyperv:index/virtualSwitch:VirtualSwitch", true],
    ["hyperv_iso_image", "hyperv:index/isoImage:IsoImage", false],
    ["azapi_resource", "azapi:index/resource:Resource", true],
    ["azapi_update_resource", "azapi:index/updateResource:UpdateResource", false],
    ["azurerm_stack_hci_virtual_hard_disk", "azure:stack/hciVirtualHardDisk:HciVirtualHardDisk", true],
    ["azurerm_stack_hci_storage_path", "azure:stack/hciStoragePath:HciStoragePath", true],
    ["azurerm_stack_hci_logical_network", "azure:stack/hciLogicalNetwork:HciLogicalNetwork", true],
    ["azurerm_stack_hci_network_interface", "azure:stack/hciNetworkInterface:HciNetworkInterface", true],
    [
      "azurerm_stack_hci_marketplace_gallery_image",
      "azure:stack/hciMarketplaceGalleryImage:HciMarketplaceGalleryImage",
      true,
    ],
    ["azurerm_stack_hci_deployment_setting", "azure:stack/hciDeploymentSetting:HciDeploymentSetting", true],
    ["azurerm_stack_hci_cluster", "azure:stack/hciCluster:HciCluster", false],
    ["azurerm_arc_machine", "azure:arcmachine/arcMachine:ArcMachine", true],
    [
      "azurerm_system_center_virtual_machine_manager_virtual_machine_instance",
      "azure:systemcenter/virtualMachineManagerVirtualMachineInstance:VirtualMachineManagerVirtualMachineInstance",
      true,
    ],
    [
      "azurerm_system_center_virtual_machine_manager_availability_set",
      "azure:systemcenter/virtualMachineManagerAvailabilitySet:VirtualMachineManagerAvailabilitySet",
      true,
    ],
    ["azurerm_resource_group", "azurerm:index/resourceGroup:ResourceGroup", false],
    ["null_resource", "null:index/resource:Resource", false],
  ] as const)
    it(`${terraform} is ${pulumi}`, () => {
      // From a plan, and from a module of Terraform that Pulumi runs.
      for (const type of [`terraform:tf:${terraform}`, `mymodule:tf:${terraform}`]) {
        assert.equal(pulumiType(type), pulumi);
        assert.equal(isKnownType(type), isRead);
        assert.equal(platformOf(type), isRead && terraform.startsWith("az") ? "Azure" : undefined);
      }
    });

  it("of azurerm are known by the names of the bridge too", () => {
    assert.equal(
      pulumiType("azurerm:index/stackHciVirtualHardDisk:StackHciVirtualHardDisk"),
      "azure:stack/hciVirtualHardDisk:HciVirtualHardDisk",
    );
    for (const type of [
      "azurerm:index/resourceGroup:ResourceGroup",
      "hyperv:index/vhd:Vhd",
      "x:tf:y",
      "x:tf:a_b:c",
      "",
    ])
      assert.equal(pulumiType(type), type);
  });

  it("that look like Hyper-V and are not read are named as Terraform names them", () => {
    const named = (type: string, properties: PlainObject = {}) =>
      unreadTypes([resource(type, "one", properties)], (one) => one).map((unread) => unread.type);
    assert.deepEqual(named("terraform:tf:hyperv_storage_pool"), ["hyperv_storage_pool"]);
    assert.deepEqual(named("lab:tf:hyperv_storage_pool"), ["lab:tf:hyperv_storage_pool"]);
    for (const type of ["hyperv_iso_image", "hyperv_vhd", "azurerm_stack_hci_cluster", "azurerm_resource_group"])
      assert.deepEqual(named(`terraform:tf:${type}`), [], type);
    const update = (properties: PlainObject) =>
      named("terraform:tf:azapi_update_resource", {
        type: "Microsoft.AzureStackHCI/clusters/deploymentSettings@2024-02-15-preview",
        body: { properties },
      });
    assert.deepEqual(update({ deploymentMode: "Deploy" }), []);
    assert.deepEqual(update({ deploymentConfiguration: {} }), [
      "azapi_update_resource (Microsoft.AzureStackHCI/clusters/deploymentSettings)",
    ]);
  });
});

describe("properties of Terraform", () => {
  for (const [what, type, properties, expected] of [
    [
      "blocks of one are objects",
      "hyperv_machine_instance",
      { vm_processor: [{ relative_weight: 5 }] },
      { vmProcessor: { relativeWeight: 5 } },
    ],
    [
      "no such block is none",
      "hyperv_machine_instance",
      { vm_processor: [], vm_firmware: null },
      { vmProcessor: null, vmFirmware: null },
    ],
    ["unknown ones stay unknown", "hyperv_machine_instance", { vm_processor: UNKNOWN }, { vmProcessor: UNKNOWN }],
    [
      "lists stay lists",
      "hyperv_machine_instance",
      { hard_disk_drives: [{ disk_number: 1 }] },
      { hardDiskDrives: [{ diskNumber: 1 }] },
    ],
    [
      "lists have the plural",
      "hyperv_vm",
      { network_adapter: [{ switch_name: "LAN" }], dvd_drive: UNKNOWN },
      { networkAdapters: [{ switchName: "LAN" }], dvdDrives: UNKNOWN },
    ],
    [
      "names of services stay",
      "hyperv_machine_instance",
      { integration_services: { "Time Synchronization": true, a_b: false } },
      { integrationServices: { "Time Synchronization": true, a_b: false } },
    ],
    ["names of tags stay", "azurerm_arc_machine", { tags: { cost_center: "1" } }, { tags: { cost_center: "1" } }],
    [
      "a body stays",
      "azapi_resource",
      { parent_id: "x", body: { a_b: [{ c_d: 1 }] } },
      { parentId: "x", body: { a_b: [{ c_d: 1 }] } },
    ],
    [
      "blocks are in blocks",
      "azurerm_stack_hci_deployment_setting",
      {
        scale_unit: [
          {
            host_network: [{ intent: [{ traffic_type: ["Compute"], adapter: ["a"] }] }],
            physical_node: [{ ipv4_address: "1" }],
          },
        ],
      },
      {
        scaleUnits: [
          {
            hostNetwork: { intents: [{ trafficTypes: ["Compute"], adapters: ["a"] }] },
            physicalNodes: [{ ipv4Address: "1" }],
          },
        ],
      },
    ],
    [
      "others have their names alone",
      "acme_thing",
      { vm_processor: [1], a_b: [{ c_d: 1 }] },
      { vmProcessor: [1], aB: [{ cD: 1 }] },
    ],
  ] as const)
    it(what, () => {
      assert.deepEqual(translated(type, properties), expected);
    });

  it("keep what is secret, and what they depend on", () => {
    const properties = { vm_processor: [{ reserve_x: 1 }], hard_disk_drives: [{ path_x: "secret" }], tags: { a_b: 1 } };
    const { secrets = [], propertyDependencies } = inPulumiNames({
      ...resource("lab:tf:hyperv_machine_instance", "one", properties),
      secrets: [
        "vm_processor[0].reserve_x",
        "hard_disk_drives[0].path_x",
        "hard_disk_drives[0]",
        "integration_services.a_b",
      ].map((path) => ({ path, value: [{ path_x: 1 }] })),
      propertyDependencies: { hard_disk_drives: ["urn"] },
    });
    assert.deepEqual(
      secrets.map(({ path }) => path),
      ["vmProcessor.reserveX", "hardDiskDrives[0].pathX", "hardDiskDrives[0]", "integrationServices.a_b"],
    );
    assert.deepEqual(secrets[0]?.value, [{ pathX: 1 }]);
    assert.deepEqual(propertyDependencies, { hardDiskDrives: ["urn"] });
    const known = new Secrets();
    known.add(
      inPulumiNames({
        ...resource("lab:tf:hyperv_vhd", "one", { path: "D:\\x" }),
        secrets: [{ path: "path", value: "D:\\x" }],
      }),
    );
    assert.equal(known.mask("the disk D:\\x"), "the disk [secret]");
  });

  it("leave all others as they are", () => {
    const others = resource("hyperv:index/vhd:Vhd", "one", { a_b: 1 });
    assert.equal(inPulumiNames(others), others);
  });
});

describe("resources of a module of Terraform that Pulumi runs", () => {
  it("are read as those of the package are", () => {
    const machine = {
      generation: 2,
      processor_count: 4,
      static_memory: true,
      memory_startup_bytes: 2 ** 33,
      name: "app1",
    };
    const inModule = resource("lab:tf:hyperv_machine_instance", "vm", {
      ...machine,
      hard_disk_drives: [{ path: "D:\\app1.vhdx" }],
      vm_processor: [{ expose_virtualization_extensions: true }],
    });
    const disk = resource("lab:tf:hyperv_vhd", "disk", { path: "d:/app1.vhdx", vhd_type: "Fixed", size: 2 ** 35 });
    const bridged = [
      resource("hyperv:index/machineInstance:MachineInstance", "vm", {
        name: "app1",
        generation: 2,
        processorCount: 4,
        staticMemory: true,
        memoryStartupBytes: 2 ** 33,
        hardDiskDrives: [{ path: "D:\\app1.vhdx" }],
        vmProcessor: { exposeVirtualizationExtensions: true },
      }),
      resource("hyperv:index/vhd:Vhd", "disk", { path: "d:/app1.vhdx", vhdType: "Fixed", size: 2 ** 35 }),
    ];
    const read = (resources: Parameters<typeof readEstate>[0]) =>
      unwrapped(readEstate(resources, true).virtualMachines);
    assert.deepEqual(read([inModule, disk]), read(bridged));
  });
});
