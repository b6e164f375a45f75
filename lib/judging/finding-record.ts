import { documentOf, type Document, type Explanation } from "../rules/explanation";
import type { Figure, LimitFigure, Change } from "../rules/figures";
import type { Level, PolicyData, Severity, Subject } from "../rules/rule";
import type { Violation } from "../rules/verdict";
import type { Exemption } from "../settings/pack-settings";
import type { Confidence } from "../tables/sources";
import type { Finding } from "./finding";

/** The version of the record's form: it grows with a change that a reader of the former one would stumble over. */
export const RECORD_VERSION = 1;

/** A finding as data, which every report is made from. Nothing of a secret is in it. */
export interface FindingRecord {
  readonly version: typeof RECORD_VERSION;
  /** Name of the rule; permanent. */
  readonly rule: string;
  readonly title: string;
  readonly subject: Subject;
  /** What breaking the rule means: outside of support, against a stated requirement, or against advice. */
  readonly level: Level;
  readonly severity: Severity;
  /** Whether it stops a preview. An exempted finding does not, whatever stands here. */
  readonly enforcement: "mandatory" | "advisory";
  /** What must change; absent for a finding about the stack or the settings as a whole. */
  readonly entity?: Entity;
  /** URN of the resource that must change; absent for a finding about the stack or the settings. */
  readonly urn?: string;
  /** The property that must change, as a path; absent for the resource as a whole. */
  readonly property?: string;
  /** The same with the names of list elements in place of their positions, as in `disks["logs"].type`, where they have any. */
  readonly propertyByNames?: string;
  /** What was found. */
  readonly found?: Figure;
  /** What is allowed. */
  readonly limit?: DocumentedLimit;
  /** What is wrong, with the numbers, in a sentence or two. */
  readonly problem: string;
  /** More that is known of it, in lines of their own. */
  readonly more?: readonly string[];
  /** Why it matters. */
  readonly why?: string;
  /** How to fix it, in a sentence or two. */
  readonly fix?: string;
  /** The one value that fixes it, where one does. */
  readonly change?: Change;
  /** What the reader must know of the finding itself. */
  readonly note?: string;
  /** The document that it rests on. */
  readonly source?: Document;
  /** The exemption that keeps it from counting. */
  readonly exempted?: Exemption;
  /** Where it is declared; absent where nothing tells. */
  readonly location?: SourceLocation;
}

/** A place in a file. Lines and columns count from 1. */
export interface SourceLocation {
  /** The file's path from the root of the repository, else from the working folder, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** Where it ends: the first column behind it. Both are absent where only the begin is known. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** The entity of the model that a finding is on. */
export interface Entity {
  /** `host`, `cluster`, `virtualMachine` and so on; absent for a declaration that could not be read. */
  readonly kind?: string;
  readonly name: string;
}

/** A limit with where it is written. */
export interface DocumentedLimit extends LimitFigure {
  readonly document?: Document;
  readonly confidence?: Confidence;
}

/** The type of the component resources: only there, a change is in the words and units of the declaration. */
const COMPONENT = "hyperv-guard:index:";

/** What stands for a figure that a secret would be read from. */
const SECRET = "[secret]";

/**
 * @param enforcement the level at which the finding is reported
 * @param mask takes secrets out of a text
 */
export function recordOf(
  policy: PolicyData,
  finding: Finding,
  enforcement: "mandatory" | "advisory",
  mask: (text: string) => string,
): FindingRecord {
  const { urn, name, path, pathByNames, explanation, violation, exempted } = finding;
  return {
    version: RECORD_VERSION,
    rule: policy.name,
    title: policy.title,
    subject: policy.subject,
    level: policy.level,
    severity: policy.severity,
    enforcement,
    ...(name === undefined ? {} : { entity: entityOf(name, violation) }),
    ...(urn === undefined ? {} : { urn }),
    ...(path === "" ? {} : { property: path }),
    ...(pathByNames === undefined ? {} : { propertyByNames: pathByNames }),
    ...explained(explanation),
    ...(violation === undefined ? {} : figuresOf(violation, mask)),
    ...(exempted === undefined ? {} : { exempted: maskedExemption(exempted, mask) }),
  };
}

function maskedExemption(exemption: Exemption, mask: (text: string) => string): Exemption {
  const { resource, reason, approvedBy } = exemption;
  return {
    ...exemption,
    resource: mask(resource),
    reason: mask(reason),
    ...(approvedBy === undefined ? {} : { approvedBy: mask(approvedBy) }),
  };
}

function entityOf(name: string, violation: Violation | undefined): Entity {
  const kind = violation?.on.kind;
  return { ...(kind === undefined ? {} : { kind }), name };
}

function explained({ problem, more, why, fix, note, source }: Explanation): Explanation {
  return {
    problem,
    ...(more === undefined ? {} : { more }),
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix }),
    ...(note === undefined ? {} : { note }),
    ...(source === undefined ? {} : { source }),
  };
}

function figuresOf(
  { on, found, limit, change, evidence }: Violation,
  mask: (text: string) => string,
): Pick<FindingRecord, "found" | "limit" | "change"> {
  // A change is near what was found: beside a secret it would tell of it.
  const isHidden = [found?.value, change?.value].some((value) => value !== undefined && isSecret(value, mask));
  const isComponent = on.urn.split("::").at(2)?.includes(COMPONENT) === true;
  return {
    ...(found === undefined ? {} : { found: maskedFigure(found, mask) }),
    ...(limit === undefined ? {} : { limit: { ...maskedFigure(limit, mask), ...writtenIn(evidence, mask) } }),
    ...(change === undefined || !isComponent || isHidden ? {} : { change }),
  };
}

function writtenIn(
  evidence: Violation["evidence"],
  mask: (text: string) => string,
): Pick<DocumentedLimit, "document" | "confidence"> {
  if (evidence === undefined) return {};
  const { source, confidence } = evidence;
  const document = documentOf(source);
  const isShown =
    confidence !== "unverified" && [document.title, document.url ?? ""].every((text) => mask(text) === text);
  return { ...(isShown ? { document } : {}), confidence };
}

function maskedFigure<F extends Figure>(figure: F, mask: (text: string) => string): F {
  return isSecret(figure.value, mask) ? { ...figure, value: SECRET } : figure;
}

function isSecret(value: Figure["value"] | Change["value"], mask: (text: string) => string): boolean {
  const values = Array.isArray(value) ? value : [value];
  return values.some((one) => mask(String(one)) !== String(one));
}
