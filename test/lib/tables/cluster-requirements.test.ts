import assert from "node:assert/strict";
import { sizeOf, subnetOfPrefix } from "../../../lib/estate/ipv4";
import { askedBy, clusterRequirement, readClusterRequirements } from "../../../lib/tables/cluster-requirements";
import data from "../../../lib/tables/cluster-requirements.json";
import schema from "../../../lib/tables/cluster-requirements.schema.json";
import { TableError } from "../../../lib/tables/load";

const { topic: topics } = schema.properties.statements.items.properties;

describe("what documents ask of clusters", () => {
  it("is stated once for every topic", () => {
    assert.deepEqual(data.statements.map(({ topic }) => topic).sort(), [...topics.enum].sort());
    for (const row of readClusterRequirements(data).statements) assert.deepEqual(clusterRequirement(row.topic), row);
  });

  it("never blocks where no document of Microsoft says it", () => {
    for (const { confidence, advisory, topic } of readClusterRequirements(data).statements) {
      if (confidence !== "official") assert.equal(advisory, true, topic);
    }
  });

  it("has bounds in order, and subnets that are some", () => {
    for (const { minimum = 0, maximum = Infinity, range, topic } of readClusterRequirements(data).statements) {
      assert(minimum <= maximum, topic);
      if (range === undefined) continue;
      const subnet = subnetOfPrefix(range);
      assert(subnet !== undefined && sizeOf(subnet) > 1, topic);
    }
  });

  it("advises in a finding only where the row does", () => {
    assert.deepEqual(Object.keys(askedBy("poolAddresses")), ["evidence"]);
    assert.equal(askedBy("storagePaths").advisory, true);
  });

  it("refuses a row with a misspelled field", () => {
    const [row] = data.statements;
    assert.throws(
      () => readClusterRequirements({ statements: [{ ...row, minimun: 1 }] }),
      (error) => error instanceof TableError && error.message.includes("minimun"),
    );
  });
});
