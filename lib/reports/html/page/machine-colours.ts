import type { EstateView, MachineView } from "../../../judging/estate-view";

/** What the colours of machines stand for. */
export type ColourMode = "group" | "role";

/** So many colours are easily told apart; more groups than that share them, and the names tell them apart. */
const COLOURS = 8;

/** The colour of each group or set of roles, by a number that the styles know. */
export type MachineColours = ReadonlyMap<string, number>;

export function machineColours(view: EstateView, mode: ColourMode): MachineColours {
  const names = new Set<string>();
  for (const machine of view.machines) {
    const name = colouredBy(machine, mode);
    if (name !== undefined) names.add(name);
  }
  return new Map([...names].sort().map((name, index) => [name, index % COLOURS]));
}

export function colouredBy({ group, roles }: MachineView, mode: ColourMode): string | undefined {
  return mode === "group" ? group : roles?.join(" + ");
}

export function colourClass(machine: MachineView, mode: ColourMode, colours: MachineColours): string {
  const name = colouredBy(machine, mode);
  const colour = name === undefined ? undefined : colours.get(name);
  return colour === undefined ? "plain" : `c${String(colour)}`;
}

/** Whether each name has a colour of its own. */
export function isDistinct(colours: MachineColours): boolean {
  return colours.size <= COLOURS;
}
