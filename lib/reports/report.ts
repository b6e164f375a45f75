import type { EstateView } from "../judging/estate-view";
import type { FindingRecord } from "../judging/finding-record";
import type { JudgedSummary } from "../judging/judged-summary";

/** What every format is made from. */
export interface Report {
  readonly findings: readonly FindingRecord[];
  /** Absent where nothing of Hyper-V is declared, and where the preview did not come so far. */
  readonly summary?: JudgedSummary;
  /** Who runs where; only for formats that show it, see `showsEstate`. */
  readonly view?: EstateView;
  /** What the reader must know beside the findings, each in a sentence. */
  readonly notes: readonly string[];
  /** What the engine printed when it failed for another reason than a finding. */
  readonly failure?: string;
  /** The version of hyperv-guard. */
  readonly version: string;
  /** The file that stands for the whole: the project's, or the one that was judged, as in a location. */
  readonly file?: string;
}
