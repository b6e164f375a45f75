import type { Estate } from "../../lib/estate/estate";
import type { VirtualMachine } from "../../lib/estate/model";
import { gatherAll, map, type Value } from "../../lib/estate/value";
import type { Verdict } from "../../lib/rules/rule";

/**
 * The different versions of the hosts that may run the virtual machine: of every node of its cluster, or of its host.
 * While the other nodes are not known, the host that it is declared on is what can be judged.
 */
export function hostVersionsFor(vm: VirtualMachine, estate: Estate): Value<readonly string[]> {
  const nodes = estate.hostsOf(vm);
  const own = estate.hostOf(vm);
  const hosts = nodes.state === "unknown" && own.state === "known" ? map(own, (host) => [host]) : nodes;
  if (hosts.state === "absent") return map(vm.hostVersion, (version) => [version]);
  if (hosts.state === "unknown") return hosts;
  const versions = hosts.value.map(({ operatingSystem }) => operatingSystem);
  return map(gatherAll(versions, hosts.origin), (list) => [...new Set(list)]);
}

/** What is wrong on the first host version on which anything is: one finding for one problem. */
export function firstOf(hosts: readonly string[], judge: (host: string) => readonly Verdict[]): readonly Verdict[] {
  const verdicts = hosts.map(judge);
  const isWrong = (some: readonly Verdict[]): boolean => some.some(({ kind }) => kind === "violation");
  return verdicts.find(isWrong) ?? verdicts.find((some) => some.length > 0) ?? [];
}

export function generationOf(generation: number): 1 | 2 {
  return generation === 2 ? 2 : 1;
}
