import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { dynamicMemorySupported } from "../../../policies/guests/dynamic-memory-supported";
import { guestMemory } from "../../../policies/guests/guest-memory";
import { guestOsLifecycle } from "../../../policies/guests/guest-os-lifecycle";
import { guestOsSupported } from "../../../policies/guests/guest-os-supported";
import { guestProcessorCount } from "../../../policies/guests/guest-processor-count";
import { linuxIntegrationServices } from "../../../policies/guests/linux-integration-services";
import { host, judge, vm } from "../../kit";

const GUEST_RULES = [
  guestOsSupported,
  guestOsLifecycle,
  guestProcessorCount,
  guestMemory,
  dynamicMemorySupported,
  linuxIntegrationServices,
];

function on(operatingSystem: string, properties: PlainObject): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), vm("vm1", { host: "hv1", ...properties })];
}

/** What all rules of guests find, and which of it only advises. */
function said(operatingSystem: string, properties: PlainObject) {
  const results = GUEST_RULES.map((rule) => judge(rule, on(operatingSystem, properties)));
  return {
    findings: results.flatMap(({ findings }) => findings),
    advisory: results.flatMap(({ advisory }) => advisory),
    undecided: results.flatMap(({ undecided }) => undecided),
  };
}

const SILENT = { findings: [], advisory: [], undecided: [] };

describe("B3: a guest that Microsoft does not list", () => {
  for (const guestOs of ["Rocky Linux 9", "Fedora 41", "pfSense 2.7", "Haiku R1", "FortiGate 7.4", "VyOS 1.4"]) {
    it(`${guestOs} is advised once, on every host version`, () => {
      for (const operatingSystem of ["Windows Server 2008 R2", "Windows Server 2019", "Azure Local"]) {
        const { findings, advisory, undecided } = said(operatingSystem, { guestOs });
        assert.deepEqual(findings, [
          `vm1: vm1: Microsoft does not list ${guestOs} as a guest of ${operatingSystem}; its vendor supports it.`,
        ]);
        assert.deepEqual({ advisory, undecided }, { advisory: ["vm1"], undecided: [] });
      }
    });
  }

  it("is said to have no support where it is an old Windows", () => {
    const { findings, advisory } = said("Windows Server 2022", { guestOs: "Windows NT 4.0 SP6" });
    assert.deepEqual(findings, [
      "vm1: vm1: Microsoft does not list Windows NT 4.0 SP6 as a guest of Windows Server 2022.",
    ]);
    assert.deepEqual(advisory, ["vm1"]);
  });

  it("is still judged by what the host gives any guest", () => {
    const guestOs = "Haiku R1";
    const many = said("Windows Server 2022", { guestOs, processorCount: 65 });
    assert.deepEqual(many.findings.slice(1), [
      "vm1: vm1 has 65 virtual processors, but a virtual machine of generation 1 (by default) may have at most 64 on Windows Server 2022.",
    ]);
    const large = said("Windows Server 2022", { guestOs, memoryMB: 2 * 1024 * 1024 });
    assert.equal(large.findings.length, 2);
    const dynamic = { memoryMB: 2048, dynamicMemory: { minimumMB: 512, maximumMB: 4096 } };
    assert.equal(said("Windows Server 2008 R2", { guestOs, ...dynamic }).findings.length, 2);
    assert.equal(said("Windows Server 2008 R2 SP1", { guestOs, ...dynamic }).findings.length, 2);
    assert.deepEqual(said("Windows Server 2022", { guestOs, ...dynamic }).findings.length, 1);
    const second = said("Windows Server 2012", { guestOs, generation: 2 });
    assert.deepEqual([second.findings.length, second.advisory], [1, []]);
  });

  it("is one of a vendor that is named by Microsoft's own words", () => {
    const { violations } = judge(guestOsSupported, on("Windows Server 2022", { guestOs: "AlmaLinux 9" }));
    assert.deepEqual(
      violations.map(({ found, evidence }) => [found, evidence?.source]),
      [[{ value: "AlmaLinux 9" }, "guests-2025"]],
    );
  });
});

