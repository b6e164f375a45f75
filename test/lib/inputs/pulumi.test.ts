import assert from "node:assert/strict";
import fc from "fast-check";
import { UNKNOWN } from "../../../lib/estate/plain";
import { decoded, InputError, type Input } from "../../../lib/inputs/input";
import { readPulumiPreview } from "../../../lib/inputs/pulumi-preview";
import { readPulumiState } from "../../../lib/inputs/pulumi-state";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const STACK = "urn:pulumi:dev::lab::pulumi:pulumi:Stack::lab-dev";

function urn(type: string, name: string): string {
  return `urn:pulumi:dev::lab::${type}::${name}`;
}

function resource(type: string, name: string, more: object = {}): object {
  return { urn: urn(type, name), type, custom: true, parent: STACK, ...more };
}

function state(resources: readonly unknown[], more: object = {}): string {
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources, ...more } });
}

function preview(steps: readonly unknown[], changeSummary: object = {}): string {
  return JSON.stringify({ steps, diagnostics: [], changeSummary });
}

const HOST_RESOURCE = resource("hyperv-guard:index:Host", "hv1", {
  inputs: { name: "hv1", memoryMB: 65536 },
  outputs: { name: "hv1" },
  propertyDependencies: { name: [] },
});

describe("an exported stack", () => {
  it("gives each resource with its inputs, over which its outputs go", () => {
    const both = { inputs: { a: 1, b: 2 }, outputs: { b: 3, c: 4 } };
    const { resources, partial } = readPulumiState(state([resource("t:i:T", "one", both)]));
    assert.deepEqual(resources, [
      {
        urn: urn("t:i:T", "one"),
        type: "t:i:T",
        name: "one",
        properties: { a: 1, b: 3, c: 4 },
        dependencies: [],
        propertyDependencies: {},
        parent: STACK,
      },
    ]);
    assert.equal(partial, undefined);
  });

  it("reads a resource with outputs only, one that was only read, and one without either", () => {
    const { resources } = readPulumiState(
      state([
        resource("t:i:T", "discovered", { outputs: { a: 1 } }),
        resource("t:i:T", "read", { external: true, inputs: { a: 2 } }),
        resource("t:i:T", "bare"),
      ]),
    );
    assert.deepEqual(
      resources.map(({ properties }) => properties),
      [{ a: 1 }, { a: 2 }, {}],
    );
  });

  it("leaves out what is about to be deleted, and takes the last of several versions of one URN", () => {
    const { resources } = readPulumiState(
      state(
        [
          resource("t:i:T", "one", { inputs: { a: 1 } }),
          resource("t:i:T", "one", { inputs: { a: 2 } }),
          resource("t:i:T", "one", { inputs: { a: 3 }, delete: true }),
          resource("t:i:T", "gone", { delete: true }),
        ],
        { pending_operations: [{ type: "creating", resource: resource("t:i:T", "pending") }] },
      ),
    );
    assert.deepEqual(
      resources.map(({ name, properties }) => [name, properties]),
      [["one", { a: 2 }]],
    );
  });

  it("finds the provider of a resource, and reads only its host", () => {
    const type = "pulumi:providers:hyperv";
    const provider = resource(type, "p", { inputs: { host: "hv1.contoso.com", password: "hush" } });
    const machine = resource("hyperv:index/machineInstance:MachineInstance", "vm1", {
      provider: `${urn(type, "p")}::8f6d4a`,
    });
    const { resources } = readPulumiState(state([machine, provider]));
    assert.deepEqual(resources[0]?.provider, { urn: urn(type, "p"), type, name: "p", host: "hv1.contoso.com" });
  });

  it("does not know an encrypted secret, and knows one in the clear as a secret", () => {
    const inputs = {
      encrypted: { [SIGNATURE]: SECRET, ciphertext: "v1:abc" },
      clear: { [SIGNATURE]: SECRET, plaintext: '{"memoryMB":4096}' },
      list: [{ [SIGNATURE]: SECRET, plaintext: '"hush"' }],
      later: UNKNOWN_TEXT,
    };
    const [first] = readPulumiState(state([resource("t:i:T", "one", { inputs })])).resources;
    assert.deepEqual(first?.properties, {
      encrypted: UNKNOWN,
      clear: { memoryMB: 4096 },
      list: ["hush"],
      later: UNKNOWN,
    });
    assert.deepEqual(first.secrets, [
      { path: "clear", value: { memoryMB: 4096 } },
      { path: "list[0]", value: "hush" },
    ]);
  });
});

