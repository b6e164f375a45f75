import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type {
  AnalyzerProviderResource,
  AnalyzeRequest,
  AnalyzerResource,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { toPlain, type Plain } from "../estate/plain";
import { readProperties } from "../inputs/pulumi-values";
import { mayHoldSecrets, readAnalyzeRequest, readAnalyzeStackRequest } from "./late-properties";
import { MessageLimit } from "./message-limit";

/*
 * The policy server reads each request of the engine with a function that it takes from the service's description when it
 * starts. A pack can replace that function, and see the request before any policy is called, and with the marks of secrets,
 * which the server takes off.
 */

/** What the engine has asked about last, and all secrets in it. */
export class EngineRequests {
  /** The resource that is about to be registered; undefined where the requests cannot be seen. */
  resource: AnalyzeRequest | undefined;
  /** The resources of the stack; undefined where the requests cannot be seen. */
  stack: readonly AnalyzerResource[] | undefined;
  private readonly secrets: Plain[] = [];

  /**
   * @param showSecrets whether what is secret is known: it is marked in the requests only
   * @param limit what watches how large they become
   */
  constructor(
    readonly showSecrets = true,
    readonly limit = new MessageLimit(),
  ) {}

  /** Secrets of resources, of their providers, and of the stack's configuration, that were not taken before. */
  takeSecrets(): readonly Plain[] {
    return this.secrets.splice(0);
  }

  hearResource(request: AnalyzeRequest, bytes: Buffer): void {
    this.resource = request;
    this.limit.add(bytes.length);
    this.hearSecrets([request]);
  }

  hearStack(request: AnalyzeStackRequest): void {
    this.stack = request.getResourcesList();
    this.hearSecrets(this.stack);
  }

  hearConfiguration(request: AnalyzerStackConfigureRequest): void {
    const values = request.getConfigMap();
    for (const key of request.getConfigSecretKeysList()) this.secrets.push(parsed(values.get(key) ?? null));
  }

  /** Of resources of whatever type: another resource may have the same value in the clear. */
  private hearSecrets(resources: readonly (AnalyzeRequest | AnalyzerResource)[]): void {
    for (const resource of resources.filter(mayHoldSecrets)) {
      this.secrets.push(...secretsOf(resource), ...secretsOf(resource.getProvider()));
    }
  }
}

/** Starts to look at the requests. Where the place for it is not found, the answer says that what is secret is not known. */
export function listenToEngine(limit = new MessageLimit()): EngineRequests {
  const { analyze, analyzeStack, configureStack, remediate } = AnalyzerService;
  const requests = new EngineRequests([analyze, analyzeStack].every(canListen), limit);
  listen(analyze, readAnalyzeRequest, (request, bytes) => {
    requests.hearResource(request, bytes);
  });
  listen(analyzeStack, readAnalyzeStackRequest, (request) => {
    requests.hearStack(request);
  });
  listen(configureStack, undefined, (request) => {
    requests.hearConfiguration(request);
  });
  // The same resources come here as well, and the server decodes them although nobody changes any.
  listen(remediate, readAnalyzeRequest);
  return requests;
}

interface Method<R> {
  requestDeserialize: (bytes: Buffer) => R;
}

function canListen(method: Partial<Method<unknown>> | undefined): boolean {
  return typeof method?.requestDeserialize === "function";
}

/**
 * @param readLate a reader in place of the service's own, which reads what this one cannot
 * @param hear what is called with each request
 */
function listen<R>(
  method: Method<R> | undefined,
  readLate?: (bytes: Buffer) => R,
  hear?: (request: R, bytes: Buffer) => void,
): void {
  if (method === undefined || !canListen(method)) return;
  const { requestDeserialize: read } = method;
  method.requestDeserialize = (bytes) => {
    const request = readLate === undefined ? read(bytes) : (attempt(() => readLate(bytes)) ?? read(bytes));
    hear?.(request, bytes);
    return request;
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function secretsOf(
  resource: AnalyzeRequest | AnalyzerResource | AnalyzerProviderResource | undefined,
): readonly Plain[] {
  return readProperties(resource?.getProperties()?.toJavaScript()).secrets.map(({ value }) => value);
}

/** Configuration comes as text, an object of it as JSON. */
function parsed(text: string | null): Plain {
  if (text === null) return null;
  const json = attempt((): unknown => JSON.parse(text));
  return json === undefined ? text : [text, toPlain(json)];
}
