import assert from "node:assert/strict";
import fc from "fast-check";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Cluster, Entity, Host, VirtualMachine } from "../../../lib/estate/model";
import type { PlainObject } from "../../../lib/estate/plain";
import { map, type Value } from "../../../lib/estate/value";
import { RULES } from "../../../policies";
import { cluster, host, judge, mailbox, problemsOf, UNKNOWN, vm } from "../../kit";

function join(...resources: readonly DeclaredResource[]): Estate {
  return readEstate(resources, true);
}

/** A resource as those outside a `--target` arrive. */
function leftOut(resource: DeclaredResource): DeclaredResource {
  return { ...resource, properties: {} };
}

/** A value as a test can compare it: the name, or the state it is in. */
function nameIn(value: Value<Entity>): string {
  if (value.state === "known") return value.value.name;
  return value.state === "absent" ? "absent" : value.because;
}

function namesIn(value: Value<readonly Entity[]>): readonly string[] | string {
  const names = map(value, (entities) => entities.map(({ name }) => name));
  if (names.state === "known") return names.value;
  return names.state === "absent" ? "absent" : names.because;
}

function hostNamed(name: string, estate: Estate): Host {
  return theOne(estate.hosts.filter((one) => one.name === name));
}

function clusterNamed(name: string, estate: Estate): Cluster {
  return theOne(estate.clusters.filter((one) => one.name === name));
}

function vmNamed(name: string, estate: Estate): VirtualMachine {
  return theOne(estate.virtualMachines.filter((one) => one.name === name));
}

function theOne<T>(found: readonly T[]): T {
  const [one, another] = found;
  assert(one !== undefined && another === undefined, "exactly one is expected");
  return one;
}

/** All that an estate tells, by names: what any order of the resources must leave the same. */
function told(estate: Estate): unknown {
  return {
    declared: estate.declared.map(({ urn }) => urn),
    leftOut: estate.leftOut.map(({ urn }) => urn),
    problems: problemsOf(estate),
    hosts: estate.hosts.map((one) => [
      one.urn,
      nameIn(estate.clusterOfHost(one)),
      estate.virtualMachinesOn(one).map(({ urn }) => urn),
    ]),
    clusters: estate.clusters.map((one) => [
      one.urn,
      namesIn(estate.nodesOf(one)),
      estate.virtualMachinesFloatingOn(one).map(({ urn }) => urn),
    ]),
    virtualMachines: estate.virtualMachines.map((one) => [
      one.urn,
      nameIn(estate.hostOf(one)),
      nameIn(estate.clusterOf(one)),
      namesIn(estate.hostsOf(one)),
      estate.knownHostsOf(one).map(({ urn }) => urn),
    ]),
  };
}

const NO_HOST = "but no Host of that name is declared → ";

