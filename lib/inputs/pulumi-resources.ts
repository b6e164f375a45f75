import { nameInUrn, type DeclaredProvider, type DeclaredResource } from "../estate/declared";
import { isRecord } from "../text/collections";
import { readProperties } from "./pulumi-values";

/** A resource as Pulumi writes it to the file of a stack and to a preview in JSON. */
export type PulumiResource = Readonly<Record<string, unknown>> & { readonly urn: string; readonly type: string };

export function isPulumiResource(value: unknown): value is PulumiResource {
  return isRecord(value) && typeof value["urn"] === "string" && typeof value["type"] === "string";
}

/** Resources with their providers: what the engine would hand over of them. */
export function declaredResources(resources: readonly PulumiResource[]): readonly DeclaredResource[] {
  const providers = new Map<string, DeclaredProvider>();
  for (const resource of resources) {
    if (resource.type.startsWith(PROVIDERS)) providers.set(resource.urn, providerOf(resource));
  }
  return resources.map((resource) => declaredResource(resource, providers));
}

const PROVIDERS = "pulumi:providers:";

/** What the provider has made of the inputs goes over them, but it leaves some of them out of its outputs. */
function declaredResource(
  { urn, type, inputs, outputs, parent, dependencies, propertyDependencies, provider }: PulumiResource,
  providers: ReadonlyMap<string, DeclaredProvider>,
): DeclaredResource {
  const [given, made] = [readProperties(inputs), readProperties(outputs)];
  const secrets = [...given.secrets, ...made.secrets];
  const declaredProvider = typeof provider === "string" ? providers.get(urnOf(provider)) : undefined;
  return {
    urn,
    type,
    name: nameInUrn(urn),
    properties: { ...given.properties, ...made.properties },
    dependencies: texts(dependencies),
    propertyDependencies: isRecord(propertyDependencies)
      ? Object.fromEntries(Object.entries(propertyDependencies).map(([property, urns]) => [property, texts(urns)]))
      : {},
    ...(typeof parent === "string" && parent !== "" ? { parent } : {}),
    ...(declaredProvider === undefined ? {} : { provider: declaredProvider }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}

/** Only the host is read: the other properties hold credentials. */
function providerOf({ urn, type, inputs, outputs }: PulumiResource): DeclaredProvider {
  const { properties } = readProperties({ ...only(inputs), ...only(outputs) });
  return { urn, type, name: nameInUrn(urn), host: properties["host"] ?? null };
}

function only(properties: unknown): Readonly<Record<string, unknown>> {
  return isRecord(properties) && "host" in properties ? { host: properties["host"] } : {};
}

/** A reference to a provider is its URN and its id. */
function urnOf(reference: string): string {
  return reference.split("::").slice(0, 4).join("::");
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
