import type { Computer, FactsOf, LinkedDisk } from "../../estate/linked-facts";
import type {
  CheckpointType,
  DvdDrive,
  Gpu,
  GuestAdapter,
  NumaTopology,
  Replication,
  ResourceControl,
  SecureBootTemplate,
  StopAction,
  VirtualDisk,
} from "../../estate/model";
import { declaredFacts, unknown, type Origin, type Unknown, type Value, type Values } from "../../estate/value";

/** Something that a script may change, where it is not known in which machines or networks. */
export interface Doubt {
  readonly facts: readonly ChangedFact[];
  /** Whether it may be the networks of clusters. */
  readonly hasNetworks?: boolean;
  /** Whether it may create or rename machines and clusters. */
  readonly hasNames?: boolean;
  readonly origin: Origin;
}

/** Facts of a virtual machine that commands set one by one. */
export interface MachineSettings extends ServiceSettings, FactsOf<ResourceControl>, FactsOf<NumaTopology> {
  readonly processorCount: number;
  readonly processorCompatibility: boolean;
  readonly nestedVirtualization: boolean;
  readonly memoryMB: number;
  readonly generation: number;
  readonly configurationVersion: string;
  readonly secureBoot: boolean;
  readonly secureBootTemplate: SecureBootTemplate;
  readonly tpm: boolean;
  readonly isDynamic: boolean;
  readonly minimumMB: number;
  readonly maximumMB: number;
  readonly bufferPercent: number;
  readonly checkpoints: CheckpointType;
  readonly automaticCheckpoints: boolean;
  readonly dvdDrives: readonly DvdDrive[];
  readonly gpus: readonly Gpu[];
  readonly storagePath: string;
  readonly checkpointPath: string;
  readonly smartPagingPath: string;
  readonly automaticStopAction: StopAction;
  readonly cluster: string;
  readonly antiAffinityClassNames: readonly Value<string>[];
  readonly replication: Replication;
}

/** Facts of a machine that a command may change. */
export type ChangedFact = keyof MachineSettings | "disks" | "adapters";

/** Whether each integration service is on. */
export interface ServiceSettings {
  readonly heartbeat: boolean;
  readonly timeSynchronization: boolean;
  readonly shutdown: boolean;
  readonly vss: boolean;
  readonly keyValuePairExchange: boolean;
}

/** A virtual machine as far as the commands of one script set it. */
export class ScriptMachine {
  settings: Partial<Values<MachineSettings>> = {};
  disks: LinkedDisk[] = [];
  adapters: GuestAdapter[] = [];
  /** Why the disks or adapters are not known any more. */
  unknownDisks: Unknown | undefined;
  unknownAdapters: Unknown | undefined;
  /** The command that creates it; undefined when the scripts only change it. */
  created: Origin | undefined;

  /**
   * @param key the same for one machine in all scripts
   * @param urn the resource whose script names it first
   * @param name undefined while it is known only when the script runs
   */
  constructor(
    readonly key: string,
    readonly urn: string,
    readonly name: string | undefined,
    readonly computer: Computer | undefined,
  ) {}

  /** What a later command of the same script sets counts. */
  set(settings: Partial<Values<MachineSettings>>): void {
    this.settings = { ...this.settings, ...declaredFacts(settings) };
  }

  /** What is set before is of another machine of that name. */
  create(origin: Origin): void {
    if (this.created !== undefined) {
      this.settings = {};
      this.disks = [];
      this.adapters = [];
      this.unknownDisks = undefined;
      this.unknownAdapters = undefined;
    }
    this.created = origin;
  }

  /** Makes facts unknown that a command may have changed, unless it sets them to what they are. */
  doubt(facts: ReadonlySet<ChangedFact>, perhaps: Partial<Values<MachineSettings>>, origin: Origin): void {
    const doubts: Record<string, Unknown> = {};
    for (const fact of facts) {
      if (fact === "disks") this.unknownDisks ??= unknown(origin);
      else if (fact === "adapters") this.unknownAdapters ??= unknown(origin);
      else {
        const [own, other] = [this.settings[fact], perhaps[fact]];
        if (own?.state === "unknown") continue;
        if (own === undefined || other === undefined || !isSame(own, other)) doubts[fact] = unknown(origin);
      }
    }
    this.settings = { ...this.settings, ...doubts };
  }

  /** Takes in what another script sets, of which it is not known whether it runs before or after. */
  merge(other: ScriptMachine): void {
    this.created ??= other.created;
    this.settings = agreed(this.settings, other.settings);
    this.disks = [...this.disks, ...other.disks.filter((disk) => !this.disks.some((own) => isSameDisk(own, disk)))];
    const names = this.adapters.map(({ name }) => text(name));
    this.adapters = [...this.adapters, ...other.adapters.filter(({ name }) => !names.includes(text(name)))];
    this.unknownDisks ??= other.unknownDisks;
    this.unknownAdapters ??= other.unknownAdapters;
  }
}

/** What two scripts set; unknown where they differ. */
function agreed(
  one: Partial<Values<MachineSettings>>,
  other: Partial<Values<MachineSettings>>,
): Partial<Values<MachineSettings>> {
  const merged: Record<string, Value<unknown>> = { ...one };
  for (const [name, value] of Object.entries<Value<unknown>>(other)) {
    const own = merged[name];
    merged[name] = own === undefined || isSame(own, value) ? value : unknown(value.origin);
  }
  return merged;
}

function isSame(one: Value<unknown>, other: Value<unknown>): boolean {
  if (one.state !== "known" || other.state !== "known") return false;
  return Object.is(one.value, other.value) || text(one) === text(other);
}

function isSameDisk({ path }: VirtualDisk, other: VirtualDisk): boolean {
  return path.state === "known" && text(path) === text(other.path);
}

/** A value in comparable form: where it was read makes no difference. */
function text(value: Value<unknown>): string {
  return JSON.stringify(value, (key, inner: unknown) => (key === "origin" ? undefined : inner)).toLowerCase();
}
