import type { Estate } from "../../../lib/estate/estate";
import type { ReplicaAuthentication } from "../../../lib/estate/model";
import type { Replica, ReplicaEnd } from "../../../lib/estate/replicas";
import { ifKnown, type Value } from "../../../lib/estate/value";
import { exactly } from "../../../lib/rules/figures";
import { given, undecided, violation, type Verdict, type ViolationDetails } from "../../../lib/rules/verdict";
import { replicaPort } from "../../../lib/tables/replica";
import { listing } from "../../../lib/text/words";
import { advised, changeOfSetting, earlierAtServer, hostsAt, othersAtServer } from "./replicated";

const WORKGROUP = "workgroup";

const NAMES: Readonly<Record<ReplicaAuthentication, string>> = {
  kerberos: "Kerberos",
  certificate: "certificates",
};

/** Kerberos needs a domain that both servers trust, as far as the domains are declared. */
export function judgeAuthentication(replica: Replica, estate: Estate): readonly Verdict[] {
  return given(replica, { authentication: replica.authentication }, ({ authentication }) => {
    if (authentication !== "kerberos") return [];
    const own = domainsAt(replica.primary);
    const others = domainsAt(replica.replica);
    const unknown = [...own, ...others].filter(({ state }) => state === "unknown");
    const names = namesOf(own);
    const otherNames = namesOf(others);
    const problem = `${replica.name} is replicated with Kerberos`;
    const { path } = replica.authentication.origin;
    const details = certificateAuthentication(replica, estate);
    const inWorkgroup = [...new Set([...workgroupHosts(replica.primary), ...workgroupHosts(replica.replica)])];
    if (inWorkgroup.length > 0) {
      const are = inWorkgroup.length === 1 ? "is" : "are";
      return advised(replica, "kerberos", (evidence) => [
        violation(replica, path, `${problem}, but ${listing(inWorkgroup)} ${are} in a workgroup.`, {
          ...details,
          evidence,
        }),
      ]);
    }
    const [pair] = names.flatMap((name) =>
      otherNames.flatMap((other) => (mayTrust(name, other) ? [] : [{ name, other }])),
    );
    if (pair === undefined) return unknown.flatMap((value) => undecided(replica, value));
    return advised(replica, "kerberos", (evidence) => [
      violation(replica, path, `${problem} from the domain ${pair.name} to the domain ${pair.other}.`, {
        ...details,
        fix: `${details.fix} Kerberos is possible where the two domains trust each other.`,
        evidence,
        advisory: true, // trusts are not declared
      }),
    ]);
  });
}

/** The way from Kerberos to certificates, which have a port of their own. */
export function certificateAuthentication(
  replica: Replica,
  estate: Estate,
): Pick<ViolationDetails, "found" | "limit" | "change"> & { readonly fix: string } {
  const figures = { found: { value: "kerberos" }, limit: exactly("certificate") };
  if (replica.port.state !== "absent") {
    return {
      ...figures,
      fix: "Use certificate authentication, and the port that the replica server listens on for certificates.",
    };
  }
  const fix = "Use certificate authentication.";
  const isFree = !conflictsWithAny(replica, listenerOf("certificate", undefined), estate);
  return isFree
    ? { ...figures, ...changeOfSetting(replica, replica.authentication, "certificate", estate), fix }
    : { ...figures, fix };
}

function domainsAt(end: Value<ReplicaEnd>): readonly Value<string>[] {
  return (ifKnown(hostsAt(end)) ?? []).map(({ domain }) => domain);
}

function workgroupHosts(end: Value<ReplicaEnd>): readonly string[] {
  const hosts = ifKnown(hostsAt(end)) ?? [];
  return hosts.filter(({ domain }) => ifKnown(domain)?.toLowerCase() === WORKGROUP).map(({ name }) => name);
}

function namesOf(domains: readonly Value<string>[]): readonly string[] {
  return [...new Set(domains.flatMap((domain) => ifKnown(domain)?.toLowerCase() ?? []))];
}

