import assert from "node:assert/strict";
import fc from "fast-check";
import { blankDisk } from "../../../lib/dialects/blank-entities";
import { CollectedFacts } from "../../../lib/dialects/collected-facts";
import { readHost } from "../../../lib/dialects/hyperv-guard/host";
import { readVirtualMachine } from "../../../lib/dialects/hyperv-guard/virtual-machine";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { join, type Unjoined } from "../../../lib/estate/joins";
import { keysOfMachine, pathKey } from "../../../lib/estate/keys";
import { emptyLists } from "../../../lib/estate/kinds";
import {
  emptyLinkedFactLists,
  type Computer,
  type LinkedDisk,
  type LinkedVirtualMachine,
  type LinkedFactsOf,
  type LinkedKinds,
  type Reference,
} from "../../../lib/estate/linked-facts";
import type { DiskType, Host, VirtualDisk, VirtualMachine, VirtualSwitch } from "../../../lib/estate/model";
import { absent, known, unknown, type Value } from "../../../lib/estate/value";
import { host, vm } from "../../kit";

const VM = "urn:vm";
const NOWHERE = { urn: VM, path: "" };

/** A machine of which nothing is declared but what is given. */
function machine(given: Partial<LinkedVirtualMachine>): LinkedVirtualMachine {
  const facts = new CollectedFacts();
  readVirtualMachine({ ...vm("vm1", { guestOs: undefined }), urn: VM }, facts);
  const [read] = facts.entities.virtualMachines;
  assert(read);
  return { ...read, ...given };
}

function hostOf(resource: DeclaredResource): Host {
  const facts = new CollectedFacts();
  readHost(resource, facts);
  const [read] = facts.entities.hosts;
  assert(read);
  return read;
}

function disk(given: Partial<LinkedDisk>): LinkedDisk {
  return { ...blankDisk(VM, ""), format: absent(NOWHERE), ...given };
}

const DISK_FACTS = ["name", "type", "sizeGB"] as const;

function reference(keys: Value<readonly string[]>): { references: readonly Reference<LinkedKinds["disk"]>[] } {
  return { references: [{ keys, property: "disks", gives: DISK_FACTS }] };
}

const TO_PATH = (path: string): Value<readonly string[]> => known([pathKey(path)], NOWHERE);
const NOT_KNOWN = unknown({ urn: VM, path: "disks[0].id" });

function diskFacts(name: string, type: DiskType, keys: readonly string[] = []): LinkedFactsOf<"disk"> {
  const urn = `urn:${name}`;
  return {
    urn,
    keys,
    facts: { name: known(name, { urn, path: "name" }), type: known(type, { urn, path: "type" }) },
  };
}

function joined(
  unjoined: Partial<Unjoined>,
  { complete = true, dependencies = {} }: { complete?: boolean; dependencies?: Record<string, string[]> } = {},
) {
  const resource = { ...vm("vm1"), urn: VM, propertyDependencies: dependencies };
  return join(
    {
      ...emptyLists(),
      linkedFacts: emptyLinkedFactLists(),
      ...unjoined,
    },
    [resource],
    complete,
  );
}

/** Disks of one machine after the join, as `name type`. */
function disksOf(
  disks: readonly LinkedDisk[],
  parts: readonly LinkedFactsOf<"disk">[],
  options: Parameters<typeof joined>[1] = {},
): readonly string[] {
  const virtualMachines = [machine({ disks: known(disks, NOWHERE) })];
  const [result] = joined(
    { virtualMachines, linkedFacts: { ...emptyLinkedFactLists(), disk: parts } },
    options,
  ).virtualMachines;
  return result?.disks.state === "known" ? result.disks.value.map(describeDisk) : [];
}

function describeDisk({ name, type }: VirtualDisk): string {
  return `${show(name)} ${show(type)}`;
}

function show(value: Value<string | number>): string {
  return value.state === "known" ? String(value.value) : value.state;
}

