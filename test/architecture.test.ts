import assert from "node:assert/strict";
import { filesOf, importsOf, type Import } from "../tools/docs/imports";
import { layerOf, LAYERS } from "../tools/docs/layers";
import { ROOT } from "./root";

const IMPORTS = importsOf(ROOT);
const FILES = filesOf(ROOT);

/** The only rule that speaks of the settings: it reports what is wrong with them. */
const ON_SETTINGS = "policies/estate/estate.ts";

const shown = ({ from, to }: Import): string => `${from} imports ${to}`;

describe("the architecture", () => {
  it("has no layer that is not in the list", () => {
    const known = LAYERS.map(({ name }) => name);
    assert.deepEqual(
      FILES.filter((file) => !known.includes(layerOf(file))),
      [],
    );
  });

  it("lets a layer use only what stands below it", () => {
    const below = new Set<string>();
    for (const { name, uses } of [...LAYERS].reverse()) {
      assert.deepEqual(
        uses.filter((used) => !below.has(used)),
        [],
        `${name} is above what it uses`,
      );
      below.add(name);
    }
  });

  it("has no import that the list does not allow", () => {
    const uses = new Map(LAYERS.map((layer) => [layer.name, layer.uses]));
    const wrong = IMPORTS.filter(({ from, to }) => {
      const [above, below] = [layerOf(from), layerOf(to)];
      if (above === below || (from === ON_SETTINGS && below === "settings")) return false;
      return uses.get(above)?.includes(below) !== true;
    });
    assert.deepEqual(wrong.map(shown), []);
  });

  it("has no circle of files", () => {
    assert.deepEqual(circles(IMPORTS), []);
  });

  it("keeps rules alone in their folders: nothing but the catalogue imports one", () => {
    const isRule = (file: string): boolean => /^policies\/[^/]+\/[^/]+\.ts$/.test(file);
    const wrong = IMPORTS.filter(
      ({ from, to }) => from.startsWith("policies/") && isRule(to) && from !== "policies/index.ts",
    );
    assert.deepEqual(wrong.map(shown), []);
  });

  it("gives each file a name that says what it holds", () => {
    const vague = /\/(told|open|said|parts|misc|utils?|helpers?|common|stuff|document|model|options)\.ts$/;
    assert.deepEqual(
      FILES.filter((file) => vague.test(file) && file !== "lib/estate/model.ts" && file !== "lib/cli/options.ts"),
      [],
    );
  });
});

/** Files that import each other in a circle, each circle once, by depth-first search. */
function circles(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.add([...path.slice(start)].sort().join(", "));
    if (start >= 0 || done.has(file)) return;
    for (const other of next.get(file) ?? []) visit(other, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return [...found];
}
