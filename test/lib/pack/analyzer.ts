import assert from "node:assert/strict";
import type { Policies } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  EnforcementLevel,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { DeclaredProvider, DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { nameOf } from "../../kit";

/** A resource as the engine sends it, with the properties of its provider. */
export interface SentResource extends DeclaredResource {
  readonly providerProperties?: PlainObject;
}

/** What the engine learns from one request. */
export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the policies that are shown as not applicable; all others are shown as passed or failed. */
  readonly notApplicable: readonly string[];
  /** How often the properties of a resource were decoded. */
  readonly decodes: number;
}

export interface Diagnostic {
  readonly policy: string;
  readonly level: string;
  /** Name of the resource, `stack` for none. */
  readonly resource: string;
  readonly message: string;
}

/** The official server with a pack in it, spoken to as the engine does, without a connection. */
export class Analyzer {
  constructor(private readonly policies: Policies) {}

  /** One resource that is about to be registered. */
  analyze(resource: SentResource): Promise<Answer> {
    const bytes = Buffer.from(fill(new AnalyzeRequest(), resource));
    return this.ask("makeAnalyzeRpcFun", AnalyzerService.analyze.requestDeserialize(bytes));
  }

  /** All resources of the stack, after the last one. */
  analyzeStack(resources: readonly SentResource[]): Promise<Answer> {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((resource) => AnalyzerResource.deserializeBinary(fill(new AnalyzerResource(), resource))),
    );
    const bytes = Buffer.from(request.serializeBinary());
    return this.ask("makeAnalyzeStackRpcFun", AnalyzerService.analyzeStack.requestDeserialize(bytes));
  }

  /** A whole preview: each resource, then the stack. */
  async preview(resources: readonly SentResource[]): Promise<{ each: readonly Answer[]; stack: Answer }> {
    const each: Answer[] = [];
    for (const resource of resources) each.push(await this.analyze(resource));
    return { each, stack: await this.analyzeStack(resources) };
  }

  private async ask(maker: string, request: AnalyzeRequest | AnalyzeStackRequest): Promise<Answer> {
    let decodes = 0;
    const resources = request instanceof AnalyzeRequest ? [request] : request.getResourcesList();
    for (const resource of resources) {
      countDecodes(resource.getProperties(), () => decodes++);
    }
    const handler = call(Reflect.get(server, maker), "hyperv-guard", "1.0.0", "advisory", this.policies);
    const response = await new Promise<unknown>((resolve, reject) => {
      const callback = (error: unknown, answer: unknown): void => {
        if (error === null || error === undefined) resolve(answer);
        else reject(error instanceof Error ? error : new Error("the request failed"));
      };
      call(handler, { request }, callback);
    });
    assert(response instanceof AnalyzeResponse);
    return {
      diagnostics: response.getDiagnosticsList().map((diagnostic) => ({
        policy: diagnostic.getPolicyname(),
        level: levelName(diagnostic.getEnforcementlevel()),
        resource: nameOf(diagnostic.getUrn() === "" ? undefined : diagnostic.getUrn()),
        message: diagnostic.getMessage(),
      })),
      notApplicable: response.getNotApplicableList().map((policy) => policy.getPolicyName()),
      decodes,
    };
  }
}

/** A value as the engine sends it when the program has marked it as a secret. */
export function secret(value: Plain): Plain {
  return { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value };
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function fill(request: AnalyzeRequest | AnalyzerResource, resource: SentResource): Uint8Array {
  request.setType(resource.type);
  request.setUrn(resource.urn);
  request.setName(resource.name);
  const options = new AnalyzerResourceOptions();
  options.setParent(resource.parent ?? "");
  request.setOptions(options);
  if (resource.provider !== undefined)
    request.setProvider(sentProvider(resource.provider, resource.providerProperties));
  if (request instanceof AnalyzerResource) {
    request.setParent(resource.parent ?? "");
    request.setDependenciesList([...(resource.dependencies ?? [])]);
    for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
      const dependencies = new AnalyzerPropertyDependencies();
      dependencies.setUrnsList([...urns]);
      request.getPropertydependenciesMap().set(property, dependencies);
    }
  }
  request.setProperties(Struct.fromJavaScript(sentObject(resource.properties)));
  return request.serializeBinary();
}

function sentProvider({ urn, type, name, host }: DeclaredProvider, more: PlainObject = {}): AnalyzerProviderResource {
  const provider = new AnalyzerProviderResource();
  provider.setUrn(urn);
  provider.setType(type);
  provider.setName(name);
  provider.setProperties(Struct.fromJavaScript(sentObject({ ...more, ...(host === null ? {} : { host }) })));
  return provider;
}

function sent(plain: Plain): JavaScriptValue {
  if (plain === UNKNOWN) return UNKNOWN_TEXT;
  if (isPlainArray(plain)) return plain.map(sent);
  return isPlainObject(plain) ? sentObject(plain) : plain;
}

function sentObject(properties: PlainObject): Record<string, JavaScriptValue> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, sent(value ?? null)]));
}

function countDecodes(struct: Struct | undefined, counted: () => void): void {
  assert(struct);
  const decode = struct.toJavaScript.bind(struct);
  struct.toJavaScript = () => {
    counted();
    return decode();
  };
}

/** Calls a function of the official server, which its types do not show. */
function call(target: unknown, ...args: readonly unknown[]): unknown {
  assert(typeof target === "function");
  const result: unknown = Reflect.apply(target, undefined, args);
  return result;
}

function levelName(level: EnforcementLevel): string {
  if (level === EnforcementLevel.MANDATORY) return "mandatory";
  return level === EnforcementLevel.ADVISORY ? "advisory" : String(level);
}
