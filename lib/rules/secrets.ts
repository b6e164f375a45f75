import type { DeclaredResource } from "../estate/declared";
import { isPlainArray, isPlainObject, type Plain } from "../estate/plain";

/**
 * Keeps secret values out of messages. The engine hands policy packs plain values; our components say which of their
 * inputs were secret, and whatever stands in those is masked wherever a message would print it.
 */
export class Secrets {
  private readonly values = new Set<string>();

  add(resource: DeclaredResource): void {
    const names = resource.properties["secretInputs"];
    if (!isPlainArray(names)) return;
    for (const name of names) {
      if (typeof name === "string") this.collect(resource.properties[name] ?? null);
    }
  }

  mask(message: string): string {
    let masked = message;
    for (const value of this.values) masked = masked.replace(pattern(value), "[secret]");
    return masked;
  }

  private collect(plain: Plain): void {
    if (typeof plain === "string" || typeof plain === "number") this.values.add(String(plain));
    else if (isPlainArray(plain)) for (const item of plain) this.collect(item);
    else if (isPlainObject(plain)) for (const item of Object.values(plain)) this.collect(item ?? null);
  }
}

/** The value as a word of its own: a secret 4 must not change every 64. */
function pattern(value: string): RegExp {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w.])${escaped}(?![\\w])`, "gi");
}
