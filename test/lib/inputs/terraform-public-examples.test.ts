import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import { readTerraform } from "../../../lib/inputs/terraform";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { plainly } from "../dialects/azure/declare";
import { plan, references, type TerraformResource } from "./terraform-plan";

/*
 * What people and vendors have published for Terraform, as far as the facts go, in words of our own: as plans, with the defaults that
 * the providers fill in. None of it may get a finding.
 */

const GB = 2 ** 30;

interface Example {
  readonly resources: readonly TerraformResource[];
  /** The names of the machines that are created. */
  readonly machines: readonly string[];
  readonly calls?: NonNullable<Parameters<typeof plan>[1]>["calls"];
}

/** What taliesins/hyperv fills in. */
const DEFAULTS = {
  automatic_critical_error_action: "Pause",
  automatic_start_action: "StartIfRunning",
  automatic_stop_action: "Save",
  checkpoint_type: "Production",
  dynamic_memory: false,
  generation: 2,
  memory_maximum_bytes: 1024 * GB,
  memory_minimum_bytes: GB / 2,
  memory_startup_bytes: GB / 2,
  notes: "",
  path: null,
  processor_count: 1,
  smart_paging_file_path: "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V",
  snapshot_file_location: "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V",
  static_memory: false,
  state: "Running",
  vm_firmware: [],
  vm_processor: [],
  dvd_drives: [],
  hard_disk_drives: [],
  network_adaptors: [],
  integration_services: {
    "Guest Service Interface": false,
    Heartbeat: true,
    "Key-Value Pair Exchange": true,
    Shutdown: true,
    "Time Synchronization": true,
    VSS: true,
  },
  timeouts: null,
};

const ADAPTER = {
  allow_teaming: "On",
  dhcp_guard: "Off",
  dynamic_mac_address: true,
  iov_weight: 100,
  is_legacy: false,
  mac_address_spoofing: "Off",
  management_os: false,
  maximum_bandwidth: 0,
  minimum_bandwidth_absolute: 0,
  minimum_bandwidth_weight: 0,
  static_mac_address: "",
  vlan_access: false,
  vlan_id: 0,
  vmq_weight: 100,
};

const DRIVE = {
  controller_number: 0,
  controller_type: "Scsi",
  disk_number: 4_294_967_295,
  maximum_iops: 0,
  minimum_iops: 0,
  override_cache_attributes: "Default",
  qos_policy_id: "00000000-0000-0000-0000-000000000000",
  resource_pool_name: "Primordial",
  support_persistent_reservations: false,
};

function instance(name: string, values: object, more: Partial<TerraformResource> = {}): TerraformResource {
  return { type: "hyperv_machine_instance", name, values: { ...DEFAULTS, name, ...values }, ...more };
}

function vhd(name: string, path: string, size: number, type = "Dynamic", more = {}): TerraformResource {
  const values = { path, size, vhd_type: type, parent_path: null, source: null, source_vm: null, block_size: 0 };
  return { type: "hyperv_vhd", name, values, unknown: { exists: true }, ...more };
}

/** The example of taliesins/hyperv: a web server with everything written out. */
const WEB_SERVER: Example = {
  machines: ["WebServer"],
  resources: [
    { type: "hyperv_iso_image", name: "bootstrap", values: { volume_name: "BOOTSTRAP" } },
    {
      type: "hyperv_network_switch",
      name: "dmz_network_switch",
      values: {
        name: "DMZ",
        allow_management_os: true,
        enable_embedded_teaming: false,
        enable_iov: false,
        minimum_bandwidth_mode: "None",
        net_adapter_names: [],
        switch_type: "Internal",
      },
    },
    vhd("web_server_g2_vhd", "c:\\web_server\\web_server_g2.vhdx", 10 * GB),
    instance("default", {
      name: "WebServer",
      static_memory: true,
      vm_firmware: [
        {
          enable_secure_boot: "Off",
          secure_boot_template: "",
          boot_order: [{ boot_type: "HardDiskDrive" }, { boot_type: "NetworkAdapter" }],
        },
      ],
      vm_processor: [
        {
          compatibility_for_migration_enabled: false,
          expose_virtualization_extensions: false,
          hw_thread_count_per_core: 0,
          maximum: 100,
          maximum_count_per_numa_node: 0,
          maximum_count_per_numa_socket: 0,
          relative_weight: 100,
          reserve: 0,
        },
      ],
      network_adaptors: [{ ...ADAPTER, name: "wan", switch_name: "DMZ" }],
      dvd_drives: [{ controller_number: 0, controller_location: 1, path: "c:\\web_server\\bootstrap.iso" }],
      hard_disk_drives: [{ ...DRIVE, controller_location: 0, path: "c:\\web_server\\web_server_g2.vhdx" }],
    }),
  ],
};

