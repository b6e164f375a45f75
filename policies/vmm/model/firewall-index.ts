import { perEstate } from "../../../lib/estate/estate";
import type { Firewall } from "../../../lib/estate/model";
import { ask, every, type TriState } from "./tri-state";
import { isMeant, type TopologyComputer } from "./topology-computers";

/** A firewall that is, or may be, between two computers. */
export interface FirewallOnPath {
  readonly firewall: Firewall;
  /** Yes, or what it depends on. */
  readonly isOnPath: TriState;
}

/** Finds the firewalls between two computers. Which ends mean a computer is asked once: topologies have many pairs. */
class FirewallIndex {
  private readonly sources = new Map<TopologyComputer, ReadonlyMap<Firewall, TriState>>();
  private readonly targets = new Map<TopologyComputer, ReadonlyMap<Firewall, TriState>>();

  constructor(private readonly firewalls: readonly Firewall[]) {}

  between(from: TopologyComputer, to: TopologyComputer): readonly FirewallOnPath[] {
    const atSource = this.at("from", from, this.sources);
    return [...this.at("to", to, this.targets)].flatMap(([firewall, atTarget]) => {
      const isOnPath = every([atSource.get(firewall) ?? false, atTarget]);
      return isOnPath === false ? [] : [{ firewall, isOnPath }];
    });
  }

  /** The firewalls with an end that means, or may mean, a computer. */
  private at(
    side: "from" | "to",
    machine: TopologyComputer,
    known: Map<TopologyComputer, ReadonlyMap<Firewall, TriState>>,
  ): ReadonlyMap<Firewall, TriState> {
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
