import { perEstate, type Estate } from "../../../lib/estate/estate";
import { pathKey } from "../../../lib/estate/keys";
import type { Entity, VirtualDisk, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Value } from "../../../lib/estate/value";
import { append, perObject } from "../../../lib/text/collections";

/** A virtual disk that a virtual machine has, in a file that is known. */
export interface DiskUse {
  readonly vm: VirtualMachine;
  readonly disk: VirtualDisk;
  readonly path: string;
  /** Paths of one key are one path. */
  readonly key: string;
}

const VIRTUAL_DISK = /\.(?:a?vhdx?|vhds|avhds)$/i;
/** Not the prefix for long paths on a disk. */
const SHARE = /^[\\/]{2}(?!\?[\\/](?!unc[\\/]))[^\\/]/i;
const CLUSTER_SHARED_VOLUME = /^(?:[\\/]{2}\?[\\/])?[a-z]:[\\/]+ClusterStorage[\\/]/i;

/** A VHD set is made to be shared. */
export function isVhdSet(path: string): boolean {
  return /\.vhds$/i.test(path.trim());
}

/** The files of virtual disks of a machine. */
export const diskUses = perObject((vm: VirtualMachine): readonly DiskUse[] =>
  (ifKnown(vm.disks) ?? []).flatMap((disk) => {
    const path = ifKnown(disk.path)?.trim();
    return path === undefined || !VIRTUAL_DISK.test(path) ? [] : [{ vm, disk, path, key: pathKey(path) }];
  }),
);

/**
 * All that have the file of a disk, in the order of URNs, itself included. A share is one for all; a path below `ClusterStorage` is one in
 * the whole cluster; any other path is one on its host.
 */
export function usesOfFile(use: DiskUse, estate: Estate): readonly DiskUse[] {
  const key = fileKey(use, estate);
  return key === undefined ? [] : (filesOf(estate).byFile.get(key) ?? []);
}

/** Whether no other machine has a disk of the same path. */
export function isAlone({ key }: DiskUse, estate: Estate): boolean {
  return (filesOf(estate).byPath.get(key)?.size ?? 0) < 2;
}

/** What must be known before it is known whether two machines of one path have one file. */
export function unknownPlaceOf(use: DiskUse, estate: Estate): Value<unknown> | undefined {
  const machines = filesOf(estate).byPath.get(use.key) ?? new Set();
  if (machines.size < 2 || fileKey(use, estate) !== undefined) return undefined;
  return placeOf(use, estate).missing;
}

const filesOf = perEstate((estate) => {
  const byFile = new Map<string, DiskUse[]>();
  const byPath = new Map<string, Set<VirtualMachine>>();
  const uses = estate.virtualMachines.flatMap(diskUses);
  for (const { key, vm } of uses) {
    const machines = byPath.get(key);
    if (machines === undefined) byPath.set(key, new Set([vm]));
    else machines.add(vm);
  }
  // A path that only one machine has is the file of that one.
  for (const use of uses) {
    if ((byPath.get(use.key)?.size ?? 0) < 2) continue;
    const key = fileKey(use, estate);
    if (key !== undefined) append(byFile, key, use);
  }
  return { byFile, byPath };
});

function fileKey(use: DiskUse, estate: Estate): string | undefined {
  const { place } = placeOf(use, estate);
  return place === undefined ? undefined : `${place} ${use.key}`;
}

/** Where a path means one file: everywhere, in a cluster or on a host; else what is missing to know that. */
interface Place {
  readonly place?: string;
  readonly missing?: Value<unknown>;
}

function placeOf({ vm, path }: DiskUse, estate: Estate): Place {
  if (SHARE.test(path)) return { place: "share" };
  const { cluster, host } = placesOf(estate)(vm);
  const places = CLUSTER_SHARED_VOLUME.test(path) ? [cluster, host] : [host, cluster];
  const nearest = places.find(({ state }) => state !== "absent") ?? host;
  return nearest.state === "known" ? { place: nearest.value.urn } : { missing: nearest };
}

const placesOf = perEstate((estate) =>
  perObject((vm: VirtualMachine) => {
    const cluster: Value<Entity> = estate.clusterAround(vm);
    const host: Value<Entity> = estate.hostOf(vm);
    return { cluster, host };
  }),
);
