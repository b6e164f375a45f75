import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { preProcessFile } from "typescript";

/** That one file of the repository imports another, for its values or its types. */
export interface Import {
  /** Both relative to the repository, with `/`. */
  readonly from: string;
  readonly to: string;
}

/** Where the layers are; tests and examples may import what they like. */
const ENTRIES = ["index.ts", "policy-pack.ts", "policies", "lib", "tools"];

/** Every TypeScript file of the layers. */
export function filesOf(root: string): readonly string[] {
  return ENTRIES.flatMap((entry) => filesBelow(join(root, entry)))
    .map((file) => relative(root, file).split(sep).join("/"))
    .filter((file) => /\.tsx?$/.test(file));
}

/** The imports between the files of the layers, as the sources have them: type imports and `import()` too. */
export function importsOf(root: string): readonly Import[] {
  return filesOf(root).flatMap((from) => {
    const file = join(root, from);
    return preProcessFile(readFileSync(file, "utf8"))
      .importedFiles.map(({ fileName }) => fileName)
      .filter((name) => name.startsWith("."))
      .map((name) => ({ from, to: relative(root, resolved(file, name)).split(sep).join("/") }));
  });
}

/** @throws Error for an import that leads to no file, which the compiler would report too. */
function resolved(file: string, name: string): string {
  const path = join(dirname(file), name);
  const found = [path, path.replace(/\.js$/, ".ts"), `${path}.ts`, `${path}.tsx`, join(path, "index.ts")].find(
    (candidate) => existsSync(candidate) && statSync(candidate).isFile(),
  );
  if (found === undefined) throw new Error(`${file} imports ${name}, which is not there`);
  return found;
}

function filesBelow(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap(({ name }) => filesBelow(join(path, name)));
}
