import type { Computer, LinkedFactsOf } from "../../estate/linked-facts";
import type { DiskType } from "../../estate/model";
import { known, unknown, type Known, type Origin, type Value } from "../../estate/value";
import { diskKeys, fileName, formatOfPath } from "../disk";

export const BYTES = { minimum: 1, maximum: 2 ** 60, unit: "bytes" };

/** A file with a disk in it. */
export interface DiskFile {
  readonly path: Known<string>;
  /** Where the file is, as far as that is known. */
  readonly computer: Computer | undefined;
}

/** What commands set of the disk in a file. */
export interface DiskFacts {
  readonly type?: Value<DiskType>;
  readonly sizeGB?: Value<number>;
}

type LinkedDiskFacts = LinkedFactsOf<"disk">;

/** The files of disks as far as the commands of one script set them; a later one counts. */
export class DiskFiles {
  private readonly files = new Map<string, LinkedDiskFacts>();

  /** @param property the property that the script stands in */
  constructor(
    private readonly urn: string,
    private readonly property: string,
  ) {}

  get linkedFacts(): readonly LinkedDiskFacts[] {
    return [...this.files.values()];
  }

  create(file: DiskFile, facts: DiskFacts): void {
    this.add(file, facts, []);
  }

  /** Makes a new file of another one, which stays what it is: without a type the new one is of the same type. */
  convert(source: DiskFile, target: DiskFile, type: Value<DiskType>): void {
    const own = type.state === "absent" ? {} : { type };
    const before = this.files.get(idOf(source));
    if (before === undefined) this.add(target, own, [this.reference(source, ["type", "sizeGB"])]);
    else this.add(target, { ...before.facts, ...own }, before.references ?? []);
  }

  /** Changes facts of a file, wherever it comes from. */
  change(file: DiskFile, facts: DiskFacts): void {
    const before = this.files.get(idOf(file));
    // Of a file that something else creates it is only known what changes.
    if (before === undefined) this.add(file, facts, [this.reference(file)]);
    else this.files.set(idOf(file), { ...before, facts: { ...before.facts, ...facts } });
  }

  /** Of a file that is deleted it is not known what is there afterwards. */
  lose(file: DiskFile, origin: Origin): void {
    this.change(file, { type: unknown(origin), sizeGB: unknown(origin) });
  }

  private add(file: DiskFile, facts: DiskFacts, references: NonNullable<LinkedDiskFacts["references"]>): void {
    const { path, computer } = file;
    this.files.set(idOf(file), {
      urn: this.urn,
      keys: diskKeys(path.value, computer),
      names: [fileName(path.value), path.value],
      facts: { ...facts, format: formatOfPath(path, path.origin) },
      references,
    });
  }

  private reference(
    { path, computer }: DiskFile,
    gives?: readonly (keyof DiskFacts)[],
  ): NonNullable<LinkedDiskFacts["references"]>[number] {
    const keys = known(diskKeys(path.value, computer), path.origin);
    return { keys, property: this.property, ...(gives === undefined ? {} : { gives }) };
  }
}

function idOf({ path, computer }: DiskFile): string {
  return diskKeys(path.value, computer).join("\n");
}
