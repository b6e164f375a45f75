import assert from "node:assert/strict";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { hostNetworkRoles } from "../../../policies/networks/host-network-roles";
import { vmNetworkRedundancy } from "../../../policies/networks/vm-network-redundancy";
import { host, judge, MALFORMED, resource, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";
import { FOLLOWED } from "./model/layouts";
import { adapter, node, nodeWith } from "./networks";

const ONE = adapter("NIC 1", "virtualMachines", { speedMbps: 10000 });
const TWO = adapter("NIC 2", "virtualMachines", { speedMbps: 10000 });
const FIRST_TEAMED = { ...ONE, team: "LAN" };
const TEAM: PlainObject[] = [FIRST_TEAMED, { ...TWO, team: "LAN" }];
const WITHOUT_SPEED = [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "virtualMachines")];

function year(version: string): string {
  return `Windows Server ${version}`;
}

function onSwitch(adapters: PlainObject[], operatingSystem: string, properties: PlainObject = {}) {
  const names = adapters.map(({ name }) => name ?? "");
  const virtualSwitches = [{ name: "S", type: "external", networkAdapters: names, ...properties }];
  return nodeWith(adapters, { operatingSystem, virtualSwitches });
}

/** So many adapters in an embedded team. */
function embedded(number: number) {
  const adapters = Array.from({ length: number }, (_, index) => ({ ...ONE, name: `NIC ${String(index)}` }));
  return onSwitch(adapters, year("2019"), { embeddedTeaming: true });
}

/** An embedded team with one speed of its own. */
function withSpeed(speedMbps: Plain | undefined, others: PlainObject[] = []) {
  const two = adapter("NIC 2", "virtualMachines", speedMbps === undefined ? {} : { speedMbps });
  return onSwitch([ONE, two, ...others], year("2019"), { embeddedTeaming: true });
}

/** A team of which the first adapter has more properties. */
function teamWith(properties: PlainObject): PlainObject[] {
  return [{ ...FIRST_TEAMED, ...properties }, ...TEAM.slice(1)];
}

/** The same adapters below no virtual switch, and below one. */
const BARE_AND_SWITCHED = [
  ["below no virtual switch", (adapters: PlainObject[]) => nodeWith(adapters, { operatingSystem: year("2016") })],
  ["below a virtual switch", (adapters: PlainObject[]) => onSwitch(adapters, year("2016"))],
] as const;

const TEAM_UNDER_SWITCH = [year("2022"), year("2025"), "Azure Stack HCI", "Azure Local"];
const TEAM_DOCUMENTS: Readonly<Record<string, string>> = {
  [year("2022")]: "removed-2022",
  [year("2025")]: "removed-2025",
};
const WITHOUT_EMBEDDED_TEAMING = ["2008 R2", "2012", "2012 R2"].map(year);
const WITH_EMBEDDED_TEAMING = [year("2016"), year("2025"), "Azure Local"];
const ALONE = 'hv1: hv1 connects its virtual machines over "NIC 1" alone.';
const NEITHER =
  'hv1: hv1 connects its virtual machines over "NIC 1" and "NIC 2", which are neither in a team nor split for dynamic and reserved addresses.';
const UNTEAMED = 'hv1: hv1 binds the virtual switch "S" to "NIC 1" and "NIC 2", which are not in a team.';
const TWO_SPEEDS =
  'hv1: hv1 has the virtual switch "S" with adapters of 10 Gbps and 1 Gbps in its embedded team, which must be of one speed.';
const SPLIT = "or use one for dynamic and one for reserved addresses (dynamicAddresses).";
const EMBEDDED_TEAMING = "virtualSwitches[0].embeddedTeaming";

/** A host that declares no adapters, with one virtual switch. */
function switchAlone(version: string, properties: PlainObject, others: PlainObject = {}) {
  const operatingSystem = year(version);
  return [
    host("hv1", { operatingSystem, virtualSwitches: [{ name: "S", type: "external", ...properties }], ...others }),
  ];
}

/** What a script sets up on a host that declares no adapters. */
function script(version: string, create: string) {
  const setup = resource("command:remote:Command", "setup", { connection: { host: "hv1" }, create });
  return [host("hv1", { operatingSystem: year(version) }), setup];
}

