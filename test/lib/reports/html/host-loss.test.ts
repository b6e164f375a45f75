import assert from "node:assert/strict";
import fc from "fast-check";
import type { EstateView, HostView, MachineView } from "../../../../lib/judging/estate-view";
import { estateIndex, hostLoss, type HostLoss } from "../../../../lib/reports/html/host-loss";

const NODE: HostView = { name: "hv", urn: "hv", cluster: 0, memoryMB: 100 };
const MACHINE: MachineView = { name: "vm", urn: "vm", host: 0, cluster: 0, memoryMB: 10 };

function lossOf(hosts: readonly HostView[], machines: readonly MachineView[], lost = 0): HostLoss {
  const view: EstateView = { clusters: [{ name: "clu", urn: "clu", networks: [] }], hosts, machines };
  return hostLoss(estateIndex(view), lost);
}

describe("the loss of a host", () => {
  it("restarts the machines of its cluster, and stops those that are declared on the host alone", () => {
    const { cluster, ...alone } = MACHINE;
    assert.equal(cluster, 0);
    const loss = lossOf([NODE, NODE], [MACHINE, alone, { ...MACHINE, host: 1 }]);
    assert.deepEqual([loss.restarted, loss.stopped, loss.perhaps], [[0], [1], []]);
  });

  it("may take machines that are declared on no node, unless they never run there", () => {
    const { host, ...floating } = MACHINE;
    assert.equal(host, 0);
    const loss = lossOf([NODE, NODE], [floating, { ...floating, possibleHosts: [1] }]);
    assert.deepEqual(loss.perhaps, [0]);
    assert.equal(loss.memory?.neededMB, 20);
  });

  for (const { title, hosts, machines, answer, left = [] } of [
    { title: "enough", hosts: [NODE, NODE], machines: [{ ...MACHINE, memoryMB: 100 }], answer: "enough" },
    {
      title: "too little beside what runs there",
      hosts: [NODE, NODE],
      machines: [
        { ...MACHINE, memoryMB: 60 },
        { ...MACHINE, host: 1, memoryMB: 41 },
      ],
      answer: "tooLittle",
    },
    {
      title: "enough in total, but on no single node",
      hosts: [NODE, { ...NODE, memoryMB: 50 }, { ...NODE, memoryMB: 50 }],
      machines: [{ ...MACHINE, memoryMB: 60 }],
      answer: "split",
      left: [0],
    },
    {
      title: "enough, but not on the only possible owner",
      hosts: [NODE, { ...NODE, memoryMB: 5 }, NODE],
      machines: [{ ...MACHINE, possibleHosts: [0, 1] }],
      answer: "split",
      left: [0],
    },
    {
      title: "a machine without known memory",
      hosts: [NODE, NODE],
      machines: [MACHINE, { name: "x", urn: "x", host: 1, cluster: 0 }],
      answer: "unknown",
    },
    {
      title: "a node without known memory",
      hosts: [NODE, { name: "x", urn: "x", cluster: 0 }],
      machines: [MACHINE],
      answer: "unknown",
    },
  ] satisfies readonly {
    title: string;
    hosts: readonly HostView[];
    machines: readonly MachineView[];
    answer: string;
    left?: readonly number[];
  }[]) {
    it(`finds that the rest of the cluster has ${title}`, () => {
      const { memory } = lossOf(hosts, machines);
      assert.deepEqual([memory?.answer, memory?.left], [answer, left]);
    });
  }

  it("counts the members of groups and the servers of roles", () => {
    const member = { ...MACHINE, group: "DAG1", roles: ["Mailbox"] };
    const loss = lossOf([NODE, NODE], [member, { ...member, host: 1 }, { ...MACHINE, roles: ["Hub Transport"] }]);
    assert.deepEqual(loss.groups, [{ name: "DAG1", lost: 1, all: 2 }]);
    assert.deepEqual(loss.roles, [
      { name: "Mailbox", lost: 1, all: 2 },
      { name: "Hub Transport", lost: 1, all: 1 },
    ]);
  });

  it("never says that there is enough where there is not", () => {
    const size = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1 }), fc.array(size, { minLength: 1 }), (capacities, sizes) => {
        const hosts = [NODE, ...capacities.map((memoryMB) => ({ ...NODE, memoryMB }))];
        const { memory } = lossOf(
          hosts,
          sizes.map((memoryMB) => ({ ...MACHINE, memoryMB })),
        );
        assert.ok(memory);
        const isTooMuch = Math.max(...sizes) > Math.max(...capacities) || memory.neededMB > memory.freeMB;
        assert.ok(!isTooMuch || memory.answer !== "enough");
        assert.equal(memory.answer === "split", memory.left.length > 0);
      }),
    );
  });
});
