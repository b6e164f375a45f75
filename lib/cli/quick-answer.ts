import { packageVersion } from "./package";

/** The answer to what needs neither rules nor files nor the syntax of the commands: the version. */
export function quickAnswer([name, ...args]: readonly string[]): string | undefined {
  return (name === "--version" || name === "-V") && args.length === 0 ? packageVersion() : undefined;
}
