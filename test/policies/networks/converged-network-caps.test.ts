import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { convergedNetworkCaps as rule } from "../../../policies/networks/converged-network-caps";
import { host, MALFORMED, UNKNOWN } from "../../kit";
import { FOLLOWED, parseAdapters } from "./model/layouts";
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
          adapters.map((one) => ({ virtualSwitch: "S", ...one })),
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
    assert.deepEqual(found(adapter("Management", "management", { minimumBandwidthWeight: 0 }), migration), SILENT);
    // An adapter with two purposes has one weight.
    assert.deepEqual(found(management, adapter("management", "cluster")), SILENT);
    assert.deepEqual(found(management, { ...migration, virtualSwitch: "s" }).findings, [
      'hv1: hv1 reserves bandwidth by weight on the virtual switch "S", and none for "Migration".',
    ]);
  });

  it("does not pass over a reserve that is not known yet", () => {
    const open = (...places: string[]) => [
      `hv1: ${places.join(" and ")} ${places.length > 1 ? "are" : "is"} not known until deployment: not checked by converged-network-caps.`,
    ];
    const found = (operatingSystem: string, ...adapters: PlainObject[]) =>
      said(rule, nodeWith(adapters, { operatingSystem }));
    const weight = "networkAdapters[0].minimumBandwidthWeight";
    const megabits = "networkAdapters[1].minimumBandwidthMbps";
    const management = adapter("Management", "management", { virtualSwitch: "S", minimumBandwidthWeight: UNKNOWN });
    const migration = adapter("Migration", "liveMigration", { virtualSwitch: "S" });
    const absolute = { ...migration, minimumBandwidthMbps: 400 };
    for (const [adapters, places] of [
      [[management, migration], [weight]],
      [[management, absolute], [weight]],
      [
        [management, { ...migration, minimumBandwidthMbps: UNKNOWN }],
        [weight, megabits],
      ],
      [
        [
          { ...management, minimumBandwidthWeight: 10 },
          { ...migration, minimumBandwidthMbps: UNKNOWN },
        ],
        [megabits],
      ],
      [
        [
          { ...management, minimumBandwidthWeight: 10 },
          { ...absolute, virtualSwitch: UNKNOWN },
        ],
        ["networkAdapters[1].virtualSwitch"],
      ],
    ] as const) {
      assert.deepEqual(found("Windows Server 2016", ...adapters), {
        findings: [],
        undecided: open(...places),
        advisory: [],
      });
    }
    // Whatever it is, every adapter has a weight; and without any reserve the switches do not matter.
    const weighted = { ...migration, minimumBandwidthWeight: 40 };
    assert.deepEqual(found("Windows Server 2016", management, weighted), SILENT);
    assert.deepEqual(found("Windows Server 2016", adapter("NIC 1", "backup", { virtualSwitch: UNKNOWN })), SILENT);
    assert.deepEqual(found("Windows Server 2008", management).undecided, open(weight));
    const reserved = found("Windows Server 2008", management, absolute);
    assert.equal(reserved.findings.length, 1);
    assert.deepEqual(reserved.undecided, open(weight));
  });

  it("does not guess a speed without saying so", () => {
    const asked = "networkAdapters[0].speedMbps and networkAdapters[2].speedMbps are not declared";
    assert.deepEqual(said(rule, node("virtualMachines+management; cluster+liveMigration")), {
      findings: [],
      undecided: [`hv1: ${asked}: not checked by converged-network-caps.`],
      advisory: [],
    });
    assert.deepEqual(said(rule, node("virtualMachines+management; cluster; liveMigration")).findings, [
      'hv1: hv1 follows the network layout three adapters of 1 Gbps (supported) without a cap of 10 % for management on "NIC 1". The speed of "NIC 1" is not declared, and taken for 1 Gbps.',
    ]);
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
      "hv1: networkAdapters[1].maximumBandwidthPercent is not known until deployment: not checked by converged-network-caps.",
    ]);
    const partly = parseAdapters("virtualMachines+management(1) 10; cluster+liveMigration 10").map(
      (one): PlainObject => (one["purpose"] === "management" ? { ...one, maximumBandwidthPercent: UNKNOWN } : one),
    );
    assert.deepEqual(said(rule, nodeWith(partly)), {
      findings: [
        'hv1: hv1 follows the network layout two adapters of 10 Gbps (supported) without a cap of 50 % for live migration on "NIC 2".',
      ],
      undecided: [
        "hv1: networkAdapters[1].maximumBandwidthPercent is not known until deployment: not checked by converged-network-caps.",
      ],
      advisory: ["hv1"],
    });
    for (const value of MALFORMED) assert.deepEqual(capped(value), SILENT);
  });
});
