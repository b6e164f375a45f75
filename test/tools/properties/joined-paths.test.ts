import assert from "node:assert/strict";
import { joinedPaths } from "../../../tools/properties/joined-paths";

describe("joined paths", () => {
  const classes = {
    name: "read",
    "identity.id": "access",
    "identity.type": "access",
    "disks[].path": "read",
    "disks[].notes.long": "text",
    "disks[].notes.short": "text",
    "single.one": "access",
  };

  it("name an object of which all properties are in the class", () => {
    assert.deepEqual(joinedPaths(classes, "access"), ["identity.*", "single.one"]);
    assert.deepEqual(joinedPaths(classes, "text"), ["disks[].notes.*"]);
  });

  it("name each property of an object that holds others too", () => {
    assert.deepEqual(joinedPaths(classes, "read"), ["name", "disks[].path"]);
  });

  it("are none for a class of no property", () => {
    assert.deepEqual(joinedPaths(classes, "not yet"), []);
  });
});
