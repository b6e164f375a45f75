import assert from "node:assert/strict";
import type { RunningPack } from "../../tools/bench/analyzer.mjs" with { "resolution-mode": "import" };
import type { Pack, Packs } from "../../tools/bench/packs.mjs" with { "resolution-mode": "import" };

/** Times as long as an empty pack that ours may take to its first answer, in processor time. */
const ALLOWED_START = { executable: 2, directory: 1.6 } as const;

/** Runs of each pack: other work only ever adds time, so the best is the truth. More are made while there is doubt. */
const RUNS = { least: 3, most: 10 } as const;

describe("the speed of the pack beside one that does nothing", () => {
  let packs: Packs;

  before(async () => {
    const { makePacks } = await import("../../tools/bench/packs.mjs");
    packs = await makePacks();
  });

  after(() => packs.remove());

  for (const form of ["executable", "directory"] as const) {
    const allowed = ALLOWED_START[form];
    it(`the ${form} starts within ${String(allowed)} times the processor time of an empty one`, async () => {
      const ratio = await ratioOf(
        allowed,
        () => startUpOf(packs[form]("ours")),
        () => startUpOf(packs[form]("empty")),
      );
      assert.ok(ratio <= allowed, `it takes ${ratio.toFixed(2)} times as much`);
    }).timeout(120_000);
  }

  it("a resource that is nothing of Hyper-V costs little more than in a pack without a policy", async () => {
    const { analyzeRequest, strangers } = await import("../../tools/bench/resources.mjs");
    const each = strangers(1000).map(analyzeRequest);
    const work = async (running: RunningPack): Promise<void> => {
      for (const request of each) assert.deepEqual(await running.analyze(request), []);
    };
    const ratio = await ratioOf(
      1.3,
      () => processorTimeOf(packs.executable("ours"), work),
      () => processorTimeOf(packs.executable("empty"), work),
    );
    assert.ok(ratio <= 1.3, `it costs ${ratio.toFixed(2)} times as much`);
  }).timeout(240_000);

  // To decode everything once for each rule would cost ten times as much; the exact number of decodes is counted elsewhere.
  it("all rules over 10,000 resources cost at most 2.5 times one stack policy that does nothing", async () => {
    const { analyzeRequest, analyzeStackRequest, estate } = await import("../../tools/bench/resources.mjs");
    const resources = estate(10_000);
    // More than the pack lists all passes for, as before every stack of this size.
    const first = resources.slice(0, 250).map(analyzeRequest);
    const stack = analyzeStackRequest(resources);
    const before = async (running: RunningPack): Promise<void> => {
      for (const request of first) await running.analyze(request);
    };
    const work = async (running: RunningPack): Promise<void> => {
      assert.deepEqual(await running.analyzeStack(stack), [], "tools/bench/resources.mjs is to be compliant");
    };
    const ratio = await ratioOf(
      2.5,
      () => processorTimeOf(packs.executable("ours"), work, before),
      () => processorTimeOf(packs.executable("stackPolicy"), work, before),
      { least: 1, most: 3 },
    );
    assert.ok(ratio <= 2.5, `they cost ${ratio.toFixed(2)} times as much`);
  }).timeout(240_000);
});

/** How many times as much one thing takes as another, by the best of some runs in which they take turns. */
async function ratioOf(
  allowed: number,
  one: () => Promise<number>,
  other: () => Promise<number>,
  runs: { readonly least: number; readonly most: number } = RUNS,
): Promise<number> {
  const [ones, others]: [number[], number[]] = [[], []];
  let ratio = Infinity;
  for (let run = 1; run <= runs.least || (run <= runs.most && ratio > allowed); run++) {
    ones.push(await one());
    others.push(await other());
    ratio = Math.min(...ones) / Math.min(...others);
  }
  return ratio;
}

/** Processor time from the start of a pack's process to its first answer, in ms. */
async function startUpOf(pack: Pack): Promise<number> {
  const { start } = await import("../../tools/bench/analyzer.mjs");
  const running = await start(pack, { watched: true });
  try {
    return (await running.usage()).processor;
  } finally {
    await running.stop();
  }
}

/** Processor time of a pack's process for some work, in ms: other work on the machine disturbs it less than the clock. */
async function processorTimeOf(
  pack: Pack,
  work: (running: RunningPack) => Promise<void>,
  before: (running: RunningPack) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const { start } = await import("../../tools/bench/analyzer.mjs");
  const { asOf } = await import("../../tools/bench/resources.mjs");
  const running = await start(pack, { watched: true });
  try {
    await running.configure("estate", { asOf });
    await before(running);
    const { processor } = await running.usage();
    await work(running);
    return (await running.usage()).processor - processor;
  } finally {
    await running.stop();
  }
}
