/** Files that may import the layers below them, and none above. */
export interface Layer {
  readonly name: string;
  /** What is in it, in a few words. */
  readonly holds: string;
  /** The layers that it may import. */
  readonly uses: readonly string[];
}

const GROUND = ["text"];
const MODEL = ["estate", ...GROUND];
const FIGURES = ["tables", ...MODEL];
const VERDICTS = ["rules", ...FIGURES];
const SETTINGS = ["settings", ...VERDICTS];
const JUDGEMENT = ["judging", "policies", "dialects", "inputs", ...SETTINGS];
const SHOWN = ["reports", "planning", "drift", ...JUDGEMENT];

/**
 * The layers from top to bottom. Data goes one way: each imports only layers below it, and a rule knows the
 * model and the tables alone. `test/architecture.test.ts` compares this with the imports.
 */
export const LAYERS: readonly Layer[] = [
  { name: "index.ts", holds: "the pack that `--policy-pack` loads", uses: ["policy-pack.ts", "pack"] },
  { name: "policy-pack.ts", holds: "`hypervGuard(options)`, the public face", uses: ["pack", ...JUDGEMENT] },
  {
    name: "tools",
    holds: "finding and running the engine, builds, benchmarks and the generators of documents",
    uses: ["cli", "pack", "components", ...SHOWN],
  },
  { name: "cli", holds: "the command `hyperv-guard`", uses: SHOWN },
  { name: "pack", holds: "rules inside `@pulumi/policy`", uses: SHOWN },
  { name: "reports", holds: "the formats of findings, one file each", uses: ["judging", ...SETTINGS] },
  { name: "planning", holds: "placement and what-if, with the rules as judge", uses: JUDGEMENT },
  { name: "drift", holds: "what is declared and what runs, compared", uses: ["judging", "dialects", ...SETTINGS] },
  {
    name: "judging",
    holds: "one pass of all rules over an estate, with exemptions applied and secrets masked",
    uses: ["policies", "dialects", ...SETTINGS],
  },
  { name: "policies", holds: "the rules, one file each", uses: VERDICTS },
  {
    name: "inputs",
    holds: "the formats from which declared resources are read, one file each",
    uses: ["dialects", ...MODEL],
  },
  {
    name: "dialects",
    holds: "what is read from each resource type, one folder for each family",
    uses: ["powershell", ...SETTINGS],
  },
  {
    name: "settings",
    holds: "the configuration: its schema, profiles, exemptions and what is wrong in it",
    uses: VERDICTS,
  },
  { name: "rules", holds: "what a rule is: its contract, verdicts, figures and the text of a finding", uses: FIGURES },
  { name: "tables", holds: "the figures of Microsoft's documents, with the source of each", uses: MODEL },
  { name: "estate", holds: "the model of an estate, and how declarations are joined", uses: GROUND },
  { name: "text", holds: "lists and numbers in sentences, similar names, Markdown", uses: [] },
  { name: "components", holds: "the component resources", uses: [] },
  { name: "powershell", holds: "a parser for PowerShell", uses: [] },
];

/** The layer of a file: a folder of `lib/`, a top folder, or a file at the top. */
export function layerOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  return top === "lib" ? second : top;
}
