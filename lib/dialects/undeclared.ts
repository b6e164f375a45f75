import type { DeclaredResource } from "../estate/declared";
import type { LinkedAdapter, LinkedDisk, LinkedVirtualMachine } from "../estate/parts";
import { absent, ifKnown, type Value } from "../estate/value";

/*
 * Entities of which nothing is declared yet: a dialect fills in what its resource types carry, and rules that need more
 * say nothing or ask for it.
 */

/** @param names what may be its name, the surest first; the resource's own where none is given */
export function undeclaredMachine(
  { urn, name }: DeclaredResource,
  names: readonly Value<string>[],
): LinkedVirtualMachine {
  const given = names.find(({ state }) => state !== "absent");
  const none = absent({ urn, path: "" });
  return {
    kind: "virtualMachine",
    urn,
    name: (given === undefined ? undefined : ifKnown(given)) ?? name,
    nameIsOpen: given?.state === "unknown",
    host: none,
    cluster: none,
    hostVersion: none,
    guestOs: none,
    edition: none,
    architecture: none,
    generation: none,
    processorCount: none,
    memoryMB: none,
    dynamicMemory: none,
    disks: none,
    networkAdapters: none,
    antiAffinityClassNames: none,
    availabilitySets: none,
    checkpoints: none,
    automaticStopAction: none,
    integrationServices: none,
    exchange: none,
    replication: none,
    agents: none,
  };
}

export function undeclaredDisk(urn: string, path: string): LinkedDisk {
  const none = absent({ urn, path });
  return { name: none, purpose: none, type: none, format: none, sizeGB: none, path: none, storage: none };
}

export function undeclaredAdapter(urn: string, path: string): LinkedAdapter {
  const none = absent({ urn, path });
  return { name: none, switch: none, kind: none, vlan: none };
}
