import type { PlainObject } from "../../../lib/estate/plain";
import { mixedClusterWindow } from "../../../policies/hosts/mixed-cluster-window";
import { cluster, host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const mixed = (properties: PlainObject, second = "Windows Server 2025") => [
  cluster("c1", properties),
  host("hv1", { cluster: "c1", operatingSystem: "Windows Server 2022" }),
  host("hv2", { cluster: "c1", operatingSystem: second }),
];

const LATE = { asOf: "2026-12-01" };

ruleTest(mixedClusterWindow, {
  passes: [
    ["four weeks", mixed({ upgradeStarted: "2026-11-03" }), LATE],
    ["an upgrade that is over", mixed({ upgradeStarted: "2026-01-01" }, "Windows Server 2022"), LATE],
    ["no upgrade that is declared", mixed({}), LATE],
    ["a day that is none, which estate reports", mixed({ upgradeStarted: "2026-02-30" }), LATE],
  ],
  finds: [
    [
      "more than four weeks",
      mixed({ upgradeStarted: "2026-11-02" }),
      "c1: c1 has had nodes of Windows Server 2022 and Windows Server 2025 since 2026-11-02, which is 29 days before 2026-12-01; four weeks are the limit.",
      {
        ...LATE,
        found: { value: 29 },
        limit: { bound: "atMost", value: 28 },
        source: "rolling-upgrade",
        advisory: true,
      },
    ],
  ],
  undecided: [
    [
      "a day that only the deployment knows",
      mixed({ upgradeStarted: UNKNOWN }),
      "c1: upgradeStarted is not known until deployment: not checked by mixed-cluster-window.",
      LATE,
    ],
  ],
});