/** One domain, or parent and child, which trust each other since they are of one tree. */
function mayTrust(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

/** A replica server listens on one port for each authentication. */
export function judgePort(replica: Replica, estate: Estate): readonly Verdict[] {
  return given(replica, { authentication: replica.authentication }, ({ authentication }) => {
    if (replica.port.state === "unknown") return undecided(replica, replica.port);
    const own = listenerOf(authentication, ifKnown(replica.port));
    const row = replicaPort(authentication);
    if (own === undefined || row === undefined) return [];
    const other = authentication === "kerberos" ? "certificate" : "kerberos";
    const target = ifKnown(replica.replica);
    if (replicaPort(other)?.port === own.port) {
      const where = target === undefined ? "" : ` of ${target.name}`;
      const problem = `${describeUse(replica, own, where)}, which is the default port for ${NAMES[other]}.`;
      return [
        violation(replica, replica.port.origin.path, problem, {
          found: { value: own.port },
          limit: exactly(row.port),
          ...changeOfPort(replica, { ...own, port: row.port }, estate),
          fix: `Use port ${String(row.port)}, or make sure that the replica server listens for ${NAMES[authentication]} there.`,
          evidence: row,
          advisory: true,
        }),
      ];
    }
    // A cluster may map a port of its own to each node.
    return target?.host === undefined ? [] : judgeListeners(replica, own, target.name, estate);
  });
}

/** The replications to one server use it in the same way. */
function judgeListeners(replica: Replica, own: Listening, server: string, estate: Estate): readonly Verdict[] {
  const row = replicaPort(own.authentication);
  const [first] = earlierAtServer(replica, estate).flatMap((earlier) => {
    const theirs = listenerUsedBy(earlier);
    return theirs !== undefined && conflict(own, theirs) ? [{ earlier, theirs }] : [];
  });
  if (first === undefined || row === undefined) return [];
  const { earlier, theirs } = first;
  const problem =
    `${describeUse(replica, own, ` of ${server}`)}, but ${earlier.name} with ${NAMES[theirs.authentication]} over port ` +
    `${describePort(theirs)}.`;
  const isSameAuthentication = theirs.authentication === own.authentication;
  return [
    violation(replica, replica.port.origin.path, problem, {
      found: { value: own.port },
      limit: isSameAuthentication ? exactly(theirs.port) : { bound: "not", value: theirs.port },
      ...(isSameAuthentication ? changeOfPort(replica, { ...own, port: theirs.port }, estate) : {}),
      fix: isSameAuthentication
        ? `Use the port that ${server} listens on for ${NAMES[own.authentication]} in both.`
        : `Use the ports that ${server} listens on for Kerberos and for certificates: they are different.`,
      evidence: row,
    }),
  ];
}

/** What a replication expects its server to listen on. */
interface Listening {
  readonly authentication: ReplicaAuthentication;
  readonly port: number;
  readonly isDefault: boolean;
}

function listenerOf(authentication: ReplicaAuthentication, port: number | undefined): Listening | undefined {
  const number = port ?? replicaPort(authentication)?.port;
  return number === undefined ? undefined : { authentication, port: number, isDefault: port === undefined };
}

/** Undefined where it is not known. */
function listenerUsedBy({ authentication, port }: Replica): Listening | undefined {
  if (authentication.state !== "known" || port.state === "unknown") return undefined;
  return listenerOf(authentication.value, ifKnown(port));
}

function conflict(one: Listening, other: Listening): boolean {
  return one.authentication === other.authentication ? one.port !== other.port : one.port === other.port;
}

/** Whether another replication to the same server may contradict a port. */
function conflictsWithAny(replica: Replica, listener: Listening | undefined, estate: Estate): boolean {
  return othersAtServer(replica, estate).some((other) => {
    const theirs = listenerUsedBy(other);
    return listener === undefined || theirs === undefined || conflict(listener, theirs);
  });
}

function changeOfPort(replica: Replica, listener: Listening, estate: Estate): Pick<ViolationDetails, "change"> {
  return conflictsWithAny(replica, listener, estate)
    ? {}
    : changeOfSetting(replica, replica.port, listener.port, estate);
}

function describeUse({ name }: Replica, listener: Listening, where: string): string {
  const { authentication } = listener;
  return `${name} is replicated with ${NAMES[authentication]} over port ${describePort(listener, where)}`;
}

function describePort({ port, isDefault }: Listening, where = ""): string {
  return `${String(port)}${where}${isDefault ? " by default" : ""}`;
}
