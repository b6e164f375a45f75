import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { FindingRecord } from "../../lib/judging/finding-record";
import { pulumi } from "../engine";
import { ROOT } from "../root";
import { Workplace } from "./workplace";

/** An example in which nothing blocks: hosts, clusters, replicas and backups that name each other. */
const EXAMPLE = join(ROOT, "examples", "replica-and-backup");
const STACK = "dev";
/** The project of a workplace. */
const PROJECT = "estate";

interface Program {
  readonly resources: Readonly<Record<string, { readonly type: string }>>;
}

const text = readFileSync(join(EXAMPLE, "Pulumi.yaml"), "utf8")
  .replace("../..", ROOT)
  .replace(/^name: .*$/m, `name: ${PROJECT}`);
const { resources } = parse(text) as Program;
const NAMES = Object.keys(resources);
/** Those that depend on no other: the engine refuses a target without what it depends on. */
const ROOTS = NAMES.filter((name) => !JSON.stringify(resources[name]).includes(".name}"));

function urn(name: string): string {
  const type = resources[name]?.type ?? "";
  const token = type.split(":").length === 2 ? type.replace(":", ":index:") : type;
  return `urn:pulumi:${STACK}::${PROJECT}::${token}::${name}`;
}

/** Every n-th resource, from one of the first. */
function every(step: number, from = 0): readonly string[] {
  return NAMES.filter((_, index) => index % step === from);
}

/** Operations on a part of the program: what is there before, and the flags of the engine. */
const OPERATIONS: Readonly<Record<string, { readonly there: readonly string[]; readonly flags: readonly string[] }>> = {
  "the first target": { there: [], flags: flags("--target", NAMES.slice(0, 1)) },
  "targets beside each other": {
    there: [],
    flags: flags(
      "--target",
      ROOTS.filter((_, index) => index % 2 === 1),
    ),
  },
  "further targets": { there: every(3), flags: flags("--target", every(3, 1)) },
  "the last targets": { there: [...every(3), ...every(3, 1)], flags: flags("--target", every(3, 2)) },
  "all but one": { there: [], flags: flags("--exclude", NAMES.slice(1, 2)) },
  "all but some, where others are there": { there: every(4), flags: flags("--exclude", every(4, 1)) },
};

function flags(flag: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [flag, urn(name)]);
}

describe("a part of a program in which nothing is wrong", function () {
  this.timeout(300_000);
  const place = new Workplace();

  before(async () => {
    await place.open({});
    place.write(text);
    place.configure(JSON.parse(readFileSync(join(EXAMPLE, "policy-config.json"), "utf8")) as object);
  });

  for (const [what, { there, flags: words }] of Object.entries(OPERATIONS)) {
    it(`F2: is never blocked: ${what}`, async () => {
      await deploy(there);
      const { code, out, error } = await place.run("preview", "--format", "json", "--", ...words);
      const { findings } = JSON.parse(out.join("\n")) as { readonly findings: readonly FindingRecord[] };
      const blocking = findings.filter(
        ({ enforcement, exempted }) => enforcement === "mandatory" && exempted === undefined,
      );
      assert.deepEqual(
        blocking.map(({ rule, problem }) => `${rule}: ${problem}`),
        [],
      );
      assert.equal(code, 0, error);
    });
  }

  /** Puts resources into the stack, as an earlier operation would have. */
  async function deploy(names: readonly string[]): Promise<void> {
    const stack = `urn:pulumi:${STACK}::${PROJECT}::pulumi:pulumi:Stack::${PROJECT}-${STACK}`;
    const root = { urn: stack, custom: false, type: "pulumi:pulumi:Stack" };
    const states = names.map((name) => ({
      urn: urn(name),
      custom: false,
      type: urn(name).split("::")[2],
      parent: stack,
    }));
    const manifest = { time: "2026-11-22T00:00:00Z", magic: "", version: "" };
    const deployment = { manifest, resources: names.length === 0 ? [] : [root, ...states] };
    const file = join(place.folder, "state.json");
    writeFileSync(file, JSON.stringify({ version: 3, deployment }));
    const { code, stderr } = await pulumi(
      ["stack", "import", "--stack", STACK, "--file", file, "--cwd", place.folder],
      place.backend,
    );
    assert.equal(code, 0, stderr);
  }
});
