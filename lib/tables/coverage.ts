import type { Architecture, GuestOs } from "../estate/model";
import { alternatives } from "../text/words";
import { productName, type Vocabulary } from "./operating-systems";

/** Releases from one to another, both included; `9` covers 9.0 and all that follow up to 10. */
export interface ReleaseRange {
  readonly from: string;
  readonly to: string;
}

/** Which guests a row is about. What the row leaves out, it does not restrict. */
export interface Coverage {
  /** 0: the release to manufacturing. */
  readonly servicePacks?: readonly number[];
  readonly releases?: ReleaseRange;
  /** Ids in operating-systems.json. */
  readonly editions?: readonly string[];
  readonly architectures?: readonly Architecture[];
}

/** Whether a row can be about a guest. What the guest's declaration does not specify matches every row. */
export function covers(row: Coverage, guest: GuestOs): boolean {
  const { servicePack, release, edition, architecture } = guest;
  return (
    (row.servicePacks?.includes(servicePack) ?? true) &&
    (row.releases === undefined || release === undefined || includes(row.releases, release)) &&
    coversDetails(row, edition, architecture)
  );
}

/** Whether a row can be about an edition and an architecture; undefined ones fit every row. */
export function coversDetails(row: Coverage, edition?: string, architecture?: Architecture): boolean {
  return (
    (row.editions === undefined || edition === undefined || row.editions.includes(edition)) &&
    (row.architectures === undefined || architecture === undefined || row.architectures.includes(architecture))
  );
}

/** Whether a range of point releases may hold only for some of the releases that a declaration can mean. */
export function leavesReleaseOpen(releases: ReleaseRange | undefined, release: string | undefined): boolean {
  if (releases === undefined) return false;
  return release === undefined || release.split(".").length < releases.from.split(".").length;
}

function includes({ from, to }: ReleaseRange, release: string): boolean {
  return compareReleases(from, release) <= 0 && compareReleases(release, to) <= 0;
}

/** The same releases in as few ranges as possible, in order. */
export function mergeReleases(ranges: readonly ReleaseRange[]): readonly ReleaseRange[] {
  const inOrder = [...ranges].sort(
    (one, other) => compareReleases(one.from, other.from) || one.from.length - other.from.length,
  );
  return inOrder.reduce<readonly ReleaseRange[]>((merged, range) => {
    const last = merged.at(-1);
    return last === undefined || !continues(last, range)
      ? [...merged, range]
      : [...merged.slice(0, -1), { from: last.from, to: laterRelease(last.to, range.to) }];
  }, []);
}

/** Whether no release lies between two ranges: 7.6 follows 7.5, and what follows 5.11 is not known. */
function continues({ to }: ReleaseRange, { from }: ReleaseRange): boolean {
  const numbers = numbersOf(to);
  const next = [...numbers.slice(0, -1), (numbers.at(-1) ?? 0) + 1].join(".");
  return compareReleases(from, to) <= 0 || compareReleases(from, next) === 0;
}

/** Of `8.4` and `8`, the one that covers the other. */
function laterRelease(one: string, other: string): string {
  const difference = compareReleases(one, other) || other.length - one.length;
  return difference > 0 ? one : other;
}

/** Number by number, so that 5.10 comes after 5.9; numbers that only one of the two has do not count. */
function compareReleases(one: string, other: string): number {
  const right = numbersOf(other);
  const differences = numbersOf(one).map((number, index) => number - (right[index] ?? number));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** The numbers of a release, of a half-year its year and half: `5.5`, `22H2`. */
function numbersOf(release: string): readonly number[] {
  const [, year, half] = /^(\d{2})H([12])$/.exec(release) ?? [];
  if (year !== undefined && half !== undefined) return [Number(year), Number(half)];
  return release.split(".").map(Number);
}

/** The guests of a row as documents name them: `CentOS 5.2 through 5.6 (x86 or x64)`, `Windows 7 with Service Pack 1`. */
export function describeCoverage(product: string, row: Coverage, vocabulary?: Vocabulary): string {
  const { releases, servicePacks = [], architectures } = row;
  return [
    productName(product, vocabulary),
    releases === undefined ? undefined : describeReleases(releases),
    describeServicePacks(servicePacks),
    architectures === undefined ? undefined : `(${alternatives(architectures)})`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}

function describeReleases({ from, to }: ReleaseRange): string {
  if (from === to) return from;
  return from.startsWith(`${to}.`) ? `${from} and later` : `${from} through ${to}`;
}

function describeServicePacks(servicePacks: readonly number[]): string | undefined {
  const numbers = servicePacks.filter((number) => number > 0).map(String);
  if (numbers.length === 0) return undefined;
  return `${servicePacks.includes(0) ? "with or without" : "with"} Service Pack ${alternatives(numbers)}`;
}
