import assert from "node:assert/strict";
import type { LinkedFacts, Reference } from "../../../lib/estate/linked-facts";
import { lacking, Linker } from "../../../lib/estate/linker";
import { absent, known, orDefault, unknown, type Value } from "../../../lib/estate/value";

interface Facts {
  readonly size: number;
  readonly type: string;
}

const at = (path: string) => ({ urn: "urn:own", path });
const nothing = absent(at("nothing"));

function target(urn: string, keys: readonly string[], facts: LinkedFacts<Facts>["facts"]): LinkedFacts<Facts> {
  return { urn, keys, facts };
}

function size(value: number): { readonly size: Value<number> } {
  return { size: known(value, at("size")) };
}

/** A reference by keys, in a property of its own. */
function to(keys: Reference<Facts>["keys"], more: Partial<Reference<Facts>> = {}): Reference<Facts> {
  return { keys, property: "disk", ...more };
}

const named = (...keys: readonly string[]) => to(known(keys, at("disk")));
const later = (more: Partial<Reference<Facts>> = {}) => to(unknown(at("disk")), more);

function linker(targets: readonly LinkedFacts<Facts>[], complete = true, dependencies: readonly string[] = []) {
  return new Linker<Facts>(
    targets,
    (urn, property) => (urn === "urn:own" && property === "disk" ? dependencies : []),
    complete,
  );
}

/** The facts in short: the known value, or the state. */
function brief(facts: Partial<Record<keyof Facts, Value<unknown>>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, value.state === "known" ? value.value : value.state]),
  );
}