/** A switch of a provider on a host that declares no adapters. */
function provided(version: string, token: string, properties: PlainObject) {
  const type = "pulumi:providers:hyperv";
  const provider = { urn: `urn:pulumi:test::kit::${type}::p`, type, name: "p", host: "hv1" };
  const one = { ...resource(token, "s", { name: "S", ...properties }), provider };
  return [host("hv1", { operatingSystem: year(version) }), one];
}

const TERRAFORM = "hyperv:index/networkSwitch:NetworkSwitch";
const NO_ADAPTER = 'hv1: hv1 has the external virtual switch "S" without a network adapter.';
const SWITCH_ADAPTERS = "virtualSwitches[0].networkAdapters";
const NOT_NAMED = `hv1: ${SWITCH_ADAPTERS} is not declared: not checked by vm-network-redundancy.`;
const MANAGEMENT_ONLY = [adapter("M", "management"), adapter("H", "cluster")];
const TOO_EARLY =
  'hv1: hv1 has the virtual switch "S" with Switch Embedded Teaming, which Windows Server 2012 R2 does not support.';
const TEAM_SCRIPT = "New-NetLbfoTeam T NIC1, NIC2 -Confirm:$false\nNew-VMSwitch S -NetAdapterName T";

const EMBEDDED_TEAMING_SETTINGS: readonly (readonly [name: string, setting: PlainObject])[] = [
  ["not declared", {}],
  ["on", { embeddedTeaming: true }],
  ["not known", { embeddedTeaming: UNKNOWN }],
];

function bound(version: string): string {
  const state = version === year("2022") ? `which is deprecated in ${version}` : `which ${version} no longer supports`;
  return `hv1: hv1 binds the virtual switch "S" to the NIC team "LAN", ${state}.`;
}

function unknown(property: string): string {
  return `hv1: ${property} is not known until deployment: not checked by vm-network-redundancy.`;
}

function undeclared(property: string): string {
  return `hv1: ${property} is not declared: not checked by vm-network-redundancy.`;
}

/** Slow adapters follow no layout of 1 Gbps: those of the design for high availability come nearest. */
const SLOW = "virtualMachines 0.1; 2 iscsi; cluster 0.1; liveMigration 1; clusterSharedVolumes 0.1";

