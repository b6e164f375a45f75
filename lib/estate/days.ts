import { isDay } from "../text/days";
import type { Resolution } from "./reader";

/** A day as in `2026-11-01`. */
export function resolveDay(text: string): Resolution<string> {
  if (isDay(text)) return { resolved: true, value: text };
  return { resolved: false, problem: "it is not a day", allowed: "a day such as 2026-11-01" };
}
