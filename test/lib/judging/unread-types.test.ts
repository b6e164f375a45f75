import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { Judge } from "../../../lib/judging/judge";
import { unreadTypes } from "../../../lib/judging/unread-types";
import { judgedLine } from "../../../lib/reports/judged-line";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { resource, vm } from "../../kit";

const INSTANCE = "Microsoft.AzureStackHCI/virtualMachineInstances";
const AZAPI = "azapi:resources:Resource";

function named(...resources: readonly DeclaredResource[]): readonly string[] {
  return unreadTypes(resources, (one) => one).map(({ type, names }) => `${type}: ${names.join(", ")}`);
}

function azapi(properties: PlainObject, type = AZAPI): DeclaredResource {
  return resource(type, "vm1", properties);
}

function judgement(...resources: readonly DeclaredResource[]) {
  const settings = new EffectiveSettings({ policies: [...RULES, undecided], today: "2026-06-30" });
  return new Judge(RULES, undecided, settings).judgeAll(resources);
}

describe("types that look like Hyper-V and are not read", () => {
  for (const type of [
    "labmod:tf:module.vms.hyperv_machine_instance",
    "pulumi-terraform:index:hyperv_vhd",
    "acme:hyper-v:Machine",
    "acme:index:AzureStackHciMachine",
    "tf:azurerm_stack_hci_virtual_hard_disk",
    "azure-native:azurestackhci:VirtualMachineOfTomorrow",
    "azure-native:scvmm/v20270101:Placement",
    "azure:stack/hciVirtualMachine:HciVirtualMachine",
  ]) {
    it(`are ${type}`, () => {
      assert.deepEqual(named(resource(type, "r", {})), [`${type}: r`]);
    });
  }

  for (const type of [
    "aws:ec2/instance:Instance",
    "pulumi:providers:hyperv",
    "pulumi:pulumi:Stack",
    "nutanix:index/hypervisor:Hypervisor",
    "kubernetes:apps/v1:Deployment",
    "azure-native:scvmm:VmmServer",
    "azure-native:scvmm:Cloud",
    "azure-native:azurestackhci:Extension",
    "azure-native:azurestackhci:VirtualMachineInstance",
    "hyperv:index/isoImage:IsoImage",
    "hyperv-guard:index:VirtualMachine",
  ]) {
    it(`are not ${type}`, () => {
      assert.deepEqual(named(resource(type, "r", {})), []);
    });
  }

  it("are those of Azure's own interface, by the type that is declared", () => {
    assert.deepEqual(named(azapi({ type: `${INSTANCE}@2024-01-01` })), [`${AZAPI} (${INSTANCE}): vm1`]);
    assert.deepEqual(named(azapi({ type: "microsoft.scvmm/virtualmachineinstances@2023-10-07" })).length, 1);
    assert.deepEqual(named(azapi({ type: "Microsoft.HybridCompute/machines@2023-10-03", body: { kind: "hci" } })), [
      `${AZAPI} (Microsoft.HybridCompute/machines of kind HCI): vm1`,
    ]);
    for (const type of ["Microsoft.Storage/storageAccounts@2023-01-01", "Microsoft.HybridCompute/machines@2023-10-03"])
      assert.deepEqual(named(azapi({ type, name: INSTANCE })), []);
    assert.deepEqual(named(azapi({ type: "Microsoft.ScVmm/vmmServers@2023-10-07" })), []);
  });

  it("are those in a template, as an object and as text", () => {
    const template = { resources: [{ type: INSTANCE, name: "vm1" }] };
    for (const [type, properties] of [
      ["azure-native:resources:Deployment", { properties: { template } }],
      ["azure-native:resources/v20240301:Deployment", { properties: { template } }],
      [
        "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment",
        { templateContent: JSON.stringify(template) },
      ],
    ] as const)
      assert.deepEqual(named(azapi(properties, type)), [`${type} (${INSTANCE}): vm1`]);
  });

  it("are not those that the generic resource of azure-native is read for", () => {
    const generic = (resourceType: string) =>
      azapi({ resourceProviderNamespace: "Microsoft.AzureStackHCI", resourceType }, "azure-native:resources:Resource");
    assert.deepEqual(named(generic("virtualMachineInstances")), []);
    assert.deepEqual(named(generic("placements")).length, 1);
  });

  it("are not what only holds other resources", () => {
    const parent = resource("acme:index:HyperVCluster", "c1", {});
    assert.deepEqual(named(parent, { ...vm("vm1"), parent: parent.urn }), []);
  });

  it("S1: are named once, with the first resource and their number", () => {
    const { findings, summary } = judgement(
      ...["vm2", "vm1", "vm3"].map((name) => resource(AZAPI, name, { type: INSTANCE })),
      resource("labmod:tf:hyperv_storage_pool", "disk", {}),
    );
    assert.deepEqual(
      findings.map(({ rule, enforcement, urn, problem }) => [rule, enforcement, urn, problem]),
      [
        [
          "undecided",
          "advisory",
          undefined,
          "4 resources look like Hyper-V and were not judged, because hyperv-guard does not read the types " +
            `${AZAPI} (${INSTANCE}) (vm1 and 2 more) and labmod:tf:hyperv_storage_pool (disk).`,
        ],
      ],
    );
    assert.match(judgedLine(summary), /\(4 resources; 4 resources that look like Hyper-V not read\)\.$/);
  });

  it("S1: are nothing in a program that has nothing of Hyper-V", () => {
    assert.deepEqual(judgement(resource("aws:ec2/instance:Instance", "web", { type: INSTANCE })), { findings: [] });
  });
});
