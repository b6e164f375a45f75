import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault, type Value } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";

/** A virtual machine with trusted launch has secure boot and a virtual TPM. */
export const trustedLaunchComplete = defineRule<VirtualMachine>({
  name: "trusted-launch-complete",
  title: "Trusted launch with secure boot and a TPM",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Azure Local does not create a virtual machine with trusted launch that lacks one of them.",
  fix: "Turn on secure boot and the virtual TPM, or leave the security type out.",
  sources: ["azure-local-virtual-machines"],
  tags: ["azure-local", "security"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ securityType }) => securityType.state !== "absent"),
  check: (vm) => {
    const { securityType, secureBoot, tpm } = vm;
    if (securityType.state !== "known") return undecided(vm, securityType);
    if (securityType.value !== "trustedLaunch") return [];
    return [
      ...judge(vm, { path: "secureBoot", value: secureBoot, what: "secure boot" }),
      ...judge(vm, { path: "tpm", value: tpm, what: "a virtual TPM" }),
    ];
  },
});

interface Part {
  readonly path: string;
  readonly value: Value<boolean>;
  readonly what: string;
}

function judge(vm: VirtualMachine, { path, value, what }: Part): readonly Verdict[] {
  if (ifKnown(value) === true) return [];
  if (value.state !== "known") return missing(vm, value);
  const byDefault = isDefault(value) ? " by default" : "";
  return [
    violation(vm, path, `${vm.name} has trusted launch without ${what}${byDefault}.`, {
      found: { value: false },
      limit: exactly(true),
      change: { path, value: true },
      ...askedBy("trustedLaunch"),
    }),
  ];
}
