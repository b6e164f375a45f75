import { RULES, undecided } from "../../../policies";
import { defaultEnforcement, type PolicyData } from "../../rules/rule";
import { pageOf } from "../../rules/pages";
import { PROFILE_NAMES, profileOf, type Profile } from "../../settings/profiles";
import { count, alternatives } from "../../text/words";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { UserError } from "../user-error";

/** Lists the rules, or those of a subject, a level or a profile. */
export function rules(filter: ValuesOf<"rules">, output: CommandOutput): Promise<number> {
  return new Promise((resolve) => {
    list(filter, output);
    resolve(0);
  });
}

function list(filter: ValuesOf<"rules">, { out, error }: CommandOutput): void {
  const profile = filter.profile === undefined ? undefined : profileNamed(filter.profile);
  const all = [...RULES, undecided];
  oneOf("--subject", filter.subject, [...new Set(all.map(({ subject }) => subject))]);
  oneOf("--level", filter.level, [...new Set(all.map(({ level }) => level))]);
  const shown = all.filter(
    ({ name, subject, level }) =>
      (filter.subject === undefined || subject === filter.subject) &&
      (filter.level === undefined || level === filter.level) &&
      (profile === undefined || name in profile.rules),
  );
  if (filter.json)
    out(
      JSON.stringify(
        shown.map((rule) => dataOf(rule, profile)),
        undefined,
        2,
      ),
    );
  else for (const line of inColumns(shown, profile)) out(line);
  error(`${count(shown.length, "rule")}. hyperv-guard explain RULE explains one.`);
}

function inColumns(shown: readonly PolicyData[], profile: Profile | undefined): readonly string[] {
  const rows = shown.map((rule) => [rule.name, rule.subject, rule.level, enforcementOf(rule, profile), rule.title]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}

function dataOf(rule: PolicyData, profile: Profile | undefined): object {
  const { name, title, subject, level, severity, why, fix, tags } = rule;
  return {
    name,
    title,
    subject,
    level,
    severity,
    enforcement: enforcementOf(rule, profile),
    why,
    fix,
    tags,
    page: pageOf(name),
  };
}

function enforcementOf(rule: PolicyData, profile: Profile | undefined): string {
  return profile?.rules[rule.name] ?? defaultEnforcement(rule);
}

function profileNamed(name: string): Profile {
  oneOf("--profile", name, PROFILE_NAMES);
  const profile = profileOf(name);
  if (profile === undefined) throw new UserError(`--profile is "${name}"`);
  return profile;
}

function oneOf(option: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw new UserError(`${option} is "${value}": it can be ${alternatives(allowed)}`);
}
