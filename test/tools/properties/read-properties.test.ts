import assert from "node:assert/strict";
import { over, resourceOf } from "../../../tools/properties/full-resource";
import { pathsRead } from "../../../tools/properties/read-properties";
import { recording } from "../../../tools/properties/recording";

describe("the properties that are read", () => {
  it("are recorded with their paths, whether they are there or not", () => {
    const seen: string[] = [];
    const properties = recording({ disks: [{ path: "a" }, { path: "b" }], name: "ex1" }, (path) => seen.push(path));
    const disks = properties["disks"];
    assert(Array.isArray(disks));
    assert.deepEqual(
      disks.map((disk: unknown) => Reflect.get(Object(disk), "path") as unknown),
      ["a", "b"],
    );
    assert.equal(properties["notes"], undefined);
    assert.deepEqual([...new Set(seen)], ["disks", "disks[]", "disks[].path", "notes"]);
  });

  it("are those of a resource that has every one", () => {
    assert.deepEqual(resourceOf(["name", "disks[].path", "disks[].size", "names[]", "tags.*"], null), {
      name: null,
      disks: [{ path: null, size: null }],
      names: [null],
      tags: null,
    });
  });

  it("are those of a sample over it, in every element of a list", () => {
    const full = resourceOf(["name", "disks[].path", "disks[].size"], null);
    assert.deepEqual(over({ disks: [{ path: "a" }, { path: "b" }] }, full), {
      name: null,
      disks: [
        { path: "a", size: null },
        { path: "b", size: null },
      ],
    });
  });

  it("include what a reader looks at only after it has found something else", () => {
    const type = "azure-native:scvmm:VirtualMachineInstance";
    const paths = ["hardwareProfile.dynamicMemoryEnabled", "hardwareProfile.dynamicMemoryMinMB"];
    const sample = { hardwareProfile: { dynamicMemoryEnabled: "true" } };
    assert(!pathsRead(type, paths, []).has("hardwareProfile.dynamicMemoryMinMB"));
    assert(pathsRead(type, paths, [sample]).has("hardwareProfile.dynamicMemoryMinMB"));
  });
});
