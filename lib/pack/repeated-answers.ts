import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";

/** As many different answers as are kept; a stack has few kinds of resources. */
const KEPT = 100;

/**
 * Serializes answers that are the same only once. Most resources have no finding, and their answer lists each policy that
 * does not apply to them: to serialize that list takes as long as to receive the resource.
 */
export function serializeAnswersOnce(): void {
  const { analyze }: { analyze: { responseSerialize?: (response: AnalyzeResponse) => Buffer } } = AnalyzerService;
  const { responseSerialize: serialize } = analyze;
  if (serialize === undefined) return;
  const known = new Map<string, Buffer>();
  analyze.responseSerialize = (response) => {
    if (response.getDiagnosticsList().length > 0) return serialize(response);
    const content = JSON.stringify(response.toArray());
    let bytes = known.get(content);
    if (bytes === undefined) {
      bytes = serialize(response);
      if (known.size === KEPT) known.clear();
      known.set(content, bytes);
    }
    return bytes;
  };
}