/** A lab with a domain controller and a failover cluster of three nodes, in a module. */
const CLUSTER_LAB: Example = {
  machines: ["LAB-DC1", "LAB-N1", "LAB-N2", "LAB-N3"],
  resources: [
    ...["N1", "N2", "N3"].flatMap((node) => {
      const path = `D:\\Hyper-V\\LAB-${node}\\Virtual Hard Disks\\LAB-${node}-OS.vhdx`;
      return [
        vhd("os_disk", path, 80 * GB, "Dynamic", { module: "module.hyperv", index: `LAB-${node}` }),
        instance(
          "cluster_node",
          {
            ...labMachine(`LAB-${node}`, path, ["Mgmt-1", "Mgmt-2", "Compute-1", "Compute-2"]),
            vm_processor: [{ expose_virtualization_extensions: true, maximum: 100, relative_weight: 100 }],
          },
          { module: "module.hyperv", index: `LAB-${node}` },
        ),
      ];
    }),
    vhd("domain_controller_os_disk", "D:\\Hyper-V\\LAB-DC1-OS.vhdx", 80 * GB, "Dynamic", { module: "module.hyperv" }),
    instance("domain_controller", labMachine("LAB-DC1", "D:\\Hyper-V\\LAB-DC1-OS.vhdx", ["External", "Internal"]), {
      module: "module.hyperv",
    }),
    ...["1", "2"].map((index) =>
      vhd("shared_csv", `D:\\Shared\\CSV-Disk-${index}.vhdx`, 100 * GB, "Fixed", { module: "module.hyperv", index }),
    ),
    { type: "terraform_data", name: "smb_share", module: "module.hyperv", values: { input: { share_name: "Shared" } } },
  ],
};

function labMachine(name: string, path: string, adapters: readonly string[]): object {
  return {
    name,
    checkpoint_type: "Disabled",
    processor_count: 4,
    dynamic_memory: true,
    memory_startup_bytes: 4 * GB,
    memory_minimum_bytes: 2 * GB,
    memory_maximum_bytes: 8 * GB,
    network_adaptors: adapters.map((adapter) => ({ ...ADAPTER, name: adapter, switch_name: "Internal" })),
    hard_disk_drives: [{ ...DRIVE, controller_location: 0, path }],
    dvd_drives: [{ controller_number: 0, controller_location: 1, path: "D:\\ISO\\server.iso" }],
    vm_firmware: [{ enable_secure_boot: "On", secure_boot_template: "MicrosoftWindows", boot_order: [] }],
  };
}

