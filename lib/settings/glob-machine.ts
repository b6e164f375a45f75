import type { Glob } from "./glob-pattern";

/*
 * A pattern as a machine that reads a text once and is in a set of states: it takes time in proportion to the length of
 * the pattern times that of the text at worst, where a regular expression can take exponential time.
 */

type Instruction =
  | { readonly kind: "character"; readonly code: number }
  | { readonly kind: "class"; readonly accepts: (character: string) => boolean }
  /** Goes on in several places. */
  | { readonly kind: "split"; readonly targets: readonly number[] }
  /** Goes on where another machine does not match. */
  | { readonly kind: "unless"; readonly condition: number }
  | { readonly kind: "end" };

/** Whether something does not match from a place of the text on. */
interface Condition {
  readonly machine: Machine;
  readonly toEnd: boolean;
}

/** Reads texts forwards, or backwards for what "unless" excludes: then it finds all places from which it matches. */
class Machine {
  private readonly instructions: Instruction[] = [];
  private readonly conditions: Condition[] = [];

  constructor(
    glob: Glob,
    private readonly isBackwards: boolean,
  ) {
    this.add(glob);
    this.instructions.push({ kind: "end" });
  }

  /**
   * The places of a text that it can end at, as ones.
   * @param fromEverywhere whether it may begin at any place, or only where the text begins (or backwards, ends)
   */
  run(text: Text, fromEverywhere: boolean): Uint8Array {
    const { length } = text.codes;
    const ends = new Uint8Array(length + 1);
    const blocked = this.conditions.map(({ machine, toEnd }) => machine.run(text, !toEnd));
    const reached = new Int32Array(this.instructions.length).fill(-1);
    let next = [0];
    for (let step = 0; step <= length; step++) {
      if (fromEverywhere) next.push(0);
      const place = this.isBackwards ? length - step : step;
      const passes = (condition: number): boolean => blocked[condition]?.[place] === 0;
      const { readers, isEnd } = this.follow(next, passes, (index) => {
        const isNew = reached[index] !== step;
        reached[index] = step;
        return isNew;
      });
      if (isEnd) ends[place] = 1;
      next = this.read(text, this.isBackwards ? place - 1 : place, readers);
    }
    return ends;
  }

  /** Follows what reads nothing, up to what reads a character. */
  private follow(
    starts: readonly number[],
    passes: (condition: number) => boolean,
    isNew: (index: number) => boolean,
  ): { readonly readers: readonly number[]; readonly isEnd: boolean } {
    const todo = [...starts];
    const readers: number[] = [];
    let isEnd = false;
    for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
      if (!isNew(index)) continue;
      const instruction = this.instructions[index];
      if (instruction?.kind === "split") for (const target of instruction.targets) todo.push(target);
      else if (instruction?.kind === "end") isEnd = true;
      else if (instruction?.kind !== "unless") readers.push(index);
      else if (passes(instruction.condition)) todo.push(index + 1);
    }
    return { readers, isEnd };
  }

  /** Where to go on after a character of the text. */
  private read({ text, codes }: Text, at: number, readers: readonly number[]): number[] {
    const next: number[] = [];
    for (const index of readers) {
      const instruction = this.instructions[index];
      const isAccepted =
        instruction?.kind === "character"
          ? instruction.code === codes[at]
          : instruction?.kind === "class" && instruction.accepts(text.charAt(at));
      if (isAccepted) next.push(index + 1);
    }
    return next;
  }

  private add(glob: Glob): void {
    switch (glob.kind) {
      case "character":
        this.instructions.push({ kind: "character", code: foldCase(glob.character).charCodeAt(0) });
        return;
      case "class":
        this.instructions.push(glob);
        return;
      case "any":
        this.repeat({ kind: "class", accepts: () => true }, 0);
        return;
      case "sequence":
        for (const item of this.isBackwards ? glob.items.toReversed() : glob.items) this.add(item);
        return;
      case "either":
        this.either(glob.branches);
        return;
      case "repeat":
        if (glob.often) this.repeat(glob.item, glob.least);
        else this.either([glob.item, EMPTY]);
        return;
      case "unless":
        this.unless(glob);
        return;
    }
  }

  private either(branches: readonly Glob[]): void {
    const starts = this.split();
    const ends = branches.map((branch) => {
      starts.push(this.instructions.length);
      this.add(branch);
      return this.split();
    });
    for (const end of ends) end.push(this.instructions.length);
  }

  private repeat(item: Glob, least: 0 | 1): void {
    const start = this.instructions.length;
    const skip = least === 0 ? this.split(start + 1) : undefined;
    this.add(item);
    const again = this.split(start);
    if (least === 1) again.push(this.instructions.length);
    skip?.push(this.instructions.length);
  }

  private unless({ item, toEnd }: Extract<Glob, { kind: "unless" }>): void {
    const condition = this.conditions.push({ machine: new Machine(item, true), toEnd }) - 1;
    this.instructions.push({ kind: "unless", condition });
  }

  /** Adds a split, to whose targets more can be added. */
  private split(...targets: number[]): number[] {
    this.instructions.push({ kind: "split", targets });
    return targets;
  }
}

const EMPTY: Glob = { kind: "sequence", items: [] };

/** A text, and the folded codes of its characters. */
interface Text {
  readonly text: string;
  readonly codes: Uint16Array;
}

/** A function that tells whether a pattern matches a whole text. */
export function compileGlob(glob: Glob): (text: string) => boolean {
  const machine = new Machine(glob, false);
  return (text) => {
    const folded = foldCase(text);
    const codes = Uint16Array.from({ length: text.length }, (_, index) => folded.charCodeAt(index));
    return machine.run({ text, codes }, false)[text.length] === 1;
  };
}

const ASCII = /^[\0-\x7f]*$/;

/** A text in which letters that differ in case are the same, of the same length: what regular expressions do for `i`. */
export function foldCase(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  let folded = "";
  for (let index = 0; index < text.length; index++) folded += foldUnit(text.charAt(index));
  return folded;
}

function foldUnit(unit: string): string {
  const upper = unit.toUpperCase();
  const becomesAscii = unit > "\x7f" && upper <= "\x7f";
  return upper.length === 1 && !becomesAscii ? upper : unit;
}
