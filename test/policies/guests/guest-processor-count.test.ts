import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { guestProcessorCount } from "../../../policies/guests/guest-processor-count";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

/** A guest with a number of virtual processors on a host of Windows Server 2008 R2 SP1. */
function guest(guestOs: Plain, processorCount: Plain, more: PlainObject = {}): readonly DeclaredResource[] {
  return [host("hv1"), vm("vm1", { host: "hv1", guestOs, processorCount, ...more })];
}

const NODES = [host("hv1", { cluster: "c1" }), cluster("c1")];
const HOST = "Windows Server 2008 R2 with Service Pack 1";
const OFFICIAL = { source: "guests-2008-r2", advisory: false };

ruleTest(guestProcessorCount, {
  passes: [
    ...[1, 2, 4].map((count): Passes => [
      `${String(count)} processors, which the list has`,
      guest("Windows Server 2008 R2 SP1", count),
    ]),
    ["a guest that may have fewer", guest("Windows Server 2003 R2 x64 SP2", 2)],
    ["a guest that may have one", guest("Windows Home Server 2011", 1)],
    ["a number that every edition may have", guest("Windows Small Business Server 2011", 2)],
    [
      "a number that every edition may have, of an unknown one",
      guest("Windows Small Business Server 2011", 2, { edition: UNKNOWN }),
    ],
    ["the edition that may have more", guest("Windows Small Business Server 2011", 4, { edition: "Standard" })],
    ...["Windows Server 2008 R3", 7, {}].map((guestOs): Passes => [
      `${JSON.stringify(guestOs)}, which the estate rule reports`,
      guest(guestOs, 3),
    ]),
  ],
  finds: [
    [
      "3 processors, which the list leaves out between 2 and 4",
      guest("Windows Server 2008 R2 SP1", 3),
      `vm1: vm1 has 3 virtual processors, but the guest ${HOST} may have 1, 2 or 4 on ${HOST}.`,
      {
        found: { value: 3, unit: "virtual processors" },
        limit: { bound: "oneOf", value: [1, 2, 4], unit: "virtual processors" },
        change: { path: "processorCount", value: 2 },
        fix: "Set processorCount to 1, 2 or 4.",
        ...OFFICIAL,
      },
    ],
    [
      "more than any guest of that host may have",
      guest("Windows Server 2008 R2 SP1", 5),
      `vm1: vm1 has 5 virtual processors, but a virtual machine of generation 1 may have at most 4 on ${HOST}.`,
      {
        limit: { bound: "atMost", value: 4, unit: "virtual processors" },
        change: { path: "processorCount", value: 4 },
        fix: "Set processorCount to 1, 2 or 4.",
        ...OFFICIAL,
        source: "limits-2008-r2",
      },
    ],
    [
      "one more than an old guest may have",
      guest("Windows Server 2003 R2 x64 SP2", 3),
      `vm1: vm1 has 3 virtual processors, but the guest Windows Server 2003 R2 (x64) with Service Pack 2 may have 1 or 2 on ${HOST}.`,
    ],
    [
      "one more than a guest with one may have",
      guest("Windows Home Server 2011", 2),
      `vm1: vm1 has 2 virtual processors, but the guest Windows Home Server 2011 may have 1 on ${HOST}.`,
      { fix: "Set processorCount to 1.", change: { path: "processorCount", value: 1 } },
    ],
    [
      "more than any edition may have, of an unknown one",
      guest("Windows Small Business Server 2011", 8, { edition: UNKNOWN }),
      `vm1: vm1 has 8 virtual processors, but a virtual machine of generation 1 may have at most 4 on ${HOST}.`,
      { fix: "Set processorCount to 1 or 2.", change: { path: "processorCount", value: 2 } },
    ],
    [
      "a number that no edition may have, of an edition that is not declared",
      guest("Windows Small Business Server 2011", 3),
      `vm1: vm1 has 3 virtual processors, but the guest Windows Small Business Server 2011 may have 1 or 2 (or, depending on edition, 1, 2 or 4) on ${HOST}.`,
      { fix: "Set processorCount to 1 or 2.", change: { path: "processorCount", value: 2 } },
    ],
    [
      "more than a range, the host's generation being a default",
      [host("hv1", { operatingSystem: "Windows Server 2022" }), vm("vm1", { host: "hv1", processorCount: 65 })],
      "vm1: vm1 has 65 virtual processors, but a virtual machine of generation 1 (by default) may have at most 64 on Windows Server 2022.",
    ],
    [
      "more than a guest with a range may have",
      [
        host("hv1", { operatingSystem: "Windows Server 2022" }),
        vm("vm1", { host: "hv1", guestOs: "Windows Server 2008 SP2", processorCount: 9, generation: 1 }),
      ],
      "vm1: vm1 has 9 virtual processors, but the guest Windows Server 2008 with Service Pack 2 may have from 1 to 8 on Windows Server 2022.",
      {
        limit: { bound: "atMost", value: 8, unit: "virtual processors" },
        change: { path: "processorCount", value: 8 },
        fix: "Set processorCount to a value from 1 to 8.",
      },
    ],
    [
      "more than the edition may have",
      guest("Windows Small Business Server 2011 Essentials", 4),
      `vm1: vm1 has 4 virtual processors, but the guest Windows Small Business Server 2011 Essentials may have 1 or 2 on ${HOST}.`,
    ],
    ...Array<Plain>(UNKNOWN, null).map((host): Finds => [
      `what no host allows, with the host ${host === UNKNOWN ? "unknown" : "not declared"}`,
      [vm("vm1", { processorCount: 3000, generation: UNKNOWN, guestOs: UNKNOWN, host })],
      "vm1: vm1 has 3000 virtual processors, but a virtual machine of generation 2 may have at most 2,048 on Windows Server 2025. " +
        "That is the best case: its host, its guest operating system and its generation are not known.",
      {
        fix: "Set processorCount to a value from 1 to 2,048.",
        change: { path: "processorCount", value: 2048 },
        advisory: false,
      },
    ]),
    [
      "what a node of the cluster does not allow",
      [...NODES, vm("vm1", { cluster: "c1", processorCount: 3 })],
      `vm1: vm1 has 3 virtual processors, but the guest ${HOST} may have 1, 2 or 4 on ${HOST}.`,
    ],
  ],
  undecided: [
    [
      "an edition that decides and is not declared",
      guest("Windows Small Business Server 2011", 4),
      "vm1: edition is not declared: not checked by guest-processor-count.",
    ],
    [
      "an edition that decides and is not known",
      guest("Windows Small Business Server 2011", 4, { edition: UNKNOWN }),
      "vm1: edition is not known until deployment: not checked by guest-processor-count.",
    ],
    [
      "an unknown number",
      guest("Windows Server 2008 R2 SP1", UNKNOWN),
      "vm1: processorCount is not known until deployment: not checked by guest-processor-count.",
    ],
    [
      "a machine without a host",
      [...NODES, vm("vm1", { processorCount: 3 })],
      "vm1: host is not declared: not checked by guest-processor-count.",
    ],
  ],
});
