import { replicaPageFile } from "../../../policies/replica/replica-page-file";
import { relationship, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";
import { disk, replicated } from "./replicated";

const PAGING = disk("paging", { purpose: "pageFile" });
const MACHINE = { disks: [disk("system", { purpose: "operatingSystem" }), PAGING] };
const FOUND = 'r1: vm1 is replicated with its disk "paging", which holds the paging file.';

ruleTest(replicaPageFile, {
  passes: [
    ["a disk that is excluded", replicated({ machine: MACHINE, settings: { excludedDisks: ["Paging"] } })],
    [
      "a pass-through disk, which is not replicated",
      replicated({
        machine: { disks: [disk("paging", { purpose: "pageFile", type: "passThrough", format: undefined })] },
      }),
    ],
    ["a machine without disks", replicated()],
  ],
  finds: [
    [
      "a disk for the paging file that is replicated",
      replicated({ machine: MACHINE }),
      FOUND,
      {
        found: { value: "pageFile" },
        limit: { bound: "not", value: "pageFile" },
        change: { path: "excludedDisks", value: ["paging"] },
        fix: 'Add "paging" to excludedDisks.',
        source: "bpa-2012",
        advisory: true,
      },
    ],
    [
      "such a disk while another is excluded",
      replicated({ machine: MACHINE, settings: { excludedDisks: ["other"] } }),
      FOUND,
      { change: { path: "excludedDisks", value: ["other", "paging"] } },
    ],
    [
      "two such disks, with one change for both",
      replicated({ machine: { disks: [PAGING, disk("swap", { purpose: "pageFile" })] } }),
      [FOUND, 'r1: vm1 is replicated with its disk "swap", which holds the paging file.'],
      { change: { path: "excludedDisks", value: ["paging", "swap"] } },
    ],
    ["H12: a disk that is declared twice, once", replicated({ machine: { disks: [PAGING, PAGING] } }), FOUND],
    [
      "a disk whose name is unknown",
      replicated({ machine: { disks: [disk(UNKNOWN, { purpose: "pageFile" })] } }),
      "r1: vm1 is replicated with a disk, which holds the paging file.",
    ],
    [
      "a replication that is declared twice, without a change that would contradict the other",
      replicated({
        machine: MACHINE,
        more: [relationship("r2", { virtualMachine: "vm1", primary: "hv1", replica: "hv2" })],
      }),
      [FOUND, FOUND.replace("r1", "r2")],
    ],
  ],
  undecided: [
    [
      "unknown exclusions",
      replicated({ machine: MACHINE, settings: { excludedDisks: UNKNOWN } }),
      "r1: excludedDisks is not known until deployment: not checked by replica-page-file.",
    ],
    [
      "an unknown purpose",
      replicated({ machine: { disks: [disk("paging", { purpose: UNKNOWN })] } }),
      "vm1: disks[0].purpose is not known until deployment: not checked by replica-page-file.",
    ],
    [
      "an unknown name, which may be excluded",
      replicated({
        machine: { disks: [disk(UNKNOWN, { purpose: "pageFile" })] },
        settings: { excludedDisks: ["paging"] },
      }),
      "vm1: disks[0].name is not known until deployment: not checked by replica-page-file.",
    ],
  ],
});
