import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { srIovConsistent } from "../../../policies/networks/sr-iov-consistent";
import { host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

function estate(
  iov: Plain | undefined,
  iovWeight: Plain,
  properties: PlainObject = {},
  guestOs = "Windows Server 2019",
) {
  return [
    host("hv1", {
      operatingSystem: "Windows Server 2019",
      virtualSwitches: [
        { name: "VMs", type: "external", networkAdapters: ["p1"], ...(iov === undefined ? {} : { iov }) },
      ],
    }),
    vm("vm1", { host: "hv1", guestOs, networkAdapters: [{ name: "net", switch: "vms", iovWeight, ...properties }] }),
  ];
}

const ASKS = "vm1: vm1 (net) asks for single-root I/O virtualization, which";

ruleTest(srIovConsistent, {
  passes: [
    ["a switch that has it", estate(true, 100)],
    ["an adapter without it", estate(false, 0)],
    ["an adapter that is not known to have it, on a switch that has it", estate(true, UNKNOWN)],
    ["an adapter on a switch that the host does not declare", estate(false, 100, { switch: "Other" })],
    ["a weight that is malformed", estate(false, "much")],
    ["Linux that supports it", estate(true, 100, {}, "Ubuntu 20.04")],
  ],
  finds: [
    [
      "a switch without it",
      estate(false, 100),
      `${ASKS} the virtual switch VMs of hv1 does not have.`,
      {
        found: { value: 100 },
        limit: { bound: "exactly", value: 0 },
        change: { path: "networkAdapters[0].iovWeight", value: 0 },
        source: "new-vmswitch",
        advisory: false,
      },
    ],
    [
      "a guest that cannot use it, by advice",
      estate(true, 1, {}, "Debian 8.11"),
      `${ASKS} Debian 8.11 does not support.`,
      { advisory: true, found: { value: 1 } },
    ],
  ],
  undecided: [
    [
      "a switch of which it is not known",
      estate(UNKNOWN, 100),
      "hv1: virtualSwitches[0].iov is not known until deployment: not checked by sr-iov-consistent.",
    ],
    [
      "a switch of which it is not declared",
      estate(undefined, 100),
      "hv1: virtualSwitches[0].iov is not declared: not checked by sr-iov-consistent.",
    ],
    [
      "an adapter of which it is not known, on a switch without it",
      estate(false, UNKNOWN),
      "vm1: networkAdapters[0].iovWeight is not known until deployment: not checked by sr-iov-consistent.",
    ],
  ],
});
