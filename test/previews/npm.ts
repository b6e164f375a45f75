import { execFileSync } from "node:child_process";

const windows = process.platform === "win32";

/** Runs npm and gives what it prints. */
export function npm(args: readonly string[], cwd: string): string {
  return execFileSync(windows ? "npm.cmd" : "npm", args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: windows,
  });
}

/** Unpacks a tarball; every system that Node.js runs on has a `tar`. */
export function extract(tarball: string, folder: string): void {
  execFileSync("tar", ["-xzf", tarball, "-C", folder], { stdio: "ignore" });
}
