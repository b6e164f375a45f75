import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { virtualSwitchReserved as rule } from "../../../policies/networks/virtual-switch-reserved";
import { host, judge, MALFORMED, UNKNOWN } from "../../kit";
import { FOLLOWED, parseAdapters } from "./model/layouts";
import { adapter, node, said, SILENT } from "./networks";

const SEPARATE = [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "management")];
const LAN: PlainObject = { name: "LAN", type: "external", networkAdapters: ["NIC 1"] };
const SHARED = 'hv1: hv1 shares the virtual switch "LAN", its only external one, with the management operating system.';

/** A host of no cluster. */
function single(
  virtualSwitches: PlainObject[],
  operatingSystem = "Windows Server 2019",
  networkAdapters: PlainObject[] = SEPARATE,
) {
  return [host("hv1", { operatingSystem, networkAdapters, virtualSwitches })];
}

function found(...declaration: Parameters<typeof single>) {
  return said(rule, single(...declaration));
}

const ADVICE = { findings: [SHARED], undecided: [], advisory: [] };

describe("virtual-switch-reserved", () => {
  it("advises against sharing the only external switch, which is the default", () => {
    for (const version of ["2008 SP2", "2008 R2", "2016", "2019", "2022"]) {
      for (const sharing of [{}, { allowManagementOs: true }]) {
        assert.deepEqual(found([{ ...LAN, ...sharing }], `Windows Server ${version}`), ADVICE, version);
      }
    }
    assert.equal(rule.level, "recommended");
  });

  it("advises against sharing all of them", () => {
    const adapters = [...SEPARATE, adapter("NIC 3", "virtualMachines")];
    const two = [LAN, { name: "DMZ", type: "external", networkAdapters: ["NIC 3"] }];
    assert.deepEqual(found(two, undefined, adapters).findings, [
      'hv1: hv1 shares all of its external virtual switches with the management operating system: the virtual switch "LAN" and the virtual switch "DMZ".',
    ]);
    assert.deepEqual(found([LAN, { ...two[1], allowManagementOs: false }], undefined, adapters), SILENT);
  });

  it("says what to change, and when no document was read for the version", () => {
    const message = (version: string, adapters?: PlainObject[]) =>
      judge(rule, single([LAN], `Windows Server ${version}`, adapters)).messages.join();
    assert.match(
      message("2019"),
      /^Fix: Set allowManagementOs of it to false\. If the networks are converged, declare the virtual adapters of the management operating system \(virtualSwitch\)\.$/m,
    );
    const others = [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "backup")];
    assert.match(
      message("2008 R2", others),
      /^Fix: Add an adapter for management, and set allowManagementOs of it to false\.$/m,
    );
    for (const version of ["2012", "2012 R2", "2025"]) assert.match(message(version), /^Note: no document was found/m);
    assert.doesNotMatch(message("2022"), /Note:/);
  });

  it("accepts a switch for virtual machines alone, and hosts without an external switch", () => {
    assert.deepEqual(found([{ ...LAN, allowManagementOs: false }]), SILENT);
    assert.deepEqual(found([{ ...LAN, type: "internal" }]), SILENT);
    assert.deepEqual(found([]), SILENT);
    assert.deepEqual(said(rule, [host("hv1", { virtualSwitches: [LAN] })]), SILENT);
  });

  it("accepts the documented converged networks from Windows Server 2012 on, and on Azure", () => {
    const two = [adapter("NIC 1", "virtualMachines"), adapter("NIC 2", "virtualMachines")];
    const both = { ...LAN, networkAdapters: ["NIC 1", "NIC 2"] };
    const teamed = two.map((one) => ({ ...one, team: "T" }));
    const virtual = [...SEPARATE, adapter("Management", "management", { virtualSwitch: "lan" })];
    for (const version of ["2012", "2016", "2022", "2025"].map((year) => `Windows Server ${year}`)) {
      assert.deepEqual(found([{ ...both, embeddedTeaming: true }], version, two), SILENT);
      assert.deepEqual(found([{ ...LAN, networkAdapters: ["T"] }], version, teamed), SILENT);
      assert.deepEqual(found([LAN], version, virtual), SILENT);
    }
    assert.deepEqual(found([LAN], "Azure Local"), SILENT);
    // Before, Windows does not divide the bandwidth of a team.
    const named = [{ ...LAN, networkAdapters: ["T"] }];
    assert.deepEqual(found(named, "Windows Server 2008 R2", [...teamed, adapter("NIC 3", "management")]), ADVICE);
  });

  it("accepts the layouts of Windows Server 2008 R2 that share with a cap, in a cluster and without", () => {
    const virtualSwitches = [LAN];
    for (const [id, adapters] of FOLLOWED) {
      assert.deepEqual(said(rule, node(adapters, { virtualSwitches })), SILENT, id);
    }
    const capped = parseAdapters("virtualMachines+management(10) 1; backup 1");
    assert.deepEqual(found([LAN], "Windows Server 2008 R2", capped), SILENT);
    const uncapped = parseAdapters("virtualMachines+management 1; backup 1");
    assert.deepEqual(found([LAN], "Windows Server 2008 R2", uncapped), ADVICE);
  });

  it("leaves hosts with a single adapter to host-network-roles", () => {
    assert.deepEqual(found([LAN], undefined, SEPARATE.slice(0, 1)), SILENT);
    assert.deepEqual(found([LAN], "Windows Server 2008 R2", SEPARATE.slice(0, 1)), ADVICE);
  });

  it("says what cannot be decided, and leaves what is malformed to the estate rule", () => {
    const open = (place: string, reason = "known until deployment") => ({
      findings: [],
      undecided: [`hv1: ${place} is not ${reason}: not checked by virtual-switch-reserved.`],
      advisory: [],
    });
    for (const property of ["type", "allowManagementOs", "embeddedTeaming", "networkAdapters"]) {
      assert.deepEqual(found([{ ...LAN, [property]: UNKNOWN }]), open(`virtualSwitches[0].${property}`));
    }
    const second: PlainObject = { name: "DMZ", type: UNKNOWN, allowManagementOs: UNKNOWN };
    assert.equal(found([LAN, second]).undecided.length, 1);
    assert.deepEqual(found([LAN, second]).findings, []);
    assert.deepEqual(found([{ ...LAN, allowManagementOs: false }, second]), SILENT);
    assert.deepEqual(
      found([{ name: "LAN", type: "external" }]),
      open("virtualSwitches[0].networkAdapters", "declared"),
    );
    const team = SEPARATE.map((one): PlainObject => ({ ...one, team: UNKNOWN }));
    assert.equal(found([LAN], undefined, team).undecided.length, 1);
    const clustered = (operatingSystem: string) =>
      said(rule, [
        host("hv1", { operatingSystem, networkAdapters: SEPARATE, virtualSwitches: [LAN], cluster: UNKNOWN }),
      ]);
    assert.deepEqual(clustered("Windows Server 2008 R2"), open("cluster"));
    assert.deepEqual(clustered("Windows Server 2019"), ADVICE);
    for (const value of MALFORMED) {
      if (value !== true) assert.deepEqual(found([{ ...LAN, allowManagementOs: value }]), SILENT);
    }
  });
});
