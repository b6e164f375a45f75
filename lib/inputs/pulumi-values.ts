import type { SecretPlace } from "../estate/declared";
import { UNKNOWN, type Plain, type PlainObject } from "../estate/plain";
import { isRecord } from "../text/collections";

/** The key of an object that stands for something special in what Pulumi writes. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** What stands there for a secret. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What stands for values that only the deployment tells: any, and one for each type. */
const UNKNOWN_TEXTS = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What a preview in JSON, and an export of a stack, show in the place of a secret. */
const HIDDEN = "[secret]";

/** No honest declaration is nested deeper. */
const MAXIMUM_DEPTH = 32;

/** Properties as Pulumi writes them to files, with what of them is secret. */
export function readProperties(value: unknown): {
  readonly properties: PlainObject;
  readonly secrets: readonly SecretPlace[];
} {
  const secrets: SecretPlace[] = [];
  const properties: Record<string, Plain> = {};
  if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      set(properties, key, isPlain(item, 1) ? item : read(item, key, secrets, 1));
    }
  }
  return { properties, secrets };
}

/** Whether nothing in a value stands for anything else, as in nearly all: then it is taken as it is, without a copy. */
function isPlain(value: unknown, depth: number): value is Plain {
  if (typeof value === "string") return !standsForUnknown(value);
  if (typeof value !== "object" || value === null) return value !== undefined;
  if (depth > MAXIMUM_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (Object.hasOwn(value, SIGNATURE)) return false;
  return Object.values(value).every((item) => isPlain(item, depth + 1));
}

function standsForUnknown(text: string): boolean {
  return UNKNOWN_TEXTS.has(text) || text === HIDDEN;
}

function read(value: unknown, path: string, secrets: SecretPlace[], depth: number): Plain {
  if (typeof value === "string") return standsForUnknown(value) ? UNKNOWN : value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return null;
  if (depth > MAXIMUM_DEPTH) return UNKNOWN;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => read(item, `${path}[${String(index)}]`, secrets, depth + 1));
  }
  if (!isRecord(value)) return null;
  if (value[SIGNATURE] === SECRET) return readSecret(value, path, secrets, depth);
  if (value[SIGNATURE] === OUTPUT) return "value" in value ? read(value["value"], path, secrets, depth + 1) : UNKNOWN;
  const object: Record<string, Plain> = {};
  for (const [key, item] of Object.entries(value)) {
    set(object, key, read(item, `${path}.${key}`, secrets, depth + 1));
  }
  return object;
}

/** A secret that is encrypted is not known; one that the user has exported in the clear is, and stays hidden. */
function readSecret(
  secret: Readonly<Record<string, unknown>>,
  path: string,
  secrets: SecretPlace[],
  depth: number,
): Plain {
  const { plaintext, value } = secret;
  const shown = typeof plaintext === "string" ? parsed(plaintext) : value;
  if (shown === undefined) return UNKNOWN;
  const plain = read(shown, path, [], depth + 1);
  secrets.push({ path, value: plain });
  return plain;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** Also for keys such as `__proto__`, which an assignment would take for something else. */
function set(object: Record<string, Plain>, key: string, value: Plain): void {
  if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true });
  else object[key] = value;
}
