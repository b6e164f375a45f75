import { listing } from "../../../lib/text/words";
import { nicPartitioning } from "../../../policies/networks/nic-partitioning";
import { MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Passes } from "../../rule-test";
import { adapter, nodeWith } from "./networks";

/** So many partitions on each port. */
function partitions(...numbers: readonly number[]) {
  return numbers.flatMap((number, port) =>
    Array.from({ length: number }, (_, index) =>
      adapter(`P${String(port)}.${String(index)}`, "backup", { physicalAdapter: `Port ${String(port)}` }),
    ),
  );
}

const NOT_SUPPORTED = "The vendors of adapters support NPAR, and Microsoft does not.";
const ONE_PORT = `hv1: hv1 has 4 NPAR partitions on the port "Port 0". ${NOT_SUPPORTED}`;
const FOUR_PORTS = `hv1: hv1 has 16 NPAR partitions on the ports "Port 0", "Port 1", "Port 2" and "Port 3". ${NOT_SUPPORTED}`;
const REPLACE =
  "Use physical adapters in place of the partitions (without physicalAdapter), or a documented layout that shares them with caps.";

ruleTest(nicPartitioning, {
  passes: [
    ["a port that is an adapter itself", nodeWith([adapter("NIC 1", "backup", { physicalAdapter: "nic 1" })])],
    [
      "a newer version, of which the article does not speak",
      nodeWith(partitions(8), { operatingSystem: "Windows Server 2012" }),
    ],
    [
      "B6: five ports without partitions",
      nodeWith([0, 1, 2, 3, 4].map((port) => adapter(`Port ${String(port)}`, "backup"))),
    ],
    ["an adapter without partitions", nodeWith([adapter("NIC 1", "backup")])],
    ...MALFORMED.filter((value) => typeof value !== "string" && typeof value !== "number").map((value): Passes => [
      `${JSON.stringify(value)} as a port, which the estate rule reports`,
      nodeWith([adapter("P1", "backup", { physicalAdapter: value })]),
    ]),
  ],
  finds: [
    [
      "as many partitions as the adapters of the article have, as advice",
      nodeWith(partitions(4, 4, 4, 4)),
      FOUR_PORTS,
      {
        found: { value: 16, unit: "NPAR partitions" },
        limit: { bound: "atMost", value: 0, unit: "NPAR partitions" },
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "a single partition",
      nodeWith(partitions(1)),
      `hv1: hv1 has 1 NPAR partition on the port "Port 0". ${NOT_SUPPORTED}`,
      { advisory: true },
    ],
    [
      "Twice: a fifth partition of one port, once",
      nodeWith(partitions(5)),
      'hv1: hv1 has 5 NPAR partitions on the port "Port 0", but a port has at most 4.',
      {
        found: { value: 5, unit: "NPAR partitions" },
        limit: { bound: "atMost", value: 4, unit: "NPAR partitions" },
        fix: REPLACE,
        source: "network-design-2011",
        advisory: false,
      },
    ],
    [
      "a fifth partition of one port beside another port",
      nodeWith(partitions(5, 4)),
      [
        'hv1: hv1 has 4 NPAR partitions on the port "Port 1". The vendors of adapters support NPAR, and Microsoft does not.',
        'hv1: hv1 has 5 NPAR partitions on the port "Port 0", but a port has at most 4.',
      ],
    ],
    [
      "B6: four partitions on each of five ports, as advice: the article's sixteen are those of its blade",
      nodeWith(partitions(4, 4, 4, 4, 4)),
      `hv1: hv1 has 20 NPAR partitions on the ports "Port 0", "Port 1", "Port 2", "Port 3" and "Port 4". ${NOT_SUPPORTED}`,
      { found: { value: 20, unit: "NPAR partitions" }, advisory: true },
    ],
    [
      "B6: one partition on each of seventeen ports, as advice",
      nodeWith(partitions(...Array.from({ length: 17 }, () => 1))),
      `hv1: hv1 has 17 NPAR partitions on the ports ${listing(Array.from({ length: 17 }, (_, port) => `"Port ${String(port)}"`))}. ${NOT_SUPPORTED}`,
      { advisory: true },
    ],
    [
      "B6: one partition more than four on the fifth port",
      nodeWith(partitions(4, 4, 4, 4, 5)),
      [FOUR_PORTS, 'hv1: hv1 has 5 NPAR partitions on the port "Port 4", but a port has at most 4.'],
    ],
    [
      "too many on each port, once for each port",
      nodeWith(partitions(5, 5, 5, 5)),
      [0, 1, 2, 3].map(
        (port) => `hv1: hv1 has 5 NPAR partitions on the port "Port ${String(port)}", but a port has at most 4.`,
      ),
    ],
    [
      "a partition with two purposes, counted once",
      nodeWith([...partitions(4), adapter("P0.0", "replica", { physicalAdapter: "port 0" })]),
      ONE_PORT,
    ],
    [
      "what is certain beside a port that is not known",
      nodeWith([...partitions(4, 4, 4, 4), adapter("P4.0", "backup", { physicalAdapter: UNKNOWN })]),
      FOUR_PORTS,
      {
        advisory: true,
        undecided: [
          "hv1: networkAdapters[16].physicalAdapter is not known until deployment: not checked by nic-partitioning.",
        ],
      },
    ],
  ],
  undecided: [
    [
      "a port that is not known",
      nodeWith([adapter("P1", "backup", { physicalAdapter: UNKNOWN })]),
      "hv1: networkAdapters[0].physicalAdapter is not known until deployment: not checked by nic-partitioning.",
    ],
  ],
});
