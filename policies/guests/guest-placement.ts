import type { Estate } from "../../lib/estate/estate";
import type { VirtualMachine } from "../../lib/estate/model";
import { gatherAll, map, type Value } from "../../lib/estate/value";
import type { Verdict } from "../../lib/rules/rule";

/** The different versions of the hosts that may run the virtual machine: of its host, or of every node of its cluster. */
export function hostVersionsFor(vm: VirtualMachine, estate: Estate): Value<readonly string[]> {
  const hosts = estate.hostsOf(vm);
  if (hosts.state !== "known") return hosts;
  const versions = hosts.value.map(({ operatingSystem }) => operatingSystem);
  return map(gatherAll(versions, hosts.origin), (list) => [...new Set(list)]);
}

/** What is wrong on the first host version on which anything is: one finding for one problem. */
export function firstOf(hosts: readonly string[], judge: (host: string) => readonly Verdict[]): readonly Verdict[] {
  for (const host of hosts) {
    const verdicts = judge(host);
    if (verdicts.length > 0) return verdicts;
  }
  return [];
}

export function generationOf(generation: number): 1 | 2 {
  return generation === 2 ? 2 : 1;
}
