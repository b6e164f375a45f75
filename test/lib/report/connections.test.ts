import assert from "node:assert/strict";
import fc from "fast-check";
import { readEstate } from "../../../lib/dialects";
import type { PlainObject } from "../../../lib/estate/plain";
import { connectionsDiagram } from "../../../lib/report/connections-diagram";
import { connectionsTable } from "../../../lib/report/connections-table";
import { topologies, type Topology } from "../../../lib/vmm/connections";
import { UNKNOWN, vmmServer } from "../../kit";

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
      assert.match(svg, /viewBox="0 0 950 72"/);
    }
  });
});
