import type { Estate } from "../../lib/estate/estate";
import type { DiskFormat, ExchangeServer, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule, given, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { exchangeDiskSupport } from "../../lib/tables/exchange";
import { capabilityOf } from "../../lib/tables/host-versions";
import { describeServer, exchangeServers } from "./exchange-servers";

/** Exchange servers lie on fixed disks, or on others that their version supports. */
export const exchangeFixedDisks = defineRule<VirtualMachine>({
  name: "exchange-fixed-disks",
  title: "Exchange on fixed disks",
  subject: "exchange",
  level: "unsupported",
  enforcement: "mandatory", // what the product promises to stop, though the document only recommends
  severity: "high",
  reach: "resource",
  why: "A disk that grows or depends on a parent disk costs Exchange the disk performance it was sized for, and may fill the volume below it.",
  fix: "Create the disk as a fixed disk, or convert it.",
  sources: ["exchange-2010-best-practices"],
  tags: ["storage"],
  applies: exchangeServers,
  check: (vm, estate) =>
    given(vm, { exchange: vm.exchange, disks: vm.disks }, ({ exchange, disks }) =>
      disks.flatMap((disk) => judge(vm, exchange, disk, estate)),
    ),
});

function judge(vm: VirtualMachine, exchange: ExchangeServer, disk: VirtualDisk, estate: Estate): readonly Verdict[] {
  return given(vm, { type: disk.type }, ({ type }) =>
    type === "dynamic" || type === "differencing" ? judgeType(vm, exchange, disk, type, estate) : [],
  );
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
      return disk.format.state === "unknown" ? undecided(vm, disk.format) : [notDeclared(vm, disk.format.origin)];
    }
    const name = ifKnown(disk.name) ?? "a disk";
    const purpose = ifKnown(disk.purpose);
    const format = formats.length === 1 ? ` ${formats.join("")}` : " disk";
    const kind = type === "dynamic" ? "dynamically expanding" : "differencing";
    return [
      violation(
        vm,
        disk.type.origin.path,
        `${describeServer(vm, exchange)} has the ${kind}${format} "${name}"${purpose === undefined ? "" : ` (${purpose})`}.`,
        { evidence: row },
      ),
    ];
  });
}

/** The declared format, or the formats that the hosts know: there is no VHDX before Windows Server 2012. */
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
