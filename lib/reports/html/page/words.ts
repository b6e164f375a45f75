import type { Fate } from "../../finding-groups";

/** What becomes of findings, beside their number. */
export const FATE_WORDS: Readonly<Record<Fate, string>> = {
  mandatory: "blocking",
  advisory: "advisory",
  exempted: "exempted",
};

/** Memory as Hyper-V Manager counts it: `512 MB`, `24 GB`, `1.5 GB`. */
export function memory(megabytes: number): string {
  if (megabytes > 0 && megabytes < 1024) return `${megabytes.toLocaleString("en-US")} MB`;
  const gigabytes = megabytes / 1024;
  return `${gigabytes.toLocaleString("en-US", { maximumFractionDigits: 1 })} GB`;
}

/** `1 host`, `1,200 hosts`. */
export function number(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? singular : plural}`;
}

/** `4`, `0.8`. */
export function ratio(virtual: number, logical: number): string {
  return (virtual / logical).toLocaleString("en-US", { maximumFractionDigits: 1 });
}
