import { usedMB } from "../map-sections";
import { Gauge } from "./gauge";
import { HostLossPanel } from "./host-loss-panel";
import { MachineBlocks } from "./machine-blocks";
import type { MapContext } from "./map-context";
import { Marks } from "./marks";
import { memory, number, ratio } from "./words";

interface HostRowProps {
  readonly host: number;
  readonly scaleMB: number;
  readonly context: MapContext;
  readonly isOpened: boolean;
  readonly onOpen: (host: number | undefined) => void;
}

/** A host with its machines and gauges; what happens when it is lost folds out below. */
export function HostRow({ host, scaleMB, context, isOpened, onOpen }: HostRowProps) {
  const { index, marks } = context;
  const view = index.view.hosts[host];
  if (view === undefined) return null;
  const { name, urn, operatingSystem, site } = view;
  const id = `host-${String(host)}`;
  const machines = index.machinesByHost.get(host) ?? [];
  return (
    <li class={`host ${isOpened ? "opened" : ""}`}>
      <div
        class="host-row"
        onClick={() => {
          onOpen(isOpened ? undefined : host);
        }}
      >
        <div class="host-name">
          <button
            type="button"
            aria-expanded={isOpened}
            aria-controls={isOpened ? id : undefined}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(isOpened ? undefined : host);
            }}
          >
            {name}
          </button>
          <Marks mark={marks.get(urn)} />
          <span class="meta">{[operatingSystem, site].filter((text) => text !== undefined).join(" · ")}</span>
        </div>
        <MachineBlocks
          machines={machines}
          label={`Machines on ${name}`}
          scaleMB={scaleMB}
          capacityMB={view.memoryMB}
          context={context}
        />
        <Gauges host={host} context={context} />
      </div>
      {isOpened && <HostLossPanel host={host} id={id} context={context} />}
    </li>
  );
}

function Gauges({ host, context: { index } }: { readonly host: number; readonly context: MapContext }) {
  const view = index.view.hosts[host];
  if (view === undefined) return null;
  const { name, memoryMB, logicalProcessors, mostVirtualProcessors } = view;
  const used = usedMB(index, host);
  const running = (index.machinesByHost.get(host) ?? []).reduce(
    (sum, machine) => sum + (index.view.machines[machine]?.processors ?? 0),
    0,
  );
  return (
    <div class="gauges">
      <MemoryGauge name={name} used={used} most={memoryMB} />
      <ProcessorGauge name={name} running={running} logical={logicalProcessors} most={mostVirtualProcessors} />
    </div>
  );
}

interface MemoryGaugeProps {
  readonly name: string;
  readonly used: number;
  readonly most: number | undefined;
}

function MemoryGauge({ name, used, most }: MemoryGaugeProps) {
  const text = most === undefined ? `${memory(used)} in use` : `${memory(used)} of ${memory(most)}`;
  const difference = most === undefined ? undefined : most - used;
  const rest =
    difference === undefined ? undefined : `${memory(Math.abs(difference))} ${difference < 0 ? "too much" : "free"}`;
  const words = `The machines may use ${text}`;
  return <Gauge label={`Memory of ${name}`} value={used} most={most} text={text} rest={rest} words={words} />;
}

interface ProcessorGaugeProps {
  readonly name: string;
  readonly running: number;
  readonly logical: number | undefined;
  readonly most: number | undefined;
}

function ProcessorGauge({ name, running, logical, most }: ProcessorGaugeProps) {
  const virtual = number(running, "virtual processor");
  const label = `Virtual processors on ${name}`;
  if (logical === undefined) {
    return <Gauge label={label} value={running} most={most} text={virtual} words={virtual} />;
  }
  const limit = most === undefined ? undefined : ratio(most, logical);
  return (
    <Gauge
      label={label}
      value={running}
      most={most}
      text={`${running.toLocaleString("en-US")} virtual, ${logical.toLocaleString("en-US")} logical`}
      rest={`${ratio(running, logical)}:1${limit === undefined ? "" : ` of ${limit}:1`}`}
      words={`${virtual} on ${number(logical, "logical processor")}, ${ratio(running, logical)} to 1${limit === undefined ? "" : `; at most ${limit} to 1`}`}
    />
  );
}
