import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { hostVirtualMachines } from "../../../policies/hosts/host-virtual-machines";
import { cluster, host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

function machines(number: number, properties: PlainObject = { host: "hv1" }): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => vm(`vm${String(index)}`, properties));
}

function crowded(operatingSystem: Plain, number: number): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), ...machines(number)];
}

const NODES = [cluster("c1"), host("hv1", { cluster: "c1" })];

/** Host version, the most virtual machines, how a finding writes both, and the document of the figure. */
const LIMITS: readonly (readonly [
  operatingSystem: string,
  most: number,
  name: string,
  written: string,
  source: string,
])[] = [
  ["Windows Server 2008", 128, "Windows Server 2008", "128", "no-document"],
  ["Windows Server 2008 SP2", 192, "Windows Server 2008 with Service Pack 2", "192", "hyper-v-2008-sp2"],
  ["Windows Server 2008 R2", 384, "Windows Server 2008 R2", "384", "limits-2008-r2"],
  ["Windows Server 2008 R2 SP1", 384, "Windows Server 2008 R2 with Service Pack 1", "384", "limits-2008-r2"],
  ...["Windows Server 2012", "Windows Server 2012 R2"].map(
    (name) => [name, 1024, name, "1,024", "limits-2012-successor"] as const,
  ),
  ...["Windows Server 2016", "Windows Server 2019", "Windows Server 2022", "Windows Server 2025"].map(
    (name) => [name, 1024, name, "1,024", "limits-2025"] as const,
  ),
  ["Azure Stack HCI", 1024, "Azure Stack HCI", "1,024", "azure-stack-hci-requirements"],
];

ruleTest(hostVirtualMachines, {
  passes: [
    ...LIMITS.flatMap(([operatingSystem, most]) =>
      [0, most - 1, most].map((number): Passes => [
        `${String(number)} on ${operatingSystem}`,
        crowded(operatingSystem, number),
      ]),
    ),
    ["machines that float in the cluster of the host", [...NODES, ...machines(385, { cluster: "c1" })]],
    ...MALFORMED.map((value): Passes => [
      `the operating system ${JSON.stringify(value)}, which the estate rule reports`,
      crowded(value, 400),
    ]),
  ],
  finds: [
    ...LIMITS.map(([operatingSystem, most, name, written, source]): Finds => [
      `${String(most + 1)} on ${operatingSystem}`,
      crowded(operatingSystem, most + 1),
      `hv1: hv1 runs ${String(most + 1)} virtual machines. ${name} supports at most ${written}.`,
      {
        found: { value: most + 1, unit: "virtual machines" },
        limit: { bound: "atMost", value: most, unit: "virtual machines" },
        fix: "Move at least 1 virtual machine to other hosts.",
        source,
        advisory: source === "no-document",
      },
    ]),
    [
      "several more than the version supports",
      crowded("Windows Server 2008 R2", 400),
      "hv1: hv1 runs 400 virtual machines. Windows Server 2008 R2 supports at most 384.",
      { fix: "Move at least 16 virtual machines to other hosts." },
    ],
    [
      "machines that are declared on the host with its cluster",
      [...NODES, ...machines(385, { host: "HV1", cluster: "c1" })],
      "hv1: hv1 runs 385 virtual machines. Windows Server 2008 R2 with Service Pack 1 supports at most 384.",
    ],
  ],
  undecided: [
    [
      "an unknown operating system",
      crowded(UNKNOWN, 400),
      "hv1: operatingSystem is not known until deployment: not checked by host-virtual-machines.",
    ],
    [
      "a machine whose host is not known",
      [...crowded("Windows Server 2008 R2", 384), vm("later", { host: UNKNOWN })],
      "later: host is not known until deployment: not checked by host-virtual-machines.",
    ],
  ],
});
