import type { Judgement } from "../judging/judge";

/** What a command has found, whichever way it came to it. */
export interface CommandJudgement extends Judgement {
  /** How many resources there are. */
  readonly resources: number;
  /** What the reader must know beside the findings, each in a sentence. */
  readonly notes: readonly string[];
}