describe("Estate", () => {
  it("is empty when nothing is declared", () => {
    assert.deepEqual(told(join()), {
      declared: [],
      leftOut: [],
      problems: [],
      hosts: [],
      clusters: [],
      virtualMachines: [],
    });
  });

  it("passes over resources of other types", () => {
    const other = { urn: "urn:a", type: "aws:ec2/instance:Instance", name: "a", properties: { host: "hv1" } };
    assert.deepEqual(join(other).declared, []);
  });

  describe("places virtual machines", () => {
    it("on a host by its name, whatever its case", () => {
      const estate = join(host("hv1"), host("hv2"), vm("a", { host: "HV1" }), vm("b", { host: "hv1" }));
      const [a, b] = [vmNamed("a", estate), vmNamed("b", estate)];
      assert.equal(nameIn(estate.hostOf(a)), "hv1");
      assert.equal(nameIn(estate.clusterOf(a)), "absent");
      assert.deepEqual(namesIn(estate.hostsOf(a)), ["hv1"]);
      assert.deepEqual(estate.virtualMachinesOn(hostNamed("hv1", estate)), [a, b]);
      assert.deepEqual(estate.virtualMachinesOn(hostNamed("hv2", estate)), []);
      assert.deepEqual(problemsOf(estate), []);
    });

    it("on a host by its declared name and not by that of its resource", () => {
      const estate = join(host("resource", { name: "HV-A" }), vm("a", { host: "hv-a" }), vm("b", { host: "resource" }));
      assert.equal(nameIn(estate.hostOf(vmNamed("a", estate))), "HV-A");
      assert.deepEqual(problemsOf(estate), [`b: host is "resource", ${NO_HOST}Use one of: HV-A; or declare the Host.`]);
    });

    it("on a host by its URN, which a component stands for", () => {
      const hv1 = host("hv1");
      const estate = join(hv1, vm("a", { host: hv1.urn }));
      assert.equal(nameIn(estate.hostOf(vmNamed("a", estate))), "hv1");
      assert.deepEqual(problemsOf(estate), []);
    });

    it("on any node of a cluster", () => {
      const estate = join(
        cluster("c1", { nodes: ["hv1"] }),
        host("hv1"),
        host("hv2", { cluster: "C1" }),
        host("hv3"),
        vm("a", { cluster: "c1" }),
      );
      const a = vmNamed("a", estate);
      assert.equal(nameIn(estate.hostOf(a)), "absent");
      assert.equal(nameIn(estate.clusterOf(a)), "c1");
      assert.deepEqual(namesIn(estate.hostsOf(a)), ["hv1", "hv2"]);
      assert.deepEqual(estate.virtualMachinesFloatingOn(clusterNamed("c1", estate)), [a]);
      assert.deepEqual(estate.virtualMachinesIn(clusterNamed("c1", estate)), [a]);
      for (const one of estate.hosts) assert.deepEqual(estate.virtualMachinesOn(one), []);
      assert.deepEqual(problemsOf(estate), []);
    });

    it("on a host that it may leave for any other node, when the cluster is declared too", () => {
      const nodes = ["hv1", "hv2"].map((name) => host(name, { cluster: "c1" }));
      const estate = join(cluster("c1"), ...nodes, vm("a", { cluster: "c1", host: "hv1" }));
      const a = vmNamed("a", estate);
      assert.equal(nameIn(estate.hostOf(a)), "hv1");
      assert.deepEqual(namesIn(estate.hostsOf(a)), ["hv1", "hv2"]);
      assert.deepEqual(estate.virtualMachinesOn(hostNamed("hv1", estate)), [a]);
      assert.deepEqual(estate.virtualMachinesFloatingOn(clusterNamed("c1", estate)), []);
      assert.deepEqual(estate.virtualMachinesIn(clusterNamed("c1", estate)), [a]);
      assert.deepEqual(problemsOf(estate), []);
    });

    it("on its possible owners only, whatever their case and however often they are named", () => {
      const estate = join(
        cluster("c1", { nodes: ["hv1", "hv2", "hv3"] }),
        ...["hv1", "hv2", "hv3"].map((name) => host(name)),
        vm("a", { cluster: "c1", possibleOwners: ["HV3", "hv1", "hv3"] }),
        vm("b", { cluster: "c1", host: "hv2", possibleOwners: ["hv2"] }),
        vm("c", { cluster: "c1", possibleOwners: ["hv1", UNKNOWN] }),
        vm("d", { cluster: "c1", possibleOwners: UNKNOWN }),
      );
      const reaches = ["a", "b", "c", "d"].map((name) => {
        const machine = vmNamed(name, estate);
        return [namesIn(estate.hostsOf(machine)), estate.knownHostsOf(machine).map((one) => one.name)];
      });
      assert.deepEqual(reaches, [
        [
          ["hv1", "hv3"],
          ["hv1", "hv3"],
        ],
        [["hv2"], ["hv2"]],
        ["deployment", ["hv1"]],
        ["deployment", []],
      ]);
      assert.deepEqual(problemsOf(estate), []);
    });

    it("on its possible owners, while not all nodes of the cluster are known", () => {
      const estate = join(
        cluster("c1", { nodes: UNKNOWN }),
        host("hv1", { cluster: "c1" }),
        host("hv2"),
        vm("a", { cluster: "c1", possibleOwners: ["hv2"] }),
        vm("b", { cluster: "c1" }),
      );
      assert.deepEqual(namesIn(estate.hostsOf(vmNamed("a", estate))), ["hv2"]);
      assert.deepEqual(namesIn(estate.hostsOf(vmNamed("b", estate))), "deployment");
      assert.deepEqual(
        estate.knownHostsOf(vmNamed("b", estate)).map((one) => one.name),
        ["hv1"],
      );
      assert.deepEqual(problemsOf(estate), []);
    });

    it("nowhere when nothing is declared", () => {
      const estate = join(host("hv1"), vm("a"));
      assert.equal(namesIn(estate.hostsOf(vmNamed("a", estate))), "absent");
      assert.deepEqual(problemsOf(estate), []);
    });

    it("somewhere that is known only after the deployment", () => {
      const estate = join(
        host("hv1"),
        vm("a", { host: UNKNOWN }),
        vm("b", { cluster: UNKNOWN }),
        vm("c", { host: [] }),
      );
      assert.equal(namesIn(estate.hostsOf(vmNamed("a", estate))), "deployment");
      assert.equal(namesIn(estate.hostsOf(vmNamed("b", estate))), "deployment");
      assert.equal(namesIn(estate.hostsOf(vmNamed("c", estate))), "malformed");
      assert.deepEqual(problemsOf(estate), ["c: host is a list of 0 → Use a string."]);
    });
  });

  describe("joins hosts and clusters", () => {
    const nodes = (estate: Estate, name: string) => namesIn(estate.nodesOf(clusterNamed(name, estate)));

    it("from the cluster's side, by name or URN", () => {
      const hv2 = host("hv2");
      const estate = join(cluster("c1", { nodes: ["HV1", hv2.urn] }), host("hv1"), hv2, host("hv3"));
      assert.deepEqual(nodes(estate, "c1"), ["hv1", "hv2"]);
      assert.deepEqual(
        estate.hosts.map((one) => nameIn(estate.clusterOfHost(one))),
        ["c1", "c1", "absent"],
      );
      assert.deepEqual(problemsOf(estate), []);
    });

    it("from the host's side, by name or URN", () => {
      const c1 = cluster("c1");
      const estate = join(c1, host("hv1", { cluster: "C1" }), host("hv2", { cluster: c1.urn }));
      assert.deepEqual(nodes(estate, "c1"), ["hv1", "hv2"]);
      assert.deepEqual(problemsOf(estate), []);
    });

    it("from both sides at once", () => {
      const estate = join(cluster("c1", { nodes: ["hv1"] }), host("hv1", { cluster: "c1" }));
      assert.deepEqual(nodes(estate, "c1"), ["hv1"]);
      assert.deepEqual(problemsOf(estate), []);
    });

    it("and takes the cluster's word when the host's is not known yet", () => {
      const estate = join(cluster("c1", { nodes: ["hv1"] }), host("hv1", { cluster: UNKNOWN }));
      assert.equal(nameIn(estate.clusterOfHost(hostNamed("hv1", estate))), "c1");
      assert.deepEqual(nodes(estate, "c1"), ["hv1"]);
    });
  });

  describe("gives the part that is known", () => {
    /** What is known of the nodes of c1, and of the hosts of the machine. */
    function parts(estate: Estate) {
      const names = (hosts: readonly Host[]) => hosts.map(({ name }) => name);
      return {
        nodes: names(estate.knownNodesOf(clusterNamed("c1", estate))),
        hosts: names(estate.knownHostsOf(vmNamed("a", estate))),
      };
    }

    const two = [host("hv1", { cluster: "c1" }), host("hv2", { cluster: "c1" })];
    const both = { nodes: ["hv1", "hv2"], hosts: ["hv1", "hv2"] };

    it("of the nodes, where all are known", () => {
      assert.deepEqual(parts(join(cluster("c1"), ...two, vm("a", { cluster: "c1" }))), both);
      assert.deepEqual(parts(join(cluster("c1"), ...two, vm("a", { cluster: "c1", host: "hv2" }))), both);
    });

    it("of the nodes, where others are not known or cannot be read", () => {
      const machine = vm("a", { cluster: "c1" });
      const open = [
        [cluster("c1", { nodes: UNKNOWN })],
        [cluster("c1", { nodes: [UNKNOWN, "hv2"] })],
        [cluster("c1", { nodes: ["nowhere"] })],
        [cluster("c1", { nodes: "hv1" })],
        [cluster("c1"), host("hv3", { cluster: UNKNOWN })],
        [cluster("c1"), host("hv3", { cluster: [] })],
        [cluster("c1"), leftOut(host("hv3"))],
      ];
      for (const others of open) {
        const estate = join(...others, ...two, machine);
        assert.deepEqual(parts(estate), both);
        assert.equal(typeof namesIn(estate.hostsOf(vmNamed("a", estate))), "string");
      }
    });

    it("of the hosts, with the one that the machine is declared on before the nodes", () => {
      const own = (properties: PlainObject) =>
        parts(join(cluster("c1"), ...two, host("hv3"), vm("a", properties))).hosts;
      assert.deepEqual(own({ host: "hv3" }), ["hv3"]);
      for (const nowhere of [UNKNOWN, "nowhere", []] as const) {
        assert.deepEqual(own({ host: "hv3", cluster: nowhere }), ["hv3"]);
        assert.deepEqual(own({ host: nowhere, cluster: "c1" }), ["hv1", "hv2"]);
        assert.deepEqual(own({ host: nowhere }), []);
      }
      assert.deepEqual(own({}), []);
      const open = join(
        cluster("c1", { nodes: UNKNOWN }),
        ...two,
        host("hv3"),
        vm("a", { host: "hv3", cluster: "c1" }),
      );
      assert.deepEqual(parts(open).hosts, ["hv3", "hv1", "hv2"]);
    });

    it("of a cluster without nodes: nothing", () => {
      assert.deepEqual(parts(join(cluster("c1"), host("hv3"), vm("a", { cluster: "c1" }))), { nodes: [], hosts: [] });
    });
  });

  describe("reports what contradicts itself or names nothing", () => {
    it("two hosts, clusters with one name", () => {
      const estate = join(
        host("a", { name: "HV1" }),
        host("b", { name: "hv1" }),
        host("c", { name: "hv1" }),
        cluster("d", { name: "c1" }),
        cluster("e", { name: "c1" }),
        vm("f", { host: "hv1" }),
      );
      const first = (type: string, name: string) => `urn:pulumi:test::kit::hyperv-guard:index:${type}::${name}`;
      assert.deepEqual(problemsOf(estate), [
        `e: name is "c1", and the cluster ${first("Cluster", "d")} has that name already → Give each cluster a name of its own.`,
        `b: name is "hv1", and the host ${first("Host", "a")} has that name already → Give each host a name of its own.`,
        `c: name is "hv1", and the host ${first("Host", "a")} has that name already → Give each host a name of its own.`,
      ]);
      assert.equal(nameIn(estate.hostOf(vmNamed("f", estate))), "HV1");
    });

    it("a host and a cluster with one name are no contradiction", () => {
      assert.deepEqual(problemsOf(join(host("x"), cluster("x"), vm("x"))), []);
    });

    it("a virtual machine on a host or cluster that does not exist", () => {
      const estate = join(host("hv1"), host("hv2"), vm("a", { host: "hv3" }), vm("b", { cluster: "c1" }));
      assert.equal(nameIn(estate.hostOf(vmNamed("a", estate))), "malformed");
      assert.deepEqual(problemsOf(estate), [
        `a: host is "hv3", ${NO_HOST}Use one of: hv1, hv2; or declare the Host.`,
        'b: cluster is "c1", but no Cluster of that name is declared → Declare the Cluster.',
      ]);
    });

    it("a reference to the wrong kind of thing", () => {
      const estate = join(cluster("c1"), host("hv1"), vm("a", { host: "c1" }), vm("b", { host: cluster("c1").urn }));
      assert.deepEqual(problemsOf(estate), [
        `a: host is "c1", ${NO_HOST}Use one of: hv1; or declare the Host.`,
        `b: host is "${cluster("c1").urn}", ${NO_HOST}Use one of: hv1; or declare the Host.`,
      ]);
    });

    it("a node that does not exist, at its place in the list", () => {
      const estate = join(cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"));
      assert.deepEqual(problemsOf(estate), [`c1: nodes[1] is "hv2", ${NO_HOST}Use one of: hv1; or declare the Host.`]);
    });

    it("a host on a cluster that does not exist", () => {
      const estate = join(host("hv1", { cluster: "c1" }));
      assert.equal(nameIn(estate.clusterOfHost(hostNamed("hv1", estate))), "malformed");
      assert.deepEqual(problemsOf(estate), [
        'hv1: cluster is "c1", but no Cluster of that name is declared → Declare the Cluster.',
      ]);
    });

    it("a virtual machine on a host that is no node of the declared cluster", () => {
      const estate = join(
        cluster("c1", { nodes: ["hv1"] }),
        host("hv1"),
        host("hv2"),
        vm("a", { host: "hv2", cluster: "c1" }),
      );
      assert.deepEqual(problemsOf(estate), [
        'a: host is "hv2", which is not a node of its cluster "c1" → ' +
          "Use a node of the cluster, or remove one of the two properties.",
      ]);
    });

    it("possible owners that do not exist, are no nodes, are none, or belong to no cluster", () => {
      const estate = join(
        cluster("c1", { nodes: ["hv1", "hv2"] }),
        host("hv1"),
        host("hv2"),
        host("hv3"),
        vm("a", { cluster: "c1", possibleOwners: ["hv1", "hv9"] }),
        vm("b", { cluster: "c1", possibleOwners: ["hv1", "hv3"] }),
        vm("c", { cluster: "c1", possibleOwners: [] }),
        vm("d", { host: "hv1", possibleOwners: ["hv1"] }),
        vm("e", { cluster: "c1", host: "hv1", possibleOwners: ["hv2"] }),
        vm("f", { cluster: "c1", host: "hv3", possibleOwners: ["hv2"] }),
        vm("g", { cluster: "c1", possibleOwners: "hv1" }),
      );
      assert.deepEqual(problemsOf(estate), [
        `a: possibleOwners[1] is "hv9", ${NO_HOST}Use one of: hv1, hv2, hv3; or declare the Host.`,
        'b: possibleOwners[1] is "hv3", which is not a node of the cluster "c1" → Name only nodes of the cluster.',
        "c: possibleOwners is empty: no node may run the virtual machine → Name at least one node, or remove it if every node may run the virtual machine.",
        "d: possibleOwners names possible owners, but no cluster is declared for the virtual machine → " +
          "Declare the cluster, or remove the possible owners.",
        'e: host is "hv1", which is not one of its possibleOwners → ' +
          "Name the host among the possible owners, or place the virtual machine on one of them.",
        'f: host is "hv3", which is not a node of its cluster "c1" → ' +
          "Use a node of the cluster, or remove one of the two properties.",
        'g: possibleOwners is "hv1" → Use a list.',
      ]);
      for (const name of ["a", "b", "c", "g"]) {
        assert.equal(namesIn(estate.hostsOf(vmNamed(name, estate))), "malformed", name);
      }
      assert.deepEqual(namesIn(estate.hostsOf(vmNamed("d", estate))), ["hv1"]);
    });

    it("a host that two clusters list, or one lists and the host names another", () => {
      const taken =
        "names the host hv1, which is a node of the cluster c1 already → " +
        "A host is a node of only one cluster: remove it from the other.";
      const listed = join(
        cluster("c1", { nodes: ["hv1"] }),
        cluster("c2", { nodes: ["hv0", "HV1"] }),
        host("hv1"),
        host("hv0"),
      );
      assert.deepEqual(problemsOf(listed), [`c2: nodes[1] ${taken}`]);
      assert.equal(nameIn(listed.clusterOfHost(hostNamed("hv1", listed))), "c1");
      const named = join(cluster("c1"), cluster("c2", { nodes: ["hv1"] }), host("hv1", { cluster: "c1" }));
      assert.deepEqual(problemsOf(named), [`c2: nodes[0] ${taken}`]);
    });
  });

  describe("reports nothing that it cannot know", () => {
    it("a reference while more resources may be declared", () => {
      const estate = readEstate(
        [
          vm("a", { host: "hv1" }),
          vm("b", { cluster: "c1" }),
          host("hv9", { cluster: "c1" }),
          cluster("c9", { nodes: ["hv1"] }),
        ],
        false,
      );
      assert.deepEqual(problemsOf(estate), []);
      assert.equal(nameIn(estate.hostOf(vmNamed("a", estate))), "deployment");
      assert.equal(nameIn(estate.clusterOf(vmNamed("b", estate))), "deployment");
      assert.equal(nameIn(estate.clusterOfHost(hostNamed("hv9", estate))), "deployment");
    });

    it("a reference that a left-out resource may answer, whatever its type: a command may create anything", () => {
      const estate = join(
        leftOut(host("hv1")),
        host("hv2", { cluster: "c1" }),
        vm("a", { host: "hv1" }),
        vm("b", { host: "hv2" }),
      );
      assert.deepEqual(
        estate.leftOut.map(({ name }) => name),
        ["hv1"],
      );
      assert.equal(nameIn(estate.hostOf(vmNamed("a", estate))), "deployment");
      assert.equal(nameIn(estate.hostOf(vmNamed("b", estate))), "hv2");
      assert.deepEqual(problemsOf(estate), []);
      const other = join(
        leftOut(cluster("c1")),
        leftOut(vm("x")),
        host("hv2", { cluster: "c1" }),
        vm("a", { host: "hv1" }),
      );
      assert.equal(nameIn(other.clusterOfHost(hostNamed("hv2", other))), "deployment");
      assert.deepEqual(problemsOf(other), []);
    });

    it("nodes that are known only after the deployment: then it is not known where a machine of the cluster runs", () => {
      const hosts = (nodes: typeof UNKNOWN | readonly (string | typeof UNKNOWN)[]) => {
        const estate = join(cluster("c1", { nodes }), host("hv1"), vm("a", { cluster: "c1" }));
        return namesIn(estate.hostsOf(vmNamed("a", estate)));
      };
      assert.deepEqual(hosts(["hv1"]), ["hv1"]);
      assert.equal(hosts(UNKNOWN), "deployment");
      assert.equal(hosts(["hv1", UNKNOWN]), "deployment");
    });

    it("nodes that are left out: then it is not known where a machine of the cluster runs", () => {
      const estate = join(
        cluster("c1", { nodes: ["hv1", "hv2"] }),
        leftOut(host("hv1")),
        host("hv2"),
        vm("a", { cluster: "c1" }),
      );
      assert.equal(namesIn(estate.hostsOf(vmNamed("a", estate))), "deployment");
    });

    it("nodes, while a host is left out that may be one", () => {
      const estate = join(
        cluster("c1"),
        leftOut(host("hv1")),
        host("hv2", { cluster: "c1" }),
        vm("a", { cluster: "c1" }),
      );
      assert.equal(namesIn(estate.hostsOf(vmNamed("a", estate))), "deployment");
    });

    it("a reference while the name of a host is known only after the deployment", () => {
      const estate = join(host("resource", { name: UNKNOWN }), vm("a", { host: "hv1" }));
      assert.equal(nameIn(estate.hostOf(vmNamed("a", estate))), "deployment");
      assert.deepEqual(problemsOf(estate), []);
    });

    it("a reference to the resource of a host that may have another name", () => {
      const estate = join(host("hv1", { name: UNKNOWN }), host("hv2", { name: "hv1" }), vm("a", { host: "hv1" }));
      assert.deepEqual(problemsOf(estate), []);
      const alone = join(host("hv1", { name: UNKNOWN }), vm("a", { host: "hv1" }));
      assert.equal(nameIn(alone.hostOf(vmNamed("a", alone))), "deployment");
    });

    it("whether a host is a node, while its cluster or the cluster's nodes are not known", () => {
      const machine = vm("a", { host: "hv1", cluster: "c1" });
      assert.deepEqual(problemsOf(join(cluster("c1"), host("hv1", { cluster: UNKNOWN }), machine)), []);
      assert.deepEqual(problemsOf(join(cluster("c1", { nodes: UNKNOWN }), host("hv1"), machine)), []);
      assert.deepEqual(problemsOf(join(cluster("c1", { nodes: [UNKNOWN] }), host("hv1"), machine)), []);
    });
  });

  it("lists where machines are whose host is not known", () => {
    const estate = join(
      host("hv1"),
      vm("a", { host: UNKNOWN }),
      vm("b", { host: "nowhere" }),
      vm("c", { host: "hv1" }),
      vm("d"),
    );
    assert.deepEqual(
      estate.unplaced.map(({ because, origin }) => [because, origin.urn]),
      [
        ["deployment", vm("a").urn],
        ["malformed", vm("b").urn],
      ],
    );
  });

  it("sorts the problems of a resource by property", () => {
    const estate = join(vm("a", { zzz: 1, host: "hv1", memoryMB: 0, cluster: "c1" }));
    assert.deepEqual(
      problemsOf(estate).map((problem) => problem.split(" ")[1]),
      ["cluster", "host", "memoryMB", "zzz"],
    );
  });

  it("does not depend on the order of the resources", () => {
    const resources = [
      host("hv1", { cluster: "c1" }),
      host("hv2", { name: "HV1" }),
      host("hv3", { processors: UNKNOWN }),
      host("hv4", { memoryMB: 100 }),
      leftOut(host("hv5")),
      cluster("c1", { nodes: ["hv3", "hv4"] }),
      cluster("c2", { nodes: ["hv4", "nobody"] }),
      cluster("c3", { name: "c1" }),
      mailbox("ex1", { host: "hv1", processorCount: 3 }, { databaseAvailabilityGroup: "dag" }),
      mailbox("ex2", { host: "hv1", processorCount: 200 }, { databaseAvailabilityGroup: "dag" }),
      mailbox("ex3", { cluster: "c1", disks: [{ type: "dynamic" }] }, { databaseAvailabilityGroup: "DAG" }),
      mailbox("ex4", { host: "hv4", dynamicMemory: {} }, { databaseAvailabilityGroup: UNKNOWN }),
      vm("vm1", { host: "hv2", cluster: "c2" }),
      vm("vm2", { host: UNKNOWN, guestOs: "Windows 2008 R3" }),
    ];
    const judged = (order: readonly DeclaredResource[]) => [
      told(join(...order)),
      ...RULES.map((rule) => judge(rule, order)),
    ];
    const expected = judged(resources);
    assert.ok(
      RULES.filter((rule) => judge(rule, resources).findings.length > 0).length >= 5,
      "the estate is a bad one",
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (order) => {
        assert.deepEqual(judged(order), expected);
      }),
      // Every run judges the whole estate by every rule.
      { numRuns: 10 },
    );
  });
});

describe("perEstate", () => {
  it("computes once for each estate", () => {
    let computed = 0;
    const names = perEstate(({ hosts }) => {
      computed++;
      return hosts.map(({ name }) => name);
    });
    const [one, other] = [join(host("hv1")), join(host("hv2"))];
    assert.deepEqual([names(one), names(other), names(one), names(other)], [["hv1"], ["hv2"], ["hv1"], ["hv2"]]);
    assert.equal(computed, 2);
  });
});
