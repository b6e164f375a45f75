import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import type { PlainObject } from "../../../../lib/estate/plain";
import { host, vm } from "../../../kit";
import { estateOf, findingsIn, plainly, resource, said, UNKNOWN } from "./declare";

/** One mailbox server, as every dialect is told of it. */
interface Server {
  readonly name: string;
  readonly host: string;
  readonly dynamic?: boolean;
  /** Neither of the last two is supported for Exchange 2019; a dynamic disk would be as a VHDX. */
  readonly data?: "fixed" | "differencing" | "dynamic VHD";
}

/** Two members of one group on one host, one of them with a dynamic data disk and dynamic memory. */
const WRONG: readonly Server[] = [
  { name: "ex1", host: "hv1" },
  { name: "ex2", host: "hv1", dynamic: true, data: "differencing" },
];
/** The same where there are no differencing disks. */
const WRONG_LOCAL = WRONG.map((server) =>
  server.dynamic === true ? { ...server, data: "dynamic VHD" as const } : server,
);
const RIGHT: readonly Server[] = [
  { name: "ex1", host: "hv1" },
  { name: "ex2", host: "hv2" },
];

const HOSTS = ["hv1", "hv2"].map((name) =>
  host(name, {
    operatingSystem: "Windows Server 2022",
    memoryMB: 524_288,
    processors: { sockets: 2, coresPerSocket: 16, threadsPerCore: 2 },
  }),
);

const GUEST = "Windows Server 2022 Datacenter";

function asComponent({ name, host: on, dynamic = false, data = "fixed" }: Server): readonly DeclaredResource[] {
  const [type, format] = data.split(" ");
  return [
    vm(name, {
      host: on,
      guestOs: GUEST,
      generation: 2,
      processorCount: 8,
      memoryMB: 131_072,
      ...(dynamic ? { dynamicMemory: { minimumMB: 65_536, maximumMB: 131_072 } } : {}),
      disks: [
        { name: "system", purpose: "operatingSystem", type: "fixed", sizeGB: 127 },
        { name: "databases", purpose: "data", type, format, sizeGB: 500 },
      ],
      networkAdapters: [{ name: "nic1" }],
      automaticStopAction: "shutDown",
      exchange: { version: "Exchange 2019", roles: ["Mailbox"], databaseAvailabilityGroup: "DAG1" },
    }),
  ];
}

function tags({ host: on }: Server): PlainObject {
  return {
    "hyperv-guard:host": on,
    "hyperv-guard:guestOs": GUEST,
    "hyperv-guard:exchange": "Exchange 2019",
    "Hyperv-Guard:ExchangeRoles": "Mailbox",
    "hyperv-guard:databaseAvailabilityGroup": "DAG1",
    costCenter: "42",
  };
}

function vmmHardware({ dynamic = false }: Server): PlainObject {
  return {
    cpuCount: 8,
    memoryMB: 131_072,
    dynamicMemoryEnabled: String(dynamic),
    dynamicMemoryMinMB: 65_536,
    dynamicMemoryMaxMB: 131_072,
  };
}

function vmmProperties(server: Server): PlainObject {
  return {
    infrastructureProfile: { vmName: server.name, generation: 2 },
    hardwareProfile: vmmHardware(server),
    storageProfile: {
      disks: [
        { name: "system", diskSizeGB: 127, vhdType: "Fixed" },
        {
          name: "databases",
          diskSizeGB: 500,
          vhdType: "Fixed",
          createDiffDisk: String(server.data === "differencing"),
        },
      ],
    },
    networkProfile: { networkInterfaces: [{ name: "nic1" }] },
  };
}

/** In each shape that tokens of azure-native have. */
function asVmm(prefix: string) {
  return (server: Server): readonly DeclaredResource[] => {
    const machine = resource("azure-native:hybridcompute:Machine", `${server.name}-machine`, { tags: tags(server) });
    const properties: PlainObject = { ...vmmProperties(server), resourceUri: UNKNOWN };
    return [machine, resource(`${prefix}:VirtualMachineInstance`, server.name, properties, { resourceUri: [machine] })];
  };
}

