import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { UNKNOWN } from "../../../lib/estate/plain";
import { decoded, InputError } from "../../../lib/inputs/input";
import { readTerraform } from "../../../lib/inputs/terraform";
import { addressOf, plan, references, state, type TerraformResource } from "./terraform-plan";

function read(text: string): readonly DeclaredResource[] {
  return readTerraform(text, "plan.json").resources;
}

function only(text: string): DeclaredResource {
  const [first, another] = read(text);
  assert.ok(first !== undefined && another === undefined);
  return first;
}

const VHD: TerraformResource = { type: "hyperv_vhd", name: "os", values: { path: "D:\\os.vhdx", size: 10 } };

/** What a property of a resource depends on, by address. */
function dependencies(text: string, address: string, property: string): readonly string[] {
  const all = read(text);
  const names = new Map(all.map(({ urn, name }) => [urn, name]));
  const found = all.find(({ name }) => name === address);
  return (found?.propertyDependencies?.[property] ?? []).map((urn) => names.get(urn) ?? urn).sort();
}

describe("a plan of Terraform", () => {
  it("gives each resource with its values, by the names that Terraform has for them", () => {
    assert.deepEqual(only(plan([VHD])), {
      urn: "urn:terraform:plan.json::terraform::hyperv_vhd::hyperv_vhd.os",
      type: "terraform:tf:hyperv_vhd",
      name: "hyperv_vhd.os",
      properties: { path: "D:\\os.vhdx", size: 10 },
      dependencies: [],
      propertyDependencies: {},
    });
  });

  it("has the resources of modules, and each instance of count and for_each", () => {
    const all = [
      { ...VHD, index: 0 },
      { ...VHD, index: "a.b" },
      { ...VHD, module: 'module.lab["x::y"]' },
      { ...VHD, module: 'module.lab["x::y"].module.disks[1]', index: "c" },
    ];
    assert.deepEqual(
      read(plan(all))
        .map(({ name }) => name)
        .sort(),
      all.map(addressOf).sort(),
    );
    const [, project, type, name, ...more] = read(plan([{ ...VHD, index: "x::y" }]))[0]?.urn.split("::") ?? [];
    assert.deepEqual([project, type, name, more], ["terraform", "hyperv_vhd", 'hyperv_vhd.os["x:%3Ay"]', []]);
  });

  it("nests modules", () => {
    const child = { address: "module.a.module.b", resources: [{ ...VHD, address: "module.a.module.b.hyperv_vhd.os" }] };
    const root_module = { child_modules: [{ address: "module.a", child_modules: [child] }] };
    const text = JSON.stringify({ format_version: "1.2", planned_values: { root_module } });
    assert.equal(only(text).name, "module.a.module.b.hyperv_vhd.os");
  });

  it("leaves out what is deleted, data sources, and what an earlier replacement has left behind", () => {
    const left = [
      { ...VHD, name: "gone", actions: ["delete"] },
      { ...VHD, name: "forgotten", actions: ["forget"] },
      { ...VHD, mode: "data", actions: ["read"] },
      { ...VHD, mode: "ephemeral" },
    ];
    const replaced = { ...VHD, name: "replaced", actions: ["delete", "create"] };
    assert.deepEqual(
      read(plan([...left, replaced])).map(({ name }) => name),
      ["hyperv_vhd.replaced"],
    );
    const deposed = { address: "hyperv_vhd.os", deposed: "1a", change: { actions: ["delete"] } };
    const { resource_changes, ...rest } = JSON.parse(plan([VHD])) as { resource_changes: object[] };
    assert.equal(
      only(JSON.stringify({ ...rest, resource_changes: [...resource_changes, deposed] })).name,
      "hyperv_vhd.os",
    );
  });

  for (const [values, unknown, expected] of [
    [{ a: 1 }, { b: true }, { a: 1, b: UNKNOWN }],
    [{ a: null }, { a: true }, { a: UNKNOWN }],
    [{ a: [{ b: 1 }] }, { a: [{ c: true }] }, { a: [{ b: 1, c: UNKNOWN }] }],
    [{ a: [null, 2] }, { a: [true, false] }, { a: [UNKNOWN, 2] }],
    [{}, { a: [{ b: true }] }, { a: [{ b: UNKNOWN }] }],
    [{}, { a: { b: { c: true } } }, { a: { b: { c: UNKNOWN } } }],
    [{ a: [] }, { a: true }, { a: UNKNOWN }],
    [{ a: 1 }, { b: {}, c: [], d: [{}], e: false }, { a: 1 }],
    [{ a: { b: 1 } }, true, { a: UNKNOWN }],
    [{ a: 1 }, null, { a: 1 }],
  ] as const)
    it(`has ${JSON.stringify(values)} with ${JSON.stringify(unknown)} unknown`, () => {
      assert.deepEqual(only(plan([{ ...VHD, values, unknown }])).properties, expected);
    });

  it("knows what is sensitive, wherever it is said", () => {
    const values = { path: "D:\\os.vhdx", disks: [{ name: "a", key: "s3cret" }], tags: { owner: "me" } };
    const sensitive = { disks: [{ key: true }], tags: true };
    assert.deepEqual(only(plan([{ ...VHD, values, sensitive }])).secrets, [
      { path: "disks[0].key", value: "s3cret" },
      { path: "tags", value: { owner: "me" } },
    ]);
    const text = plan([{ ...VHD, values }]).replace('"after_sensitive":{}', '"after_sensitive":{"path":true}');
    assert.deepEqual(only(text).secrets, [{ path: "path", value: "D:\\os.vhdx" }]);
  });

  it("does not depend on the order of anything", () => {
    const all: readonly TerraformResource[] = [
      { ...VHD, index: "a" },
      { ...VHD, index: "b" },
      {
        ...VHD,
        type: "hyperv_machine_instance",
        name: "vm",
        index: "b",
        expressions: { x: references("hyperv_vhd.os", "each.key") },
      },
      { ...VHD, module: "module.m", expressions: { y: references("local.z") } },
    ];
    const byUrn = (text: string) => [...read(text)].sort((one, other) => (one.urn < other.urn ? -1 : 1));
    const expected = byUrn(plan(all));
    fc.assert(
      fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), (shuffled) => {
        assert.deepEqual(sortedDependencies(byUrn(plan(shuffled))), sortedDependencies(expected));
      }),
    );
  });

  it("says why it has not everything", () => {
    const prior = { values: { root_module: { resources: [VHD, { ...VHD, name: "other" }] } } };
    for (const [more, partial] of [
      [{}, undefined],
      [{ complete: true }, undefined],
      [{ complete: false }, "the plan is not complete, as with -target."],
      [{ errored: true }, "the plan has failed before it was complete."],
      [{ deferred_changes: [{}] }, "1 change of the plan must wait for a later one."],
      [{ prior_state: prior }, "1 resource that exists is not in the plan, as with -target."],
    ] as const)
      assert.equal(readTerraform(plan([VHD], {}, more)).partial, partial, JSON.stringify(more));
  });

  it("has all that exists where it was only moved", () => {
    const prior_state = { values: { root_module: { resources: [{ ...VHD, name: "before" }] } } };
    const text = plan([VHD], {}, { prior_state }).replace('"module_address"', '"x"');
    const moved = text.replace('"resource_changes":[{', '"resource_changes":[{"previous_address":"hyperv_vhd.before",');
    assert.equal(readTerraform(moved).partial, undefined);
  });
});

