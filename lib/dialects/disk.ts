import { pathKey } from "../estate/keys";
import type { Computer } from "../estate/linked-facts";
import { DISK_FORMATS, type DiskFormat } from "../estate/model";
import { absent, known, type Origin, type Value } from "../estate/value";

/** The format by the extension of the file, where it is not declared. */
export function formatOfPath(path: Value<string>, declared: Origin): Value<DiskFormat> {
  if (path.state === "unknown") return path;
  if (path.state === "absent") return absent(declared);
  const format = DISK_FORMATS.find((extension) => path.value.toLowerCase().endsWith(`.${extension.toLowerCase()}`));
  return format === undefined ? absent(declared) : known(format, path.origin);
}

/** The name of the file in a path, for disks that have no other name. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** By which disks are found: the file on its host, then the file alone. */
export function diskKeys(path: string, computer: Computer | undefined): readonly string[] {
  const host = computer?.name.state === "known" ? [pathKey(`${computer.name.value}:${path}`)] : [];
  return [...host, pathKey(path)];
}

export function megabytes(bytes: number): number {
  return bytes / 2 ** 20;
}

export function gigabytes(bytes: number): number {
  return bytes / 2 ** 30;
}
