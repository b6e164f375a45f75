import type { EnforcementLevel } from "@pulumi/policy";
import Ajv, { type ErrorObject } from "ajv";
import { isRecord } from "../text/collections";
import { isDay } from "../text/days";
import { describeFault, shown, stepsOf, type ConfigurationProblem, type Steps } from "./faults";
import { globProblem } from "./glob";
import { removeElement } from "./original-index";
import type { PackSettings } from "./pack-settings";
import { ALL, plainConfigSchema, type Configurable } from "./schema";

/** What the user has set for one policy. */
export interface PolicyConfiguration {
  readonly enforcementLevel?: EnforcementLevel;
  readonly [parameter: string]: unknown;
}

/** What the user has set, by policy; `all` is for every policy without a level of its own. */
export type Configuration = Readonly<Partial<Record<string, PolicyConfiguration>>> & {
  readonly estate?: PolicyConfiguration & PackSettings;
};

export interface Checked {
  /** What can be followed. */
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

/**
 * Checks a configuration against the schema of the pack. What is wrong becomes a problem and is left out, in a list the
 * whole element; the rest holds.
 * @param policies the policies of the pack
 */
export function checkConfiguration(given: unknown, policies: readonly Configurable[]): Checked {
  if (!isRecord(given)) return { configuration: {}, problems: [notAnObject(given)] };
  if (Object.keys(given).length === 0) return { configuration: {}, problems: [] };
  const names = [ALL, ...policies].map(({ name }) => name);
  const rest = inLongForm(given);
  const configured = [ALL, ...policies].filter(({ name }) => Object.hasOwn(rest, name));
  const validate = validator().compile<Configuration>(plainConfigSchema(policies, configured));
  if (validate(rest)) return { configuration: rest, problems: [] };
  const problems = new Map<string, ConfigurationProblem>();
  for (const error of validate.errors ?? []) {
    const problem = describeFault(error, names);
    if (!problems.has(problem.path)) problems.set(problem.path, problem);
  }
  // Taking something out may leave what is around it incomplete. That is no fault of its own, but cannot be followed.
  do prune(rest, validate.errors ?? []);
  while (!validate(rest));
  return { configuration: rest, problems: [...problems.values()] };
}

/**
 * Merges two configurations, policy by policy and key by key: `above` overrides `below`. Only the lists of what nobody may
 * exempt are combined, so that users of a pack cannot undo what its makers have decided.
 */
export function over(below: Configuration, above: Configuration): Configuration {
  const policies = new Set([...Object.keys(below), ...Object.keys(above)]);
  const merged = Object.fromEntries([...policies].map((policy) => [policy, { ...below[policy], ...above[policy] }]));
  const notExemptible = [...(below.estate?.notExemptible ?? []), ...(above.estate?.notExemptible ?? [])];
  if (notExemptible.length === 0) return merged;
  return { ...merged, estate: { ...below.estate, ...above.estate, notExemptible } };
}

/** Compiling takes some milliseconds, which only those spend who configure something. */
function validator(): Ajv {
  const ajv = new Ajv({ allErrors: true, verbose: true, meta: false, validateSchema: false });
  ajv.addFormat("date", isDay);
  ajv.addFormat("glob", (text: string) => globProblem(text) === undefined);
  return ajv;
}

/** A copy, where a level alone is written as an object. */
function inLongForm(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([policy, value]) => [
      policy,
      typeof value === "string" ? { enforcementLevel: value } : structuredClone(value),
    ]),
  );
}

function notAnObject(given: unknown): ConfigurationProblem {
  return {
    path: "",
    problem: `The configuration is ${shown(given)}, which is not an object.`,
    fix: 'Give an object of policies, as in { "all": "advisory" }.',
  };
}

/** Takes out what is wrong: the element of a list, the parameter of a policy, or the policy. */
function prune(configuration: Record<string, unknown>, errors: readonly ErrorObject[]): void {
  const places = new Map(errors.map(prunedAt).map((steps) => [steps.join("\n"), steps]));
  // From the end of each list, so that the other indices stay what they are.
  for (const steps of [...places.values()].sort((one, other) => lastIndex(other) - lastIndex(one))) {
    remove(configuration, steps);
  }
}

function prunedAt({ instancePath, keyword, params }: ErrorObject): Steps {
  const steps = stepsOf(instancePath);
  const key: unknown = keyword === "additionalProperties" ? params["additionalProperty"] : undefined;
  const whole = typeof key === "string" ? [...steps, key] : steps;
  const element = steps.findIndex((step) => /^\d+$/.test(step));
  return whole.slice(0, element < 0 ? 2 : element + 1);
}

function lastIndex(steps: Steps): number {
  const last = steps.at(-1) ?? "";
  return /^\d+$/.test(last) ? Number(last) : -1;
}

function remove(from: unknown, [step = "", ...more]: Steps): void {
  if (more.length > 0) {
    if (isRecord(from)) remove(from[step], more);
    else if (Array.isArray(from)) remove(from[Number(step)], more);
  } else if (Array.isArray(from)) removeElement(from, Number(step));
  else if (isRecord(from)) Reflect.deleteProperty(from, step);
}
