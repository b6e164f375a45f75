import { useMemo, useState } from "preact/hooks";
import type { EstateView } from "../../../judging/estate-view";
import { wordsOf } from "../finding-filter";
import { estateIndex } from "../host-loss";
import { mapSections, type MapSection } from "../map-sections";
import type { FindingEntry } from "../report-data";
import { findingMarks } from "./finding-marks";
import { HostRow } from "./host-row";
import { MachineBlocks } from "./machine-blocks";
import { isDistinct, machineColours, type ColourMode, type MachineColours } from "./machine-colours";
import type { MapContext } from "./map-context";
import { MoreButton, useShownPart } from "./shown-part";
import { number } from "./words";

/** So many hosts are shown at once. */
const STEP = 25;
const ON_PAPER = 200;

interface EstateMapProps {
  readonly view: EstateView;
  readonly findings: readonly FindingEntry[];
  readonly onFindings: (name: string) => void;
}

/** Clusters and hosts with their machines. */
export function EstateMap({ view, findings, onFindings }: EstateMapProps) {
  const index = useMemo(() => estateIndex(view), [view]);
  const marks = useMemo(() => findingMarks(findings), [findings]);
  const hasGroups = useMemo(() => view.machines.some(({ group }) => group !== undefined), [view]);
  const hasRoles = useMemo(() => view.machines.some(({ roles }) => roles !== undefined), [view]);
  const [mode, setMode] = useState<ColourMode>(hasGroups ? "group" : "role");
  const colours = useMemo(() => machineColours(view, mode), [view, mode]);
  const [text, setText] = useState("");
  const [opened, setOpened] = useState<number>();
  const words = useMemo(() => wordsOf(text), [text]);
  const sections = useMemo(() => mapSections(index, words), [index, words]);
  const context: MapContext = { index, marks, mode, colours, words, onFindings };
  return (
    <section id="estate" aria-labelledby="estate-heading" tabindex={-1}>
      <h2 id="estate-heading">Hosts and machines</h2>
      <p class="lead">
        Each block is a virtual machine, as wide as the most memory that it may use. Choose a host to see what happens
        when it is lost.
      </p>
      <form
        class="filters"
        role="search"
        aria-label="Hosts and machines"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <label class="wide">
          Find
          <input
            type="search"
            placeholder="Cluster, host, machine, DAG or role"
            value={text}
            onInput={({ currentTarget }) => {
              setText(currentTarget.value);
            }}
          />
        </label>
        {hasGroups && hasRoles && (
          <label>
            Colours
            <select
              value={mode}
              onChange={({ currentTarget }) => {
                setMode(currentTarget.value === "role" ? "role" : "group");
              }}
            >
              <option value="group">by DAG</option>
              <option value="role">by role</option>
            </select>
          </label>
        )}
      </form>
      <Legend colours={colours} mode={mode} />
      <MapRows sections={sections} context={context} opened={opened} onOpen={setOpened} reset={text} />
    </section>
  );
}

function MapRows({
  sections,
  context,
  opened,
  onOpen,
  reset,
}: {
  readonly sections: readonly MapSection[];
  readonly context: MapContext;
  readonly opened: number | undefined;
  readonly onOpen: (host: number | undefined) => void;
  readonly reset: string;
}) {
  const part = useShownPart(STEP, ON_PAPER, reset);
  const all = sections.reduce((sum, { rows }) => sum + rows, 0);
  const { shown } = sections.reduce<{ readonly before: number; readonly shown: readonly MapSection[] }>(
    ({ before, shown: done }, section) => {
      const room = part.shown - before;
      if (room <= 0) return { before, shown: done };
      return { before: before + section.rows, shown: [...done, { ...section, hosts: section.hosts.slice(0, room) }] };
    },
    { before: 0, shown: [] },
  );
  return (
    <>
      <p class="result" role="status">
        {reset === "" ? "" : `${number(all, "row")} with what you look for`}
      </p>
      {shown.map((section) => (
        <div class="cluster" key={section.key}>
          <h3>
            {section.title} <span class="meta">{describeSection(section, context)}</span>
          </h3>
          <ul class="hosts">
            {section.hosts.map((host) => (
              <HostRow
                host={host}
                scaleMB={section.scaleMB}
                context={context}
                isOpened={opened === host}
                onOpen={onOpen}
                key={host}
              />
            ))}
            {section.floating.length > 0 && (
              <li class="host floating">
                <div class="host-row">
                  <p class="host-name">{section.floatingTitle}</p>
                  <MachineBlocks
                    machines={section.floating}
                    label={section.floatingTitle}
                    scaleMB={section.scaleMB}
                    context={context}
                  />
                </div>
              </li>
            )}
          </ul>
        </div>
      ))}
      <MoreButton all={all} part={part} step={STEP} what="rows" />
    </>
  );
}

function describeSection(
  { hosts, floating, cluster }: MapSection,
  { index: { machinesByHost }, words }: MapContext,
): string {
  const machines = hosts.reduce((sum, host) => sum + (machinesByHost.get(host)?.length ?? 0), floating.length);
  const nodes = hosts.length === 0 ? [] : [number(hosts.length, cluster === undefined ? "host" : "node")];
  return `${[...nodes, number(machines, "machine")].join(", ")}${words.length > 0 ? " shown" : ""}`;
}

function Legend({ colours, mode }: { readonly colours: MachineColours; readonly mode: ColourMode }) {
  if (colours.size === 0) return null;
  if (!isDistinct(colours)) {
    return (
      <p class="legend">
        {number(colours.size, mode === "group" ? "DAG" : "set of roles", mode === "group" ? "DAGs" : "sets of roles")};
        some share a colour.
      </p>
    );
  }
  return (
    <ul class="legend" aria-label="Colours">
      {[...colours].map(([name, colour]) => (
        <li key={name}>
          <span class={`swatch c${String(colour)}`} aria-hidden="true" /> {name}
        </li>
      ))}
      <li>
        <span class="swatch plain" aria-hidden="true" /> {mode === "group" ? "in no DAG" : "without an Exchange role"}
      </li>
    </ul>
  );
}