describe("Linker", () => {
  const one = target("urn:one", ["a", "b"], size(1));
  const two = target("urn:two", ["c"], size(2));

  describe("fills in what an entity lacks", () => {
    it("where a fact is missing, absent or a default, and nowhere else", () => {
      const found = linker([one]);
      assert.deepEqual(brief(found.missing({}, [named("a")])), { size: 1 });
      assert.deepEqual(brief(found.missing({ size: nothing }, [named("a")])), { size: 1 });
      assert.deepEqual(brief(found.missing({ size: orDefault<number>(nothing, 7) }, [named("a")])), { size: 1 });
      assert.deepEqual(brief(found.missing(size(7), [named("a")])), {});
      assert.deepEqual(brief(found.missing({ size: unknown(at("size")) }, [named("a")])), {});
    });

    it("from the first reference that has it", () => {
      assert.deepEqual(brief(linker([one, two]).missing({}, [named("c"), named("a")])), { size: 2 });
    });

    it("from the first key that a target has", () => {
      assert.deepEqual(brief(linker([one, two]).missing({}, [named("x", "c", "a")])), { size: 2 });
    });

    it("with the facts that a reference may give beside those that it gives", () => {
      const both = target("urn:both", ["a"], { ...size(1), type: known("fixed", at("type")) });
      const reference = to(known(["a"], at("disk")), { gives: ["size"], mayGive: ["type"] });
      assert.deepEqual(brief(linker([both]).missing({}, [reference])), { size: 1, type: "fixed" });
      const only = to(known(["a"], at("disk")), { gives: ["size"] });
      assert.deepEqual(brief(linker([both]).missing({}, [only])), { size: 1 });
    });

    it("with the defaults of a target where nothing else is declared", () => {
      const defaults = { size: orDefault<number>(nothing, 5), type: orDefault<string>(nothing, "dynamic") };
      assert.deepEqual(brief(linker([{ ...one, defaults }]).missing({}, [named("a")])), { size: 1, type: "dynamic" });
    });

    it("through the references of a target, and ends where they close to a circle", () => {
      const back: LinkedFacts<Facts> = { ...target("urn:back", ["back"], size(3)), references: [named("front")] };
      const front: LinkedFacts<Facts> = { ...target("urn:front", ["front"], {}), references: [named("back")] };
      assert.deepEqual(brief(linker([front, back]).missing({}, [named("front")])), { size: 3 });
      assert.deepEqual(brief(linker([front]).missing({}, [named("front")])), {});
    });
  });

  describe("does not know", () => {
    const gives = { gives: ["size"] as const };

    it("what a target gives that may still be declared, and knows that none does where all is declared", () => {
      const reference = to(known(["x"], at("disk")), gives);
      assert.deepEqual(brief(linker([one], false).missing({}, [reference])), { size: "unknown" });
      assert.deepEqual(brief(linker([one], true).missing({}, [reference])), {});
      assert.deepEqual(brief(linker([one], false).missing(size(7), [reference])), {});
    });

    it("what a target gives whose keys cannot be read, whatever the property depends on", () => {
      const malformed = to(unknown(at("disk"), "malformed"), gives);
      assert.deepEqual(brief(linker([one], true, ["urn:one"]).missing({}, [malformed])), { size: "unknown" });
    });

    it("what a target gives whose keys only the deployment tells, where the property depends on nothing", () => {
      assert.deepEqual(brief(linker([one]).missing({}, [later(gives)])), { size: "unknown" });
      assert.deepEqual(brief(linker([one]).missing({}, [to(absent(at("disk")), gives)])), {});
    });

    it("a fact in which several differ that may be meant, or that only some of them have", () => {
      const both = ["urn:one", "urn:two"];
      assert.deepEqual(brief(linker([one, two], true, both).missing({}, [later(gives)])), { size: "unknown" });
      const same = target("urn:two", ["c"], size(1));
      assert.deepEqual(brief(linker([one, same], true, both).missing({}, [later(gives)])), { size: 1 });
      const silent = target("urn:two", ["c"], { size: nothing });
      assert.deepEqual(brief(linker([one, silent], true, both).missing({}, [later(gives)])), { size: "unknown" });
      const unsure = target("urn:two", ["c"], { size: unknown(at("size")) });
      assert.deepEqual(brief(linker([unsure, unsure], true, ["urn:two"]).missing({}, [later(gives)])), {
        size: "unknown",
      });
    });

    it("and takes what the only one says that may be meant, known or not", () => {
      assert.deepEqual(brief(linker([one], true, ["urn:one"]).missing({}, [later(gives)])), { size: 1 });
    });
  });

  describe("pairs references with targets", () => {
    const items = (...references: readonly Reference<Facts>[]) =>
      references.map((reference) => ({ reference, likeness: "" }));
    const all = ["urn:one", "urn:two"];

    it("in order, where there are as many", () => {
      const [first, second] = [later(), later()];
      assert.deepEqual(
        [...linker([one, two], true, all).pair(items(first, second))],
        [
          [first, one],
          [second, two],
        ],
      );
    });

    it("not where there are more of either", () => {
      assert.equal(linker([one, two], true, all).pair(items(later())).size, 0);
      assert.equal(linker([one, two], true, all).pair(items(later(), later(), later())).size, 0);
    });

    it("without the targets that others name", () => {
      const open = later();
      assert.deepEqual([...linker([one, two], true, all).pair(items(named("a"), open))], [[open, two]]);
      assert.equal(linker([one, two], true, all).pair(items(named("a"), later(), later())).size, 0);
    });

    it("not where it makes a difference which is which", () => {
      const differing = [later(), later()].map((reference, index) => ({ reference, likeness: String(index) }));
      assert.equal(linker([one, two], true, all).pair(differing).size, 0);
    });

    it("not where nothing is open, or only what cannot be read", () => {
      assert.equal(linker([one, two], true, all).pair(items(named("a"))).size, 0);
      assert.equal(linker([one], true, ["urn:one"]).pair(items(to(unknown(at("disk"), "malformed")))).size, 0);
    });

    it("so that each takes the facts of its own", () => {
      const [first, second] = [later(), later()];
      const linked = linker([one, two], true, all);
      const pairs = linked.pair(items(first, second));
      assert.deepEqual(brief(linked.missing({}, [second], pairs)), { size: 2 });
      assert.deepEqual(brief(linked.missing({}, [later()], pairs)), { size: "unknown" });
    });
  });
});

describe("lacking", () => {
  it("has of further facts those that are missing or absent, and none that is there", () => {
    const further = { ...size(1), type: known("fixed", at("type")) };
    assert.deepEqual(brief(lacking<Facts>({}, further)), { size: 1, type: "fixed" });
    assert.deepEqual(brief(lacking<Facts>({ size: nothing, type: unknown(at("type")) }, further)), { size: 1 });
  });
});
