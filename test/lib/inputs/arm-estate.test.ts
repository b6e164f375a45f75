import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles } from "../../../lib/cli/check";
import type { CommandJudgement } from "../../../lib/cli/judgement";

const EXAMPLE = join(__dirname, "../../../examples/arm");
const GROUP = "/subscriptions/0000/resourceGroups/exchange/providers";
const LOCAL = `${GROUP}/Microsoft.AzureStackHCI`;

/** The example of Azure Local as Pulumi's engine exports it. */
function exportedStack(processors: number, hosts: readonly string[]): string {
  const resource = (type: string, name: string, inputs: object) => {
    const token = `azure-native:${type}`;
    const urn = `urn:pulumi:dev::azure-local::${token}::${name}`;
    return { urn, type: token, custom: true, inputs: { resourceGroupName: "exchange", ...inputs } };
  };
  const servers = hosts.flatMap((host, index) => {
    const name = `mbx${String(index + 1)}`;
    const disks = ["databases", "transactionLogs"].map((purpose) => ({ purpose, disk: `${name}-${purpose}` }));
    return [
      resource("hybridcompute:Machine", name, {
        machineName: name,
        kind: "HCI",
        tags: {
          "hyperv-guard:host": host,
          "hyperv-guard:exchange": "Exchange 2019",
          "hyperv-guard:exchangeRoles": "Mailbox",
          "hyperv-guard:databaseAvailabilityGroup": "DAG1",
        },
      }),
      ...disks.map(({ purpose, disk }) =>
        resource("azurestackhci:VirtualHardDisk", disk, {
          virtualHardDiskName: disk,
          containerId: `${LOCAL}/storageContainers/volume1`,
          diskSizeGB: 500,
          dynamic: false,
          diskFileFormat: "vhdx",
          tags: { "hyperv-guard:purpose": purpose },
        }),
      ),
      resource("azurestackhci:NetworkInterface", `${name}-nic`, {
        networkInterfaceName: `${name}-nic`,
        ipConfigurations: [{ name: "servers", properties: { subnet: { id: `${LOCAL}/logicalNetworks/servers` } } }],
      }),
      resource("azurestackhci:VirtualMachineInstance", name, {
        resourceUri: `${GROUP}/Microsoft.HybridCompute/machines/${name}`,
        hardwareProfile: { vmSize: "Custom", processors, memoryMB: 131_072 },
        osProfile: { computerName: name },
        storageProfile: {
          imageReference: { id: `${LOCAL}/marketplaceGalleryImages/windows-server` },
          dataDisks: disks.map(({ disk }) => ({ id: `${LOCAL}/virtualHardDisks/${disk}` })),
        },
        networkProfile: { networkInterfaces: [{ id: `${LOCAL}/networkInterfaces/${name}-nic` }] },
      }),
    ];
  });
  const shared = [
    resource("azurestackhci:StorageContainer", "volume1", {
      storageContainerName: "volume1",
      path: "C:\\ClusterStorage\\Volume1",
    }),
    resource("azurestackhci:MarketplaceGalleryImage", "windows-server", {
      marketplaceGalleryImageName: "windows-server",
      osType: "Windows",
      hyperVGeneration: "V2",
      identifier: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter-azure-edition" },
    }),
    resource("azurestackhci:LogicalNetwork", "servers", {
      logicalNetworkName: "servers",
      vmSwitchName: "ConvergedSwitch(compute)",
      subnets: [{ name: "servers", addressPrefix: "10.0.20.0/24", vlan: 20 }],
    }),
  ];
  return JSON.stringify({ version: 3, deployment: { resources: [...shared, ...servers] } });
}

/** Without what differs by intent: the URNs, which say where it is declared. */
function comparable({ findings, resources, view }: CommandJudgement): unknown {
  const text = JSON.stringify({ findings, resources, view });
  return JSON.parse(text.replace(/urn:pulumi:[^"\s]*::/g, "")) as unknown;
}

describe("an estate as a template and as a stack", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [what, processors, hosts] of [
    ["right", 8, ["node1", "node2"]],
    ["too large", 3000, ["node1", "node2"]],
    ["on one host", 8, ["node1", "node1"]],
  ] as const) {
    it(`is the same, with the same findings (${what})`, async () => {
      const state = join(folder, "state.json");
      const parameters = join(folder, "parameters.json");
      writeFileSync(state, exportedStack(processors, hosts));
      const given = JSON.parse(readFileSync(join(EXAMPLE, "azuredeploy.parameters.json"), "utf8")) as {
        parameters: Record<string, { value: unknown }>;
      };
      given.parameters["processors"] = { value: processors };
      given.parameters["servers"] = { value: hosts.map((host, index) => ({ name: `mbx${String(index + 1)}`, host })) };
      writeFileSync(parameters, JSON.stringify(given));
      const config = join(EXAMPLE, "policy-config.json");
      const arm = { option: "arm", file: join(EXAMPLE, "azuredeploy.json"), parameters } as const;
      const template = await checkFiles([arm], config, true);
      const stack = await checkFiles([{ option: "state", file: state }], config, true);
      assert.equal(template.findings.length > 0, what !== "right");
      assert.deepEqual(comparable(template), comparable(stack));
    });
  }
});
