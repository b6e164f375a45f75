import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { estate as rule } from "../../../policies/estate/estate";
import { cluster, firewall, host, judge, problemsOf, UNKNOWN, vm, vmmServer } from "../../kit";
import { EVERYTHING } from "../../policies/vmm/topologies";

function problems(...resources: readonly DeclaredResource[]): readonly string[] {
  return problemsOf(readEstate(resources, true));
}

/** Every name in a topology, and that of the server. */
function namesIn(properties: PlainObject): readonly string[] {
  const texts = (plain: unknown): readonly string[] => {
    if (typeof plain === "string") return [plain];
    return typeof plain === "object" && plain !== null ? Object.values(plain).flatMap(texts) : [];
  };
  return ["vmm1", ...texts(properties)].filter((name) => /^[a-z]+\d$/.test(name));
}

describe("names in a topology of Virtual Machine Manager", () => {
  const server = (properties: PlainObject) => vmmServer("vmm1", properties);
  const withMachine = (machine: PlainObject, properties: PlainObject = {}) =>
    server({ sqlServer: "sql1", managedHosts: ["hv1"], machines: [machine], ...properties });
  const withPort = (machine: string, properties: PlainObject = {}) =>
    server({ sqlServer: "sql1", ports: [{ connection: "sql", port: 1450, machine }], ...properties });

  it("may be those of every end that a server has", () => {
    const names = namesIn(EVERYTHING);
    assert.equal(names.length, 24);
    const machines = names.map((name) => ({ name }));
    const ports = names.map((machine) => ({ connection: "sql", port: 1450, machine }));
    const firewalls = names.map((name) => firewall(`to-${name}`, "*", name));
    assert.deepEqual(problems(server({ ...EVERYTHING, machines, ports }), ...firewalls), []);
  });

  it("are problems where machines has one that nothing else names", () => {
    assert.deepEqual(problems(withMachine({ name: "sq1" })), [
      'vmm1: machines[0].name is "sq1", but no other property of this server names that computer → Use one of: sql1, hv1, vmm1; or ' +
        "add the computer to the property of its role, such as managedHosts.",
    ]);
  });

  it("are problems where a port is of a computer that nothing else names, though such a computer may be declared", () => {
    const said = [
      'vmm1: ports[0].machine is "hv2", but no other property of this server names that computer → Use one of: sql1, vmm1; or ' +
        "add the computer to the property of its role, such as managedHosts.",
    ];
    assert.deepEqual(problems(withPort("hv2")), said);
    assert.deepEqual(problems(host("hv2"), withPort("hv2")), said);
    assert.deepEqual(problems(withPort("SQL1")), []);
  });

  it("may be in machines where a computer of the name is declared", () => {
    for (const declared of [host("hv2"), cluster("hv2"), vm("hv2")]) {
      assert.deepEqual(problems(declared, withMachine({ name: "hv2" })), []);
    }
  });

  it("may be short or full, but not of two domains", () => {
    assert.deepEqual(problems(withMachine({ name: "SQL1.contoso.com" })), []);
    assert.deepEqual(problems(withPort("sql1.contoso.com")), []);
    assert.deepEqual(problems(withMachine({ name: "sql2" }, { sqlServer: "sql2.contoso.com" })), []);
    assert.equal(problems(withMachine({ name: "sql2.b.com" }, { sqlServer: "sql2.a.com" })).length, 1);
  });

  it("may be that of a computer which is named by its address, and the address of one by its name", () => {
    const entry = { name: "sql9", address: "10.0.0.5" };
    assert.deepEqual(problems(withMachine(entry, { sqlServer: "10.0.0.5" })), []);
    assert.equal(problems(withMachine(entry, { sqlServer: "10.0.0.6" })).length, 1);
    const byAddress = [{ name: "sql1", address: "10.0.0.5" }];
    assert.deepEqual(problems(withPort("10.0.0.5", { machines: byAddress })), []);
    assert.equal(problems(withPort("10.0.0.6", { machines: byAddress })).length, 1);
    assert.deepEqual(problems(withPort("10.0.0.4", { address: "10.0.0.4" })), []);
    assert.deepEqual(problems(withPort("vmm-vm", { host: "vmm-vm" })), []);
  });

  it("are no problems while some are not known", () => {
    assert.deepEqual(problems(withMachine({ name: "sq1" }, { managedHosts: UNKNOWN })), []);
    assert.deepEqual(problems(withPort("sq1", { managedHosts: ["hv1", UNKNOWN] })), []);
    assert.deepEqual(problems(withPort("sq1", { machines: [{ name: "sql1", address: UNKNOWN }] })), []);
    assert.deepEqual(problems(withPort("sq1", { host: UNKNOWN })), []);
    assert.deepEqual(problems(withMachine({ name: UNKNOWN })), []);
    assert.deepEqual(problemsOf(readEstate([withMachine({ name: "sq1" })], false)), []);
  });
});

describe("ends of firewalls", () => {
  const server = vmmServer("vmm1", { sqlServer: "sql1", machines: [{ name: "sql1", address: "10.0.0.5" }] });
  const said = (from: string, to: string, ...more: readonly DeclaredResource[]) =>
    problems(server, ...more, firewall("fw1", from, to));

  it("are advice where nothing has the name", () => {
    const { findings, advisory, messages } = judge(rule, [server, firewall("fw1", "vmm1", "sq1")]);
    assert.deepEqual(findings, [
      'fw1: fw1: to is "sq1", but no computer of that name is declared: this firewall is not judged.',
    ]);
    assert.deepEqual(advisory, ["fw1"]);
    assert.equal(
      messages[0]?.split("\n")[2],
      "Fix: Use one of: sql1, vmm1, 10.0.0.5; or declare the computer. Ignore this if the firewall has nothing to do with VMM.",
    );
    assert.equal(said("dc1", "web1").length, 2);
  });

  it("may be addresses, ranges and everybody", () => {
    for (const end of ["*", "any", "Internet", "INTRANET", "10.9.9.9", "10.0.0.0/8", "0.0.0.0/0", "fd00::1", "::/0"]) {
      assert.deepEqual(said(end, end), [], end);
    }
  });

  it("may be computers of the topology by any of their names", () => {
    for (const end of ["vmm1", "SQL1", "sql1.contoso.com"]) assert.deepEqual(said(end, "*"), [], end);
  });

  it("may be any host, cluster, Replica Broker and virtual machine that is declared", () => {
    const declared = [host("hv1"), cluster("c1", { replicaBroker: "b1" }), vm("web1")];
    for (const end of ["hv1", "c1", "b1", "web1", "hv1.contoso.com"]) {
      assert.deepEqual(said(end, end, ...declared), [], end);
    }
  });

  it("say nothing where no server is declared, or a name may still turn out to be one", () => {
    assert.deepEqual(problems(firewall("fw1", "a", "b")), []);
    assert.deepEqual(said("a", "b", host("hv1", { name: UNKNOWN })), []);
    assert.deepEqual(said("a", "b", vmmServer("vmm2", { managedHosts: [UNKNOWN] })), []);
    assert.deepEqual(problems(server, firewall("fw1", UNKNOWN, "sql1")), []);
    assert.deepEqual(problemsOf(readEstate([server, firewall("fw1", "a", "b")], false)), []);
  });
});
