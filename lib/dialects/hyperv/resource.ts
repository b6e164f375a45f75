import type { DeclaredResource } from "../../estate/declared";
import type { Computer, LinkedDisk } from "../../estate/linked-facts";
import type { GuestAdapter, VirtualSwitch } from "../../estate/model";
import { Reader } from "../../estate/reader";
import { absent, ifKnown, known, map, orDefault, type Origin, type Value } from "../../estate/value";
import { blankAdapter, blankDisk, blankSwitch } from "../blank-entities";
import { computerOf } from "../computer";
import type { FactSink } from "../dialect";
import { diskKeys, fileName, formatOfPath, gigabytes, megabytes } from "../disk";
import { dynamicUnless } from "../hardware";

export const PROCESSORS = { minimum: 1, maximum: 65_536 };
export const GENERATION = { minimum: 1, maximum: 2 };
const MEMORY = { minimum: 1, maximum: 2 ** 52, unit: "bytes" };
const DISK_SIZE = { minimum: 1, maximum: 2 ** 50, unit: "bytes" };
const VLAN = { minimum: 0, maximum: 4094 };

/** Reads a resource of which only a part concerns this pack: what it does not read is the provider's to check. */
export function readerFor({ urn, properties }: DeclaredResource, sink: FactSink): Reader {
  return new Reader(urn, properties, (problem) => {
    sink.problem(problem);
  });
}

/** A size of memory in bytes, in MB. */
export function memory(reader: Reader, property: string): Value<number> {
  return map(reader.decimal(property, MEMORY), megabytes);
}

/** A size of a disk in bytes, in GB. */
export function diskSize(reader: Reader, property: string): Value<number> {
  return map(reader.decimal(property, DISK_SIZE), gigabytes);
}

/**
 * A disk of a machine by its file, which may be a resource of its own.
 * @param property the machine's property that lists its disks
 */
export function fileDisk(path: Value<string>, property: string, computer: Computer | undefined): LinkedDisk {
  const { urn, path: at } = path.origin;
  return {
    ...blankDisk(urn, at),
    name: map(path, fileName),
    format: formatOfPath(path, path.origin),
    path,
    references: [
      {
        keys: map(path, (file) => diskKeys(file, computer)),
        property,
        gives: ["type", "sizeGB"],
        mayGive: ["purpose", "storage"],
      },
    ],
  };
}

/** A physical disk of the host that a machine has for itself. */
export function passThroughDisk(number: number, origin: Origin): LinkedDisk {
  return {
    ...blankDisk(origin.urn, origin.path),
    name: known(`physical disk ${String(number)}`, origin),
    type: known("passThrough", origin),
  };
}

/** What the providers call the same of an adapter. */
export function readAdapter(reader: Reader, urn: string): GuestAdapter {
  const name = reader.text("name");
  return {
    ...blankAdapter(urn),
    name,
    switch: reader.text("switchName"),
    kind: known("synthetic", name.origin),
    vlan: reader.integer("vlanId", VLAN),
  };
}

/** An adapter has a dynamic MAC address unless a static one is declared. */
export function withMacAddress(adapter: GuestAdapter, macAddress: Value<string>): GuestAdapter {
  return { ...adapter, macAddress, dynamicMacAddress: dynamicUnless(macAddress) };
}

/** Hands over a switch; without the name of its computer it is of no use. */
export function declareSwitch(
  resource: DeclaredResource,
  reader: Reader,
  facts: Pick<VirtualSwitch, "type" | "networkAdapters" | "embeddedTeaming"> &
    Partial<Pick<VirtualSwitch, "iov" | "bandwidthMode">>,
  sink: FactSink,
): void {
  const computer = computerOf(resource);
  if (computer === undefined) return;
  const name = reader.text("name");
  sink.add("virtualSwitches", {
    computer,
    virtualSwitch: {
      ...blankSwitch(resource.urn),
      name: name.state === "absent" ? known(resource.name, name.origin) : name,
      ...facts,
      // No provider has a type for a NIC team.
      team: absent(name.origin),
      allowManagementOs: orDefault(reader.flag("allowManagementOs"), true),
    },
  });
}

/** Hands over the facts of a file. */
export function declareFile(
  resource: DeclaredResource,
  path: Value<string>,
  facts: Pick<LinkedDisk, "type" | "sizeGB">,
  sink: FactSink,
): void {
  const file = ifKnown(path);
  const keys = file === undefined ? [] : diskKeys(file, computerOf(resource));
  const names = file === undefined ? [] : [fileName(file), file];
  sink.link("disk", { urn: resource.urn, keys, names, facts: { ...facts, format: formatOfPath(path, path.origin) } });
}