describe("guests of Windows", () => {
  it("B3: of current releases and channels are no mistake", () => {
    const second = { generation: 2, memoryMB: 4096 };
    for (const guestOs of ["Windows 11 26H1", "Windows 11 26H2", "Windows 11 IoT Enterprise LTSC 2024"])
      assert.deepEqual(said("Windows Server 2025", { guestOs, ...second }).findings, [], guestOs);
    for (const guestOs of [
      "Windows Server IoT 2022",
      "Windows Storage Server 2019",
      "Windows 10 IoT Enterprise LTSC 2021",
    ])
      assert.deepEqual(said("Windows Server 2022", { guestOs }).findings, [], guestOs);
    assert.deepEqual(
      judge(guestOsSupported, on("Windows Server 2022", { guestOs: "Windows Server, version 23H2" })).findings,
      [],
    );
  });

  it("B11: of the build of their host are supported on Azure Stack HCI", () => {
    assert.deepEqual(judge(guestOsSupported, on("Azure Stack HCI", { guestOs: "Windows Server 2025" })).findings, []);
  });

  it("P9: in the Azure Edition run on Azure Local alone", () => {
    const guestOs = "Windows Server 2022 Datacenter: Azure Edition";
    const { findings, advisory } = said("Windows Server 2025", { guestOs });
    assert.deepEqual(findings, [`vm1: vm1 runs ${guestOs} on Windows Server 2025, which does not support that guest.`]);
    assert.deepEqual(advisory, []);
    assert.deepEqual(said("Azure Local", { guestOs }).findings, []);
    assert.deepEqual(said("Windows Server 2025", { guestOs: "Windows Server 2022 Datacenter" }), SILENT);
  });

  it("P9: need the memory that they are installed with", () => {
    for (const guestOs of ["Windows Server 2019", "Windows Server 2022", "Windows Server 2025"]) {
      assert.deepEqual(said("Windows Server 2025", { guestOs, memoryMB: 511 }).findings, [
        `vm1: vm1 has 511 MB of memory; ${guestOs} needs at least 512 MB.`,
      ]);
      assert.deepEqual(said("Windows Server 2025", { guestOs, memoryMB: 512 }), SILENT);
    }
    const windows11 = { guestOs: "Windows 11 25H2", generation: 2 };
    assert.deepEqual(said("Windows Server 2025", { ...windows11, memoryMB: 4095 }).findings, [
      "vm1: vm1 has 4095 MB of memory; Windows 11, version 25H2 needs at least 4 GB.",
    ]);
    assert.deepEqual(said("Windows Server 2025", { ...windows11, memoryMB: 4096 }), SILENT);
  });
});

describe("guests of Linux", () => {
  const second = { generation: 2 };

  it("B4: that boot with UEFI are not kept to generation 1 by rows about other releases and kernels", () => {
    for (const release of ["7.3", "7.8", "6.8", "6.10"]) {
      for (const operatingSystem of ["Windows Server 2012 R2", "Windows Server 2016", "Windows Server 2019"]) {
        const { findings } = judge(
          guestOsSupported,
          on(operatingSystem, { guestOs: `Oracle Linux ${release}`, ...second }),
        );
        assert.deepEqual(findings, [], `${release} on ${operatingSystem}`);
      }
    }
  });

  it("B4: whose kernel or release is not specified are not decided", () => {
    const asked = (guestOs: string) => {
      const { findings, undecided } = judge(guestOsSupported, on("Windows Server 2022", { guestOs, ...second }));
      return { findings, undecided };
    };
    const by = "not checked by guest-os-supported.";
    assert.deepEqual(asked("Oracle Linux 7.9"), { findings: [], undecided: [`vm1: edition is not declared: ${by}`] });
    assert.deepEqual(asked("openSUSE Leap"), {
      findings: [],
      undecided: [`vm1: the release in guestOs is not declared: ${by}`],
    });
    assert.deepEqual(asked("Oracle Linux 7.9 UEK R3 QU1").findings, [
      "vm1: vm1 runs Oracle Linux 7.9 UEK R3 QU1 on Windows Server 2022 in a virtual machine of generation 2, but Microsoft lists that guest only for generation 1.",
    ]);
    for (const guestOs of ["Oracle Linux 10", "openSUSE Leap 15.6", "openSUSE Leap 16.0"]) {
      const { advisory } = judge(guestOsSupported, on("Windows Server 2022", { guestOs, ...second }));
      assert.deepEqual(advisory, ["vm1"], guestOs);
    }
  });

  it("P9: of RHEL 8.5 and later need Windows Server 2019", () => {
    for (const guestOs of ["Red Hat Enterprise Linux 8.5", "Red Hat Enterprise Linux 8.10"]) {
      const { findings, advisory } = judge(guestOsSupported, on("Windows Server 2016", { guestOs }));
      assert.deepEqual(findings, [
        `vm1: vm1 runs ${guestOs} on Windows Server 2016, which does not support that guest.`,
      ]);
      assert.deepEqual(advisory, []);
      assert.deepEqual(judge(guestOsSupported, on("Windows Server 2019", { guestOs })).findings, []);
    }
    assert.deepEqual(judge(guestOsSupported, on("Windows Server 2016", { guestOs: "RHEL 8.4" })).findings, []);
  });

  it("Badly: the fix names the hosts in support that list the guest", () => {
    const { violations } = judge(
      guestOsSupported,
      on("Windows Server 2016", { guestOs: "RHEL 8.5" }),
      {},
      {},
      "2029-02-01",
    );
    assert.match(
      violations[0]?.fix ?? "",
      /place the virtual machine on Windows Server 2022, Windows Server 2025 or Azure Local, which list Red Hat Enterprise Linux 8\.5\.$/,
    );
  });

  it("of CentOS and RHEL 7 are named for the newest hosts", () => {
    for (const guestOs of ["CentOS 7.0", "RHEL 7.3", "CentOS 7.5"])
      for (const operatingSystem of ["Windows Server 2022", "Windows Server 2025", "Azure Stack HCI", "Azure Local"])
        assert.deepEqual(judge(guestOsSupported, on(operatingSystem, { guestOs })).findings, [], guestOs);
  });

  it("P9: take more than 256 virtual processors only where their document says so", () => {
    const counted = (guestOs: string, processorCount: number) => {
      const { findings, undecided } = judge(
        guestProcessorCount,
        on("Windows Server 2025", { guestOs, processorCount, ...second }),
      );
      return { findings, undecided };
    };
    const silent = { findings: [], undecided: [] };
    assert.deepEqual(counted("RHEL 8.0", 257).findings, [
      "vm1: vm1 has 257 virtual processors, but the guest Red Hat Enterprise Linux 8.0 may have from 1 to 256 on Windows Server 2025.",
    ]);
    assert.deepEqual(counted("RHEL 8.0", 256), silent);
    assert.deepEqual(counted("RHEL 8.6", 2048), silent);
    assert.deepEqual(counted("Ubuntu 24.04", 2048), silent);
    assert.deepEqual(counted("RHEL 8", 257), {
      findings: [],
      undecided: ["vm1: the release in guestOs is not declared: not checked by guest-processor-count."],
    });
  });
});

