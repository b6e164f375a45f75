import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestOsSupported as rule } from "../../../policies/guests/guest-os-supported";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";

function judged(operatingSystem: string, properties: PlainObject) {
  return judge(rule, [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", ...properties })]);
}

function said(operatingSystem: string, properties: PlainObject) {
  const { findings, undecided } = judged(operatingSystem, properties);
  return { findings, undecided };
}

function unsupported(guest: string, host: string) {
  return [`vm1: vm1 runs ${guest} on ${host}, which does not support that guest.`];
}

/** The document's list of May 2011: guest, and the editions and architectures that it names. */
const LISTED: readonly (readonly [string, readonly PlainObject[]])[] = [
  ["Windows Server 2008 R2 with Service Pack 1", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2008 R2", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2008", editions("Standard", "Standard without Hyper-V", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2008", editions("Enterprise without Hyper-V", "Datacenter without Hyper-V", "HPC Edition")],
  ["Windows Server 2003 R2 with Service Pack 2", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Home Server 2011", editions("Standard")],
  ["Windows Storage Server 2008 R2", editions("Essentials")],
  ["Windows Small Business Server 2011", editions("Essentials", "Standard")],
  ["Windows Server 2003 R2 x64 Edition with Service Pack 2", editions("Standard", "Enterprise", "Datacenter")],
  ["Windows Server 2003 with Service Pack 2", editions("Standard", "Enterprise", "Datacenter", "Web")],
  ["Windows Server 2003 x64 Edition with Service Pack 2", editions("Standard", "Enterprise", "Datacenter")],
  ...["5.2", "5.3", "5.4", "5.5", "5.6"].map((release) => [`CentOS ${release}`, architectures()] as const),
  ...["5.2", "5.3", "5.4", "5.5", "5.6"].map(
    (release) => [`Red Hat Enterprise Linux ${release}`, architectures()] as const,
  ),
  ["SUSE Linux Enterprise Server 11 with Service Pack 1", architectures()],
  ["SUSE Linux Enterprise Server 10 with Service Pack 4", architectures()],
];

function editions(...names: readonly string[]): readonly PlainObject[] {
  return names.map((edition) => ({ edition }));
}

function architectures(): readonly PlainObject[] {
  return [{ architecture: "x86" }, { architecture: "x64" }];
}

describe("guest-os-supported", () => {
  for (const operatingSystem of ["Windows Server 2008 R2", R2_SP1]) {
    it(`accepts every guest that the document lists for ${operatingSystem}`, () => {
      for (const [guestOs, variants] of LISTED)
        for (const variant of [{}, ...variants])
          assert.deepEqual(
            said(operatingSystem, { guestOs, ...variant }),
            SILENT,
            `${guestOs} ${JSON.stringify(variant)}`,
          );
    });
  }

  it("finds the guests just beside that list: service pack, edition, architecture, release", () => {
    const outside: readonly (readonly [PlainObject, string])[] = [
      [{ guestOs: "Windows Server 2003 R2" }, "Windows Server 2003 R2"],
      [{ guestOs: "Windows Server 2003 SP1" }, "Windows Server 2003 with Service Pack 1"],
      [{ guestOs: "Windows Server 2003 x64 SP2", edition: "Web" }, "Windows Server 2003 Web (x64) with Service Pack 2"],
      [{ guestOs: R2_SP1, edition: "Foundation" }, "Windows Server 2008 R2 Foundation with Service Pack 1"],
      [{ guestOs: "CentOS 5.1" }, "CentOS 5.1"],
      [{ guestOs: "RHEL 5.1" }, "Red Hat Enterprise Linux 5.1"],
      [{ guestOs: "SLES 10 SP2" }, "SUSE Linux Enterprise Server 10 with Service Pack 2"],
      [{ guestOs: "Windows Server 2016" }, "Windows Server 2016"],
    ];
    for (const [properties, name] of outside)
      assert.deepEqual(said(R2_SP1, properties), {
        findings: unsupported(name, "Windows Server 2008 R2 with Service Pack 1"),
        undecided: [],
      });
  });

  it("tells editions apart only where the declaration names one", () => {
    assert.deepEqual(said("Windows Server 2022", { guestOs: "Windows 7 SP1" }), SILENT);
    assert.deepEqual(said("Windows Server 2022", { guestOs: "Windows 7 SP1", edition: "Enterprise" }), SILENT);
    const { findings } = said("Windows Server 2022", { guestOs: "Windows 7 SP1", edition: "Home" });
    assert.deepEqual(findings, unsupported("Windows 7 Home with Service Pack 1", "Windows Server 2022"));
  });

  it("knows the lists of later hosts", () => {
    const lists: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ["2012 R2", ["Windows Server 2003 SP2", "Windows Server 2012 R2", "CentOS 6.5"], ["SLES 10 SP4", "RHEL 9"]],
      ["2016", ["Windows Server 2008 SP2", "Windows Server 2019", "RHEL 9"], ["Windows Server 2003 R2 SP2"]],
      ["2019", ["Windows Server 2022", "Ubuntu 22.04"], ["Windows Server 2025", "Windows XP SP3"]],
      ["2022", ["Windows Server 2025", "Windows 10", "Debian 12"], ["Windows 7", "Windows 2000 Server SP4"]],
      ["2025", ["Windows Server 2008 R2 SP1", "Ubuntu 24.04"], ["Windows Server 2008 R2", "Windows Vista SP2"]],
    ];
    for (const [version, listed, missing] of lists) {
      const operatingSystem = `Windows Server ${version}`;
      for (const guestOs of listed) assert.deepEqual(said(operatingSystem, { guestOs }), SILENT, guestOs);
      for (const guestOs of missing) assert.equal(said(operatingSystem, { guestOs }).findings.length, 1, guestOs);
    }
  });

  it("accepts a guest only in the generations that it boots in", () => {
    const second = { generation: 2 };
    for (const guestOs of ["Windows Server 2012", "Windows Server 2022", "Windows 11", "RHEL 9", "Ubuntu 22.04"])
      assert.deepEqual(said("Windows Server 2022", { guestOs, ...second }), SILENT, guestOs);
    assert.deepEqual(said("Windows Server 2022", { guestOs: R2_SP1, ...second }).findings, [
      "vm1: vm1 runs Windows Server 2008 R2 with Service Pack 1 on Windows Server 2022 in a virtual machine of " +
        "generation 2.",
    ]);
    assert.deepEqual(said("Windows Server 2022", { guestOs: "Windows 11" }).findings, [
      "vm1: vm1 runs Windows 11 on Windows Server 2022 in a virtual machine of generation 1.",
    ]);
    assert.deepEqual(said("Windows Server 2019", { guestOs: "CentOS 6.9", ...second }).findings, [
      "vm1: vm1 runs CentOS 6.9 on Windows Server 2019 in a virtual machine of generation 2.",
    ]);
    assert.deepEqual(said("Windows Server 2022", { guestOs: "Windows 10", architecture: "x86", ...second }).findings, [
      "vm1: vm1 runs Windows 10 (x86) on Windows Server 2022 in a virtual machine of generation 2.",
    ]);
  });

  it("finds generation 2 on the host versions that do not have it", () => {
    for (const version of ["2008", "2008 SP2", "2008 R2", "2008 R2 SP1", "2012"]) {
      const properties = { guestOs: version === "2012" ? "Windows Server 2012" : "Windows Server 2008", generation: 2 };
      assert.equal(said(`Windows Server ${version}`, properties).findings.length, 1, version);
    }
  });

  it("says what is listed instead, and where", () => {
    const { messages } = judged(R2_SP1, { guestOs: "Windows Server 2003 x64 SP2", edition: "Web" });
    assert.deepEqual(messages[0]?.split("\n").slice(1), [
      "Why: Microsoft lists the guest operating systems that it supports on each version of Hyper-V, with service pack " +
        "and edition; for others their vendor is responsible.",
      "Fix: Use a guest that is listed for Windows Server 2008 R2 with Service Pack 1: Windows Server 2003 with Service Pack 2 (x86) " +
        "(Standard, Enterprise, Datacenter, Web); Windows Server 2003 with Service Pack 2 (x64) (Standard, Enterprise, " +
        "Datacenter).",
      "Source: About Virtual Machines and Guest Operating Systems (Windows Server 2008 R2), May 2011, " +
        "http://technet.microsoft.com/en-us/library/cc794868(WS.10).aspx",
    ]);
  });

  it("only advises where the list itself was found in no document", () => {
    for (const [operatingSystem, guestOs] of [
      ["Windows Server 2008", "CentOS 5.5"],
      ["Windows Server 2012 R2", "Windows 10"],
    ] as const) {
      const { findings, advisory, messages } = judged(operatingSystem, { guestOs });
      assert.equal(findings.length, 1);
      assert.deepEqual(advisory, ["vm1"]);
      assert.match(messages[0] ?? "", /Note: no document was found for this figure, so this finding only advises\./);
    }
    assert.deepEqual(judged(R2_SP1, { guestOs: "CentOS 5.1" }).advisory, []);
  });

  it("accepts Ubuntu on Azure Stack HCI, which the document's applies-to line names", () => {
    for (const guestOs of ["Ubuntu 20.04", "Ubuntu 22.04"])
      assert.deepEqual(said("Azure Stack HCI", { guestOs }), SILENT, guestOs);
  });

  it("judges a floating virtual machine by every node of its cluster, and says it once", () => {
    const nodes = [
      cluster("c1"),
      host("hv1", { operatingSystem: "Windows Server 2022", cluster: "c1" }),
      host("hv2", { operatingSystem: R2_SP1, cluster: "c1" }),
      host("hv3", { operatingSystem: R2_SP1, cluster: "c1" }),
    ];
    const { findings } = judge(rule, [...nodes, vm("vm1", { cluster: "c1", guestOs: "Windows Server 2022" })]);
    assert.deepEqual(findings, unsupported("Windows Server 2022", "Windows Server 2008 R2 with Service Pack 1"));
    assert.deepEqual(judge(rule, [...nodes, vm("vm1", { cluster: "c1" })]).findings, []);
  });

  it("finds what is wrong on the declared host, whatever other nodes its cluster may turn out to have", () => {
    const machine = vm("vm1", { host: "hv1", cluster: "c1", guestOs: "CentOS 5.1" });
    const { findings } = judge(rule, [cluster("c1", { nodes: UNKNOWN }), host("hv1", { cluster: "c1" }), machine]);
    assert.deepEqual(findings, unsupported("CentOS 5.1", "Windows Server 2008 R2 with Service Pack 1"));
  });

  it("says what cannot be decided", () => {
    const undecided = (property: string, urn = "vm1") => [
      `${urn}: ${property} is not known until deployment: not checked by guest-os-supported.`,
    ];
    for (const property of ["guestOs", "generation", "host"])
      assert.deepEqual(said(R2_SP1, { [property]: UNKNOWN }), { findings: [], undecided: undecided(property) });
    const unknownHost = judge(rule, [host("hv1", { operatingSystem: UNKNOWN }), vm("vm1", { host: "hv1" })]);
    assert.deepEqual(unknownHost.undecided, undecided("operatingSystem", "hv1"));
    const unknownNodes = judge(rule, [cluster("c1", { nodes: UNKNOWN }), vm("vm1", { cluster: "c1" })]);
    assert.deepEqual(unknownNodes.undecided, undecided("nodes", "c1"));
  });

  it("waits for an edition or architecture that only the deployment tells and that the list tells apart", () => {
    const undecided = (property: string) => [
      `vm1: ${property} is not known until deployment: not checked by guest-os-supported.`,
    ];
    assert.deepEqual(said(R2_SP1, { guestOs: R2_SP1, edition: UNKNOWN }), {
      findings: [],
      undecided: undecided("edition"),
    });
    assert.deepEqual(said("Windows Server 2008", { guestOs: "Windows XP SP3", architecture: UNKNOWN }), {
      findings: [],
      undecided: undecided("architecture"),
    });
    for (const value of MALFORMED) {
      assert.deepEqual(said(R2_SP1, { guestOs: R2_SP1, edition: value }), SILENT);
      assert.deepEqual(said("Windows Server 2008", { guestOs: "Windows XP SP3", architecture: value }), SILENT);
    }
  });

  it("does not wait where the list takes every edition, or none", () => {
    const unknown: PlainObject = { edition: UNKNOWN, architecture: UNKNOWN };
    assert.deepEqual(said("Windows Server 2025", { guestOs: "Windows Server 2022", ...unknown }), SILENT);
    assert.deepEqual(said(R2_SP1, { guestOs: "Windows Server 2016", ...unknown }), {
      findings: unsupported("Windows Server 2016", "Windows Server 2008 R2 with Service Pack 1"),
      undecided: [],
    });
  });

  it("asks for a host, and leaves malformed declarations to the estate rule", () => {
    const { findings, undecided } = judge(rule, [vm("vm1", { guestOs: "CentOS 5.1" })]);
    assert.deepEqual(findings, []);
    assert.deepEqual(undecided, ["vm1: host is not declared: not checked by guest-os-supported."]);
    for (const property of ["guestOs", "generation", "host"])
      for (const value of MALFORMED) assert.deepEqual(said(R2_SP1, { [property]: value }), SILENT);
  });
});
