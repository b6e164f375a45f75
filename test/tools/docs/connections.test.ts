import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { topologies, type Topology } from "../../../policies/vmm/model/connections";
import { connectionsDiagram } from "../../../tools/docs/connections-diagram";
import { connectionsSummary, connectionsTable } from "../../../tools/docs/connections-table";
import { firewall, UNKNOWN, vmmServer } from "../../kit";
import { EVERYTHING } from "../../policies/vmm/topologies";
import { ROOT } from "../../root";

function topology(properties: PlainObject, name = "vmm1"): Topology {
  const [found] = topologies(readEstate([vmmServer(name, properties)], true));
  assert(found !== undefined);
  return found;
}

/** The texts of an SVG in order, and whether every element that opens is closed. */
function textsIn(svg: string): { readonly texts: readonly string[]; readonly balanced: boolean } {
  const open: string[] = [];
  let balanced = true;
  for (const [, slash, name = "", end] of svg.matchAll(
    /<(\/?)([a-z]+)(?:\s+[\w-]+="[^"<>]*"|\s+[\w-]+='[^'<>]*')*\s*(\/?)>/g,
  )) {
    if (slash === "/") balanced = open.pop() === name && balanced;
    else if (end !== "/") open.push(name);
  }
  const rest = svg.replace(/<[^<>]*>/g, "");
  const texts = [...svg.matchAll(/<text[^<>]*>([^<>]*)<\/text>/g)].map(([, text = ""]) => text);
  return { texts, balanced: balanced && open.length === 0 && !/[<>]|&(?!amp;|lt;|gt;|quot;|apos;)/.test(rest) };
}

describe("the table of connections", () => {
  it("has a line for each", () => {
    const found = connectionsTable(
      topology({
        sqlServer: "sql1",
        wsusServers: ["wsus1"],
        smisProviders: ["san1"],
        ports: [{ connection: "sql", port: 1450 }],
      }),
    );
    assert.deepEqual(found.split("\n"), [
      "| From | To | Port | Connection | Changed at |",
      "| --- | --- | --- | --- | --- |",
      "| vmm1 | wsus1 | TCP 80, 8530, 443 or 8531 | VMM management server to WSUS server (data channel) (HTTP/HTTPS); " +
        "VMM management server to WSUS server (control channel) (HTTP/HTTPS) | IIS port binding of WSUS |",
      "| vmm1 | sql1 | TCP 1450 | VMM management server to remote Microsoft SQL Server database (TDS) |  |",
      "| vmm1 | san1 | TCP, port not declared | Storage Management Service to SMI-S provider (CIM-XML) |  |",
    ]);
  });

  it("keeps what names contain from being taken for marks", () => {
    const found = connectionsTable(topology({ sqlServer: "a|b\n<c> [d](e) `f` *g* \\" }));
    assert.equal(found.split("\n").length, 3);
    assert(found.includes("| a\\|b \\<c\\> \\[d\\](e) \\`f\\` \\*g\\* \\\\ |"), found);
  });

  it("comes with how many connections nobody can judge", () => {
    const textOf = (...firewalls: readonly DeclaredResource[]): string => {
      const estate = readEstate([vmmServer("vmm1", { sqlServer: "sql1", loadBalancers: ["lb1"] }), ...firewalls], true);
      const [found] = topologies(estate);
      assert(found !== undefined);
      return connectionsSummary(found, estate);
    };
    assert.equal(textOf(), "2 connections. No firewall is declared on the path of 2: not judged.");
    assert.equal(
      textOf(firewall("fw1", "vmm1", "lb1")),
      "2 connections. No firewall is declared on the path of 1: not judged.",
    );
    assert.equal(textOf(firewall("fw1", "*", "*")), "2 connections, each with a firewall on its path.");
  });

  it("has ranges of ports", () => {
    assert.match(connectionsTable(topology({ version: "VMM 2022", managedHosts: ["hv1"] })), /\| TCP 49152-65535 \|/);
  });

  it("says what is not known yet", () => {
    assert.match(connectionsTable(topology({ sqlServer: "sql1", ports: UNKNOWN })), /\| TCP, port not known yet \|/);
    assert.equal(connectionsTable(topology({ version: UNKNOWN })).split("\n").length, 2);
  });
});

