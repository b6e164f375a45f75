import { markdownTable } from "../../lib/text/markdown";
import {
  classifiedFiles,
  NOT_YET,
  READ,
  reasons,
  type ClassifiedFile,
  type ClassifiedType,
} from "../properties/property-classes";
import { joinedPaths } from "../properties/joined-paths";

/**
 * docs/properties.md: every property of the types that are read, and its class. `test/tools/properties/` compares the classes
 * with what the readers take.
 */
export function propertiesDocument(): string {
  const types = classifiedFiles().flatMap((file) => file.types.map((type) => ({ file, type })));
  return [
    "<!-- Generated from tools/properties/data; do not edit. -->",
    "# Properties of the resource types",
    "Every property that a provider's schema has for the types of [dialects.md](dialects.md) and for the " +
      "[components](components.md), what is put in and what comes out. A property is **read** if facts are made from it, or " +
      "resources are joined by it; **irrelevant** for one of the reasons below; or **not yet** read, though a rule could use it. " +
      "A test runs the reader of each type and compares what it takes with this list, and the list with the schema.",
    markdownTable(
      ["type", "of", "properties", "read", "irrelevant", "not yet"],
      types.map(({ file, type }) => row(file, type)),
    ),
    "## Why properties are irrelevant",
    markdownTable(
      ["reason", "meaning"],
      reasons().map(({ id, why }) => [id, why]),
    ),
    ...types.flatMap(({ file, type }) => section(file, type)),
    "",
  ].join("\n\n");
}

/** A provider and its version. */
function source({ provider, version }: ClassifiedFile): string {
  return version === undefined ? provider : `${provider} ${version}`;
}

function row(file: ClassifiedFile, { type, properties }: ClassifiedType): readonly string[] {
  const classes = Object.values(properties);
  const [read, notYet] = [READ, NOT_YET].map((name) => classes.filter((one) => one === name).length);
  const numbers = [classes.length, read ?? 0, classes.length - (read ?? 0) - (notYet ?? 0), notYet ?? 0];
  return [`\`${type}\``, source(file), ...numbers.map(String)];
}

function section(file: ClassifiedFile, type: ClassifiedType): readonly string[] {
  const lists = [READ, NOT_YET, ...reasons().map(({ id }) => id)].flatMap((name) => {
    const paths = joinedPaths(type.properties, name);
    return paths.length === 0 ? [] : [`- **${name}**: ${paths.map(code).join(", ")}`];
  });
  const besides = Object.entries(type.besides ?? {}).map(([path, why]) => `- **read besides**: ${code(path)}. ${why}`);
  return [`## ${type.type}`, `Of ${source(file)}.`, [...lists, ...besides].join("\n")];
}

function code(path: string): string {
  return `\`${path}\``;
}
