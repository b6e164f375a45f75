import { label } from "../text/names";

/*
 * Keys by which resources find each other. What is one thing must have one key, however it is written.
 */

/**
 * Of a file on a Windows host: neither case nor the direction of slashes matters, nor the prefix for long paths (`\\?\`), nor
 * folders that are the one before them (`.`).
 */
export function pathKey(path: string): string {
  return `path ${path
    .trim()
    .toLowerCase()
    .replace(/[\\/]+/g, "/")
    .replace(/^\/\?\/(unc(?=\/))?\/?/, (_, unc?: string) => (unc === undefined ? "" : "/"))
    .replace(/\/(?:\.\/)+/g, "/")}`;
}

/** Of anything that is known by its name alone. */
export function nameKey(kind: string, name: string): string {
  return `${kind.toLowerCase()} ${name.trim().toLowerCase()}`;
}

/** Of a virtual machine by its name, on one host or wherever it is. */
export function machineKey(name: string, host: string | undefined): string {
  return nameKey(host === undefined ? "vm" : `vm on ${label(host)}`, name);
}

/** The same for a machine whose host is not known. */
export function anyMachineKey(name: string): string {
  return nameKey("vm anywhere", name);
}

/** The keys of facts about a machine on a host; without a host they are about every machine of the name. */
export function keysOfMachine(name: string, host: string | undefined): readonly string[] {
  return [machineKey(name, host), anyMachineKey(name)];
}
