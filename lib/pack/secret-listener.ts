import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type {
  AnalyzerProviderResource,
  AnalyzeRequest,
  AnalyzerResource,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { SecretPlace } from "../estate/declared";
import { isPlainArray, isPlainObject, toPlain, type Plain } from "../estate/plain";
import { SECRET, SIGNATURE } from "../inputs/pulumi-values";

/*
 * The engine marks secrets in what it sends to a policy pack, and the policy server takes the marks off before it calls a
 * policy. As it reads each request with a function that it takes from the service's description when it starts, a pack
 * can look at the request there. Only what is marked is looked at, and only to keep it out of every text.
 */

/** The secrets of everything that the engine has sent. */
export class EngineSecrets {
  private readonly byUrn = new Map<string, readonly SecretPlace[]>();
  private readonly elsewhere: Plain[] = [];

  /** @param isComplete whether every request is looked at */
  constructor(readonly isComplete = true) {}

  /** The secret properties of a resource. */
  of(urn: string): readonly SecretPlace[] {
    return this.byUrn.get(urn) ?? [];
  }

  /** All secrets that were heard of since the last call: of resources, of their providers, and of the configuration. */
  takeOthers(): readonly Plain[] {
    return this.elsewhere.splice(0);
  }

  hearResource(resource: AnalyzeRequest | AnalyzerResource): void {
    const places = secretsIn(resource.getProperties());
    if (places.length > 0) this.byUrn.set(resource.getUrn(), places);
    // Of whatever type: another resource may have the same value in the clear.
    this.elsewhere.push(...places.map(({ value }) => value));
    this.hearProvider(resource.getProvider());
  }

  hearConfiguration(request: AnalyzerStackConfigureRequest): void {
    const values = request.getConfigMap();
    for (const key of request.getConfigSecretKeysList()) this.elsewhere.push(parsed(values.get(key) ?? null));
  }

  private hearProvider(provider: AnalyzerProviderResource | undefined): void {
    this.elsewhere.push(...secretsIn(provider?.getProperties()).map(({ value }) => value));
  }
}

/** Starts to look at the requests. Where the place for it is not found, the answer says that it is not complete. */
export function listenForSecrets(): EngineSecrets {
  const { analyze, analyzeStack, configureStack, remediate } = AnalyzerService;
  const heard = new EngineSecrets(
    [analyze, analyzeStack].every((method) => typeof Reflect.get(method, "requestDeserialize") === "function"),
  );
  const hearOne = (request: AnalyzeRequest): void => {
    heard.hearResource(request);
  };
  listen(analyze, hearOne);
  listen(remediate, hearOne);
  listen(analyzeStack, (request: AnalyzeStackRequest) => {
    for (const resource of request.getResourcesList()) heard.hearResource(resource);
  });
  listen(
    configureStack,
    (request: AnalyzerStackConfigureRequest) => {
      heard.hearConfiguration(request);
    },
    () => true,
  );
  return heard;
}

interface Method<R> {
  requestDeserialize?: (bytes: Buffer) => R;
}

function listen<R>(
  method: Method<R> | undefined,
  hear: (request: R) => void,
  concerns = (bytes: Buffer): boolean => bytes.includes(SECRET),
): void {
  const read = method?.requestDeserialize;
  if (method === undefined || read === undefined) return;
  method.requestDeserialize = (bytes) => {
    const request = read(bytes);
    if (concerns(bytes)) hear(request);
    return request;
  };
}

/** The secrets among properties, at any depth. */
function secretsIn(properties: Struct | undefined): readonly SecretPlace[] {
  return properties === undefined ? [] : placesIn(toPlain(properties.toJavaScript()), "");
}

function placesIn(plain: Plain, path: string): readonly SecretPlace[] {
  if (isPlainArray(plain)) return plain.flatMap((item, index) => placesIn(item, `${path}[${String(index)}]`));
  if (!isPlainObject(plain)) return [];
  if (plain[SIGNATURE] === SECRET) return [{ path, value: revealed(plain["value"] ?? null) }];
  return Object.entries(plain).flatMap(([key, value]) => placesIn(value ?? null, path === "" ? key : `${path}.${key}`));
}

/** A value without the marks of secrets inside of it. */
function revealed(plain: Plain): Plain {
  if (isPlainArray(plain)) return plain.map(revealed);
  if (!isPlainObject(plain)) return plain;
  if (plain[SIGNATURE] === SECRET) return revealed(plain["value"] ?? null);
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, revealed(value ?? null)]));
}

/** Configuration comes as text, an object of it as JSON. */
function parsed(text: string | null): Plain {
  if (text === null) return null;
  try {
    return [text, toPlain(JSON.parse(text))];
  } catch {
    return text;
  }
}
