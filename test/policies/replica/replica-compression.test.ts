import { replicaCompression } from "../../../policies/replica/replica-compression";
import { UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";
import { replicated } from "./replicated";

ruleTest(replicaCompression, {
  passes: [
    ["compression", replicated({ settings: { compression: true } })],
    ["nothing about compression", replicated()],
    ["a text, which the estate rule reports", replicated({ settings: { compression: "perhaps" } })],
  ],
  finds: [
    [
      "no compression",
      replicated({ settings: { compression: false } }),
      "r1: r1 is replicated without compression.",
      {
        found: { value: false },
        limit: { bound: "exactly", value: true },
        change: { path: "compression", value: true },
        source: "bpa-2012",
      },
    ],
  ],
  undecided: [
    [
      "an unknown setting",
      replicated({ settings: { compression: UNKNOWN } }),
      "r1: compression is not known until deployment: not checked by replica-compression.",
    ],
  ],
});
