import { switchOnEveryNode } from "../../../policies/networks/switch-on-every-node";
import { cluster, host, vm, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const C1 = cluster("c1");

function node(name: string, ...switches: readonly string[]) {
  const virtualSwitches = switches.map((one) => ({ name: one, type: "external", networkAdapters: ["NIC 1"] }));
  return host(name, { cluster: "c1", virtualSwitches });
}

function machine(name: string, on: string, more: object = {}) {
  return vm(name, { cluster: "c1", networkAdapters: [{ name: "n", switch: on }], ...more });
}

ruleTest(switchOnEveryNode, {
  passes: [
    ["a switch that every node has", [C1, node("hv1", "LAN"), node("hv2", "lan"), machine("vm1", "LAN")]],
    [
      "a switch of no node: the name of a network of something else",
      [C1, node("hv1", "A"), node("hv2", "B"), machine("vm1", "LAN")],
    ],
    [
      "a node that may not run the machine",
      [C1, node("hv1", "LAN"), node("hv2", "B"), machine("vm1", "LAN", { possibleOwners: ["hv1"] })],
    ],
    [
      "a machine on one host",
      [
        node("hv1", "LAN"),
        host("hv3", { virtualSwitches: [] }),
        vm("vm1", { host: "hv1", networkAdapters: [{ name: "n", switch: "LAN" }] }),
      ],
    ],
  ],
  finds: [
    [
      "a node without the switch, once for all machines",
      [C1, node("hv1", "LAN"), node("hv2", "Production"), machine("vm1", "LAN"), machine("vm2", "LAN")],
      'hv2: hv2 has no virtual switch "LAN", which vm1 uses on hv1.',
      {
        found: { value: ["Production"] },
        advisory: true,
        source: "rolling-upgrade",
        fix: 'Create a virtual switch "LAN" on hv2, or leave it out of the possible owners of the virtual machines that use it (possibleOwners).',
      },
    ],
    [
      "two nodes without it",
      [C1, node("hv1", "LAN"), node("hv2", "B"), node("hv3", "B"), machine("vm1", "LAN")],
      'hv2: hv2 and hv3 have no virtual switch "LAN", which vm1 uses on hv1.',
    ],
    [
      "a node that only the second machine may run on",
      [
        C1,
        node("hv1", "LAN"),
        node("hv2", "B"),
        machine("vm1", "LAN", { possibleOwners: ["hv1"] }),
        machine("vm2", "LAN"),
      ],
      'hv2: hv2 has no virtual switch "LAN", which vm2 uses on hv1.',
    ],
    [
      "a further node of the second machine",
      [
        C1,
        node("hv1", "LAN"),
        node("hv2", "B"),
        node("hv3", "B"),
        machine("vm1", "LAN", { possibleOwners: ["hv1", "hv2"] }),
        machine("vm2", "LAN"),
      ],
      [
        'hv2: hv2 has no virtual switch "LAN", which vm1 uses on hv1.',
        'hv3: hv3 has no virtual switch "LAN", which vm2 uses on hv1.',
      ],
    ],
  ],
  undecided: [
    [
      "a switch whose name is not known",
      [C1, node("hv1", "LAN"), vm("vm1", { cluster: "c1", networkAdapters: [{ name: "n", switch: UNKNOWN }] })],
      "vm1: networkAdapters[0].switch is not known until deployment: not checked by switch-on-every-node.",
    ],
    [
      "adapters that are not known",
      [C1, node("hv1", "LAN"), vm("vm1", { cluster: "c1", networkAdapters: UNKNOWN })],
      "vm1: networkAdapters is not known until deployment: not checked by switch-on-every-node.",
    ],
    [
      "a node without it, beside one that may have it",
      [C1, node("hv1", "B"), host("hv2", { cluster: "c1", virtualSwitches: UNKNOWN }), machine("vm1", "LAN")],
      "hv2: virtualSwitches is not known until deployment: not checked by switch-on-every-node.",
    ],
    [
      "a node that does not declare its switches",
      [C1, node("hv1", "LAN"), host("hv2", { cluster: "c1", virtualSwitches: UNKNOWN }), machine("vm1", "LAN")],
      "hv2: virtualSwitches is not known until deployment: not checked by switch-on-every-node.",
    ],
  ],
});
