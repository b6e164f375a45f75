import type { PlainObject } from "../../../lib/estate/plain";
import { guestSecureBoot } from "../../../policies/guests/guest-secure-boot";
import { host, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const hv1 = host("hv1", { operatingSystem: "Windows Server 2022" });
const hv2016 = host("hv1", { operatingSystem: "Windows Server 2016" });
const old = host("hv1", { operatingSystem: "Windows Server 2012 R2" });

function machine(guestOs: unknown, properties: PlainObject = {}, on = hv1) {
  const guest = typeof guestOs === "string" ? guestOs : UNKNOWN;
  return [on, vm("vm1", { host: "hv1", guestOs: guest, generation: 2, ...properties })];
}

const UEFI = { secureBoot: true, secureBootTemplate: "MicrosoftUEFICertificateAuthority" };
const WINDOWS = { secureBoot: true, secureBootTemplate: "MicrosoftWindows" };

/** A machine of a provider that has the defaults of Hyper-V. */
const taliesins = (guestOs: string) => [
  resource("hyperv:index/machineInstance:MachineInstance", "vm1", { name: "vm1", generation: 2 }),
  hv1,
  vm("c1", { name: "vm1", host: "hv1", guestOs, generation: 2, memoryMB: undefined, processorCount: undefined }),
];

ruleTest(guestSecureBoot, {
  passes: [
    ["Linux with the template of the UEFI Certificate Authority", machine("Ubuntu 22.04", UEFI)],
    ["shielded Linux", machine("Ubuntu 22.04", { secureBoot: true, secureBootTemplate: "OpenSourceShieldedVM" })],
    ["Linux without secure boot", machine("Ubuntu 22.04", { ...WINDOWS, secureBoot: false })],
    ["Windows with its template", machine("Windows Server 2022", WINDOWS)],
    ["Windows with the default template", machine("Windows Server 2022", { secureBoot: true })],
    ["Linux of which nothing is declared", machine("Ubuntu 22.04")],
    ["Linux in generation 1, which has no firmware to sign", machine("Ubuntu 22.04", { ...WINDOWS, generation: 1 })],
    ["FreeBSD without secure boot", machine("FreeBSD 12.4", { secureBoot: false })],
    ["a system that nobody lists", machine("Plan 9", WINDOWS)],
    ["a guest that cannot be in generation 2, which guest-os-supported reports", machine("CentOS 6.9", UEFI, hv2016)],
    ["Windows 10 without secure boot", machine("Windows 10", { secureBoot: false })],
    ["a template that is malformed", machine("Ubuntu 22.04", { secureBoot: true, secureBootTemplate: "Debian" })],
  ],
  finds: [
    [
      "Linux with the template of Windows",
      machine("Ubuntu 22.04", WINDOWS),
      "vm1: vm1 has secure boot with the template MicrosoftWindows, which does not start Ubuntu 22.04.",
      {
        found: { value: "MicrosoftWindows" },
        limit: { bound: "exactly", value: "MicrosoftUEFICertificateAuthority" },
        change: { path: "secureBootTemplate", value: "MicrosoftUEFICertificateAuthority" },
        source: "generations-2025",
        advisory: false,
      },
    ],
    [
      "a distribution that the documents do not list",
      machine("Rocky Linux 9", WINDOWS),
      "vm1: vm1 has secure boot with the template MicrosoftWindows, which does not start Rocky Linux 9.",
    ],
    [
      "Linux with what Hyper-V gives it by default",
      taliesins("Ubuntu 22.04"),
      "vm1: vm1 has secure boot with the template MicrosoftWindows, the default, which does not start Ubuntu 22.04.",
    ],
    [
      "Windows with the template for others",
      machine("Windows Server 2022", UEFI),
      "vm1: vm1 has secure boot with the template MicrosoftUEFICertificateAuthority, which does not start Windows Server 2022.",
      { change: { path: "secureBootTemplate", value: "MicrosoftWindows" }, source: "generation-2-security" },
    ],
    [
      "a guest that supports no secure boot at all",
      machine("FreeBSD 11.2", UEFI, hv2016),
      "vm1: vm1 has secure boot, which FreeBSD 11.2 does not support on Windows Server 2016.",
      { change: { path: "secureBoot", value: false }, source: "linux-guests-2019" },
    ],
    [
      "Linux on a host before there was a template for it",
      machine("Ubuntu 16.04", WINDOWS, old),
      "vm1: vm1 has secure boot, which Ubuntu 16.04 does not support on Windows Server 2012 R2.",
      { found: { value: true }, limit: { bound: "exactly", value: false } },
    ],
    [
      "Windows 11 without secure boot, by advice",
      machine("Windows 11", { secureBoot: false, tpm: true, memoryMB: 4096 }),
      "vm1: vm1 runs Windows 11 without secure boot.",
      { advisory: true, change: { path: "secureBoot", value: true }, source: "windows-11-requirements" },
    ],
  ],
  undecided: [
    [
      "Linux with a template that is not known before the deployment",
      machine("Ubuntu 22.04", { secureBoot: true, secureBootTemplate: UNKNOWN }),
      "vm1: secureBootTemplate is not known until deployment: not checked by guest-secure-boot.",
    ],
    [
      "Linux with a template that is not declared",
      machine("Ubuntu 22.04", { secureBoot: true }),
      "vm1: secureBootTemplate is not declared: not checked by guest-secure-boot.",
    ],
    [
      "a guest that is not known",
      machine(undefined, WINDOWS),
      "vm1: guestOs is not known until deployment: not checked by guest-secure-boot.",
    ],
    [
      "secure boot that is not known",
      machine("Ubuntu 22.04", { secureBoot: UNKNOWN }),
      "vm1: secureBoot is not known until deployment: not checked by guest-secure-boot.",
    ],
  ],
});
