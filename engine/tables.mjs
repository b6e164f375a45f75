// Prints the support tables of a host version, or only what concerns one guest on it:
//   node engine/tables.mjs "2008 R2 SP1" ["CentOS 5.5 x64"]
import { loadTypeScript } from "./typescript.mjs";

const [host, guest] = process.argv.slice(2);

/**
 * @template T
 * @param {string} text what was asked for
 * @param {{ resolved: true, value: T } | { resolved: false, problem: string, allowed: string }} resolution
 * @returns {T | undefined} undefined: the user has been told what to write instead
 */
function found(text, resolution) {
  if (resolution.resolved) return resolution.value;
  console.error(`"${text}": ${resolution.problem}. Use ${resolution.allowed}.`);
  process.exitCode = 1;
  return undefined;
}

const { hostVersions, resolveHostVersion } = /** @type {typeof import("../lib/tables/host-versions.js")} */ (
  loadTypeScript("lib/tables/host-versions.ts")
);
const { resolveOperatingSystem } = /** @type {typeof import("../lib/tables/operating-systems.js")} */ (
  loadTypeScript("lib/tables/operating-systems.ts")
);
const { printTables } = /** @type {typeof import("../lib/tables/print.js")} */ (loadTypeScript("lib/tables/print.ts"));

if (host === undefined) {
  console.error(`Name a host version, and a guest if you like: node engine/tables.mjs <host> [<guest>]`);
  for (const { name } of hostVersions()) console.error(`  ${name}`);
  process.exitCode = 1;
} else {
  const version = found(host, resolveHostVersion(host));
  const os = guest === undefined ? undefined : found(guest, resolveOperatingSystem(guest));
  if (version !== undefined && (guest === undefined || os !== undefined)) console.log(printTables(version, os));
}
