import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../estate/plain";
import { isAzapiResource, isReadByAzapi } from "./azapi";
import { isReadArmType } from "./azure-native";
import { pulumiType } from "./terraform";
import patterns from "./unread-types.json";

/*
 * Types that look like Hyper-V and that no dialect reads: whoever declares them must not take silence for approval.
 * lib/dialects/unread-types.json says by what they are known, and which of them declare nothing that a rule judges.
 */

/** What such a type is known by. */
export interface TypedResource {
  readonly type: string;
  readonly properties: PlainObject;
}

/** Whether a resource of a type may be one, which only its properties may tell. Cheap: it is asked for every resource. */
export function mayBeUnread(declared: string): boolean {
  const type = pulumiType(declared);
  return !type.startsWith("pulumi:") && (hasWord(type) || isCarrier(type));
}

/** What a resource is called that looks like Hyper-V: its type, with that of Azure where it takes any; else undefined. */
export function unreadType({ type: declared, properties }: TypedResource): string | undefined {
  const type = pulumiType(declared);
  if (type.startsWith("pulumi:")) return undefined;
  if (isAzapiResource(type) && isReadByAzapi(properties["type"] ?? null)) return undefined;
  if (isUpdateWithoutFacts(type, properties)) return undefined;
  const shown = declared.replace(/^terraform:tf:/, "");
  if (!isCarrier(type)) return hasWord(type) && !isIrrelevant(type) ? shown : undefined;
  // The generic resource of azure-native is read for the types that have a reader.
  const isGeneric = /^azure-native.*:Resource$/.test(type);
  const [found] = armTypesIn(properties).filter((one) => !isIrrelevant(one) && !(isGeneric && isReadArmType(one)));
  return found === undefined ? undefined : `${shown} (${found})`;
}

/** Whether azapi changes nothing of a resource that a rule judges, as where it turns a validation into a deployment. */
function isUpdateWithoutFacts(type: string, { body }: PlainObject): boolean {
  if (!/^azapi[^:]*:index\/updateResource:/.test(type) || !isPlainObject(body)) return false;
  const bag = body["properties"] ?? null;
  return isPlainObject(bag) && Object.keys(bag).every((name) => patterns.irrelevantUpdates.includes(name));
}

const CARRIERS = new RegExp(patterns.carriers.join("|"), "i");
const WORDS = new RegExp(patterns.words.join("|"));
const EXCEPTIONS = new RegExp(patterns.exceptions.join("|"), "g");
const IRRELEVANT: ReadonlySet<string> = new Set(patterns.irrelevant.flatMap((name) => [fold(name), `${fold(name)}s`]));

function hasWord(type: string): boolean {
  return WORDS.test(fold(type).replace(EXCEPTIONS, ""));
}

/** Whether resources of a type may declare any type of Azure in their properties. */
function isCarrier(type: string): boolean {
  return CARRIERS.test(type);
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** By the last part of its name, as in `azure-native:scvmm:VmmServer` and `Microsoft.ScVmm/vmmServers`. */
function isIrrelevant(type: string): boolean {
  const last = type.split(/[:/]/).at(-1) ?? "";
  return IRRELEVANT.has(fold(last.replace(/^.*hyperv_/, "")));
}

const ARM_TYPE = new RegExp(`(?:${patterns.resourceProviders.map(escape).join("|")})(?:/[a-z]+)+`, "gi");

/** How much of a template is searched: a longer one has said what it is long before. */
const SEARCHED = 1_000_000;

/** The types of Azure's resource providers for Hyper-V that are declared anywhere in the properties. */
function armTypesIn(properties: PlainObject): readonly string[] {
  const found = new Set<string>();
  const kind = machineKind(properties);
  if (kind !== undefined) found.add(kind);
  const { resourceProviderNamespace: namespace, resourceType } = properties;
  if (typeof namespace === "string" && typeof resourceType === "string") take(`${namespace}/${resourceType}`, found);
  search(properties, found, false);
  return [...found];
}

/** Types stand in properties of that name, and in templates as text. */
function search(value: Plain | undefined, found: Set<string>, isType: boolean): void {
  if (typeof value === "string") {
    if (isType || value.trimStart().startsWith("{")) take(value, found);
  } else if (isPlainArray(value)) for (const item of value) search(item, found, false);
  else if (isPlainObject(value)) {
    for (const [name, inner] of Object.entries(value)) search(inner, found, name === "type");
  }
}

function take(text: string, found: Set<string>): void {
  for (const [type] of text.slice(0, SEARCHED).matchAll(ARM_TYPE)) found.add(type);
}

/** A machine of Azure Arc is one of Azure Local or of Virtual Machine Manager by its kind. */
function machineKind({ type, kind, body }: PlainObject): string | undefined {
  if (typeof type !== "string" || !/^microsoft\.hybridcompute\/machines(?:@|$)/i.test(type)) return undefined;
  const own = kind ?? (isPlainObject(body) ? body["kind"] : undefined);
  if (typeof own !== "string") return undefined;
  const known = patterns.machineKinds.find((one) => one.toLowerCase() === own.toLowerCase());
  return known === undefined ? undefined : `Microsoft.HybridCompute/machines of kind ${known}`;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
