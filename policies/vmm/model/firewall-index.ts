import { perEstate } from "../../../lib/estate/estate";
import type { Firewall } from "../../../lib/estate/model";
import { ask, every, type Answer } from "./answer";
import { isMeant, type Machine } from "./machines";

/** A firewall that stands, or may stand, between two computers. */
export interface Standing {
  readonly firewall: Firewall;
  /** Yes, or what one would have to know. */
  readonly stands: Answer;
}

/** Finds the firewalls between two computers. Which ends mean a computer is asked once: topologies have many pairs. */
class FirewallIndex {
  private readonly sources = new Map<Machine, ReadonlyMap<Firewall, Answer>>();
  private readonly targets = new Map<Machine, ReadonlyMap<Firewall, Answer>>();

  constructor(private readonly firewalls: readonly Firewall[]) {}

  between(from: Machine, to: Machine): readonly Standing[] {
    const atSource = this.at("from", from, this.sources);
    return [...this.at("to", to, this.targets)].flatMap(([firewall, atTarget]) => {
      const stands = every([atSource.get(firewall) ?? false, atTarget]);
      return stands === false ? [] : [{ firewall, stands }];
    });
  }

  /** The firewalls with an end that means, or may mean, a computer. */
  private at(
    side: "from" | "to",
    machine: Machine,
    known: Map<Machine, ReadonlyMap<Firewall, Answer>>,
  ): ReadonlyMap<Firewall, Answer> {
    let found = known.get(machine);
    if (found === undefined) {
      const answers = this.firewalls.map(
        (firewall) => [firewall, ask(firewall[side], (end) => isMeant(end, machine))] as const,
      );
      found = new Map(answers.filter(([, answer]) => answer !== false));
      known.set(machine, found);
    }
    return found;
  }
}

export const firewallIndex = perEstate(({ firewalls }) => new FirewallIndex(firewalls));
