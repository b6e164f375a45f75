import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { convergedNetworkCaps as rule } from "../../../policies/networks/converged-network-caps";
import { host, MALFORMED, UNKNOWN } from "../../kit";
import { FOLLOWED, parseAdapters } from "../../lib/networks/layouts";
import { adapter, node, nodeWith, said, SILENT } from "./networks";

describe("converged-network-caps", () => {
  for (const [id, adapters] of FOLLOWED) {
    it(`accepts ${id} with its caps, and misses each that is left out`, () => {
      assert.deepEqual(said(rule, node(adapters)), SILENT);
      for (const cap of adapters.match(/\([\d.]+\)/g) ?? []) {
        const { findings, advisory } = said(rule, node(adapters.replace(cap, "")));
        assert.equal(findings.length, 1, cap);
        assert.deepEqual(advisory, ["hv1"]);
        assert.ok(findings[0]?.includes(`a cap of ${cap.slice(1, -1)} % for`), findings[0]);
      }
    });
  }

  it("names the layout, and what is missing", () => {
    assert.deepEqual(
      said(rule, node("2 iscsi; virtualMachines+management 10; cluster+liveMigration(90) 10")).findings,
      [
        "hv1: hv1 follows the network layout four adapters, two for iSCSI and two of 10 Gbps (supported) without " +
          'a cap of 1 % for management on "NIC 3" and a cap of 50 % for live migration on "NIC 4" instead of 90 %.',
      ],
    );
  });

  it("leaves a host that follows no layout to the rule of layouts", () => {
    assert.deepEqual(said(rule, node("virtualMachines+management 1; cluster 1")), SILENT);
  });

  it("stops a host that relies on a reserve where Windows only caps", () => {
    const reserves: PlainObject[] = [
      adapter("NIC 1", "management", { minimumBandwidthWeight: 10 }),
      adapter("NIC 2", "cluster", { minimumBandwidthMbps: 200 }),
      adapter("NIC 3", "liveMigration", { minimumBandwidthWeight: 0 }),
    ];
    for (const operatingSystem of ["Windows Server 2008 SP2", "Windows Server 2008 R2"]) {
      assert.deepEqual(said(rule, [host("hv1", { operatingSystem, networkAdapters: reserves })]), {
        findings: [
          `hv1: hv1 relies on a bandwidth reserve on "NIC 1" and "NIC 2", which ${operatingSystem.replace("SP2", "with Service Pack 2")} does not have.`,
        ],
        undecided: [],
        advisory: [],
      });
    }
    for (const operatingSystem of ["Windows Server 2012", "Windows Server 2022"]) {
      assert.deepEqual(said(rule, nodeWith(reserves, { operatingSystem })), SILENT);
    }
  });

  it("asks newer versions for no caps", () => {
    const bare = node("virtualMachines+management 10; cluster+liveMigration 10", {
      operatingSystem: "Windows Server 2012",
    });
    assert.deepEqual(said(rule, bare), SILENT);
  });

  it("wants one mode on a virtual switch, and a weight for each of its adapters", () => {
    const found = (...adapters: PlainObject[]) =>
      said(
        rule,
        nodeWith(
          adapters.map((one) => ({ ...one, virtualSwitch: "S" })),
          {
            operatingSystem: "Windows Server 2016",
            virtualSwitches: [{ name: "S", type: "external", networkAdapters: ["NIC 1"] }],
          },
        ),
      );
    const management = adapter("Management", "management", { minimumBandwidthWeight: 10 });
    const migration = adapter("Migration", "liveMigration");
    assert.deepEqual(found(management, { ...migration, minimumBandwidthWeight: 40 }), SILENT);
    assert.deepEqual(found(management, { ...migration, minimumBandwidthMbps: 400 }), {
      findings: [
        'hv1: hv1 reserves bandwidth on the virtual switch "S" by weight for "Management" and in Mbps for "Migration".',
      ],
      undecided: [],
      advisory: [],
    });
    assert.deepEqual(found(management, migration), {
      findings: ['hv1: hv1 reserves bandwidth by weight on the virtual switch "S", and none for "Migration".'],
      undecided: [],
      advisory: ["hv1"],
    });
    assert.deepEqual(found(adapter("Management", "management"), migration), SILENT);
  });

  it("says what cannot be decided, and leaves what is malformed to the estate rule", () => {
    const capped = (cap: PlainObject[string]) =>
      said(
        rule,
        nodeWith(
          parseAdapters("virtualMachines+management(1) 10; cluster+liveMigration(50) 10").map((one) =>
            one["purpose"] === "management" ? { ...one, maximumBandwidthPercent: cap } : one,
          ),
        ),
      );
    assert.deepEqual(capped(UNKNOWN).undecided, [
      "hv1: networkAdapters[1].maximumBandwidthPercent is not known until deployment: not decidable at preview by converged-network-caps.",
    ]);
    for (const value of MALFORMED) assert.deepEqual(capped(value), SILENT);
  });
});