describe("the picture of connections", () => {
  const EXAMPLE = { sqlServer: "sql1", consoles: ["admin1"], managedHosts: ["hv1", "hv2"], libraryServers: ["lib1"] };

  it("has every computer and the ports of every line", () => {
    const { texts, balanced } = textsIn(connectionsDiagram(topology(EXAMPLE)));
    assert(balanced);
    assert.deepEqual([...texts].sort(), [
      "Connections of vmm1 (VMM 2012)",
      "TCP 1433",
      "TCP 443",
      "TCP 443",
      "TCP 443",
      "TCP 443",
      "TCP 443, TCP 5985, TCP 5986",
      "TCP 443, TCP 5985, TCP 5986",
      "TCP 8100, TCP 8101, TCP 8102, TCP 8103",
      "admin1",
      "hv1",
      "hv2",
      "lib1",
      "sql1",
      "vmm1",
    ]);
  });

  it("is the same each time", () => {
    assert.equal(connectionsDiagram(topology(EXAMPLE)), connectionsDiagram(topology(EXAMPLE)));
  });

  it("is well-formed whatever computers are called", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: "binary" }), { maxLength: 4 }), (names) => {
        const svg = connectionsDiagram(topology({ managedHosts: names, consoles: ["<script>\"&'", ...names] }));
        assert(textsIn(svg).balanced, svg);
        // eslint-disable-next-line no-control-regex -- XML does not have these
        assert.doesNotMatch(svg, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
      }),
      { numRuns: 100 },
    );
  });

  it("is a title alone where nothing is known", () => {
    const empty: readonly PlainObject[] = [{ version: UNKNOWN, managedHosts: ["hv1"] }, {}];
    for (const properties of empty) {
      const svg = connectionsDiagram(topology(properties));
      const { texts, balanced } = textsIn(svg);
      assert.deepEqual([texts.length, balanced], [1, true]);
      assert.match(svg, /viewBox="0 0 [\d.]+ 72"/);
    }
  });

  it("is clear: no line crosses a box or a label, and nothing overlaps or is cut off", () => {
    assertClear(connectionsDiagram(topology(EXAMPLE)));
    assertClear(readFileSync(join(ROOT, "docs", "vmm-2012.svg"), "utf8"));
    assertClear(connectionsDiagram(topology(EVERYTHING)));
    assertClear(connectionsDiagram(topology({ clients: ["desk1"], virtualMachines: ["web1"] })));
    const hosts = Array.from({ length: 12 }, (_, index) => `hv${String(index)}`);
    assertClear(connectionsDiagram(topology({ managedHosts: hosts, libraryServers: ["lib1", "hv0"] })));
  });

  it("is clear whatever is connected", () => {
    const name = fc.constantFrom("vmm1", ...Array.from({ length: 9 }, (_, index) => `computer-${String(index)}`));
    const names = fc.uniqueArray(name, { maxLength: 5 });
    const lists = fc.record(
      Object.fromEntries(LISTS.map((list) => [list, names])) as Record<(typeof LISTS)[number], typeof names>,
      { requiredKeys: [] },
    );
    const version = fc.constantFrom("VMM 2008", "VMM 2008 R2", "VMM 2012", "VMM 2022");
    fc.assert(
      fc.property(lists, version, name, (properties, version, sqlServer) => {
        assertClear(connectionsDiagram(topology({ ...properties, version, sqlServer })));
      }),
      { numRuns: 300 },
    );
  });
});

const LISTS = [
  "libraryServers",
  "managedHosts",
  "perimeterHosts",
  "fileServers",
  "consoles",
  "clients",
  "virtualMachines",
  "loadBalancers",
  "vcenterServers",
  "p2vSources",
  "pxeServers",
] as const;

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type Point = readonly [x: number, y: number];

