import { createHash } from "node:crypto";
import type { FindingRecord } from "../judging/finding-record";

/**
 * What a finding is known again by in a later report: its rule, its resource in whatever stack, and its property. Texts and
 * positions in lists are not part of it, so that other things may be renamed, moved and added. Several findings of one
 * place are numbered.
 * @returns the fingerprints, one for each finding, in their order
 */
export function fingerprints(findings: readonly FindingRecord[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const place = placeOf(finding);
    const number = seen.get(place) ?? 0;
    seen.set(place, number + 1);
    return createHash("sha256")
      .update(`${place}\n${String(number)}`)
      .digest("hex");
  });
}

function placeOf({ rule, urn, entity, property = "" }: FindingRecord): string {
  // A URN is urn:pulumi:stack::project::type::name, or urn:terraform:file::terraform::type::address.
  const resource = urn?.replace(/^urn:(pulumi|terraform):.*?::/, "") ?? entity?.name ?? "";
  return [rule, resource, property.replace(/\[\d+\]/g, "[]")].join("\n");
}
