import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { withChanges } from "../../../lib/inputs/program-edits";
import type { ValueChange } from "../../../lib/inputs/program-values";

const TYPE = "hyperv-guard:index:VirtualMachine";

function change(path: string, value: ValueChange["value"], name = "vm1"): ValueChange {
  return { name, type: TYPE, path, value };
}

/** A program whose only resource has these properties, indented by six. */
function program(...properties: readonly string[]): string {
  return ["# top", "resources:", "  vm1:", `    type: ${TYPE}`, "    properties:", ...properties, "", "# end", ""].join(
    "\n",
  );
}

/** The lines that a change makes of those properties. */
function changed(properties: readonly string[], ...changes: readonly ValueChange[]): readonly string[] {
  const { text, left } = withChanges(program(...properties), changes);
  assert.deepEqual(left, []);
  const lines = text.split("\n");
  assert.deepEqual([lines.slice(0, 5), lines.slice(-3)], [program().split("\n").slice(0, 5), ["", "# end", ""]]);
  return lines.slice(5, -3);
}

describe("changes of a program", () => {
  it("replace a value where it stands, in the way in which it is written", () => {
    assert.deepEqual(changed(["      processorCount:   8 # too many"], change("processorCount", 4)), [
      "      processorCount:   4 # too many",
    ]);
    const disks = [
      "      disks:",
      "        - { name: a, type: 'dynamic' }",
      "        - name: b",
      '          type: "dynamic"',
    ];
    assert.deepEqual(changed(disks, change("disks[1].type", "fixed"), change("disks[0].type", "fixed")), [
      "      disks:",
      "        - { name: a, type: 'fixed' }",
      "        - name: b",
      '          type: "fixed"',
    ]);
  });

  it("add a missing property with the indentation of its neighbours", () => {
    assert.deepEqual(changed(["      host: hv1 # here"], change("automaticStopAction", "shutDown")), [
      "      host: hv1 # here",
      "      automaticStopAction: shutDown",
    ]);
    assert.deepEqual(changed(["      disks:", "        - name: a"], change("disks[0].type", "fixed")), [
      "      disks:",
      "        - name: a",
      "          type: fixed",
    ]);
    assert.deepEqual(changed(["      disks: [{ name: a }]"], change("disks[0].type", "fixed")), [
      "      disks: [{ name: a, type: fixed }]",
    ]);
    assert.deepEqual(changed(["      host: hv1"], change("integrationServices.vss", false)), [
      "      host: hv1",
      "      integrationServices: { vss: false }",
    ]);
    assert.deepEqual(changed(["      disks:", "      - a: |", "          text"], change("disks[0].type", "fixed")), [
      "      disks:",
      "      - type: fixed",
      "        a: |",
      "          text",
    ]);
  });

  it("fill an empty property", () => {
    assert.deepEqual(changed(["      checkpoints: # which?", "      a: 1"], change("checkpoints", "disabled")), [
      "      checkpoints: disabled # which?",
      "      a: 1",
    ]);
  });

  it("write a list anew, in the way in which it is written", () => {
    const value = ["a b", "true", "c"];
    assert.deepEqual(changed(["      names: [ x ] # these"], change("names", value)), [
      "      names: [a b, 'true', c] # these",
    ]);
    assert.deepEqual(changed(["      names:", "      - x", "      - y", "      a: 1"], change("names", value)), [
      "      names:",
      "      - a b",
      "      - 'true'",
      "      - c",
      "      a: 1",
    ]);
  });

  it("keep Windows line ends, and JSON valid", () => {
    const windows = program("      host: hv1").replaceAll("\n", "\r\n");
    const { text } = withChanges(windows, [change("automaticStopAction", "shutDown")]);
    assert.ok(text.includes("      host: hv1\r\n      automaticStopAction: shutDown\r\n\r\n# end"));
    const json = JSON.stringify({ resources: { vm1: { type: TYPE, properties: { a: 1, disks: [{}] } } } }, null, 2);
    const edited = withChanges(json, [change("b", "c"), change("disks[0].type", "fixed"), change("a", 2)]);
    assert.deepEqual(JSON.parse(edited.text), {
      resources: { vm1: { type: TYPE, properties: { a: 2, disks: [{ type: "fixed" }], b: "c" } } },
    });
    assert.match(edited.text, /\],\n {8}"b": "c"\n/);
  });

  it("leave what others share, what is computed, and what the program does not have", () => {
    const text = `variables:
  disks: [{ name: a, type: dynamic }]
  shared: &shared { type: dynamic }
resources:
  vm1:
    type: hyperv-guard:VirtualMachine
    properties:
      a: \${disks}
      b: *shared
      c: &own 1
      d: *own
      e: "\${hv1.name}-x"
      f: { fn::fromJSON: "{}" }
      g: |
        text
      h: [a] # kept
      i:
        - a # lost
      j: !!str 3
  vm2: &vm2
    type: ${TYPE}
    properties: { a: 1 }
  vm3: *vm2
  hv1: { type: "hyperv-guard:index:Host", properties: { a: 1 } }
`;
    const changes = [
      ...["a[0].type", "b.type", "c", "d", "e", "f.x", "g", "j", "h[3].x", "a.b c"].map((path) =>
        change(path, "fixed"),
      ),
      change("i", ["b"]),
      ...["vm2", "vm3", "hv1", "nobody"].map((name) => change("a", 2, name)),
    ];
    assert.deepEqual(withChanges(text, changes), { text, applied: [], left: changes });
    assert.equal(withChanges(text, [...changes, change("h", ["b"])]).applied.length, 1);
    const broken = "resources: { vm1: [";
    assert.deepEqual(withChanges(broken, changes), { text: broken, applied: [], left: changes });
  });

  it("that contradict one another are made once, and equal ones too", () => {
    const [four, two, more] = [change("n", 4), change("n", 2), change("integrationServices.a", true)];
    const also = change("integrationServices.b", true);
    const { text, applied, left } = withChanges(program("      n: 8"), [
      four,
      two,
      { ...four },
      more,
      also,
      { ...more },
    ]);
    assert.deepEqual(applied, [four, four, more, more]);
    assert.deepEqual(left, [two, also]);
    assert.ok(text.includes("      n: 4\n      integrationServices: { a: true }\n"));
  });

  it("write any text so that it is read back", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("x", "'x'", '"x"', "[x]", "\n        - x"),
        (value, former) => {
          const isList = /[[-]/.test(former);
          const { text, applied } = withChanges(program(`      a: ${former}`), [
            change("a", isList ? [value, value] : value),
          ]);
          assert.equal(applied.length, 1);
          const found = (parse(text) as { resources: { vm1: { properties: { a: unknown } } } }).resources.vm1.properties
            .a;
          const expected = value.replaceAll("${", "$${");
          assert.deepEqual(found, isList ? [expected, expected] : expected);
        },
      ),
    );
  });
});

