import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, violation } from "../../lib/rules/verdict";
import { isAbout, requiredBy } from "../../lib/tables/machine-requirements";
import { describeGuestOs } from "../../lib/tables/operating-systems";

/** A guest that needs a TPM has a virtual one. */
export const guestTpm = defineRule<VirtualMachine>({
  name: "guest-tpm",
  title: "A virtual TPM for guests that need one",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "resource",
  why: "Without a TPM Windows 11 cannot be set up, and gets no updates to the next release.",
  fix: "Set tpm to true.",
  sources: ["windows-11-requirements"],
  tags: ["security"],
  applies: ({ virtualMachines }) => virtualMachines.filter(mayNeedTpm),
  check: (vm) =>
    given(vm, { guest: vm.guestOs }, ({ guest }) => {
      if (vm.tpm.state !== "known") return missing(vm, vm.tpm);
      const byDefault = isDefault(vm.tpm) ? " by default" : "";
      return [
        violation(vm, "tpm", `${vm.name} runs ${describeGuestOs(guest)} without a virtual TPM${byDefault}.`, {
          found: { value: false },
          limit: exactly(true),
          change: { path: "tpm", value: true },
          ...requiredBy("guestTpm"),
        }),
      ];
    }),
});

/** guest-os-supported reports a guest in generation 1 that needs generation 2, the only one with a TPM. */
function mayNeedTpm({ guestOs, generation, tpm }: VirtualMachine): boolean {
  if (ifKnown(tpm) === true || ifKnown(generation) === 1) return false;
  return (
    guestOs.state === "unknown" ||
    (guestOs.state === "known" && isAbout(requiredBy("guestTpm").evidence, guestOs.value))
  );
}
