import type { PackSettings } from "../settings/model";
import type { RuleSettings } from "./rule";

/** The policy whose configuration also holds the settings of the whole pack. */
export const PACK_SETTINGS = "estate";

/**
 * What the user has configured. The policy server tells each policy its own configuration when it calls it, so the
 * settings become known policy by policy, before the first resource is judged.
 */
export class Settings {
  private readonly byPolicy = new Map<string, Readonly<Record<string, unknown>>>();

  /** @param today the day that counts when the user names none, as in 2026-11-22 */
  constructor(private readonly today = new Date().toISOString().slice(0, 10)) {}

  learn(policy: string, configuration: object): void {
    this.byPolicy.set(policy, { ...configuration });
  }

  knows(policy: string): boolean {
    return this.byPolicy.has(policy);
  }

  /** The settings of the whole pack. */
  get pack(): PackSettings {
    return this.byPolicy.get(PACK_SETTINGS) ?? {};
  }

  of(policy: string): RuleSettings {
    const asOf = this.byPolicy.get(PACK_SETTINGS)?.["asOf"];
    return {
      asOf: typeof asOf === "string" ? asOf : this.today,
      parameters: this.byPolicy.get(policy) ?? {},
    };
  }
}
