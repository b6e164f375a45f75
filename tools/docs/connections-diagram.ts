import type { Topology } from "../../policies/vmm/model/connections";
import { layOut, textWidth, type Box, type Line } from "./connections-layout";
import { topologyTitle } from "./connections-table";

const TITLE = { x: 24, y: 28, size: 15, longest: 100 };

/**
 * The connections of a topology as an SVG picture: the server in the middle, who connects to it on the left, whom it
 * connects to on the right. A line with two heads means the same ports in both directions. The same topology always
 * gives the same text.
 */
export function connectionsDiagram(topology: Topology): string {
  const title = `Connections of ${topologyTitle(topology)}`;
  const shown = shortened(title, TITLE.longest);
  const { width, height, lines, boxes } = layOut(topology, textWidth(shown, TITLE.size));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(height)}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${number(TITLE.x)}" y="${number(TITLE.y)}" font-size="${number(TITLE.size)}">${escapeXml(shown)}</text>`,
    ...lines.flatMap(drawLine),
    ...boxes.map(drawBox),
    "</svg>",
    "",
  ].join("\n");
}

function drawBox({ machine, x, y, width, height }: Box): string {
  const middle = `x="${number(x + width / 2)}" y="${number(y + height / 2 + 4)}"`;
  return (
    `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="4" fill="#eef4fb" stroke="#4a78a8"/>` +
    `<text ${middle} text-anchor="middle">${escapeXml(shortened(machine.name, LONGEST_NAME))}</text>`
  );
}

function drawLine({ points, both, label }: Line): readonly string[] {
  const path = points.map(([x, y]) => `${number(x)} ${number(y)}`).join("L");
  const start = both ? ` marker-start="url(#end)"` : "";
  return [
    `<path d="M${path}" fill="none" stroke="#888"${start} marker-end="url(#end)"/>`,
    `<text x="${number(label.x)}" y="${number(label.y)}" text-anchor="${label.anchor}">${escapeXml(label.text)}</text>`,
  ];
}

/** As many characters as a box has room for. */
const LONGEST_NAME = 22;

/** At most two digits after the point. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
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
