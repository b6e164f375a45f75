import type { Connection, Topology } from "../vmm/connections";
import type { Machine } from "../vmm/machines";
import { portsText, topologyTitle } from "./connections-table";

const BOX = { width: 150, height: 30 };
const ROW = 64;
const MARGIN = 24;
const HEADER = 48;
/** Where the three columns begin: who connects to the server, the server, and whom it connects to. */
const COLUMNS = [MARGIN, 400, 776] as const;
const WIDTH = 950;

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * The connections of a topology as an SVG picture: the server in the middle, who connects to it on the left, whom it
 * connects to on the right. Connections between others are arcs on the right. The same topology always gives the same
 * text.
 */
export function connectionsDiagram(topology: Topology): string {
  const links = linksOf(topology.connections);
  const places = placesOf(topology, links);
  const height = HEADER + ROW * Math.max(0, ...[...places.values()].map(({ y }) => y + 1)) + MARGIN;
  const title = `Connections of ${topologyTitle(topology)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(WIDTH)} ${number(height)}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${number(MARGIN)}" y="28" font-size="15">${escapeXml(title)}</text>`,
    ...links.flatMap((link) => drawLink(link, places)),
    ...[...places].map(([machine, place]) => drawMachine(machine, place)),
    "</svg>",
    "",
  ].join("\n");
}

/** All connections from one computer to another, which are one line. */
interface Link {
  readonly from: Machine;
  readonly to: Machine;
  readonly ports: readonly string[];
}

function linksOf(connections: readonly Connection[]): readonly Link[] {
  const links = new Map<string, Link>();
  for (const connection of connections) {
    const { from, to } = connection;
    const key = `${from.name}\n${to.name}`;
    const ports = [...(links.get(key)?.ports ?? []), portsText(connection)];
    links.set(key, { from, to, ports: [...new Set(ports)] });
  }
  return [...links.values()];
}

/** Every computer in its column, in the order in which the connections name it. */
function placesOf({ vmm }: Topology, links: readonly Link[]): ReadonlyMap<Machine, Place> {
  const machines = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  const server = machines.find(({ name }) => name === vmm.name);
  const others = machines.filter((machine) => machine !== server);
  const callers = new Set(links.flatMap(({ from, to }) => (to === server ? [from] : [])));
  const called = new Set(links.flatMap(({ from, to }) => (from === server ? [to] : [])));
  const left = others.filter((machine) => callers.has(machine) && !called.has(machine));
  const right = others.filter((machine) => !left.includes(machine));
  const column = (members: readonly Machine[], x: number): readonly (readonly [Machine, Place])[] =>
    members.map((machine, y) => [machine, { x, y }]);
  const middle = Math.max(0, (Math.max(left.length, right.length) - 1) / 2);
  return new Map([
    ...column(left, COLUMNS[0]),
    ...(server === undefined ? [] : [[server, { x: COLUMNS[1], y: middle }] as const]),
    ...column(right, COLUMNS[2]),
  ]);
}

function drawMachine({ name }: Machine, place: Place): string {
  const { x, y } = corner(place);
  const middle = `x="${number(x + BOX.width / 2)}" y="${number(y + BOX.height / 2 + 4)}"`;
  return (
    `<rect x="${number(x)}" y="${number(y)}" width="${number(BOX.width)}" height="${number(BOX.height)}" rx="4" fill="#eef4fb" stroke="#4a78a8"/>` +
    `<text ${middle} text-anchor="middle">${escapeXml(shortened(name))}</text>`
  );
}

function drawLink({ from, to, ports }: Link, places: ReadonlyMap<Machine, Place>): readonly string[] {
  const [source, target] = [places.get(from), places.get(to)];
  if (source === undefined || target === undefined) return [];
  const [start, end] = [corner(source), corner(target)];
  const label = escapeXml(ports.join(", "));
  if (source.x === target.x) return drawArc(start, end, label);
  const forward = start.x < end.x;
  const x1 = forward ? start.x + BOX.width : start.x;
  const x2 = forward ? end.x : end.x + BOX.width;
  const [y1, y2] = [start.y + BOX.height / 2, end.y + BOX.height / 2];
  // Beside the computer that is not the server, where lines do not meet.
  const atStart = start.x !== COLUMNS[1];
  const [near, far] = atStart
    ? [
        { x: x1, y: y1 },
        { x: x2, y: y2 },
      ]
    : [
        { x: x2, y: y2 },
        { x: x1, y: y1 },
      ];
  const [x, y] = [near.x + (far.x - near.x) * 0.06, near.y + (far.y - near.y) * 0.06 - 4];
  const anchor = far.x > near.x ? "start" : "end";
  return [
    `<path d="M${number(x1)} ${number(y1)}L${number(x2)} ${number(y2)}" ${LINE}/>`,
    `<text x="${number(x)}" y="${number(y)}" text-anchor="${anchor}">${label}</text>`,
  ];
}

/** Between two computers of one column: down (or up) along its inner side. */
function drawArc(start: Place, end: Place, label: string): readonly string[] {
  const inner = start.x === COLUMNS[0] ? start.x + BOX.width : start.x;
  const bow = inner + (start.x === COLUMNS[0] ? 1 : -1) * 24;
  const [y1, y2] = start.y < end.y ? [start.y + BOX.height, end.y] : [start.y, end.y + BOX.height];
  const x = start.y < end.y ? inner + 40 : inner + 110;
  return [
    `<path d="M${number(x)} ${number(y1)}C${number(bow)} ${number(y1)} ${number(bow)} ${number(y2)} ${number(x)} ${number(y2)}" ${LINE} stroke-dasharray="4 3"/>`,
    `<text x="${number(x)}" y="${number(start.y < end.y ? y1 + 12 : y1 - 4)}" text-anchor="start">${label}</text>`,
  ];
}

const LINE = `fill="none" stroke="#888" marker-end="url(#end)"`;

function corner({ x, y }: Place): Place {
  return { x, y: HEADER + ROW * y };
}

/** At most two digits after the point. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function shortened(name: string): string {
  return name.length <= 22 ? name : `${name.slice(0, 21)}…`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** As text or attribute; without control characters and others that XML does not have. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|\p{Surrogate}|[\ufffe\uffff]/gu, "")
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
