import assert from "node:assert/strict";
import { inspect } from "node:util";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { problemsOf } from "../../kit";
import { plainly, resource, said } from "./azure/declare";

const GROUP = "/subscriptions/s/resourceGroups/rg";
const HCI = "Microsoft.AzureStackHCI";

function azapi(name: string, type: string, body: Plain, more: PlainObject = {}): DeclaredResource {
  return resource("azapi:index/resource:Resource", name, {
    name,
    type: `${type}@2024-01-01`,
    parentId: GROUP,
    body,
    ...more,
  });
}

function machine(body: Plain): readonly DeclaredResource[] {
  return [
    azapi("disk", `${HCI}/virtualHardDisks`, { properties: { diskSizeGB: 100, dynamic: true } }, { name: "data" }),
    azapi("app1", "Microsoft.HybridCompute/machines", { kind: "HCI" }, { tags: { "hyperv-guard:host": "hv1" } }),
    azapi("instance", `${HCI}/virtualMachineInstances`, body, {
      name: "default",
      parentId: `${GROUP}/providers/Microsoft.HybridCompute/machines/app1`,
    }),
  ];
}

const BODY: PlainObject = {
  extendedLocation: {},
  properties: {
    hardwareProfile: { vmSize: "Custom", processors: 4, memoryMB: 8192 },
    storageProfile: { dataDisks: [{ id: `${GROUP}/providers/${HCI}/virtualHardDisks/data` }] },
  },
};

function machines(resources: readonly DeclaredResource[]): unknown {
  return readEstate(resources, true).virtualMachines.map((one) => said(plainly(one)));
}

describe("resources of azapi", () => {
  it("are read by the type of Azure that they declare, and joined by their ids", () => {
    const [vm, another] = readEstate(machine(BODY), true).virtualMachines;
    assert.ok(vm !== undefined && another === undefined);
    assert.deepEqual(plainly([vm.name, vm.processorCount, vm.memoryMB, vm.host]), ["app1", 4, 8192, "hv1"]);
    assert.equal(vm.processorCount.origin.path, "body.properties.hardwareProfile.processors");
    assert.deepEqual(
      plainly(vm.disks.state === "known" ? vm.disks.value.map(({ type, sizeGB }) => [type, sizeGB]) : []),
      [["dynamic", 100]],
    );
  });

  it("may have their body as a JSON text", () => {
    assert.deepEqual(machines(machine(JSON.stringify(BODY))), machines(machine(BODY)));
  });

  for (const body of ["{", "[]", "7", "null", "x"])
    it(`have a body that cannot be read in ${JSON.stringify(body)}`, () => {
      const problems = problemsOf(readEstate(machine(body), true));
      assert.deepEqual(problems, [
        "instance: body is a text that is not the JSON of an object → Use an object, or jsonencode of one.",
      ]);
    });

  const bodies: readonly Plain[] = [
    null,
    "",
    {},
    { properties: null },
    { properties: 7 },
    7,
    [],
    UNKNOWN,
    { properties: UNKNOWN },
  ];
  for (const body of bodies)
    it(`declare a machine all the same with the body ${inspect(body)}`, () => {
      assert.equal(readEstate(machine(body), true).virtualMachines.length, 1);
    });

  it("have facts that are unknown while the body is", () => {
    const [vm] = readEstate(machine(UNKNOWN), true).virtualMachines;
    assert.deepEqual(
      [vm?.processorCount.state, vm?.disks.state, vm?.memoryMB.state],
      ["unknown", "unknown", "unknown"],
    );
  });

  it("are joined by what their properties depend on while ids are unknown", () => {
    const [disk, arc, instance] = machine({
      properties: { storageProfile: { dataDisks: [{ id: UNKNOWN }], vmConfigStoragePathId: UNKNOWN } },
    });
    assert.ok(disk !== undefined && arc !== undefined && instance !== undefined);
    const container = azapi("volume", `${HCI}/storageContainers`, { properties: { path: "C:\\ClusterStorage\\V1" } });
    const joined: DeclaredResource = {
      ...instance,
      properties: { ...instance.properties, parentId: UNKNOWN },
      propertyDependencies: { parentId: [arc.urn], body: [disk.urn, container.urn, arc.urn] },
    };
    const [vm] = readEstate([disk, arc, container, joined], true).virtualMachines;
    assert.deepEqual(plainly([vm?.host, vm?.storagePath]), ["hv1", "C:\\ClusterStorage\\V1"]);
    assert.deepEqual(plainly(vm?.disks.state === "known" ? vm.disks.value.map(({ sizeGB }) => sizeGB) : []), [100]);
  });

  it("may be network security groups with their rules", () => {
    const rule = { priority: 100, direction: "Inbound", access: "Deny", protocol: "Tcp", destinationPortRange: "8100" };
    const group = "Microsoft.Network/networkSecurityGroups";
    const estate = readEstate(
      [
        azapi("nsg", group, { properties: { securityRules: [{ name: "vmm", properties: rule }] } }),
        azapi(
          "rule",
          `${group}/securityRules`,
          { properties: { ...rule, priority: 200 } },
          { parentId: `${GROUP}/providers/${group}/nsg` },
        ),
        azapi("local", `${HCI}/networkSecurityGroups`, JSON.stringify({ properties: {} })),
        azapi("unknown", group, { properties: UNKNOWN }),
      ],
      true,
    );
    assert.deepEqual(
      estate.networkSecurityGroups.map(({ name, platform, rules }) => [
        name,
        platform,
        rules.state === "known" ? rules.value.map((one) => plainly([one.name, one.priority])) : rules.state,
      ]),
      [
        ["local", "azureLocal", []],
        ["nsg", "azure", [["vmm", 100]]],
        ["unknown", "azure", "unknown"],
      ],
    );
    assert.deepEqual(
      estate.securityRules.map(({ group: of, rule: one }) => plainly([of, one.priority])),
      [["nsg", 200]],
    );
  });

  it("may be policies of Site Recovery", () => {
    const policy = {
      providerSpecificInput: { instanceType: "HyperVReplica2012R2", replicationFrequencyInSeconds: 300 },
    };
    const type = "Microsoft.RecoveryServices/vaults/replicationPolicies";
    const [found] = readEstate([azapi("policy", type, { properties: policy })], true).replicas;
    assert.equal(found?.name, "policy");
    assert.equal(plainly(found.frequencySeconds), 300);
  });

  it("are passed over where they are of other types, or of none", () => {
    for (const type of ["Microsoft.Storage/storageAccounts", "", "x", "toString", "__proto__"])
      assert.deepEqual(machines([azapi("one", type, BODY)]), []);
    assert.deepEqual(machines([resource("azapi:index/resource:Resource", "one", { type: UNKNOWN, body: BODY })]), []);
  });
});
