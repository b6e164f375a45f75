import type { Estate } from "../../lib/estate/estate";
import {
  DISK_FORMATS,
  type DiskFormat,
  type ExchangeServer,
  type VirtualDisk,
  type VirtualMachine,
} from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly, oneOf } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, isViolation, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { exchangeDiskSupport, exchangeStorageSupport, type StorageKind } from "../../lib/tables/exchange";
import { capabilityOf } from "../../lib/tables/host-versions";
import { describeDisk, knownContents, unknownContents } from "./shared/exchange-disks";
import { describeServer, exchangeServers } from "./shared/exchange-servers";

/**
 * Exchange servers have fixed disks, or others that their version supports. The article on Exchange 2010 recommends
 * them; the documents on later versions, which findings quote, do not support others.
 */
export const exchangeFixedDisks = defineRule<VirtualMachine>({
  name: "exchange-fixed-disks",
  title: "Exchange on fixed disks",
  subject: "exchange",
  level: "recommended",
  enforcement: "mandatory", // what the product promises to stop, though the document only recommends
  severity: "high",
  reach: "resource",
  why: "A disk that grows or depends on a parent disk costs Exchange the disk performance it was sized for, and may fill the volume below it.",
  fix: "Convert the disk to a fixed disk, and set its type to fixed.",
  sources: ["exchange-2010-best-practices", "exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["storage"],
  applies: exchangeServers,
  check: (vm, estate) =>
    given(vm, { exchange: vm.exchange, disks: vm.disks }, ({ exchange, disks }) =>
      disks.flatMap((disk) => judge(vm, exchange, disk, estate)),
    ),
});

function judge(vm: VirtualMachine, exchange: ExchangeServer, disk: VirtualDisk, estate: Estate): readonly Verdict[] {
  return given(vm, { type: disk.type }, ({ type }) => {
    if (type === "passThrough" || type === "iscsi") return [];
    if (type === "fixed") return judgeOnShare(vm, exchange, disk, "fixedOnSmb");
    if (type === "nfs") return judgeStorage(vm, exchange, disk, "nfs");
    if (type === "smb") return judgeShare(vm, exchange, disk);
    const verdicts = judgeType(vm, exchange, disk, type, estate);
    if (verdicts.length > 0 || type === "differencing") return verdicts;
    return judgeOnShare(vm, exchange, disk, "dynamicOnSmb");
  });
}

/** What is on a share by its path; while that is not known, only what a share would make wrong is undecided. */
function judgeOnShare(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  disk: VirtualDisk,
  storage: StorageKind,
): readonly Verdict[] {
  if (isOnShare(disk)) return judgeStorage(vm, exchange, disk, storage);
  if (disk.path.state !== "unknown") return [];
  return judgeStorage(vm, exchange, disk, storage).length > 0 ? undecided(vm, disk.path) : [];
}

function judgeType(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  disk: VirtualDisk,
  type: "dynamic" | "differencing",
  estate: Estate,
): readonly Verdict[] {
  return given(vm, { version: exchange.version }, ({ version }) => {
    const formats = possibleFormats(vm, disk, estate);
    const rows = formats.map((format) => exchangeDiskSupport(version, type, format));
    const forbidding = rows.filter((row) => row?.supported === false);
    const [row] = forbidding;
    if (row === undefined) return [];
    if (forbidding.length < rows.length) {
      return disk.format.state === "unknown" ? undecided(vm, disk.format) : [notDeclared(vm, disk.format)];
    }
    const format = formats.length === 1 ? ` ${formats.join("")}` : " disk";
    const kind = type === "dynamic" ? "dynamically expanding" : "differencing";
    const problem = `${describeServer(vm, exchange)} has the ${kind}${format} ${describeDisk(disk)}.`;
    const path = disk.type.origin.path;
    const mayBeFixed = !isOnShare(disk) || exchangeStorageSupport(version, "fixedOnSmb")?.supported !== false;
    return [
      violation(vm, path, problem, {
        found: { value: type },
        limit: exactly("fixed"),
        evidence: row,
        ...(mayBeFixed ? { change: { path, value: "fixed" } } : { fix: TO_BLOCK_STORAGE }),
      }),
    ];
  });
}

/** The declared format, or the formats that the hosts support: there is no VHDX before Windows Server 2012. */
function possibleFormats(vm: VirtualMachine, { format }: VirtualDisk, estate: Estate): readonly DiskFormat[] {
  const declared = ifKnown(format);
  if (declared !== undefined) return [declared];
  const hosts = ifKnown(estate.hostsOf(vm)) ?? [];
  const versions = hosts.map(({ operatingSystem }) => ifKnown(operatingSystem));
  const onlyVhd =
    versions.length > 0 &&
    versions.every((version) => version !== undefined && capabilityOf(version, "vhdx")?.available === false);
  return onlyVhd ? ["VHD"] : ["VHD", "VHDX"];
}

const TO_BLOCK_STORAGE = "Move it to a fixed virtual disk on block-level storage, a pass-through disk or an iSCSI LUN.";

/** What lies on an SMB share is a fixed virtual disk, unless its path names a folder. */
function judgeShare(vm: VirtualMachine, exchange: ExchangeServer, disk: VirtualDisk): readonly Verdict[] {
  const asVirtualDisk = judgeStorage(vm, exchange, disk, "fixedOnSmb");
  if (disk.path.state === "absent" || asVirtualDisk.some(isViolation)) return asVirtualDisk;
  if (disk.path.state === "unknown") return [...asVirtualDisk, ...undecided(vm, disk.path)];
  const file = disk.path.value.toLowerCase();
  const isVirtualDisk = DISK_FORMATS.some((format) => file.endsWith(`.${format.toLowerCase()}`));
  return isVirtualDisk ? asVirtualDisk : judgeStorage(vm, exchange, disk, "filesOnSmb");
}

function isOnShare({ path }: VirtualDisk): boolean {
  return /^\\\\[^?.]/.test(ifKnown(path) ?? "");
}

const PLACES: Readonly<Record<StorageKind, string>> = {
  passThrough: "as a pass-through disk",
  iscsi: "on iSCSI storage",
  fixedOnSmb: "on an SMB share",
  dynamicOnSmb: "as a dynamically expanding disk on an SMB share",
  filesOnSmb: "as a folder of an SMB share",
  nfs: "on an NFS share",
};

/**
 * What the documents say of storage they say of Exchange data, not of the operating system. Whether the host supports SMB 3.0
 * is judged for every virtual machine, by guest-disk-size.
 */
function judgeStorage(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  disk: VirtualDisk,
  storage: StorageKind,
): readonly Verdict[] {
  return given(vm, { version: exchange.version }, ({ version }) => {
    const row = exchangeStorageSupport(version, storage);
    if (row === undefined || row.supported) return [];
    if (!knownContents(disk).some((purpose) => purpose !== "operatingSystem" && purpose !== "pageFile")) {
      return unknownContents(disk).flatMap((value) => undecided(vm, value));
    }
    const problem = `${describeServer(vm, exchange)} has the disk ${describeDisk(disk)} ${PLACES[storage]}.`;
    return [
      violation(vm, disk.type.origin.path, problem, {
        found: { value: PLACES[storage] },
        limit: oneOf(["fixed", "passThrough", "iscsi"]),
        fix: TO_BLOCK_STORAGE,
        evidence: row,
      }),
    ];
  });
}
