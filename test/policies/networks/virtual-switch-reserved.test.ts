import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { virtualSwitchReserved } from "../../../policies/networks/virtual-switch-reserved";
import { host, judge, MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";
import { FOLLOWED, parseAdapters } from "./model/layouts";
import { adapter, node } from "./networks";

const SEPARATE = [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "management")];
const LAN: PlainObject = { name: "LAN", type: "external", networkAdapters: ["NIC 1"] };
const DMZ: PlainObject = { name: "DMZ", type: "external", networkAdapters: ["NIC 3"] };
const THREE = [...SEPARATE, adapter("NIC 3", "virtualMachines")];
const R2 = "Windows Server 2008 R2";
const SHARED =
  'hv1: hv1 shares the virtual switch "LAN", its only external one, with the management operating system by default.';
const CONVERGED =
  " If the networks are converged, declare the virtual adapters of the management operating system (virtualSwitch).";

/** A host outside of a cluster. */
function single(
  virtualSwitches: PlainObject[],
  operatingSystem = "Windows Server 2019",
  networkAdapters: PlainObject[] = SEPARATE,
) {
  return [host("hv1", { operatingSystem, networkAdapters, virtualSwitches })];
}

/** A node of a cluster that is not known. */
function clustered(operatingSystem: string) {
  return [host("hv1", { operatingSystem, networkAdapters: SEPARATE, virtualSwitches: [LAN], cluster: UNKNOWN })];
}

const TWO = [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "virtualMachines")];
const TEAMED = TWO.map((one) => ({ ...one, team: "T" }));
const ON_TEAM = [{ ...LAN, networkAdapters: ["T"] }];
const WITH_VIRTUAL = [...SEPARATE, adapter("Management", "management", { virtualSwitch: "lan" })];
const UNKNOWN_SECOND: PlainObject = { name: "DMZ", type: UNKNOWN, allowManagementOs: UNKNOWN };
const FIRST_ALONE = SEPARATE.slice(0, 1);

function unknown(place: string): string {
  return `hv1: ${place} is not known until deployment: not checked by virtual-switch-reserved.`;
}

