import Ajv from "ajv";
import { decoded, InputError, jsonObject } from "../inputs/input";
import type { FindingRecord } from "../judging/finding-record";
import schema from "../judging/finding.schema.json";
import { resourceName } from "../reports/finding-groups";
import { fingerprints } from "../reports/fingerprints";

/** Reports print the names of rules as they are. */
const RULE_NAME = /^[a-z0-9-]+$/;

const WHAT = "a report as `hyperv-guard check --format json` writes it";

/**
 * The findings of a JSON report.
 * @throws InputError for a file that is none
 */
export function findingsInReport(bytes: Buffer): readonly FindingRecord[] {
  const { findings } = jsonObject(decoded(bytes), WHAT);
  if (!Array.isArray(findings)) throw new InputError(`is not ${WHAT}: it has no findings`);
  const isFinding = new Ajv({ validateFormats: false, allowUnionTypes: true }).compile<FindingRecord>(schema);
  return findings.map((finding: unknown, index) => {
    if (isFinding(finding) && RULE_NAME.test(finding.rule)) return finding;
    throw new InputError(`is not ${WHAT}: findings[${String(index)}] is not a finding`);
  });
}

/** So much of a fingerprint is enough, as of a commit. */
const SHORTEST_FINGERPRINT = 7;

/** The findings that a text names: by their rule, their resource or its URN, their place or their fingerprint. */
export function findingsNamed(wanted: string, findings: readonly FindingRecord[]): readonly FindingRecord[] {
  const known = fingerprints(findings);
  const text = wanted.toLowerCase();
  return findings.filter((finding, index) => {
    const { rule, urn, location } = finding;
    if (text.length >= SHORTEST_FINGERPRINT && known[index]?.startsWith(text) === true) return true;
    const line = location === undefined ? undefined : `${location.file}:${String(location.line)}`;
    const place = location?.column === undefined ? line : `${line ?? ""}:${String(location.column)}`;
    return [rule, urn, resourceName(finding), line, place].some((name) => name?.toLowerCase() === text);
  });
}
