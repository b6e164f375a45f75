import assert from "node:assert/strict";
import { architectureDocument, layerImports, withoutShortcuts } from "../../../tools/docs/architecture-page";
import { importsOf } from "../../../tools/docs/imports";
import { LAYERS } from "../../../tools/docs/layers";
import { ROOT } from "../../root";

/** Layers and what each imports, from `a: b c`. */
function graph(...lines: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    lines.map((line) => {
      const [layer = "", imports = ""] = line.split(": ");
      return [layer, new Set(imports.split(" "))];
    }),
  );
}

describe("the page on the architecture", () => {
  const page = architectureDocument(ROOT);
  const arrows = [...page.matchAll(/^ {2}(\S+) --> (\S+)$/gm)].map(([, from = "", to = ""]) => [from, to] as const);

  it("draws one flow: no arrow leads back to a layer above", () => {
    const order = new Map(LAYERS.map(({ name }, index) => [name.replace(/\W/g, "_"), index]));
    assert(arrows.length > 0);
    for (const [from, to] of arrows) {
      assert((order.get(from) ?? Infinity) < (order.get(to) ?? 0), `${from} --> ${to}`);
    }
  });

  it("names every layer that imports something, and every one that is imported", () => {
    for (const [layer, imports] of layerImports(importsOf(ROOT))) {
      for (const name of [layer, ...imports]) assert(page.includes(`\n  ${name.replace(/\W/g, "_")}["`), name);
    }
  });

  it("names no layer that is empty", () => {
    assert(!/\| 0 +\|/.test(page));
  });

  it("counts imports between layers, and not those within one", () => {
    const imports = layerImports([
      { from: "lib/estate/estate.ts", to: "lib/text/words.ts" },
      { from: "lib/estate/estate.ts", to: "lib/estate/model.ts" },
      { from: "policies/index.ts", to: "lib/estate/model.ts" },
    ]);
    assert.deepEqual(imports, graph("estate: text", "policies: estate"));
  });

  it("leaves out what is reached through another layer", () => {
    assert.deepEqual(withoutShortcuts(graph("a: b c d", "b: c", "c: d")), graph("a: b", "b: c", "c: d"));
    assert.deepEqual(withoutShortcuts(graph("a: b c", "b: d", "c: d")), graph("a: b c", "b: d", "c: d"));
  });
});
