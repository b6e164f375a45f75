import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeRoleSpread } from "../../../policies/exchange/exchange-role-spread";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-role-spread.";
const HOSTS = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"), host("hv2")];
const ROLES = ["Mailbox", "Unified Messaging", "Edge Transport"];

function server(name: string, role: string, place: PlainObject, exchange: PlainObject = {}): DeclaredResource {
  return vm(name, { ...place, exchange: { version: "Exchange 2010 SP1", roles: [role], ...exchange } });
}

/** Servers `a` and `b` of one role, each in its place. */
function pair(
  role: string,
  a: PlainObject,
  b: PlainObject = a,
  exchange: PlainObject = {},
): readonly DeclaredResource[] {
  return [...HOSTS, server("a", role, a, exchange), server("b", role, b, exchange)];
}

/** Mailbox servers on one host, as members of these groups. */
function members(...groups: readonly (Plain | undefined)[]): readonly DeclaredResource[] {
  const servers = groups.map((group, index) =>
    server(
      index === 0 ? "a" : "b",
      "Mailbox",
      { host: "hv1" },
      group === undefined ? {} : { databaseAvailabilityGroup: group },
    ),
  );
  return [...HOSTS, ...servers];
}

function together(role: string): string {
  return `b: b (Exchange 2010 SP1, ${role}) is on the same host hv1 as every other ${role} server: a.`;
}

const NAMED = { cluster: "c1", antiAffinityClassNames: ["x"] };

ruleTest(exchangeRoleSpread, {
  passes: [
    ...ROLES.flatMap((role): readonly Passes[] => [
      [`${role} on two hosts`, pair(role, { host: "hv1" }, { host: "hv2" })],
      [`a single ${role} server`, [...HOSTS, server("a", role, { host: "hv1" })]],
      [`${role} with a common anti-affinity class name`, pair(role, NAMED)],
    ]),
    [
      "what the fix for two in a cluster asks for",
      pair("Mailbox", { ...NAMED, host: "hv1" }, { ...NAMED, host: "hv2" }),
    ],
    [
      "what the fix for one in a cluster asks for",
      pair("Mailbox", { cluster: "c1", host: "hv2", possibleOwners: ["hv2"] }, { host: "hv1" }),
    ],
    ...["Client Access", "Hub Transport"].map((role): Passes => [
      `${role}, which has a rule of its own`,
      pair(role, { host: "hv1" }),
    ]),
    ...["Exchange 2013", "Exchange 2016", "Exchange 2019", "Exchange SE"].map((version): Passes => [
      `${version}, of which no document speaks`,
      pair("Mailbox", { host: "hv1" }, { host: "hv1" }, { version }),
    ]),
    ["the members of one DAG, which has a rule of its own", members("dag1", "DAG1")],
  ],
  finds: [
    ...ROLES.map((role): Finds => [
      `all ${role} servers on one host`,
      pair(role, { host: "hv1" }),
      together(role),
      {
        found: { value: 1, unit: "hosts" },
        limit: { bound: "atLeast", value: 2, unit: "hosts" },
        fix: "Move one of them to a host other than hv1.",
        source: "exchange-2010-best-practices",
        advisory: false,
      },
    ]),
    [
      "a host to which the cluster may move both again",
      pair("Mailbox", { host: "hv1", cluster: "c1" }),
      together("Mailbox"),
      {
        fix: "Move b to a node other than hv1, and give a and b a common anti-affinity class name (antiAffinityClassNames).",
      },
    ],
    [
      "a host to which the cluster may move one again",
      pair("Mailbox", { host: "hv1", cluster: "c1" }, { host: "hv1" }),
      together("Mailbox"),
      { fix: "Move a to a node other than hv1, and leave hv1 out of its possible owners (possibleOwners)." },
    ],
    ["members of two groups", members("dag1", "dag2"), together("Mailbox")],
    ["a member beside a server without a group", members("dag1", undefined), together("Mailbox")],
    ["a server without a group beside one of an unknown group", members(undefined, UNKNOWN), together("Mailbox")],
  ],
  undecided: [
    ["an unknown group", members("dag1", UNKNOWN), `b: exchange.databaseAvailabilityGroup ${LATER}`],
    [
      "unknown roles, once",
      [...HOSTS, vm("a", { host: "hv1", exchange: { version: "Exchange 2010 SP1", roles: UNKNOWN } })],
      `a: exchange.roles ${LATER}`,
    ],
  ],
});

describe("exchange-role-spread by default", () => {
  it("only advises", () => {
    assert.deepEqual([exchangeRoleSpread.level, exchangeRoleSpread.enforcement], ["recommended", undefined]);
  });
});
