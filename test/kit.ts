import type { EstateSettings } from "../lib/dialects/estate-settings";
import { readEstate } from "../lib/dialects/read-estate";
import type { DeclaredResource } from "../lib/estate/declared";
import type { Estate, Facts } from "../lib/estate/estate";
import { emptyLists } from "../lib/estate/kinds";
import { UNKNOWN, type Plain, type PlainObject } from "../lib/estate/plain";
import { Pass } from "../lib/judging/pass";
import { Secrets } from "../lib/judging/secrets";
import type { Rule } from "../lib/rules/rule";
import type { Violation } from "../lib/rules/verdict";
import { EffectiveSettings } from "../lib/settings/effective-settings";

export { UNKNOWN };

/** One component resource of the pack, with properties that differ from a sound one only where the test says so. */
export function host(name: string, properties: PlainObject = {}): DeclaredResource {
  return component("Host", name, {
    operatingSystem: "Windows Server 2008 R2 SP1",
    processors: { sockets: 2, coresPerSocket: 4, threadsPerCore: 2 },
    memoryMB: 65536,
    ...properties,
  });
}

export function cluster(name: string, properties: PlainObject = {}): DeclaredResource {
  return component("Cluster", name, properties);
}

export function vm(name: string, properties: PlainObject = {}): DeclaredResource {
  return component("VirtualMachine", name, {
    guestOs: "Windows Server 2008 R2 SP1",
    processorCount: 4,
    memoryMB: 4096,
    ...properties,
  });
}

/** Hyper-V Replica of a virtual machine, with certificates. */
export function relationship(name: string, properties: PlainObject = {}): DeclaredResource {
  return component("ReplicaRelationship", name, { authentication: "certificate", ...properties });
}

export function backupJob(name: string, properties: PlainObject = {}): DeclaredResource {
  return component("BackupJob", name, { product: "Altaro Hyper-V Backup", ...properties });
}

/** A virtual machine with an Exchange 2010 SP1 Mailbox server in it. */
export function mailbox(name: string, properties: PlainObject = {}, exchange: PlainObject = {}): DeclaredResource {
  return vm(name, {
    exchange: { version: "Exchange 2010 SP1", roles: ["Mailbox"], ...exchange },
    ...properties,
  });
}

/** A logical network of which nothing is declared. */
export function logicalNetwork(name: string, properties: PlainObject = {}): DeclaredResource {
  return component("LogicalNetwork", name, properties);
}

/** A server of Virtual Machine Manager 2012 that nothing connects to. */
export function vmmServer(name: string, properties: PlainObject = {}): DeclaredResource {
  return component("VmmServer", name, { version: "VMM 2012", ...properties });
}

/** What is open from one end to another; by default nothing. */
export function firewall(name: string, from: Plain, to: Plain, properties: PlainObject = {}): DeclaredResource {
  return component("Firewall", name, { from, to, ...properties });
}

/** A resource of a provider, as a preview hands it over. */
export function resource(type: string, name: string, properties: PlainObject): DeclaredResource {
  return { urn: `urn:pulumi:test::kit::${type}::${name}`, type, name, properties };
}

function component(type: string, name: string, properties: PlainObject): DeclaredResource {
  const given = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
  const token = `hyperv-guard:index:${type}`;
  return { urn: `urn:pulumi:test::kit::${token}::${name}`, type: token, name, properties: { name, ...given } };
}

/** An estate of nothing, for tests that put entities of their own in. */
export const NO_FACTS: Facts = { ...emptyLists(), declared: [], problems: [], leftOut: [] };

/** What a rule says about an estate, as a test can compare it. */
export interface Said {
  /** `name of the resource: first line of the message`, in the order in which they are reported. */
  readonly findings: readonly string[];
  /** The same for what could not be decided. */
  readonly undecided: readonly string[];
  /** How many entities the rule applied to. */
  readonly applied: number;
  /** Whole messages. */
  readonly messages: readonly string[];
  /** Findings that never block. */
  readonly advisory: readonly string[];
  /** The findings as the rule hands them over, in the order of `findings`. */
  readonly violations: readonly Violation[];
}

/** Judges declared resources by one rule, through the dialects and the joined estate, as a preview does. */
export function judge(
  rule: Rule,
  resources: readonly DeclaredResource[],
  configuration: object = {},
  pack: EstateSettings = {},
  today = "2012-06-30",
): Said {
  const settings = new EffectiveSettings({ policies: [rule], today });
  settings.configurePolicy(rule.name, configuration);
  const secrets = new Secrets();
  for (const resource of resources) secrets.add(resource);
  const pass = new Pass(readEstate(resources, true, pack), resources.length, secrets, settings);
  const { applied, findings } = pass.result(rule);
  const undecided = pass.undecidedFindings("undecided");
  return {
    findings: findings.map(({ urn, message }) => `${nameOf(urn)}: ${message.split("\n")[0] ?? ""}`),
    undecided: undecided.map(({ urn, message }) => `${nameOf(urn)}: ${message.split("\n")[0] ?? ""}`),
    applied,
    messages: findings.map(({ message }) => message),
    advisory: findings.filter(({ advisory }) => advisory).map(({ urn }) => nameOf(urn)),
    violations: findings.flatMap(({ violation }) => violation ?? []),
  };
}

/** What an estate cannot take as declared: `name of the resource: path problem → fix`, in order. */
export function problemsOf(estate: Estate): readonly string[] {
  return estate.declared.flatMap((resource) =>
    estate.problemsOf(resource).map(({ path, problem, fix }) => `${resource.name}: ${path} ${problem} → ${fix}`),
  );
}

export function nameOf(urn: string | undefined): string {
  return urn?.split("::").at(-1) ?? "stack";
}

/** Any value that is not what a property wants, for tests of malformed input. */
export const MALFORMED: readonly Plain[] = ["nonsense", -1, 0.5, true, [], {}];
