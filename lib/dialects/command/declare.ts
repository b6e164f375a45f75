import { nameInUrn } from "../../estate/declared";
import { keysOfMachine } from "../../estate/keys";
import type { DynamicMemory, IntegrationServices, VirtualMachine } from "../../estate/model";
import { absent, ifKnown, known, orDefault, type Origin, type Value, type Values } from "../../estate/value";
import { append } from "../../text/collections";
import type { FactSink } from "../dialect";
import type { Machine, Settings } from "./machines";

/** What Hyper-V gives a machine that a command creates, unless another command says otherwise. */
const NEW = { processorCount: 1, memoryMB: 512, generation: 1, automaticStopAction: "save" } as const;
/** What Hyper-V takes for dynamic memory: from 512 MB to 1 TB, with a buffer of 20 %. */
const DYNAMIC = { minimumMB: 512, maximumMB: 1_048_576, bufferPercent: 20 };

const SERVICES = ["heartbeat", "timeSynchronization", "shutdown", "vss", "keyValuePairExchange"] as const;

/** Declares the machines that scripts create, and hands over what they change in others. */
export function declareMachines(told: readonly Machine[], sink: FactSink): void {
  const byKey = new Map<string, Machine[]>();
  for (const machine of told) append(byKey, machine.key, machine);
  const machines = [...byKey.values()].flatMap(([first, ...more]) => {
    for (const other of more) first?.merge(other);
    return first ?? [];
  });
  for (const machine of machines) if (machine.created === undefined) handOver(machine, sink);
  for (const machine of machines) if (machine.created !== undefined) declare(machine, machine.created, sink);
}

function declare(machine: Machine, origin: Origin, sink: FactSink): void {
  const { name, settings, computer } = machine;
  const { urn } = origin;
  const none = absent(origin);
  sink.virtualMachine({
    kind: "virtualMachine",
    urn,
    name: name ?? nameInUrn(urn),
    nameIsOpen: name === undefined,
    host: none,
    computer,
    hostVersion: none,
    possibleOwners: none,
    liveMigrationNetworks: none,
    guestOs: none,
    edition: none,
    architecture: none,
    availabilitySets: none,
    exchange: none,
    agents: none,
    ...factsOf(machine, origin),
    generation: orDefault(settings.generation ?? none, NEW.generation),
    processorCount: orDefault(settings.processorCount ?? none, NEW.processorCount),
    memoryMB: orDefault(settings.memoryMB ?? none, NEW.memoryMB),
    automaticStopAction: orDefault(settings.automaticStopAction ?? none, NEW.automaticStopAction),
    disks: machine.unknownDisks ?? known(machine.disks, origin),
    networkAdapters: machine.unknownAdapters ?? known(machine.adapters, origin),
  });
}

/** Facts of a machine that something else declares: by its name they find it. */
function handOver(machine: Machine, sink: FactSink): void {
  const { urn, name, settings } = machine;
  if (name === undefined) return;
  const { dynamicMemory, ...facts } = factsOf(machine, { urn, path: "" });
  const told = {
    ...facts,
    ...(settings.isDynamic === undefined ? {} : { dynamicMemory }),
    ...(settings.processorCount === undefined ? {} : { processorCount: settings.processorCount }),
    ...(settings.memoryMB === undefined ? {} : { memoryMB: settings.memoryMB }),
    ...(settings.automaticStopAction === undefined ? {} : { automaticStopAction: settings.automaticStopAction }),
    ...(machine.disks.length === 0 ? {} : { disks: known(machine.disks, { urn, path: "" }) }),
    ...(machine.adapters.length === 0 ? {} : { networkAdapters: known(machine.adapters, { urn, path: "" }) }),
  };
  sink.part("virtualMachine", { urn, keys: keysOfMachine(name, hostOf(machine)), facts: told });
}

function hostOf({ computer }: Machine): string | undefined {
  return computer === undefined ? undefined : ifKnown(computer.name);
}

type ToldFacts = Pick<
  VirtualMachine,
  "cluster" | "dynamicMemory" | "checkpoints" | "antiAffinityClassNames" | "integrationServices" | "replication"
>;

/** Facts that a machine has or not, without a default of Hyper-V's. */
function factsOf({ settings }: Machine, origin: Origin): ToldFacts {
  const none = absent(origin);
  return {
    cluster: settings.cluster ?? none,
    dynamicMemory: dynamicMemory(settings, origin),
    checkpoints: settings.checkpoints ?? none,
    antiAffinityClassNames: settings.antiAffinityClassNames ?? none,
    integrationServices: integrationServices(settings, origin),
    replication: settings.replication ?? none,
  };
}

function dynamicMemory(settings: Partial<Values<Settings>>, origin: Origin): Value<DynamicMemory> {
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

function integrationServices(settings: Partial<Values<Settings>>, origin: Origin): Value<IntegrationServices> {
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