describe("join", () => {
  describe("takes the facts of a disk from the disk's own resource", () => {
    it("by path, whatever its case and slashes", () => {
      const part = diskFacts("os", "fixed", [pathKey("D:\\VHD\\os.vhdx")]);
      assert.deepEqual(disksOf([disk(reference(TO_PATH("d:/vhd//OS.VHDX")))], [part]), ["os fixed"]);
    });

    it("and leaves what the machine itself declares", () => {
      const part = diskFacts("os", "fixed", [pathKey("d:/os.vhdx")]);
      const own = disk({ ...reference(TO_PATH("d:/os.vhdx")), name: known("system", NOWHERE) });
      assert.deepEqual(disksOf([own], [part]), ["system fixed"]);
    });

    it("none when no resource has the path, and unknown while one still may", () => {
      const disks = [disk(reference(TO_PATH("d:/os.vhdx")))];
      assert.deepEqual(disksOf(disks, []), ["absent absent"]);
      assert.deepEqual(disksOf(disks, [], { complete: false }), ["unknown unknown"]);
    });

    it("by the first key that a resource has", () => {
      const keys = known(["sure", "perhaps"], NOWHERE);
      const parts = [diskFacts("other", "dynamic", ["perhaps"]), diskFacts("this", "fixed", ["sure"])];
      assert.deepEqual(disksOf([disk(reference(keys))], parts), ["this fixed"]);
      assert.deepEqual(disksOf([disk(reference(keys))], parts.slice(0, 1)), ["other dynamic"]);
    });

    it("only where those agree that cannot be distinguished", () => {
      const keys = known(["twice"], NOWHERE);
      const same = [diskFacts("one", "fixed", ["twice"]), diskFacts("two", "fixed", ["twice"])];
      assert.deepEqual(disksOf([disk(reference(keys))], same), ["unknown fixed"]);
    });
  });

  describe("follows dependencies while the keys are not known", () => {
    const parts = [diskFacts("a", "dynamic"), diskFacts("b", "fixed")];
    const data = (): LinkedDisk => disk({ ...reference(NOT_KNOWN), purpose: known("data", NOWHERE) });

    it("to as many resources as there are references", () => {
      const dependencies = { disks: ["urn:b", "urn:image", "urn:a"] };
      assert.deepEqual(disksOf([data(), data()], parts, { dependencies }), ["a dynamic", "b fixed"]);
    });

    it("without those that another reference names", () => {
      const named = diskFacts("c", "differencing", [pathKey("c")]);
      const dependencies = { disks: ["urn:a", "urn:c"] };
      const disks = [disk(reference(TO_PATH("c"))), data()];
      assert.deepEqual(disksOf(disks, [...parts, named], { dependencies }), ["c differencing", "a dynamic"]);
    });

    it("and takes what all of them have, where it is not known which is which", () => {
      const os = disk({ ...reference(NOT_KNOWN), purpose: known("operatingSystem", NOWHERE) });
      const dependencies = { disks: ["urn:a", "urn:b"] };
      assert.deepEqual(disksOf([os, data()], parts, { dependencies }), ["unknown unknown", "unknown unknown"]);
      const alike = [diskFacts("a", "fixed"), diskFacts("b", "fixed")];
      assert.deepEqual(disksOf([os, data()], alike, { dependencies }), ["unknown fixed", "unknown fixed"]);
    });

    it("which give nothing when the property depends on nothing of the kind", () => {
      assert.deepEqual(disksOf([data()], parts, { dependencies: { disks: ["urn:image"], name: ["urn:a"] } }), [
        "unknown unknown",
      ]);
    });
  });

  it("follows a chain of references, and ends where it closes to a circle", () => {
    const first = { ...diskFacts("a", "fixed", ["a"]), ...reference(known(["b"], NOWHERE)) };
    const size = known(20, NOWHERE);
    const second: LinkedFactsOf<"disk"> = {
      urn: "urn:b",
      keys: ["b"],
      facts: { sizeGB: size },
      ...reference(known(["a"], NOWHERE)),
    };
    const virtualMachines = [machine({ disks: known([disk(reference(known(["a"], NOWHERE)))], NOWHERE) })];
    const [result] = joined({
      virtualMachines,
      linkedFacts: { ...emptyLinkedFactLists(), disk: [first, second] },
    }).virtualMachines;
    assert(result?.disks.state === "known");
    assert.deepEqual(
      result.disks.value.map(({ sizeGB, type }) => [show(sizeGB), show(type)]),
      [["20", "fixed"]],
    );
  });

  describe("gives a machine the facts that other resources have of it", () => {
    const part = (keys: readonly string[]): LinkedFactsOf<"virtualMachine"> => ({
      urn: "urn:template",
      keys,
      facts: { generation: known(2, NOWHERE), checkpoints: known("disabled", NOWHERE) },
    });
    const facts = (result: VirtualMachine | undefined): readonly string[] =>
      result === undefined ? [] : [show(result.generation), show(result.checkpoints)];
    const none = { generation: absent(NOWHERE), checkpoints: absent(NOWHERE) };

    it("by its name", () => {
      const linkedFacts = { ...emptyLinkedFactLists(), virtualMachine: [part(keysOfMachine("VM1", undefined))] };
      const own = joined({ virtualMachines: [machine(none)], linkedFacts }).virtualMachines[0];
      assert.deepEqual(facts(own), ["2", "disabled"]);
      const named = { ...none, name: "vm2" };
      assert.deepEqual(facts(joined({ virtualMachines: [machine(named)], linkedFacts }).virtualMachines[0]), [
        "absent",
        "absent",
      ]);
    });

    it("by a reference, of which nothing is missed while it is not found", () => {
      const references = [{ keys: NOT_KNOWN, property: "template" }];
      const linkedFacts = { ...emptyLinkedFactLists(), virtualMachine: [part(["template"])] };
      const virtualMachines = [machine({ ...none, references })];
      const found = joined({ virtualMachines, linkedFacts }, { dependencies: { template: ["urn:template"] } });
      assert.deepEqual(facts(found.virtualMachines[0]), ["2", "disabled"]);
      assert.deepEqual(facts(joined({ virtualMachines, linkedFacts }).virtualMachines[0]), ["absent", "absent"]);
    });
  });

  it("looks up the names of availability sets", () => {
    const name = absent(NOWHERE);
    const sets = known([{ name, references: [{ keys: NOT_KNOWN, property: "sets" }] }], NOWHERE);
    const part = { urn: "urn:set", keys: [], facts: { name: known("mailbox servers", NOWHERE) } };
    const linkedFacts = { ...emptyLinkedFactLists(), availabilitySet: [part] };
    const [result] = joined(
      { virtualMachines: [machine({ sets })], linkedFacts },
      { dependencies: { sets: ["urn:set"] } },
    ).virtualMachines;
    assert(result?.availabilitySets.state === "known");
    assert.deepEqual(result.availabilitySets.value.map(show), ["mailbox servers"]);
  });

  describe("places machines on the computer that their provider works on", () => {
    const on = (name: string): Computer => ({
      urn: `urn:provider:${name}`,
      name: known(name, { urn: `urn:provider:${name}`, path: "host" }),
    });

    function place(computers: readonly Computer[], hosts: readonly Host[] = [], complete = true) {
      const virtualMachines = computers.map((computer) => machine({ computer }));
      const result = joined({ virtualMachines, hosts }, { complete });
      return {
        hosts: result.hosts.map(({ name, urn }) => `${name} ${urn}`),
        places: result.virtualMachines.map((one) => show(one.host)),
      };
    }

    it("a host of that name, or of that computer name within a domain", () => {
      const declared = hostOf({ ...host("HV01"), urn: "urn:HV01" });
      assert.deepEqual(place([on("hv01"), on("hv01.contoso.com")], [declared]), {
        hosts: ["HV01 urn:HV01"],
        places: ["HV01", "HV01"],
      });
    });

    it("one host, of which nothing else is known, where none is declared", () => {
      assert.deepEqual(place([on("hv01.contoso.com"), on("HV01"), on("10.0.0.1"), on("10.0.0.2")]), {
        hosts: [
          "hv01.contoso.com urn:provider:hv01.contoso.com",
          "10.0.0.1 urn:provider:10.0.0.1",
          "10.0.0.2 urn:provider:10.0.0.2",
        ],
        places: ["hv01.contoso.com", "hv01.contoso.com", "10.0.0.1", "10.0.0.2"],
      });
    });

    it("nowhere yet, while more may be declared or a host's name is not known", () => {
      assert.deepEqual(place([on("hv01")], [], false), { hosts: [], places: ["unknown"] });
      const open = { ...hostOf({ ...host("hv02"), urn: "urn:hv02" }), nameIsUnknown: true };
      assert.deepEqual(place([on("hv01")], [open]), { hosts: ["hv02 urn:hv02"], places: ["unknown"] });
    });

    it("and gives the host the switches that are resources of their own", () => {
      const virtualSwitch: VirtualSwitch = {
        name: known("external", NOWHERE),
        type: known("external", NOWHERE),
        networkAdapters: absent(NOWHERE),
        team: absent(NOWHERE),
        allowManagementOs: known(true, NOWHERE),
        embeddedTeaming: absent(NOWHERE),
        iov: absent(NOWHERE),
        bandwidthMode: absent(NOWHERE),
      };
      const declared = hostOf(host("hv01", { virtualSwitches: [{ name: "private", type: "private" }] }));
      const virtualSwitches = ["hv01", "hv02"].map((name) => ({ computer: on(name), virtualSwitch }));
      const { hosts } = joined({ hosts: [declared], virtualSwitches });
      assert.deepEqual(
        hosts.map(({ name, virtualSwitches: all }) => [
          name,
          all.state === "known" ? all.value.map((one) => show(one.name)) : all.state,
        ]),
        [
          ["hv01", ["private", "external"]],
          ["hv02", ["external"]],
        ],
      );
    });
  });

  it("finds a path whatever its case and slashes are", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zA-Z0-9._-]{1,8}$/), { minLength: 1 }), (segments) => {
        assert.equal(pathKey(segments.join("\\").toUpperCase()), pathKey(segments.join("/").toLowerCase()));
        assert.equal(pathKey(segments.join("\\\\")), pathKey(segments.join("/")));
      }),
    );
  });
});
