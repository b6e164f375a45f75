import { isRecord } from "../text/collections";
import { ProgramLocations } from "./program-locations";

/** What a program in YAML or JSON marks as secret, as texts that stand in it. */
export function secretTexts(program: string): readonly string[] {
  return secretsBelow(new ProgramLocations(program).values, false).filter((text) => text !== "");
}

function secretsBelow(value: unknown, isSecret: boolean): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => secretsBelow(item, isSecret));
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      secretsBelow(item, isSecret || SECRETS.has(key.toLowerCase())),
    );
  }
  if (!isSecret || (typeof value !== "string" && typeof value !== "number")) return [];
  // A text in quotes may stand there with escapes, and a long one over several lines.
  const text = String(value);
  return [text, JSON.stringify(text).slice(1, -1), ...text.split("\n").map((line) => line.trim())];
}

const SECRETS = new Set(["fn::secret", "secure"]);
