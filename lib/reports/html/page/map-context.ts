import type { EstateIndex } from "../host-loss";
import type { FindingMarks } from "./finding-marks";
import type { ColourMode, MachineColours } from "./machine-colours";

/** What every row of the map needs. */
export interface MapContext {
  readonly index: EstateIndex;
  readonly marks: FindingMarks;
  readonly mode: ColourMode;
  readonly colours: MachineColours;
  /** What is looked for, in lower case. */
  readonly words: readonly string[];
  readonly onFindings: (name: string) => void;
}
