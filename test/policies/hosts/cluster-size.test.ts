import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { clusterSize as rule } from "../../../policies/hosts/cluster-size";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";

function nodes(number: number, properties: PlainObject = {}): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => host(`hv${String(index)}`, { cluster: "c1", ...properties }));
}

function machines(number: number, properties: PlainObject = { cluster: "c1" }): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => vm(`vm${String(index)}`, properties));
}

function judged(resources: readonly DeclaredResource[]) {
  return judge(rule, [cluster("c1"), ...resources]);
}

function said(resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judged(resources);
  return { findings, undecided };
}

/** Host version, the most nodes, and whether the figure stands in a document. */
const NODES: readonly (readonly [string, number, boolean])[] = [
  ["Windows Server 2008", 16, false],
  ["Windows Server 2008 SP2", 16, false],
  ["Windows Server 2008 R2", 16, true],
  ["Windows Server 2008 R2 SP1", 16, true],
  ["Windows Server 2012", 64, true],
  ["Windows Server 2012 R2", 64, true],
  ["Windows Server 2016", 64, true],
  ["Windows Server 2019", 64, true],
  ["Windows Server 2022", 64, true],
  ["Windows Server 2025", 64, true],
  ["Azure Stack HCI", 16, true],
  ["Azure Local", 16, true],
];

describe("cluster-size", () => {
  for (const [operatingSystem, limit, documented] of NODES) {
    it(`allows ${String(limit)} nodes of ${operatingSystem}`, () => {
      for (const number of [1, limit - 1, limit]) assert.deepEqual(said(nodes(number, { operatingSystem })), SILENT);
      const { findings, advisory } = judged(nodes(limit + 1, { operatingSystem }));
      assert.equal(findings.length, 1);
      assert.deepEqual(advisory, documented ? [] : ["c1"]);
    });
  }

  it("allows 1000 virtual machines on Windows Server 2008 R2, wherever they are declared", () => {
    const two = nodes(2);
    assert.deepEqual(said([...two, ...machines(1000)]), SILENT);
    assert.deepEqual(said([...two, ...machines(1000), vm("last", { host: "hv1" })]).findings, [
      "c1: c1 has 1001 virtual machines. Windows Server 2008 R2 with Service Pack 1 supports at most 1,000.",
    ]);
    assert.deepEqual(said([...two, ...machines(1000), vm("other", { host: "else" }), host("else")]), SILENT);
  });

  it("allows 8000 virtual machines from Windows Server 2012 on, and any number where no document has one", () => {
    const eightThousand = machines(8000);
    const one = vm("one", { cluster: "c1" });
    for (const version of ["2012", "2016", "2025"]) {
      const two = nodes(2, { operatingSystem: `Windows Server ${version}` });
      if (version === "2012") assert.deepEqual(said([...two, ...eightThousand]), SILENT);
      assert.deepEqual(said([...two, ...eightThousand, one]).findings, [
        `c1: c1 has 8001 virtual machines. Windows Server ${version} supports at most 8,000.`,
      ]);
    }
    assert.deepEqual(said([...nodes(2, { operatingSystem: "Azure Local" }), ...eightThousand, one]), SILENT);
  });

  it("finds nodes of different versions, service packs included", () => {
    const mixed = [
      host("hv1", { operatingSystem: "Windows Server 2008 R2", cluster: "c1" }),
      host("hv2", { cluster: "c1" }),
      host("hv3", { cluster: "c1" }),
    ];
    assert.deepEqual(said(mixed), {
      findings: [
        "c1: c1 has nodes of different versions: Windows Server 2008 R2 on hv1 and Windows Server 2008 R2 with Service Pack 1 " +
          "on hv2 and hv3.",
      ],
      undecided: [],
    });
  });

  it("finds nodes with processors of different vendors, as far as they are declared", () => {
    const processors = { sockets: 2, coresPerSocket: 4, threadsPerCore: 2 };
    const node = (name: string, vendor?: PlainObject[string]) =>
      host(name, { cluster: "c1", processors: { ...processors, vendor } });
    assert.deepEqual(said([node("hv1", "Intel"), node("hv2", "intel"), host("hv3", { cluster: "c1" })]), SILENT);
    assert.deepEqual(said([node("hv1", "Intel"), node("hv2", "AMD"), node("hv3", "Intel")]).findings, [
      "c1: c1 has nodes with processors of different vendors: Intel in hv1 and hv3 and AMD in hv2.",
    ]);
    for (const vendor of MALFORMED) assert.deepEqual(said([node("hv1", "Intel"), node("hv2", vendor)]), SILENT);
  });

  it("cannot decide a vendor that only the deployment knows", () => {
    const processors: PlainObject = { sockets: 2, coresPerSocket: 4, threadsPerCore: 2, vendor: UNKNOWN };
    assert.deepEqual(said([host("hv1", { cluster: "c1", processors }), host("hv2", { cluster: "c1" })]).undecided, [
      "hv1: processors.vendor is not known until deployment: not decidable at preview by cluster-size.",
    ]);
  });

  it("counts a node once, whether the cluster, the host or both name it", () => {
    const sixteen = nodes(16);
    const names = sixteen.map(({ name }) => name);
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: [...names, ...names] }), ...sixteen]).findings, []);
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: [...names, "new"] }), ...sixteen, host("new")]).findings, [
      "c1: c1 has 17 nodes. Windows Server 2008 R2 with Service Pack 1 supports at most 16.",
    ]);
  });

  it("says the same of a cluster of unlike nodes, whatever they are called", () => {
    const versions = ["Windows Server 2012", R2_SP1];
    const sizes = [versions, [...versions].reverse()].map((order) => {
      const twenty = Array.from({ length: 20 }, (_, index) =>
        host(`hv${String(index + 10)}`, { cluster: "c1", operatingSystem: order[index % 2] ?? "" }),
      );
      return said(twenty).findings.length;
    });
    assert.equal(sizes[0], sizes[1]);
  });

  it("says what cannot be decided", () => {
    const text = (name: string, property: string) => [
      `${name}: ${property} is not known until deployment: not decidable at preview by cluster-size.`,
    ];
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: UNKNOWN })]).undecided, text("c1", "nodes"));
    assert.deepEqual(said([...nodes(17), host("new", { cluster: UNKNOWN })]), {
      findings: [],
      undecided: text("new", "cluster"),
    });
    const unknown = host("new", { cluster: "c1", operatingSystem: UNKNOWN });
    assert.deepEqual(said([...nodes(17), unknown]).undecided, text("new", "operatingSystem"));
  });

  it("leaves malformed declarations to the estate rule, and has nothing to say of a cluster without nodes", () => {
    assert.deepEqual(said(machines(2)), SILENT);
    for (const value of MALFORMED) {
      assert.deepEqual(judge(rule, [cluster("c1", { nodes: value }), host("hv1")]).findings, []);
      assert.deepEqual(said([...nodes(17), host("new", { cluster: "c1", operatingSystem: value })]), SILENT);
    }
  });
});
