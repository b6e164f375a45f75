import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package, wherever in it this file has been compiled to. */
export function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "PulumiPolicy.yaml"))) folder = dirname(folder);
  return folder;
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8")) as { version: string };
  return version;
}
