/** What is wrong in a JSON text, and where. */
export interface JsonProblem {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong there, as a clause. */
  readonly problem: string;
}

/**
 * Finds the first syntax error of a JSON text, or a duplicate key, of which `JSON.parse` would silently take the last. Its own
 * error messages have a position only in some versions of Node.js.
 */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    new JsonScanner(text).document();
    return undefined;
  } catch (error) {
    if (!(error instanceof Misplaced)) throw error;
    const before = text.slice(0, error.at).split("\n");
    return { line: before.length, column: (before.at(-1) ?? "").length + 1, problem: error.message };
  }
}

class Misplaced extends Error {
  constructor(
    readonly at: number,
    problem: string,
  ) {
    super(problem);
  }
}

/** Deeper ones are no configuration, and would end Node.js for lack of stack. */
const DEEPEST = 200;

class JsonScanner {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): void {
    if (this.text.startsWith("\ufeff")) {
      throw new Misplaced(0, "the file begins with a byte order mark: save it as UTF-8 without one");
    }
    if (this.text.startsWith("\ufffd")) throw new Misplaced(0, "the file is not UTF-8: save it as UTF-8");
    this.value();
    if (this.at < this.text.length) this.fail("expected the end of the file");
  }

  private value(): void {
    if (this.depth > DEEPEST) throw new Misplaced(this.at, `more than ${String(DEEPEST)} brackets are open`);
    this.depth++;
    this.blanks();
    if (this.skip("{")) this.list("}", this.members());
    else if (this.skip("["))
      this.list("]", () => {
        this.value();
      });
    else if (this.text[this.at] === '"') this.string();
    else if (!this.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y)) this.fail("expected a value");
    this.blanks();
    this.depth--;
  }

  private list(end: string, element: () => void): void {
    this.blanks();
    if (this.skip(end)) return;
    for (;;) {
      element();
      if (this.skip(end)) return;
      if (!this.skip(",")) this.fail(`expected , or ${end}`);
    }
  }

  private members(): () => void {
    const keys = new Set<string>();
    return () => {
      this.blanks();
      const start = this.at;
      const key = this.text[start] === '"' ? this.string() : this.fail("expected a key in double quotes");
      if (keys.has(key)) throw new Misplaced(start, `the key ${JSON.stringify(key)} is a duplicate`);
      keys.add(key);
      this.blanks();
      if (!this.skip(":")) this.fail("expected :");
      this.value();
    };
  }

  private string(): string {
    const start = this.at;
    this.at++;
    // eslint-disable-next-line no-control-regex -- a JSON string has none of these characters
    this.match(/(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y);
    if (!this.skip('"')) this.fail('expected the closing " of the text (a line break or a \\ in it must be escaped)');
    return JSON.parse(this.text.slice(start, this.at)) as string;
  }

  private blanks(): void {
    this.match(/[ \t\r\n]*/y);
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found !== undefined;
  }

  private fail(problem: string): never {
    const found =
      this.at < this.text.length ? `but found ${JSON.stringify(this.text[this.at])}` : "but the file ends here";
    throw new Misplaced(this.at, `${problem}, ${found}`);
  }
}
