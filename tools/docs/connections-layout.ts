import { append } from "../../lib/text/collections";
import type { Topology } from "../../policies/vmm/model/connections";
import type { TopologyComputer } from "../../policies/vmm/model/topology-computers";
import { portsText } from "./connections-table";

/*
 * The positions of everything in the diagram of a topology. The server is a tall box in the middle, with those that connect to
 * it on the left and the others on the right: a line between it and another computer runs straight across. Lines among the
 * others leave them on the outer side and run in lanes there. So no line crosses a box, and every line has a height of its
 * own at both ends, with room for its label.
 */

export interface Box {
  readonly machine: TopologyComputer;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line from one computer to another along its points, with the ports beside its beginning. */
export interface Line {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The same ports are open in the other direction. */
  readonly both: boolean;
  readonly label: { readonly text: string; readonly x: number; readonly y: number; readonly anchor: "start" | "end" };
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

const BOX = { width: 150, height: 30 };
const MARGIN = 24;
const HEADER = 48;
/** Between two boxes of a column. */
const SPACE = 16;
/** Between two lines at one side of a box: as much as a label needs. */
const SLOT = 18;
const LANE = 12;
/** Between a label and what is beside and below it. */
const GAP = { x: 10, y: 4 };
/** The widest that a character of a label is, on average. */
const CHARACTER = 6.6;

/** How wide a text is at most, in the size of the labels or in another one. */
export function textWidth(text: string, size = 11): number {
  return text.length * CHARACTER * (size / 11);
}

/** @param minimumWidth what the picture must be wide enough for */
export function layOut({ vmm, connections }: Topology, minimumWidth: number): Layout {
  const links = linksOf(connections);
  const machines = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  const server = machines.find(({ name }) => name === vmm.name);
  const { left, right } = columnsOf(machines, server, links);
  const inner = links.filter((link) => link.from === server || link.to === server);
  const outer = links.filter((link) => !inner.includes(link));
  const [leftColumn, rightColumn] = [left, right].map((column) => new Column(column, inner, outer));
  if (leftColumn === undefined || rightColumn === undefined) return { width: 0, height: 0, boxes: [], lines: [] };

  const leftEdge = MARGIN + leftColumn.outerWidth;
  const middle = leftEdge + leftColumn.boxWidth + leftColumn.innerWidth;
  const rightEdge = middle + (server === undefined ? 0 : BOX.width) + rightColumn.innerWidth;
  const height = machines.length === 0 ? 0 : Math.max(BOX.height, leftColumn.height, rightColumn.height);
  const boxes = [
    ...leftColumn.boxes(leftEdge),
    ...(server === undefined ? [] : [{ machine: server, x: middle, y: HEADER, width: BOX.width, height }]),
    ...rightColumn.boxes(rightEdge),
  ];
  const width = rightEdge + rightColumn.boxWidth + rightColumn.outerWidth + MARGIN;
  return {
    width: Math.max(width, minimumWidth + 2 * MARGIN),
    height: HEADER + height + MARGIN,
    boxes,
    lines: [
      ...leftColumn.lines({ edge: leftEdge + leftColumn.boxWidth, server: middle, outer: leftEdge, outward: -1 }),
      ...rightColumn.lines({
        edge: rightEdge,
        server: middle + BOX.width,
        outer: rightEdge + rightColumn.boxWidth,
        outward: 1,
      }),
    ],
  };
}

/** All connections from one computer to another, or between the two, which are one line. */
interface MachineLink {
  readonly from: TopologyComputer;
  readonly to: TopologyComputer;
  readonly text: string;
  readonly both: boolean;
}

function linksOf(connections: Topology["connections"]): readonly MachineLink[] {
  const ports = new Map<TopologyComputer, Map<TopologyComputer, string[]>>();
  for (const connection of connections) {
    const { from, to } = connection;
    const targets = ports.get(from) ?? new Map<TopologyComputer, string[]>();
    ports.set(from, targets);
    append(targets, to, portsText(connection));
  }
  const textOf = (from: TopologyComputer, to: TopologyComputer): string =>
    [...new Set(ports.get(from)?.get(to) ?? [])].join(", ");
  const order = [...ports.keys()];
  return order.flatMap((from, index) =>
    [...(ports.get(from)?.keys() ?? [])].flatMap((to): readonly MachineLink[] => {
      const text = textOf(from, to);
      const both = textOf(to, from) === text;
      const isDrawn = both && order.indexOf(to) < index;
      return isDrawn ? [] : [{ from, to, text, both }];
    }),
  );
}

/** Who connects to the server, and all others; computers that connect to each other stand in one column, together. */
function columnsOf(
  machines: readonly TopologyComputer[],
  server: TopologyComputer | undefined,
  links: readonly MachineLink[],
): { readonly left: readonly TopologyComputer[]; readonly right: readonly TopologyComputer[] } {
  const others = machines.filter((machine) => machine !== server);
  const neighbours = new Map<TopologyComputer, TopologyComputer[]>();
  for (const { from, to } of links) {
    if (from === server || to === server) continue;
    append(neighbours, from, to);
    append(neighbours, to, from);
  }
  const placed = new Set<TopologyComputer>();
  const left: TopologyComputer[] = [];
  const right: TopologyComputer[] = [];
  for (const first of others) {
    if (placed.has(first)) continue;
    const group = [first];
    placed.add(first);
    for (const machine of group) {
      for (const neighbour of neighbours.get(machine) ?? []) {
        if (placed.has(neighbour)) continue;
        placed.add(neighbour);
        group.push(neighbour);
      }
    }
    const isCalled = links.some(({ from, to, both }) => {
      return (from === server && group.includes(to)) || (both && to === server && group.includes(from));
    });
    const calls = links.some(({ from, to }) => to === server && group.includes(from));
    (calls && !isCalled ? left : right).push(...group);
  }
  return { left, right };
}

/** The position of a column: its sides, and the side of the server towards it. */
interface Sides {
  readonly edge: number;
  readonly server: number;
  readonly outer: number;
  /** 1 where the outer side is the right one, -1 where it is the left one. */
  readonly outward: 1 | -1;
}

/** A column of boxes, from the top down, with the heights at which lines leave them. */
class Column {
  readonly height: number;
  /** For labels between the boxes and the server. */
  readonly innerWidth: number;
  /** For labels and lanes on the other side. */
  readonly outerWidth: number;
  private readonly places = new Map<TopologyComputer, { readonly y: number; readonly height: number }>();
  private readonly innerSlots = new Map<MachineLink, number>();
  private readonly outerSlots = new Map<MachineLink, Map<TopologyComputer, number>>();
  private readonly labelWidth: number;
  private readonly lanes: ReadonlyMap<MachineLink, number>;

