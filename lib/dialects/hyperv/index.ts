import type { DeclaredResource } from "../../estate/declared";
import type { Dialect, FactReader, FactSink } from "../dialect";
import * as pulumiHyperv from "./pulumi-hyperv";
import * as taliesins from "./taliesins";
import * as windsorcli from "./windsorcli";

/**
 * Providers that call themselves hyperv: taliesins/hyperv with its forks and windsorcli/hyperv, which come from Terraform under
 * whatever name a program gives the package, and pulumi/pulumi-hyperv.
 */
export const hyperv: Dialect = {
  name: "hyperv",
  get types() {
    return [...OWN.keys(), ...[...BRIDGED.keys()].map((token) => `hyperv:${token}`)];
  },
  readerOf: (type) => OWN.get(type) ?? BRIDGED.get(type.slice(type.indexOf(":") + 1)),
};

/** Types of pulumi/pulumi-hyperv. */
const OWN: ReadonlyMap<string, FactReader> = new Map<string, FactReader>([
  ["hyperv:machine:Machine", pulumiHyperv.readMachine],
  ["hyperv:vhdfile:VhdFile", pulumiHyperv.readVhdFile],
  ["hyperv:virtualswitch:VirtualSwitch", pulumiHyperv.readVirtualSwitch],
  ["hyperv:networkadapter:NetworkAdapter", pulumiHyperv.readNetworkAdapter],
]);

/** Types of providers from Terraform, without the package. */
const BRIDGED: ReadonlyMap<string, FactReader> = new Map<string, FactReader>([
  ["index/machineInstance:MachineInstance", taliesins.readMachineInstance],
  ["index/networkSwitch:NetworkSwitch", taliesins.readNetworkSwitch],
  ["index/vhd:Vhd", readVhd],
  ["index/vm:Vm", readVm],
  ["index/virtualSwitch:VirtualSwitch", windsorcli.readVirtualSwitch],
]);

/** Both providers have a `hyperv_vhd`; only windsorcli's has sizes and sources by these names. */
function readVhd(resource: DeclaredResource, sink: FactSink): void {
  const { properties } = resource;
  const isWindsorcli = "sizeBytes" in properties || "sourcePath" in properties || "blockSizeBytes" in properties;
  (isWindsorcli ? windsorcli : taliesins).readVhd(resource, sink);
}

/** Other providers have a `Vm` too: of windsorcli/hyperv is one that has processors and memory as objects. */
function readVm(resource: DeclaredResource, sink: FactSink): void {
  const { properties } = resource;
  if ("cpu" in properties || typeof properties["memory"] === "object") windsorcli.readVm(resource, sink);
}
