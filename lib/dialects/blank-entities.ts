import type { DeclaredResource } from "../estate/declared";
import type { LinkedAdapter, LinkedDisk, LinkedVirtualMachine } from "../estate/linked-facts";
import type { HostAdapter, Purpose } from "../estate/model";
import { absent, ifKnown, type Value } from "../estate/value";

/*
 * Entities of which nothing is declared yet: a dialect fills in what its resource types carry. The rest has no property
 * there, which an empty path says, so that nobody is asked for it.
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
    possibleOwners: none,
    liveMigrationNetworks: none,
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

/** @param path where the disk stands; its format decides whether it is supported, so that is asked for */
export function undeclaredDisk(urn: string, path: string): LinkedDisk {
  const none = absent({ urn, path: "" });
  const format = absent({ urn, path: `the format of ${path}` });
  return { name: none, purpose: none, alsoHolds: none, type: none, format, sizeGB: none, path: none, storage: none };
}

export function undeclaredAdapter(urn: string): LinkedAdapter {
  const none = absent({ urn, path: "" });
  return { name: none, switch: none, kind: none, vlan: none };
}

export function undeclaredHostAdapter(name: Value<string>, purpose: Value<Purpose>): HostAdapter {
  const none = absent({ urn: name.origin.urn, path: "" });
  return {
    name,
    purpose,
    team: none,
    physicalAdapter: none,
    virtualSwitch: none,
    speedMbps: none,
    maximumBandwidthPercent: none,
    minimumBandwidthWeight: none,
    minimumBandwidthMbps: none,
    multipath: none,
    rdma: none,
    clientForMicrosoftNetworks: none,
    fileAndPrinterSharing: none,
    dynamicAddresses: none,
  };
}
