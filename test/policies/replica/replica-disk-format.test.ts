import { replicaDiskFormat } from "../../../policies/replica/replica-disk-format";
import { UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";
import { both, disk, replicated, VERSIONS } from "./replicated";

const machine = { disks: [disk("system", { format: "VHD" }), disk("data")] };
const FOUND = 'r1: vm1 is replicated with 1 additional recovery point, and its disk "system" is a VHD.';

ruleTest(replicaDiskFormat, {
  passes: [
    ...VERSIONS.filter((version) => !version.includes("2012")).map((version): Passes => [
      `a VHD with recovery history on ${version}, whose rules do not mention it`,
      replicated({ ...both(version), machine, settings: { recoveryPoints: 1 } }),
    ]),
    ["a VHD without recovery history", replicated({ machine, settings: { recoveryPoints: 0 } })],
    ["a VHD that is excluded", replicated({ machine, settings: { recoveryPoints: 4, excludedDisks: ["system"] } })],
  ],
  finds: VERSIONS.filter((version) => version.includes("2012")).map((version): Finds => [
    `a VHD with recovery history on ${version}`,
    replicated({ ...both(version), machine, settings: { recoveryPoints: 1 } }),
    FOUND,
    { found: { value: "VHD" }, limit: { bound: "exactly", value: "VHDX" }, source: "bpa-2012", advisory: true },
  ]),
  undecided: [
    [
      "an unknown number of recovery points",
      replicated({ machine, settings: { recoveryPoints: UNKNOWN } }),
      "r1: recoveryPoints is not known until deployment: not checked by replica-disk-format.",
    ],
  ],
});
