import assert from "node:assert/strict";
import { examplesOf, exampleSections } from "../../../tools/docs/rule-examples";
import { host, UNKNOWN, vm } from "../../kit";

const HOST = host("hv1");

describe("the examples of a rule's page", () => {
  it("are the first case of each kind that a reader can declare as it stands", () => {
    const { finds, passes } = examplesOf({
      finds: [
        ["unknown", [vm("vm1", { memoryMB: UNKNOWN })], "vm1: no"],
        ["set", [HOST], "hv1: no", { configuration: { reserveMB: 1 } }],
        ["large", Array.from({ length: 9 }, (_, index) => host(`hv${String(index)}`)), "hv1: no"],
        ["first", [HOST], ["hv1: a *b*.", "hv1: c."], { advisory: true }],
        ["second", [HOST], "hv1: no"],
      ],
      passes: [
        ["none", []],
        ["sound", [HOST]],
      ],
    });
    assert.deepEqual([finds?.name, finds?.says, passes?.name], ["first", ["hv1: a *b*.", "hv1: c."], "sound"]);
    const page = exampleSections({ ...(finds && { finds }), ...(passes && { passes }) }).join("\n");
    assert.match(page, /^## Examples\nThis has a finding: first\.\n```yaml\nresources:\n {2}hv1:\n/);
    assert.match(page, /```\n> a \\\*b\\\*\.\n>\n> c\.\nThis passes: sound\.\n```yaml/);
    assert.doesNotMatch(page, /name: hv1/);
  });

  it("are none where no case can be shown", () => {
    assert.deepEqual(exampleSections(examplesOf({ finds: [], passes: [] })), []);
  });
});
