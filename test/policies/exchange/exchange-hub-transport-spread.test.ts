import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { exchangeHubTransportSpread } from "../../../policies/exchange/exchange-hub-transport-spread";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const ROLE = "Hub Transport";
const HOSTS = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"), host("hv2"), host("hv3")];

function server(name: string, place: PlainObject): DeclaredResource {
  return vm(name, { ...place, exchange: { version: "Exchange 2010 SP1", roles: [ROLE] } });
}

/** Servers of the role, each in its place, the first called `a`. */
function servers(...places: readonly PlainObject[]): readonly DeclaredResource[] {
  return [...HOSTS, ...places.map((place, index) => server("abc".charAt(index), place))];
}

// More of it, of both rules together, is in shared/role-spread.test.ts.
ruleTest(exchangeHubTransportSpread, {
  passes: [
    ["servers on two hosts", servers({ host: "hv1" }, { host: "hv2" })],
    ["a single server", servers({ host: "hv1" })],
    ["two on one host and one elsewhere", servers({ host: "hv1" }, { host: "hv1" }, { host: "hv2" })],
  ],
  finds: [
    [
      "all servers on one host",
      servers({ host: "hv3" }, { host: "hv3" }),
      `b: b (Exchange 2010 SP1, ${ROLE}) is on the same host hv3 as every other ${ROLE} server: a.`,
      { advisory: false },
    ],
  ],
  undecided: [
    [
      "a server whose host is not known",
      servers({ host: "hv3" }, { host: UNKNOWN }),
      "b: host is not known until deployment: not checked by exchange-hub-transport-spread.",
    ],
  ],
});
