import type { Problem } from "./declared";
import type { VirtualMachine } from "./model";
import { ifKnown, isDefault, type Value } from "./value";

interface Size {
  readonly word: string;
  readonly size: Value<number>;
}

/** Hyper-V accepts only minimum ≤ startup ≤ maximum, whichever resource declares each of them. */
export function memoryProblemsOfMachine({ memoryMB, dynamicMemory }: VirtualMachine): readonly Problem[] {
  const dynamic = ifKnown(dynamicMemory);
  if (dynamic === undefined) return [];
  const minimum = { word: "minimum", size: dynamic.minimumMB };
  const startup = { word: "startup", size: memoryMB };
  const maximum = { word: "maximum", size: dynamic.maximumMB };
  const ofStartup = [...problem(minimum, startup, "more"), ...problem(maximum, startup, "less")];
  return ofStartup.length > 0 ? ofStartup : problem(minimum, maximum, "more");
}

/** A default gives way where the other size is declared: only what is declared on both sides contradicts itself. */
function problem(one: Size, other: Size, than: "more" | "less"): readonly Problem[] {
  if (one.size.state !== "known" || other.size.state !== "known") return [];
  if (isDefault(one.size) || isDefault(other.size)) return [];
  const [size, limit] = [one.size.value, other.size.value];
  if (than === "more" ? size <= limit : size >= limit) return [];
  const side = than === "more" ? "above" : "below";
  return [
    {
      ...one.size.origin,
      problem: `sets the ${one.word} memory to ${String(size)} MB, ${side} the ${other.word} memory of ${String(limit)} MB`,
      fix: "Use minimum memory ≤ startup memory ≤ maximum memory.",
    },
  ];
}
