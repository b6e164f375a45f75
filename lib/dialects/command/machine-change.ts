import type { Reader } from "../../estate/reader";
import type { Origin } from "../../estate/value";
import type { CmdletSubject } from "./actions";
import type { DiskFiles } from "./disks";
import type { ScriptMachine } from "./machines";

/** A command that changes a machine. */
export interface MachineChange {
  readonly machine: ScriptMachine;
  readonly reader: Reader;
  readonly subject: CmdletSubject;
  readonly disks: DiskFiles;
  readonly origin: Origin;
}
