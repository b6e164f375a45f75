import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { hostVirtualProcessors } from "../../../policies/hosts/host-virtual-processors";
import { virtualProcessorRatio as rule } from "../../../policies/hosts/virtual-processor-ratio";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const RTM = "Windows Server 2008 R2";
const SP1 = "Windows Server 2008 R2 SP1";
const WINDOWS_7 = "Windows 7";

type Processors = readonly [sockets: number, coresPerSocket: number, threadsPerCore: number];

/** 16 logical processors: 128 virtual ones at 8 to 1, 192 at 12 to 1. */
const SIXTEEN: Processors = [2, 4, 2];

function server([sockets, coresPerSocket, threadsPerCore]: Processors, operatingSystem: Plain = SP1): DeclaredResource {
  return host("hv1", { operatingSystem, processors: { sockets, coresPerSocket, threadsPerCore } });
}

/** Guests of one operating system that have so many virtual processors together. */
function guests(guestOs: string, total: number, prefix = "vm"): readonly DeclaredResource[] {
  const sizes = [...Array<number>(Math.floor(total / 4)).fill(4), ...(total % 4 === 0 ? [] : [total % 4])];
  return sizes.map((processorCount, index) => guest({ guestOs, processorCount }, `${prefix}${String(index)}`));
}

function guest(properties: PlainObject, name = "other"): DeclaredResource {
  return vm(name, { host: "hv1", ...properties });
}

function said(...resources: readonly (DeclaredResource | readonly DeclaredResource[])[]) {
  const { findings, undecided } = judge(rule, resources.flat());
  return { findings, undecided };
}

/** Which of the two rules speaks, by what it says is allowed. */
function allowed(...resources: readonly (DeclaredResource | readonly DeclaredResource[])[]): readonly string[] {
  const all = resources.flat();
  const undecided = [rule, hostVirtualProcessors].flatMap((one) => judge(one, all).undecided);
  assert.deepEqual(undecided, []);
  const limit = (finding: string): string => /(?:which is|at most) (\d+)/.exec(finding)?.[1] ?? finding;
  return [
    ...judge(rule, all).findings.map((finding) => `ratio ${limit(finding)}`),
    ...judge(hostVirtualProcessors, all).findings.map((finding) => `cap ${limit(finding)}`),
  ];
}

