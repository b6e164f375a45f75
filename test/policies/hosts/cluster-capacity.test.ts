import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { clusterCapacity as rule } from "../../../policies/hosts/cluster-capacity";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const GB = 1024;

/** One logical processor: 8 virtual ones on Windows Server 2008 R2, and 12 with nothing but Windows 7. */
const ONE = { processors: { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 } };

function node(name: string, properties: PlainObject = {}) {
  return host(name, { cluster: "c1", memoryMB: 32 * GB, ...properties });
}

function floating(name: string, memoryMB: PlainObject[string], properties: PlainObject = {}) {
  return vm(name, { cluster: "c1", memoryMB, ...properties });
}

function judged(resources: readonly DeclaredResource[]) {
  return judge(rule, [cluster("c1"), ...resources]);
}

function said(resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judged(resources);
  return { findings, undecided };
}

describe("cluster-capacity", () => {
  it("accepts memory that fits also without the largest node, wherever the virtual machines are declared", () => {
    const three = [node("hv1"), node("hv2"), node("hv3", { memoryMB: 64 * GB })];
    assert.deepEqual(said(three), SILENT);
    assert.deepEqual(said([...three, floating("a", 32 * GB), vm("b", { host: "hv1", memoryMB: 32 * GB })]), SILENT);
  });

  it("advises where the loss of the largest node leaves too little", () => {
    const three = [node("hv1"), node("hv2"), node("hv3", { memoryMB: 64 * GB })];
    const { findings, advisory } = judged([...three, floating("a", 64 * GB), vm("b", { host: "hv1", memoryMB: 1 })]);
    assert.deepEqual(findings, [
      "c1: The virtual machines of c1 may use 65537 MB of memory; without the largest of its 3 nodes there are 65536.",
    ]);
    assert.deepEqual(advisory, ["c1"]);
    assert.deepEqual(judged([...three, floating("a", 128 * GB)]).advisory, ["c1"]);
  });

  it("blocks what does not fit at all", () => {
    const { findings, advisory } = judged([node("hv1"), node("hv2"), floating("a", 64 * GB + 1)]);
    assert.deepEqual(findings, [
      "c1: The virtual machines of c1 may use 65537 MB of memory; all its 2 nodes together have 65536.",
    ]);
    assert.deepEqual(advisory, []);
  });

  it("judges virtual processors by the ratio of each node", () => {
    const two = [node("hv1", ONE), node("hv2", ONE)];
    const guests = (...counts: readonly number[]) =>
      counts.map((processorCount, index) => floating(`vm${String(index)}`, GB, { processorCount }));
    assert.deepEqual(said([...two, ...guests(4, 4)]), SILENT);
    const over = judged([...two, ...guests(4, 4, 1)]);
    assert.deepEqual(over.findings, [
      "c1: The virtual machines of c1 may use 9 virtual processors; without the largest of its 2 nodes there are 8.",
    ]);
    assert.deepEqual(over.advisory, ["c1"]);
    assert.deepEqual(said([...two, ...guests(4, 4, 4, 4)]).findings.length, 1);
    const full = judged([...two, ...guests(4, 4, 4, 4, 1)]);
    assert.deepEqual(full.findings, [
      "c1: The virtual machines of c1 may use 17 virtual processors; all its 2 nodes together have 16.",
    ]);
    assert.deepEqual(full.advisory, []);
  });

  it("gives Windows 7 guests the higher ratio, while there is no other in the cluster", () => {
    const two = [node("hv1", ONE), node("hv2", ONE)];
    const desktops = Array.from({ length: 12 }, (_, index) =>
      floating(`w${String(index + 10)}`, GB, { guestOs: "Windows 7 SP1", processorCount: 1 }),
    );
    assert.deepEqual(said([...two, ...desktops]), SILENT);
    const unknown = floating("x", GB, { guestOs: UNKNOWN, processorCount: 1 });
    assert.match(said([...two, ...desktops, unknown]).findings[0] ?? "", /13 virtual .* there are 12\.$/);
    const server = floating("x", GB, { processorCount: 1 });
    assert.match(said([...two, ...desktops, server]).findings[0] ?? "", /13 virtual .* there are 8\.$/);
  });

  it("counts 2048 virtual processors a node from Windows Server 2012 on", () => {
    const two = ["hv1", "hv2"].map((name) => node(name, { operatingSystem: "Windows Server 2022", ...ONE }));
    assert.deepEqual(said([...two, floating("a", GB, { processorCount: 2048 })]), SILENT);
    assert.deepEqual(said([...two, floating("a", GB, { processorCount: 2049 })]).findings, [
      "c1: The virtual machines of c1 may use 2049 virtual processors; without the largest of its 2 nodes there are 2048.",
    ]);
  });

  it("counts the maximum of dynamic memory", () => {
    const dynamicMemory = { minimumMB: 512, maximumMB: 33 * GB };
    assert.equal(said([node("hv1"), node("hv2"), floating("a", GB, { dynamicMemory })]).findings.length, 1);
  });

  it("does not count virtual machines beside the cluster", () => {
    const beside = [host("other"), vm("b", { host: "other", memoryMB: 99 * GB }), vm("c", { memoryMB: 99 * GB })];
    assert.deepEqual(said([node("hv1"), node("hv2"), ...beside]), SILENT);
  });

  it("counts a virtual machine of the cluster whose node only the deployment knows", () => {
    const somewhere = vm("a", { cluster: "c1", host: UNKNOWN, memoryMB: 65 * GB });
    assert.equal(said([node("hv1"), node("hv2"), somewhere]).findings.length, 1);
  });

  it("only advises where the ratio of the node's version stands in no document", () => {
    const two = ["hv1", "hv2"].map((name) => node(name, { operatingSystem: "Windows Server 2008", ...ONE }));
    const guests = [4, 4, 4, 4, 1].map((processorCount, index) =>
      floating(`vm${String(index)}`, GB, { processorCount }),
    );
    const { findings, advisory } = judged([...two, ...guests]);
    assert.deepEqual([findings.length, advisory], [1, ["c1"]]);
  });

  it("does not cite the document of another host version", () => {
    const two = ["hv1", "hv2"].map((name) => node(name, { operatingSystem: "Windows Server 2022" }));
    const { messages } = judged([...two, floating("a", 65 * GB)]);
    assert.doesNotMatch(messages[0] ?? "", /2008 R2|Source/);
  });

  it("quotes the advice to keep a node's capacity free where the document is that of the version", () => {
    const because = (version: string, memoryMB: number) => {
      const two = ["hv1", "hv2"].map((name) => node(name, { operatingSystem: `Windows Server ${version}` }));
      const [message = "", ...more] = judged([...two, floating("a", memoryMB)]).messages;
      assert.deepEqual(more, []);
      return message.split("\n").filter((line) => /^(Why|Source)/.test(line));
    };
    for (const version of ["2008 R2", "2008 R2 SP1"])
      assert.deepEqual(because(version, 33 * GB), [
        `Why: Keep the capacity of one node free for the virtual machines of a node that fails. ${rule.why}`,
        "Source: Requirements and Limits for Virtual Machines and Hyper-V in Windows Server 2008 R2, " +
          "http://technet.microsoft.com/en-us/library/ee405267(WS.10).aspx",
      ]);
    for (const version of ["2008", "2012", "2022"])
      assert.deepEqual(because(version, 33 * GB), [`Why: ${rule.why}`], version);
    // That all nodes together are too small is arithmetic and stands in no document.
    assert.deepEqual(because("2008 R2", 65 * GB), [`Why: ${rule.why}`]);
  });

  it("asks for the nodes of a cluster that has none", () => {
    assert.deepEqual(said([floating("a", GB)]), {
      findings: [],
      undecided: ["c1: nodes is not declared: not checked by cluster-capacity."],
    });
  });

  it("has nothing to advise about the loss of the only node", () => {
    assert.deepEqual(said([node("hv1"), floating("a", GB)]), SILENT);
    assert.deepEqual(said([node("hv1"), floating("a", 33 * GB)]).findings, [
      "c1: The virtual machines of c1 may use 33792 MB of memory; its only node has 32768.",
    ]);
  });

  it("says what cannot be decided", () => {
    const text = (name: string, property: string) => [
      `${name}: ${property} is not known until deployment: not checked by cluster-capacity.`,
    ];
    const two = [node("hv1"), node("hv2")];
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: UNKNOWN })]).undecided, text("c1", "nodes"));
    assert.deepEqual(said([...two, host("new", { cluster: UNKNOWN })]).undecided, text("new", "cluster"));
    assert.deepEqual(said([...two, node("hv3", { memoryMB: UNKNOWN })]).undecided, text("hv3", "memoryMB"));
    assert.deepEqual(said([...two, floating("a", UNKNOWN)]).undecided, text("a", "memoryMB"));
    const unknown = floating("a", GB, { processorCount: UNKNOWN });
    assert.deepEqual(said([...two, unknown]).undecided, text("a", "processorCount"));
  });

  it("says nothing of what virtual machines use where the others are too much already", () => {
    const resources = [node("hv1"), node("hv2"), floating("a", 65 * GB), floating("b", UNKNOWN)];
    assert.deepEqual(said(resources).undecided, []);
  });

  it("leaves a malformed node to the estate rule instead of counting it as nothing", () => {
    for (const value of MALFORMED)
      for (const property of ["memoryMB", "processors", "operatingSystem"]) {
        const two = [node("hv1"), node("hv2", { [property]: value })];
        assert.deepEqual(said([...two, floating("a", 16 * GB)]), SILENT, `${property} ${JSON.stringify(value)}`);
      }
  });

  it("leaves malformed virtual machines and clusters to the estate rule", () => {
    for (const value of MALFORMED) {
      const two = [node("hv1"), node("hv2")];
      assert.deepEqual(said([...two, floating("a", value), floating("b", GB, { processorCount: value })]), SILENT);
      assert.deepEqual(judge(rule, [cluster("c1", { nodes: value }), ...two]).findings, []);
    }
  });
});
