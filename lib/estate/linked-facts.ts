import type {
  Cluster,
  ClusterNetwork,
  GuestAdapter,
  HostAdapter,
  VirtualDisk,
  VirtualMachine,
  VirtualSwitch,
} from "./model";
import type { Value, Values } from "./value";

/*
 * What dialects hand over where the facts of one thing stand in several resources: a disk in a resource of its own, the
 * sizing of a virtual machine in a template, its tags in the machine that it extends. Joins puts them together before the
 * estate is built, so that rules see complete disks, adapters and machines.
 */

/** The facts of an entity by name, without their states and without what is not a fact. */
export type FactsOf<T> = {
  [K in keyof T as T[K] extends Value<unknown> ? K : never]: T[K] extends Value<infer U> ? U : never;
};

/** The things that may have facts in a resource of their own, and which. */
export interface LinkedKinds {
  readonly disk: FactsOf<VirtualDisk>;
  readonly adapter: FactsOf<GuestAdapter>;
  readonly virtualMachine: FactsOf<VirtualMachine>;
  readonly availabilitySet: { readonly name: string };
  readonly storageContainer: { readonly storagePath: string };
  readonly clusterNetwork: FactsOf<ClusterNetwork>;
}

export type LinkedKind = keyof LinkedKinds;

/** Points to a resource that holds facts of the one that refers to it. */
export interface Reference<F> {
  /** What that resource may be called, the surest key first; lib/estate/keys.ts makes them. */
  readonly keys: Value<readonly string[]>;
  /** The property that the reference stands in: while the keys are not known, its dependencies lead to the resource. */
  readonly property: string;
  /** The types of resources, in the words of the dialect, that it may point to: others that the property depends on it does not mean. */
  readonly targetTypes?: readonly string[];
  /**
   * The facts that the other resource has, which are unknown while it is not known which one it is. Without this they
   * are whatever it has, and nothing is missed while it is not found.
   */
  readonly gives?: readonly (keyof F)[];
  /** Further facts that the other resource may have; nothing is missed while it is not found. */
  readonly mayGive?: readonly (keyof F)[];
}

/** An entity some facts of which may stand in other resources; of several that have one the first counts. */
export interface Linked<F> {
  readonly references?: readonly Reference<F>[];
}

/** Facts that stand in a resource for others to refer to. */
export interface LinkedFacts<F> extends Linked<F> {
  readonly urn: string;
  readonly keys: readonly string[];
  /** The type of the resource in the words of the dialect, where references tell types apart. */
  readonly targetType?: string;
  readonly facts: Partial<Values<F>>;
  /** Whether commands set these facts, in a machine that is there: what it is declared with may not be what it has then. */
  readonly isChange?: true;
  /** What holds as long as nothing else is declared. */
  readonly defaults?: Partial<Values<F>>;
  /** Where the resource is the machine or the disk itself, and not what it is made of: what that is called. */
  readonly names?: readonly string[];
}

export type LinkedFactsOf<K extends LinkedKind> = LinkedFacts<LinkedKinds[K]>;

/** All facts that stand in resources of their own, by what they are of. */
export type LinkedFactLists = { readonly [K in LinkedKind]: readonly LinkedFactsOf<K>[] };

export function emptyLinkedFactLists(): { readonly [K in LinkedKind]: LinkedFactsOf<K>[] } {
  return { disk: [], adapter: [], virtualMachine: [], availabilitySet: [], storageContainer: [], clusterNetwork: [] };
}

/** A computer that a provider works on: a host, declared as one or not. */
export interface Computer {
  /** The resource that names it: the provider, as a rule. */
  readonly urn: string;
  readonly name: Value<string>;
  /** Id of its host version, where that is declared. */
  readonly hostVersion?: string;
  /** Its memory, where that is declared. */
  readonly memoryMB?: Value<number>;
  /** DNS name of its Active Directory domain, where that is declared. */
  readonly domain?: Value<string>;
  /** Its address in the management network, where that is declared. */
  readonly address?: Value<string>;
}

export type LinkedDisk = VirtualDisk & Linked<LinkedKinds["disk"]>;
export type LinkedAdapter = GuestAdapter & Linked<LinkedKinds["adapter"]>;
export type LinkedAvailabilitySet = Values<LinkedKinds["availabilitySet"]> & Linked<LinkedKinds["availabilitySet"]>;

/** A virtual machine as a dialect reads it, before anything is joined. */
export interface LinkedVirtualMachine
  extends Omit<VirtualMachine, "disks" | "networkAdapters">, Linked<LinkedKinds["virtualMachine"]> {
  readonly disks: Value<readonly LinkedDisk[]>;
  readonly networkAdapters: Value<readonly LinkedAdapter[]>;
  /** Availability sets whose names may stand in resources of their own; used when `availabilitySets` is absent. */
  readonly sets?: Value<readonly LinkedAvailabilitySet[]>;
  /** The container of its configuration, used when `storagePath` is absent. */
  readonly storageContainer?: Values<LinkedKinds["storageContainer"]> & Linked<LinkedKinds["storageContainer"]>;
  /** Where it runs, unless `host` is declared. */
  readonly computer?: Computer | undefined;
  /** Whether its resource creates nothing: another one may create the machine, and this one adds facts. */
  readonly createsNothing?: boolean;
  /** True for a machine that is not part of the estate unless the settings have facts of it. */
  readonly isForeign?: boolean;
}

/** A cluster as a dialect reads it. */
export interface LinkedCluster extends Cluster {
  /** Its nodes, where they need not be declared as hosts. */
  readonly computers?: Value<readonly Computer[]>;
}

/** A virtual switch that is a resource of its own. */
export interface LinkedSwitch {
  readonly computer: Computer;
  readonly virtualSwitch: VirtualSwitch;
}

/** An adapter of a host that a resource of its own declares. */
export interface LinkedHostAdapter {
  readonly computer: Computer;
  readonly adapter: HostAdapter;
}
