import assert from "node:assert/strict";
import type { RunningPack } from "../../tools/bench/analyzer.mjs" with { "resolution-mode": "import" };
import type { Pack, Packs } from "../../tools/bench/packs.mjs" with { "resolution-mode": "import" };

/** Milliseconds that the pack may take longer to start than an empty one. */
const ALLOWED = 300;

describe("the speed of the pack beside one that does nothing", () => {
  let packs: Packs;

  before(async () => {
    const { makePacks } = await import("../../tools/bench/packs.mjs");
    packs = await makePacks();
  });

  after(() => packs.remove());

  for (const form of ["executable", "directory"] as const) {
    it(`the ${form} starts within 0.3 s of an empty one`, async () => {
      // Other work only ever adds time, so the best of many is the truth; more are made while that is in doubt.
      const [ours, empty]: [number[], number[]] = [[], []];
      let difference = Infinity;
      for (let run = 1; run <= 3 || (run <= 10 && difference > ALLOWED); run++) {
        ours.push(await startUpOf(packs[form]("ours")));
        empty.push(await startUpOf(packs[form]("empty")));
        difference = Math.min(...ours) - Math.min(...empty);
      }
      assert.ok(difference <= ALLOWED, `it takes ${difference.toFixed()} ms more`);
    }).timeout(120_000);
  }

  // Decoding once for each rule would cost ten times as much; the exact number of decodes is counted elsewhere.
  it("all rules over 10,000 resources cost no more than three times one stack policy that does nothing", async () => {
    const { analyzeRequest, analyzeStackRequest, estate } = await import("../../tools/bench/resources.mjs");
    const resources = estate(10_000);
    // More than the pack lists all passes for, as before every stack of this size.
    const first = resources.slice(0, 250).map(analyzeRequest);
    const stack = analyzeStackRequest(resources);
    const [ours, one]: [number[], number[]] = [[], []];
    let ratio = Infinity;
    for (let run = 1; run <= 3 && (run === 1 || ratio > 3); run++) {
      one.push(await judge(packs.executable("stackPolicy"), first, stack));
      ours.push(await judge(packs.executable("ours"), first, stack));
      ratio = Math.min(...ours) / Math.min(...one);
    }
    assert.ok(ratio <= 3, `they cost ${ratio.toFixed(2)} times as much`);
  }).timeout(240_000);
});

async function startUpOf(pack: Pack): Promise<number> {
  const { start } = await import("../../tools/bench/analyzer.mjs");
  const running = await start(pack);
  await running.stop();
  return running.startUp;
}

/** Processor time for the stack, in ms: other work on the machine disturbs it less than it does the clock. */
async function judge(
  pack: Pack,
  first: readonly Parameters<RunningPack["analyze"]>[0][],
  stack: Parameters<RunningPack["analyzeStack"]>[0],
): Promise<number> {
  const { start } = await import("../../tools/bench/analyzer.mjs");
  const { asOf } = await import("../../tools/bench/resources.mjs");
  const running = await start(pack, { watched: true });
  try {
    await running.configure("estate", { asOf });
    for (const request of first) await running.analyze(request);
    const before = await running.usage();
    assert.deepEqual(await running.analyzeStack(stack), [], "tools/bench/resources.mjs is to be compliant");
    return (await running.usage()).processor - before.processor;
  } finally {
    await running.stop();
  }
}
