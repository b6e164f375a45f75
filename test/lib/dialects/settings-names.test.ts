import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import { host, problemsOf, resource } from "../../kit";

describe("an entry of classify", () => {
  const unread = resource("othercloud:hyperv/virtualMachine:VirtualMachine", "web1", {});
  for (const [what, resources] of [
    ["a program without such a machine", [host("hv1")]],
    ["a program that has it in a type that is not read", [host("hv1"), unread]],
  ] as const) {
    it(`S7: that matches nothing is named in ${what}`, () => {
      const classify = [{ match: { name: "web*" }, guestOs: "Windows Server 2022" }];
      const problems = problemsOf(readEstate(resources, true, { classify }));
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", /classify\[0\]/);
    });
  }
});
