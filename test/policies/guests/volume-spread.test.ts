import type { PlainObject } from "../../../lib/estate/plain";
import { volumeSpread } from "../../../policies/guests/volume-spread";
import { cluster, host, mailbox, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const C1 = [cluster("c1"), host("h1", { cluster: "c1" }), host("h2", { cluster: "c1" })];
const ONE = "C:\\ClusterStorage\\Volume1";
const TWO = "C:\\ClusterStorage\\Volume2";

const disk = (storage: string | typeof UNKNOWN | undefined, name = "os"): PlainObject => ({
  name,
  type: "fixed",
  sizeGB: 80,
  storage,
});

const member = (name: string, storage: string | typeof UNKNOWN | undefined, more: PlainObject = {}) =>
  vm(name, { cluster: "c1", group: "web", disks: [disk(storage)], ...more });

ruleTest(volumeSpread, {
  passes: [
    ["two volumes", [...C1, member("web1", ONE), member("web2", TWO)]],
    [
      "a data disk on another volume",
      [...C1, member("web1", ONE), member("web2", ONE, { disks: [disk(ONE), disk(TWO, "data")] })],
    ],
    [
      "machines of no group",
      [...C1, vm("a", { cluster: "c1", disks: [disk(ONE)] }), vm("b", { cluster: "c1", disks: [disk(ONE)] })],
    ],
    ["one member", [...C1, member("web1", ONE)]],
    [
      "volumes of the same name in two places",
      [
        host("h3"),
        host("h4"),
        member("web1", ONE, { cluster: undefined, host: "h3" }),
        member("web2", ONE, { cluster: undefined, host: "h4" }),
      ],
    ],
    ["disks of which nobody declares where they are", [...C1, member("web1", undefined), member("web2", undefined)]],
  ],
  finds: [
    [
      "one volume",
      [...C1, member("web1", ONE), member("web2", ONE.toLowerCase())],
      "web2: All disks of web1 and web2 are on C:\\ClusterStorage\\Volume1.",
      {
        found: { value: ONE },
        fix: "Put the disks of web2 on another volume.",
        source: "azure-local-vm-resiliency",
        advisory: true,
      },
    ],
    [
      "a database availability group on one volume",
      [
        ...C1,
        ...["ex1", "ex2"].map((name) =>
          mailbox(name, { cluster: "c1", disks: [disk(ONE)] }, { databaseAvailabilityGroup: "DAG1" }),
        ),
      ],
      "ex2: All disks of ex1 and ex2 are on C:\\ClusterStorage\\Volume1.",
    ],
  ],
  undecided: [
    [
      "a volume that only the deployment knows",
      [...C1, member("web1", ONE), member("web2", UNKNOWN)],
      "web2: disks[0].storage is not known until deployment: not checked by volume-spread.",
    ],
  ],
});
