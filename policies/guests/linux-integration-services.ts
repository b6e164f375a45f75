import type { GuestOs, IntegrationServices, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atMost, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  isViolation,
  missing,
  notDeclared,
  undecided,
  violation,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import { covers, leavesReleaseOpen } from "../../lib/tables/coverage";
import { allowsProcessors, guestSupport, processorsOn } from "../../lib/tables/guest-support";
import { hostVersionName } from "../../lib/tables/host-versions";
import {
  describeIntegrationServices,
  featureName,
  featuresOn,
  integrationServicesFor,
  type LinuxFeature,
  type LinuxGuest,
} from "../../lib/tables/linux-guests";
import { describeGuestOs, familyOf } from "../../lib/tables/operating-systems";
import { count } from "../../lib/text/words";
import { detailsOf, onEachHost } from "./shared/guest-placement";

/** A Linux guest has the release of the integration services that it needs, and uses nothing that the release does not have. */
export const linuxIntegrationServices = defineRule<VirtualMachine>({
  name: "linux-integration-services",
  title: "Integration services of Linux guests",
  subject: "guests",
  level: "required",
  severity: "medium",
  reach: "estate",
  why: "Older distributions need Linux Integration Services for synthetic devices, more processors, shutdown and time; without them they run emulated and slowly.",
  fix: "Install the release that the distribution needs, and declare it as integrationServices.version.",
  sources: ["lis-2-1"],
  tags: ["linux", "integration-services"],
  applies: ({ virtualMachines }) =>
    virtualMachines.filter(({ guestOs, integrationServices }) =>
      guestOs.state === "unknown"
        ? integrationServices.state !== "absent"
        : familyOf(ifKnown(guestOs)?.product ?? "") === "linux",
    ),
  check: (vm, estate) => onEachHost(vm, estate, { guest: vm.guestOs }, ({ guest }, host) => judge(vm, guest, host)),
});

function judge(vm: VirtualMachine, guest: GuestOs, host: string): readonly Verdict[] {
  const rows = integrationServicesFor(host, guest);
  const downloadable = rows.filter(isDownloaded);
  // Where the distribution includes the services, a downloaded release is a choice and not a need.
  if (downloadable.length < rows.length) return mayNeedDownload(vm, guest, rows);
  if (downloadable.length === 0) return [];
  if (vm.integrationServices.state === "unknown") return undecided(vm, vm.integrationServices);
  const services = ifKnown(vm.integrationServices);
  const releases = [...new Set(downloadable.map(({ integrationServices }) => integrationServices))].sort();
  const [oldest] = releases;
  const subject = `${vm.name} runs ${describeGuestOs(guest)} on ${hostVersionName(host)}`;
  if (services === undefined) return [notDeclared(vm, { origin: { urn: vm.urn, path: VERSION } })];
  if (services.version.state === "unknown") return undecided(vm, services.version);
  if (services.version.state === "absent") return [notDeclared(vm, services.version)];
  const version = services.version.value;
  const row = downloadable.find(({ integrationServices }) => sameRelease(integrationServices, version));
  if (row === undefined) {
    if (oldest === undefined || releases.some((release) => isNewer(version, release))) return [];
    const problem = `${subject} with integration services ${version}; that guest needs ${describeIntegrationServices(oldest)} or later.`;
    return [
      violation(vm, VERSION, problem, {
        found: { value: version },
        limit: { bound: "atLeast", value: oldest },
        ...newerRelease(vm, guest, services, downloadable, host),
        ...evidenceOf(downloadable),
      }),
    ];
  }
  return [...tooManyProcessors(vm, guest, subject, row, host), ...missingFeatures(vm, subject, services, row, host)];
}

const VERSION = "integrationServices.version";

/** The oldest release that has all that the virtual machine uses. */
function newerRelease(
  vm: VirtualMachine,
  guest: GuestOs,
  services: IntegrationServices,
  rows: readonly LinuxGuest[],
  host: string,
): Pick<ViolationDetails, "fix" | "change"> {
  const sufficient = rows
    .filter((row) => {
      const verdicts = [
        ...tooManyProcessors(vm, guest, "", row, host),
        ...missingFeatures(vm, "", services, row, host),
      ];
      return !verdicts.some(isViolation);
    })
    .map(({ integrationServices }) => integrationServices)
    .sort();
  const [release] = sufficient;
  if (release === undefined) return {};
  return {
    fix: `Install ${describeIntegrationServices(release)} in the guest, and set ${VERSION} to "${release}".`,
    change: { path: VERSION, value: release },
  };
}

function isDownloaded({ integrationServices }: LinuxGuest): boolean {
  return /^\d/.test(integrationServices);
}

/** The declaration may not specify whether the distribution is one of those that need a downloaded release. */
function mayNeedDownload(vm: VirtualMachine, guest: GuestOs, rows: readonly LinuxGuest[]): readonly Verdict[] {
  const needed = possibleGuests(guest, rows)
    .map((possible) => rows.filter((row) => covers(row, possible)))
    .some((some) => some.length > 0 && some.every(isDownloaded));
  return needed ? detailsOf(vm, guest, rows).flatMap((detail) => missing(vm, detail)) : [];
}

/** The guest with every release and edition of the rows in place of those that it does not specify. */
function possibleGuests(guest: GuestOs, rows: readonly LinuxGuest[]): readonly GuestOs[] {
  const releases = rows.flatMap(({ releases: range }) =>
    range !== undefined && leavesReleaseOpen(range, guest.release) ? [range.from, range.to] : [],
  );
  const editions = guest.edition === undefined ? rows.flatMap((row) => row.editions ?? []) : [];
  const withRelease = releases.length === 0 ? [guest] : releases.map((release) => ({ ...guest, release }));
  return editions.length === 0
    ? withRelease
    : withRelease.flatMap((one) => editions.map((edition) => ({ ...one, edition })));
}

function tooManyProcessors(
  vm: VirtualMachine,
  guest: GuestOs,
  subject: string,
  row: LinuxGuest,
  host: string,
): readonly Verdict[] {
  const most = row.maximumProcessors;
  if (most === undefined) return [];
  const processors = ifKnown(vm.processorCount);
  if (processors === undefined) return undecided(vm, vm.processorCount);
  if (processors <= most || !isListed(guest, processors, host)) return [];
  const problem =
    `${subject} with ${count(processors, "virtual processor")}; ` +
    `${describeIntegrationServices(row.integrationServices)} supports up to ${String(most)}.`;
  const right = [...Array(most).keys()].map((index) => index + 1).filter((number) => isListed(guest, number, host));
  const value = right.at(-1) ?? most;
  return [
    violation(vm, "processorCount", problem, {
      found: { value: processors, unit: "virtual processors" },
      limit: atMost(most, "virtual processors"),
      change: { path: "processorCount", value },
      fix: `Set processorCount to ${String(value)}.`,
      evidence: row,
    }),
  ];
}

/** A number that the guest's list does not have is reported by guest-processor-count. */
function isListed(guest: GuestOs, processors: number, host: string): boolean {
  return guestSupport(host, guest).some((line) => allowsProcessors(processorsOn(host, line, 1), processors, 1));
}

type Service = Exclude<keyof IntegrationServices, "version">;

/** The feature that each service needs; `core` of a feature table stands for those that every release has. */
const FEATURES: Readonly<Record<Service, readonly LinuxFeature[]>> = {
  heartbeat: ["heartbeat", "core"],
  timeSynchronization: ["timeSynchronization", "core"],
  shutdown: ["shutdown", "core"],
  syntheticDrivers: ["syntheticNetwork", "core"],
  vss: ["liveBackup"],
  keyValuePairExchange: ["keyValuePairExchange"],
};

function missingFeatures(
  vm: VirtualMachine,
  subject: string,
  services: IntegrationServices,
  row: LinuxGuest,
  host: string,
): readonly Verdict[] {
  const features = featuresOn(host, row);
  if (features.length === 0) return [];
  return (Object.keys(FEATURES) as Service[]).flatMap((service): readonly Verdict[] => {
    const accepted = FEATURES[service];
    const hasFeature = (one: LinuxGuest): boolean =>
      accepted.some((feature) => featuresOn(host, one).includes(feature));
    if (hasFeature(row)) return [];
    if (ifKnown(services[service]) !== true) return undecided(vm, services[service]);
    const path = `integrationServices.${service}`;
    const name = featureName(accepted[0] ?? "core").toLowerCase();
    const problem = `${subject} and turns on ${name}, which ${describeIntegrationServices(row.integrationServices)} does not have.`;
    return [
      violation(vm, path, problem, {
        found: { value: true },
        limit: exactly(false),
        change: { path, value: false },
        fix: `Remove ${path}, or set it to false.`,
        evidence: row,
      }),
    ];
  });
}

function evidenceOf(rows: readonly LinuxGuest[]): { readonly evidence?: LinuxGuest } {
  const [evidence] = rows;
  return evidence === undefined ? {} : { evidence };
}

/** `2.1` is the release of `2.1`, `2.1.25` and `v2.1`. */
function sameRelease(release: string, version: string): boolean {
  return numbers(version).slice(0, 2).join(".") === release;
}

function isNewer(version: string, release: string): boolean {
  const [major = 0, minor = 0] = numbers(version);
  const [releaseMajor = 0, releaseMinor = 0] = numbers(release);
  return major > releaseMajor || (major === releaseMajor && minor > releaseMinor);
}

function numbers(version: string): readonly number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
