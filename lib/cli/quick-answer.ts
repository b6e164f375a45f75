import { USAGE } from "./options";
import { packageVersion } from "./package";

/** The answer to what needs neither rules nor files: the version, and how commands are used. */
export function quickAnswer([name = "--help", ...args]: readonly string[]): string | undefined {
  if (name === "--version") return packageVersion();
  if (name === "--help" || args[0] === "--help") return USAGE.trimEnd();
  return undefined;
}
