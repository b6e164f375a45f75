import type { EnforcementLevel as Level } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { EnforcementLevel, type ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { EngineConfiguration, EnginePolicy } from "../settings/effective-settings";

const LEVELS: ReadonlyMap<EnforcementLevel, Level> = new Map<EnforcementLevel, Level>([
  [EnforcementLevel.ADVISORY, "advisory"],
  [EnforcementLevel.MANDATORY, "mandatory"],
  [EnforcementLevel.DISABLED, "disabled"],
  [EnforcementLevel.REMEDIATE, "remediate"],
]);

/**
 * Calls the listener when the whole configuration arrives. The policy server passes each policy only its own
 * configuration; but it reads the request with a function of the service's description, which a pack can replace before
 * the server starts. Where there is no such function, the listener is never called.
 */
export function onConfiguration(listener: (configuration: EngineConfiguration) => void): void {
  const { configure }: { configure: Partial<Pick<typeof AnalyzerService.configure, "requestDeserialize">> } =
    AnalyzerService;
  const read = configure.requestDeserialize;
  if (read === undefined) return;
  configure.requestDeserialize = (bytes) => {
    const request = read(bytes);
    listener(configurationIn(request));
    return request;
  };
}

export function configurationIn(request: ConfigureAnalyzerRequest): EngineConfiguration {
  const configuration = new Map<string, EnginePolicy>();
  request.getPolicyconfigMap().forEach((config, policy) => {
    const level = LEVELS.get(config.getEnforcementlevel()) ?? "mandatory";
    configuration.set(policy, { level, properties: config.getProperties()?.toJavaScript() ?? {} });
  });
  return configuration;
}
