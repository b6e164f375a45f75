import { pathKey } from "./keys";
import type { LinkedKinds } from "./linked-facts";
import type { VirtualDisk, VirtualMachine } from "./model";
import { isDefault, isValue, known, unknown, type Known, type Value, type Values } from "./value";

/*
 * A machine that one resource declares may be changed by the commands of another one. What is declared and what the
 * commands set are both meant, and which of them holds in the end is not known where they differ.
 */

type MachineFacts = Partial<Values<LinkedKinds["virtualMachine"]>>;

/** Facts of lists, which commands add to, and of places, which have several names. */
const COMPARED_OTHERWISE: ReadonlySet<string> = new Set(["disks", "networkAdapters", "host", "cluster", "storagePath"]);

/** The facts of a machine that are not what is declared, or not for certain, since commands change them. */
export function changedFacts(vm: VirtualMachine, changes: readonly MachineFacts[]): MachineFacts {
  const changed: Record<string, Value<unknown>> = {};
  for (const change of changes) {
    for (const [field, value] of Object.entries<Value<unknown>>(change)) {
      const own: unknown = Reflect.get(vm, field);
      if (COMPARED_OTHERWISE.has(field) || !isValue(own) || !isDeclared(own) || value.state !== "known") continue;
      if (comparable(own) === comparable(value)) continue;
      changed[field] = { ...unknown(own.origin), what: `which ${field} ${vm.name} has after ${value.origin.path}` };
    }
  }
  return { ...changed, ...addedDisks(vm, changes) };
}

/** Disks that commands add, where each that is declared is told apart from them by its file. */
function addedDisks({ disks }: VirtualMachine, changes: readonly MachineFacts[]): MachineFacts {
  if (!isDeclared(disks) || disks.value.some(({ path }) => path.state !== "known")) return {};
  const files = new Set(disks.value.map(fileOf));
  const added = changes.flatMap((change) =>
    change.disks?.state === "known"
      ? change.disks.value.filter((disk) => disk.path.state === "known" && !files.has(fileOf(disk)))
      : [],
  );
  return added.length === 0 ? {} : { disks: known([...disks.value, ...added], disks.origin) };
}

function fileOf({ path }: VirtualDisk): string {
  return path.state === "known" ? pathKey(path.value) : "";
}

function isDeclared<T>(value: Value<T>): value is Known<T> {
  return value.state === "known" && !isDefault(value);
}

/** A value without the places that it comes from, and without what of it is not declared. */
function comparable(value: Value<unknown>): string {
  return JSON.stringify(value, (key, inner: unknown) =>
    key === "origin" || key === "byDefault" || (isValue(inner) && inner.state === "absent") ? undefined : inner,
  ).toLowerCase();
}
