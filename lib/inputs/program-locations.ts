import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from "yaml";

/** A place in a file. Lines and columns count from 1. */
export interface ProgramPlace {
  readonly line: number;
  readonly column: number;
  /** Where the value ends: the first column behind it. Absent where no single value stands here for this resource alone. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Where a program in YAML or JSON declares its resources and their properties. */
export class ProgramLocations {
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;

  /** @param text the program; what of it cannot be parsed has no place */
  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines, logLevel: "silent" });
  }

  get hasResources(): boolean {
    return isMap(this.top("resources"));
  }

  /** The folder that a project names for its program. */
  get main(): string | undefined {
    const main = this.top("main");
    return isScalar(main) && typeof main.value === "string" ? main.value : undefined;
  }

  /**
   * The place of a property, or of as much of its path as the program has.
   * @param name what the program calls the resource
   * @param property a path, as in `disks[0].type`; empty for the resource as a whole
   */
  find(name: string, property: string): ProgramPlace | undefined {
    const resource = this.resource(name);
    if (resource === undefined) return undefined;
    const properties = childOf(resource.value, "properties");
    const { path, scriptLine } = readPath(property);
    const walked = properties === undefined ? undefined : this.walk(properties.value, path);
    if (walked === undefined) return this.begin(resource.key);
    return scriptLine === undefined ? walked.place : this.lineOf(walked, scriptLine);
  }

  /** The properties of a resource; undefined where it has none in the program, or where others share them. */
  properties(name: string, type: string): Node | undefined {
    const resource = this.resource(name)?.value;
    const declared = childOf(resource, "type")?.value;
    const token = isScalar(declared) ? String(declared.value) : "";
    if (isShared(resource) || lastPart(token) !== lastPart(type)) return undefined;
    return childOf(resource, "properties")?.value;
  }

  /** The program as plain values. */
  get values(): unknown {
    const values: unknown = this.document.toJS({ maxAliasCount: -1 });
    return values;
  }

  /** Whether the whole program could be parsed. */
  get isWhole(): boolean {
    return this.document.errors.length === 0;
  }

  /** A resource is known by its key, unless the program gives it another name. */
  private resource(name: string): Child | undefined {
    const resources = this.top("resources");
    if (!isMap(resources)) return undefined;
    const named = resources.items.find(({ value }) => isMap(value) && value.get("name") === name)?.key;
    return childOf(resources, isScalar(named) ? String(named.value) : name);
  }

  private top(key: string): Node | undefined {
    return childOf(this.document.contents, key)?.value;
  }

  /** Follows a path as far as the program has it; undefined where it does not even have its first part. */
  private walk(start: Node, path: readonly string[]): Walked | undefined {
    let node = start;
    let place: ProgramPlace | undefined;
    let isOwn = true;
    for (const [index, segment] of path.entries()) {
      const target = this.resolved(node);
      isOwn &&= target === node;
      const child = childOf(target, segment);
      if (child === undefined) break;
      node = child.value;
      const isWhole = index === path.length - 1 && isOwn && isScalar(node);
      place = isWhole ? this.whole(node) : this.begin(child.key);
    }
    return place === undefined ? undefined : { place, node };
  }

  /** What an alias, or a reference to a variable of the program, stands for. */
  private resolved(node: Node): Node {
    if (isAlias(node)) return node.resolve(this.document) ?? node;
    const [, variable] = isScalar(node) && typeof node.value === "string" ? (VARIABLE.exec(node.value) ?? []) : [];
    const value = variable === undefined ? undefined : childOf(this.top("variables"), variable)?.value;
    return value ?? node;
  }

  /** The line of a script, where it stands in lines of its own. */
  private lineOf({ node, place }: Walked, scriptLine: number): ProgramPlace {
    if (!isScalar(node) || node.type !== "BLOCK_LITERAL") return place;
    // The text begins in the line behind its header.
    return { line: this.begin(node).line + scriptLine, column: 1 };
  }

  private begin({ range }: Node): ProgramPlace {
    const { line, col } = this.lines.linePos(range?.[0] ?? 0);
    return { line, column: col };
  }

  private whole(node: Node): ProgramPlace {
    const end = this.lines.linePos(node.range?.[1] ?? 0);
    return { ...this.begin(node), endLine: end.line, endColumn: end.col };
  }
}

export interface Child {
  /** The key; in a list, the element itself. */
  readonly key: Node;
  readonly value: Node;
}

interface Walked {
  readonly place: ProgramPlace;
  readonly node: Node;
}

/** A value that is nothing but a reference to a variable, as in `${disks}`. */
const VARIABLE = /^\$\{([\w-]+)\}$/;

/** The same type can be written with and without the name of its module. */
function lastPart(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

/** Whether a node stands for others, or others for it: what is changed here would change elsewhere too. */
export function isShared(node: unknown): boolean {
  return isAlias(node) || ((isScalar(node) || isCollection(node)) && node.anchor !== undefined);
}

export function childOf(node: unknown, segment: string): Child | undefined {
  if (isSeq(node)) {
    const value = /^\d+$/.test(segment) ? node.get(Number(segment), true) : undefined;
    return isNode(value) ? { key: value, value } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
  return isNode(pair?.key) && isNode(pair.value) ? { key: pair.key, value: pair.value } : undefined;
}

/** The parts of a path, as in `disks[0].type`. */
export function partsOf(path: string): readonly string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|[^.[\]]+/g)].map(
    ([segment, quoted, index]) => quoted ?? index ?? segment,
  );
}

/** `create (line 3, New-VM)` is the third line of the script in `create`. */
function readPath(property: string): { readonly path: readonly string[]; readonly scriptLine?: number } {
  const [, own = property, line] = /^(.*?) \((?:line (\d+), )?/.exec(property) ?? [];
  return { path: partsOf(own), ...(line === undefined ? {} : { scriptLine: Number(line) }) };
}