function sortedDependencies(all: readonly DeclaredResource[]): unknown {
  return all.map(({ propertyDependencies = {}, ...rest }) => ({
    ...rest,
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([name, urns]) => [name, [...urns].sort()]),
    ),
  }));
}

describe("the providers of a plan", () => {
  const providers = {
    hyperv: { name: "hyperv", expressions: {} },
    "hyperv.hv1": {
      name: "hyperv",
      alias: "hv1",
      expressions: { host: { constant_value: "hv1.contoso.com" }, password: { constant_value: "s3cret" } },
    },
    "hyperv.hv2": { name: "hyperv", alias: "hv2", expressions: { host: references("var.host") } },
  };

  it("are those of the resources, with the host where it is written out, and without anything else", () => {
    const text = plan([{ ...VHD, provider: "hyperv.hv1" }], { providers });
    assert.deepEqual(only(text).provider, {
      urn: "urn:terraform:plan.json::terraform::pulumi:providers:hyperv::hyperv.hv1",
      type: "pulumi:providers:hyperv",
      name: "hyperv.hv1",
      host: "hv1.contoso.com",
    });
  });

  it("have no host where it is an expression, of which the plan has only what it refers to", () => {
    for (const provider of ["hyperv", "hyperv.hv2", "module.a:hyperv", "__proto__"])
      assert.equal(only(plan([{ ...VHD, provider }], { providers })).provider?.host, null, provider);
  });
});

