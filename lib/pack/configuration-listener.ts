import type { EnforcementLevel as Level } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { EnforcementLevel, type ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Told, ToldPolicy } from "../settings/effective-settings";

const LEVELS: ReadonlyMap<EnforcementLevel, Level> = new Map<EnforcementLevel, Level>([
  [EnforcementLevel.ADVISORY, "advisory"],
  [EnforcementLevel.MANDATORY, "mandatory"],
  [EnforcementLevel.DISABLED, "disabled"],
  [EnforcementLevel.REMEDIATE, "remediate"],
]);

/**
 * Hears the configuration as it comes in. The policy server keeps it to itself and tells each policy its own part when
 * it calls it; but it reads the request with a function that it takes from the service's description when it starts, so
 * a pack can listen there before it starts. Where that place is not found, nothing is heard.
 */
export function hearConfiguration(listener: (told: Told) => void): void {
  const { configure }: { configure: Partial<Pick<typeof AnalyzerService.configure, "requestDeserialize">> } =
    AnalyzerService;
  const read = configure.requestDeserialize;
  if (read === undefined) return;
  configure.requestDeserialize = (bytes) => {
    const request = read(bytes);
    listener(toldBy(request));
    return request;
  };
}

export function toldBy(request: ConfigureAnalyzerRequest): Told {
  const told = new Map<string, ToldPolicy>();
  request.getPolicyconfigMap().forEach((config, policy) => {
    const level = LEVELS.get(config.getEnforcementlevel()) ?? "mandatory";
    told.set(policy, { level, properties: config.getProperties()?.toJavaScript() ?? {} });
  });
  return told;
}
