import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A property of an interface of an SDK. */
interface SdkProperty {
  readonly name: string;
  /** As it is written, in `pulumi.Input<…>` or `pulumi.Output<…>`. */
  readonly type: string;
}

type SdkInterfaces = ReadonlyMap<string, readonly SdkProperty[]>;

/** The types of a Node.js SDK that Pulumi generates, read from its declarations as text: checking them would take minutes. */
export class SdkTypes {
  private readonly interfaces = new Map<string, SdkInterfaces>();
  private readonly texts = new Map<string, string>();

  /** @param folder where the package is installed */
  constructor(private readonly folder: string) {}

  static installed(packageName: string): SdkTypes {
    return new SdkTypes(dirname(createRequire(__filename).resolve(`${packageName}/package.json`)));
  }

  get version(): string {
    const { version } = JSON.parse(this.text("package.json")) as { readonly version: string };
    return version;
  }

  /**
   * Every property of a resource, what is put in and what comes out, as a path: `disks[].name`.
   * @param module as in `scvmm`
   * @param name as in `VirtualMachineInstance`
   * @param wholes objects that are taken as one property, as in `identity.*`
   */
  propertiesOf(module: string, name: string, wholes: ReadonlySet<string> = new Set()): readonly string[] {
    const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`;
    const text = this.text(join(module, file));
    const inputs = propertiesIn(blockAfter(text, `export interface ${name}Args {`));
    const outputs = propertiesIn(blockAfter(text, `export declare class ${name} extends`));
    const paths = new Set([...inputs, ...outputs].flatMap((property) => this.paths(property, "", wholes, [])));
    const all = [...paths];
    // What an object is on the way in may be a text on the way out.
    return all.filter((path) => !all.some((other) => other.startsWith(`${path}.`))).sort();
  }

  private paths(
    { name, type }: SdkProperty,
    parent: string,
    wholes: ReadonlySet<string>,
    above: readonly string[],
  ): readonly string[] {
    const path = `${parent}${name}${isList(type) ? "[]" : ""}`;
    if (wholes.has(`${path}.*`)) return [`${path}.*`];
    const objects = isMap(type) ? [] : [...type.matchAll(/\b(inputs|outputs)\.(\w+)\.(\w+)/g)];
    const inner = objects.flatMap(([reference, direction = "", namespace = "", object = ""]) =>
      above.includes(reference)
        ? []
        : (this.interfacesOf(direction, namespace).get(object) ?? []).flatMap((property) =>
            this.paths(property, `${path}.`, wholes, [...above, reference]),
          ),
    );
    return inner.length === 0 ? [path] : inner;
  }

  private interfacesOf(direction: string, namespace: string): SdkInterfaces {
    const key = `${direction} ${namespace}`;
    let found = this.interfaces.get(key);
    if (found === undefined) {
      const text = this.text(join("types", `${direction.slice(0, -1)}.d.ts`));
      found = interfacesIn(blockAfter(text, `export declare namespace ${namespace} {`));
      this.interfaces.set(key, found);
    }
    return found;
  }

  private text(file: string): string {
    let text = this.texts.get(file);
    if (text === undefined) {
      text = readFileSync(join(this.folder, file), "utf8");
      this.texts.set(file, text);
    }
    return text;
  }
}

/** The text from a line up to the bracket that closes it in the first column. */
function blockAfter(text: string, line: string): string {
  const start = text.indexOf(line);
  if (start < 0) return "";
  return text.slice(start, text.indexOf("\n}", start));
}

function interfacesIn(namespace: string): SdkInterfaces {
  return new Map(
    namespace
      .split(/^ {4}interface /m)
      .slice(1)
      .map((block) => [/^\w+/.exec(block)?.[0] ?? "", propertiesIn(block)]),
  );
}

/** Lines such as `readonly name?: pulumi.Input<string>;`, and maps, which take three. */
function propertiesIn(block: string): readonly SdkProperty[] {
  const inLines = block.replace(/\{\n\s+(\[key: string\]: .+);\n\s+\}/g, "{ $1 }");
  return [...inLines.matchAll(/^ +(?:readonly )?(?:"([^"]+)"|(\w+))\??: (.+);$/gm)].map(
    ([, quoted, bare, type = ""]) => ({ name: quoted ?? bare ?? "", type }),
  );
}

function isList(type: string): boolean {
  return type.includes("[]") && !isMap(type);
}

/** An object with any names. */
function isMap(type: string): boolean {
  return type.includes("[key: string]");
}
