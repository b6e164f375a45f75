import assert from "node:assert/strict";
import { CollectedFacts } from "../../../lib/dialects/collected-facts";
import { declareMachines } from "../../../lib/dialects/command/declare";
import { hypervGuard } from "../../../lib/dialects/hyperv-guard";
import { DIALECTS } from "../../../lib/dialects/read-estate";
import { Estate } from "../../../lib/estate/estate";
import { emptyLists, type EntityLists } from "../../../lib/estate/kinds";
import { toPlainObject } from "../../../lib/estate/plain";
import { SAMPLES } from "../../../tools/docs/dialect-samples";
import { NO_FACTS, resource } from "../../kit";
import { COMPONENTS } from "../components/component-list";

/** What becomes of kinds that are not in an estate as they were read. */
const JOINED: Readonly<Partial<Record<keyof EntityLists, keyof Estate>>> = {
  computers: "hosts",
  virtualSwitches: "hosts",
  hostAdapters: "hosts",
  replicaRelationships: "replicas",
  backupJobs: "backups",
};

const KINDS: readonly string[] = Object.keys(emptyLists());

function countsOf({ entities }: CollectedFacts): readonly (readonly [kind: string, count: number])[] {
  return Object.entries(entities).map(([kind, list]) => [kind, list.length]);
}

describe("a kind of entity", () => {
  for (const { name, type, sample } of COMPONENTS) {
    it(`is read from the sample of ${name}`, () => {
      assert.ok(hypervGuard.readerOf(type), `lib/dialects/hyperv-guard/index.ts has no reader of ${type}`);
      const facts = new CollectedFacts();
      facts.read([resource(type, "r", toPlainObject(sample))], (one) => hypervGuard.readerOf(one));
      assert.deepEqual(facts.problems, []);
      assert.deepEqual(
        countsOf(facts).flatMap(([, count]) => (count > 0 ? [count] : [])),
        [1],
        `the reader of ${type} adds nothing`,
      );
    });
  }

  it("is declared by some sample of a component or of a provider's resource", () => {
    const facts = new CollectedFacts();
    const components = COMPONENTS.map(({ type, sample }) => resource(type, "r", toPlainObject(sample)));
    const providers = SAMPLES.map(({ type, properties }) => ({
      ...resource(type, "r", properties),
      provider: { urn: "urn:provider", type: "pulumi:providers:hyperv", name: "provider", host: "hv1" },
    }));
    facts.read([...components, ...providers], (type) =>
      DIALECTS.map((dialect) => dialect.readerOf(type)).find((reader) => reader !== undefined),
    );
    declareMachines(facts.scriptMachines, facts);
    assert.deepEqual(
      countsOf(facts).flatMap(([kind, count]) => (count === 0 ? [kind] : [])),
      [],
      "tools/docs/dialect-samples.ts has no resource that declares one",
    );
  });

  it("is in the estate, or joined to something that is", () => {
    const estate = new Estate(NO_FACTS, true);
    const places = new Map<string, string>(Object.entries(JOINED));
    assert.deepEqual(
      KINDS.filter((kind) => !((places.get(kind) ?? kind) in estate)),
      [],
      "lib/estate/estate.ts has no property for it",
    );
  });
});
