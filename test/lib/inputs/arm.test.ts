import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { checkFiles } from "../../../lib/cli/check";
import { UNKNOWN } from "../../../lib/estate/plain";
import { readArmTemplate } from "../../../lib/inputs/arm";
import { InputError } from "../../../lib/inputs/input";

const EXAMPLE = join(__dirname, "../../../examples/arm");

function template(resources: unknown, more: object = {}): string {
  return JSON.stringify({ $schema: "https://x/deploymentTemplate.json#", ...more, resources });
}

function parameters(values: object): string {
  return JSON.stringify({ parameters: values });
}

function disk(more: object): object {
  return { type: "Microsoft.AzureStackHCI/virtualHardDisks", name: "disk", properties: {}, ...more };
}

describe("a template of Azure Resource Manager", () => {
  it("declares the two servers of the example, which are right", async () => {
    const file = join(EXAMPLE, "azuredeploy.json");
    const given = join(EXAMPLE, "azuredeploy.parameters.json");
    const config = join(EXAMPLE, "policy-config.json");
    const { findings, resources } = await checkFiles([{ option: "arm", file, parameters: given }], config, true);
    assert.equal(resources, 13);
    assert.deepEqual(
      findings.map(({ rule, problem }) => [rule, problem]),
      [],
    );
  });

  it("is found wrong where the servers of the example share a host, or are too large", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
    try {
      const text = readFileSync(join(EXAMPLE, "azuredeploy.parameters.json"), "utf8");
      const given = join(folder, "parameters.json");
      // As Windows PowerShell writes it.
      const wrong = text.replace("node2", "node1").replace('"value": 8 ', '"value": 3000 ');
      writeFileSync(given, Buffer.from(`\ufeff${wrong}`, "utf16le"));
      const file = join(EXAMPLE, "azuredeploy.json");
      const { findings } = await checkFiles([{ option: "arm", file, parameters: given }], undefined);
      const rules = findings.filter(({ enforcement }) => enforcement === "mandatory").map(({ rule }) => rule);
      assert.deepEqual([...new Set(rules)].sort(), [
        "exchange-dag-anti-affinity",
        "guest-processor-count",
        "host-virtual-processors",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("gives a resource in the form of azure-native, with its parameters", () => {
    const { resources, partial } = readArmTemplate(
      template([disk({ name: "[parameters('name')]", properties: { diskSizeGB: "[parameters('size')]", other: "[reference('x').y]" } })], {
        parameters: { name: { type: "string" }, size: { type: "int", defaultValue: 100 } },
      }),
      "main.json",
      parameters({ name: { value: "d1" } }),
    ); // prettier-ignore
    assert.equal(partial, undefined);
    assert.deepEqual(resources, [
      {
        urn: "urn:pulumi:template::main.json::azure-native:azurestackhci:VirtualHardDisk::d1",
        type: "azure-native:azurestackhci:VirtualHardDisk",
        name: "d1",
        properties: { diskSizeGB: 100, other: UNKNOWN, virtualHardDiskName: "d1" },
      },
    ]);
  });

  it("keeps what comes from a secure parameter secret, through variables and nested templates", () => {
    const inner = {
      parameters: { p: { type: "string" } },
      resources: [disk({ properties: { path: "[parameters('p')]" } })],
    };
    const { resources } = readArmTemplate(
      template(
        [
          disk({ name: "[variables('v')]" }),
          {
            type: "Microsoft.Resources/deployments",
            properties: {
              expressionEvaluationOptions: { scope: "inner" },
              parameters: { p: { value: "[variables('v')]" } },
              template: inner,
            },
          },
        ],
        { parameters: { s: { type: "secureString" } }, variables: { v: "[concat('x', parameters('s'))]" } },
      ),
      "main.json",
      parameters({ s: { value: "hidden" } }),
    ); // prettier-ignore
    assert.deepEqual(
      resources.map(({ name, secrets }) => [name, secrets]),
      [
        ["(name not known)", [{ path: "virtualHardDiskName", value: "xhidden" }]],
        ["disk", [{ path: "path", value: "xhidden" }]],
      ],
    );
  });

  it("leaves out what exists, and what a condition leaves out", () => {
    const { resources, partial } = readArmTemplate(
      template({
        a: disk({ existing: true }),
        b: disk({ condition: false }),
        c: disk({ condition: "[equals(1, 1)]" }),
      }),
      "main.json",
    );
    assert.deepEqual([resources.length, partial], [1, undefined]);
  });

  for (const [what, resource] of [
    ["a condition", disk({ condition: "[parameters('x')]" })],
    ["a count", disk({ copy: { name: "c", count: "[parameters('x')]" } })],
    ["a type", disk({ type: "[parameters('x')]" })],
    ["a linked template", { type: "Microsoft.Resources/deployments", properties: { templateLink: { uri: "x" } } }],
  ] as const) {
    it(`may have more where ${what} is not known`, () => {
      const { resources, partial } = readArmTemplate(template([resource]), "main.json");
      assert.equal(resources.length, 0);
      assert.match(partial ?? "", /^in the template, /);
    });
  }

  it("reads children and rules in lists, and copies of variables", () => {
    const rule = { name: "r", properties: { priority: 100 } };
    const { resources } = readArmTemplate(
      template(
        [
          {
            type: "Microsoft.Network/networkSecurityGroups",
            name: "[variables('names')[1]]",
            properties: { securityRules: [rule] },
            resources: [{ type: "securityRules", ...rule }],
          },
        ],
        { variables: { copy: [{ name: "names", count: 2, input: "[format('g{0}', copyIndex('names', 1))]" }] } },
      ),
      "main.json",
    );
    assert.deepEqual(
      resources.map(({ type, properties }) => [type, properties]),
      [
        [
          "azure-native:network:NetworkSecurityGroup",
          { networkSecurityGroupName: "g2", securityRules: [{ name: "r", priority: 100 }] },
        ],
        ["azure-native:network:SecurityRule", { priority: 100, securityRuleName: "r", networkSecurityGroupName: "g2" }],
      ],
    );
  });

  it("ends where variables grow or turn round", () => {
    const grow = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => {
        const before = `variables('v${String(index - 1)}')`;
        return [`v${String(index)}`, index === 0 ? "x" : `[createArray(${before}, ${before})]`];
      }),
    );
    const { resources } = readArmTemplate(
      template([disk({ properties: { a: "[variables('v29')]", b: "[variables('round')]" } })], {
        variables: { ...grow, round: "[variables('round')]" },
      }),
      "main.json",
    );
    assert.deepEqual(resources[0]?.properties["b"], UNKNOWN);
    assert.ok(JSON.stringify(resources).length < 1000);
  });

  for (const text of [
    "",
    "{",
    "[]",
    "{}",
    '{"resources":1}',
    "[".repeat(1_000_000),
    `{"resources":${"[".repeat(1_000_000)}`,
  ]) {
    it(`is refused in a line: ${text.slice(0, 20)}`, () => {
      assert.throws(() => readArmTemplate(text, "x"), InputError);
      assert.throws(() => readArmTemplate(template([]), "x", text), InputError);
    });
  }

  it("may be nested a million deep", () => {
    const deep = template([disk({ properties: { a: 0 } })]).replace(
      '"a":0',
      `"a":${"[".repeat(1e6)}${"]".repeat(1e6)}`,
    );
    assert.equal(readArmTemplate(deep, "x").resources.length, 1);
  });

  it("never makes the reader throw, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (one, two, three) => {
        const resource = { type: "Microsoft.AzureStackHCI/virtualHardDisks", properties: one, name: two, copy: three };
        readArmTemplate(
          template([one, resource, { ...resource, copy: one, scope: three }], { variables: three, parameters: two }),
          "x",
        );
      }),
    );
  });
});
