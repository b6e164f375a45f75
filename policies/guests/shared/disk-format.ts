import type { DiskFormat, VirtualDisk } from "../../../lib/estate/model";
import type { ViolationDetails } from "../../../lib/rules/verdict";

/** How the estate says that a disk has another format: by the format, by the name of its file, or by both. */
export function declareFormat(disk: VirtualDisk, format: DiskFormat): string {
  const file = `path to a file with the extension .${format.toLowerCase()}`;
  if (disk.path.state === "absent") return `set format to ${format}`;
  return disk.format.origin.path === disk.path.origin.path ? `set ${file}` : `set format to ${format} and ${file}`;
}

/** The name of the file would contradict another format. */
export function formatChange(disk: VirtualDisk, format: DiskFormat): Pick<ViolationDetails, "change"> {
  return disk.path.state === "absent" ? { change: { path: disk.format.origin.path, value: format } } : {};
}
