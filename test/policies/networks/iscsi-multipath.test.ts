import type { PlainObject } from "../../../lib/estate/plain";
import { iscsiMultipath } from "../../../policies/networks/iscsi-multipath";
import { host, MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Passes } from "../../rule-test";
import { adapter, node, nodeWith } from "./networks";

const ONE = adapter("NIC 1", "iscsi", { multipath: true });
const TWO = adapter("NIC 2", "iscsi", { multipath: true });
const TEAMED = [ONE, TWO].map((one): PlainObject => ({ ...one, team: "T" }));
const WITHOUT_MPIO = [ONE, TWO].map((one) => ({ ...one, multipath: false }));
const TEAM = 'hv1: hv1 has "NIC 1" and "NIC 2" for iSCSI in the team "T".';

const VIRTUAL = [
  adapter("NIC 1", "virtualMachines"),
  adapter("NIC 2", "virtualMachines"),
  adapter("iSCSI 1", "iscsi", { virtualSwitch: "LAN", multipath: true }),
  adapter("iSCSI 2", "iscsi", { virtualSwitch: "LAN", multipath: true }),
];

function onSwitch(properties: PlainObject, more: readonly PlainObject[] = []) {
  const virtualSwitches = [{ name: "LAN", type: "external", networkAdapters: ["NIC 1", "NIC 2"] }];
  return nodeWith([...VIRTUAL, ...more], { virtualSwitches, ...properties });
}

function unknown(property: string): string {
  return `hv1: ${property} is not known until deployment: not checked by iscsi-multipath.`;
}

function undeclared(property: string): string {
  return `hv1: ${property} is not declared: not checked by iscsi-multipath.`;
}

