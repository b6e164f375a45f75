import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Language, Parser, type Node } from "web-tree-sitter";
import { ROOT } from "../../root";

/** A script as its syntax tree tells it. Names are in lower case: PowerShell does not tell them apart by case. */
export interface ScriptReads {
  readonly hasErrors: boolean;
  /** The functions that it defines. */
  readonly functions: readonly string[];
  /** The commands that it calls. */
  readonly commands: readonly string[];
  /** The methods that it calls, `[type]::method` for those of a type. */
  readonly methods: readonly string[];
  /** The types that it names. */
  readonly types: readonly string[];
  /** What it assigns to: variables, and properties and elements of variables. */
  readonly targets: readonly string[];
  readonly redirections: readonly string[];
  /** The properties that it reads of what each cmdlet gives, by `cmdlet` or `cmdlet class`. */
  readonly properties: ReadonlyMap<string, ReadonlySet<string>>;
  /** Variables that hold what a cmdlet gave. */
  readonly fromCmdlets: ReadonlySet<string>;
  /** Variables that hold what several cmdlets give: nobody could say whose properties are read. */
  readonly ambiguous: readonly string[];
}

/** The script of the inventory. */
export function inventoryScriptText(): string {
  return readFileSync(join(ROOT, "lib", "inputs", "inventory", "inventory.ps1"), "utf8");
}

export async function scriptReader(): Promise<(script: string) => ScriptReads> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));
  return (script) => {
    const root = parser.parse(script)?.rootNode;
    if (root === undefined) throw new Error("the grammar reads nothing");
    const calls = root.descendantsOfType("invokation_expression");
    const { cmdlets, ambiguous } = cmdletsOfVariables(root);
    return {
      hasErrors: root.hasError,
      functions: textsOf(root, "function_name"),
      commands: root.descendantsOfType("command").map(commandName),
      methods: calls.map(methodName),
      types: textsOf(root, "type_literal"),
      targets: root.descendantsOfType("left_assignment_expression").map(({ text }) => text.toLowerCase()),
      redirections: root.descendantsOfType("redirection").map(({ text }) => text),
      properties: propertiesRead(root, cmdlets),
      fromCmdlets: new Set(cmdlets.keys()),
      ambiguous,
    };
  };
}

function textsOf(root: Node, type: string): readonly string[] {
  return root.descendantsOfType(type).map(({ text }) => text.toLowerCase());
}

/** The name of a command; what is called through a variable or a block keeps its operator. */
function commandName(command: Node): string {
  const operator = command.children.find(({ type }) => type === "command_invokation_operator")?.text ?? "";
  return `${operator}${command.childForFieldName("command_name")?.text ?? command.text}`.toLowerCase();
}

function methodName(call: Node): string {
  const name = call.children.find(({ type }) => type === "member_name")?.text ?? "";
  const [target] = call.children;
  return (target?.type === "type_literal" ? `${target.text}::${name}` : name).toLowerCase();
}

/** A cmdlet as the table of properties calls it: those that give objects of many classes with the class. */
function sourceOf(command: Node): string {
  const name = commandName(command);
  const [, className = ""] = /-ClassName\s+(\S+)/i.exec(command.text) ?? [];
  return className === "" ? name : `${name} ${className.toLowerCase()}`;
}

/** Which cmdlet gave what a variable holds: by an assignment, or as the elements of a loop. A name means one thing. */
function cmdletsOfVariables(root: Node): {
  readonly cmdlets: ReadonlyMap<string, string>;
  readonly ambiguous: readonly string[];
} {
  const cmdlets = new Map<string, string>();
  const ambiguous: string[] = [];
  const take = (variable: string, value: Node): void => {
    const source = sourceIn(value, cmdlets);
    if (source === undefined) return;
    if ((cmdlets.get(variable) ?? source) !== source) ambiguous.push(variable);
    cmdlets.set(variable, source);
  };
  const nodes = root.descendantsOfType(["assignment_expression", "foreach_statement"]);
  // A function may stand before what is handed to it: names are known in a second turn.
  for (const node of [...nodes, ...nodes]) {
    const isLoop = node.type === "foreach_statement";
    const variable = isLoop ? node.children.find(({ type }) => type === "variable") : node.children[0];
    const value = isLoop ? node.children.find(({ type }) => type === "pipeline") : node.children.at(-1);
    if (variable !== undefined && value !== undefined) take(variable.text.toLowerCase(), value);
  }
  return { cmdlets, ambiguous };
}

/** The first command of a value, with nothing before it but brackets; or the property of what another one gave. */
function sourceIn(value: Node, cmdlets: ReadonlyMap<string, string>): string | undefined {
  const inner = value.text.replace(/^[@(\s]+/, "");
  if (/^get-/i.test(inner)) {
    const [command] = value.descendantsOfType("command");
    return command === undefined ? undefined : sourceOf(command);
  }
  const [, variable = "", property = ""] = /^(\$\w+)\.(\w+)\)*$/.exec(inner.toLowerCase()) ?? [];
  const whole = /^(\$\w+)\)*$/.exec(inner.toLowerCase())?.[1] ?? "";
  const source = cmdlets.get(variable);
  return source === undefined ? cmdlets.get(whole) : `${source}.${property}`;
}

function propertiesRead(root: Node, cmdlets: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const read = new Map<string, Set<string>>();
  for (const access of root.descendantsOfType("member_access")) {
    const [target] = access.children;
    const name = access.children.find(({ type }) => type === "member_name")?.text.toLowerCase();
    const source = target?.type === "variable" ? cmdlets.get(target.text.toLowerCase()) : undefined;
    if (source === undefined || name === undefined) continue;
    read.set(source, (read.get(source) ?? new Set()).add(name));
  }
  return read;
}
