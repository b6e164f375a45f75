/** The part of a Pulumi package's schema that says what properties its resources take. */
interface PackageSchema {
  readonly resources: Readonly<Record<string, { readonly inputProperties?: SchemaProperties }>>;
  readonly types: Readonly<Record<string, { readonly properties?: SchemaProperties }>>;
}

type SchemaProperties = Readonly<Record<string, SchemaProperty>>;

interface SchemaProperty {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: SchemaProperty;
}

/** Every input of a resource in the schema of a package, as a path: `disks[].name`. */
export function inputsIn({ resources, types }: PackageSchema, resource: string): readonly string[] {
  const paths = (properties: SchemaProperties, parent: string): readonly string[] =>
    Object.entries(properties).flatMap(([name, property]) => {
      const path = `${parent}${name}${property.items === undefined ? "" : "[]"}`;
      const { $ref } = property.items ?? property;
      const inner = $ref === undefined ? undefined : types[$ref.replace(/^#\/types\//, "")]?.properties;
      return inner === undefined ? [path] : paths(inner, `${path}.`);
    });
  return [...paths(resources[resource]?.inputProperties ?? {}, "")].sort();
}