describe("virtual-processor-ratio", () => {
  describe("with host-virtual-processors, allows what the article of 2011 prints for hosts with only Windows 7", () => {
    const rows: readonly (readonly [Processors, number, "ratio" | "cap"])[] = [
      [[2, 2, 2], 96, "ratio"],
      [[2, 4, 2], 192, "ratio"],
      [[2, 6, 2], 288, "ratio"],
      [[2, 8, 2], 384, "ratio"],
      [[4, 2, 2], 192, "ratio"],
      [[4, 4, 2], 384, "ratio"],
      [[4, 6, 2], 512, "cap"],
      [[4, 8, 2], 512, "cap"],
    ];
    for (const [processors, most, limiting] of rows) {
      it(`${processors.join(" × ")}: ${String(most)}`, () => {
        assert.deepEqual(allowed(server(processors), guests(WINDOWS_7, most - 1)), []);
        assert.deepEqual(allowed(server(processors), guests(WINDOWS_7, most)), []);
        assert.deepEqual(allowed(server(processors), guests(WINDOWS_7, most + 1)), [`${limiting} ${String(most)}`]);
      });
    }
  });

  it("allows 8 to 1 as soon as one guest runs something else", () => {
    const other = guest({ guestOs: "Windows Server 2008", processorCount: 1 });
    assert.deepEqual(allowed(server(SIXTEEN), guests(WINDOWS_7, 127), other), []);
    assert.deepEqual(allowed(server(SIXTEEN), guests(WINDOWS_7, 128), other), ["ratio 128"]);
    assert.deepEqual(said(server(SIXTEEN), guests(WINDOWS_7, 128), other), {
      findings: [
        "hv1: hv1 runs 129 virtual processors on 16 logical processors (2 sockets × 4 cores × 2 threads): 8.1 to 1. " +
          "Windows Server 2008 R2 with Service Pack 1 allows 8 to 1, which is 128 here. " +
          "The ratio of 12 to 1 holds only while every guest on the host runs Windows 7.",
      ],
      undecided: [],
    });
  });

  it("says in what document it stands, and what to do", () => {
    const windows7 = judge(rule, [server(SIXTEEN), ...guests(WINDOWS_7, 193)]);
    assert.deepEqual(windows7.findings, [
      "hv1: hv1 runs 193 virtual processors on 16 logical processors (2 sockets × 4 cores × 2 threads): 12.1 to 1. " +
        "Windows Server 2008 R2 with Service Pack 1 allows 12 to 1, which is 192 here.",
    ]);
    assert.deepEqual(windows7.messages[0]?.split("\n").slice(1), [
      "Why: Microsoft tested and supports this version of Hyper-V only up to a ratio of running virtual processors to " +
        "logical processors.",
      "Fix: Move virtual machines to another host, or give them fewer virtual processors.",
      "Source: Requirements and Limits for Virtual Machines and Hyper-V in Windows Server 2008 R2, " +
        "http://technet.microsoft.com/en-us/library/ee405267(WS.10).aspx",
    ]);
    assert.deepEqual(windows7.advisory, []);
  });

  it("takes Windows 7 in any service pack, edition and spelling for Windows 7, and Windows Server 2008 R2 not", () => {
    const mix = (guestOs: string) => allowed(server(SIXTEEN), guests(WINDOWS_7, 128), guest({ guestOs }));
    for (const guestOs of ["Windows 7 SP1", "Win7 Enterprise x64", "windows-7"]) assert.deepEqual(mix(guestOs), []);
    for (const guestOs of [SP1, "Windows 8", "CentOS 5.5"]) assert.deepEqual(mix(guestOs), ["ratio 128"]);
  });

  it("knows no higher ratio before Service Pack 1", () => {
    assert.deepEqual(allowed(server(SIXTEEN, RTM), guests(WINDOWS_7, 128)), []);
    assert.deepEqual(said(server(SIXTEEN, RTM), guests(WINDOWS_7, 129)), {
      findings: [
        "hv1: hv1 runs 129 virtual processors on 16 logical processors (2 sockets × 4 cores × 2 threads): 8.1 to 1. " +
          "Windows Server 2008 R2 allows 8 to 1, which is 128 here.",
      ],
      undecided: [],
    });
  });

  it("leaves it to host-virtual-processors where the ratio allows more than the host can run", () => {
    const mixed = (total: number) => guests("Windows Server 2008", total);
    assert.deepEqual(allowed(server([4, 8, 2]), mixed(512)), []);
    assert.deepEqual(allowed(server([4, 8, 2]), mixed(513)), ["ratio 512", "cap 512"]);
    assert.deepEqual(allowed(server([4, 10, 2]), mixed(512)), []);
    assert.deepEqual(allowed(server([4, 10, 2]), mixed(513)), ["cap 512"]);
    assert.deepEqual(allowed(server([4, 10, 2]), mixed(2000)), ["cap 512"]);
    assert.deepEqual(allowed(server(SIXTEEN), mixed(512)), ["ratio 128"]);
    assert.deepEqual(allowed(server(SIXTEEN), mixed(513)), ["ratio 128", "cap 512"]);
  });

  it("knows no ratio from Windows Server 2012 on", () => {
    for (const operatingSystem of ["Windows Server 2012", "Windows Server 2016", "Windows Server 2025"]) {
      assert.deepEqual(said(server([1, 1, 1], operatingSystem), guests("Windows Server 2012", 500)), SILENT);
    }
  });

  it("only advises on Windows Server 2008, for which no document was found", () => {
    const { findings, advisory } = judge(rule, [server([1, 1, 1], "Windows Server 2008"), ...guests("Windows 7", 9)]);
    assert.deepEqual([findings.length, advisory], [1, ["hv1"]]);
  });

  it("counts the machines of its own host only, stopped or not", () => {
    const elsewhere = [vm("a", { processorCount: 999 }), vm("b", { host: "hv2", processorCount: 100 })];
    assert.deepEqual(said(server(SIXTEEN), host("hv2"), ...elsewhere, guests(WINDOWS_7, 192)), SILENT);
    assert.deepEqual(said(server(SIXTEEN)), SILENT);
  });

  describe("judges by what is known", () => {
    const later = "not known until deployment: not checked by virtual-processor-ratio.";
    const unknownCount = guest({ guestOs: WINDOWS_7, processorCount: UNKNOWN }, "later");

    it("an unknown number cannot be judged, unless the others are too many already", () => {
      assert.deepEqual(said(server(SIXTEEN), guests(WINDOWS_7, 192), unknownCount), {
        findings: [],
        undecided: [`later: processorCount is ${later}`],
      });
      assert.match(said(server(SIXTEEN), guests(WINDOWS_7, 193), unknownCount).findings.join(), /runs 193 virtual/);
      assert.deepEqual(said(server(SIXTEEN), guests(WINDOWS_7, 193), unknownCount).undecided, []);
    });

    it("an unknown guest leaves open what is between 8 and 12 to 1, and only that", () => {
      const unknownGuest = (processorCount: number) => guest({ guestOs: UNKNOWN, processorCount }, "later");
      assert.deepEqual(said(server(SIXTEEN), guests(WINDOWS_7, 124), unknownGuest(4)), SILENT);
      for (const total of [129, 192]) {
        assert.deepEqual(said(server(SIXTEEN), guests(WINDOWS_7, total - 4), unknownGuest(4)), {
          findings: [],
          undecided: [`later: guestOs is ${later}`],
        });
      }
      assert.match(
        said(server(SIXTEEN), guests(WINDOWS_7, 189), unknownGuest(4)).findings.join(),
        /^hv1: hv1 runs 193 .* allows 12 to 1, which is 192 here\.$/,
      );
    });

    it("an unknown guest does not matter next to one that runs something else", () => {
      const resources = [...guests(WINDOWS_7, 124), guest({ guestOs: UNKNOWN, processorCount: 4 }, "later")];
      const other = guest({ guestOs: "Windows XP SP3", processorCount: 1 });
      assert.match(said(server(SIXTEEN), resources, other).findings.join(), /runs 129 .* allows 8 to 1/);
    });

    it("a host of which something is unknown cannot be judged", () => {
      const many = guests(WINDOWS_7, 999);
      const processors: PlainObject = { sockets: 2, coresPerSocket: UNKNOWN, threadsPerCore: 1 };
      assert.deepEqual(said(host("hv1", { processors }), many), {
        findings: [],
        undecided: [`hv1: processors.coresPerSocket is ${later}`],
      });
      assert.deepEqual(said(host("hv1", { operatingSystem: UNKNOWN }), many), {
        findings: [],
        undecided: [`hv1: operatingSystem is ${later}`],
      });
    });

    it("a machine whose host is unknown may be on any, whichever of them has a ratio", () => {
      const hosts = [host("a", { operatingSystem: "Windows Server 2016" }), server(SIXTEEN)];
      assert.deepEqual(said(hosts, vm("vm1", { host: UNKNOWN })), {
        findings: [],
        undecided: [`vm1: host is ${later}`],
      });
      const full = [server(SIXTEEN), guests("Windows Server 2008", 129), host("hv2")].flat();
      assert.deepEqual(said(full, vm("vm1", { host: UNKNOWN })).undecided, [`vm1: host is ${later}`]);
    });

    it("machines that float in the cluster of a host are on no host", () => {
      const floating = vm("a", { cluster: "c1", processorCount: 999 });
      assert.deepEqual(said(host("hv1", { cluster: "c1" }), cluster("c1"), floating), SILENT);
    });
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(host("hv1", { processors: value }), guests(WINDOWS_7, 999)), SILENT);
      assert.deepEqual(said(server(SIXTEEN, value), guests(WINDOWS_7, 999)), SILENT);
      assert.deepEqual(said(server(SIXTEEN), guest({ processorCount: value })), SILENT);
      assert.deepEqual(said(server(SIXTEEN), guest({ guestOs: value }), guests(WINDOWS_7, 150)), SILENT);
    }
  });

  it("speaks exactly when its ratio is what limits, and host-virtual-processors when the host's cap is exceeded", () => {
    const few = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(
        fc.tuple(few, few, fc.constantFrom(1, 2)),
        fc.integer({ min: 0, max: 1100 }),
        fc.boolean(),
        fc.boolean(),
        (processors, total, only7, sp1) => {
          const ratio = only7 && sp1 ? 12 : 8;
          const byRatio = ratio * processors[0] * processors[1] * processors[2];
          const expected = [
            ...(byRatio <= 512 && total > byRatio ? [`ratio ${String(byRatio)}`] : []),
            ...(total > 512 ? ["cap 512"] : []),
          ];
          const os = only7 ? WINDOWS_7 : "Windows Server 2008";
          assert.deepEqual(allowed(server(processors, sp1 ? SP1 : RTM), guests(os, total)), expected);
        },
      ),
    );
  });
});
