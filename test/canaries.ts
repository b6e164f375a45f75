import assert from "node:assert/strict";
import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../lib/estate/plain";

/** A text or number among properties. */
export interface Leaf {
  readonly path: string;
  readonly value: string | number;
}

/** The texts and numbers among properties, each with its path. */
export function leavesOf(plain: Plain | undefined, path = ""): readonly Leaf[] {
  if (typeof plain === "string" || typeof plain === "number") return [{ path, value: plain }];
  if (isPlainArray(plain)) return plain.flatMap((item, index) => leavesOf(item, `${path}[${String(index)}]`));
  if (!isPlainObject(plain)) return [];
  return Object.entries(plain).flatMap(([key, value]) => leavesOf(value, path === "" ? key : `${path}.${key}`));
}

/** The properties with another value at one path. */
export function withValue(properties: PlainObject, path: string, value: Plain): PlainObject {
  const changed = replaced(properties, "", path, value);
  assert(isPlainObject(changed));
  return changed;
}

function replaced(plain: Plain | undefined, path: string, wanted: string, value: Plain): Plain {
  if (path === wanted) return value;
  if (isPlainArray(plain)) return plain.map((item, i) => replaced(item, `${path}[${String(i)}]`, wanted, value));
  if (!isPlainObject(plain)) return plain ?? null;
  const entries = Object.entries(plain).map(([key, item]): [string, Plain] => [
    key,
    replaced(item, path === "" ? key : `${path}.${key}`, wanted, value),
  ]);
  return Object.fromEntries(entries);
}

/** A value that nothing else contains, and what would show that it was printed, in part or in another form. */
export interface Canary {
  readonly plain: string | number;
  readonly traces: readonly string[];
}

const WORD: Canary = { plain: "Quokka-77031", traces: ["quokka", "77031"] };

const TEXTS: readonly Canary[] = [
  WORD,
  {
    plain: "Quokka77; Wombat77,Bilby77/Numbat77\\Dugong77|Bettong77=Potoroo77",
    traces: ["quokka", "wombat", "bilby", "numbat", "dugong", "bettong", "potoroo"],
  },
  { plain: "Quokka\"77'\r\nWombat77\n  Bilby77", traces: ["quokka", "wombat", "bilby"] },
  { plain: `Quokka ${"wombat ".repeat(20)}bilby`, traces: ["quokka", "wombat", "bilby"] },
];

/** Canaries in the place of a value: texts that are split, quoted and cut, one that has its form, and numbers. */
export function canariesFor({ value }: Leaf): readonly Canary[] {
  if (typeof value === "string") return [...TEXTS, { plain: `${value}-Quokka77031`, traces: ["quokka", "77031"] }];
  return [
    { plain: 77_031, traces: ["77031", "77,031"] },
    { plain: 77_031.5, traces: ["77031", "77,031"] },
    { plain: 77_031 * 1024, traces: ["77031", "77,031", "78879744", "78,879,744"] },
    WORD,
  ];
}

/** @param what where the value stood, for whoever reads that it was printed */
export function assertHidden(text: string, traces: readonly string[], what: string): void {
  const lower = text.toLowerCase();
  for (const trace of traces) {
    const index = lower.indexOf(trace);
    assert.ok(index < 0, `${what}: ${trace} in ${lower.slice(Math.max(0, index - 120), index + 80)}`);
  }
}