/** The examples of windsorcli/hyperv, of either generation. */
const NODES: Example = {
  machines: ["legacy-app", "node01"],
  resources: [
    {
      type: "hyperv_vm",
      name: "node01",
      values: {
        name: "node01",
        generation: 2,
        cpu: { count: 2 },
        memory: { startup_bytes: 4 * GB, dynamic: null, min_bytes: null, max_bytes: null },
        secure_boot: false,
        secure_boot_template: null,
        notes: "k8s control plane",
        network_adapter: [{ name: "primary", switch_name: "lab-private", vlan_id: null, mac_address: null }],
        hard_disk_drive: [
          {
            path: "C:/hyperv/vhds/node01-root.vhdx",
            controller_type: "SCSI",
            controller_number: 0,
            controller_location: 0,
          },
        ],
        dvd_drive: [{ iso_path: "C:/iso/talos.iso", controller_number: 0, controller_location: 1 }],
        boot_order: [{ type: "dvd_drive", controller_number: 0, controller_location: 1 }],
        state: { desired: "Running", shutdown_mode: null },
      },
      unknown: { id: true, ip_addresses: true, state: {} },
    },
    {
      type: "hyperv_vm",
      name: "legacy",
      values: {
        name: "legacy-app",
        generation: 1,
        cpu: { count: 1 },
        memory: { startup_bytes: 2 * GB, dynamic: null, min_bytes: null, max_bytes: null },
        network_adapter: null,
        hard_disk_drive: null,
        dvd_drive: null,
        secure_boot: null,
      },
    },
    {
      type: "hyperv_vhd",
      name: "root",
      values: {
        path: "C:/hyperv/vhds/node01-root.vhdx",
        vhd_type: "dynamic",
        size_bytes: 20 * GB,
        block_size_bytes: null,
        parent_path: null,
        source_path: null,
      },
    },
    {
      type: "hyperv_virtual_switch",
      name: "private",
      values: { name: "lab-private", switch_type: "Private", net_adapter_names: null, allow_management_os: null },
    },
  ],
};

const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg";
const EXTENDED = { type: "CustomLocation", name: `${GROUP}/providers/Microsoft.ExtendedLocation/customLocations/cl1` };
const LOCAL = "Microsoft.AzureStackHCI";

function azapi(name: string, type: string, values: object, more: Partial<TerraformResource> = {}): TerraformResource {
  return { type: "azapi_resource", name, values: { type, parent_id: GROUP, tags: null, ...values }, ...more };
}

/** Microsoft's verified module for virtual machines of Azure Local, called twice. */
const VERIFIED_MACHINES: Example = {
  machines: ["vm1", "vm2"],
  resources: ["vm1", "vm2"].flatMap((name) => {
    const module = `module.vm["${name}"]`;
    const version = "@2023-09-01-preview";
    return [
      azapi(
        "hybrid_compute_machine",
        "Microsoft.HybridCompute/machines@2023-10-03-preview",
        { name, body: { kind: "HCI", properties: { osType: null, cloudMetadata: {}, vmId: null } } },
        { module },
      ),
      azapi(
        "data_disks",
        `${LOCAL}/virtualHardDisks${version}`,
        {
          name: `${name}dataDisk01`,
          body: { extendedLocation: EXTENDED, properties: { diskSizeGB: 20, dynamic: true } },
        },
        { module, index: "1" },
      ),
      azapi(
        "nic",
        `${LOCAL}/networkInterfaces${version}`,
        {
          name: `${name}-nic`,
          body: {
            extendedLocation: EXTENDED,
            properties: {
              ipConfigurations: [
                {
                  name: `${name}-ipconfig`,
                  properties: {
                    privateIPAddress: null,
                    subnet: { id: `${GROUP}/providers/${LOCAL}/logicalNetworks/ln` },
                  },
                },
              ],
            },
          },
        },
        { module },
      ),
      azapi(
        "virtual_machine",
        `${LOCAL}/virtualMachineInstances${version}`,
        {
          name: "default",
          parent_id: undefined,
          body: {
            extendedLocation: EXTENDED,
            properties: {
              hardwareProfile: { vmSize: "Custom", processors: 2, memoryMB: 8192 },
              osProfile: {
                computerName: name,
                adminUsername: "admin",
                adminPassword: "s3cret",
                windowsConfiguration: { provisionVMAgent: true, provisionVMConfigAgent: true, ssh: {} },
              },
              securityProfile: { uefiSettings: { secureBootEnabled: true } },
              storageProfile: {
                imageReference: { id: `${GROUP}/providers/${LOCAL}/marketplaceGalleryImages/winServer2022-01` },
                dataDisks: [{}],
                osDisk: { osType: "Windows" },
              },
              networkProfile: { networkInterfaces: [{}] },
            },
          },
        },
        {
          module,
          sensitive: { body: { properties: { osProfile: { adminPassword: true } } } },
          unknown: {
            id: true,
            parent_id: true,
            body: {
              properties: {
                storageProfile: { dataDisks: [{ id: true }] },
                networkProfile: { networkInterfaces: [{ id: true }] },
              },
            },
          },
          expressions: {
            parent_id: references("azapi_resource.hybrid_compute_machine.id", "azapi_resource.hybrid_compute_machine"),
            body: references("var.custom_location_id", "local.virtual_machine_properties_all"),
          },
        },
      ),
      {
        type: "azapi_resource",
        name: "domain_join",
        module,
        values: {
          type: "Microsoft.HybridCompute/machines/extensions@2023-10-03-preview",
          name: "domainJoinExtension",
          body: { properties: { type: "JsonADDomainExtension" } },
        },
      },
    ];
  }),
};