ruleTest(virtualSwitchReserved, {
  passes: [
    ["a switch for virtual machines alone", single([{ ...LAN, allowManagementOs: false }])],
    [
      "one of two switches for virtual machines alone",
      single([LAN, { ...DMZ, allowManagementOs: false }], undefined, THREE),
    ],
    ["an internal switch", single([{ ...LAN, type: "internal" }])],
    ["no switch", single([])],
    ["a host that declares no adapters", [host("hv1", { virtualSwitches: [LAN] })]],
    ...["2012", "2016", "2022", "2025"]
      .map((year) => `Windows Server ${year}`)
      .flatMap((version): readonly Passes[] => [
        [
          `an embedded team of ${version}`,
          single([{ ...LAN, networkAdapters: ["NIC 1", "NIC 2"], embeddedTeaming: true }], version, TWO),
        ],
        [`a team below the switch on ${version}`, single(ON_TEAM, version, TEAMED)],
        [`declared virtual adapters on ${version}`, single([LAN], version, WITH_VIRTUAL)],
      ]),
    ["Azure Local, of which no document asks for it", single([LAN], "Azure Local")],
    ...FOLLOWED.map(([id, adapters]): Passes => [`${id} in a cluster`, node(adapters, { virtualSwitches: [LAN] })]),
    [
      "management with a cap, outside of a cluster",
      single([LAN], R2, parseAdapters("virtualMachines+management(10) 1; backup 1")),
    ],
    ["a single adapter, which host-network-roles reports", single([LAN], undefined, FIRST_ALONE)],
    [
      "a switch for virtual machines alone beside one that is not known",
      single([{ ...LAN, allowManagementOs: false }, UNKNOWN_SECOND]),
    ],
    ...MALFORMED.filter((value) => value !== true).map((value): Passes => [
      `${JSON.stringify(value)} for allowManagementOs, which the estate rule reports`,
      single([{ ...LAN, allowManagementOs: value }]),
    ]),
  ],
  finds: [
    ...["2008 SP2", "2008 R2", "2016", "2019", "2022"].flatMap((year): readonly Finds[] => [
      [`the only switch shared by default on ${year}`, single([LAN], `Windows Server ${year}`), SHARED],
      [
        `the only switch declared as shared on ${year}`,
        single([{ ...LAN, allowManagementOs: true }], `Windows Server ${year}`),
        'hv1: hv1 shares the virtual switch "LAN", its only external one, with the management operating system.',
      ],
    ]),
    [
      "the only switch, and what to change",
      single([LAN]),
      SHARED,
      {
        found: { value: true },
        limit: { bound: "exactly", value: false },
        change: { path: "virtualSwitches[0].allowManagementOs", value: false },
        fix: `Set allowManagementOs of the virtual switch "LAN" to false.${CONVERGED}`,
        source: "bpa-2016",
      },
    ],
    [
      "the only switch of a host without an adapter for management",
      single([LAN], R2, [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "backup")]),
      SHARED,
      {
        fix: 'Add an adapter for management that no virtual switch uses, and set allowManagementOs of the virtual switch "LAN" to false.',
        source: "guest-only-networks-2009",
      },
    ],
    [
      "all switches, shared by default",
      single([LAN, DMZ], undefined, THREE),
      'hv1: hv1 shares all of its external virtual switches ("LAN" and "DMZ") with the management operating system by default.',
      { fix: `Set allowManagementOs of one of these virtual switches to false.${CONVERGED}` },
    ],
    [
      "all switches, one of them shared by default",
      single([{ ...LAN, allowManagementOs: true }, DMZ], undefined, THREE),
      'hv1: hv1 shares all of its external virtual switches ("LAN" and "DMZ" (by default)) with the management operating system.',
    ],
    [
      "a team before Windows Server 2012, which does not divide its bandwidth",
      single(ON_TEAM, R2, [...TEAMED, adapter("NIC 3", "management")]),
      SHARED,
    ],
    [
      "management without a cap, outside of a cluster",
      single([LAN], R2, parseAdapters("virtualMachines+management 1; backup 1")),
      SHARED,
      {
        fix: 'Add an adapter for management that no virtual switch uses, and set allowManagementOs of the virtual switch "LAN" to false.',
      },
    ],
    ["a single adapter before Windows Server 2012", single([LAN], R2, FIRST_ALONE), SHARED],
    ["a node of an unknown cluster, where no layouts are documented", clustered("Windows Server 2019"), SHARED],
  ],
  undecided: [
    ...["type", "allowManagementOs", "embeddedTeaming", "networkAdapters"].map((property): Undecided => [
      `${property} that is not known`,
      single([{ ...LAN, [property]: UNKNOWN }]),
      unknown(`virtualSwitches[0].${property}`),
    ]),
    [
      "a second switch that is not known",
      single([LAN, UNKNOWN_SECOND]),
      "hv1: virtualSwitches[1].allowManagementOs and virtualSwitches[1].type are not known until deployment: not checked by virtual-switch-reserved.",
    ],
    [
      "adapters that the switch does not declare",
      single([{ name: "LAN", type: "external" }]),
      "hv1: virtualSwitches[0].networkAdapters is not declared: not checked by virtual-switch-reserved.",
    ],
    [
      "teams that are not known",
      single(
        [LAN],
        undefined,
        SEPARATE.map((one) => ({ ...one, team: UNKNOWN })),
      ),
      "hv1: networkAdapters[0].team is not known until deployment: not checked by virtual-switch-reserved.",
    ],
    ["a node of an unknown cluster, where layouts are documented", clustered(R2), unknown("cluster")],
  ],
});

describe("virtual-switch-reserved by the version of the host", () => {
  it("says when no document was read for the version", () => {
    const message = (version: string) =>
      judge(virtualSwitchReserved, single([LAN], `Windows Server ${version}`)).messages.join();
    for (const version of ["2012", "2012 R2", "2025"]) assert.match(message(version), /^Note: no document was found/m);
    assert.doesNotMatch(message("2022"), /Note:/);
  });

  it("only recommends", () => {
    assert.equal(virtualSwitchReserved.level, "recommended");
  });
});