  constructor(machines: readonly TopologyComputer[], inner: readonly MachineLink[], outer: readonly MachineLink[]) {
    const ends = (links: readonly MachineLink[], machine: TopologyComputer): readonly MachineLink[] =>
      links.filter(({ from, to }) => from === machine || to === machine);
    let y = HEADER;
    for (const machine of machines) {
      const [toServer, toOthers] = [ends(inner, machine), ends(outer, machine)];
      const slots = Math.max(toServer.length, toOthers.length);
      const height = Math.max(BOX.height, slots * SLOT + GAP.y);
      this.places.set(machine, { y, height });
      const slot = (index: number, count: number): number => y + height / 2 + (index - (count - 1) / 2) * SLOT;
      for (const [index, link] of toServer.entries()) this.innerSlots.set(link, slot(index, toServer.length));
      for (const [index, link] of toOthers.entries()) {
        const heights = this.outerSlots.get(link) ?? new Map<TopologyComputer, number>();
        this.outerSlots.set(link, heights.set(machine, slot(index, toOthers.length)));
      }
      y += height + SPACE;
    }
    this.height = y - SPACE - HEADER;
    const widest = (links: Iterable<MachineLink>): number =>
      Math.max(0, ...[...links].map(({ text }) => textWidth(text)));
    this.innerWidth = this.innerSlots.size === 0 ? 0 : widest(this.innerSlots.keys()) + 3 * GAP.x;
    this.labelWidth = widest(this.outerSlots.keys()) + 2 * GAP.x;
    this.lanes = lanesOf(this.outerSlots);
    const lanes = Math.max(-1, ...this.lanes.values()) + 1;
    this.outerWidth = lanes === 0 ? 0 : this.labelWidth + lanes * LANE;
  }

  get boxWidth(): number {
    return this.places.size === 0 ? 0 : BOX.width;
  }

  boxes(x: number): readonly Box[] {
    return [...this.places].map(([machine, { y, height }]) => ({ machine, x, y, width: BOX.width, height }));
  }

  lines({ edge, server, outer, outward }: Sides): readonly Line[] {
    const anchor = outward === 1 ? "start" : "end";
    const straight = [...this.innerSlots].map(([link, y]): Line => {
      const ends = [edge, server] as const;
      const [x1, x2] = this.places.has(link.from) ? ends : [ends[1], ends[0]];
      const label = { text: link.text, x: Math.min(edge, server) + GAP.x, y: y - GAP.y, anchor: "start" as const };
      return { points: [[x1, y], [x2, y]], both: link.both, label }; // prettier-ignore
    });
    const around = [...this.outerSlots].map(([link, heights]): Line => {
      const [y1, y2] = [heights.get(link.from) ?? 0, heights.get(link.to) ?? 0];
      const x = outer + outward * (this.labelWidth + (this.lanes.get(link) ?? 0) * LANE);
      const label = { text: link.text, x: outer + outward * GAP.x, y: y1 - GAP.y, anchor } as const;
      return { points: [[outer, y1], [x, y1], [x, y2], [outer, y2]], both: link.both, label }; // prettier-ignore
    });
    return [...straight, ...around];
  }
}

/** A lane for each line, the same one for lines that do not meet. */
function lanesOf(
  slots: ReadonlyMap<MachineLink, ReadonlyMap<TopologyComputer, number>>,
): ReadonlyMap<MachineLink, number> {
  const spans = [...slots].map(([link, heights]) => {
    return { link, top: Math.min(...heights.values()), bottom: Math.max(...heights.values()) };
  });
  const ends: number[] = [];
  const lanes = new Map<MachineLink, number>();
  // From the top down, each in the innermost lane that is free there.
  for (const { link, top, bottom } of spans.sort((one, other) => one.top - other.top)) {
    const free = ends.findIndex((end) => end < top);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = bottom;
    lanes.set(link, lane);
  }
  return lanes;
}
