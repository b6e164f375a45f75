import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { AnalyzerProviderResource, AnalyzeRequest, AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import type { DeclaredProvider, DeclaredResource } from "../estate/declared";
import { toPlainObject, toPlainProperty } from "../estate/plain";
import { readProperties } from "../inputs/pulumi-values";

/** A resource that is about to be created, as the engine asks about it when the program registers it. */
export function registeredResource(request: AnalyzeRequest): DeclaredResource {
  return { ...requestedResource(request), ...parentOf(request.getOptions()?.getParent()) };
}

/** The resources that the engine hands over together, each with what it refers to among them. */
export function stackResources(
  resources: readonly AnalyzerResource[],
  isRead: (type: string) => boolean,
): readonly DeclaredResource[] {
  const urns = new Set(resources.map((resource) => resource.getUrn()));
  const among = (references: readonly string[]): readonly string[] => references.filter((urn) => urns.has(urn));
  return resources
    .filter((resource) => isRead(resource.getType()))
    .map((resource) => {
      const byProperty = [...resource.getPropertydependenciesMap().entries()].map(
        ([property, from]) => [property, among(from.getUrnsList())] as const,
      );
      return {
        ...requestedResource(resource),
        ...parentOf(among([resource.getParent()])[0]),
        dependencies: among(resource.getDependenciesList()),
        propertyDependencies: Object.fromEntries(byProperty),
      };
    });
}

/** What tells of a resource whether it may be of a type that nobody reads; its properties are decoded where they are asked for. */
export function typedResource(resource: AnalyzerResource) {
  return {
    urn: resource.getUrn(),
    type: resource.getType(),
    name: resource.getName(),
    parent: resource.getParent(),
    read: () => requestedResource(resource),
  };
}

function requestedResource(request: AnalyzeRequest | AnalyzerResource): DeclaredResource {
  const { properties, secrets } = readProperties(request.getProperties()?.toJavaScript());
  const provider = request.getProvider();
  return {
    urn: request.getUrn(),
    type: request.getType(),
    name: request.getName(),
    properties,
    ...(provider === undefined ? {} : { provider: requestedProvider(provider) }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}

function parentOf(urn: string | undefined): { readonly parent?: string } {
  return urn === undefined || urn === "" ? {} : { parent: urn };
}

/** Only the host is read: the other properties hold credentials, in plain text. */
function requestedProvider(provider: AnalyzerProviderResource): DeclaredProvider {
  const { properties } = readProperties(provider.getProperties()?.toJavaScript());
  return {
    urn: provider.getUrn(),
    type: provider.getType(),
    name: provider.getName(),
    host: properties["host"] ?? null,
  };
}

/*
 * The same from what the policy server hands over, where the requests cannot be seen. It has no marks of secrets.
 */

type HandedOver = Pick<ResourceValidationArgs & PolicyResource, "urn" | "type" | "name" | "props" | "provider">;

export function handedOverResource(args: ResourceValidationArgs): DeclaredResource {
  return { ...declaredResource(args), ...parentOf(args.opts.parent) };
}

export function handedOverStack(
  resources: readonly PolicyResource[],
  isRead: (type: string) => boolean,
): readonly DeclaredResource[] {
  return resources
    .filter(({ type }) => isRead(type))
    .map((resource) => {
      const { parent, dependencies, propertyDependencies } = resource;
      const byProperty = Object.entries(propertyDependencies).map(
        ([property, from]) => [property, urnsOf(from)] as const,
      );
      return {
        ...declaredResource(resource),
        ...parentOf(parent?.urn),
        dependencies: urnsOf(dependencies),
        propertyDependencies: Object.fromEntries(byProperty),
      };
    });
}

/** What tells of a resource whether it is of a type that nobody reads. */
export function handedOverType({ type, props }: PolicyResource) {
  return { type, properties: toPlainObject(props) };
}

function urnsOf(resources: readonly PolicyResource[]): readonly string[] {
  return resources.map(({ urn }) => urn);
}

function declaredResource({ urn, type, name, props, provider }: HandedOver): DeclaredResource {
  return {
    urn,
    type,
    name,
    properties: toPlainObject(props),
    ...(provider === undefined ? {} : { provider: declaredProvider(provider) }),
  };
}

function declaredProvider({ urn, type, name, props }: PolicyProviderResource): DeclaredProvider {
  return { urn, type, name, host: toPlainProperty(props, "host") };
}
