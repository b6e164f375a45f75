import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { DeclaredProvider, DeclaredResource } from "../estate/declared";
import { toPlainObject, toPlainProperty } from "../estate/plain";
import type { EngineSecrets } from "./secret-listener";

/** What the engine hands over of a resource in every request. */
type EngineResource = Pick<ResourceValidationArgs & PolicyResource, "urn" | "type" | "name" | "props" | "provider">;

/** A resource that is about to be created, as the engine hands it over when the program registers it. */
export function registeredResource(args: ResourceValidationArgs, secrets: EngineSecrets): DeclaredResource {
  return {
    ...declaredResource(args, secrets),
    ...(args.opts.parent === undefined ? {} : { parent: args.opts.parent }),
  };
}

/** A resource as the engine hands it over with all others of its stack. */
export function stackResource(resource: PolicyResource, secrets: EngineSecrets): DeclaredResource {
  const { parent, dependencies, propertyDependencies } = resource;
  const urns = (resources: readonly PolicyResource[]): readonly string[] => resources.map(({ urn }) => urn);
  const byProperty = Object.entries(propertyDependencies).map(([property, from]) => [property, urns(from)] as const);
  return {
    ...declaredResource(resource, secrets),
    ...(parent === undefined ? {} : { parent: parent.urn }),
    dependencies: urns(dependencies),
    propertyDependencies: Object.fromEntries(byProperty),
  };
}

function declaredResource(
  { urn, type, name, props, provider }: EngineResource,
  engineSecrets: EngineSecrets,
): DeclaredResource {
  const secrets = engineSecrets.of(urn);
  return {
    urn,
    type,
    name,
    properties: toPlainObject(props),
    ...(provider === undefined ? {} : { provider: declaredProvider(provider) }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}

/** Only the host is read: the other properties hold credentials, in plain text. */
function declaredProvider({ urn, type, name, props }: PolicyProviderResource): DeclaredProvider {
  return { urn, type, name, host: toPlainProperty(props, "host") };
}