function asGenericResource(server: Server): readonly DeclaredResource[] {
  return [
    resource("azure-native:resources:Resource", `${server.name}-machine`, {
      resourceGroupName: "rg",
      resourceProviderNamespace: "Microsoft.HybridCompute",
      parentResourcePath: "",
      resourceType: "machines",
      resourceName: server.name,
      tags: tags(server),
      properties: {},
    }),
    resource("azure-native:resources:Resource", server.name, {
      resourceGroupName: "RG",
      resourceProviderNamespace: "Microsoft.HybridCompute",
      parentResourcePath: `machines/${server.name}/providers/Microsoft.ScVmm`,
      resourceType: "virtualMachineInstances",
      resourceName: "default",
      properties: vmmProperties(server),
    }),
  ];
}

function asClassic(server: Server): readonly DeclaredResource[] {
  const { name, dynamic = false, data } = server;
  const sizes = dynamic ? { dynamicMemoryMinInMb: 65_536, dynamicMemoryMaxInMb: 131_072 } : {};
  const machine = resource("azure:arcmachine/arcMachine:ArcMachine", `${name}-machine`, { name, tags: tags(server) });
  const type =
    "azure:systemcenter/virtualMachineManagerVirtualMachineInstance:VirtualMachineManagerVirtualMachineInstance";
  const properties: PlainObject = {
    scopedResourceId: UNKNOWN,
    operatingSystem: { computerName: name },
    hardware: { cpuCount: 8, memoryInMb: 131_072, ...sizes },
    storageDisks: [
      { name: "system", diskSizeGb: 127, vhdType: "fixed" },
      { name: "databases", diskSizeGb: 500, vhdType: data ?? "fixed" },
    ],
    networkInterfaces: [{ name: "nic1" }],
  };
  return [machine, resource(type, name, properties, { scopedResourceId: [machine] })];
}

/** Azure Local: disks and adapters are resources of their own, whose ids are not known before the deployment. */
function asAzureLocal(server: Server): readonly DeclaredResource[] {
  const { name, dynamic = false, data = "fixed" } = server;
  const local = (type: string, suffix: string, properties: PlainObject, on: Record<string, DeclaredResource[]> = {}) =>
    resource(`azure-native:azurestackhci:${type}`, `${name}-${suffix}`, properties, on);
  const machine = resource("azure-native:hybridcompute:Machine", `${name}-machine`, { tags: tags(server) });
  const system = local("VirtualHardDisk", "system", {
    virtualHardDiskName: "system",
    dynamic: false,
    diskSizeGB: 127,
    tags: { "hyperv-guard:purpose": "operatingSystem" },
  });
  const databases = local("VirtualHardDisk", "databases", {
    virtualHardDiskName: "databases",
    dynamic: data === "dynamic VHD",
    ...(data === "dynamic VHD" ? { diskFileFormat: "vhd" } : {}),
    diskSizeGB: 500,
  });
  const nic = local("NetworkInterface", "nic", { networkInterfaceName: "nic1" });
  const image = local("MarketplaceGalleryImage", "image", {
    hyperVGeneration: "V2",
    identifier: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter-g2" },
  });
  const instance: PlainObject = {
    resourceUri: UNKNOWN,
    osProfile: { computerName: name },
    hardwareProfile: {
      vmSize: "Custom",
      processors: 8,
      memoryMB: 131_072,
      ...(dynamic ? { dynamicMemoryConfig: { minimumMemoryMB: 65_536, maximumMemoryMB: 131_072 } } : {}),
    },
    storageProfile: { dataDisks: [{ id: UNKNOWN }, { id: UNKNOWN }], imageReference: { id: UNKNOWN } },
    networkProfile: { networkInterfaces: [{ id: UNKNOWN }] },
  };
  return [
    machine,
    system,
    databases,
    nic,
    image,
    resource("azure-native:azurestackhci:VirtualMachineInstance", name, instance, {
      resourceUri: [machine],
      storageProfile: [system, databases, image],
      networkProfile: [nic],
    }),
  ];
}

