import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { linuxIntegrationServices as rule } from "../../../policies/guests/linux-integration-services";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";
const ON = "on Windows Server 2008 R2 with Service Pack 1";
const NOT_DECLARED = ["vm1: integrationServices.version is not declared: not checked by linux-integration-services."];

function said(guestOs: PlainObject[string], services?: PlainObject[string], more: PlainObject = {}, on = R2_SP1) {
  const machine = vm("vm1", { host: "hv1", guestOs, integrationServices: services, ...more });
  const { findings, undecided } = judge(rule, [host("hv1", { operatingSystem: on }), machine]);
  return { findings, undecided };
}

describe("linux-integration-services", () => {
  it("accepts release 2.1 for every Linux guest of the document's list, on both hosts", () => {
    const guests = [
      ...["5.2", "5.3", "5.4", "5.5", "5.6"].flatMap((release) => [`CentOS ${release}`, `RHEL ${release}`]),
      "SLES 11 SP1",
      "SLES 10 SP4",
    ];
    for (const guestOs of guests)
      for (const on of ["Windows Server 2008 R2", R2_SP1])
        for (const version of ["2.1", "v2.1", "2.1.25", "LIS 2.1", 2.1])
          assert.deepEqual(said(guestOs, { version }, {}, on), SILENT, `${guestOs} ${String(version)}`);
  });

  it("accepts a newer release, and finds an older one", () => {
    for (const version of ["2.2", "3.5", "4.2", "4.3.5"]) assert.deepEqual(said("SLES 11 SP1", { version }), SILENT);
    for (const version of ["1.0", "2.0", "2.0.99", "none"])
      assert.deepEqual(said("SLES 11 SP1", { version }), {
        findings: [
          `vm1: vm1 runs SUSE Linux Enterprise Server 11 with Service Pack 1 ${ON} with integration services ${version}; ` +
            "that guest needs Linux Integration Services 2.1 or later.",
        ],
        undecided: [],
      });
  });

  it("names the oldest release that will do, where there are several", () => {
    assert.deepEqual(said("CentOS 5.5", { version: "2.0" }).findings, [
      `vm1: vm1 runs CentOS 5.5 ${ON} with integration services 2.0; that guest needs Linux Integration Services 2.1 or later.`,
    ]);
    assert.deepEqual(said("CentOS 5.5", { version: "2.1" }, {}, "Windows Server 2012").findings, [
      "vm1: vm1 runs CentOS 5.5 on Windows Server 2012 with integration services 2.1; that guest needs Linux Integration " +
        "Services 3.5 or later.",
    ]);
  });

  it("accepts what release 2.1 has: synthetic drivers, time synchronization, shutdown, heartbeat", () => {
    const services = { heartbeat: true, timeSynchronization: true, shutdown: true, syntheticDrivers: true };
    assert.deepEqual(said("CentOS 5.6", { version: "2.1", ...services }), SILENT);
  });

  it("finds what release 2.1 does not have, unless it is off", () => {
    const services = { version: "2.1", vss: true, keyValuePairExchange: true };
    assert.deepEqual(said("CentOS 5.6", services), {
      findings: [
        `vm1: vm1 runs CentOS 5.6 ${ON} and turns on key-value pair exchange, which Linux Integration Services 2.1 does ` +
          "not have.",
        `vm1: vm1 runs CentOS 5.6 ${ON} and turns on live virtual machine backup, which Linux Integration Services 2.1 ` +
          "does not have.",
      ],
      undecided: [],
    });
    assert.deepEqual(said("CentOS 5.6", { version: "2.1", vss: false, keyValuePairExchange: false }), SILENT);
    assert.deepEqual(said("CentOS 5.6", { version: "4.2", keyValuePairExchange: true }), SILENT);
  });

  it("leaves a number of virtual processors that the guest's list does not have to guest-processor-count", () => {
    for (const processorCount of [1, 2, 4, 8])
      assert.deepEqual(said("CentOS 5.5", { version: "2.1" }, { processorCount }), SILENT, String(processorCount));
  });

  it("asks for the release only where the distribution does not bring it along", () => {
    for (const guestOs of ["CentOS 5.2", "CentOS 5.6", "RHEL 5.5", "SLES 10 SP4", "SLES 11 SP1"])
      for (const services of [undefined, {}, { heartbeat: true }])
        assert.deepEqual(said(guestOs, services), { findings: [], undecided: NOT_DECLARED });
    for (const guestOs of ["CentOS 5.11", "RHEL 7.4", "Ubuntu 16.04", "Debian 9.5"])
      assert.deepEqual(said(guestOs), SILENT, guestOs);
    for (const guestOs of ["Ubuntu 22.04", "RHEL 9", "Debian 12", "Oracle Linux 8.4"])
      assert.deepEqual(said(guestOs, undefined, {}, "Windows Server 2022"), SILENT, guestOs);
  });

  it("asks for the release of a distribution while some need a download and others do not", () => {
    const by = "not checked by linux-integration-services.";
    for (const [guestOs, on] of [
      ["CentOS", R2_SP1],
      ["RHEL", "Windows Server 2012 R2"],
      ["RHEL", "Windows Server 2016"],
      ["CentOS 5", R2_SP1],
      ["RHEL 6", "Windows Server 2012 R2"],
      ["SLES SP1", R2_SP1],
    ] as const)
      for (const services of [undefined, { version: "2.1" }])
        assert.deepEqual(
          said(guestOs, services, {}, on),
          { findings: [], undecided: [`vm1: the release in guestOs is not declared: ${by}`] },
          `${guestOs} on ${on}`,
        );
    assert.deepEqual(said("Oracle Linux", undefined, {}, "Windows Server 2012 R2").undecided, [
      `vm1: edition and the release in guestOs are not declared: ${by}`,
    ]);
    assert.deepEqual(said("Oracle Linux", undefined, { edition: UNKNOWN }, "Windows Server 2012 R2").undecided, [
      `vm1: edition is not known until deployment: ${by} the release in guestOs is not declared: ${by}`,
    ]);
  });

  it("does not ask for the release where none needs a download", () => {
    for (const [guestOs, on] of [
      ["Ubuntu", R2_SP1],
      ["SLES", R2_SP1],
      ["SLES SP1", "Windows Server 2016"],
      ["CentOS", "Windows Server 2022"],
      ["Oracle Linux", "Windows Server 2022"],
    ] as const)
      assert.deepEqual(said(guestOs, undefined, {}, on), SILENT, `${guestOs} on ${on}`);
  });

  it("does not apply to Windows guests", () => {
    const { applied } = judge(rule, [host("hv1"), vm("vm1", { host: "hv1", integrationServices: { version: "1.0" } })]);
    assert.equal(applied, 0);
  });

  it("says why, what to do and where it is written", () => {
    const machine = vm("vm1", {
      host: "hv1",
      guestOs: "CentOS 5.5",
      integrationServices: { version: "2.1", vss: true },
    });
    assert.deepEqual(
      judge(rule, [host("hv1"), machine])
        .messages[0]?.split("\n")
        .slice(1),
      [
        "Why: Older distributions need Linux Integration Services for synthetic devices, more processors, shutdown and " +
          "time; without them they run emulated and slowly.",
        "Fix: Remove integrationServices.vss, or set it to false.",
        "Source: CentOS support in Hyper-V",
      ],
    );
  });

  it("judges a floating virtual machine by every node of its cluster, and says it once", () => {
    const nodes = [R2_SP1, "Windows Server 2012", "Windows Server 2012 R2"].map((operatingSystem, index) =>
      host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
    );
    const machine = vm("vm1", { cluster: "c1", guestOs: "CentOS 5.5", integrationServices: { version: "2.1" } });
    const { findings } = judge(rule, [cluster("c1"), ...nodes, machine]);
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? "", /on Windows Server 2012 with integration services 2\.1/);
  });

  it("says what cannot be decided", () => {
    const undecided = (property: string) => [
      `vm1: ${property} is not known until deployment: not checked by linux-integration-services.`,
    ];
    assert.deepEqual(said("CentOS 5.5", UNKNOWN).undecided, undecided("integrationServices"));
    assert.deepEqual(said("CentOS 5.5", { version: UNKNOWN }).undecided, undecided("integrationServices.version"));
    assert.deepEqual(said("CentOS 5.5", { version: "2.1" }, { host: UNKNOWN }).undecided, undecided("host"));
  });

  it("cannot decide whether a service is asked for that only the deployment knows and the release has not", () => {
    assert.deepEqual(said("CentOS 5.5", { version: "2.1", vss: UNKNOWN, heartbeat: UNKNOWN }).undecided, [
      "vm1: integrationServices.vss is not known until deployment: not checked by linux-integration-services.",
    ]);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(value), SILENT);
      if (JSON.stringify(value) !== "{}") assert.deepEqual(said("CentOS 5.5", value), SILENT, JSON.stringify(value));
      assert.deepEqual(said("CentOS 5.5", { version: "2.1", vss: value }).undecided, []);
    }
    for (const version of [true, [], {}]) assert.deepEqual(said("CentOS 5.5", { version }), SILENT);
  });
});
