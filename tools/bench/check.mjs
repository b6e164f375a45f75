import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../paths.mjs";
import { checkov, conftest, peerRules } from "./conftest.mjs";
import { exportedStack } from "./exported-stack.mjs";
import { median, table, whole } from "./markdown.mjs";
import { usageOf } from "./usage.mjs";

/** How many resources, and how often each is measured. */
const sizes = [
  { count: 100, runs: 5 },
  { count: 1000, runs: 5 },
  { count: 10_000, runs: 5 },
  { count: 100_000, runs: 1 },
];

/** More takes checkov many minutes. */
const mostForCheckov = 10_000;

/**
 * @typedef {import("./usage.mjs").ProcessUsage} ProcessUsage
 * @typedef {"hyperv-guard" | "conftest" | "checkov" | "node"} Program
 * @typedef {{ count: number, usage: Partial<Record<Program, ProcessUsage>> }} Measured what each program has used for so many resources
 */

/**
 * Measures `check --state` beside programs with three rules, from the start of each process to its end; the programs take turns.
 * @returns {Promise<Measured[]>}
 */
export async function measureChecks() {
  const programs = { conftest: await conftest(), checkov: checkov() };
  const folder = await mkdtemp(join(tmpdir(), "hyperv-guard-bench-"));
  try {
    const measured = [];
    for (const { count, runs } of sizes) {
      const file = join(folder, `stack-${count}.json`);
      await writeFile(file, JSON.stringify(exportedStack(count), undefined, 4));
      measured.push({ count, usage: await measureFile(file, count, runs, programs) });
      await rm(file);
    }
    return measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {number} count
 * @param {number} runs
 * @param {{ conftest: string, checkov: string | undefined }} programs
 */
async function measureFile(file, count, runs, programs) {
  const guard = [process.execPath, join(root, "bin", "lib", "cli", "main.js"), "check", "--state", file];
  const rego = [programs.conftest, "test", "--parser", "json", "--policy", peerRules, file];
  /** @type {Record<Program, ProcessUsage[]>} */
  const all = { "hyperv-guard": [], conftest: [], checkov: [], node: [] };
  for (let run = 0; run < runs; run++) {
    // Findings end each of them with 1.
    all["hyperv-guard"].push(await usageOf(guard, [0, 1]));
    all.conftest.push(await usageOf(rego, [0, 1]));
    all.node.push(await usageOf([process.execPath, "-e", "0"]));
  }
  if (programs.checkov !== undefined && count <= mostForCheckov) {
    const checks = ["--external-checks-dir", peerRules, "--check", "CKV_HYPERV_1,CKV_HYPERV_2,CKV_HYPERV_3"];
    const json = [programs.checkov, "--framework", "json", "--skip-download", "--quiet", "--compact", "-f", file];
    all.checkov.push(await usageOf([...json, ...checks], [0, 1]));
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([program, usages]) => (usages.length === 0 ? [] : [[program, middle(usages)]])),
  );
}

/** @param {readonly ProcessUsage[]} usages */
function middle(usages) {
  return {
    processor: median(usages.map(({ processor }) => processor)),
    memory: median(usages.map(({ memory }) => memory)),
  };
}

/** @param {readonly Measured[]} measured */
export function checkTable(measured) {
  const head = [
    "resources",
    "hyperv-guard, s",
    "conftest, s",
    "ratio",
    "checkov, s",
    "node, s",
    "MB",
    "conftest, MB",
    "ratio",
  ];
  const rows = measured.map(({ count, usage }) => {
    const { "hyperv-guard": guard, conftest: rego, checkov: python, node } = usage;
    return [
      whole(count),
      seconds(guard?.processor),
      seconds(rego?.processor),
      ratio(guard?.processor, rego?.processor),
      seconds(python?.processor),
      seconds(node?.processor),
      whole(guard?.memory ?? NaN),
      whole(rego?.memory ?? NaN),
      ratio(guard?.memory, rego?.memory),
    ];
  });
  return table(head, rows);
}

/** @param {number | undefined} value */
function seconds(value) {
  return value === undefined ? "" : value.toFixed(2);
}

/**
 * @param {number | undefined} one
 * @param {number | undefined} other
 */
function ratio(one, other) {
  return one === undefined || other === undefined ? "" : (one / other).toFixed(1);
}
