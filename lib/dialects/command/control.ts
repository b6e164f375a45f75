import type { CommandCall, Statement } from "../../powershell/syntax";
import type { Given } from "./cmdlets";
import { contentsOf } from "./contents";
import type { Evaluator } from "./evaluate";
import { flattened, itemsOf, UNKNOWN_RESULT, type CommandResult } from "./output";
import type { Variables } from "./variables";

/** ShellWords whose blocks may run or not. */
const CONDITIONS: ReadonlySet<string> = new Set(["if", "elseif", "else", "catch", "trap"]);
const LOOPS: ReadonlySet<string> = new Set(["while", "do", "until", "for", "switch"]);
const LEAVES_LOOP: ReadonlySet<string> = new Set(["break", "continue", "return"]);

/** What conditions and loops need of the script that they are in. */
export interface Runner {
  readonly variables: Variables;
  readonly evaluator: Evaluator;
  run(statements: readonly Statement[]): readonly CommandResult[];
  /** Takes the steps of something that is followed; false when the script has had all of its own. */
  step(count: number, line: number): boolean;
}

/** Follows blocks: those that run, those that run for each of some values, and those that may run or not. */
export class Control {
  /** How many conditions the statement that is followed is in. */
  private conditions = 0;
  private loops = 0;
  /** Whether the loop that is followed may be left, so that what comes behind may run or not. */
  private mayLeave = false;

  constructor(private readonly runner: Runner) {}

  get isCertain(): boolean {
    return this.conditions === 0;
  }

  /** Whether a word has blocks that may run or not. */
  isConditional(word: string): boolean {
    return CONDITIONS.has(word) || LOOPS.has(word);
  }

  /** Runs statements one by one; behind one that may leave the loop the others may run or not. */
  each(statements: readonly Statement[], run: (statement: Statement) => void): void {
    let isDoubtful = false;
    for (const statement of statements) {
      if (this.mayLeave && !isDoubtful) {
        isDoubtful = true;
        this.conditions++;
      }
      run(statement);
    }
    if (!isDoubtful) return;
    this.conditions--;
    this.runner.variables.forget(contentsOf(statements).assigned);
  }

  /** A function or block leaves itself, and not the loop that calls it. */
  outsideOfLoops<T>(run: () => T): T {
    const { loops, mayLeave } = this;
    this.loops = 0;
    this.mayLeave = false;
    const result = run();
    this.loops = loops;
    this.mayLeave = mayLeave;
    return result;
  }

  /** What is in a block that may run or not. */
  perhaps(block: readonly Statement[]): void {
    this.conditions++;
    this.runner.run(block);
    this.conditions--;
    this.runner.variables.forget(contentsOf(block).assigned);
  }

  conditional(word: string, command: CommandCall, given: readonly Given<CommandResult>[]): void {
    if (LOOPS.has(word)) {
      for (const { value } of command.arguments) {
        if (value?.kind === "group" || value?.kind === "block")
          this.runner.variables.forget(contentsOf(value.statements).assigned);
      }
      if (word === "switch") this.runner.variables.set("_", UNKNOWN_RESULT);
    }
    for (const { value } of given) if (value !== undefined) this.unused(value);
    if (this.loops > 0 && !this.mayLeave && leavesLoop(command)) this.mayLeave = true;
  }

  leave(value: CommandResult | undefined): CommandResult | undefined {
    if (this.loops > 0 && this.isCertain) this.mayLeave = true;
    return value;
  }

  /** What is tried runs, and so does what is done finally. */
  tryBlocks(given: readonly Given<CommandResult>[]): CommandResult | undefined {
    const outputs: CommandResult[] = [];
    for (const [index, { value }] of given.entries()) {
      const before = given[index - 1]?.value?.plain;
      if (value?.block !== undefined && (index === 0 || before === "finally"))
        outputs.push(...this.runner.run(value.block));
      else if (value !== undefined) this.unused(value);
    }
    return flattened(outputs);
  }

  foreach({ variable, values, statements, line }: Statement & { readonly kind: "foreach" }): CommandResult | undefined {
    return this.loop(
      itemsOf(this.runner.evaluator.evaluate({ kind: "group", statements: values, isArray: false })),
      variable,
      statements,
      line,
    );
  }

  forEachObject(given: readonly Given<CommandResult>[], input: CommandResult | undefined): CommandResult | undefined {
    const blocks = given.flatMap(({ value }) => (value?.block === undefined ? [] : [value.block]));
    const items = input === undefined ? undefined : itemsOf(input);
    const [block, another] = blocks;
    if (block === undefined) return UNKNOWN_RESULT;
    const before = this.runner.variables.holder("_");
    if (another !== undefined) for (const each of blocks) this.loop(undefined, "_", each, 0);
    const output = another === undefined ? this.loop(items, "_", block, 0) : UNKNOWN_RESULT;
    this.runner.variables.set("_", before);
    return output;
  }

  filter(given: readonly Given<CommandResult>[]): CommandResult {
    const before = this.runner.variables.holder("_");
    this.runner.variables.set("_", UNKNOWN_RESULT);
    for (const { value } of given) if (value !== undefined) this.unused(value);
    this.runner.variables.set("_", before);
    return UNKNOWN_RESULT;
  }

  /** Runs statements for each of some values; without values they may run any number of times. */
  private loop(
    items: readonly CommandResult[] | undefined,
    variable: string,
    statements: readonly Statement[],
    line: number,
  ): CommandResult | undefined {
    const before = this.mayLeave;
    this.mayLeave = false;
    this.loops++;
    const outputs: CommandResult[] = [];
    if (items === undefined) {
      this.runner.variables.forget(contentsOf(statements).assigned);
      this.runner.variables.set(variable, UNKNOWN_RESULT);
      this.perhaps(statements);
    } else {
      for (const item of items) {
        if (!this.runner.step(1, line)) break;
        this.runner.variables.set(variable, item);
        for (const output of this.runner.run(statements)) outputs.push(output);
      }
    }
    this.loops--;
    this.mayLeave = before;
    return items === undefined ? UNKNOWN_RESULT : flattened(outputs);
  }

  /** A block of which no call is known. */
  unused({ block }: CommandResult): void {
    if (block !== undefined) this.perhaps(block);
  }
}

/** Whether a condition may leave the loop around it. What only looks whether something is there already changes nothing. */
function leavesLoop({ arguments: list }: CommandCall): boolean {
  const within = (kind: "block" | "group"): readonly string[] =>
    list.flatMap(({ value }) =>
      value?.kind === kind
        ? contentsOf(value.statements).commands.map(({ name }) => (name.kind === "text" ? name.text.toLowerCase() : ""))
        : [],
    );
  const looks = within("group").some((word) => word.startsWith("get-") || word.startsWith("test-"));
  return !looks && within("block").some((word) => LEAVES_LOOP.has(word));
}
