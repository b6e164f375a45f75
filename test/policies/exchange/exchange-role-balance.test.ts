import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeRoleBalance } from "../../../policies/exchange/exchange-role-balance";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Passes } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-role-balance.";
const HOSTS = [cluster("c1", { nodes: ["hv1", "hv2"] }), ...["hv1", "hv2", "hv3"].map((name) => host(name))];

function server(
  name: string,
  place: PlainObject,
  roles: Plain,
  version: Plain = "Exchange 2010 SP1",
): DeclaredResource {
  return vm(name, { ...place, exchange: { version, roles } });
}

function on(hostName: string, name: string, ...roles: readonly string[]): DeclaredResource {
  return server(name, { host: hostName }, roles);
}

/** Mailbox on hv1 and Client Access on hv2, beside other servers. */
function oneEach(...others: readonly DeclaredResource[]): readonly DeclaredResource[] {
  return [...HOSTS, on("hv1", "a", "MBX"), on("hv2", "b", "CAS"), ...others];
}

const ON_HV1 = "hv1: hv1 runs only the Exchange role Mailbox (a), while hv2 runs Client Access.";
const ON_HV2 = "hv2: hv2 runs only the Exchange role Client Access (b), while hv1 runs Mailbox.";

ruleTest(exchangeRoleBalance, {
  passes: [
    ["mixed roles", [...HOSTS, on("hv1", "a", "MBX"), on("hv1", "b", "CAS"), on("hv2", "c", "MBX", "CAS")]],
    ["one role everywhere", [...HOSTS, on("hv1", "a", "MBX"), on("hv2", "b", "MBX")]],
    ["a single host", [...HOSTS, on("hv1", "a", "MBX")]],
    ["Edge Transport on a host of its own", [...HOSTS, on("hv1", "a", "MBX", "CAS"), on("hv2", "b", "Edge Transport")]],
    ["Edge Transport beside one role", [...HOSTS, on("hv1", "a", "MBX"), on("hv2", "b", "Edge Transport")]],
    ...["Exchange 2013", "Exchange 2016", "Exchange 2019", "Exchange SE"].map((version): Passes => [
      `${version}, of which no document speaks`,
      [...HOSTS, server("a", { host: "hv1" }, ["MBX"], version), server("b", { host: "hv2" }, ["CAS"], version)],
    ]),
    [
      "roles of different versions",
      [
        ...HOSTS,
        server("a", { host: "hv1" }, ["MBX"], "Exchange 2013"),
        server("b", { host: "hv2" }, ["CAS"], "Exchange 2010"),
      ],
    ],
    ["a malformed host, which the estate rule reports", oneEach(server("c", { host: [] }, ["HT"]))],
  ],
  finds: [
    [
      "hosts with one role each",
      oneEach(),
      [ON_HV1, ON_HV2],
      {
        found: { value: 1, unit: "roles" },
        limit: { bound: "atLeast", value: 2, unit: "roles" },
        source: "exchange-2010-best-practices",
      },
    ],
    [
      "a host with one role beside hosts with several others",
      [
        ...HOSTS,
        on("hv1", "a", "MBX"),
        on("hv1", "b", "MBX"),
        on("hv2", "c", "CAS", "HT"),
        on("hv3", "d", "CAS", "HT"),
      ],
      "hv1: hv1 runs only the Exchange role Mailbox (a and b), while hv2 and hv3 run Client Access and Hub Transport.",
    ],
    [
      "a host to which the cluster can move no other role",
      [...HOSTS, on("hv1", "a", "MBX"), on("hv3", "b", "CAS"), server("c", { cluster: "c1" }, ["HT"])],
      "hv3: hv3 runs only the Exchange role Client Access (b), while hv1 runs Mailbox.",
    ],
    [
      "one host while a role on the other is not known",
      oneEach(server("c", { host: "hv1" }, [UNKNOWN])),
      ON_HV2,
      { undecided: [`c: exchange.roles[0] ${LATER}`] },
    ],
  ],
  undecided: [["a server on an unknown host", oneEach(server("c", { host: UNKNOWN }, ["HT"])), `c: host ${LATER}`]],
});
