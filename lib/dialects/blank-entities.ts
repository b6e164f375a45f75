import type { DeclaredResource } from "../estate/declared";
import type { LinkedAdapter, LinkedDisk, LinkedVirtualMachine } from "../estate/linked-facts";
import {
  DISK_FACTS,
  GUEST_ADAPTER_FACTS,
  HOST_ADAPTER_FACTS,
  VIRTUAL_MACHINE_FACTS,
  VIRTUAL_SWITCH_FACTS,
  type HostAdapter,
  type Purpose,
  type VirtualSwitch,
} from "../estate/model";
import { absent, allFacts, ifKnown, type Value } from "../estate/value";

/*
 * Entities of which nothing is declared yet: a dialect fills in what its resource types have. The rest has no property
 * there, which an empty path marks, so that it is not asked for.
 */

/** @param names what may be its name, the surest first; the resource's own where none is given */
export function blankMachine({ urn, name }: DeclaredResource, names: readonly Value<string>[]): LinkedVirtualMachine {
  const given = names.find(({ state }) => state !== "absent");
  return {
    kind: "virtualMachine",
    urn,
    name: (given === undefined ? undefined : ifKnown(given)) ?? name,
    nameIsUnknown: given?.state === "unknown",
    ...allFacts(VIRTUAL_MACHINE_FACTS, absent({ urn, path: "" })),
  };
}

/** @param path where the disk stands; its format decides whether it is supported, so that is asked for */
export function blankDisk(urn: string, path: string): LinkedDisk {
  const format = absent({ urn, path: `the format of ${path}` });
  return { ...allFacts(DISK_FACTS, absent({ urn, path: "" })), format };
}

export function blankAdapter(urn: string): LinkedAdapter {
  return allFacts(GUEST_ADAPTER_FACTS, absent({ urn, path: "" }));
}

export function blankHostAdapter(name: Value<string>, purpose: Value<Purpose>): HostAdapter {
  return { ...allFacts(HOST_ADAPTER_FACTS, absent({ urn: name.origin.urn, path: "" })), name, purpose };
}

export function blankSwitch(urn: string): VirtualSwitch {
  return allFacts(VIRTUAL_SWITCH_FACTS, absent({ urn, path: "" }));
}
