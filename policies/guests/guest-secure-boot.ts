import type { Estate } from "../../lib/estate/estate";
import type { GuestOs, VirtualMachine } from "../../lib/estate/model";
import { isDefault } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, isViolation, missing, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { featuresOn, integrationServicesFor, namesFeature, type LinuxGuest } from "../../lib/tables/linux-guests";
import { isAbout, requiredBy } from "../../lib/tables/machine-requirements";
import { describeGuestOs, familyOf } from "../../lib/tables/operating-systems";
import { onEachHost } from "./shared/guest-placement";

/** Secure boot is as the guest supports it, with the template of its boot loader. */
export const guestSecureBoot = defineRule<VirtualMachine>({
  name: "guest-secure-boot",
  title: "Secure boot that the guest supports",
  subject: "guests",
  level: "required",
  severity: "medium",
  reach: "estate",
  why: "With secure boot a virtual machine starts only a boot loader that the certificates of the template have signed.",
  fix: "Set secureBootTemplate to the one for the guest, or turn secure boot off for a guest that does not support it.",
  sources: ["generations-2025", "generation-2-security", "windows-11-requirements", "linux-guests-2019"],
  tags: ["security", "boot"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ secureBoot }) => secureBoot.state !== "absent"),
  check: (vm, estate) =>
    given(vm, { guest: vm.guestOs, generation: vm.generation, isOn: vm.secureBoot }, ({ guest, generation, isOn }) => {
      if (generation !== 2) return [];
      return isOn ? judgeOn(vm, guest, estate) : judgeOff(vm, guest);
    }),
});

function judgeOn(vm: VirtualMachine, guest: GuestOs, estate: Estate): readonly Verdict[] {
  const family = familyOf(guest.product);
  if (family === "windowsServer" || family === "windowsClient") return judgeTemplate(vm, guest, "windows");
  if (family !== "linux" && family !== "freebsd") return [];
  const unsupported = withoutSupport(vm, guest, estate);
  if (family === "freebsd" || unsupported.some(isViolation)) return unsupported;
  return [...judgeTemplate(vm, guest, "linux"), ...unsupported];
}

/** A guest of which every line of the document says that it has no secure boot there. */
function withoutSupport(vm: VirtualMachine, guest: GuestOs, estate: Estate): readonly Verdict[] {
  return onEachHost(vm, estate, { guest: vm.guestOs }, (_, host) => {
    const rows = integrationServicesFor(host, guest).filter((row) => namesFeature(row, "secureBoot"));
    const features = new Set(rows.flatMap((row) => featuresOn(host, row)));
    const [row] = rows;
    // guest-os-supported reports a guest that cannot be in generation 2 at all.
    if (row === undefined || features.has("secureBoot") || !features.has("uefiBoot")) return [];
    return [unsupportedOn(vm, guest, host, row)];
  });
}

function unsupportedOn(vm: VirtualMachine, guest: GuestOs, host: string, row: LinuxGuest): Verdict {
  const problem =
    `${vm.name} has secure boot${byDefault(vm)}, which ${describeGuestOs(guest)} does not support on ` +
    `${hostVersionName(host)}.`;
  return violation(vm, "secureBoot", problem, {
    found: { value: true },
    limit: exactly(false),
    change: { path: "secureBoot", value: false },
    fix: "Set secureBoot to false.",
    evidence: row,
  });
}

const TEMPLATES = {
  linux: { right: "MicrosoftUEFICertificateAuthority", wrong: "MicrosoftWindows", topic: "linuxSecureBootTemplate" },
  windows: {
    right: "MicrosoftWindows",
    wrong: "MicrosoftUEFICertificateAuthority",
    topic: "windowsSecureBootTemplate",
  },
} as const;

function judgeTemplate(vm: VirtualMachine, guest: GuestOs, kind: keyof typeof TEMPLATES): readonly Verdict[] {
  const { secureBootTemplate: template } = vm;
  const { right, wrong, topic } = TEMPLATES[kind];
  if (template.state !== "known") {
    // Windows has the default; where a type has no such property, the platform chooses the template for the guest.
    const isChosen = template.state === "absent" && (kind === "windows" || template.origin.path === "");
    return isChosen ? [] : missing(vm, template);
  }
  if (template.value !== wrong) return [];
  const chosen = isDefault(template) ? ", the default" : "";
  const problem = `${vm.name} has secure boot with the template ${wrong}${chosen}, which does not start ${describeGuestOs(guest)}.`;
  return [
    violation(vm, "secureBootTemplate", problem, {
      found: { value: wrong },
      limit: exactly(right),
      change: { path: "secureBootTemplate", value: right },
      fix: `Set secureBootTemplate to ${right}.`,
      ...requiredBy(topic),
    }),
  ];
}

function judgeOff(vm: VirtualMachine, guest: GuestOs): readonly Verdict[] {
  const required = requiredBy("guestSecureBoot");
  if (!isAbout(required.evidence, guest)) return [];
  return [
    violation(vm, "secureBoot", `${vm.name} runs ${describeGuestOs(guest)} without secure boot${byDefault(vm)}.`, {
      found: { value: false },
      limit: exactly(true),
      change: { path: "secureBoot", value: true },
      fix: "Set secureBoot to true.",
      ...required,
    }),
  ];
}

function byDefault({ secureBoot }: VirtualMachine): string {
  return isDefault(secureBoot) ? " by default" : "";
}
