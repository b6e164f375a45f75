import type { PortRange } from "./model";
import type { Resolution } from "./reader";

export const HIGHEST_PORT = 65_535;

export const EVERY_PORT: PortRange = { from: 0, to: HIGHEST_PORT };

/** Reads `443`, `8100-8103` or `*`. */
export function resolvePorts(text: string): Resolution<PortRange> {
  if (text === "*" || text.toLowerCase() === "any") return { resolved: true, value: EVERY_PORT };
  const [, from, to = from] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  if (range.from <= range.to && range.to <= HIGHEST_PORT) return { resolved: true, value: range };
  return {
    resolved: false,
    problem: "it is not a port",
    allowed: "a port such as 443, a range such as 8100-8103, or *",
  };
}

export function covers(range: PortRange, port: number): boolean {
  return range.from <= port && port <= range.to;
}
