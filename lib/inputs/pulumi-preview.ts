import { isRecord } from "../text/collections";
import { count } from "../text/words";
import { InputError, jsonObject, type Input } from "./input";
import { declaredResources, isPulumiResource, type PulumiResource } from "./pulumi-resources";

const WHAT = "a preview as `pulumi preview --json` writes it";

/** What is gone after the update. */
const GONE: ReadonlySet<unknown> = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
]);

/**
 * Reads a preview as `pulumi preview --json` writes it: what the stack will have after the update.
 * @throws InputError for a text that is none
 */
export function readPulumiPreview(text: string): Input {
  const { steps, changeSummary } = jsonObject(text, WHAT);
  if (!Array.isArray(steps)) throw new InputError(`is not ${WHAT}: it has no steps`);
  const all: readonly unknown[] = steps;
  if (!all.every(isRecord)) throw new InputError(`is not ${WHAT}: a step of it is not an object`);
  const byUrn = new Map<string, PulumiResource>();
  for (const { op, newState } of all) {
    if (!GONE.has(op) && isPulumiResource(newState)) byUrn.set(newState.urn, newState);
  }
  const resources = declaredResources([...byUrn.values()]);
  const missing = unchanged(changeSummary) - all.filter(({ op }) => op === "same").length;
  if (missing <= 0) return { resources };
  return {
    resources,
    partial: `${count(missing, "resource")} that the update leaves unchanged ${missing === 1 ? "is" : "are"} not in it: write it with \`pulumi preview --json --show-sames\`.`,
  };
}

function unchanged(summary: unknown): number {
  const same = isRecord(summary) ? summary["same"] : undefined;
  return typeof same === "number" ? same : 0;
}
