import { useMemo } from "preact/hooks";
import { hostLoss, type HostLoss, type MemberLoss, type MemoryAfterLoss } from "../host-loss";
import { colourClass } from "./machine-colours";
import type { MapContext } from "./map-context";
import { Marks } from "./marks";
import { MoreButton, useShownPart } from "./shown-part";
import { memory, number } from "./words";

/** So many machines are listed at once. */
const STEP = 50;
const ON_PAPER = 500;

interface HostLossPanelProps {
  readonly host: number;
  readonly id: string;
  readonly context: MapContext;
}

/** What happens when a host is lost. */
export function HostLossPanel({ host, id, context }: HostLossPanelProps) {
  const { index, onFindings } = context;
  const loss = useMemo(() => hostLoss(index, host), [index, host]);
  const name = index.view.hosts[host]?.name ?? "";
  return (
    <div class="loss" id={id} role="region" aria-label={`When ${name} is lost`}>
      <h4>When {name} is lost</h4>
      <ul class="effects">
        <MachineEffects loss={loss} />
        {loss.memory !== undefined && <MemoryEffect after={loss.memory} context={context} />}
        {loss.groups.map((group) => (
          <MemberEffect what="" noun="member" loss={group} key={group.name} />
        ))}
        {loss.roles.map((role) => (
          <MemberEffect what="Role " noun="server" loss={role} key={role.name} />
        ))}
      </ul>
      <MachineTable loss={loss} name={name} context={context} />
      <p>
        <button
          type="button"
          onClick={() => {
            onFindings(name);
          }}
        >
          Findings that name {name}
        </button>
      </p>
    </div>
  );
}

function MachineEffects({ loss: { restarted, stopped, perhaps } }: { readonly loss: HostLoss }) {
  return (
    <>
      {restarted.length + stopped.length + perhaps.length === 0 && <li class="fine">No machine is declared on it.</li>}
      {restarted.length > 0 && <li>{number(restarted.length, "machine")} must start on other nodes of the cluster.</li>}
      {stopped.length > 0 && (
        <li class="bad">
          {number(stopped.length, "machine stays", "machines stay")} off until the host is back: no cluster restarts{" "}
          {stopped.length === 1 ? "it" : "them"}.
        </li>
      )}
      {perhaps.length > 0 && (
        <li class="unsure">
          {number(perhaps.length, "machine")} of the cluster {perhaps.length === 1 ? "is" : "are"} declared on no node
          and may be on this one.
        </li>
      )}
    </>
  );
}

function MemoryEffect({ after, context }: { readonly after: MemoryAfterLoss; readonly context: MapContext }) {
  const { answer, neededMB, freeMB, nodes, left } = after;
  const figures = `${memory(neededMB)} needed, ${memory(freeMB)} free on ${number(nodes, "other node")}`;
  switch (answer) {
    case "enough":
      return <li class="fine">The rest of the cluster has the memory: {figures}.</li>;
    case "tooLittle":
      return (
        <li class="bad">
          The rest of the cluster lacks {memory(neededMB - freeMB)} of memory: {figures}.
        </li>
      );
    case "split": {
      const names = left.slice(0, 3).map((machine) => context.index.view.machines[machine]?.name ?? "");
      const more = left.length > names.length ? ` and ${String(left.length - names.length)} more` : "";
      return (
        <li class="unsure">
          There is enough memory in total ({figures}), but no node was found for {names.join(", ")}
          {more}.
        </li>
      );
    }
    case "unknown":
      return <li class="unsure">Whether the rest of the cluster has the memory is not known: a figure is missing.</li>;
  }
}

function MemberEffect({
  what,
  noun,
  loss: { name, lost, all },
}: {
  readonly what: string;
  readonly noun: string;
  readonly loss: MemberLoss;
}) {
  const isLast = lost === all;
  return (
    <li class={isLast ? "bad" : ""}>
      {what}
      {name}:{" "}
      {isLast
        ? all === 1
          ? `the only ${noun} is`
          : `all ${String(all)} ${noun}s are`
        : `${String(lost)} of ${number(all, noun)} ${lost === 1 ? "is" : "are"}`}{" "}
      on this host.
    </li>
  );
}

function MachineTable({
  loss: { restarted, stopped, perhaps },
  name,
  context: { index, marks, mode, colours },
}: {
  readonly loss: HostLoss;
  readonly name: string;
  readonly context: MapContext;
}) {
  const byMemory = (machines: readonly number[]): readonly number[] =>
    [...machines].sort(
      (one, other) => (index.view.machines[other]?.memoryMB ?? 0) - (index.view.machines[one]?.memoryMB ?? 0),
    );
  const rows = [
    ...byMemory(stopped).map((machine) => ({ machine, effect: "stays off" })),
    ...byMemory(restarted).map((machine) => ({ machine, effect: "starts elsewhere" })),
    ...byMemory(perhaps).map((machine) => ({ machine, effect: "may be on this host" })),
  ];
  const part = useShownPart(STEP, ON_PAPER, name);
  if (rows.length === 0) return null;
  return (
    <>
      <div class="scroller" tabindex={0} role="region" aria-label={`Machines that the loss of ${name} concerns`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Machine</th>
              <th scope="col">Then</th>
              <th scope="col" class="number">
                Memory
              </th>
              <th scope="col" class="number">
                Processors
              </th>
              <th scope="col">DAG</th>
              <th scope="col">Roles</th>
              <th scope="col">Guest</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, part.shown).map(({ machine, effect }) => {
              const view = index.view.machines[machine];
              if (view === undefined) return null;
              return (
                <tr key={machine}>
                  <th scope="row">
                    <span class={`swatch ${colourClass(view, mode, colours)}`} aria-hidden="true" /> {view.name}{" "}
                    <Marks mark={marks.get(view.urn)} />
                  </th>
                  <td>{effect}</td>
                  <td class="number">{view.memoryMB === undefined ? "not known" : memory(view.memoryMB)}</td>
                  <td class="number">{view.processors ?? "not known"}</td>
                  <td>{view.group ?? "–"}</td>
                  <td>{view.roles?.join(" + ") ?? "–"}</td>
                  <td>{view.guestOs ?? "not known"}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <MoreButton all={rows.length} part={part} step={STEP} what="machines" />
    </>
  );
}
