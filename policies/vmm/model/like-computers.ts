import type { TopologyComputer } from "./topology-computers";
import type { TriState } from "./tri-state";

/**
 * Puts computers together for which every question has the same answer: what holds for a connection of one holds for
 * those of all. Hosts that connect to each other are as many pairs as their square, but hardly ever of more than a few kinds.
 */
export class LikeComputers {
  private readonly kinds = new Map<string, number>();
  private readonly byComputer = new Map<TopologyComputer, number>();

  constructor(private readonly answersFor: (computer: TopologyComputer) => readonly TriState[]) {}

  /** A number that a computer shares with those that are like it. */
  kindOf(computer: TopologyComputer): number {
    let kind = this.byComputer.get(computer);
    if (kind === undefined) {
      const key = this.keyOf(this.answersFor(computer));
      kind = this.kinds.get(key) ?? this.kinds.size;
      this.kinds.set(key, kind);
      this.byComputer.set(computer, kind);
    }
    return kind;
  }

  /** What is undetermined is so for a reason of the computer's own. */
  private keyOf(answers: readonly TriState[]): string {
    const isDetermined = answers.every((answer) => typeof answer === "boolean");
    return isDetermined ? answers.map(Number).join("") : `computer ${String(this.byComputer.size)}`;
  }
}