describe("what a value of a plan is made of", () => {
  const NIC: TerraformResource = { type: "azapi_resource", name: "nic", values: {} };
  const machine = (refs: readonly string[], more: Partial<TerraformResource> = {}): TerraformResource => ({
    type: "azapi_resource",
    name: "vm",
    values: {},
    expressions: { body: references(...refs) },
    ...more,
  });
  const keyed = (...keys: readonly (string | number)[]): readonly TerraformResource[] =>
    keys.map((index) => ({ ...NIC, index }));
  const nic = (key: string): string => `azapi_resource.nic[${key}]`;

  for (const [refs, all, vm, expected] of [
    [["azapi_resource.nic.id", "azapi_resource.nic"], [NIC], {}, ["azapi_resource.nic"]],
    [[`${nic('"a"')}.id`, nic('"a"'), "azapi_resource.nic"], keyed("a", "b"), {}, [nic('"a"')]],
    [[nic("1"), "azapi_resource.nic"], keyed(0, 1), {}, [nic("1")]],
    [["azapi_resource.nic"], keyed("a", "b"), { index: "a" }, [nic('"a"'), nic('"b"')]],
    [["azapi_resource.nic", "each.key"], keyed("a", "b"), { index: "a" }, [nic('"a"')]],
    [["azapi_resource.nic", "each.key"], keyed("a", "b"), { index: "c" }, [nic('"a"'), nic('"b"')]],
    [["azapi_resource.nic", "count.index"], keyed(0), { index: 0 }, [nic("0")]],
    // One machine of one cannot take its number from two adapters in order.
    [["azapi_resource.nic", "count.index"], keyed(0, 1), { index: 0 }, [nic("0"), nic("1")]],
    [["data.azapi_resource.nic.id", "data.azapi_resource.nic"], [NIC], {}, []],
    [["local.all"], [NIC, { ...NIC, name: "disk" }], {}, ["azapi_resource.disk", "azapi_resource.nic"]],
    [["var.x", "path.module", "each.value", "nothing", ""], [NIC], {}, []],
    [["azapi_resource.vm"], [NIC], {}, []],
  ] as const)
    it(`is ${expected.join(" and ") || "nothing"} by ${refs.join(", ")} among ${all.map(addressOf).join(", ")}`, () => {
      const own = machine(refs, vm);
      assert.deepEqual(dependencies(plan([...all, own]), addressOf(own), "body"), expected);
    });

  it("is nothing where a data source takes part that is read later", () => {
    const data = { ...NIC, name: "image", mode: "data", actions: ["read"] };
    const own = machine(["azapi_resource.nic", "data.azapi_resource.image"]);
    assert.deepEqual(dependencies(plan([NIC, data, own]), "azapi_resource.vm", "body"), []);
  });

  it("is found through variables and outputs of modules, by the key of the module", () => {
    const all = [
      ...keyed("a", "b"),
      { ...NIC, name: "disk", module: 'module.disks["a"]' },
      { ...NIC, name: "disk", module: 'module.disks["b"]' },
      ...["a", "b"].map((key) => machine(["var.nic", "var.disk"], { module: `module.vm["${key}"]` })),
    ];
    const call = {
      expressions: {
        nic: references("azapi_resource.nic", "each.key"),
        disk: references("module.disks", "each.key"),
      },
    };
    const outputs = { id: { expression: references("azapi_resource.disk.id", "azapi_resource.disk") } };
    const text = plan(all, { calls: { vm: { call }, disks: { outputs } } });
    assert.deepEqual(dependencies(text, 'module.vm["b"].azapi_resource.vm', "body"), [
      nic('"b"'),
      'module.disks["b"].azapi_resource.disk',
    ]);
  });

  it("is found through for_each", () => {
    const own = machine(["each.value.id", "each.value"], { index: "a", forEach: references("azapi_resource.nic") });
    assert.deepEqual(dependencies(plan([NIC, own]), addressOf(own), "body"), ["azapi_resource.nic"]);
  });

  it("is found in blocks", () => {
    const expressions = {
      disk: [{ inner: [{ id: references("azapi_resource.nic") }] }, { id: { constant_value: {} } }],
    };
    const own = machine([], { expressions });
    assert.deepEqual(dependencies(plan([NIC, own]), "azapi_resource.vm", "disk"), ["azapi_resource.nic"]);
  });

  it("is not followed in circles", () => {
    const call = { expressions: { x: references("module.a.y", "module.a") } };
    const outputs = { y: { expression: references("var.x", "module.a.y", "azapi_resource.nic") } };
    const all = [{ ...NIC, module: "module.a" }, machine(["module.a.y", "module.a"])];
    assert.deepEqual(dependencies(plan(all, { calls: { a: { call, outputs } } }), "azapi_resource.vm", "body"), [
      "module.a.azapi_resource.nic",
    ]);
  });

  it("is not asked for among more resources than a value is made of", () => {
    const many = Array.from({ length: 600 }, (_, index) => ({ ...NIC, index }));
    assert.deepEqual(dependencies(plan([...many, machine(["local.x"])]), "azapi_resource.vm", "body"), []);
    assert.deepEqual(dependencies(plan([...many, machine(["azapi_resource.nic"])]), "azapi_resource.vm", "body"), []);
  });
});

