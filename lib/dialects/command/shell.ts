/** What a text that a shell runs asks of PowerShell. */
export type Call =
  /** The text calls no PowerShell: it is a script itself, if the shell is PowerShell. */
  | { readonly kind: "none" }
  /** `powershell -Command "…"` */
  | { readonly kind: "script"; readonly script: string }
  /** `powershell -Command -`: the script comes by the standard input. */
  | { readonly kind: "input" }
  /** `powershell -File …`: the script is in a file that cannot be read now. */
  | { readonly kind: "elsewhere" };

const ESCAPED = '"$`';

/** Looks into a call of PowerShell from another shell. */
export function callOf(text: string): Call {
  const words = new ShellWords(text);
  if (!isPowerShell(words.next() ?? "")) return { kind: "none" };
  for (;;) {
    const rest = words.rest();
    const word = words.next();
    if (word === undefined || word === "-") return { kind: "input" };
    const option = word.startsWith("-") ? word.slice(1).toLowerCase() : undefined;
    if (option === undefined) return { kind: "script", script: unquoted(rest) };
    if (option !== "" && "command".startsWith(option)) {
      const script = unquoted(words.rest());
      return script === "-" || script === "" ? { kind: "input" } : { kind: "script", script };
    }
    if (["encodedcommand", "ec", "file"].some((name) => name.startsWith(option))) return { kind: "elsewhere" };
    if (!SWITCHES.some((name) => name.startsWith(option))) words.next();
  }
}

/** Whether a word calls PowerShell, wherever that is installed. */
export function isPowerShell(word: string): boolean {
  const program = word.split(/[\\/]/).at(-1)?.toLowerCase();
  return ["powershell", "powershell.exe", "pwsh", "pwsh.exe"].includes(program ?? "");
}

/** Options of powershell.exe that have no value. */
const SWITCHES = ["noprofile", "nop", "noninteractive", "nologo", "noexit", "sta", "mta", "interactive", "login"];

/** The first quoted text without its quotes, with what follows it; or the text as it stands. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('"') && !trimmed.startsWith("'")) return trimmed;
  const words = new ShellWords(trimmed);
  return `${words.next() ?? ""}${words.rest()}`;
}

/** The words of a command line, as shells and Windows programs cut it. */
class ShellWords {
  private position = 0;

  constructor(private readonly text: string) {}

  rest(): string {
    return this.text.slice(this.position);
  }

  next(): string | undefined {
    while (this.isBlank()) this.position++;
    if (this.position >= this.text.length) return undefined;
    let word = "";
    while (this.position < this.text.length && !this.isBlank()) {
      const char = this.text.charAt(this.position++);
      word += char === '"' || char === "'" ? this.quoted(char) : char;
    }
    return word;
  }

  private quoted(quote: string): string {
    let text = "";
    for (; this.position < this.text.length; this.position++) {
      const char = this.text.charAt(this.position);
      const next = this.text.charAt(this.position + 1);
      if (char === "\\" && quote === '"' && next !== "" && ESCAPED.includes(next)) {
        text += next;
        this.position++;
      } else if (char === quote) {
        this.position++;
        break;
      } else text += char;
    }
    return text;
  }

  private isBlank(): boolean {
    const char = this.text.charAt(this.position);
    return char !== "" && " \t\r\n".includes(char);
  }
}
