import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { AnalyzeRequest, AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { isKnownType } from "../dialects/read-estate";
import type { DeclaredResource } from "../estate/declared";
import type { Judge } from "../judging/judge";
import type { Pass } from "../judging/pass";
import { unreadTypes, type UnreadType } from "../judging/unread-types";
import { isViewWanted, record } from "../reports/journal";
import type { BegunPass } from "./call-gate";
import type { EngineRequests } from "./engine-requests";
import {
  handedOverResource,
  handedOverStack,
  handedOverType,
  registeredResource,
  stackResources,
  typedResource,
} from "./engine-resources";

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
      ? this.passOverAll(
          handedOverStack(resources, isKnownType),
          resources.length,
          unreadTypes(resources, handedOverType),
        )
      : this.passOverRequested(stack);
  }

  /** The pass over a resource before any policy is called; undefined where that cannot be. */
  earlyResourcePass(): BegunPass<Pass> | undefined {
    const { resource } = this.requests;
    return resource === undefined ? undefined : this.early(() => this.passOver(resource));
  }

  /** The same over the stack. */
  earlyStackPass(): BegunPass<Pass> | undefined {
    const { stack } = this.requests;
    return stack === undefined ? undefined : this.early(() => this.passOverRequested(stack));
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
    this.takeSecrets();
    const isRequest = "getType" in resource;
    if (!session.countResource(isRequest ? resource.getType() : resource.type)) return undefined;
    return session.knownResourcePass(isRequest ? registeredResource(resource) : handedOverResource(resource));
  }

  private passOverRequested(stack: readonly AnalyzerResource[]): Pass {
    const unread = unreadTypes(stack.map(typedResource), ({ read }) => read());
    return this.passOverAll(stackResources(stack, isKnownType), stack.length, unread);
  }

  private passOverAll(resources: readonly DeclaredResource[], size: number, unread: readonly UnreadType[]): Pass {
    this.takeSecrets();
    const pass = this.judge.session.stackPass(resources, size, true, unread);
    record(this.judge.summary(pass));
    if (isViewWanted()) record({ view: this.judge.view(pass) });
    return pass;
  }

  private takeSecrets(): void {
    for (const value of this.requests.takeSecrets()) this.judge.session.addSecret(value);
  }
}
