import type { GuestOs } from "../estate/model";
import { isUnlisted, productOf, resolveOperatingSystem } from "../tables/operating-systems";

/*
 * What VMware calls guests, in the words of the tables. VMware has one name for several of them, and in most names no
 * service pack.
 */

/** The names that vSphere has for the guest of a machine, from the most exact one on. */
export interface VmwareGuestNames {
  /** What the guest says of itself, as in `prettyName='Windows Server 2012 R2 Standard, 64-bit (Build 9600)'`. */
  readonly detailed: string | undefined;
  /** What VMware Tools take it for. */
  readonly tools: string | undefined;
  /** What was chosen when the machine was made. */
  readonly configured: string | undefined;
}

export interface VmwareGuest {
  /** A name that {@link resolveOperatingSystem} reads; absent: the names do not say which guest it is. */
  readonly guestOs?: string;
  /** Whether the name has no service pack, and the latest one was taken, which is supported longest. */
  readonly hasAssumedServicePack?: boolean;
}

export function vmwareGuest({ detailed, tools, configured }: VmwareGuestNames): VmwareGuest {
  const own = detailed === undefined ? undefined : exactGuest(prettyName(detailed));
  return own ?? listedGuest(tools) ?? listedGuest(configured) ?? {};
}

function prettyName(detailed: string): string {
  const [, name] = /\bprettyName\s*=\s*'([^']*)'/.exec(detailed) ?? [];
  return name ?? "";
}

/** The guest of a name that it has given to itself: with its service pack, if it has one. */
function exactGuest(name: string): VmwareGuest | undefined {
  const guestOs = plainName(name);
  return resolved(guestOs) === undefined ? undefined : { guestOs };
}

/** The guest of a name from the list of VMware. */
function listedGuest(name: string | undefined): VmwareGuest | undefined {
  if (name === undefined) return undefined;
  const guestOs = plainName(name);
  const guest = resolved(guestOs);
  if (guest === undefined || OF_SEVERAL.has(guest.product)) return undefined;
  const { family, servicePacks = [] } = productOf(guest.product) ?? {};
  const latest = Math.max(0, ...servicePacks);
  if (latest === 0 || guest.servicePack > 0) return { guestOs };
  // Of Linux with service packs, an older one may be supported where the latest is not.
  if (family !== "windowsServer" && family !== "windowsClient") return undefined;
  const withLatest = `${guestOs} SP${String(latest)}`;
  return resolved(withLatest) === undefined ? undefined : { guestOs: withLatest, hasAssumedServicePack: true };
}

/**
 * Products whose name in the list of VMware is also that of the next release: `winNetStandardGuest` and the like are Windows
 * Server 2003 with and without R2, `windows8Server64Guest` is Windows Server 2012 and 2012 R2, `windows8_64Guest` is Windows
 * 8 and 8.1.
 */
const OF_SEVERAL: ReadonlySet<string> = new Set(["windows-server-2003", "windows-server-2012", "windows-8"]);

function plainName(name: string): string {
  return name
    .replace(/\(Build[^)]*\)/i, " ")
    .replace(/^\s*Microsoft\b/, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function resolved(name: string): GuestOs | undefined {
  const resolution = resolveOperatingSystem(name);
  return resolution.resolved && !isUnlisted(resolution.value) ? resolution.value : undefined;
}
