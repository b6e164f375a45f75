import { declareMachines } from "../../lib/dialects/command/declare";
import type { FactSink } from "../../lib/dialects/dialect";
import { DIALECTS } from "../../lib/dialects/read-estate";
import { DISK_TAGS, MACHINE_TAGS } from "../../lib/dialects/tags";
import type { DeclaredResource } from "../../lib/estate/declared";
import type { Reference } from "../../lib/estate/linked-facts";
import { isDefault, isValue } from "../../lib/estate/value";
import { markdownTable } from "../../lib/text/markdown";
import { SAMPLES, type Sample } from "./dialect-samples";

/**
 * docs/dialects.md: which facts are read from which property of which type. Every fact knows the property that it was read
 * from, so the page is what the readers do with a resource that has every property.
 */
export function dialectsDocument(): string {
  return [
    "<!-- Generated from lib/dialects; do not edit. -->",
    "# Resource types that are read",
    "Besides the [components](components.md) of this pack, these types are read into the one model that the rules judge. " +
      "What a resource is called is read too, from its name in Azure or the one of its machine. The types of azure-native are read in all their shapes: with a version of the interface in the module " +
      "(`azure-native:scvmm/v20240601:VirtualMachineInstance`), from a package for one version " +
      "(`azure-native_scvmm_v20240601:scvmm:VirtualMachineInstance`), and as the generic `azure-native:resources:Resource` " +
      "with the properties of Azure under `properties`. `azapi:index/resource:Resource` is read for the same types, " +
      "with the properties of Azure under `body.properties`.",
    "The types of the Terraform providers for Hyper-V are read under any name of the package: " +
      "`hyperv:index/machineInstance:MachineInstance` is one and the same as `lab:index/machineInstance:MachineInstance`. So are resources of a module of Terraform " +
      "(`lab:tf:hyperv_machine_instance`) and [plans of Terraform](terraform.md), where types and properties have " +
      "the names of Terraform.",
    "A fact that is not listed under a type is one that the type has no property for: no rule assumes anything about it. Declare it by a tag " +
      "where there is one, by an entry of [`classify`](classify.md) in the settings, which has the same facts as tags and needs no " +
      "change of the program, or by a `VirtualMachine` of this pack beside the resource, which has all of them. Hosts and " +
      "clusters are declared as components, or in the [settings](classify.md) too.",
    "[properties.md](properties.md) lists every property that the schemas of these types have: which are read, which are irrelevant " +
      "and why, and which are not read yet.",
    "## A component beside a resource",
    "A `VirtualMachine` of this pack and a resource that creates a machine are one machine where one is the parent of the other, " +
      "where the component takes its name from the resource, and where they have one name and are not known to be on different " +
      "hosts or in different clusters. The resource decides what is created; the component adds what its type has no property for: the " +
      "guest, what runs in it, what a disk is for. Where they differ, that is a finding of " +
      "[estate](rules/estate.md). Disks are found by `path`, else by `name`.",
    "## Tags",
    "Names of tags are case-insensitive. Virtual machines that extend a machine of Azure Arc take its tags.",
    markdownTable(["tag of a virtual machine", "meaning"], rowsOf(MACHINE_TAGS)),
    markdownTable(["tag of a virtual disk", "meaning"], rowsOf(DISK_TAGS)),
    "A host that only a tag or a provider names counts as a host of which nothing else is known.",
    ...SAMPLES.flatMap(section),
    "",
  ].join("\n\n");
}

