import { UNKNOWN } from "../../estate/plain";
import { contentOf, type CommandResult } from "./output";

const SCOPE = /^(?:using|script|global|local|private):/;

/** The variables of a script and of the functions that it is in. */
export class Variables {
  private readonly scopes: Map<string, CommandResult>[] = [new Map<string, CommandResult>()];
  /** Counts assignments, so that every value that is known only when the script runs has a key of its own. */
  private assignments = 0;
  private forgotten = 0;

  get(name: string): CommandResult {
    return contentOf(this.holder(name));
  }

  /** A variable as it holds its value: a collection that can be changed. */
  holder(written: string): CommandResult {
    const name = nameOf(written);
    if (name === "env:computername") return { plain: "localhost" };
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const value = this.scopes[index]?.get(name);
      if (value !== undefined) return value;
    }
    return { plain: UNKNOWN, key: `$${name} ${String(-this.forgotten)}` };
  }

  set(written: string, value: CommandResult): void {
    const name = nameOf(written);
    this.assignments++;
    this.scopes.at(-1)?.set(name, { key: `$${name} ${String(this.assignments)}`, ...value });
  }

  /** Any of these may have another value from here on. */
  forget(names: ReadonlySet<string> | "all"): void {
    if (names !== "all") for (const name of names) this.set(name, { plain: UNKNOWN });
    else {
      this.forgotten++;
      for (const scope of this.scopes) scope.clear();
    }
  }

  /** What functions and scripts assign is theirs alone. */
  inScope<T>(run: () => T): T {
    this.scopes.push(new Map<string, CommandResult>());
    const result = run();
    this.scopes.pop();
    return result;
  }
}

/** A variable is the same in any case and, as far as scripts are followed, in any scope. */
export function nameOf(written: string): string {
  const name = written.toLowerCase().replace(SCOPE, "");
  return name === "psitem" ? "_" : name;
}
