import assert from "node:assert/strict";
import { fingerprints } from "../../../lib/reports/fingerprints";
import { findingRecord } from "../../record";

const ADDRESS = "terraform::hyperv_vhd::hyperv_vhd.os";

describe("the fingerprint of a finding in a plan of Terraform", () => {
  it("is the same whatever the file is called", () => {
    const [one, other, another] = ["plan.json", "C:\\new\\plan.json", ""]
      .map((file) => findingRecord({ urn: `urn:terraform:${file}::${ADDRESS}` }))
      .flatMap((record) => fingerprints([record]));
    assert.ok(one !== undefined && one === other && one === another);
    assert.notDeepEqual(fingerprints([findingRecord({ urn: `urn:terraform:plan.json::${ADDRESS}["a"]` })]), [one]);
  });
});
