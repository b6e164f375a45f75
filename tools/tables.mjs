import { join } from "node:path";
import { UserError } from "./log.mjs";
import { root } from "./paths.mjs";
import { loadTypeScript } from "./typescript.mjs";

/**
 * `npm run tables -- "2008 R2 SP1" ["CentOS 5.5 x64"]`: the support tables of a host version, or what concerns one guest;
 * `npm run tables -- "Exchange 2019"`: those of a version of Exchange; `npm run tables -- "VMM 2012"`: the ports of a version
 * of Virtual Machine Manager; `npm run tables -- --missing windows-server-2028`: what is not there yet of a host version;
 * `npm run tables -- --stale [<day>]`: rows that someone should look at again.
 * @param {readonly string[]} args
 * @returns {number | Promise<number>} the exit code
 */
export function tables(args) {
  const [option, ...rest] = args;
  if (option === "--missing") return missing(rest);
  return option === "--stale" ? stale(rest[0]) : print(args);
}

/**
 * Lists the rows that a host version lacks, in comparison with the one before it or with the second one.
 * @param {readonly string[]} names
 * @returns {number} the exit code
 */
function missing([name, likeName]) {
  const { resolveHostVersion } = /** @type {typeof import("../lib/tables/host-versions.js")} */ (
    loadTypeScript("lib/tables/host-versions.ts")
  );
  const { missingRows, newHostId, printMissing, shippedTables, versionBefore } =
    /** @type {typeof import("./docs/missing-rows.js")} */ (loadTypeScript("tools/docs/missing-rows.ts"));
  if (name === undefined) {
    throw new UserError("name a host version, also a new one: npm run tables -- --missing windows-server-2028");
  }
  const known = resolveHostVersion(name);
  const id = known.resolved ? known.value : newHostId(name);
  const like = likeName === undefined ? versionBefore(id) : found(likeName, resolveHostVersion(likeName));
  if (like === undefined) throw new UserError(`no host version is before ${id}: name the one to compare it with`);
  const rows = missingRows({ id, like }, shippedTables(root));
  console.log(printMissing({ id, like }, rows));
  return rows.length === 0 ? 0 : 1;
}

/**
 * Prints the tables of a version, as `hyperv-guard tables` does.
 * @param {readonly string[]} names
 * @returns {Promise<number>} the exit code
 */
function print([version, guest]) {
  const command = /** @type {typeof import("../lib/cli/commands/tables.js")} */ (
    loadTypeScript("lib/cli/commands/tables.ts")
  );
  const values = { ...(version === undefined ? {} : { version }), ...(guest === undefined ? {} : { guest }) };
  return command.tables(values, { out: console.log }).catch((/** @type {unknown} */ error) => {
    throw new UserError(String(error instanceof Error ? error.message : error));
  });
}

/**
 * Lists the rows whose document is older than a year, and those with a day that has passed.
 * @param {string} [today] by default the present day
 * @returns {number} the exit code
 */
function stale(today = new Date().toISOString().slice(0, 10)) {
  const { printStaleRows, tablesIn, staleRows } = /** @type {typeof import("./docs/stale-rows.js")} */ (
    loadTypeScript("tools/docs/stale-rows.ts")
  );
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) throw new UserError(`"${today}" is not a day. Use one as in 2026-12-01.`);
  console.log(printStaleRows(staleRows(tablesIn(join(root, "lib", "tables")), today), today));
  return 0;
}

/**
 * @template T
 * @param {string} text what was asked for
 * @param {{ resolved: true, value: T } | { resolved: false, problem: string, allowed: string }} resolution
 * @returns {T}
 */
function found(text, resolution) {
  if (resolution.resolved) return resolution.value;
  throw new UserError(`"${text}": ${resolution.problem}. Use ${resolution.allowed}.`);
}
