import { stripVTControlCharacters } from "node:util";
import { nameInUrn } from "../estate/declared";
import { RECORD_VERSION, type FindingRecord } from "../judging/finding-record";
import type { PolicyData } from "../rules/rule";

/** What is read of an event of the engine. */
export interface EngineEvent {
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
  readonly policyEvent?: PolicyEvent;
  readonly resourcePreEvent?: { readonly metadata: { readonly urn: string } };
}

interface PolicyEvent {
  readonly policyPackName: string;
  readonly policyName: string;
  readonly enforcementLevel: string;
  readonly message: string;
  readonly resourceUrn?: string;
}

/** What the events of a preview tell beside the journal of the pack. */
export interface EngineEvents {
  /** The engine's errors, except for findings of this pack. */
  readonly errors: readonly string[];
  /** What the program and its language host have printed as errors, which the engine passes on. */
  readonly printedErrors: readonly string[];
  /** `project/stack`; undefined where the engine stopped before that. */
  readonly stack: string | undefined;
  /** How many resources the program has. */
  readonly resources: number;
  /** The findings of this pack as the engine shows them, for where the journal could not be written. */
  readonly shown: readonly FindingRecord[];
}

/** @param policies the policies of this pack */
export function readEvents(events: readonly EngineEvent[], policies: readonly PolicyData[] = []): EngineEvents {
  const urns = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata.urn ?? []);
  const [, stack, project] =
    urns.map((urn) => /^urn:pulumi:(.+?)::(.+?)::/.exec(urn)).find((urn) => urn !== null) ?? [];
  return {
    errors: events.flatMap(errorsOf),
    printedErrors: events
      .flatMap(({ diagnosticEvent }) =>
        diagnosticEvent?.severity === PRINTED_ERROR ? [printedLine(diagnosticEvent.message)] : [],
      )
      .filter((line) => line !== ""),
    stack: stack === undefined || project === undefined ? undefined : `${project}/${stack}`,
    resources: new Set(urns).size,
    shown: events.flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : shownFinding(policyEvent, policies))),
  };
}

const PRINTED_ERROR = "info#err";

const PACK = "hyperv-guard";

/** The last error of every preview that was stopped. */
const FINAL_ERROR = "preview failed";

function errorsOf({ diagnosticEvent, policyEvent }: EngineEvent): readonly string[] {
  if (diagnosticEvent?.severity === "error") {
    return [plain(diagnosticEvent.message)].filter((message) => message !== FINAL_ERROR);
  }
  if (policyEvent === undefined || policyEvent.policyPackName === PACK) return [];
  if (policyEvent.enforcementLevel !== "mandatory") return [];
  const { policyPackName, policyName, resourceUrn, message } = policyEvent;
  const name = resourceUrn === undefined ? "the stack" : nameInUrn(resourceUrn);
  return [`[mandatory] ${policyName} of the pack ${policyPackName}: ${name}: ${plain(message)}`];
}

function shownFinding(event: PolicyEvent, policies: readonly PolicyData[]): readonly FindingRecord[] {
  const policy = policies.find(({ name }) => name === event.policyName);
  if (event.policyPackName !== PACK || policy === undefined) return [];
  const { name: rule, title, subject, level, severity } = policy;
  const enforcement = event.enforcementLevel === "mandatory" ? "mandatory" : "advisory";
  const urn = event.resourceUrn === undefined ? {} : { urn: event.resourceUrn };
  const problem = plain(event.message);
  return [{ version: RECORD_VERSION, rule, title, subject, level, severity, enforcement, ...urn, problem }];
}

/** A message without the engine's marks of colour. */
function plain(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "").trim();
}

/** A line that was printed, with its indentation, and without colours, which a language host writes into pipes too. */
function printedLine(message: string): string {
  return stripVTControlCharacters(message).replace(/^\n+/, "").trimEnd();
}