const DEPLOYMENT = {
  domainFqdn: "jumpstart.local",
  namingPrefix: "hci",
  adouPath: "OU=hci,DC=jumpstart,DC=local",
  securitySettings: { bitlockerBootVolume: true, smbSigningEnforced: true, wdacEnforced: true },
  observability: { streamingDataClient: true, euLocation: false, episodicDataUpload: true },
  cluster: {
    name: "hci-cl",
    witnessType: "Cloud",
    witnessPath: "",
    cloudAccountName: "witness",
    azureServiceEndpoint: "core.windows.net",
  },
  storage: { configurationMode: "Express" },
  infrastructureNetwork: [
    {
      useDhcp: false,
      subnetMask: "255.255.255.0",
      gateway: "192.168.1.1",
      ipPools: [{ startingAddress: "192.168.1.55", endingAddress: "192.168.1.65" }],
      dnsServers: ["192.168.1.254"],
    },
  ],
  physicalNodes: [
    { name: "AzSHOST1", ipv4Address: "192.168.1.12" },
    { name: "AzSHOST2", ipv4Address: "192.168.1.13" },
  ],
  hostNetwork: {
    enableStorageAutoIp: true,
    storageConnectivitySwitchless: false,
    intents: [
      intentOf("ManagementCompute", ["Management", "Compute"], ["FABRIC", "FABRIC2"]),
      intentOf("Storage", ["Storage"], ["StorageA", "StorageB"]),
    ],
    storageNetworks: [
      { name: "Storage1Network", networkAdapterName: "StorageA", vlanId: "711" },
      { name: "Storage2Network", networkAdapterName: "StorageB", vlanId: "712" },
    ],
  },
};

function intentOf(name: string, trafficType: readonly string[], adapter: readonly string[]) {
  return {
    name,
    trafficType,
    adapter,
    overrideVirtualSwitchConfiguration: false,
    virtualSwitchConfigurationOverrides: { enableIov: "", loadBalancingAlgorithm: "" },
    overrideQosPolicy: false,
    qosPolicyOverrides: {
      priorityValue8021Action_SMB: "",
      priorityValue8021Action_Cluster: "",
      bandwidthPercentage_SMB: "",
    },
    overrideAdapterProperty: true,
    adapterPropertyOverrides: { jumboPacket: "", networkDirect: "Disabled", networkDirectTechnology: "" },
  };
}

/** Microsoft's verified module for a cluster of Azure Local: a validation, and an update that turns it into a deployment. */
const VERIFIED_CLUSTER: Example = {
  machines: [],
  resources: [
    azapi("cluster", `${LOCAL}/clusters@2023-08-01-preview`, { name: "hci-cl", body: { properties: {} } }),
    azapi(
      "validatedeploymentsetting",
      `${LOCAL}/clusters/deploymentSettings@2024-02-15-preview`,
      {
        name: "default",
        parent_id: undefined,
        body: {
          properties: {
            arcNodeResourceIds: [`${GROUP}/providers/Microsoft.HybridCompute/machines/AzSHOST1`],
            deploymentMode: "Validate",
            deploymentConfiguration: { version: "10.0.0.0", scaleUnits: [{ deploymentData: DEPLOYMENT }] },
          },
        },
      },
      { unknown: { parent_id: true } },
    ),
    {
      type: "azapi_update_resource",
      name: "deploymentsetting",
      index: 0,
      values: {
        type: `${LOCAL}/clusters/deploymentSettings@2024-02-15-preview`,
        name: "default",
        body: { properties: { deploymentMode: "Deploy" } },
      },
      unknown: { parent_id: true },
    },
  ],
};

