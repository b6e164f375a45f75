import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { legacyNetworkAdapter } from "../../../policies/guests/legacy-network-adapter";
import { UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const LATER = "is not known until deployment: not checked by legacy-network-adapter.";

function machine(kinds: readonly Plain[], properties: PlainObject = {}) {
  const networkAdapters: PlainObject[] = kinds.map((kind, index) => ({ name: `nic${String(index)}`, kind }));
  return [vm("vm1", { generation: 1, guestOs: "Windows Server 2012 R2", networkAdapters, ...properties })];
}

ruleTest(legacyNetworkAdapter, {
  passes: [
    ["synthetic adapters", machine(["synthetic", "synthetic"])],
    ["an adapter of which no kind is declared", machine([null])],
    ["no adapters", [vm("vm1")]],
    ["a Linux guest", machine(["legacy"], { guestOs: "CentOS 6.3" })],
    ["a guest that is not declared", machine(["legacy"], { guestOs: null })],
    ["generation 2, which has none at all", machine(["legacy"], { generation: 2, guestOs: "Windows Server 2022" })],
    ["a kind that is malformed", machine([7])],
  ],
  finds: [
    [
      "a legacy adapter",
      machine(["synthetic", "legacy"]),
      "vm1: vm1 has 1 legacy network adapter, though there are synthetic ones for Windows Server 2012 R2.",
      {
        found: { value: 1, unit: "adapters" },
        limit: { bound: "exactly", value: 0, unit: "adapters" },
        change: { path: "networkAdapters[1].kind", value: "synthetic" },
        source: "bpa-2012",
        advisory: true,
      },
    ],
    [
      "two of a client",
      machine(["legacy", "legacy"], { guestOs: "Windows 7 SP1" }),
      "vm1: vm1 has 2 legacy network adapters, though there are synthetic ones for Windows 7 with Service Pack 1.",
      { advisory: true },
    ],
    [
      "a guest that has no driver for it",
      machine(["legacy"], { guestOs: "Windows Server 2003 R2 SP2 x64" }),
      "vm1: vm1 has 1 legacy network adapter, for which there is no driver in Windows Server 2003 R2 (x64) with Service Pack 2.",
      { advisory: true },
    ],
    [
      "the same with the driver of x86",
      machine(["legacy"], { guestOs: "Windows Server 2003 R2 SP2 x86" }),
      "vm1: vm1 has 1 legacy network adapter, though there are synthetic ones for Windows Server 2003 R2 (x86) with Service Pack 2.",
      { advisory: true },
    ],
    [
      "one that is legacy, and one that is not known",
      machine(["legacy", UNKNOWN]),
      "vm1: vm1 has 1 legacy network adapter, though there are synthetic ones for Windows Server 2012 R2.",
      { advisory: true, undecided: [`vm1: networkAdapters[1].kind ${LATER}`] },
    ],
  ],
  undecided: [
    ["adapters that are not known", machine([], { networkAdapters: UNKNOWN }), `vm1: networkAdapters ${LATER}`],
    ["a guest that is not known", machine(["legacy"], { guestOs: UNKNOWN }), `vm1: guestOs ${LATER}`],
    ["a kind that is not known", machine([UNKNOWN]), `vm1: networkAdapters[0].kind ${LATER}`],
  ],
});