function section(sample: Sample): readonly string[] {
  const { type, note } = sample;
  const { facts, missing } = factsOf(sample);
  const rows = facts.map(({ fact, path }) => [
    fact === "" ? "every fact that stands there" : `\`${fact}\``,
    path === "" ? "the type itself" : `\`${path}\``,
  ]);
  return [
    `## ${type}`,
    ...(note === undefined ? [] : [note]),
    markdownTable(["fact", "read from"], rows),
    ...(missing.length === 0 ? [] : [`Not in this type: ${missing.map((fact) => `\`${fact}\``).join(", ")}.`]),
  ];
}

interface FactSource {
  readonly fact: string;
  readonly path: string;
}

/** What the reader of a type finds in its sample, in order (an empty fact is every fact of another resource), and the facts of a virtual machine that it does not find. */
export function factsOf({ type, properties }: Sample): {
  readonly facts: readonly FactSource[];
  readonly missing: readonly string[];
} {
  const urn = `urn:pulumi:stack::project::${type}::sample`;
  const facts = new Map<string, FactSource>();
  const missing: string[] = [];
  const take = (entity: object): void => {
    collect(entity, "", (fact, path) => facts.set(`${fact} ${path}`, { fact, path: path.replace(/\[\d+\]/g, "[]") }));
  };
  const resource = { urn, type, name: "sample", properties, ...(isOfHyperV(type) ? { provider: PROVIDER } : {}) };
  read(resource, take, (vm) => {
    take(vm);
    const read = [...facts.values()].map(({ fact }) => fact);
    const isRead = (name: string): boolean => read.some((fact) => fact.split(/[.[]/)[0] === name);
    missing.push(...Object.entries(vm).flatMap(([name, fact]) => (isValue(fact) && !isRead(name) ? [name] : [])));
  });
  return { facts: [...new Map([...facts.values()].map((row) => [`${row.fact} ${row.path}`, row])).values()], missing };
}

function read(resource: DeclaredResource, take: (entity: object) => void, takeMachine: (vm: object) => void): void {
  const sink: FactSink = {
    add: (kind, entity) => {
      // A host that a tag names is a fact of its machine.
      if (kind === "computers") return;
      (kind === "virtualMachines" ? takeMachine : take)(entity);
    },
    link: (_, { facts, references }) => {
      take({ ...facts, references });
    },
    script: (machines) => {
      declareMachines(machines, sink);
    },
    notEvaluated: ({ origin }) => {
      throw new Error(`the sample of ${resource.type}: ${origin.path} is not evaluated`);
    },
    doubt: ({ origin }) => {
      throw new Error(`the sample of ${resource.type}: ${origin.path} makes facts unknown`);
    },
    unreadScript: ({ what }) => {
      throw new Error(`the sample of ${resource.type}: ${what.origin.path} is not read`);
    },
    problem: ({ path, problem }) => {
      throw new Error(`the sample of ${resource.type}: ${path} ${problem}`);
    },
  };
  for (const dialect of DIALECTS) dialect.readerOf(resource.type)?.(resource, sink);
}

/** The provider of samples whose type has no property for the host: the provider has it. */
const PROVIDER = {
  urn: "urn:pulumi:stack::project::pulumi:providers:hyperv::provider",
  type: "pulumi:providers:hyperv",
  name: "provider",
  host: "hv1",
};

function isOfHyperV(type: string): boolean {
  return type.startsWith("hyperv:");
}

/** These hold facts of the entity that they stand in. */
const TRANSPARENT = ["virtualSwitch", "adapter", "storageContainer"];
/** What the model calls otherwise, once everything is joined. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["sets", "availabilitySets"],
  ["computer", "host"],
]);

/** Every fact below a value, with the property that it was read from. */
function collect(value: unknown, fact: string, take: (fact: string, path: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, `${fact}[]`, take);
  } else if (isValue(value)) {
    if (value.state !== "known" || isDefault(value)) return;
    const { urn, path } = value.origin;
    if (!isEntities(value.value)) take(fact, urn === PROVIDER.urn ? `${path} of its provider` : path);
    collect(value.value, fact, take);
  } else if (isReference(value)) {
    const of = fact.replace(/\.?references\[\]$/, "");
    const path = `${value.keys.origin.path} → that resource`;
    if (value.gives === undefined) take(of, path);
    for (const given of value.gives ?? []) take(join(of, given), path);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      collect(inner, TRANSPARENT.includes(name) ? fact : join(fact, RENAMED.get(name) ?? name), take);
    }
  }
}

function join(fact: string, name: string): string {
  return fact === "" ? name : `${fact}.${name}`;
}

/** A list or an object of facts, each of which has a line of its own. */
function isEntities(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => isValue(item) || isEntities(item));
  return typeof value === "object" && value !== null && Object.values(value).some(isValue);
}

function isReference(value: unknown): value is Reference<Readonly<Record<string, unknown>>> {
  return typeof value === "object" && value !== null && "keys" in value && "property" in value;
}

function rowsOf(meanings: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  return Object.entries(meanings).map(([name, meaning]) => [`\`${name}\``, meaning]);
}