/** The examples of the documents of azurerm for Azure Local and for Virtual Machine Manager. */
const AZURERM: Example = {
  machines: ["example-arcmachine"],
  resources: [
    { type: "azurerm_resource_group", name: "example", values: { name: "rg", location: "westeurope" } },
    {
      type: "azurerm_arc_machine",
      name: "example",
      values: { name: "example-arcmachine", resource_group_name: "rg", kind: "SCVMM", tags: null, identity: [] },
      unknown: { id: true },
    },
    {
      type: "azurerm_system_center_virtual_machine_manager_server",
      name: "example",
      values: { name: "example-scvmmms", fqdn: "example.labtest", username: "testUser", password: "s3cret" },
      sensitive: { password: true },
    },
    {
      type: "azurerm_system_center_virtual_machine_manager_virtual_machine_instance",
      name: "example",
      values: {
        hardware: [{ cpu_count: 1, memory_in_mb: 1024, dynamic_memory_min_in_mb: 0, dynamic_memory_max_in_mb: 0 }],
        infrastructure: [{ checkpoint_type: "Standard" }],
        network_interface: [],
        operating_system: [{ computer_name: "example-arcmachine", admin_password: null }],
        storage_disk: [],
        system_center_virtual_machine_manager_availability_set_ids: null,
      },
      unknown: { scoped_resource_id: true, infrastructure: [{ system_center_virtual_machine_manager_cloud_id: true }] },
      expressions: { scoped_resource_id: references("azurerm_arc_machine.example.id", "azurerm_arc_machine.example") },
    },
    {
      type: "azurerm_stack_hci_storage_path",
      name: "example",
      values: { name: "example-sp", resource_group_name: "rg", path: "C:\\ClusterStorage\\UserStorage_2\\sp-example" },
    },
    {
      type: "azurerm_stack_hci_virtual_hard_disk",
      name: "example",
      values: {
        name: "example-vhd",
        resource_group_name: "rg",
        disk_size_in_gb: 2,
        dynamic_enabled: false,
        tags: { foo: "bar" },
      },
      unknown: { storage_path_id: true },
      expressions: { storage_path_id: references("azurerm_stack_hci_storage_path.example.id") },
    },
    {
      type: "azurerm_stack_hci_logical_network",
      name: "example",
      values: {
        name: "example-hci-ln",
        resource_group_name: "rg",
        virtual_switch_name: "ConvergedSwitch(managementcompute)",
        dns_servers: ["10.0.0.7", "10.0.0.8"],
        subnet: [
          {
            ip_allocation_method: "Static",
            address_prefix: "10.0.0.0/24",
            ip_pool: [],
            route: [{ name: "example-route", address_prefix: "0.0.0.0/0", next_hop_ip_address: "10.0.0.1" }],
            vlan_id: 123,
          },
        ],
      },
    },
    {
      type: "azurerm_stack_hci_network_interface",
      name: "example",
      values: { name: "example-ni", resource_group_name: "rg", ip_configuration: [{ private_ip_address: "10.0.0.2" }] },
      unknown: { ip_configuration: [{ subnet_id: true, gateway: true }], mac_address: true },
      expressions: { ip_configuration: [{ subnet_id: references("azurerm_stack_hci_logical_network.example.id") }] },
    },
    {
      type: "azurerm_stack_hci_marketplace_gallery_image",
      name: "example",
      values: {
        name: "example-mgi",
        hyperv_generation: "V2",
        os_type: "Windows",
        version: "20348.2655.240905",
        identifier: [
          { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter-azure-edition-core" },
        ],
      },
    },
    {
      type: "azurerm_stack_hci_deployment_setting",
      name: "example",
      values: {
        version: "10.0.0.0",
        scale_unit: [
          {
            domain_fqdn: "jumpstart.local",
            name_prefix: "hci",
            cluster: [{ name: "hci-cl", witness_type: "Cloud", witness_path: "Cloud", cloud_account_name: "witness" }],
            host_network: [
              {
                storage_auto_ip_enabled: true,
                storage_connectivity_switchless_enabled: false,
                intent: [
                  {
                    name: "ManagementCompute",
                    adapter: ["FABRIC", "FABRIC2"],
                    traffic_type: ["Management", "Compute"],
                  },
                  { name: "Storage", adapter: ["StorageA", "StorageB"], traffic_type: ["Storage"] },
                ],
                storage_network: [
                  { name: "Storage1Network", network_adapter_name: "StorageA", vlan_id: "711" },
                  { name: "Storage2Network", network_adapter_name: "StorageB", vlan_id: "712" },
                ],
              },
            ],
            infrastructure_network: [
              {
                gateway: "192.168.1.1",
                subnet_mask: "255.255.255.0",
                dns_server: ["192.168.1.254"],
                ip_pool: [{ starting_address: "192.168.1.55", ending_address: "192.168.1.65" }],
              },
            ],
            physical_node: [
              { name: "AzSHOST1", ipv4_address: "192.168.1.12" },
              { name: "AzSHOST2", ipv4_address: "192.168.1.13" },
            ],
            storage: [{ configuration_mode: "Express" }],
            optional_service: [{ custom_location: "customlocation" }],
          },
        ],
      },
    },
  ],
};

describe("public examples of Terraform", () => {
  for (const [what, { resources, machines, calls = {} }] of Object.entries({
    "a web server of taliesins/hyperv": WEB_SERVER,
    "a lab with a failover cluster": CLUSTER_LAB,
    "machines of windsorcli/hyperv": NODES,
    "the verified module for machines of Azure Local": VERIFIED_MACHINES,
    "the verified module for a cluster of Azure Local": VERIFIED_CLUSTER,
    "the documents of azurerm": AZURERM,
  })) {
    describe(what, () => {
      const { resources: declared } = readTerraform(plan(resources, { calls }));

      it("has the machines that it creates", () => {
        const names = readEstate(declared, true).virtualMachines.map(({ name }) => name);
        assert.deepEqual([...names].sort(), machines);
      });

      it("has no finding, and nothing of it is left unread", () => {
        const settings = new EffectiveSettings({ policies: [...RULES, undecided], today: "2026-01-01" });
        const { findings, summary } = new Judge(RULES, undecided, settings).judgeAll(declared);
        // The lab runs Hyper-V in machines with dynamic memory, against which Microsoft advises.
        const found = findings.filter(({ rule }) => !["undecided", "nested-virtualization"].includes(rule));
        assert.deepEqual(
          found.map(({ rule, problem }) => `${rule}: ${problem}`),
          [],
        );
        assert.deepEqual(summary?.judged.notRead, []);
        assert.doesNotMatch(JSON.stringify(findings), /s3cret/);
      });
    });
  }

  it("join what stands in several resources", () => {
    const { virtualMachines } = readEstate(readTerraform(plan(VERIFIED_MACHINES.resources)).resources, true);
    assert.deepEqual(
      virtualMachines.map(({ name, disks, networkAdapters }) => [
        name,
        disks.state === "known"
          ? disks.value.map((disk) => plainly([disk.name, disk.type, disk.sizeGB])).slice(-1)
          : [],
        networkAdapters.state === "known" ? networkAdapters.value.map((adapter) => plainly(adapter.name)) : [],
      ]),
      ["vm1", "vm2"].map((name) => [name, [[`${name}dataDisk01`, "dynamic", 20]], [`${name}-nic`]]),
    );
  });
});
