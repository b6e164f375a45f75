import { nameInUrn } from "../../estate/declared";
import { keysOfMachine } from "../../estate/keys";
import {
  RESOURCE_CONTROL_FACTS,
  VIRTUAL_MACHINE_FACTS,
  type DynamicMemory,
  type IntegrationServices,
  type ResourceControl,
  type VirtualMachine,
} from "../../estate/model";
import {
  absent,
  allFacts,
  ifKnown,
  known,
  orDefault,
  type Origin,
  type Unknown,
  type Value,
  type Values,
} from "../../estate/value";
import { append } from "../../text/collections";
import type { FactSink } from "../dialect";
import { firmwareOf, numaOf, processorsOf } from "../hardware";
import type { ScriptMachine, MachineSettings } from "./machines";

/** What Hyper-V gives a machine that a command creates, unless another command sets it. */
const NEW = { processorCount: 1, memoryMB: 512, generation: 1, automaticStopAction: "save" } as const;
/** What Hyper-V takes for dynamic memory: from 512 MB to 1 TB, with a buffer of 20 %. */
const DYNAMIC = { minimumMB: 512, maximumMB: 1_048_576, bufferPercent: 20 };

const SERVICES = ["heartbeat", "timeSynchronization", "shutdown", "vss", "keyValuePairExchange"] as const;

/** Declares the machines that scripts create, and hands over what they change in others. */
export function declareMachines(declared: readonly ScriptMachine[], sink: FactSink): void {
  const byKey = new Map<string, ScriptMachine[]>();
  for (const machine of declared) append(byKey, machine.key, machine);
  const machines = [...byKey.values()].flatMap(([first, ...more]) => {
    for (const other of more) first?.merge(other);
    return first ?? [];
  });
  for (const machine of machines) if (machine.created === undefined) handOver(machine, sink);
  for (const machine of machines) if (machine.created !== undefined) declare(machine, machine.created, sink);
}

function declare(machine: ScriptMachine, origin: Origin, sink: FactSink): void {
  const { name, settings, computer } = machine;
  const { urn } = origin;
  const none = absent(origin);
  const facts = factsOf(machine, origin);
  const generation = orDefault(settings.generation ?? none, NEW.generation);
  sink.add("virtualMachines", {
    kind: "virtualMachine",
    urn,
    name: name ?? nameInUrn(urn),
    nameIsUnknown: name === undefined,
    computer,
    ...allFacts(VIRTUAL_MACHINE_FACTS, none),
    ...facts,
    ...processorsOf(facts),
    generation,
    ...firmwareOf(generation, facts.secureBoot, facts.secureBootTemplate),
    tpm: orDefault(facts.tpm, false),
    processorCount: orDefault(settings.processorCount ?? none, NEW.processorCount),
    memoryMB: orDefault(settings.memoryMB ?? none, NEW.memoryMB),
    automaticStopAction: orDefault(settings.automaticStopAction ?? none, NEW.automaticStopAction),
    disks: machine.unknownDisks ?? known(machine.disks, origin),
    networkAdapters: machine.unknownAdapters ?? known(machine.adapters, origin),
  });
}

/** Facts of a machine that something else declares: by its name they find it. */
function handOver(machine: ScriptMachine, sink: FactSink): void {
  const { urn, name, settings } = machine;
  if (name === undefined) return;
  const { dynamicMemory, ...facts } = factsOf(machine, { urn, path: "" });
  const changed = {
    ...facts,
    ...(settings.isDynamic === undefined ? {} : { dynamicMemory }),
    ...(settings.processorCount === undefined ? {} : { processorCount: settings.processorCount }),
    ...(settings.memoryMB === undefined ? {} : { memoryMB: settings.memoryMB }),
    ...(settings.automaticStopAction === undefined ? {} : { automaticStopAction: settings.automaticStopAction }),
    ...listOf("disks", machine.unknownDisks, machine.disks, urn),
    ...listOf("networkAdapters", machine.unknownAdapters, machine.adapters, urn),
  };
  sink.link("virtualMachine", { urn, keys: keysOfMachine(name, hostOf(machine)), facts: changed, isChange: true });
}