ruleTest(iscsiMultipath, {
  passes: [
    ["two adapters of their own with MPIO", nodeWith([ONE, TWO])],
    ["two adapters of a host outside of a cluster", [host("hv1", { networkAdapters: [ONE, TWO] })]],
    ["no adapter for iSCSI", node("management; virtualMachines")],
    [
      "virtual adapters on one switch, from Windows Server 2012 on",
      onSwitch({ operatingSystem: "Windows Server 2016" }),
    ],
    ...MALFORMED.filter((value) => !Array.isArray(value)).map((value): Passes => [
      `a port for ${JSON.stringify(value)} beside two sound ones, which the estate rule reports`,
      nodeWith([ONE, TWO, { name: "NIC 3", purpose: value }]),
    ]),
  ],
  finds: [
    [
      "Twice: a team, which is not supported before Windows Server 2012, once",
      nodeWith(TEAMED),
      TEAM,
      {
        found: { value: ["NIC 1", "NIC 2"], unit: "adapters" },
        fix: 'Take "NIC 1" and "NIC 2" out of the team, and let MPIO use each of them as a path of its own (multipath: true).',
        source: "cluster-networking-2008",
        advisory: false,
      },
    ],
    [
      "a team of a newer version, as advice",
      nodeWith(TEAMED, { operatingSystem: "Windows Server 2019" }),
      TEAM,
      { source: "network-design-2011", advisory: true },
    ],
    [
      "two teams, each once",
      nodeWith([
        ...["NIC 1", "NIC 2"].map((name) => adapter(name, "iscsi", { multipath: true, team: "A" })),
        ...["NIC 3", "NIC 4"].map((name) => adapter(name, "iscsi", { multipath: true, team: "B" })),
      ]),
      [
        'hv1: hv1 has "NIC 1" and "NIC 2" for iSCSI in the team "A".',
        'hv1: hv1 has "NIC 3" and "NIC 4" for iSCSI in the team "B".',
      ],
    ],
    [
      "Twice: the only path in a team with another adapter, which leaves one path outside of it",
      nodeWith([{ ...ONE, team: "T" }, adapter("NIC 2", "backup", { team: "t" })]),
      'hv1: hv1 has "NIC 1" for iSCSI in the team "T".',
      {
        fix:
          'Take "NIC 1" out of the team, and let MPIO use it as a path of its own (multipath: true). ' +
          "Add a second adapter for iSCSI on a port of its own, without a team and with MPIO (multipath: true).",
      },
    ],
    [
      "Twice: two members of one team without MPIO",
      nodeWith(WITHOUT_MPIO.map((one) => ({ ...one, team: "T" }))),
      TEAM,
      {
        fix: 'Take "NIC 1" and "NIC 2" out of the team, and let MPIO use each of them as a path of its own (multipath: true).',
      },
    ],
    [
      "Twice: an adapter of the team of the virtual machines",
      nodeWith([
        adapter("NIC 1", "virtualMachines", { team: "T" }),
        adapter("NIC 2", "virtualMachines", { team: "T" }),
        adapter("NIC 2", "iscsi", { team: "T", multipath: true }),
        adapter("NIC 3", "iscsi", { multipath: true }),
      ]),
      'hv1: hv1 has "NIC 2" for iSCSI in the team "T".',
      {
        fix: 'Take "NIC 2" out of the team, use it for iSCSI alone, and let MPIO use it as a path of its own (multipath: true).',
      },
    ],
    [
      "Twice: a single path without MPIO",
      nodeWith([{ ...ONE, multipath: false }]),
      'hv1: hv1 reaches its iSCSI storage over one port, "NIC 1", but MPIO needs 2 or more.',
      {
        fix: "Add a second adapter for iSCSI on a port of its own, without a team, and let MPIO use both (multipath: true).",
        advisory: true,
      },
    ],
    [
      "Twice: two partitions of one port without MPIO",
      nodeWith(["A", "B"].map((name) => adapter(name, "iscsi", { physicalAdapter: "P", multipath: false }))),
      'hv1: hv1 reaches its iSCSI storage over one port, "P", but MPIO needs 2 or more.',
      {
        fix: 'Use an adapter on another port in place of one of the partitions "A" and "B", and let MPIO use both (multipath: true).',
      },
    ],
    [
      "a single path",
      nodeWith([ONE]),
      'hv1: hv1 reaches its iSCSI storage over one port, "NIC 1", but MPIO needs 2 or more.',
      {
        found: { value: 1, unit: "ports" },
        limit: { bound: "atLeast", value: 2, unit: "ports" },
        fix: "Add a second adapter for iSCSI on a port of its own, without a team and with MPIO (multipath: true).",
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "a single path, which is not asked for MPIO",
      nodeWith([adapter("A", "iscsi")]),
      'hv1: hv1 reaches its iSCSI storage over one port, "A", but MPIO needs 2 or more.',
    ],
    [
      "two partitions of one port",
      nodeWith([ONE, TWO].map((one) => ({ ...one, physicalAdapter: "Port 1" }))),
      'hv1: hv1 reaches its iSCSI storage over one port, "Port 1", but MPIO needs 2 or more.',
      { fix: 'Use an adapter on another port in place of one of the partitions "NIC 1" and "NIC 2".', advisory: true },
    ],
    [
      "adapters that carry something else",
      nodeWith([ONE, TWO, adapter("NIC 1", "management"), adapter("nic 2", "liveMigration")]),
      [
        'hv1: hv1 uses "NIC 1" for iSCSI and for management.',
        'hv1: hv1 uses "NIC 2" for iSCSI and for live migration.',
      ],
      {
        found: { value: ["iSCSI", "management"], unit: "kinds of traffic" },
        limit: { bound: "exactly", value: "iSCSI" },
        fix: 'Use "NIC 1" for iSCSI alone, or give iSCSI two other adapters with MPIO (multipath: true).',
        source: "cluster-requirements-2008-r2",
        advisory: true,
      },
    ],
    [
      "virtual adapters on one switch, before Windows Server 2012",
      onSwitch({}),
      'hv1: hv1 uses the virtual switch "LAN" for iSCSI and for virtual machines and management (by default).',
      { advisory: true },
    ],
    [
      "a virtual adapter with two purposes, from Windows Server 2012 on",
      onSwitch({ operatingSystem: "Windows Server 2016" }, [adapter("iscsi 1", "backup", { virtualSwitch: "LAN" })]),
      'hv1: hv1 uses the virtual switch "LAN" for iSCSI and for virtual machines, backup and management (by default).',
    ],
    [
      "a path without MPIO",
      nodeWith([{ ...ONE, multipath: false }, TWO]),
      'hv1: hv1 has "NIC 1" for iSCSI without MPIO.',
      {
        found: { value: false },
        limit: { bound: "exactly", value: true },
        change: { path: "networkAdapters[0].multipath", value: true },
        fix: 'Install the Multipath I/O feature, let it use "NIC 1", and set multipath to true.',
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "Twice: all paths without MPIO, once",
      nodeWith(WITHOUT_MPIO),
      'hv1: hv1 has "NIC 1" and "NIC 2" for iSCSI without MPIO.',
      { fix: 'Install the Multipath I/O feature, let it use "NIC 1" and "NIC 2", and set multipath to true.' },
    ],
    [
      "a teamed path beside one of which that is not known",
      nodeWith([
        { ...ONE, team: "T" },
        { ...TWO, team: UNKNOWN },
      ]),
      'hv1: hv1 has "NIC 1" for iSCSI in the team "T".',
      { undecided: [unknown("networkAdapters[1].team")] },
    ],
    [
      "a path without MPIO beside one of which that is not known",
      nodeWith([
        { ...ONE, multipath: false },
        { ...TWO, multipath: UNKNOWN },
      ]),
      'hv1: hv1 has "NIC 1" for iSCSI without MPIO.',
      { undecided: [unknown("networkAdapters[1].multipath")] },
    ],
  ],
  undecided: [
    [
      "MPIO that no path declares, asked for once",
      nodeWith([adapter("A", "iscsi"), adapter("B", "iscsi")]),
      undeclared("networkAdapters[0].multipath"),
    ],
    [
      "MPIO that one path does not declare",
      nodeWith([ONE, adapter("B", "iscsi")]),
      undeclared("networkAdapters[1].multipath"),
    ],
    [
      "an adapter of which it is not known what it is for",
      nodeWith([adapter("NIC 1", "x", { purpose: UNKNOWN })]),
      unknown("networkAdapters[0].purpose"),
    ],
    ["adapters that are not known", nodeWith([], { networkAdapters: UNKNOWN }), unknown("networkAdapters")],
  ],
});
