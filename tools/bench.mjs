import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { start } from "./bench/analyzer.mjs";
import { checkTable, measureChecks } from "./bench/check.mjs";
import { median, table, whole } from "./bench/markdown.mjs";
import { measureGrowths } from "./bench/measure-growth.mjs";
import { makePacks } from "./bench/packs.mjs";
import { picture } from "./bench/picture.mjs";
import { analyzeRequest, analyzeStackRequest, asOf, estate, strangers } from "./bench/resources.mjs";
import { oneLine, step, UserError } from "./log.mjs";
import { root } from "./paths.mjs";
import { run, runNpm } from "./process.mjs";

const runs = 9;
const few = 1000;
const many = 10_000;

/** What can be measured by itself: `npm run bench -- check`. */
const parts = { check: benchCheck, growth: benchGrowth, engine: benchEngine };

/**
 * `npm run bench`: how fast `check` judges beside other programs, how its time grows, and how fast the pack starts and
 * judges in the engine beside packs that do nothing.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function bench(args) {
  const names = args.length === 0 ? Object.keys(parts) : args;
  console.log(`${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${machine()}\n`);
  for (const name of names) {
    const part = Object.entries(parts).find(([own]) => own === name)?.[1];
    if (part === undefined) throw new UserError(`usage: npm run bench -- [${Object.keys(parts).join("|")}]`);
    await part();
  }
  return 0;
}

async function benchCheck() {
  const measured = await step("measuring check --state", measureChecks, "about 10 minutes");
  console.log("Processor time and memory from the start of the process to its end, median of the runs:\n");
  console.log(`${checkTable(measured)}\n`);
  await writeFile(join(root, "docs", "performance.svg"), checkPicture(measured));
}

/** @param {readonly import("./bench/check.mjs").Measured[]} measured */
function checkPicture(measured) {
  const series = (/** @type {"processor" | "memory"} */ what) =>
    programs.map(({ title, program, color }) => {
      const points = measured.flatMap(({ count, usage }) => {
        const value = usage[program]?.[what];
        return value === undefined ? [] : [/** @type {const} */ ([count, value])];
      });
      return { title, color, points };
    });
  return picture("hyperv-guard with all rules beside conftest and checkov with three", [
    { title: "Processor time", unit: "seconds", series: series("processor").filter(({ points }) => points.length > 0) },
    { title: "Memory", unit: "MB", series: series("memory").filter(({ points }) => points.length > 0) },
  ]);
}

const programs = [
  { title: "hyperv-guard check, all rules", program: /** @type {const} */ ("hyperv-guard"), color: "#1f6feb" },
  { title: "conftest, three rules", program: /** @type {const} */ ("conftest"), color: "#b35900" },
  { title: "checkov, three checks", program: /** @type {const} */ ("checkov"), color: "#6e7781" },
];

async function benchGrowth() {
  const growths = await step("measuring how the time grows", () => Promise.resolve(measureGrowths()), "a minute");
  console.log("Processor time of all rules for n, twice and four times as many, best of three:\n");
  console.log(`${growths}\n`);
}

async function benchEngine() {
  const packs = await step("making the packs to compare with", makePacks);
  try {
    const version = await measureVersion();
    const starts = await step("measuring the start", () => measureStarts(packs), "about a minute");
    const estates = await step("measuring each resource", () => measureResources(packs), "about a minute");
    const size = await tarballSize();

    console.log(`From the start of the process to its first answer, in ms; ${runs} runs, taking turns:\n`);
    console.log(`${starts}\n`);
    console.log(`${version}\n`);
    console.log(`${few.toLocaleString("en-US")} resources handed over one by one, then as a stack of that many and of`);
    console.log(`${many.toLocaleString("en-US")}. In brackets the processor time of the pack, which other work on the`);
    console.log(`machine disturbs less:\n`);
    console.log(`${estates}\n`);
    console.log(`The published tarball: ${size.toLocaleString("en-US")} bytes.`);
  } finally {
    await packs.remove();
  }
}

function machine() {
  return `${cpus().length} virtual processors, ${process.platform} ${process.arch}`;
}

