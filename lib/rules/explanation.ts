import { sourceOf, type Source } from "../tables/sources";
import type { Rule } from "./rule";
import type { Violation } from "./verdict";

/** What a finding says, part by part. */
export interface Explanation {
  /** What is wrong, with the numbers. */
  readonly problem: string;
  /** More that is known of it, in lines of their own. */
  readonly more?: readonly string[];
  /** Why it matters. */
  readonly why?: string;
  readonly fix?: string;
  /** What the reader must know of the finding itself. */
  readonly note?: string;
  /** The document that it rests on. */
  readonly source?: Document;
}

/** A document as a finding names it. */
export type Document = Pick<Source, "title" | "url">;

export function explain(rule: Rule, violation: Violation): Explanation {
  const { problem, more, evidence } = violation;
  const why = [evidence?.statement, rule.why].filter((text) => text !== undefined).join(" ");
  const explanation = { problem, ...(more === undefined ? {} : { more }), why, fix: violation.fix ?? rule.fix };
  if (evidence?.confidence === "unverified") {
    return { ...explanation, note: "no document was found for this figure, so this finding only advises." };
  }
  const source = evidence?.source ?? (violation.withoutSource === true ? undefined : rule.sources[0]);
  return source === undefined ? explanation : { ...explanation, source: documentOf(source) };
}

export function documentOf(source: string): Document {
  const { title, url } = sourceOf(source);
  return url === undefined ? { title } : { title, url };
}

/** A finding as it is shown by default: in one line, unless the user has asked for a problem in lines. */
export function inOneLine({ problem, fix, note, source }: Explanation): string {
  return labelled([
    [undefined, problem],
    ["Fix", fix],
    ["Note", note],
    ["Source", source?.url ?? source?.title],
  ]).join(problem.includes("\n") ? "\n" : " ");
}

/** A finding with all that is known of it, a line for each part. */
export function inLines({ problem, more = [], why, fix, note, source }: Explanation): string {
  return labelled([
    ...[problem, ...more].map((line) => [undefined, line] as const),
    ["Why", why],
    ["Fix", fix],
    ["Note", note],
    ["Source", source === undefined ? undefined : describeSource(source)],
  ]).join("\n");
}

/** An explanation without the texts that nobody may see. */
export function masked(explanation: Explanation, mask: (text: string) => string): Explanation {
  const { problem, more, why, fix, note, source, ...others } = explanation;
  return {
    ...others,
    // The page of one version tells which version it is.
    ...(source === undefined || isHidden(source, mask) ? {} : { source }),
    problem: mask(problem),
    ...(more === undefined ? {} : { more: more.map(mask) }),
    ...(why === undefined ? {} : { why: mask(why) }),
    ...(fix === undefined ? {} : { fix: mask(fix) }),
    ...(note === undefined ? {} : { note: mask(note) }),
  };
}

function isHidden({ title, url = "" }: Document, mask: (text: string) => string): boolean {
  return mask(title) !== title || mask(url) !== url;
}

function labelled(
  parts: readonly (readonly [label: string | undefined, text: string | undefined])[],
): readonly string[] {
  return parts.flatMap(([label, text]) => {
    if (text === undefined) return [];
    return [label === undefined ? text : `${label}: ${text}`];
  });
}

/** Title, date and address, as far as they are known. */
export function describeSource({ title, url }: Document): string {
  return url === undefined ? title : `${title}, ${url}`;
}
