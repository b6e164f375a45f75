/**
 * A line of a chart.
 * @typedef {object} Series
 * @property {string} title
 * @property {string} color
 * @property {readonly (readonly [count: number, value: number])[]} points
 */

/**
 * @typedef {object} Chart
 * @property {string} title
 * @property {string} unit
 * @property {readonly Series[]} series
 */

const width = 420;
const height = 330;
const plot = { left: 64, top: 48, width: 320, height: 210 };
const step = 10;

/**
 * Charts side by side as an SVG picture, with both axes in powers of ten. The same numbers give the same text.
 * @param {string} title
 * @param {readonly Chart[]} charts
 */
export function picture(title, charts) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width * charts.length} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...charts.flatMap((chart, index) => [`<g transform="translate(${index * width} 0)">`, ...draw(chart), "</g>"]),
    "</svg>",
    "",
  ].join("\n");
}

/** @param {Chart} chart */
function draw({ title, unit, series }) {
  const points = series.flatMap((one) => one.points);
  const across = axis(points.map(([count]) => count));
  const up = axis(points.map(([, value]) => value));
  const x = (/** @type {number} */ count) => plot.left + plot.width * across.place(count);
  const y = (/** @type {number} */ value) => plot.top + plot.height * (1 - up.place(value));
  return [
    text(plot.left, 24, `${title}, ${unit}`, { size: 14 }),
    ...across.marks.flatMap((mark) => [
      line(x(mark), plot.top, x(mark), plot.top + plot.height),
      text(x(mark), plot.top + plot.height + 18, mark.toLocaleString("en-US"), { anchor: "middle" }),
    ]),
    ...up.marks.flatMap((mark) => [
      line(plot.left, y(mark), plot.left + plot.width, y(mark)),
      text(plot.left - 8, y(mark) + 4, mark.toLocaleString("en-US"), { anchor: "end" }),
    ]),
    text(plot.left + plot.width / 2, plot.top + plot.height + 36, "resources", { anchor: "middle" }),
    ...series.flatMap(({ title: name, color, points: own }, index) => [
      `<path d="M${own.map(([count, value]) => `${number(x(count))} ${number(y(value))}`).join("L")}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...own.map(
        ([count, value]) => `<circle cx="${number(x(count))}" cy="${number(y(value))}" r="3" fill="${color}"/>`,
      ),
      text(plot.left + 10, plot.top + 18 + 16 * index, name, { color }),
    ]),
  ];
}

/**
 * Powers of ten around some values, and where a value stands between the first and the last of them.
 * @param {readonly number[]} values
 */
function axis(values) {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    marks: Array.from({ length: last - first + 1 }, (_, index) => step ** (first + index)),
    place: (/** @type {number} */ value) => (Math.log10(value) - first) / (last - first),
  };
}

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function line(x1, y1, x2, y2) {
  return `<path d="M${number(x1)} ${number(y1)}L${number(x2)} ${number(y2)}" stroke="#ddd"/>`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {{ anchor?: string, size?: number, color?: string }} [style]
 */
function text(x, y, content, { anchor = "start", size = 12, color = "#222" } = {}) {
  return `<text x="${number(x)}" y="${number(y)}" text-anchor="${anchor}" font-size="${size}" fill="${color}">${escapeXml(content)}</text>`;
}

/**
 * At most one digit after the point.
 * @param {number} value
 */
function number(value) {
  return String(Math.round(value * 10) / 10);
}

/** @param {string} content */
function escapeXml(content) {
  return content
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}
