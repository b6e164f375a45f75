import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { toPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { readTerraform } from "../../../lib/inputs/terraform";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { fileConfiguration } from "../../../lib/settings/file-configuration";
import { isRecord } from "../../../lib/text/collections";
import { RULES, undecided } from "../../../policies";
import { ROOT } from "../../root";
import { plainly, resource, said } from "../dialects/azure/declare";

/* The examples in Terraform are estates of examples in Pulumi: they have the same findings. */

const POLICIES = [...RULES, undecided];

function example(...path: readonly string[]): string {
  return readFileSync(join(ROOT, "examples", ...path), "utf8");
}

function judged(resources: readonly DeclaredResource[], configuration: unknown): readonly string[] {
  const settings = new EffectiveSettings({ policies: POLICIES });
  settings.configure(fileConfiguration(configuration, POLICIES, settings));
  return new Judge(RULES, undecided, settings)
    .judgeAll(resources)
    .findings.map(({ rule, enforcement, entity }) => `${enforcement} ${rule} ${entity?.name ?? "-"}`)
    .sort();
}

describe("the example of Terraform with the Hyper-V provider", () => {
  const program: unknown = parse(example("exchange-2010-violations", "Pulumi.yaml"));
  const NAMES = ["hv1", "hv2", "ex-mbx1", "ex-mbx2", "ex-cas1", "ex-cas2", "ex-ht1"];

  /** The two hosts with Exchange of the program, as a preview hands them over. */
  function declared(): readonly DeclaredResource[] {
    assert.ok(isRecord(program) && isRecord(program["resources"]));
    const variables = toPlainObject(program["variables"]);
    const { resources } = program;
    return NAMES.map((name) => {
      const found = resources[name];
      assert.ok(isRecord(found) && typeof found["type"] === "string");
      const properties = substituted(toPlainObject(found["properties"]), variables);
      return resource(found["type"], name, { name, ...(properties as PlainObject) });
    });
  }

  const inTerraform = () => judged(readTerraform(example("terraform", "hyperv", "plan.json")).resources, config);
  const config: unknown = JSON.parse(example("terraform", "hyperv", "policy-config.json"));

  it("has the findings of the same estate in Pulumi", () => {
    const findings = inTerraform();
    assert.deepEqual(findings, judged(declared(), { estate: { asOf: "2012-06-30" } }));
    assert.equal(findings.filter((finding) => finding.startsWith("mandatory")).length, 6);
  });
});

/** References of a program in YAML, to variables and to names. */
function substituted(value: Plain, variables: PlainObject): Plain {
  if (typeof value === "string") {
    const [, name = "", property] = /^\$\{([\w-]+)(?:\.(\w+))?\}$/.exec(value) ?? [];
    if (name === "") return value;
    return property === undefined ? (variables[name] ?? null) : name;
  }
  if (Array.isArray(value)) return value.map((item: Plain) => substituted(item, variables));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substituted(item ?? null, variables)]));
}

describe("the example of Terraform with Azure Local", () => {
  const PLAN = example("terraform", "azure-local", "plan.json");
  const CONFIG: unknown = JSON.parse(example("terraform", "azure-local", "policy-config.json"));
  const LOCAL = "azure-native:azurestackhci";

  /** What examples/azure-local declares, as a preview has it: ids are not known. */
  function declared(hosts: readonly string[]): readonly DeclaredResource[] {
    const volume = resource(`${LOCAL}:StorageContainer`, "volume1", { path: "C:\\ClusterStorage\\Volume1" });
    const image = resource(`${LOCAL}:MarketplaceGalleryImage`, "windows-server", {
      osType: "Windows",
      hyperVGeneration: "V2",
      identifier: {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: "2022-datacenter-azure-edition",
      },
    });
    const network = resource(`${LOCAL}:LogicalNetwork`, "servers", {
      vmSwitchName: "ConvergedSwitch(compute)",
      subnets: [{ name: "servers", addressPrefix: "10.0.20.0/24", vlan: 20 }],
    });
    return [volume, image, network, ...hosts.flatMap((host, index) => server(`mbx${String(index + 1)}`, host))];

    function server(name: string, host: string): readonly DeclaredResource[] {
      const machine = resource("azure-native:hybridcompute:Machine", `${name}-machine`, {
        kind: "HCI",
        tags: {
          "hyperv-guard:host": host,
          "hyperv-guard:exchange": "Exchange 2019",
          "hyperv-guard:exchangeRoles": "Mailbox",
          "hyperv-guard:databaseAvailabilityGroup": "DAG1",
        },
      });
      const disks = ["databases", "transactionLogs"].map((purpose) =>
        resource(
          `${LOCAL}:VirtualHardDisk`,
          `${name}-${purpose}`,
          {
            virtualHardDiskName: `${name}-${purpose}`,
            containerId: UNKNOWN,
            diskSizeGB: 500,
            dynamic: false,
            diskFileFormat: "vhdx",
            tags: { "hyperv-guard:purpose": purpose },
          },
          { containerId: [volume] },
        ),
      );
      const adapter = resource(
        `${LOCAL}:NetworkInterface`,
        `${name}-nic`,
        {
          networkInterfaceName: `${name}-nic`,
          ipConfigurations: [{ name: "servers", properties: { subnet: { id: UNKNOWN } } }],
        },
        { ipConfigurations: [network] },
      );
      const instance: PlainObject = {
        resourceUri: UNKNOWN,
        hardwareProfile: { vmSize: "Custom", processors: 8, memoryMB: 131_072 },
        osProfile: { computerName: name },
        storageProfile: { imageReference: { id: UNKNOWN }, dataDisks: disks.map(() => ({ id: UNKNOWN })) },
        networkProfile: { networkInterfaces: [{ id: UNKNOWN }] },
      };
      const on = { resourceUri: [machine], storageProfile: [image, ...disks], networkProfile: [adapter] };
      return [machine, ...disks, adapter, resource(`${LOCAL}:VirtualMachineInstance`, name, instance, on)];
    }
  }

  function machines(resources: readonly DeclaredResource[]): unknown {
    return readEstate(resources, true)
      .virtualMachines.map((machine) => said(plainly(machine)) as Record<string, unknown>)
      .sort((one, other) => (String(one["name"]) < String(other["name"]) ? -1 : 1));
  }

  const inTerraform = (text: string) => readTerraform(text).resources;

  it("is the same model as that of the estate in Pulumi", () => {
    assert.deepEqual(machines(inTerraform(PLAN)), machines(declared(["node1", "node2"])));
  });

  it("has no findings, as the estate in Pulumi", () => {
    assert.deepEqual(judged(inTerraform(PLAN), CONFIG), []);
    assert.deepEqual(judged(declared(["node1", "node2"]), CONFIG), []);
  });

  it("has the findings of the estate in Pulumi where both servers are on one host", () => {
    const findings = judged(inTerraform(PLAN.replaceAll('"node2"', '"node1"')), CONFIG);
    assert.deepEqual(findings, judged(declared(["node1", "node1"]), CONFIG));
    assert.ok(findings.some((finding) => finding.startsWith("mandatory exchange-dag-anti-affinity")));
  });
});
