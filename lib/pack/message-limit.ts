import { plainFinding, type Finding } from "../judging/finding";
import { grouped } from "../tables/host-versions";

const MB = 1024 * 1024;

/** The most bytes that the engine and the policy server exchange in one message. */
export const MESSAGE_LIMIT = 400 * MB;

/** From this part of the limit on: the stack comes with outputs and dependencies, which are not there yet. */
const NEAR = 0.9;

/**
 * Watches the size of the resources that are registered. At the end of an operation the engine hands over all of them in
 * one message, and the operation fails where that is too large: no policy is called any more, which could report it.
 */
export class MessageLimit {
  private size = 0;
  private isReported = false;

  constructor(private readonly limit = MESSAGE_LIMIT) {}

  add(bytes: number): void {
    this.size += bytes;
  }

  /** Whether the limit is near, and nobody has reported it. */
  get isDue(): boolean {
    return !this.isReported && this.size >= NEAR * this.limit;
  }

  /**
   * What is to be reported, once.
   * @param rule the name under which it is
   */
  take(rule: string): readonly Finding[] {
    if (!this.isDue) return [];
    this.isReported = true;
    const found = plainFinding(
      `The resources that are registered so far take ${inMB(this.size)}. The engine hands over all resources of a stack in ` +
        `one message of at most ${inMB(this.limit)}: beyond that the preview fails, and no rule judges the stack as a whole.`,
      'Preview without the policy pack and judge what it gives by "hyperv-guard check --preview", judge a deployed stack by ' +
        '"hyperv-guard check --state", or split the stack.',
    );
    return [{ rule, urn: undefined, ...found, advisory: true, key: `${rule}\nmessage limit` }];
  }
}

function inMB(bytes: number): string {
  return `${grouped(Math.floor(bytes / MB))} MB`;
}
