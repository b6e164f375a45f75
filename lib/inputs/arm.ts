import { basename } from "node:path";
import { isRecord } from "../text/collections";
import { armResources, givenValues } from "./arm-resources";
import { InputError, jsonObject, type Input } from "./input";

const WHAT = "a template of Azure Resource Manager as `bicep build` writes it";
const WHAT_PARAMETERS = "a parameters file of Azure Resource Manager";

/**
 * Reads a template of Azure Resource Manager. Expressions that only Azure can evaluate are unknown.
 * @param file what it is called
 * @param parameters the text of its parameters file
 * @throws InputError for a text that is none
 */
export function readArmTemplate(text: string, file: string, parameters?: string): Input {
  const template = jsonObject(text, WHAT);
  const { resources, $schema: schema } = template;
  if (typeof schema !== "string" || !/deploymentTemplate\.json/i.test(schema)) {
    throw new InputError(`is not ${WHAT}: it has no $schema of a deploymentTemplate.json`);
  }
  if (!isRecord(resources) && !Array.isArray(resources)) {
    throw new InputError(`is not ${WHAT}: it has no resources`);
  }
  const given = parameters === undefined ? undefined : parametersIn(parameters);
  const found = armResources(template, givenValues(given), basename(file));
  return found.missing.length === 0
    ? { resources: found.resources }
    : { resources: found.resources, partial: `in the template, ${found.missing.join("; ")}.` };
}

function parametersIn(text: string): unknown {
  try {
    const { parameters } = jsonObject(text, WHAT_PARAMETERS);
    if (isRecord(parameters)) return parameters;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`cannot be judged with its parameters file, which ${error.message}`);
  }
  throw new InputError(`cannot be judged with its parameters file, which is not ${WHAT_PARAMETERS}`);
}
