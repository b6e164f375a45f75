/** One room of the house: files that stand on the same floor. */
export interface Room {
  readonly name: string;
  /** What is in it, in a few words. */
  readonly holds: string;
  /** The rooms that it may import. */
  readonly uses: readonly string[];
}

const GROUND = ["text"];
const MODEL = ["estate", ...GROUND];
const FIGURES = ["tables", ...MODEL];
const VERDICTS = ["rules", ...FIGURES];
const SETTINGS = ["settings", ...VERDICTS];
const JUDGEMENT = ["judging", "policies", "dialects", "inputs", ...SETTINGS];
const SHOWN = ["reports", "planning", ...JUDGEMENT];

/**
 * The rooms from top to bottom. Data goes one way: each imports only rooms that stand below it, and a rule knows the
 * model and the tables alone. `test/architecture.test.ts` compares this with the imports.
 */
export const ROOMS: readonly Room[] = [
  { name: "index.ts", holds: "the pack that `--policy-pack` loads", uses: ["policy-pack.ts", "pack"] },
  { name: "policy-pack.ts", holds: "`hypervGuard(options)`, the public face", uses: ["pack", ...JUDGEMENT] },
  {
    name: "tools",
    holds: "the engine, builds, benchmarks and the generators of documents",
    uses: ["cli", "pack", ...SHOWN],
  },
  { name: "cli", holds: "the command: words to one of the things below", uses: SHOWN },
  { name: "pack", holds: "rules inside `@pulumi/policy`", uses: SHOWN },
  { name: "reports", holds: "findings to each format, one file a format", uses: ["judging", ...SETTINGS] },
  { name: "planning", holds: "placement and what-if, with the rules as judge", uses: JUDGEMENT },
  {
    name: "judging",
    holds: "one pass of all rules over an estate: findings, secrets, exemptions",
    uses: ["policies", "dialects", ...SETTINGS],
  },
  { name: "policies", holds: "the catalogue: one rule, one file", uses: VERDICTS },
  { name: "inputs", holds: "files to declared resources, one file a format", uses: MODEL },
  { name: "dialects", holds: "resource types to facts, one folder a family", uses: ["powershell", ...SETTINGS] },
  { name: "settings", holds: "what users may set, and what is wrong with it", uses: VERDICTS },
  { name: "rules", holds: "what a rule is: contract, verdicts, words of a finding", uses: FIGURES },
  { name: "tables", holds: "figures with their documents", uses: MODEL },
  { name: "estate", holds: "the model, placement, joins", uses: GROUND },
  { name: "text", holds: "counting, lists, nearest names, Markdown", uses: [] },
  { name: "components", holds: "the component resources", uses: [] },
  { name: "powershell", holds: "the parser of PowerShell", uses: [] },
];

/** The room of a file: a folder of `lib/`, a top folder, or a file at the top. */
export function roomOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  return top === "lib" ? second : top;
}
