import type { Estate } from "../../../lib/estate/estate";
import type { ReplicaAuthentication } from "../../../lib/estate/model";
import type { Replica, ReplicaEnd } from "../../../lib/estate/replicas";
import { ifKnown, type Value } from "../../../lib/estate/value";
import { given, undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import { replicaPort } from "../../../lib/tables/replica";
import { advised, earlierAtServer, hostsAt } from "./replicated";

const WORKGROUP = "workgroup";

const NAMES: Readonly<Record<ReplicaAuthentication, string>> = {
  kerberos: "Kerberos",
  certificate: "certificates",
};

/** Kerberos needs a domain that both servers trust, as far as the domains are declared. */
export function judgeAuthentication(replica: Replica): readonly Verdict[] {
  return given(replica, { authentication: replica.authentication }, ({ authentication }) => {
    if (authentication !== "kerberos") return [];
    const own = domainsAt(replica.primary);
    const others = domainsAt(replica.replica);
    const open = [...own, ...others].filter(({ state }) => state === "unknown");
    const names = namesOf(own);
    const otherNames = namesOf(others);
    const problem = `${replica.name} is replicated with Kerberos`;
    const { path } = replica.authentication.origin;
    const fix = "Use certificate authentication.";
    if ([...names, ...otherNames].includes(WORKGROUP)) {
      return advised(replica, "kerberos", (evidence) => [
        violation(replica, path, `${problem}, and a server at one end is in a workgroup.`, { fix, evidence }),
      ]);
    }
    const [pair] = names.flatMap((name) =>
      otherNames.flatMap((other) => (mayTrust(name, other) ? [] : [{ name, other }])),
    );
    if (pair === undefined) return open.flatMap((value) => undecided(replica, value));
    return advised(replica, "kerberos", (evidence) => [
      violation(replica, path, `${problem} from the domain ${pair.name} to the domain ${pair.other}.`, {
        fix: "Use certificate authentication, unless the two domains trust each other.",
        evidence,
        advisory: true, // trusts are not declared
      }),
    ]);
  });
}

function domainsAt(end: Value<ReplicaEnd>): readonly Value<string>[] {
  return (ifKnown(hostsAt(end)) ?? []).map(({ domain }) => domain);
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
    const row = replicaPort(authentication);
    const port = ifKnown(replica.port) ?? row?.port;
    const target = ifKnown(replica.replica);
    if (port === undefined) return [];
    const { path } = replica.port.origin;
    const where = target === undefined ? "" : ` of ${target.name}`;
    const said = `${replica.name} is replicated with ${NAMES[authentication]} over port ${String(port)}${where}`;
    const other = authentication === "kerberos" ? "certificate" : "kerberos";
    const defaultOfOther = replicaPort(other);
    if (defaultOfOther?.port === port && row !== undefined) {
      const problem = `${said}, which is the default port for ${NAMES[other]}.`;
      const fix = `Use port ${String(row.port)}, or make sure that the replica server listens for ${NAMES[authentication]} there.`;
      return [violation(replica, path, problem, { fix, evidence: row, advisory: true })];
    }
    // A cluster may map a port of its own to each node.
    if (target?.host === undefined || row === undefined) return [];
    const contradicting = earlierAtServer(replica, estate).find((earlier) => {
      const theirs = ifKnown(earlier.authentication);
      if (theirs === undefined || earlier.port.state === "unknown") return false;
      const theirPort = ifKnown(earlier.port) ?? replicaPort(theirs)?.port;
      return theirs === authentication ? theirPort !== port : theirPort === port;
    });
    if (contradicting === undefined) return [];
    const theirs = ifKnown(contradicting.authentication) ?? authentication;
    const theirPort = ifKnown(contradicting.port) ?? replicaPort(theirs)?.port;
    const problem = `${said}, but ${contradicting.name} with ${NAMES[theirs]} over port ${String(theirPort)}.`;
    const fix = `Use the port that ${target.name} listens on for ${NAMES[authentication]}.`;
    return [violation(replica, path, problem, { fix, evidence: row })];
  });
}
