import type { PlainObject } from "../../../lib/estate/plain";
import { guestTpm } from "../../../policies/guests/guest-tpm";
import { resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const client = (properties: PlainObject) => [
  vm("vm1", { guestOs: "Windows 11", generation: 2, processorCount: 2, memoryMB: 4096, ...properties }),
];

const FOUND = "vm1: vm1 runs Windows 11 without a virtual TPM.";

ruleTest(guestTpm, {
  passes: [
    ["Windows 11 with a virtual TPM", client({ tpm: true })],
    ["another guest without one", client({ guestOs: "Windows 10", tpm: false })],
    ["a server without one", client({ guestOs: "Windows Server 2025", tpm: false })],
    [
      "Windows 11 IoT Enterprise LTSC, which may do without",
      client({ guestOs: "Windows 11 IoT Enterprise LTSC 2024", tpm: false }),
    ],
    ["Windows 11 in generation 1, which guest-os-supported reports", client({ generation: 1, tpm: false })],
    ["a guest that is not known, with a TPM", client({ guestOs: UNKNOWN, tpm: true })],
    ["a guest that is not declared", client({ guestOs: undefined, tpm: false })],
    ["a TPM that is malformed", client({ tpm: "perhaps" })],
  ],
  finds: [
    [
      "Windows 11 without one",
      client({ tpm: false }),
      FOUND,
      {
        found: { value: false },
        limit: { bound: "exactly", value: true },
        change: { path: "tpm", value: true },
        source: "windows-11-requirements",
        advisory: false,
      },
    ],
    [
      "the same of an edition",
      client({ guestOs: "Windows 11 Enterprise", tpm: false }),
      "vm1: vm1 runs Windows 11 Enterprise without a virtual TPM.",
    ],
    [
      "a machine of Azure Local, which has none by default",
      [
        resource("azure-native:azurestackhci:VirtualMachineInstance", "vm1", {
          extendedLocation: { name: "site" },
          hardwareProfile: { processors: 2, memoryMB: 4096 },
          osProfile: { computerName: "vm1" },
          securityProfile: {},
          tags: {},
        }),
        vm("c1", { name: "vm1", guestOs: "Windows 11", generation: 2, memoryMB: undefined, processorCount: undefined }),
      ],
      "vm1: vm1 runs Windows 11 without a virtual TPM by default.",
    ],
  ],
  undecided: [
    [
      "a TPM that is not known before the deployment",
      client({ tpm: UNKNOWN }),
      "vm1: tpm is not known until deployment: not checked by guest-tpm.",
    ],
    ["Windows 11 of which it is not declared", client({}), "vm1: tpm is not declared: not checked by guest-tpm."],
    [
      "a guest that is not known, without a TPM",
      client({ guestOs: UNKNOWN, tpm: false }),
      "vm1: guestOs is not known until deployment: not checked by guest-tpm.",
    ],
  ],
});
