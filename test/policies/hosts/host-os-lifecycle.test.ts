import type { Plain } from "../../../lib/estate/plain";
import { hostOsLifecycle } from "../../../policies/hosts/host-os-lifecycle";
import { host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const hv1 = (operatingSystem: Plain | undefined) => [host("hv1", { operatingSystem })];
const at = (asOf: string, daysAhead?: number) => ({
  asOf,
  ...(daysAhead === undefined ? {} : { configuration: { daysAhead } }),
});

ruleTest(hostOsLifecycle, {
  passes: [
    ["P10: Windows Server 2016 more than 180 days before its end", hv1("Windows Server 2016"), at("2026-07-15")],
    [
      "P10: Windows Server 2016 on its last day, where only ended support counts",
      hv1("Windows Server 2016"),
      at("2026-12-01", 0),
    ],
    ["P10: Windows Server 2022", hv1("Windows Server 2022"), at("2026-12-01")],
    ["P10: Azure Local, whose releases follow each other", hv1("Azure Local"), at("2026-12-01")],
    ["P10: a host that declares no operating system", hv1(undefined), at("2026-12-01")],
  ],
  finds: [
    [
      "P10: a version in its last 180 days",
      hv1("Windows Server 2016"),
      "hv1: hv1 runs Windows Server 2016, whose support ends on 2027-01-12.",
      {
        ...at("2026-07-16"),
        advisory: true,
        found: { value: "2027-01-12" },
        fix: "Move hv1 to a newer version, or buy extended updates, which end on 2030-01-12.",
        source: "lifecycle-windows-server-2016",
      },
    ],
    [
      "P10: its last day",
      hv1("Windows Server 2016"),
      "hv1: hv1 runs Windows Server 2016, whose support ends on 2027-01-12.",
      { ...at("2027-01-12", 0), advisory: true },
    ],
    [
      "P10: a version after its end",
      hv1("Windows Server 2012 R2"),
      "hv1: hv1 runs Windows Server 2012 R2, whose support ended on 2023-10-10.",
      {
        ...at("2026-10-13"),
        advisory: false,
        fix: "Move hv1 to a newer version, or buy extended updates, which end on 2026-10-13.",
      },
    ],
    [
      "P10: a version after the end of extended updates",
      hv1("Windows Server 2012 R2"),
      "hv1: hv1 runs Windows Server 2012 R2, whose support ended on 2023-10-10.",
      { ...at("2026-10-14"), fix: "Move hv1 to a newer version; extended updates ended on 2026-10-13." },
    ],
    [
      "P10: a version without extended updates",
      hv1("Windows Server 2008 R2"),
      "hv1: hv1 runs Windows Server 2008 R2, whose support ended on 2013-04-09.",
      { ...at("2013-04-10"), fix: "Move hv1 to a newer version." },
    ],
    [
      "P10: Azure Stack HCI",
      hv1("Azure Stack HCI 22H2"),
      "hv1: hv1 runs Azure Stack HCI, whose support ended on 2025-05-31.",
      at("2025-06-01"),
    ],
  ],
  undecided: [
    [
      "P10: a version that only the deployment tells",
      hv1(UNKNOWN),
      "hv1: operatingSystem is not known until deployment: not checked by host-os-lifecycle.",
      at("2026-12-01"),
    ],
  ],
});