/** Where everything in a picture is: boxes, the texts beside them, and the straight parts of lines. */
function geometryOf(svg: string) {
  const numbers = (text: string): readonly number[] => (text.match(/-?[\d.]+/g) ?? []).map(Number);
  const [, , width = 0, height = 0] = numbers(/viewBox="([^"]*)"/.exec(svg)?.[1] ?? "");
  const boxes = [...svg.matchAll(/<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g)].map(
    (match): Area => {
      const [left = 0, top = 0, across = 0, down = 0] = match.slice(1).map(Number);
      return { left, top, right: left + across, bottom: top + down };
    },
  );
  const texts = [
    ...svg.matchAll(/<text x="([^"]*)" y="([^"]*)"(?: font-size="(\d+)")?(?: text-anchor="(\w+)")?>([^<]*)</g),
  ].map(([, x = "", y = "", size = "11", anchor = "start", text = ""]) => {
    const across = text.length * Number(size) * 0.58;
    const left = Number(x) - across * (anchor === "end" ? 1 : anchor === "middle" ? 0.5 : 0);
    const area: Area = { left, top: Number(y) - Number(size) * 0.8, right: left + across, bottom: Number(y) + 2 };
    return { area, isName: anchor === "middle" };
  });
  const paths = [...svg.matchAll(/<path d="M([^"z]*)" fill="none"/g)].map(([, d = ""]): readonly Point[] =>
    d.split("L").map((point) => {
      const [x = NaN, y = NaN] = numbers(point);
      return [x, y];
    }),
  );
  return {
    picture: { left: 0, top: 0, right: width, bottom: height },
    boxes,
    labels: texts.filter(({ isName }) => !isName).map(({ area }) => area),
    names: texts.filter(({ isName }) => isName).map(({ area }) => area),
    paths,
  };
}

function assertClear(svg: string): void {
  const { picture, boxes, labels, names, paths } = geometryOf(svg);
  assert.equal(names.length, boxes.length);
  assert.equal(labels.length, paths.length + 1, "a label for each line, and the title");
  const areas = [...boxes, ...labels];
  for (const area of [...areas, ...names]) assert(isWithin(area, picture), `cut off: ${JSON.stringify(area)}`);
  for (const [index, one] of areas.entries()) {
    for (const other of areas.slice(0, index)) assert(!overlap(one, other), JSON.stringify([one, other]));
  }
  for (const [index, name] of names.entries()) {
    const box = boxes[index];
    assert(box !== undefined && isWithin(name, box));
  }
  for (const points of paths) {
    for (const [index, end] of points.entries()) {
      const [x, y] = end;
      assert(isWithin({ left: x, right: x, top: y, bottom: y }, picture));
      const start = points[index - 1];
      if (start === undefined) continue;
      for (const area of areas) assert(!crosses(start, end, area), JSON.stringify([start, end, area]));
    }
    for (const end of [points.at(0), points.at(-1)])
      assert(end !== undefined && boxes.some((box) => isAtSide(end, box)));
  }
}

function isWithin(inner: Area, outer: Area): boolean {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}

function overlap(one: Area, other: Area): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function isAtSide([x, y]: Point, box: Area): boolean {
  return (x === box.left || x === box.right) && y >= box.top && y <= box.bottom;
}

/** Whether a straight line goes through the inside of an area: by what is left of it between the area's sides. */
function crosses([x1, y1]: Point, [x2, y2]: Point, area: Area): boolean {
  const sides: readonly (readonly [from: number, to: number, least: number, most: number])[] = [
    [x1, x2, area.left, area.right],
    [y1, y2, area.top, area.bottom],
  ];
  let [begin, end] = [0, 1];
  for (const [from, to, least, most] of sides) {
    if (from === to) {
      if (from <= least || from >= most) return false;
      continue;
    }
    const [one, other] = [(least - from) / (to - from), (most - from) / (to - from)];
    begin = Math.max(begin, Math.min(one, other));
    end = Math.min(end, Math.max(one, other));
  }
  return begin < end;
}
