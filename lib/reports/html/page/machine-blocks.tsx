import type { MachineView } from "../../../judging/estate-view";
import { isMarked } from "../map-sections";
import { colourClass } from "./machine-colours";
import type { MapContext } from "./map-context";
import { memory, number } from "./words";

/** So many machines of a host have a block of their own; the smaller ones share one. */
const MOST_BLOCKS = 24;

interface MachineBlocksProps {
  readonly machines: readonly number[];
  readonly label: string;
  /** What the whole width stands for. */
  readonly scaleMB: number;
  /** The memory of the host. */
  readonly capacityMB?: number | undefined;
  readonly context: MapContext;
}

/** Machines as blocks as wide as their memory, beside what is free. */
export function MachineBlocks({ machines, label, scaleMB, capacityMB, context }: MachineBlocksProps) {
  const { view } = context.index;
  const memoryOf = (machine: number): number => view.machines[machine]?.memoryMB ?? 0;
  const marked = (machine: number): boolean => isMarked(view, machine, context.words);
  const ordered = [...machines].sort(
    (one, other) => Number(marked(other)) - Number(marked(one)) || memoryOf(other) - memoryOf(one) || one - other,
  );
  const isCut = ordered.length > MOST_BLOCKS;
  const shown = isCut ? ordered.slice(0, MOST_BLOCKS - 1) : ordered;
  const others = ordered.slice(shown.length);
  const sum = (some: readonly number[]): number => some.reduce((total, machine) => total + memoryOf(machine), 0);
  const scale = Math.max(1, scaleMB, sum(machines));
  const width = (megabytes: number): { readonly width: string } => ({ width: `${String((megabytes / scale) * 100)}%` });
  return (
    <div class="blocks">
      {capacityMB !== undefined && <div class="capacity" style={width(capacityMB)} />}
      {machines.length === 0 ? (
        <span class="no-machine">no machine</span>
      ) : (
        <ul aria-label={label}>
          {shown.map((machine) => (
            <Block
              machine={view.machines[machine]}
              isMarked={marked(machine)}
              width={width}
              context={context}
              key={machine}
            />
          ))}
          {others.length > 0 && (
            <li
              class="block plain"
              style={width(sum(others))}
              title={`${number(others.length, "more machine")}, ${memory(sum(others))}`}
            >
              <span class="block-name">{number(others.length, "more", "more")}</span>
            </li>
          )}
        </ul>
      )}
      {capacityMB !== undefined && <div class="capacity-end" style={width(capacityMB)} />}
    </div>
  );
}

interface BlockProps {
  readonly machine: MachineView | undefined;
  readonly isMarked: boolean;
  readonly width: (megabytes: number) => { readonly width: string };
  readonly context: MapContext;
}

function Block({ machine, isMarked: isFound, width, context: { mode, colours, marks } }: BlockProps) {
  if (machine === undefined) return null;
  const mark = marks.get(machine.urn);
  const classes = [
    "block",
    colourClass(machine, mode, colours),
    ...(isFound ? ["found"] : []),
    ...(machine.memoryMB === undefined ? ["unknown"] : []),
    ...(mark === undefined ? [] : [mark.blocking > 0 ? "blocking" : "advised"]),
  ];
  const text = describe(machine);
  return (
    <li class={classes.join(" ")} style={width(machine.memoryMB ?? 0)} title={[machine.name, ...text].join("\n")}>
      <span class="block-name">{machine.name}</span>
      <span class="unseen">, {text.join(", ")}</span>
    </li>
  );
}

function describe({ memoryMB, processors, guestOs, roles = [], group }: MachineView): readonly string[] {
  return [
    memoryMB === undefined ? "memory not known" : memory(memoryMB),
    ...(processors === undefined ? [] : [number(processors, "virtual processor")]),
    ...(group === undefined ? [] : [`DAG ${group}`]),
    ...(roles.length === 0 ? [] : [roles.join(" + ")]),
    ...(guestOs === undefined ? [] : [guestOs]),
  ];
}
