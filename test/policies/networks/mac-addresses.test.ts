import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { macAddresses } from "../../../policies/networks/mac-addresses";
import { cluster, host, judge, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const MAC = "00-15-5D-00-00-01";
const hosts = [host("hv1"), host("hv2")];
const nodes = [cluster("c1"), host("n1", { cluster: "c1" }), host("n2", { cluster: "c1" })];

function adapter(macAddress: Plain, properties: PlainObject = {}): PlainObject {
  return { networkAdapters: [{ name: "net", macAddress, ...properties }] };
}

/** Two machines with an adapter each. */
function two(one: PlainObject, other: PlainObject, around: readonly DeclaredResource[] = hosts) {
  return [...around, vm("a", { host: "hv1", ...one }), vm("b", { host: "hv1", ...other })];
}

const TWICE = `b: b (net) has the MAC address ${MAC}, as a (net).`;

ruleTest(macAddresses, {
  passes: [
    [
      "one address on two private switches of a host",
      two(adapter(MAC, { switch: "p1" }), adapter(MAC, { switch: "p2" }), [
        host("hv1", {
          virtualSwitches: [
            { name: "p1", type: "private" },
            { name: "p2", type: "private" },
          ],
        }),
      ]),
    ],
    ["an address for each adapter", two(adapter(MAC), adapter("00-15-5D-00-00-02"))],
    [
      "addresses that Hyper-V chooses",
      two({ networkAdapters: [{ name: "net" }] }, { networkAdapters: [{ name: "net" }] }),
    ],
    ["no address yet, which is written as zeros", two(adapter("00-00-00-00-00-00"), adapter("00-00-00-00-00-00"))],
    ["one address in two VLANs", two(adapter(MAC, { vlan: 10 }), adapter(MAC, { vlan: 20 }))],
    [
      "one address in two sites",
      [
        host("hv1", { site: "Vienna" }),
        host("hv2", { site: "Graz" }),
        vm("a", { host: "hv1", ...adapter(MAC) }),
        vm("b", { host: "hv2", ...adapter(MAC) }),
      ],
    ],
    [
      "one address on internal switches of two hosts",
      [
        host("hv1", { virtualSwitches: [{ name: "nat", type: "internal" }] }),
        host("hv2", { virtualSwitches: [{ name: "nat", type: "internal" }] }),
        vm("a", { host: "hv1", ...adapter(MAC, { switch: "nat" }) }),
        vm("b", { host: "hv2", ...adapter(MAC, { switch: "NAT" }) }),
      ],
    ],
    ["addresses that are none", two(adapter("12345"), adapter("12345"))],
  ],
  finds: [
    [
      "one address in two machines of a host, however it is written",
      two(adapter(MAC), adapter("00155d000001")),
      TWICE,
      { found: { value: MAC }, limit: { bound: "not", value: MAC }, source: "bpa-mac-addresses", advisory: false },
    ],
    [
      "one address in two machines of a cluster",
      [...nodes, vm("a", { cluster: "c1", ...adapter(MAC) }), vm("b", { host: "n2", ...adapter("00:15:5d:00:00:01") })],
      TWICE,
      { advisory: false },
    ],
    [
      "one address on two hosts that nothing joins, by advice",
      [...hosts, vm("a", { host: "hv1", ...adapter(MAC) }), vm("b", { host: "hv2", ...adapter(MAC) })],
      TWICE,
      { advisory: true },
    ],
    [
      "two adapters of one machine",
      [
        ...hosts,
        vm("a", {
          host: "hv1",
          networkAdapters: [
            { name: "net1", macAddress: MAC },
            { name: "net2", macAddress: MAC },
          ],
        }),
      ],
      `a: a (net2) has the MAC address ${MAC}, as a (net1).`,
      { advisory: false },
    ],
    [
      "an address of a group, by advice",
      [...hosts, vm("a", { host: "hv1", ...adapter("01-00-5E-00-00-01") })],
      "a: a (net) has the MAC address 01-00-5E-00-00-01, which is that of a group of adapters.",
      { advisory: true, found: { value: "01-00-5E-00-00-01" }, source: "ethernet-addresses" },
    ],
    [
      "that of all adapters",
      [...hosts, vm("a", { host: "hv1", ...adapter("FF-FF-FF-FF-FF-FF") })],
      "a: a (net) has the MAC address FF-FF-FF-FF-FF-FF, which is that of a group of adapters.",
      { advisory: true },
    ],
  ],
  undecided: [
    [
      "one address where the site of a host is not known",
      [
        host("hv1", { site: UNKNOWN }),
        host("hv2", { site: "B" }),
        vm("a", { host: "hv1", ...adapter(MAC) }),
        vm("b", { host: "hv2", ...adapter(MAC) }),
      ],
      "hv1: site is not known until deployment: not checked by mac-addresses.",
    ],
    [
      "addresses that are not known",
      two(adapter(UNKNOWN), adapter(UNKNOWN)),
      [
        "a: networkAdapters[0].macAddress is not known until deployment: not checked by mac-addresses.",
        "b: networkAdapters[0].macAddress is not known until deployment: not checked by mac-addresses.",
      ],
    ],
    [
      "one address where a VLAN is not known",
      two(adapter(MAC, { vlan: 10 }), adapter(MAC, { vlan: UNKNOWN })),
      "b: networkAdapters[0].vlan is not known until deployment: not checked by mac-addresses.",
    ],
  ],
});

describe("mac-addresses, beside a naive model", () => {
  it("finds each address that several adapters of a host have, once", () => {
    const octet = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(fc.array(octet, { maxLength: 12 }), (octets) => {
        const estate = octets.map((one, index) =>
          vm(`vm${String(index).padStart(2, "0")}`, { host: "hv1", ...adapter(`00-15-5D-00-00-0${String(one)}`) }),
        );
        const twice = new Set(octets.filter((one, index) => octets.indexOf(one) !== index));
        assert.equal(judge(macAddresses, [host("hv1"), ...estate]).findings.length, twice.size);
      }),
    );
  });
});
