import { readEstate } from "../dialects/read-estate";
import type { DeclaredResource } from "../estate/declared";
import { describePath } from "../estate/element-names";
import type { Estate } from "../estate/estate";
import { inFindingOrder, type Finding } from "../judging/finding";
import { recordOf, type FindingRecord } from "../judging/finding-record";
import { Secrets } from "../judging/secrets";
import { inLines, masked, type Explanation } from "../rules/explanation";
import { exactly, type Figure } from "../rules/figures";
import type { PolicyData } from "../rules/rule";
import type { Violation } from "../rules/verdict";
import { listing } from "../text/words";
import { driftOf, type Drift } from "./drift";
import type { Difference, Shown } from "./fact-differences";

/** Under what name differences are reported. It is no rule: no profile has it, and it never blocks. */
export const DRIFT: PolicyData = {
  name: "drift",
  title: "What runs is what is declared",
  subject: "estate",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "The rules judge what is declared: what runs otherwise is not what they have judged, and the next update may change it.",
  fix: "Declare what runs, or change what runs.",
  sources: [],
  tags: ["drift"],
};

/** Resources as a file has them. */
export interface Resources {
  readonly resources: readonly DeclaredResource[];
  /** False where there may be more. */
  readonly isWhole: boolean;
}

/** The findings on what differs between what is declared and what runs. Nothing of a secret is in them. */
export function driftFindings(declared: Resources, running: Resources): readonly FindingRecord[] {
  const secrets = new Secrets();
  const estates = [declared, running].map(({ resources, isWhole }) => {
    for (const resource of resources) secrets.add(resource);
    const estate = readEstate(resources, isWhole);
    secrets.addFacts([...estate.hosts, ...estate.clusters, ...estate.virtualMachines, ...estate.vmmServers]);
    return estate;
  });
  const [own, other] = estates;
  if (own === undefined || other === undefined) return [];
  const mask = (text: string): string => secrets.mask(text);
  return driftOf(own, other)
    .map((drift) => findingOf(drift, own, mask))
    .sort(inFindingOrder)
    .map((finding) => recordOf(DRIFT, finding, "advisory", mask));
}

function findingOf(drift: Drift, declared: Estate, mask: (text: string) => string): Finding {
  const violation = violationOf(drift, declared);
  const { on, path, problem, fix = DRIFT.fix } = violation;
  const explanation: Explanation = masked({ problem, why: DRIFT.why, fix }, mask);
  const key = `${DRIFT.name}\n${on.urn}\n${path}`;
  return {
    rule: DRIFT.name,
    urn: on.urn,
    name: mask(on.name),
    path,
    explanation,
    violation,
    message: inLines(explanation),
    advisory: true,
    key,
  };
}

function violationOf(drift: Drift, declared: Estate): Violation {
  const { on } = drift;
  const violation = { kind: "violation", on, path: "" } as const;
  switch (drift.kind) {
    case "differs":
      return differing(drift.on.name, drift.difference, declared, violation);
    case "missing":
      return {
        ...violation,
        problem: `${on.name} is declared, and the inventory does not have it.`,
        fix: `Create ${on.name}, add the inventory of where it runs, or remove its declaration.`,
      };
    case "undeclared":
      return {
        ...violation,
        problem: `${on.name} runs${drift.host === undefined ? "" : ` on ${drift.host}`}, and nothing declares it.`,
        fix: `Declare ${on.name}, or remove it.`,
      };
  }
}

function differing(
  name: string,
  { path, kind, declared: own, running }: Difference,
  declared: Estate,
  violation: Pick<Violation, "kind" | "on" | "path">,
): Violation {
  const resource = declared.declared.find(({ urn }) => urn === violation.on.urn);
  const what = describePath(resource, path);
  const at = { ...violation, path };
  switch (kind) {
    case "value":
      return {
        ...at,
        problem: `${name} runs with ${what} ${inWords(running)}, but ${inWords(own)} is declared.`,
        found: figure(running),
        ...(typeof own === "object" ? {} : { limit: exactly(own) }),
      };
    case "missing":
      return { ...at, problem: `${name} runs without ${what} (${inWords(own)}), which is declared.` };
    case "undeclared":
      return {
        ...at,
        problem: `${name} runs with ${inWords(running)} in its ${what}, which is not declared.`,
        found: figure(running),
      };
    case "number":
      return {
        ...at,
        problem: `${name} has another number of ${what} than is declared: ${inWords(running)}, not ${inWords(own)}.`,
        fix: "Declare all of them, each with its path, or change what runs.",
        found: figure(running),
      };
  }
}

function figure(value: Shown): Figure {
  return { value };
}

function inWords(value: Shown): string {
  if (typeof value !== "object") return String(value);
  return value.length === 0 ? "none" : listing(value);
}