/** A list of which commands change items that another resource declares is not known. */
function listOf<K extends "disks" | "networkAdapters", T>(
  name: K,
  changed: Unknown | undefined,
  items: readonly T[],
  urn: string,
): Partial<Record<K, Value<readonly T[]>>> {
  const list = changed ?? (items.length === 0 ? undefined : known(items, { urn, path: "" }));
  return list === undefined ? {} : ({ [name]: list } as Record<K, Value<readonly T[]>>);
}

function hostOf({ computer }: ScriptMachine): string | undefined {
  return computer === undefined ? undefined : ifKnown(computer.name);
}

type SettableFacts = Pick<
  VirtualMachine,
  | "cluster"
  | "configurationVersion"
  | "secureBoot"
  | "secureBootTemplate"
  | "tpm"
  | "processorCompatibility"
  | "nestedVirtualization"
  | "resourceControl"
  | "numa"
  | "dynamicMemory"
  | "dvdDrives"
  | "gpus"
  | "storagePath"
  | "checkpointPath"
  | "smartPagingPath"
  | "checkpoints"
  | "automaticCheckpoints"
  | "antiAffinityClassNames"
  | "integrationServices"
  | "replication"
>;

/** Facts that commands set, without what Hyper-V gives a new machine. */
function factsOf({ settings }: ScriptMachine, origin: Origin): SettableFacts {
  const none = absent(origin);
  return {
    cluster: settings.cluster ?? none,
    configurationVersion: settings.configurationVersion ?? none,
    secureBoot: settings.secureBoot ?? none,
    secureBootTemplate: settings.secureBootTemplate ?? none,
    tpm: settings.tpm ?? none,
    processorCompatibility: settings.processorCompatibility ?? none,
    nestedVirtualization: settings.nestedVirtualization ?? none,
    resourceControl: resourceControl(settings, origin),
    numa: numaOf({
      processorsPerNode: settings.processorsPerNode ?? none,
      memoryPerNodeMB: settings.memoryPerNodeMB ?? none,
      nodesPerSocket: settings.nodesPerSocket ?? none,
    }),
    dynamicMemory: dynamicMemory(settings, origin),
    dvdDrives: settings.dvdDrives ?? none,
    gpus: settings.gpus ?? none,
    storagePath: settings.storagePath ?? none,
    checkpointPath: settings.checkpointPath ?? none,
    smartPagingPath: settings.smartPagingPath ?? none,
    checkpoints: settings.checkpoints ?? none,
    automaticCheckpoints: settings.automaticCheckpoints ?? none,
    antiAffinityClassNames: settings.antiAffinityClassNames ?? none,
    integrationServices: integrationServices(settings, origin),
    replication: settings.replication ?? none,
  };
}

function resourceControl(settings: Partial<Values<MachineSettings>>, origin: Origin): Value<ResourceControl> {
  const none = absent(origin);
  const [first] = RESOURCE_CONTROL_FACTS.flatMap((fact) => settings[fact] ?? []);
  if (first === undefined) return none;
  const { reservePercent = none, limitPercent = none, weight = none } = settings;
  return known({ reservePercent, limitPercent, weight }, first.origin);
}

function dynamicMemory(settings: Partial<Values<MachineSettings>>, origin: Origin): Value<DynamicMemory> {
  const { isDynamic } = settings;
  if (isDynamic === undefined) return absent(origin);
  if (isDynamic.state !== "known") return isDynamic;
  if (!isDynamic.value) return absent(isDynamic.origin);
  const or = (value: Value<number> | undefined, fallback: number): Value<number> =>
    orDefault(value ?? absent(isDynamic.origin), fallback);
  return known(
    {
      minimumMB: or(settings.minimumMB, DYNAMIC.minimumMB),
      maximumMB: or(settings.maximumMB, DYNAMIC.maximumMB),
      bufferPercent: or(settings.bufferPercent, DYNAMIC.bufferPercent),
    },
    isDynamic.origin,
  );
}

function integrationServices(settings: Partial<Values<MachineSettings>>, origin: Origin): Value<IntegrationServices> {
  const none = absent(origin);
  const [first] = SERVICES.flatMap((service) => settings[service] ?? []);
  if (first === undefined) return none;
  const {
    heartbeat = none,
    timeSynchronization = none,
    shutdown = none,
    vss = none,
    keyValuePairExchange = none,
  } = settings;
  return known(
    {
      version: none,
      heartbeat,
      timeSynchronization,
      shutdown,
      vss,
      keyValuePairExchange,
      syntheticDrivers: none,
    },
    first.origin,
  );
}
