import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { replicaSupported as rule } from "../../../policies/replica/replica-supported";
import { cluster, host, judge, MALFORMED, relationship, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2 = "Windows Server 2012 R2";

interface Estate {
  readonly primary?: PlainObject;
  readonly replica?: PlainObject;
  readonly machine?: PlainObject;
  readonly settings?: PlainObject;
  readonly more?: readonly DeclaredResource[];
}

/** A virtual machine on hv1 with a replica on hv2, both of Windows Server 2012 R2 unless the test says otherwise. */
function estate({ primary, replica, machine, settings, more = [] }: Estate): readonly DeclaredResource[] {
  return [
    host("hv1", { operatingSystem: R2, ...primary }),
    host("hv2", { operatingSystem: R2, ...replica }),
    vm("vm1", { host: "hv1", ...machine }),
    relationship("r1", { virtualMachine: "vm1", primary: "hv1", replica: "hv2", ...settings }),
    ...more,
  ];
}

function judged(declared: Estate) {
  return judge(rule, estate(declared));
}

function said(declared: Estate) {
  const { findings, undecided } = judged(declared);
  return { findings, undecided };
}

function both(operatingSystem: string): Estate {
  return { primary: { operatingSystem }, replica: { operatingSystem } };
}

describe("replica-supported", () => {
  it("accepts what each host version offers, and no other frequency", () => {
    const versions: Readonly<Record<string, readonly number[]>> = {
      "Windows Server 2012": [300],
      "Windows Server 2012 R2": [30, 300, 900],
      "Windows Server 2016": [30, 300, 900],
      "Windows Server 2025": [30, 300, 900],
    };
    for (const [version, offered] of Object.entries(versions)) {
      for (const frequencySeconds of [30, 60, 299, 300, 301, 900]) {
        const { findings, advisory } = judged({ ...both(version), settings: { frequencySeconds } });
        assert.deepEqual([findings.length, advisory], [offered.includes(frequencySeconds) ? 0 : 1, []], version);
      }
    }
    assert.deepEqual(said({ ...both("Windows Server 2012"), settings: { frequencySeconds: 30 } }), {
      findings: ["r1: r1 is replicated every 30 seconds. Windows Server 2012 replicates every 300 seconds."],
      undecided: [],
    });
    assert.deepEqual(said({ settings: { frequencySeconds: 60 } }), {
      findings: [
        "r1: r1 is replicated every 60 seconds. Windows Server 2012 R2 replicates every 30, 300 or 900 seconds.",
      ],
      undecided: [],
    });
  });

  it("accepts as many recovery points as the host version keeps", () => {
    assert.deepEqual(said({ ...both("Windows Server 2012"), settings: { recoveryPoints: 15 } }), SILENT);
    assert.deepEqual(said({ ...both("Windows Server 2012"), settings: { recoveryPoints: 16 } }).findings, [
      "r1: r1 keeps 16 additional recovery points. Windows Server 2012 keeps at most 15.",
    ]);
    assert.deepEqual(said({ settings: { recoveryPoints: 24 } }), SILENT);
    assert.deepEqual(said({ settings: { recoveryPoints: 25 } }).findings, [
      "r1: r1 keeps 25 additional recovery points. Windows Server 2012 R2 keeps at most 24.",
    ]);
  });

  it("finds hosts before Windows Server 2012 at either end, and says nothing more of them", () => {
    for (const version of ["2008", "2008 SP2", "2008 R2", "2008 R2 SP1"]) {
      const operatingSystem = `Windows Server ${version}`;
      const settings = { frequencySeconds: 60, recoveryPoints: 99 };
      assert.equal(judged({ ...both(operatingSystem), settings }).findings.length, 1, version);
      assert.equal(judged({ replica: { operatingSystem } }).findings.length, 1, version);
    }
    assert.deepEqual(said({ primary: { operatingSystem: "Windows Server 2008 R2 SP1" } }), {
      findings: [
        "r1: r1 is replicated, but Windows Server 2008 R2 with Service Pack 1 on hv1 does not have Hyper-V Replica.",
      ],
      undecided: [],
    });
    assert.deepEqual(judged(both("Windows Server 2008 R2")).advisory, []);
  });

  it("judges two versions by what both have", () => {
    const mixed: Estate = { primary: { operatingSystem: "Windows Server 2012" } };
    assert.deepEqual(said({ ...mixed, settings: { recoveryPoints: 15 } }), SILENT);
    assert.deepEqual(said({ ...mixed, settings: { recoveryPoints: 16 } }).findings, [
      "r1: r1 keeps 16 additional recovery points. Windows Server 2012 keeps at most 15.",
    ]);
  });

  it("finds a replica server that is older than the primary server", () => {
    const back = judged({ replica: { operatingSystem: "Windows Server 2012" } });
    assert.deepEqual(
      [back.findings, back.advisory],
      [["r1: r1 is replicated from Windows Server 2012 R2 to Windows Server 2012, which is older."], []],
    );
    for (const operatingSystem of ["Windows Server 2016", "Windows Server 2022"]) {
      const { findings, advisory } = judged({ primary: { operatingSystem } });
      assert.deepEqual(
        [findings, advisory],
        [[`r1: r1 is replicated from ${operatingSystem} to Windows Server 2012 R2, which is older.`], ["r1"]],
      );
    }
    assert.deepEqual(said({ primary: { operatingSystem: "Windows Server 2012" } }), SILENT);
  });

  it("serves virtual machines that declare their replication themselves, in the same way", () => {
    const declare = (replication: PlainObject) =>
      judge(rule, [
        host("hv1", { operatingSystem: R2 }),
        host("hv2", { operatingSystem: R2 }),
        vm("vm1", { host: "hv1", replication }),
      ]);
    assert.deepEqual(declare({ replicaHost: "hv2" }).findings, []);
    assert.deepEqual(declare({ replicaHost: "hv2", frequencySeconds: 60, recoveryPoints: 25 }).findings, [
      "vm1: vm1 is replicated every 60 seconds. Windows Server 2012 R2 replicates every 30, 300 or 900 seconds.",
      "vm1: vm1 keeps 25 additional recovery points. Windows Server 2012 R2 keeps at most 24.",
    ]);
    assert.deepEqual(declare({ replicaHost: "hv1" }).findings, ["vm1: vm1 is replicated from hv1 to hv1 itself."]);
    const { findings, applied } = judge(rule, [vm("vm1", {})]);
    assert.deepEqual([findings, applied], [[], 0]);
  });

  it("finds a replica on the primary server, or on its cluster", () => {
    assert.deepEqual(said({ settings: { replica: "hv1" } }).findings, ["r1: r1 is replicated from hv1 to hv1 itself."]);
    const inside = judged({
      primary: { cluster: "c1" },
      replica: { cluster: "c1" },
      settings: { broker: "b1" },
      more: [cluster("c1", { replicaBroker: "b1" })],
    });
    assert.deepEqual(
      [inside.findings, inside.advisory],
      [["r1: r1 is replicated from hv1 to hv2, which is in the same cluster c1."], ["r1"]],
    );
    assert.deepEqual(
      said({
        primary: { cluster: "c1" },
        settings: { primary: "c1", replica: "b1" },
        more: [cluster("c1", { replicaBroker: "b1" })],
      }).findings,
      ["r1: r1 is replicated from c1 to c1 itself."],
    );
  });

  it("asks for a broker in every cluster that takes part", () => {
    const clustered: Estate = { replica: { cluster: "c2" } };
    assert.deepEqual(said({ ...clustered, more: [cluster("c2")] }).findings, [
      "r1: r1 is replicated to hv2, a node of the cluster c2, which has no Hyper-V Replica Broker.",
    ]);
    const settings = { replica: "c2" };
    assert.deepEqual(said({ ...clustered, settings, more: [cluster("c2")] }).findings, [
      "r1: r1 is replicated to the cluster c2, which has no Hyper-V Replica Broker.",
    ]);
    assert.deepEqual(said({ ...clustered, more: [cluster("c2", { replicaBroker: "b2" })] }), SILENT);
    assert.deepEqual(said({ ...clustered, settings: { broker: "b2" }, more: [cluster("c2")] }), SILENT);
    const viaBroker = { replica: "B2" };
    assert.deepEqual(
      said({ ...clustered, settings: viaBroker, more: [cluster("c2", { replicaBroker: "b2" })] }),
      SILENT,
    );
  });

  it("takes the relationship's broker for the replica's cluster, else for the primary's", () => {
    const primary = { cluster: "c1" };
    const settings = { broker: "b1" };
    assert.deepEqual(said({ primary, settings, more: [cluster("c1")] }), SILENT);
    assert.deepEqual(said({ primary, more: [cluster("c1")] }).findings, [
      "r1: r1 is replicated from hv1, a node of the cluster c1, which has no Hyper-V Replica Broker.",
    ]);
    const two = [cluster("c1"), cluster("c2")];
    assert.deepEqual(said({ primary, replica: { cluster: "c2" }, settings, more: two }).findings, [
      "r1: r1 is replicated from hv1, a node of the cluster c1, which has no Hyper-V Replica Broker.",
    ]);
  });

  it("cannot decide on a broker that only the deployment tells", () => {
    const replica = { cluster: "c2" };
    assert.deepEqual(said({ replica, more: [cluster("c2", { replicaBroker: UNKNOWN })] }), {
      findings: [],
      undecided: ["c2: replicaBroker is not known until deployment: not checked by replica-supported."],
    });
  });

  it("asks for certificates where Kerberos cannot be", () => {
    const settings = { authentication: "Kerberos" };
    const domains = (one: string | undefined, other: string | undefined) =>
      judged({ primary: { domain: one }, replica: { domain: other }, settings });
    assert.deepEqual(domains(undefined, undefined).findings, []);
    assert.deepEqual(domains("contoso.com", "CONTOSO.COM").findings, []);
    assert.deepEqual(domains("contoso.com", "eu.contoso.com").findings, []);
    const workgroup = domains("contoso.com", "WORKGROUP");
    assert.deepEqual(
      [workgroup.findings, workgroup.advisory],
      [["r1: r1 is replicated with Kerberos, and a server at one end is in a workgroup."], []],
    );
    const foreign = domains("contoso.com", "fabrikam.com");
    assert.deepEqual(
      [foreign.findings, foreign.advisory],
      [["r1: r1 is replicated with Kerberos from the domain contoso.com to the domain fabrikam.com."], ["r1"]],
    );
    assert.deepEqual(said({ primary: { domain: "contoso.com" }, replica: { domain: "workgroup" } }), SILENT);
  });

  it("compares ports with the other authentication's, and with the other relationships to the server", () => {
    const port = (authentication: string, number: number | undefined) =>
      judged({ settings: { authentication, port: number } });
    for (const [authentication, number] of [
      ["kerberos", 80],
      ["kerberos", 8080],
      ["kerberos", undefined],
      ["certificate", 443],
      ["certificate", undefined],
    ] as const) {
      assert.deepEqual(port(authentication, number).findings, []);
    }
    const swapped = port("certificate", 80);
    assert.deepEqual(
      [swapped.findings, swapped.advisory],
      [["r1: r1 is replicated with certificates over port 80 of hv2, which is the default port for Kerberos."], ["r1"]],
    );
    assert.deepEqual(judged({ settings: { replica: UNKNOWN, port: 80 } }).findings, [
      "r1: r1 is replicated with certificates over port 80, which is the default port for Kerberos.",
    ]);
    const second = (properties: PlainObject) =>
      said({
        more: [
          vm("vm2", { host: "hv1" }),
          relationship("r2", { virtualMachine: "vm2", primary: "hv1", replica: "hv2", ...properties }),
        ],
      }).findings;
    assert.deepEqual(second({ port: 443 }), []);
    assert.deepEqual(second({ authentication: "kerberos" }), []);
    assert.deepEqual(second({ port: 8443 }), [
      "r2: r2 is replicated with certificates over port 8443 of hv2, but r1 with certificates over port 443.",
    ]);
  });

  it("finds a second replica of one virtual machine, but not an extended one", () => {
    const third = host("hv3", { operatingSystem: R2 });
    const more = (primary: string) => [third, relationship("r2", { virtualMachine: "vm1", primary, replica: "hv3" })];
    assert.deepEqual(said({ more: more("hv1") }).findings, [
      "r2: r2 is replicated from hv1 to hv3, and vm1 is replicated from there to hv2 already.",
    ]);
    assert.deepEqual(said({ more: more("hv2") }), SILENT);
  });

  describe("judges extended replication", () => {
    const server = (name: string, operatingSystem: string = R2) => host(name, { operatingSystem });
    const onward = (name: string, primary: string, replica: string, settings: PlainObject = {}) =>
      relationship(name, { virtualMachine: "vm1", primary, replica, ...settings });
    const extended = (settings: PlainObject, operatingSystem = R2, more: readonly DeclaredResource[] = []) =>
      judged({
        ...both(operatingSystem),
        more: [server("hv3", operatingSystem), onward("r2", "hv2", "hv3", settings), ...more],
      });

    it("which is new in Windows Server 2012 R2", () => {
      const { findings, advisory } = extended({}, "Windows Server 2012");
      assert.deepEqual(
        [findings, advisory],
        [["r2: r2 is replicated on from hv2 to hv3, but Windows Server 2012 does not have extended replication."], []],
      );
      for (const version of [R2, "Windows Server 2016", "Windows Server 2019", "Windows Server 2025"]) {
        assert.deepEqual(extended({}, version).findings, [], version);
      }
    });

    it("which does not have 30 seconds, as advice", () => {
      for (const frequencySeconds of [300, 900]) assert.deepEqual(extended({ frequencySeconds }).findings, []);
      const { findings, advisory } = extended({ frequencySeconds: 30 });
      assert.deepEqual(
        [findings, advisory],
        [
          [
            "r2: r2 is replicated on every 30 seconds. Windows Server 2012 R2 extends replication every 300 or 900 seconds.",
          ],
          ["r2"],
        ],
      );
      assert.deepEqual(extended({ frequencySeconds: 60 }).findings, [
        "r2: r2 is replicated every 60 seconds. Windows Server 2012 R2 replicates every 30, 300 or 900 seconds.",
      ]);
      assert.deepEqual(
        said({ settings: { frequencySeconds: 30 }, more: [server("hv3"), onward("r2", "hv2", "hv3")] }),
        SILENT,
      );
    });

    it("which goes to one third server, and no further", () => {
      const further = [server("hv4"), onward("r3", "hv3", "hv4")];
      assert.deepEqual(extended({}, R2, further).findings, [
        "r3: r3 is replicated on from hv3 to hv4, and r2 has extended it to hv3 already.",
      ]);
      const two = [server("hv4"), onward("r3", "hv2", "hv4")];
      assert.deepEqual(extended({}, R2, two).findings, [
        "r3: r3 is replicated from hv2 to hv4, and vm1 is replicated from there to hv3 already.",
      ]);
      assert.deepEqual(said({ more: [onward("r2", "hv2", "hv1")] }).findings, [
        "r2: r2 is replicated on from hv2 to hv1, from where it comes: extended replication goes to a third server.",
      ]);
    });

    it("of a virtual machine that declares its first replication itself", () => {
      const estate = (operatingSystem: string) => [
        ...["hv1", "hv2", "hv3"].map((name) => server(name, operatingSystem)),
        vm("vm1", { host: "hv1", replication: { replicaHost: "hv2" } }),
        onward("r2", "hv2", "hv3"),
      ];
      assert.deepEqual(judge(rule, estate(R2)).findings, []);
      assert.equal(judge(rule, estate("Windows Server 2012")).findings.length, 1);
    });

    it("as far as versions are known", () => {
      const open = said({ more: [host("hv3", { operatingSystem: UNKNOWN }), onward("r2", "hv2", "hv3")] });
      assert.deepEqual(open, {
        findings: [],
        undecided: ["hv3: operatingSystem is not known until deployment: not checked by replica-supported."],
      });
    });
  });

  it("takes one replication that is declared twice for one", () => {
    const again = relationship("r2", { virtualMachine: "vm1", primary: "hv1", replica: "hv2" });
    assert.deepEqual(said({ more: [again] }), SILENT);
  });

  it("advises on pass-through disks, which are not replicated", () => {
    const disks = [{ name: "logs", purpose: "data", type: "passThrough", sizeGB: 100 }];
    const { findings, advisory } = judged({ machine: { disks } });
    assert.deepEqual([findings, advisory], [['r1: vm1 is replicated without its pass-through disk "logs".'], ["r1"]]);
    assert.deepEqual(said({ machine: { disks }, settings: { excludedDisks: ["LOGS"] } }), SILENT);
  });

  it("advises on a replica server that is not declared: it may be somebody else's", () => {
    const { findings, advisory } = judged({ settings: { replica: "dr.hoster.example" } });
    assert.deepEqual(
      [findings, advisory],
      [
        ["r1: r1 is replicated to dr.hoster.example, which is not declared, so that its version cannot be judged."],
        ["r1"],
      ],
    );
    assert.deepEqual(
      judged({ settings: { replica: "dr.hoster.example", frequencySeconds: 60 } }).findings.length,
      2,
      "the primary server is known",
    );
  });

  it("says what cannot be decided, and what is wrong all the same", () => {
    for (const property of ["replica", "primary", "frequencySeconds", "recoveryPoints", "authentication", "port"]) {
      assert.deepEqual(said({ settings: { [property]: UNKNOWN } }), {
        findings: [],
        undecided: [`r1: ${property} is not known until deployment: not checked by replica-supported.`],
      });
    }
    assert.deepEqual(said({ primary: { operatingSystem: UNKNOWN } }).undecided, [
      "hv1: operatingSystem is not known until deployment: not checked by replica-supported.",
    ]);
    assert.deepEqual(
      said({ primary: { operatingSystem: UNKNOWN }, replica: { operatingSystem: "Windows Server 2008 R2" } }).findings,
      ["r1: r1 is replicated, but Windows Server 2008 R2 on hv2 does not have Hyper-V Replica."],
    );
    assert.deepEqual(said({ primary: { operatingSystem: UNKNOWN }, settings: { frequencySeconds: 60 } }).findings, [
      "r1: r1 is replicated every 60 seconds. Windows Server 2012 R2 replicates every 30, 300 or 900 seconds.",
    ]);
    const machine = vm("vm1", { host: "hv1", replication: UNKNOWN });
    assert.deepEqual(judge(rule, [host("hv1", { operatingSystem: R2 }), machine]), {
      findings: [],
      undecided: ["vm1: replication is not known until deployment: not checked by replica-supported."],
      applied: 1,
      messages: [],
      violations: [],
      advisory: [],
    });
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      for (const property of ["frequencySeconds", "recoveryPoints", "authentication", "port", "virtualMachine"]) {
        const allowed = property === "virtualMachine" || typeof value !== "number";
        if (allowed) assert.deepEqual(said({ settings: { [property]: value } }), SILENT, property);
      }
    }
  });
});
