import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { dynamicMemorySupported as rule } from "../../../policies/guests/dynamic-memory-supported";
import { cluster, host, judge, MALFORMED, resource, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";
const DYNAMIC = { memoryMB: 512, dynamicMemory: { minimumMB: 512, maximumMB: 8192 } };

function judged(operatingSystem: string, properties: PlainObject) {
  return judge(rule, [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", ...DYNAMIC, ...properties })]);
}

function said(operatingSystem: string, properties: PlainObject) {
  const { findings, undecided } = judged(operatingSystem, properties);
  return { findings, undecided };
}

function undecidedFor(property: string): readonly string[] {
  return [`vm1: ${property} is not known until deployment: not checked by dynamic-memory-supported.`];
}

describe("dynamic-memory-supported", () => {
  it("finds dynamic memory on every host version before Windows Server 2008 R2 SP1", () => {
    for (const version of ["2008", "2008 SP2", "2008 R2"]) {
      const { findings, advisory } = judged(`Windows Server ${version}`, {});
      assert.equal(findings.length, 1, version);
      assert.deepEqual(advisory, []);
    }
    assert.deepEqual(said("Windows Server 2008 SP2", {}), {
      findings: ["vm1: vm1 has dynamic memory, which Windows Server 2008 with Service Pack 2 does not have."],
      undecided: [],
    });
  });

  it("accepts it from Windows Server 2008 R2 SP1 on", () => {
    const hosts = [
      ...["2008 R2 SP1", "2012", "2012 R2", "2016", "2019", "2022", "2025"].map((v) => `Windows Server ${v}`),
    ];
    for (const operatingSystem of [...hosts, "Azure Stack HCI", "Azure Local"])
      assert.deepEqual(said(operatingSystem, {}), SILENT, operatingSystem);
  });

  it("has nothing to judge while the memory is static", () => {
    const { applied, findings } = judged("Windows Server 2008", { dynamicMemory: undefined });
    assert.deepEqual([applied, findings], [0, []]);
  });

  it("knows the guests of Windows Server 2008 R2 SP1, with service pack and edition", () => {
    const accepted: readonly PlainObject[] = [
      ...["Standard", "Enterprise", "Datacenter", "Web"].map((edition) => ({ guestOs: R2_SP1, edition })),
      { guestOs: "Windows Server 2008 SP2", edition: "Enterprise" },
      { guestOs: "Windows Server 2003 R2 SP2", edition: "Standard" },
      { guestOs: "Windows Server 2003 SP2", edition: "Datacenter" },
      { guestOs: "Windows 7", edition: "Ultimate" },
      { guestOs: "Windows 7 SP1", edition: "Enterprise" },
      { guestOs: "Windows Vista SP2", edition: "Enterprise" },
    ];
    for (const properties of accepted) assert.deepEqual(said(R2_SP1, properties), SILENT, JSON.stringify(properties));
    const refused: readonly PlainObject[] = [
      { guestOs: "Windows 7", edition: "Professional" },
      { guestOs: "Windows Vista SP2", edition: "Business" },
      { guestOs: "Windows Server 2008 R2" },
      { guestOs: "Windows XP SP3" },
      { guestOs: "CentOS 5.5" },
      { guestOs: "SLES 11 SP1" },
    ];
    for (const properties of refused) {
      const { findings, advisory } = judged(R2_SP1, properties);
      assert.deepEqual([findings.length, advisory], [1, []], JSON.stringify(properties));
    }
    assert.deepEqual(said(R2_SP1, { guestOs: "Windows 7", edition: "Professional" }).findings, [
      "vm1: vm1 has dynamic memory, but no document allows it for Windows 7 Professional on Windows Server 2008 R2 with " +
        "Service Pack 1.",
    ]);
  });

  it("only advises from Windows Server 2012 on, where part of the list was found in no document", () => {
    for (const [operatingSystem, guestOs] of [
      ["Windows Server 2012", "Windows Server 2008 R2"],
      ["Windows Server 2019", "FreeBSD 12.1"],
    ] as const) {
      const { findings, advisory, messages } = judged(operatingSystem, { guestOs });
      assert.deepEqual([findings.length, advisory], [1, ["vm1"]]);
      assert.match(messages[0] ?? "", /Note: no document was found/);
    }
  });

  it("advises Linux guests without a document of their own on the sizes alone", () => {
    for (const guestOs of ["Ubuntu 24.04", "Debian 12", "SLES 15 SP6"]) {
      assert.deepEqual(said("Windows Server 2022", { guestOs }), SILENT, guestOs);
      const { findings, advisory } = judged("Windows Server 2022", { guestOs, memoryMB: 500 });
      assert.equal(findings.length, 1);
      assert.match(findings[0] ?? "", /needs multiples of 128 MB\.$/);
      assert.deepEqual(advisory, ["vm1"]);
    }
  });

  it("advises on Windows Server 2008 R2 SP1 against a minimum below what the virtual machine starts with", () => {
    const starting = (memoryMB: PlainObject[string], minimumMB: PlainObject[string], on = R2_SP1) =>
      judged(on, { memoryMB, dynamicMemory: { minimumMB, maximumMB: 8192 } });
    const { findings, undecided, advisory } = starting(4096, 4095);
    assert.deepEqual(
      { findings, undecided, advisory },
      {
        findings: [
          "vm1: vm1 may shrink to 4095 MB, below the 4096 MB that it starts with; Windows Server 2008 R2 with Service Pack 1 " +
            "has no minimum memory of its own.",
        ],
        undecided: [],
        advisory: ["vm1"],
      },
    );
    for (const minimumMB of [4096, 4097]) assert.deepEqual(starting(4096, minimumMB).findings, []);
    assert.deepEqual(starting(4096, 512, "Windows Server 2012").findings, []);
    assert.deepEqual(starting(4096, UNKNOWN).undecided, undecidedFor("dynamicMemory.minimumMB"));
    assert.deepEqual(starting(UNKNOWN, 512).undecided, undecidedFor("memoryMB"));
    assert.deepEqual(starting(4096, UNKNOWN, "Windows Server 2012").undecided, []);
    for (const value of MALFORMED) assert.deepEqual(starting(4096, value).findings, []);
  });

  it("waits for an edition or architecture that only the deployment tells and that the list tells apart", () => {
    const seven = { guestOs: "Windows 7" };
    assert.deepEqual(said(R2_SP1, seven), SILENT);
    assert.deepEqual(said(R2_SP1, { ...seven, edition: UNKNOWN }), {
      findings: [],
      undecided: undecidedFor("edition"),
    });
    assert.deepEqual(said("Windows Server 2012", { guestOs: "Windows 7 SP1", edition: UNKNOWN }), SILENT);
    assert.deepEqual(said("Windows Server 2016", { guestOs: "CentOS 6.9", architecture: UNKNOWN }), {
      findings: [],
      undecided: undecidedFor("architecture"),
    });
    for (const edition of MALFORMED) assert.deepEqual(said(R2_SP1, { ...seven, edition }), SILENT);
  });

  it("finds what is wrong whatever edition the deployment tells", () => {
    const { findings } = said(R2_SP1, { memoryMB: 1024, guestOs: "Windows 7", edition: UNKNOWN });
    assert.equal(findings.length, 1);
  });

  it("asks of Linux guests that every size is a multiple of 128 MB", () => {
    const sizes = (memoryMB: number, minimumMB: number, maximumMB: number) =>
      said("Windows Server 2022", { guestOs: "RHEL 9", memoryMB, dynamicMemory: { minimumMB, maximumMB } });
    assert.deepEqual(sizes(4096, 512, 8192), SILENT);
    assert.deepEqual(sizes(128, 128, 128), SILENT);
    assert.deepEqual(sizes(4000, 1000, 8100).findings, [
      "vm1: vm1 has dynamic memory, with memoryMB 4000, minimumMB 1000 and maximumMB 8100: Red Hat Enterprise Linux 9 " +
        "needs multiples of 128 MB.",
    ]);
    assert.deepEqual(sizes(4096, 512, 8191).findings, [
      "vm1: vm1 has dynamic memory, with maximumMB 8191: Red Hat Enterprise Linux 9 needs multiples of 128 MB.",
    ]);
    assert.deepEqual(said("Windows Server 2022", { memoryMB: 4001 }), SILENT);
  });

  it("knows that 32-bit Linux guests have none", () => {
    assert.deepEqual(said("Windows Server 2016", { guestOs: "CentOS 6.9", architecture: "x64" }), SILENT);
    assert.equal(said("Windows Server 2016", { guestOs: "CentOS 6.9", architecture: "x86" }).findings.length, 1);
  });

  it("leaves a guest that the host does not support at all to guest-os-supported", () => {
    assert.deepEqual(said(R2_SP1, { guestOs: "Windows Server 2022" }).findings, []);
  });

  it("judges a floating virtual machine by every node of its cluster, and says it once", () => {
    const nodes = [R2_SP1, "Windows Server 2008 R2", "Windows Server 2008"].map((operatingSystem, index) =>
      host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
    );
    assert.deepEqual(judge(rule, [cluster("c1"), ...nodes, vm("vm1", { cluster: "c1", ...DYNAMIC })]).findings, [
      "vm1: vm1 has dynamic memory, which Windows Server 2008 R2 does not have.",
    ]);
  });

  it("lets the host alone decide while the guest is not known or not declared", () => {
    const old = ["vm1: vm1 has dynamic memory, which Windows Server 2008 R2 does not have."];
    const undeclared = (operatingSystem: string) =>
      judge(rule, [
        host("hv1", { operatingSystem }),
        resource("azure-native:scvmm:VirtualMachine", "vm1", {
          vmName: "vm1",
          hardwareProfile: { memoryMB: 512, dynamicMemoryEnabled: "true", dynamicMemoryMinMB: 512 },
          tags: { "hyperv-guard:host": "hv1" },
        }),
      ]);
    const { findings, undecided } = undeclared("Windows Server 2008 R2");
    assert.deepEqual({ findings, undecided }, { findings: old, undecided: [] });
    assert.deepEqual([undeclared(R2_SP1).findings, undeclared(R2_SP1).undecided], [[], []]);
    assert.deepEqual(said("Windows Server 2008 R2", { guestOs: UNKNOWN }), { findings: old, undecided: [] });
    assert.deepEqual(said(R2_SP1, { guestOs: UNKNOWN }), { findings: [], undecided: undecidedFor("guestOs") });
    assert.equal(said(R2_SP1, { guestOs: UNKNOWN, memoryMB: 1024 }).findings.length, 1);
  });

  it("says what cannot be decided", () => {
    for (const property of ["dynamicMemory", "host"])
      assert.deepEqual(said("Windows Server 2008", { [property]: UNKNOWN }), {
        findings: [],
        undecided: undecidedFor(property),
      });
  });

  it("cannot decide whether an unknown size of a Linux guest is a multiple", () => {
    const dynamicMemory: PlainObject = { minimumMB: 512, maximumMB: UNKNOWN };
    const { undecided } = said("Windows Server 2022", { guestOs: "RHEL 9", dynamicMemory });
    assert.deepEqual(undecided, undecidedFor("dynamicMemory.maximumMB"));
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      for (const property of ["dynamicMemory", "guestOs"])
        assert.deepEqual(said(R2_SP1, { [property]: value }), SILENT, JSON.stringify(value));
      assert.deepEqual(said(R2_SP1, { dynamicMemory: { minimumMB: 512, maximumMB: value } }), SILENT);
    }
  });
});