const DIALECTS: Readonly<Record<string, (server: Server) => readonly DeclaredResource[]>> = {
  "azure-native, the provider's version": asVmm("azure-native:scvmm"),
  "azure-native, a version in the module": asVmm("azure-native:scvmm/v20240601"),
  "azure-native, a package for a version": asVmm("azure-native_scvmm_v20240601:scvmm"),
  "azure-native, a package for a version, early": asVmm("azure-native_scvmm_v20240601:scvmm/v20240601"),
  "azure-native, the generic resource": asGenericResource,
  "the classic Azure provider": asClassic,
  "Azure Local": asAzureLocal,
};

/** What no type of Azure says, and what these say that nobody declared of the component. */
const EXPECTED_DIFFERENCES = ["automaticStopAction", "hostVersion", "checkpoints", "edition", "sets", "generation"];

function machines(servers: readonly Server[], declare: (server: Server) => readonly DeclaredResource[]): unknown {
  const estate = estateOf([...HOSTS, ...servers.flatMap(declare)]);
  return estate.virtualMachines.map((machine) => {
    const entries = Object.entries(said(plainly(machine)) as Record<string, unknown>);
    const disks = machine.disks.state === "known" ? machine.disks.value : [];
    return {
      ...Object.fromEntries(entries.filter(([name]) => !EXPECTED_DIFFERENCES.includes(name) && name !== "disks")),
      disks: disks.map(({ name, type, sizeGB }) => plainly([name, type, sizeGB])).sort(),
      host: plainly(machine.host),
    };
  });
}

describe("one estate in every dialect of Azure", () => {
  for (const [dialect, declare] of Object.entries(DIALECTS)) {
    const wrong = dialect === "Azure Local" ? WRONG_LOCAL : WRONG;

    describe(dialect, () => {
      it("is the same model as that of our own components", () => {
        for (const servers of [RIGHT, wrong]) {
          assert.deepEqual(
            withoutDefaults(machines(servers, declare)),
            withoutDefaults(machines(servers, asComponent)),
          );
        }
      });

      it("has the same findings", () => {
        const right = findingsIn([...HOSTS, ...RIGHT.flatMap(declare)]);
        // What Exchange keeps on the disks, nobody has declared.
        assert.deepEqual(
          right.filter((finding) => !finding.startsWith("undecided ")),
          [],
        );
        const expected = findingsIn([...HOSTS, ...wrong.flatMap(asComponent)]);
        assert.deepEqual(expected.map((finding) => finding.split(" ").slice(0, 2).join(" ")).filter(isDecided), [
          "exchange-dag-anti-affinity ex2:",
          "exchange-dynamic-memory ex2:",
          "exchange-fixed-disks ex2:",
          "exchange-survives-host-loss hv1:",
          // The format is told there, and a machine of generation 2 has no VHD.
          ...(dialect === "Azure Local" ? ["guest-disk-size ex2:"] : []),
        ]);
        const found = findingsIn([...HOSTS, ...wrong.flatMap(declare)]);
        assert.deepEqual(found.filter(isDecided).map(withoutPurpose), expected.filter(isDecided).map(withoutPurpose));
      });

      it("needs no declared hosts to see two members of a group on one of them", () => {
        assert.deepEqual(
          findingsIn(wrong.flatMap(declare)).filter((finding) => finding.startsWith("exchange-dag")),
          [
            "exchange-dag-anti-affinity ex2: ex2 (Exchange 2019, Mailbox) is on the same host hv1 as ex1: both are members of the database availability group DAG1.",
          ],
        );
      });
    });
  }
});

/** What Exchange keeps on the disks and who the witness is, no type of Azure can tell. */
function isDecided(finding: string): boolean {
  return !finding.startsWith("undecided ");
}

/** VMM does not say what a disk holds. */
function withoutPurpose(finding: string): string {
  return finding.replace(/ \((operatingSystem|data)\)/, "");
}

/** The buffer is only ours to default, and how adapters get their MAC addresses only Azure's. */
function withoutDefaults(value: unknown): unknown {
  const own = ["bufferPercent", "dynamicMacAddress"];
  return JSON.parse(JSON.stringify(value, (name, inner: unknown) => (own.includes(name) ? undefined : inner)));
}