describe("the support of a guest", () => {
  const ended = (guestOs: string, asOf: string, more: PlainObject = {}) => {
    const result = judge(guestOsLifecycle, [vm("vm1", { guestOs, ...more })], {}, {}, asOf);
    return { said: [...result.findings, ...result.undecided], fix: result.violations[0]?.fix };
  };

  it("Badly: that has ended is not extended by updates that are no longer sold", () => {
    assert.deepEqual(ended("Windows Server 2012", "2026-10-13"), {
      said: ["vm1: vm1 runs Windows Server 2012, whose support ended on 2023-10-10."],
      fix: "Move the workload to a newer operating system, or buy extended updates, which end on 2026-10-13.",
    });
    assert.equal(
      ended("Windows Server 2012", "2026-10-14").fix,
      "Move the workload to a newer operating system; extended updates ended on 2026-10-13.",
    );
    assert.equal(ended("Debian 11", "2026-12-01").fix, "Move the workload to a newer operating system.");
  });

  it("P10: is that of the release and edition of Windows 11", () => {
    assert.deepEqual(ended("Windows 11 23H2", "2026-11-11").said, [
      "vm1: vm1 runs Windows 11, version 23H2, whose support ended on 2026-11-10.",
    ]);
    assert.deepEqual(ended("Windows 11 Pro 24H2", "2026-12-01").said, [
      "vm1: vm1 runs Windows 11 Professional, version 24H2, whose support ended on 2026-10-13.",
    ]);
    assert.deepEqual(ended("Windows 11 Enterprise 24H2", "2026-12-01").said, []);
    assert.deepEqual(ended("Windows 11 24H2", "2026-12-01").said, []);
    assert.deepEqual(ended("Windows 11 26H2", "2026-12-01").said, []);
  });

  it("P10: is that of the vendor of a Linux distribution, and not known for what nobody lists", () => {
    assert.deepEqual(ended("CentOS 7.9", "2024-07-01").said, [
      "vm1: vm1 runs CentOS 7.9, whose support ended on 2024-06-30.",
    ]);
    assert.deepEqual(ended("Ubuntu 26.04", "2026-12-01").said, []);
    assert.deepEqual(ended("Haiku R1", "2026-12-01").said, []);
  });

  it("P10: of long-term servicing is that of its year, and of no other edition", () => {
    assert.deepEqual(ended("Windows 10 2016 LTSB", "2026-10-14").said, [
      "vm1: vm1 runs Windows 10 Enterprise LTSB 2016, whose support ended on 2026-10-13.",
    ]);
    assert.deepEqual(ended("Windows 10 IoT Enterprise LTSC 2021", "2026-12-01").said, []);
    assert.deepEqual(ended("Windows 10", "2025-10-15").said, [
      "vm1: vm1 runs Windows 10, whose support ended on 2025-10-14.",
    ]);
  });
});
