import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { AnalyzeRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { isKnownType } from "../dialects/read-estate";
import type { DeclaredResource } from "../estate/declared";
import type { Judge } from "../judging/judge";
import type { Pass } from "../judging/pass";
import { record } from "../reports/journal";
import type { BegunPass } from "./call-gate";
import type { EngineRequests } from "./engine-requests";
import { handedOverResource, handedOverStack, registeredResource, stackResources } from "./engine-resources";

/**
 * The passes over what the engine asks about. They are read from the engine's requests, before the policy server has
 * decoded anything for a policy; where the requests cannot be seen, from what the server hands over to the first policy.
 */
export class EnginePasses {
  constructor(
    private readonly judge: Judge,
    private readonly requests: EngineRequests,
  ) {}

  /** The pass over a resource, undefined in it when that declares nothing of Hyper-V. */
  resourcePass(args: ResourceValidationArgs): Pass | undefined {
    const { resource = args } = this.requests;
    return this.passOver(resource);
  }

  stackPass({ resources }: StackValidationArgs): Pass {
    const { stack } = this.requests;
    return stack === undefined
      ? this.passOverAll(handedOverStack(resources, isKnownType), resources.length)
      : this.passOverAll(stackResources(stack, isKnownType), stack.length);
  }

  /** The pass over a resource before any policy is called; undefined where that cannot be. */
  earlyResourcePass(): BegunPass<Pass> | undefined {
    const { resource } = this.requests;
    return resource === undefined ? undefined : this.early(() => this.passOver(resource));
  }

  /** The same over the stack. */
  earlyStackPass(): BegunPass<Pass> | undefined {
    const { stack } = this.requests;
    return stack === undefined
      ? undefined
      : this.early(() => this.passOverAll(stackResources(stack, isKnownType), stack.length));
  }

  private early(read: () => Pass | undefined): BegunPass<Pass> | undefined {
    // Otherwise the settings come with the calls.
    if (!this.judge.settings.areWhole) return undefined;
    try {
      return { pass: read() };
    } catch {
      // The first policy that is called meets it again, and can report it.
      return undefined;
    }
  }

  private passOver(resource: AnalyzeRequest | ResourceValidationArgs): Pass | undefined {
    const { session } = this.judge;
    this.takeOtherSecrets();
    const isRequest = "getType" in resource;
    if (!session.countResource(isRequest ? resource.getType() : resource.type)) return undefined;
    return session.knownResourcePass(isRequest ? registeredResource(resource) : handedOverResource(resource));
  }

  private passOverAll(resources: readonly DeclaredResource[], size: number): Pass {
    this.takeOtherSecrets();
    const pass = this.judge.session.stackPass(resources, size);
    record(this.judge.summary(pass));
    return pass;
  }

  private takeOtherSecrets(): void {
    for (const value of this.requests.takeOtherSecrets()) this.judge.session.addSecret(value);
  }
}