/** @param {import("./bench/packs.mjs").Packs} packs */
async function measureStarts({ executable, directory }) {
  const forms = [
    { title: "executable", pack: executable("ours"), empty: executable("empty") },
    { title: "directory", pack: directory("ours"), empty: directory("empty") },
  ].map((form) => ({ ...form, ours: /** @type {number[]} */ ([]), others: /** @type {number[]} */ ([]) }));
  for (let round = 0; round <= runs; round++) {
    for (const { pack, empty, ours, others } of forms) {
      const times = { ours: await startUpOf(pack), others: await startUpOf(empty) };
      if (round === 0) continue; // nothing is in the caches yet
      ours.push(times.ours);
      others.push(times.others);
    }
  }
  const rows = forms.map(({ title, ours, others }) => [
    title,
    ...[median(ours), Math.min(...ours), median(others), Math.min(...others)].map(whole),
    whole(median(ours) - median(others)),
  ]);
  return table(["form", "hyperv-guard", "fastest", "empty pack", "fastest", "difference"], rows);
}

/** The command that loads the least, beside Node.js alone. */
async function measureVersion() {
  const [ours, node] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let round = 1; round <= runs; round++) {
    ours.push(await timeOf([join(root, "bin", "lib", "cli", "main.js"), "--version"]));
    node.push(await timeOf(["-e", "0"]));
  }
  const ratio = (median(ours) / median(node)).toFixed(2);
  return `"hyperv-guard --version" takes ${whole(median(ours))} ms, "node -e 0" ${whole(median(node))} ms: ${ratio} times as long.`;
}

/** @param {readonly string[]} args */
async function timeOf(args) {
  const begin = performance.now();
  await run(process.execPath, args, { output: "capture" });
  return performance.now() - begin;
}

/** @param {import("./bench/packs.mjs").Pack} pack */
async function startUpOf(pack) {
  const running = await start(pack);
  await running.stop();
  return running.startUp;
}

/** @param {import("./bench/packs.mjs").Packs} packs */
async function measureResources({ executable }) {
  const hyperV = requestsOf(estate);
  const nothing = requestsOf(strangers);
  const cases = [
    { title: "hyperv-guard, Hyper-V", pack: executable("ours"), requests: hyperV },
    { title: "hyperv-guard, no Hyper-V", pack: executable("ours"), requests: nothing },
    { title: "no policy", pack: executable("empty"), requests: hyperV },
    { title: "a stack policy that does nothing", pack: executable("stackPolicy"), requests: hyperV },
    { title: "a stack policy that reads one property", pack: executable("naive"), requests: hyperV },
  ];
  const rows = [];
  for (const { title, pack, requests } of cases) rows.push([title, ...(await measureCase(pack, requests))]);
  const thousands = (/** @type {number} */ count) => `stack of ${count.toLocaleString("en-US")}, ms`;
  return table(
    ["pack, resources", "one by one, µs each", thousands(few), thousands(many), "µs each", "memory, MB"],
    rows,
  );
}

/** @param {(count: number) => import("./bench/resources.mjs").Resource[]} make */
function requestsOf(make) {
  const resources = make(many);
  return {
    each: resources.slice(0, few).map(analyzeRequest),
    few: analyzeStackRequest(resources.slice(0, few)),
    many: analyzeStackRequest(resources),
  };
}

/**
 * @param {import("./bench/packs.mjs").Pack} pack
 * @param {ReturnType<typeof requestsOf>} requests
 */
async function measureCase(pack, requests) {
  const running = await start(pack, { watched: true });
  try {
    await running.configure("estate", { asOf });
    const each = await measure(running, async () => {
      const findings = [];
      for (const request of requests.each) findings.push(...(await running.analyze(request)));
      return findings;
    });
    const aFew = await measure(running, () => running.analyzeStack(requests.few));
    const all = await measure(running, () => running.analyzeStack(requests.many));
    const { memory } = await running.usage();
    return [show(each, 1000 / few), show(aFew), show(all), show(all, 1000 / many), whole(memory)];
  } finally {
    await running.stop();
  }
}

/**
 * @param {import("./bench/analyzer.mjs").RunningPack} running
 * @param {() => Promise<string[]>} work
 */
async function measure(running, work) {
  const before = await running.usage();
  const begin = performance.now();
  const [finding] = await work();
  const elapsed = performance.now() - begin;
  // A finding costs time for its message, which is not what is compared here.
  if (finding !== undefined) throw new UserError(`tools/bench/resources.mjs is to be compliant: ${oneLine(finding)}`);
  return { elapsed, processor: (await running.usage()).processor - before.processor };
}

/**
 * @param {{ elapsed: number, processor: number }} times
 * @param {number} [factor]
 */
function show({ elapsed, processor }, factor = 1) {
  return `${whole(elapsed * factor)} (${whole(processor * factor)})`;
}

async function tarballSize() {
  const { stdout } = await runNpm(["pack", "--dry-run", "--json"], { cwd: root, output: "capture" });
  const [packed] = /** @type {[{ size: number }]} */ (JSON.parse(stdout));
  return packed.size;
}