ruleTest(vmNetworkRedundancy, {
  passes: [
    ["a team", nodeWith(TEAM)],
    [
      "one adapter each for dynamic and reserved addresses",
      nodeWith([
        { ...ONE, dynamicAddresses: true },
        { ...TWO, dynamicAddresses: false },
      ]),
    ],
    ...FOLLOWED.filter(([id]) => id !== "four-1-gbps").map(([id, adapters]): Passes => [id, node(adapters)]),
    ["an adapter that host-network-roles lists with what else is missing", node(SLOW)],
    [
      "a single adapter of a host, which host-network-roles reports",
      nodeWith([ONE], { operatingSystem: year("2019") }),
    ],
    ["no adapter for virtual machines", node("management; cluster")],
    ["no adapters", nodeWith([])],
    [
      "P1: a switch with one adapter that the host does not declare",
      switchAlone("2019", { networkAdapters: ["NIC 1"] }),
    ],
    ["P1: an internal switch without adapters", switchAlone("2019", { type: "internal", networkAdapters: [] })],
    ["P1: a private switch without adapters", switchAlone("2019", { type: "private" })],
    ["P1: a provider's internal switch", provided("2019", TERRAFORM, {})],
    ["P1: a host that declares neither switches nor adapters", [host("hv1")]],
    [
      "P8: an embedded team of a host that declares no adapters",
      switchAlone("2016", { networkAdapters: ["NIC1", "NIC2"], embeddedTeaming: true }),
    ],
    ["P8: a NIC team below a switch by commands on Windows Server 2019", script("2019", TEAM_SCRIPT)],
    [
      "P8: a NIC team beside a switch by commands on Windows Server 2025",
      script("2025", "New-NetLbfoTeam -Name T -TeamMembers NIC1, NIC2\nNew-VMSwitch S -NetAdapterName NIC3"),
    ],
    ...["2008 R2", "2012", "2012 R2", "2016", "2019"].map(year).flatMap((version): readonly Passes[] => [
      [`B10: a NIC team below a virtual switch on ${version}`, onSwitch(TEAM, version)],
      [`a NIC team that the switch names on ${version}`, onSwitch(TEAM, version, { networkAdapters: ["lan"] })],
    ]),
    ...TEAM_UNDER_SWITCH.map((version): Passes => [
      `B10: an embedded team on ${version}`,
      onSwitch(TEAM, version, { embeddedTeaming: true }),
    ]),
    ["an embedded team on Windows Server 2016", onSwitch([ONE, TWO], year("2016"), { embeddedTeaming: true })],
    ["eight adapters in an embedded team", embedded(8)],
    ["no speed at all in an embedded team", onSwitch(WITHOUT_SPEED, year("2019"), { embeddedTeaming: true })],
    ...BARE_AND_SWITCHED.map(([name, build]): Passes => [
      `a team without RDMA ${name}`,
      build(teamWith({ rdma: false })),
    ]),
    ["RDMA in an embedded team", onSwitch(teamWith({ rdma: true }), year("2016"), { embeddedTeaming: true })],
    ["RDMA in a team of a vendor's driver", nodeWith(teamWith({ rdma: true }))],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [`${JSON.stringify(value)} as a purpose, which the estate rule reports`, nodeWith([{ ...ONE, purpose: value }])],
      [
        `${JSON.stringify(value)} as a version, which the estate rule reports`,
        nodeWith([ONE], { operatingSystem: value }),
      ],
    ]),
  ],
  finds: [
    [
      "P1: an external switch with an empty list of adapters",
      switchAlone("2019", { networkAdapters: [] }),
      NO_ADAPTER,
      {
        found: { value: 0, unit: "adapters" },
        limit: { bound: "atLeast", value: 1, unit: "adapters" },
        fix:
          "Bind the virtual switch to two adapters for virtual machines (networkAdapters) and keep them for these alone " +
          "(allowManagementOs false), or set its type to internal or private if its virtual machines need no other network.",
        source: "new-vmswitch",
        advisory: false,
      },
    ],
    [
      "P1: an external switch of a host none of whose adapters is for virtual machines",
      switchAlone("2008 R2", { allowManagementOs: false }, { networkAdapters: MANAGEMENT_ONLY }),
      NO_ADAPTER,
      { source: "network-design-2011", advisory: false },
    ],
    [
      "P1: an external switch of the Terraform provider that names no adapters",
      provided("2022", TERRAFORM, { switchType: "External" }),
      NO_ADAPTER,
    ],
    [
      "P1: an external switch of another provider that names no adapter",
      provided("2022", "hyperv:virtualswitch:VirtualSwitch", { switchType: "External" }),
      NO_ADAPTER,
    ],
    [
      "P8: Switch Embedded Teaming on Windows Server 2012 R2 of a host that declares no adapters",
      switchAlone("2012 R2", { networkAdapters: ["NIC1", "NIC2"], embeddedTeaming: true }),
      TOO_EARLY,
      {
        fix: 'Set embeddedTeaming to false, and put "NIC1" and "NIC2" in one team, which the virtual switch is bound to.',
        source: "set-2016",
        advisory: false,
      },
    ],
    [
      "P8: Switch Embedded Teaming on Windows Server 2012 R2 by a command",
      script("2012 R2", "New-VMSwitch S -NetAdapterName NIC1, NIC2 -EnableEmbeddedTeaming $true"),
      TOO_EARLY,
    ],
    [
      "P8: Switch Embedded Teaming on Windows Server 2012 R2 by the Terraform provider",
      provided("2012 R2", TERRAFORM, {
        switchType: "External",
        netAdapterNames: ["NIC1"],
        enableEmbeddedTeaming: true,
      }),
      TOO_EARLY,
      { fix: "Set embeddedTeaming to false." },
    ],
    [
      "P8: a NIC team below a switch by commands on Windows Server 2022, as advice",
      script("2022", TEAM_SCRIPT),
      'hv1: hv1 binds the virtual switch "S" to the NIC team "T", which is deprecated in Windows Server 2022.',
      { source: "removed-2022", advisory: true },
    ],
    [
      "P8: a NIC team with an adapter of another name by commands on Windows Server 2025",
      script(
        "2025",
        "$team = 'T'\nNew-NetLbfoTeam -Name $team -TeamMembers NIC1, NIC2 -TeamNicName Up\nNew-VMSwitch S -NetAdapterName up",
      ),
      'hv1: hv1 binds the virtual switch "S" to the NIC team "T", which Windows Server 2025 no longer supports.',
      { source: "removed-2025", advisory: false },
    ],
    [
      "one adapter",
      nodeWith([ONE]),
      ALONE,
      {
        found: { value: 1, unit: "ports" },
        limit: { bound: "atLeast", value: 2, unit: "ports" },
        fix: `Put two adapters for virtual machines in one team (team), ${SPLIT}`,
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "one adapter of a newer host with others",
      nodeWith([ONE, adapter("NIC 2", "management")], { operatingSystem: year("2022") }),
      ALONE,
      {
        fix: `Join two adapters for virtual machines by Switch Embedded Teaming (embeddedTeaming of the virtual switch), ${SPLIT}`,
        source: "network-recommendations-2025",
      },
    ],
    [
      "two adapters that are neither in a team nor split",
      nodeWith([ONE, TWO]),
      NEITHER,
      { found: { value: ["NIC 1", "NIC 2"], unit: "adapters" }, advisory: true },
    ],
    [
      "two adapters for dynamic addresses",
      nodeWith([ONE, TWO].map((one) => ({ ...one, dynamicAddresses: true }))),
      NEITHER,
    ],
    [
      "a team of partitions of one port",
      nodeWith(TEAM.map((one) => ({ ...one, physicalAdapter: "Port 1" }))),
      'hv1: hv1 connects its virtual machines over the team "LAN" alone: "NIC 1" and "NIC 2" are partitions of one port, "Port 1".',
      {
        found: { value: 1, unit: "ports" },
        fix: `Put an adapter on this port and one on another port in one team (team), ${SPLIT}`,
      },
    ],
    [
      "two partitions of one port on a newer host",
      nodeWith([...[ONE, TWO].map((one) => ({ ...one, physicalAdapter: "Port 1" })), adapter("NIC 3", "management")], {
        operatingSystem: year("2019"),
      }),
      'hv1: hv1 connects its virtual machines over "NIC 1" and "NIC 2" alone: "NIC 1" and "NIC 2" are partitions of one port, "Port 1".',
      {
        fix: `Join an adapter on this port with one on another port by Switch Embedded Teaming (embeddedTeaming of the virtual switch), ${SPLIT}`,
      },
    ],
    [
      "four-1-gbps, which has one adapter for virtual machines",
      node(FOLLOWED.find(([id]) => id === "four-1-gbps")?.[1] ?? ""),
      ALONE,
    ],
    [
      "an adapter of a host that follows the other links of a layout",
      node(`management 0.1; ${SLOW}`),
      ['hv1: hv1 connects its virtual machines over "NIC 2" alone.'],
    ],
    ...TEAM_UNDER_SWITCH.flatMap((version): readonly Finds[] => [
      [
        `B10: a NIC team below a virtual switch on ${version}`,
        onSwitch(TEAM, version, { embeddedTeaming: false }),
        bound(version),
        {
          found: { value: "NIC team" },
          limit: { bound: "exactly", value: "Switch Embedded Teaming" },
          change: { path: EMBEDDED_TEAMING, value: true },
          fix: 'Take "NIC 1" and "NIC 2" out of the team, bind them to the virtual switch itself (networkAdapters), and set embeddedTeaming to true.',
          source: TEAM_DOCUMENTS[version] ?? "azure-local-network-requirements",
          advisory: version === year("2022"),
        },
      ],
      ...EMBEDDED_TEAMING_SETTINGS.map(([name, setting]): Finds => [
        `B10: a NIC team that the switch names on ${version}, with embeddedTeaming ${name}`,
        onSwitch(TEAM, version, { networkAdapters: ["lan"], ...setting }),
        bound(version),
        { advisory: version === year("2022") },
      ]),
    ]),
    [
      "a NIC team of two speeds below a virtual switch",
      onSwitch([FIRST_TEAMED, { ...TWO, team: "LAN", speedMbps: 1000 }], year("2022"), { embeddedTeaming: false }),
      bound(year("2022")),
      {
        fix:
          'Take "NIC 1" and "NIC 2" out of the team, bind them to the virtual switch itself (networkAdapters), and set ' +
          "embeddedTeaming to true, with adapters of one model and one speed.",
      },
    ],
    ...WITHOUT_EMBEDDED_TEAMING.flatMap((version): readonly Finds[] => [
      [
        `adapters in no team on ${version}`,
        onSwitch([ONE, TWO], version),
        UNTEAMED,
        {
          found: { value: 2, unit: "adapters" },
          limit: { bound: "atMost", value: 1, unit: "adapters" },
          fix: 'Put "NIC 1" and "NIC 2" in one team (team).',
          advisory: false,
        },
      ],
      [
        `Switch Embedded Teaming on ${version}`,
        onSwitch([ONE, TWO], version, { embeddedTeaming: true }),
        `hv1: hv1 has the virtual switch "S" with Switch Embedded Teaming, which ${version} does not support.`,
        {
          found: { value: true },
          limit: { bound: "exactly", value: false },
          fix: 'Set embeddedTeaming to false, and put "NIC 1" and "NIC 2" in one team (team).',
          source: "set-2016",
          advisory: false,
        },
      ],
    ]),
    ...WITH_EMBEDDED_TEAMING.map((version): Finds => [
      `adapters in no team on ${version}`,
      onSwitch([ONE, TWO], version, { embeddedTeaming: false }),
      UNTEAMED,
      {
        change: { path: EMBEDDED_TEAMING, value: true },
        fix: "Use Switch Embedded Teaming: set embeddedTeaming of the virtual switch to true.",
        source: "network-recommendations-2025",
        advisory: false,
      },
    ]),
    [
      "partitions of one port in no team, which a team alone would not help",
      onSwitch(
        [ONE, TWO].map((one) => ({ ...one, physicalAdapter: "Port 1" })),
        year("2012"),
      ),
      UNTEAMED,
      { fix: 'Put "NIC 1" and "NIC 2" in one team (team), with one of them on another port.' },
    ],
    ["one adapter below a virtual switch", onSwitch([ONE], year("2008 R2")), ALONE],
    [
      "Switch Embedded Teaming of one adapter before Windows Server 2016",
      onSwitch([ONE], year("2008 R2"), { embeddedTeaming: true }),
      [
        ALONE,
        'hv1: hv1 has the virtual switch "S" with Switch Embedded Teaming, which Windows Server 2008 R2 does not support.',
      ],
    ],
    [
      "nine adapters in an embedded team",
      embedded(9),
      'hv1: hv1 has the virtual switch "S" with 9 adapters in its embedded team, which takes at most 8.',
      {
        found: { value: 9, unit: "adapters" },
        limit: { bound: "atMost", value: 8, unit: "adapters" },
        fix: "Divide the adapters between 2 virtual switches.",
        source: "set-2016",
        advisory: false,
      },
    ],
    [
      "two speeds in an embedded team",
      onSwitch([ONE, { ...TWO, speedMbps: 1000 }], year("2019"), { embeddedTeaming: true }),
      TWO_SPEEDS,
      {
        found: { value: [10000, 1000], unit: "Mbps" },
        fix: "Use adapters of one model and one speed in the team.",
        source: "set-2016",
        advisory: false,
      },
    ],
    [
      "two speeds in an embedded team beside one that is not known",
      withSpeed(UNKNOWN, [adapter("NIC 3", "virtualMachines", { speedMbps: 1000 })]),
      TWO_SPEEDS,
    ],
    ...BARE_AND_SWITCHED.flatMap(([name, build]): readonly Finds[] => [
      [
        `RDMA in a NIC team ${name}`,
        build(teamWith({ rdma: true })),
        'hv1: hv1 uses RDMA on "NIC 1", which is in the NIC team "LAN": a NIC team disables RDMA.',
        {
          found: { value: true },
          limit: { bound: "exactly", value: false },
          change: { path: "networkAdapters[0].rdma", value: false },
          fix: 'Set rdma of "NIC 1" to false, or join the adapters by Switch Embedded Teaming instead, which keeps RDMA.',
          source: "network-recommendations-2025",
          advisory: true,
        },
      ],
      [
        `RDMA on both adapters of a NIC team ${name}, once`,
        build(TEAM.map((one) => ({ ...one, rdma: true }))),
        'hv1: hv1 uses RDMA on "NIC 1" and "NIC 2", which are in the NIC team "LAN": a NIC team disables RDMA.',
      ],
    ]),
    [
      "RDMA on a teamed adapter with two purposes, once",
      nodeWith([...teamWith({ rdma: true }), { ...FIRST_TEAMED, purpose: "backup", rdma: true }], {
        operatingSystem: year("2012"),
      }),
      'hv1: hv1 uses RDMA on "NIC 1", which is in the NIC team "LAN": a NIC team disables RDMA.',
      { fix: 'Set rdma of "NIC 1" to false.' },
    ],
  ],
  undecided: [
    ["P1: a switch that names no adapters of a host that declares none", switchAlone("2019", {}), NOT_NAMED],
    [
      "P1: a switch that names no adapters of a host with one for virtual machines",
      switchAlone("2012", {}, { networkAdapters: [adapter("M", "management"), ...TEAM] }),
      NOT_NAMED,
    ],
    [
      "P1: an embedded team whose adapters other commands add",
      switchAlone("2019", { networkAdapters: [], embeddedTeaming: true }),
      NOT_NAMED,
    ],
    ["P1: adapters that are not known", switchAlone("2019", { networkAdapters: UNKNOWN }), unknown(SWITCH_ADAPTERS)],
    ["P1: a type that is not known", switchAlone("2019", { type: UNKNOWN }), unknown("virtualSwitches[0].type")],
    ...TEAM_UNDER_SWITCH.map((version): Undecided => [
      `whether a team below a virtual switch is embedded, on ${version}`,
      onSwitch(TEAM, version),
      undeclared(EMBEDDED_TEAMING),
    ]),
    ...WITH_EMBEDDED_TEAMING.map((version): Undecided => [
      `whether adapters in no team are an embedded one, on ${version}`,
      onSwitch([ONE, TWO], version),
      undeclared(EMBEDDED_TEAMING),
    ]),
    ["a speed in an embedded team that is not known", withSpeed(UNKNOWN), unknown("networkAdapters[1].speedMbps")],
    [
      "a speed in an embedded team that is not declared",
      withSpeed(undefined),
      undeclared("networkAdapters[1].speedMbps"),
    ],
    ...BARE_AND_SWITCHED.map(([name, build]): Undecided => [
      `RDMA that is not known in a NIC team ${name}`,
      build(teamWith({ rdma: UNKNOWN })),
      unknown("networkAdapters[0].rdma"),
    ]),
    [
      "the team of an adapter with RDMA",
      nodeWith(teamWith({ rdma: true, team: UNKNOWN }), { operatingSystem: year("2016") }),
      unknown("networkAdapters[0].team"),
    ],
    ["the team of the only adapter", nodeWith([{ ...ONE, team: UNKNOWN }]), unknown("networkAdapters[0].team")],
    [
      "what addresses an adapter is for",
      nodeWith([
        { ...ONE, dynamicAddresses: true },
        { ...TWO, dynamicAddresses: UNKNOWN },
      ]),
      unknown("networkAdapters[1].dynamicAddresses"),
    ],
    [
      "Switch Embedded Teaming that is not known",
      onSwitch(TEAM, year("2022"), { embeddedTeaming: UNKNOWN }),
      unknown(EMBEDDED_TEAMING),
    ],
  ],
});

describe("vm-network-redundancy and host-network-roles", () => {
  it("report an adapter for virtual machines once, with what else is missing", () => {
    assert.match(
      judge(hostNetworkRoles, node(SLOW)).findings.join(),
      /hv1 lacks an adapter for management; 2 adapters for virtual machines instead of 1\.$/,
    );
    assert.deepEqual(judge(hostNetworkRoles, node(`management 0.1; ${SLOW}`)).findings, []);
  });

  it("report a host with a single adapter once", () => {
    const single = nodeWith([ONE], { operatingSystem: year("2019") });
    assert.equal(judge(hostNetworkRoles, single).findings.length, 1);
    assert.deepEqual(judge(vmNetworkRedundancy, single).findings, []);
  });
});
