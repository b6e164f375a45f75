import assert from "node:assert/strict";
import { runCommand } from "../../../lib/cli/run-command";
import { UNLISTED } from "../../../lib/estate/model";
import { readEstate } from "../../../lib/dialects/read-estate";
import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { resolveExchangeRole, resolveExchangeVersion } from "../../../lib/tables/exchange";
import { resolveHostVersion } from "../../../lib/tables/host-versions";
import { resolveArchitecture, resolveEdition, resolveOperatingSystem } from "../../../lib/tables/operating-systems";
import { resolveVmmConnection, resolveVmmVersion } from "../../../lib/tables/vmm-ports";
import { RULES } from "../../../policies";
import { SAMPLES } from "../../../tools/docs/dialect-samples";
import { resource } from "../../kit";
import { outputTo } from "../../output";

/** What every object has, without having been given it. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

/** A value with a text in the place of every text. */
function withText(plain: Plain | undefined, text: string): Plain {
  if (plain === undefined) return null;
  if (typeof plain === "string") return text;
  if (isPlainArray(plain)) return plain.map((item) => withText(item, text));
  if (!isPlainObject(plain)) return plain;
  return objectWithText(plain, text);
}

function objectWithText(object: PlainObject, text: string): PlainObject {
  return Object.fromEntries(Object.entries(object).map(([name, item]) => [name, withText(item, text)]));
}

/** Where functions are in what should be data. */
function functionsIn(value: unknown, path: string, seen = new Set<unknown>()): readonly string[] {
  if (typeof value === "function") return [path];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([name, item]) => functionsIn(item, `${path}.${name}`, seen));
}

describe("a name that every object has", () => {
  for (const name of NAMES) {
    it(`H14: is no value of any property that means something: ${name}`, () => {
      for (const { type, properties } of SAMPLES) {
        const estate = readEstate([resource(type, "one", objectWithText(properties, name))], true, {});
        const { hosts, clusters, virtualMachines, replicas } = estate;
        assert.deepEqual(functionsIn({ hosts, clusters, virtualMachines, replicas }, type), []);
        for (const rule of RULES) rule.judge(estate, { asOf: "2026-01-01", parameters: {} });
      }
    });

    it(`H14: is in no table: ${name}`, () => {
      for (const resolve of [
        ...[resolveExchangeVersion, resolveExchangeRole, resolveHostVersion, resolveArchitecture],
        ...[resolveEdition, resolveVmmConnection, resolveVmmVersion],
      ]) {
        assert.equal(resolve(name).resolved, false);
      }
      const system = resolveOperatingSystem(name);
      assert.ok(!system.resolved || system.value.product === UNLISTED);
    });

    it(`H14: is not a command, nor what one can be asked for: ${name}`, async () => {
      const said = async (...words: readonly string[]): Promise<string> => {
        const lines: string[] = [];
        assert.equal(await runCommand(words, outputTo(lines)), 2, words.join(" "));
        assert.equal(lines.length, 1);
        return lines.join("\n");
      };
      assert.match(await said(name), /^hyperv-guard: unknown (command|option) '.+'/);
      assert.match(await said("help", name), /^hyperv-guard: unknown command '.+'/);
      assert.match(await said("explain", name), /is not a rule/);
      assert.match(await said("tables", name), /is not in the tables/);
      assert.match(await said("check", "--format", name), /is invalid/);
    });
  }
});