describe("a state of Terraform", () => {
  it("gives what there is, without a provider", () => {
    const { resources, partial } = readTerraform(state([VHD, { ...VHD, mode: "data" }]));
    assert.deepEqual(
      resources.map(({ name, properties, provider }) => [name, properties, provider]),
      [["hyperv_vhd.os", VHD.values, undefined]],
    );
    assert.equal(partial, undefined);
  });

  it("may be empty", () => {
    assert.deepEqual(readTerraform('{"format_version":"1.0","terraform_version":"1.9.8"}').resources, []);
  });

  it("knows what is sensitive", () => {
    assert.deepEqual(only(state([{ ...VHD, sensitive: { size: true } }])).secrets, [{ path: "size", value: 10 }]);
  });
});

describe("what is neither a plan nor a state", () => {
  for (const [text, message] of [
    ["", "is empty, not a plan or a state as `terraform show -json` or `tofu show -json` writes it"],
    ["PK\u0003\u0004", "is a plan in Terraform's own format: write it with `terraform show -json PLAN`"],
    [
      '{"@level":"info","@message":"Terraform 1.9.8"}\n{"@level":"info"}',
      "has the messages of `terraform plan -json`: save the plan with `terraform plan -out=PLAN`, and write it with " +
        "`terraform show -json PLAN`",
    ],
    [
      '{"version":4,"terraform_version":"1.9.8","lineage":"x","resources":[]}',
      "is a state in Terraform's own format: write it with `terraform show -json`",
    ],
    [
      '{"version":3,"deployment":{}}',
      "is not a plan or a state as `terraform show -json` or `tofu show -json` writes it: it has no format_version",
    ],
    ['{"format_version":"2.0"}', "is of version 2.0 of the format; 0 and 1 are read"],
    ["[1]", "is not a plan or a state as `terraform show -json` or `tofu show -json` writes it"],
    [plan([VHD]).slice(0, 100), "is not JSON, or cut short: position 100"],
    [
      '{"format_version":"1.0","values":{"root_module":{"resources":[{"mode":"managed"}]}}}',
      "is not a plan or a state as `terraform show -json` or `tofu show -json` writes it: a resource has no type or name",
    ],
  ] as const)
    it(`is refused: ${message.slice(0, 60)}`, () => {
      assert.throws(() => readTerraform(text), new InputError(message));
    });

  it("is read as Windows PowerShell writes it", () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(plan([VHD]), "utf16le")]);
    assert.equal(only(decoded(utf16)).name, "hyperv_vhd.os");
  });

  it("may be nested a million deep", () => {
    const [open, close] = ["[".repeat(1e6), "]".repeat(1e6)];
    const values = (deep: string) => plan([{ ...VHD, values: { deep: 1 } }]).replace('"deep":1', `"deep":${deep}`);
    assert.equal(read(values(`${open}${close}`)).length, 1);
    assert.equal(read(values(`${'{"a":'.repeat(1e6)}1${"}".repeat(1e6)}`)).length, 1);
    const modules = `${'{"child_modules":['.repeat(1e5)}${"]}".repeat(1e5)}`;
    assert.deepEqual(read(`{"format_version":"1.0","values":{"root_module":${modules}}}`), []);
    const inModule = plan([{ ...VHD, module: "module.a" }]).replaceAll(
      '"module.a',
      `"${"module.b.".repeat(1e5)}module.a`,
    );
    assert.equal(read(inModule).length, 1);
    const expressions = plan([{ ...VHD, expressions: { x: 7 } }]).replace('"x":7', `"x":${open}${close}`);
    assert.equal(read(expressions).length, 1);
  });

  it("takes names such as __proto__ for what they are", () => {
    const values = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as Record<string, unknown>;
    const unknown = JSON.parse('{"__proto__":{"b":true},"toString":true}') as Record<string, unknown>;
    const { properties } = only(plan([{ ...VHD, values, unknown, expressions: values }]));
    assert.deepEqual(Object.keys(properties).sort(), ["__proto__", "constructor", "toString"]);
    assert.deepEqual(Object.entries(properties["__proto__"] ?? {}), [
      ["a", 1],
      ["b", UNKNOWN],
    ]);
    assert.equal(Object.getPrototypeOf(properties), Object.prototype);
    for (const name of ["__proto__", "constructor", "toString"])
      assert.equal(
        read(
          plan([
            {
              ...VHD,
              type: name,
              name,
              module: `module.${name}`,
              expressions: { x: references(`module.${name}.${name}`, `var.${name}`) },
            },
          ]),
        ).length,
        1,
      );
  });

  it("never throws anything else", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom("planned_values", "values", "resource_changes", "configuration"),
        (json, key) => {
          const text = `{"format_version":"1.2","${key}":${json}}`;
          try {
            readTerraform(text);
          } catch (error) {
            assert.ok(error instanceof InputError, String(error));
          }
        },
      ),
    );
  });
});
