import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import type { Rule } from "../../../lib/rules/rule";
import { replicaCertificate } from "../../../policies/replica/replica-certificate";
import { replicaCompression } from "../../../policies/replica/replica-compression";
import { replicaDiskFormat } from "../../../policies/replica/replica-disk-format";
import { replicaExchange } from "../../../policies/replica/replica-exchange";
import { replicaPageFile } from "../../../policies/replica/replica-page-file";
import { replicaSite } from "../../../policies/replica/replica-site";
import { replicaTrustGroups } from "../../../policies/replica/replica-trust-groups";
import { cluster, host, judge, mailbox, MALFORMED, relationship, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const VERSIONS = ["2012", "2012 R2", "2016", "2019", "2022", "2025"].map((version) => `Windows Server ${version}`);

/** What a rule says of vm1 on hv1 with a replica on hv2. */
function said(
  rule: Rule,
  settings: PlainObject,
  { version = "Windows Server 2012 R2", machine = {}, more = [], sites = [] }: Around = {},
) {
  const [site, otherSite] = sites;
  const { findings, undecided } = judge(rule, [
    host("hv1", { operatingSystem: version, site }),
    host("hv2", { operatingSystem: version, site: otherSite }),
    vm("vm1", { host: "hv1", ...machine }),
    relationship("r1", { virtualMachine: "vm1", primary: "hv1", replica: "hv2", ...settings }),
    ...more,
  ]);
  return { findings, undecided };
}

interface Around {
  readonly version?: string;
  readonly machine?: PlainObject;
  readonly more?: readonly DeclaredResource[];
  readonly sites?: readonly (string | typeof UNKNOWN)[];
}

function disk(name: string, properties: PlainObject = {}): PlainObject {
  return { name, purpose: "data", type: "fixed", format: "VHDX", sizeGB: 10, ...properties };
}

describe("replica-certificate", () => {
  it("advises against Kerberos on every version, and accepts certificates", () => {
    for (const version of VERSIONS) {
      assert.deepEqual(said(replicaCertificate, { authentication: "kerberos" }, { version }), {
        findings: ["r1: r1 is replicated with Kerberos, which does not encrypt the traffic."],
        undecided: [],
      });
      assert.deepEqual(said(replicaCertificate, { authentication: "certificate" }, { version }), SILENT);
    }
  });

  it("leaves hosts without Hyper-V Replica to replica-supported", () => {
    const version = "Windows Server 2008 R2";
    assert.deepEqual(said(replicaCertificate, { authentication: "kerberos" }, { version }), SILENT);
  });

  it("says what cannot be decided, and nothing of what is malformed", () => {
    assert.deepEqual(said(replicaCertificate, { authentication: UNKNOWN }).undecided, [
      "r1: authentication is not known until deployment: not checked by replica-certificate.",
    ]);
    for (const value of MALFORMED) assert.deepEqual(said(replicaCertificate, { authentication: value }), SILENT);
  });
});

describe("replica-compression", () => {
  it("advises only when compression is declared to be off", () => {
    assert.deepEqual(said(replicaCompression, { compression: false }).findings, [
      "r1: r1 is replicated without compression.",
    ]);
    assert.deepEqual(said(replicaCompression, { compression: true }), SILENT);
    assert.deepEqual(said(replicaCompression, {}), SILENT);
    assert.deepEqual(said(replicaCompression, { compression: UNKNOWN }).undecided, [
      "r1: compression is not known until deployment: not checked by replica-compression.",
    ]);
    assert.deepEqual(said(replicaCompression, { compression: "perhaps" }), SILENT);
  });
});

describe("replica-trust-groups", () => {
  const second = (primary: string, trustGroup?: string | typeof UNKNOWN): readonly DeclaredResource[] => [
    host("hv3", { operatingSystem: "Windows Server 2012 R2", cluster: primary === "c1" ? "c1" : undefined }),
    vm("vm2", primary === "c1" ? { cluster: "c1" } : { host: primary }),
    relationship("r2", { virtualMachine: "vm2", primary, replica: "hv2", trustGroup }),
  ];

  it("finds two primary servers in one trust group of a replica server", () => {
    assert.deepEqual(said(replicaTrustGroups, { trustGroup: "G" }, { more: second("hv3", "g") }), {
      findings: ["r2: r2 is replicated from hv3 to hv2 in the trust group g, as r1 is from hv1."],
      undecided: [],
    });
  });

  it("accepts groups of their own, one primary server, and groups that nobody declares", () => {
    assert.deepEqual(said(replicaTrustGroups, { trustGroup: "G" }, { more: second("hv3", "H") }), SILENT);
    assert.deepEqual(said(replicaTrustGroups, { trustGroup: "G" }, { more: second("hv1", "G") }), SILENT);
    assert.deepEqual(said(replicaTrustGroups, {}, { more: second("hv3") }), SILENT);
  });

  it("takes a cluster for one primary server", () => {
    const broker = { replicaBroker: "b1" };
    const machines = [cluster("c1", broker), ...second("c1", "G")];
    const third = [
      vm("vm3", { cluster: "c1" }),
      relationship("r3", { virtualMachine: "vm3", primary: "c1", replica: "hv2", trustGroup: "G" }),
    ];
    assert.deepEqual(said(replicaTrustGroups, {}, { more: [...machines, ...third] }), SILENT);
  });

  it("says what cannot be decided", () => {
    assert.deepEqual(said(replicaTrustGroups, { trustGroup: UNKNOWN }).undecided, [
      "r1: trustGroup is not known until deployment: not checked by replica-trust-groups.",
    ]);
  });
});

describe("replica-page-file", () => {
  const machine = { disks: [disk("system", { purpose: "operatingSystem" }), disk("paging", { purpose: "pageFile" })] };

  it("finds a disk for the paging file that is replicated", () => {
    assert.deepEqual(said(replicaPageFile, {}, { machine }), {
      findings: ['r1: vm1 is replicated with its disk "paging", which holds the paging file.'],
      undecided: [],
    });
    assert.deepEqual(said(replicaPageFile, { excludedDisks: ["other"] }, { machine }).findings.length, 1);
  });

  it("accepts one that is excluded, or that is no virtual hard disk", () => {
    assert.deepEqual(said(replicaPageFile, { excludedDisks: ["Paging"] }, { machine }), SILENT);
    const passThrough = { disks: [disk("paging", { purpose: "pageFile", type: "passThrough", format: undefined })] };
    assert.deepEqual(said(replicaPageFile, {}, { machine: passThrough }), SILENT);
    assert.deepEqual(said(replicaPageFile, {}), SILENT);
  });

  it("says what cannot be decided", () => {
    assert.deepEqual(said(replicaPageFile, { excludedDisks: UNKNOWN }, { machine }).undecided, [
      "r1: excludedDisks is not known until deployment: not checked by replica-page-file.",
    ]);
    const purpose = { disks: [disk("paging", { purpose: UNKNOWN })] };
    assert.deepEqual(said(replicaPageFile, {}, { machine: purpose }).undecided, [
      "vm1: disks[0].purpose is not known until deployment: not checked by replica-page-file.",
    ]);
    const unnamed: PlainObject = { ...disk("paging", { purpose: "pageFile" }), name: UNKNOWN };
    const name = { disks: [unnamed] };
    assert.deepEqual(said(replicaPageFile, { excludedDisks: ["paging"] }, { machine: name }).undecided, [
      "vm1: disks[0].name is not known until deployment: not checked by replica-page-file.",
    ]);
  });
});

describe("replica-disk-format", () => {
  const machine = { disks: [disk("system", { format: "VHD" }), disk("data")] };

  it("finds a VHD with recovery history, on the versions whose rules say so", () => {
    for (const version of VERSIONS) {
      const findings = version.includes("2012")
        ? ['r1: vm1 is replicated with 1 additional recovery point, and its disk "system" is a VHD.']
        : [];
      assert.deepEqual(said(replicaDiskFormat, { recoveryPoints: 1 }, { machine, version }).findings, findings);
    }
  });

  it("accepts it without recovery history, or excluded", () => {
    assert.deepEqual(said(replicaDiskFormat, { recoveryPoints: 0 }, { machine }), SILENT);
    const excludedDisks = ["system"];
    assert.deepEqual(said(replicaDiskFormat, { recoveryPoints: 4, excludedDisks }, { machine }), SILENT);
  });

  it("says what cannot be decided", () => {
    assert.deepEqual(said(replicaDiskFormat, { recoveryPoints: UNKNOWN }, { machine }).undecided, [
      "r1: recoveryPoints is not known until deployment: not checked by replica-disk-format.",
    ]);
  });
});

describe("replica-exchange", () => {
  it("advises against it, whichever way it is declared, and never blocks", () => {
    const servers = [host("hv1", { operatingSystem: "Windows Server 2012" }), host("hv2")];
    const own = judge(replicaExchange, [
      ...servers,
      mailbox("ex1", { host: "hv1", replication: { replicaHost: "hv2" } }),
    ]);
    assert.deepEqual(
      [own.findings, own.advisory],
      [["ex1: ex1 (Exchange 2010 SP1, Mailbox) is replicated by Hyper-V Replica."], ["ex1"]],
    );
    const separate = judge(replicaExchange, [
      ...servers,
      mailbox("ex1", { host: "hv1" }),
      relationship("r1", { virtualMachine: "ex1", primary: "hv1", replica: "hv2" }),
    ]);
    assert.deepEqual(
      [separate.findings, separate.advisory],
      [["r1: ex1 (Exchange 2010 SP1, Mailbox) is replicated by Hyper-V Replica."], ["r1"]],
    );
  });

  it("accepts other virtual machines, and says what cannot be decided", () => {
    assert.deepEqual(said(replicaExchange, {}), SILENT);
    assert.deepEqual(said(replicaExchange, { virtualMachine: UNKNOWN }).undecided, [
      "r1: virtualMachine is not known until deployment: not checked by replica-exchange.",
    ]);
    assert.deepEqual(said(replicaExchange, {}, { machine: { exchange: UNKNOWN } }).undecided, [
      "vm1: exchange is not known until deployment: not checked by replica-exchange.",
    ]);
  });
});

describe("replica-site", () => {
  it("advises against a replica at the same site, as far as sites are declared", () => {
    assert.deepEqual(said(replicaSite, {}, { sites: ["Sydney", "SYDNEY"] }).findings, [
      "r1: r1 is replicated within the site Sydney.",
    ]);
    assert.deepEqual(said(replicaSite, {}, { sites: ["Sydney", "Perth"] }), SILENT);
    assert.deepEqual(said(replicaSite, {}, { sites: ["Sydney"] }), SILENT);
    assert.deepEqual(said(replicaSite, {}), SILENT);
    assert.deepEqual(said(replicaSite, {}, { sites: ["Sydney", UNKNOWN] }).undecided, [
      "hv2: site is not known until deployment: not checked by replica-site.",
    ]);
  });

  it("accepts one that is replicated on to another site", () => {
    const onward = (site: string | undefined, otherSite: string) =>
      said(
        replicaSite,
        {},
        {
          sites: ["Sydney", otherSite],
          more: [
            host("hv3", { operatingSystem: "Windows Server 2016", site }),
            relationship("r2", { virtualMachine: "vm1", primary: "hv2", replica: "hv3" }),
          ],
        },
      );
    assert.deepEqual(onward("Perth", "Sydney"), SILENT);
    assert.deepEqual(onward("Perth", "Perth"), SILENT);
    assert.deepEqual(onward("Sydney", "Perth"), SILENT);
    assert.deepEqual(onward("Sydney", "Sydney").findings, ["r1: r1 is replicated within the site Sydney."]);
  });

  it("accepts a cluster that spans sites", () => {
    const stretched = (site: string) => [
      cluster("c1", { replicaBroker: "b1" }),
      host("hv3", { cluster: "c1", site: "Sydney" }),
      host("hv4", { cluster: "c1", site }),
    ];
    const around = (site: string) => ({ sites: ["Sydney"], more: stretched(site) });
    assert.deepEqual(said(replicaSite, { replica: "c1" }, around("Perth")), SILENT);
    assert.deepEqual(said(replicaSite, { replica: "c1" }, around("Sydney")).findings, [
      "r1: r1 is replicated within the site Sydney.",
    ]);
  });
});