describe("a preview in JSON", () => {
  it("gives what will be there after the update", () => {
    const one = (op: string, name: string, a: number) => ({
      op,
      urn: urn("t:i:T", name),
      newState: resource("t:i:T", name, { inputs: { a } }),
    });
    const { resources, partial } = readPulumiPreview(
      preview([
        one("create", "new", 1),
        one("same", "old", 2),
        one("create-replacement", "replaced", 3),
        one("delete-replaced", "replaced", 4),
        { op: "delete", urn: urn("t:i:T", "gone"), oldState: resource("t:i:T", "gone") },
      ]),
    );
    assert.deepEqual(
      resources.map(({ name, properties }) => [name, properties["a"]]),
      [
        ["new", 1],
        ["old", 2],
        ["replaced", 3],
      ],
    );
    assert.equal(partial, undefined);
  });

  it("says that it is partial where unchanged resources are not in it", () => {
    const step = { op: "create", newState: HOST_RESOURCE };
    const { partial } = readPulumiPreview(preview([step, { ...step, op: "same" }], { create: 1, same: 3 }));
    assert.match(partial ?? "", /^2 resources that the update leaves unchanged are not in it: .*--show-sames/);
  });
});

describe("a file that is something else", () => {
  const files: readonly (readonly [name: string, text: string, says: RegExp])[] = [
    ["empty", " \n", /^is empty, not a stack/],
    ["no JSON", "resources:\n  a: b", /^is not JSON, or cut short, so not a stack/],
    ["cut short", state([HOST_RESOURCE]).slice(0, -20), /^is not JSON, or cut short: /],
    ["a list", "[]", /^is not a stack/],
    ["of another kind", '{"format_version":"1.2"}', /it has no deployment$/],
    ["of an old version", '{"version":1,"deployment":{}}', /^is a stack of version 1; 3 and 4 are read$/],
    ["with odd resources", state([HOST_RESOURCE, 7]), /resource 2 has no URN or no type$/],
    ["with resources that are no list", JSON.stringify({ version: 3, deployment: { resources: {} } }), /not a list$/],
  ];
  for (const [name, text, says] of files) {
    it(`${name} is one clear line`, () => {
      assert.throws(
        () => readPulumiState(text),
        (error) => error instanceof InputError && says.test(error.message) && !error.message.includes("\n"),
      );
    });
  }

  it("F1: is refused without a word of what is in it, wherever it is cut or damaged", () => {
    const whole = state([{ ...HOST_RESOURCE, inputs: { name: "Quokka77031" } }]);
    for (let at = 1; at < whole.length; at++) {
      for (const damaged of [whole.slice(0, at), `${whole.slice(0, at)}Quokka77031${whole.slice(at)}`]) {
        try {
          readPulumiState(damaged);
        } catch (error) {
          assert(error instanceof InputError);
          assert.doesNotMatch(error.message, /q.?u|7703/i);
        }
      }
    }
  });

  it("is refused by either reader, whatever it is, and never breaks one", () => {
    const readers: readonly ((text: string) => Input)[] = [readPulumiState, readPulumiPreview];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"steps":[${json}],"version":3}`),
        ),
        (text) => {
          for (const read of readers) {
            try {
              read(text);
            } catch (error) {
              assert.ok(error instanceof InputError, String(error));
            }
          }
        },
      ),
    );
  });

  it("is read in the encodings that shells write", () => {
    const text = `{"a":"größer"}`;
    assert.equal(decoded(Buffer.from(text)), text);
    assert.equal(decoded(Buffer.from(`\ufeff${text}`)), text);
    assert.equal(decoded(Buffer.from(`\ufeff${text}`, "utf16le")), text);
    assert.equal(decoded(Buffer.from(`\ufeff${text}`, "utf16le").swap16()), text);
  });

  it("keeps a key that means something else to JavaScript", () => {
    const inputs = JSON.parse('{"__proto__":{"memoryMB":1},"constructor":2}') as object;
    const [first] = readPulumiState(state([resource("t:i:T", "one", { inputs })])).resources;
    assert.equal(first?.properties["memoryMB"], undefined);
    assert.deepEqual(Object.keys(first?.properties ?? {}), ["__proto__", "constructor"]);
  });
});
