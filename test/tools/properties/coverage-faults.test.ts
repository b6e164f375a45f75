import assert from "node:assert/strict";
import { correctedClasses } from "../../../tools/properties/corrected-classes";
import { coverageFaults } from "../../../tools/properties/coverage-faults";

const TYPE = "hyperv:machine:Machine";

function faults(
  properties: Readonly<Record<string, string>>,
  listed: readonly string[],
  read: readonly string[],
  besides: Readonly<Record<string, string>> = {},
): readonly string[] {
  const type = { type: TYPE, properties, besides };
  return coverageFaults({ type, listed, read: new Set(read), reasons: ["progress"] });
}

describe("the classes of properties", () => {
  it("are right where what is read is read, and the rest is irrelevant or not yet read", () => {
    const properties = { "disks[].path": "read", "tags.*": "progress", "names[]": "read", notes: "not yet" };
    assert.deepEqual(faults(properties, Object.keys(properties), ["disks", "disks[]", "disks[].path", "names"]), []);
  });

  it("are wrong for a property in no class, with the line to add", () => {
    assert.deepEqual(faults({}, ["notes", "names[]"], ["names"]), [
      'add "notes": "not yet", or the reason why it is irrelevant',
      'add "names[]": "read"',
    ]);
  });

  it("are wrong for a property that the type does not have", () => {
    assert.deepEqual(faults({ notes: "not yet" }, [], []), [
      'remove "notes": "not yet": the type has no such property',
    ]);
  });

  it("are wrong both ways, with the line as it must be", () => {
    assert.deepEqual(faults({ cpu: "read", memory: "progress" }, ["cpu", "memory"], ["memory"]), [
      'change "cpu": "read" to "cpu": "not yet", or the reason why it is irrelevant',
      'change "memory": "progress" to "memory": "read"',
    ]);
  });

  it("are wrong for a reason that is not in the list", () => {
    assert.deepEqual(faults({ notes: "progres" }, ["notes"], []), ['"notes": "progres": there is no such reason']);
  });

  it("are wrong for what is read and is no property, unless the data has it", () => {
    const slip = 'cpuCuont is read, and the type has no such property: correct the reader, or add it to "besides"';
    assert.deepEqual(faults({ cpu: "read" }, ["cpu"], ["cpu", "cpuCuont"]), [slip]);
    assert.deepEqual(faults({ cpu: "read" }, ["cpu"], ["cpu", "cpuCuont"], { cpuCuont: "of old" }), []);
    assert.deepEqual(faults({ cpu: "read" }, ["cpu"], ["cpu"], { cpuCuont: "of old" }), [
      'remove cpuCuont from "besides": it is not read',
    ]);
  });

  it("count what is below a property that is a map as a part of it", () => {
    assert.deepEqual(faults({ tags: "read" }, ["tags"], ["tags", "tags.owner"]), []);
  });

  it("are corrected as far as they follow from what is read", () => {
    const type = { type: TYPE, properties: { cpu: "read", memory: "not yet", notes: "progress", gone: "read" } };
    const compared = { type, listed: ["cpu", "disks[]", "memory", "notes"], read: new Set(["memory", "disks"]) };
    assert.deepEqual(correctedClasses({ ...compared, reasons: [] }), {
      type: TYPE,
      properties: { cpu: "not yet", "disks[]": "read", memory: "read", notes: "progress" },
    });
  });
});
