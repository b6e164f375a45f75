import type { PlainObject } from "../../../lib/estate/plain";
import { trustedLaunchComplete } from "../../../policies/guests/trusted-launch-complete";
import { resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const machine = (properties: PlainObject) => [
  vm("vm1", { guestOs: "Windows Server 2022", generation: 2, securityType: "trustedLaunch", ...properties }),
];

const azure = (securityProfile: PlainObject) => [
  resource("azure-native:azurestackhci:VirtualMachineInstance", "vm1", {
    extendedLocation: { name: "site" },
    hardwareProfile: { processors: 2, memoryMB: 4096 },
    osProfile: { computerName: "vm1" },
    securityProfile,
  }),
];

ruleTest(trustedLaunchComplete, {
  passes: [
    ["both", machine({ secureBoot: true, tpm: true })],
    [
      "both, as Azure declares them",
      azure({ securityType: "TrustedLaunch", enableTPM: true, uefiSettings: { secureBootEnabled: true } }),
    ],
    ["a confidential machine", machine({ securityType: "confidentialVM" })],
    ["no security type", [vm("vm1", { tpm: false, secureBoot: false })]],
  ],
  finds: [
    [
      "no TPM",
      machine({ secureBoot: true, tpm: false }),
      "vm1: vm1 has trusted launch without a virtual TPM.",
      {
        found: { value: false },
        limit: { bound: "exactly", value: true },
        change: { path: "tpm", value: true },
        source: "azure-local-virtual-machines",
        advisory: false,
      },
    ],
    [
      "no secure boot",
      machine({ secureBoot: false, tpm: true }),
      "vm1: vm1 has trusted launch without secure boot.",
      { change: { path: "secureBoot", value: true } },
    ],
    [
      "neither, as Azure has it by default",
      azure({ securityType: "TrustedLaunch", uefiSettings: {} }),
      [
        "vm1: vm1 has trusted launch without a virtual TPM by default.",
        "vm1: vm1 has trusted launch without secure boot by default.",
      ],
    ],
  ],
  undecided: [
    [
      "a security type that only the deployment knows",
      machine({ securityType: UNKNOWN, tpm: false }),
      "vm1: securityType is not known until deployment: not checked by trusted-launch-complete.",
    ],
    [
      "secure boot that nobody declares",
      machine({ tpm: true }),
      "vm1: secureBoot is not declared: not checked by trusted-launch-complete.",
    ],
  ],
});
