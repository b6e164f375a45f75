import assert from "node:assert/strict";
import fc from "fast-check";
import { ProgramLocations } from "../../../lib/inputs/program-locations";

const PROGRAM = `name: p
runtime: yaml
variables:
  common: &common
    - { name: system, type: dynamic }
  disks:
    - name: data
      type: dynamic
resources:
  # a comment
  hv1:
    type: hyperv-guard:index:Host
    properties: { memoryMB: 65536 }
  vm1:
    type: hyperv-guard:index:VirtualMachine
    properties:
      host: hv1
      processorCount: 3
      disks:
        - { name: a, type: fixed }
        - name: b
          type: dynamic
      tags: { "a.b": x }
  vm2:
    type: hyperv-guard:index:VirtualMachine
    properties:
      disks: \${disks}
      others: *common
  key:
    type: hyperv-guard:index:VirtualMachine
    name: called
    properties: { host: hv2 }
  bare:
    type: hyperv-guard:index:VirtualMachine
  script:
    type: command:local:Command
    properties:
      create: |
        New-VM -Name a
        Set-VM -Name a
      update: New-VM -Name b
`;

/** The place as a text, and what stands there where it ends. */
function at(name: string, property = "", text = PROGRAM): string | undefined {
  const place = new ProgramLocations(text).find(name, property);
  if (place === undefined) return undefined;
  const { line, column, endLine, endColumn } = place;
  if (endLine === undefined || endColumn === undefined) return `${String(line)}:${String(column)}`;
  assert.equal(endLine, line);
  const found = text.split("\n")[line - 1]?.slice(column - 1, endColumn - 1) ?? "";
  return `${String(line)}:${String(column)} ${found}`;
}

describe("places in a program", () => {
  it("are those of the value of a property", () => {
    assert.equal(at("vm1", "processorCount"), "18:23 3");
    assert.equal(at("vm1", "disks[0].type"), "20:28 fixed");
    assert.equal(at("vm1", "disks[1].type"), "22:17 dynamic");
    assert.equal(at("vm1", 'tags["a.b"]'), "23:22 x");
    assert.equal(at("hv1", "memoryMB"), "13:29 65536");
  });

  it("are those of what the program has of the path, else of the resource", () => {
    assert.equal(at("vm1", "disks[1].sizeGB"), "21:11");
    assert.equal(at("vm1", "disks"), "19:7");
    assert.equal(at("vm1", "disks[7].type"), "19:7");
    assert.equal(at("vm1", "memoryMB"), "14:3");
    assert.equal(at("vm1"), "14:3");
    assert.equal(at("bare", "host"), "33:3");
  });

  it("follow variables and aliases, whose values are not the resource's own", () => {
    assert.equal(at("vm2", "disks[0].type"), "8:7");
    assert.equal(at("vm2", "others[0].type"), "5:23");
  });

  it("know a resource by the name that the program gives it", () => {
    assert.equal(at("called", "host"), "32:25 hv2");
    assert.equal(at("key", "host"), "32:25 hv2");
  });

  it("are the lines of a script", () => {
    assert.equal(at("script", "create (line 2, Set-VM)"), "40:1");
    assert.equal(at("script", "update (New-VM)"), "41:15 New-VM -Name b");
  });

  it("are those of a program in JSON too", () => {
    const json = '{"resources": {"vm1": {"properties": {"processorCount": 3}}}}';
    assert.equal(at("vm1", "processorCount", json), "1:57 3");
  });

  it("are none where the program does not name the resource, or is no program", () => {
    assert.equal(at("nobody", "host"), undefined);
    for (const text of [
      "",
      "- a",
      "resources: 3",
      "resources: { vm1: [",
      "a: &a [*a]",
      "resources: {vm1: {properties: {a: *b}}}",
    ]) {
      assert.doesNotThrow(() => at("vm1", "a.b[0]", text));
    }
  });

  it("throw for no text and no path", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (text, property, isCut) => {
        const program = isCut ? PROGRAM.slice(0, text.length * 20) : text;
        new ProgramLocations(program).find("vm1", property);
      }),
    );
  });
});
