import { isRecord } from "../text/collections";
import { InputError, jsonObject, type Input } from "./input";
import { declaredResources, isPulumiResource } from "./pulumi-resources";

const WHAT = "a stack as `pulumi stack export` writes it";

/** The versions of the form of a stack's file that are read. */
const VERSIONS: readonly unknown[] = [3, 4];

/**
 * Reads a stack as `pulumi stack export` writes it. What is about to be deleted is left out.
 * @throws InputError for a text that is none
 */
export function readPulumiState(text: string): Input {
  const { version, deployment } = jsonObject(text, WHAT);
  if (!isRecord(deployment)) throw new InputError(`is not ${WHAT}: it has no deployment`);
  if (!VERSIONS.includes(version)) {
    throw new InputError(`is a stack of version ${shown(version)}; ${VERSIONS.join(" and ")} are read`);
  }
  const { resources = [] } = deployment;
  if (!Array.isArray(resources)) throw new InputError(`is not ${WHAT}: its resources are not a list`);
  const whole: readonly unknown[] = resources;
  const wrong = whole.findIndex((resource) => !isPulumiResource(resource));
  if (wrong >= 0) throw new InputError(`is not ${WHAT}: resource ${String(wrong + 1)} has no URN or no type`);
  const staying = whole.filter(isPulumiResource).filter((resource) => resource["delete"] !== true);
  return { resources: declaredResources(latest(staying)) };
}

/** One resource a URN: where a stack has several, the last is the one that stays. */
function latest<R extends { readonly urn: string }>(resources: readonly R[]): readonly R[] {
  return [...new Map(resources.map((resource) => [resource.urn, resource])).values()];
}

function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "string" ? String(value).slice(0, 20) : "unknown form";
}
