import assert from "node:assert/strict";
import { describePath, pathByNames } from "../../../lib/estate/element-names";
import { UNKNOWN, type PlainObject } from "../../../lib/estate/plain";
import { resource } from "../../kit";

const PROPERTIES: PlainObject = {
  networkAdapters: [{ name: "LAN" }, { name: UNKNOWN }, { name: "  " }, "p1"],
  virtualSwitches: [{ name: "servers", networkAdapters: ["p1", "p2"] }],
  storageProfile: { disks: [{ name: "system" }] },
  ports: [{ connection: "sql" }],
};

function described(path: string, prefix?: string): string {
  return describePath({ ...resource("t", "r", PROPERTIES), ...(prefix === undefined ? {} : { path: prefix }) }, path);
}

describe("a path as people know it", () => {
  for (const [path, text] of [
    ["networkAdapters[0].speedMbps", 'speedMbps of the network adapter "LAN"'],
    ["networkAdapters[0]", 'the network adapter "LAN"'],
    ["virtualSwitches[0].type", 'type of the virtual switch "servers"'],
    ["storageProfile.disks[0].vhdType", 'vhdType of the disk "system"'],
    ["the format of storageProfile.disks[0]", 'the format of the disk "system"'],
  ] as const) {
    it(`is ${text}`, () => {
      assert.equal(described(path), text);
    });
  }

  it("is the path where the element has no name that is known", () => {
    for (const path of [
      "networkAdapters[1].speedMbps",
      "networkAdapters[2].speedMbps",
      "networkAdapters[3]",
      "networkAdapters[9].speedMbps",
      "virtualSwitches[0].networkAdapters[1]",
      "ports[0].port",
      "nothing[0].x",
      "memoryMB",
      "create (line 3, New-VM)",
      "",
    ]) {
      assert.equal(described(path), path);
    }
    assert.equal(describePath(undefined, "disks[0].type"), "disks[0].type");
  });

  it("is the place where it stands in the settings", () => {
    assert.equal(described("hosts[0].networkAdapters[0].team", "hosts[0]"), "hosts[0].networkAdapters[0].team");
  });
});

describe("a path by the names of list elements", () => {
  const twice: PlainObject = { ...PROPERTIES, disks: [{ name: "a" }, { name: 'b"]' }, { name: "a" }] };
  const named = (path: string): string | undefined => pathByNames(resource("t", "r", twice), path);

  it("has names in place of positions", () => {
    assert.equal(named("networkAdapters[0].speedMbps"), 'networkAdapters["LAN"].speedMbps');
    assert.equal(named("networkAdapters[0]"), 'networkAdapters["LAN"]');
    assert.equal(named("storageProfile.disks[0].vhdType"), 'storageProfile.disks["system"].vhdType');
    assert.equal(named("disks[1].type"), 'disks["b\\"]"].type');
  });

  it("is none where there is no position, or no name that is its own", () => {
    for (const path of [
      ...["memoryMB", "", "create (line 3, New-VM)", "networkAdapters[1].speedMbps", "networkAdapters[2]"],
      ...[
        "networkAdapters[3]",
        "networkAdapters[9].x",
        "disks[0].type",
        "disks[2].type",
        "virtualSwitches[0].networkAdapters[1]",
      ],
    ]) {
      assert.equal(named(path), undefined, path);
    }
    assert.equal(pathByNames({ ...resource("t", "r", twice), path: "hosts[0]" }, "networkAdapters[0]"), undefined);
  });
});
