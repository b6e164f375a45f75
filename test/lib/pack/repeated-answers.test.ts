import assert from "node:assert/strict";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeDiagnostic, AnalyzeResponse, PolicyNotApplicable } from "@pulumi/pulumi/proto/analyzer_pb";
import { serializeAnswersOnce } from "../../../lib/pack/repeated-answers";

const { analyze } = AnalyzerService;

function answer(policies: readonly string[], message?: string): AnalyzeResponse {
  const response = new AnalyzeResponse();
  response.setNotApplicableList(
    policies.map((name) => new PolicyNotApplicable().setPolicyName(name).setReason("none")),
  );
  if (message !== undefined) response.setDiagnosticsList([new AnalyzeDiagnostic().setMessage(message)]);
  return response;
}

describe("serializeAnswersOnce", () => {
  const { responseSerialize } = analyze;
  let serialized = 0;

  before(() => {
    analyze.responseSerialize = (response) => {
      serialized++;
      return responseSerialize(response);
    };
    serializeAnswersOnce();
  });

  beforeEach(() => {
    serialized = 0;
  });

  after(() => {
    analyze.responseSerialize = responseSerialize;
  });

  const assertRight = (response: AnalyzeResponse): void => {
    assert.deepEqual(analyze.responseSerialize(response), responseSerialize(response));
  };

  it("serializes each answer without a finding once, and gives each its own bytes", () => {
    for (let run = 1; run <= 3; run++) {
      for (const policies of [[], ["a"], ["b"], ["a", "b"], ["b", "a"]]) assertRight(answer(policies));
    }
    assert.equal(serialized, 5);
  });

  it("serializes each answer with a finding", () => {
    for (const message of ["one", "one", "other"]) assertRight(answer(["c"], message));
    assert.equal(serialized, 3);
  });

  it("keeps only so many", () => {
    for (let index = 0; index < 250; index++) assertRight(answer([`d${String(index)}`]));
    assertRight(answer(["d0"]));
    assert.equal(serialized, 251);
  });
});
