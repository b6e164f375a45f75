import assert from "node:assert/strict";
import type { DeclaredResource } from "../../lib/estate/declared";
import type { Plain, PlainObject } from "../../lib/estate/plain";
import { exchangeOsDiskSize } from "../../policies/exchange/exchange-os-disk-size";
import { exchangeProcessorRatio } from "../../policies/exchange/exchange-processor-ratio";
import { guestOsLifecycle } from "../../policies/guests/guest-os-lifecycle";
import { virtualProcessorRatio } from "../../policies/hosts/virtual-processor-ratio";
import { hostNetworkRoles } from "../../policies/networks/host-network-roles";
import { cluster, host, judge, mailbox, UNKNOWN, vm, type Said } from "../kit";

const SILENT = { findings: [], undecided: [], advisory: [] };

function brief({ findings, undecided, advisory }: Said) {
  return { findings, undecided, advisory };
}

function found(finding: string, isAdvisory = false) {
  return { findings: [finding], undecided: [], advisory: isAdvisory ? [finding.split(":")[0]] : [] };
}

describe("parameters of rules", () => {
  describe("virtual-processor-ratio: ratio", () => {
    const guests = (count: number, on = "hv1"): readonly DeclaredResource[] =>
      Array.from({ length: count }, (_, index) => vm(`vm${String(index)}`, { host: on }));
    const said = (ratio: number | undefined, resources: readonly DeclaredResource[]) =>
      brief(judge(virtualProcessorRatio, resources, ratio === undefined ? {} : { ratio }));
    // 16 logical processors.
    const old = host("hv1");
    const modern = host("hv1", { operatingSystem: "Windows Server 2022" });
    const load = "runs 36 virtual processors on 16 logical processors (2 sockets × 4 cores × 2 threads): 2.3 to 1.";

    it("asks for less than the document allows, and where there is none", () => {
      for (const one of [old, modern]) {
        assert.deepEqual(said(undefined, [one, ...guests(9)]), SILENT);
        assert.deepEqual(said(2, [one, ...guests(8)]), SILENT);
        const limit = "The parameter ratio of this rule allows 2 to 1, which is 32 here.";
        assert.deepEqual(said(2, [one, ...guests(9)]), found(`hv1: hv1 ${load} ${limit}`));
      }
    });

    it("quotes no document for it", () => {
      const [message] = judge(virtualProcessorRatio, [old, ...guests(9)], { ratio: 2 }).messages;
      assert.doesNotMatch(message ?? "", /Source:/);
      const [documented] = judge(virtualProcessorRatio, [old, ...guests(33)], { ratio: 2 }).messages;
      assert.match(documented ?? "", /allows 8 to 1, which is 128 here\.[^]*\nSource:/);
    });

    it("does not replace the document's by a higher one, and says so once", () => {
      const { findings, advisory } = judge(virtualProcessorRatio, [old, host("hv2"), ...guests(33)], { ratio: 20 });
      assert.equal(findings.length, 2);
      assert.match(findings[1] ?? "", /^hv1: hv1 runs 132 virtual processors .* allows 8 to 1, which is 128 here\./);
      assert.equal(
        findings[0],
        "stack: virtual-processor-ratio: ratio is 20, and Windows Server 2008 R2 with Service Pack 1 allows 8 to 1: it changes nothing for hv1 and hv2.",
      );
      assert.deepEqual(advisory, ["stack"]);
      assert.deepEqual(said(20, [modern, ...guests(33)]), SILENT);
    });

    it("is undecided while a number is not known", () => {
      const open = [modern, vm("a", { host: "hv1", processorCount: UNKNOWN })];
      assert.equal(said(2, open).undecided.length, 1);
      assert.deepEqual(said(undefined, open), SILENT);
    });
  });

  describe("exchange-processor-ratio: ratio", () => {
    // 8 physical cores.
    const servers = (count: number, version: Plain = "Exchange 2019"): readonly DeclaredResource[] =>
      Array.from({ length: count }, (_, index) => mailbox(`ex${String(index)}`, { host: "hv1" }, { version }));
    const said = (ratio: number, resources: readonly DeclaredResource[]) =>
      brief(judge(exchangeProcessorRatio, resources, { ratio }));
    const hv1 = host("hv1", { operatingSystem: "Windows Server 2022" });

    it("asks for less than Exchange allows, and blocks", () => {
      assert.deepEqual(said(1, [hv1, ...servers(2)]), SILENT);
      assert.deepEqual(
        said(1, [hv1, ...servers(3)]),
        found(
          "hv1: hv1 runs 12 virtual processors on 8 physical cores (2 sockets × 4 cores). " +
            "The parameter ratio of this rule allows 1 to 1, which is 8 here.",
        ),
      );
    });

    it("asks for it of clusters too", () => {
      const floating = servers(3).map((one) => mailbox(one.name, { cluster: "c1" }, { version: "Exchange 2019" }));
      const { findings } = judge(exchangeProcessorRatio, [cluster("c1", { nodes: ["hv1"] }), hv1, ...floating], {
        ratio: 1,
      });
      assert.deepEqual(findings, [
        "c1: c1 runs 12 virtual processors of Exchange on the 8 physical cores of 1 node. " +
          "The parameter ratio of this rule allows 1 to 1, which is 8 here.",
      ]);
    });

    it("does not let a higher one replace what Exchange allows, and says so", () => {
      const { findings, advisory } = judge(exchangeProcessorRatio, [hv1, ...servers(5)], { ratio: 3 });
      assert.deepEqual(findings, [
        "stack: exchange-processor-ratio: ratio is 3, and Exchange allows 2 to 1: it changes nothing.",
        "hv1: hv1 runs 20 virtual processors on 8 physical cores (2 sockets × 4 cores). Exchange allows 2 to 1, which is 16 here.",
      ]);
      assert.deepEqual(advisory, ["stack"]);
    });
  });

  describe("exchange-os-disk-size: minimumGB", () => {
    const server = (sizeGB: Plain, version: string): DeclaredResource =>
      mailbox(
        "ex1",
        { memoryMB: 16384, disks: [{ name: "system", purpose: "operatingSystem", type: "fixed", sizeGB }] },
        { version },
      );
    const said = (sizeGB: Plain, version: string, minimumGB: number) =>
      brief(judge(exchangeOsDiskSize, [server(sizeGB, version)], { minimumGB }));

    it("asks for more, also of versions whose documents ask for nothing", () => {
      for (const version of ["Exchange 2010 SP1", "Exchange 2019"]) {
        assert.deepEqual(said(100, version, 100), SILENT);
        assert.deepEqual(
          said(99, version, 100),
          found(
            `ex1: ex1 (${version}, Mailbox) has 99 GB on its operating system disk "system". ` +
              "The parameter minimumGB of this rule asks for 100 GB.",
          ),
        );
      }
    });

    it("never asks for less than the document", () => {
      const [finding] = said(25, "Exchange 2010 SP1", 1).findings;
      assert.match(finding ?? "", /needs 15 \(operating system\) \+ 16 \(paging file for 16 GB\) = 31 GB/);
    });

    it("is undecided while the size is not known", () => {
      assert.equal(said(UNKNOWN, "Exchange 2019", 100).undecided.length, 1);
    });
  });

  describe("host-network-roles: purposes", () => {
    const adapters = (...purposes: readonly Plain[]): PlainObject => ({
      networkAdapters: purposes.map((purpose, index) => ({ name: `nic${String(index)}`, purpose })),
    });
    const said = (purposes: unknown, ...resources: readonly DeclaredResource[]) =>
      brief(judge(hostNetworkRoles, resources, { purposes }));

    it("asks every host with adapters for one of each", () => {
      const hv1 = host("hv1", adapters("management", "virtualMachines"));
      assert.deepEqual(said(["management"], hv1), SILENT);
      assert.deepEqual(
        said(["replica", "backup"], hv1),
        found(
          "hv1: hv1 has no network adapter for Hyper-V Replica and backup, which the parameter purposes of this rule asks for.",
        ),
      );
      assert.deepEqual(said(undefined, hv1), SILENT);
    });

    it("is undecided while a purpose is not known, and asks who declares none", () => {
      assert.equal(said(["backup"], host("hv1", adapters(UNKNOWN))).undecided.length, 1);
      assert.deepEqual(said(["backup"], host("hv1")).undecided, [
        "hv1: networkAdapters is not declared: not checked by host-network-roles.",
      ]);
      assert.deepEqual(said([], host("hv1")), SILENT);
    });
  });

  describe("guest-os-lifecycle: daysAhead", () => {
    const said = (daysAhead: number | undefined, ...resources: readonly DeclaredResource[]) =>
      brief(judge(guestOsLifecycle, resources, daysAhead === undefined ? {} : { daysAhead }));
    const xp = vm("xp1", { guestOs: "Windows XP SP3 x86" });

    it("warns of support that ends within so many days, and never blocks for it", () => {
      const [ended] = judge(guestOsLifecycle, [vm("x", { guestOs: "Windows 2000 Server SP4" })]).findings;
      assert.match(ended ?? "", /whose support ended on 2010-07-13\.$/);
      // 2014-04-08 is 647 days after 2012-06-30.
      assert.deepEqual(said(646, xp), SILENT);
      const finding = "xp1: xp1 runs Windows XP (x86) with Service Pack 3, whose support ends on 2014-04-08.";
      assert.deepEqual(said(647, xp), found(finding, true));
      assert.deepEqual(said(undefined, xp), SILENT);
    });
  });
});
