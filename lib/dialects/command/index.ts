import type { DeclaredResource, NotEvaluated } from "../../estate/declared";
import type { Computer } from "../../estate/linked-facts";
import { isPlainArray, isPlainObject, UNKNOWN } from "../../estate/plain";
import { computerNamed } from "../computer";
import type { Dialect, FactReader, FactSink } from "../dialect";
import { ScriptFacts } from "./facts";
import { follow } from "./run";
import { callOf, isPowerShell } from "./shell";

/** Commands of the package `command` that run PowerShell: what their scripts create and set, as far as it is written out. */
export const command: Dialect = {
  name: "command",
  get types() {
    return [...READERS.keys()];
  },
  readerOf: (type) => READERS.get(type),
};

function readLocal(resource: DeclaredResource, sink: FactSink): void {
  readScripts(resource, undefined, sink);
}

function readRemote(resource: DeclaredResource, sink: FactSink): void {
  readScripts(resource, connectionOf(resource), sink);
}

const READERS: ReadonlyMap<string, FactReader> = new Map<string, FactReader>([
  ["command:local:Command", readLocal],
  ["command:remote:Command", readRemote],
]);

/** The scripts for the creation and for later changes: which of them was the last to run is not known. */
function readScripts(resource: DeclaredResource, computer: Computer | undefined, sink: FactSink): void {
  for (const property of ["create", "update"]) {
    const text = resource.properties[property];
    if (text === UNKNOWN) leaveOut(property, isInterpretedByPowerShell(resource), "deployment");
    if (typeof text !== "string") continue;
    const call = callOf(text);
    if (call.kind === "none") read(text, property);
    else if (call.kind === "script") read(call.script, property);
    else if (call.kind === "elsewhere") leaveOut(property, false, "unread");
    else {
      const input = resource.properties["stdin"];
      if (typeof input === "string") read(input, "stdin");
      else if (input === UNKNOWN) leaveOut("stdin", true, "deployment");
    }
  }
  function leaveOut(property: string, isPowerShell: boolean, because: NotEvaluated["because"]): void {
    const what = { origin: { urn: resource.urn, path: property }, because };
    sink.unreadScript({ what, isPowerShell, computer, mayDoAnything: true });
  }
  function read(script: string, property: string): void {
    const facts = new ScriptFacts({ resource, property, computer }, sink);
    follow(script, facts);
    facts.handOver();
  }
}

function isInterpretedByPowerShell({ properties }: DeclaredResource): boolean {
  const { interpreter } = properties;
  const [program] = isPlainArray(interpreter) ? interpreter : [];
  return typeof program === "string" && isPowerShell(program);
}

/** The computer that a remote command logs on to. Of the connection nothing else is read: it holds credentials. */
function connectionOf({ urn, name, properties }: DeclaredResource): Computer | undefined {
  const { connection } = properties;
  const host = isPlainObject(connection) ? (connection["host"] ?? null) : connection === UNKNOWN ? UNKNOWN : null;
  return computerNamed(host, { urn, path: "connection.host" }, name);
}