/** A property as its author may have written it: with a value or without, in blocks or not, with comments. */
const scalar = fc.constantFrom("1", "a b", "'q'", '"d"', "true", "", "|\n@  text", "&x1 3", "*x", "${v}");
const comment = fc.constantFrom("", " # c", "\n@# c");

/** A map in blocks; `@` stands for its indentation. */
const block = (depth: number): fc.Arbitrary<string> =>
  fc
    .uniqueArray(fc.constantFrom("a", "b", "c", "d", "'e'", '"f"'), { minLength: 1, maxLength: 4 })
    .chain((keys) =>
      fc.tuple(
        ...keys.map((key) =>
          fc.tuple(fc.constant(key), depth === 0 ? scalar : fc.oneof(scalar, flow, nested(depth - 1)), comment),
        ),
      ),
    )
    .map((pairs) =>
      pairs.map(([key, value, mark]) => `${key}: ${value}${value.includes("\n") ? "" : mark}`).join("\n@"),
    );

const nested = (depth: number): fc.Arbitrary<string> =>
  fc.oneof(
    block(depth).map((text) => `\n@  ${text.replaceAll("@", "@  ")}`),
    fc
      .array(block(depth), { minLength: 1, maxLength: 3 })
      .map((maps) => maps.map((text) => `\n@  - ${text.replaceAll("@", "@    ")}`).join("")),
  );

const flow = fc.constantFrom(
  "{}",
  "{ a: 1, b: x }",
  "[{ a: 1 }, { b: 'x', }]",
  "{ a: 1, # c\n@    b: 2 }",
  "[]",
  "[p, q]",
);

const paths = fc
  .array(fc.constantFrom(".a", ".b", ".c", ".d", ".e", ".f", "[0]", "[1]"), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("").replace(/^\./, ""));

const values = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.constantFrom("fixed", "a: b", "# no", "'", "y"),
  fc.array(fc.constantFrom("p", "q r"), { maxLength: 3 }),
);

/** What a program has, by path; a change of one must leave all others. */
function leaves(value: unknown, path = ""): readonly [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
}

describe("changes of any program", () => {
  it("change nothing but the named values, and comments stay", () => {
    let applications = 0;
    fc.assert(
      fc.property(
        block(2),
        block(1),
        fc.array(fc.record({ path: paths, value: values, name: fc.constantFrom("vm1", "vm2") }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.boolean(),
        (first, second, wanted, isWindows) => {
          const lines = `variables: { v: 1, w: &x { a: 1 } }
resources:
  vm1:
    type: ${TYPE}
    properties:
      ${first.replaceAll("@", "      ")}
  # between
  vm2:
    properties:
      ${second.replaceAll("@", "      ")}
    type: ${TYPE}
# end
`;
          const text = isWindows ? lines.replaceAll("\n", "\r\n") : lines;
          const changes = wanted.map((one) => ({ ...one, type: TYPE }));
          const edited = withChanges(text, changes);
          assert.equal(edited.applied.length + edited.left.length, changes.length);
          applications += edited.applied.length;
          const comments = (program: string) => program.match(/# \w+/g)?.filter((one) => one !== "# no");
          assert.deepEqual(comments(edited.text), comments(text));
          if (edited.applied.length === 0) assert.equal(edited.text, text);
          else {
            const [before, after] = [leaves(parse(text, PARSED)), new Map(leaves(parse(edited.text, PARSED)))];
            const isChanged = (leaf: string) =>
              edited.applied.some(({ name, path }) =>
                leaf.startsWith(
                  `/resources/${name}/properties/${path.replace(/\[(\d)\]/g, ".$1").replaceAll(".", "/")}`,
                ),
              );
            for (const [leaf, value] of before) if (!isChanged(leaf)) assert.deepEqual(after.get(leaf), value, leaf);
            for (const { name, path, value } of edited.applied) {
              assert.deepEqual(at(parse(edited.text, PARSED), name, path), value);
            }
          }
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(applications > 300, String(applications));
  });
});

const PARSED = { strict: true, uniqueKeys: true, maxAliasCount: -1 } as const;

function at(program: unknown, name: string, path: string): unknown {
  const parts = [
    "resources",
    name,
    "properties",
    ...path
      .replace(/\[(\d)\]/g, ".$1")
      .split(".")
      .filter((part) => part !== ""),
  ];
  return parts.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? (Reflect.get(value, part) as unknown) : undefined),
    program,
  );
}
