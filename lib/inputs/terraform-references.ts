import { append, isRecord } from "../text/collections";
import { childAddress, listIn, recordIn, textIn, type ModuleInstance, type ModuleInstances } from "./terraform-modules";

/** An instance of a resource in a plan. */
export interface ResourceInstance {
  readonly urn: string;
  /** Address of the instance of the module that it is in. */
  readonly module: string;
  /** Type and name, as in `azapi_resource.nic`; `data.` comes first for a data source. */
  readonly resource: string;
  /** As in `["mbx1"]` and `[0]`; empty where the resource has neither `for_each` nor `count`. */
  readonly key: string;
}

/** What an expression stands in: a module, and an instance of a resource or of a call in it. */
interface Scope {
  readonly module: ModuleInstance;
  readonly key: string;
  /** How many instances the resource or the call has. */
  readonly count: number;
  /** The configuration of the resource or of the call. */
  readonly owner: Readonly<Record<string, unknown>>;
}

/** What was followed already, by the configuration of what it stands in. */
type Visited = Map<Scope["owner"], Set<string>>;

/** More resources than any value is made of: beyond, it is not asked which of them one is. */
const MOST = 500;
const MAXIMUM_DEPTH = 32;

/** Thrown where a value may come from something that the plan does not list. */
class UnlistedError extends Error {}

/** Finds out of which resources the values of a resource are made, by the references in the configuration. */
export class References {
  /** By the address of a resource, its instances by their keys. */
  private readonly instances = new Map<string, Map<string, ResourceInstance>>();
  /** Those of a module and of the modules below it, up to one more than are ever asked for. */
  private readonly inModule = new Map<string, ResourceInstance[]>();
  /** The keys of the instances of a module, by the address of its call. */
  private readonly calls = new Map<string, Set<string>>();
  private readonly resources = new Map<ModuleInstance["configuration"], ReadonlyMap<string, Scope["owner"]>>();

  /** @param unread data sources that are read when the plan is carried out: what they will give is not in it */
  constructor(
    private readonly modules: ModuleInstances,
    all: readonly ResourceInstance[],
    private readonly unread: ReadonlySet<string>,
  ) {
    for (const instance of all) {
      const address = childAddress(instance.module, instance.resource);
      const ofResource = this.instances.get(address) ?? new Map<string, ResourceInstance>();
      this.instances.set(address, ofResource.set(instance.key, instance));
      for (
        let module: ModuleInstance | undefined = modules.at(instance.module);
        module !== undefined;
        module = module.caller?.module
      ) {
        if ((this.inModule.get(module.address)?.length ?? 0) <= MOST) append(this.inModule, module.address, instance);
        this.addCall(module);
      }
    }
  }

  private addCall({ address, key }: ModuleInstance): void {
    const call = address.slice(0, address.length - key.length);
    const keys = this.calls.get(call);
    if (keys === undefined) this.calls.set(call, new Set([key]));
    else keys.add(key);
  }

  /** The configuration of a resource, with the module that it is in. */
  configurationOf({ module, resource }: ResourceInstance): Readonly<Record<string, unknown>> {
    return this.ownersIn(this.modules.at(module)).get(resource) ?? {};
  }

  /** By property, the URNs of the resources that its value is made of. */
  dependencies(instance: ResourceInstance): Readonly<Record<string, readonly string[]>> {
    const owner = this.configurationOf(instance);
    const count = this.instances.get(childAddress(instance.module, instance.resource))?.size ?? 0;
    const scope = { module: this.modules.at(instance.module), key: instance.key, count, owner };
    return Object.fromEntries(
      Object.entries(recordIn(owner, "expressions")).flatMap(([property, expression]) => {
        const urns = this.urnsIn(expression, scope).filter((urn) => urn !== instance.urn);
        return urns.length === 0 ? [] : [[property, urns]];
      }),
    );
  }

  private urnsIn(expression: unknown, scope: Scope): readonly string[] {
    const found = new Map<string, ResourceInstance>();
    try {
      this.collect(expression, scope, found, new Map());
    } catch (error) {
      if (error instanceof UnlistedError) return [];
      throw error;
    }
    return [...found.keys()];
  }

  private collect(
    expression: unknown,
    scope: Scope,
    found: Map<string, ResourceInstance>,
    visited: Visited,
    depth = 0,
  ): void {
    if (depth > MAXIMUM_DEPTH) throw new UnlistedError();
    if (Array.isArray(expression)) {
      for (const item of expression) this.collect(item, scope, found, visited, depth + 1);
    } else if (isRecord(expression)) {
      const { references } = expression;
      if (Array.isArray(references)) this.collectReferences(references, scope, found, visited, depth);
      else {
        for (const [name, inner] of Object.entries(expression)) {
          if (name !== "constant_value") this.collect(inner, scope, found, visited, depth + 1);
        }
      }
    }
  }

  private collectReferences(
    references: readonly unknown[],
    scope: Scope,
    found: Map<string, ResourceInstance>,
    visited: Visited,
    depth: number,
  ): void {
    const texts = references.filter((reference) => typeof reference === "string");
    const whole = wholeReferences(texts);
    const followsKey = whole.some((reference) => /^(each\.(key|value)|count\.index)$/.test(reference));
    for (const reference of whole) {
      if (isVisited(reference, scope, visited)) continue;
      this.follow(reference, scope, followsKey, (expression, where) => {
        this.collect(expression, where, found, visited, depth + 1);
      }).forEach((instance) => found.set(instance.urn, instance));
      if (found.size > MOST) throw new UnlistedError();
    }
  }

  /** The resources that a reference names itself; what else it leads to is handed to `next`. */
  private follow(
    reference: string,
    scope: Scope,
    followsKey: boolean,
    next: (expression: unknown, scope: Scope) => void,
  ): readonly ResourceInstance[] {
    const { module, owner } = scope;
    const [first = "", second = ""] = reference.split(".", 2);
    if (first === "each") next(owner["for_each_expression"], scope);
    else if (first === "var") this.followVariable(second, module, next);
    else if (first === "local") return this.everything(module, next);
    else if (first === "module") this.followModule(reference, scope, followsKey, next);
    else if (!OTHERS.has(first)) return this.instancesOf(reference, scope, followsKey);
    return [];
  }

  private followVariable(
    name: string,
    module: ModuleInstance,
    next: (expression: unknown, scope: Scope) => void,
  ): void {
    const variable = /^[^[\]]+/.exec(name)?.[0] ?? name;
    const scope = this.callOf(module);
    const expressions = recordIn(scope?.owner, "expressions");
    if (scope !== undefined && Object.hasOwn(expressions, variable)) next(expressions[variable], scope);
  }

  /** What the call of a module stands in; undefined for the root module. */
  private callOf({ address, key, caller }: ModuleInstance): Scope | undefined {
    if (caller === undefined) return undefined;
    const count = this.calls.get(address.slice(0, address.length - key.length))?.size ?? 0;
    return { module: caller.module, key, count, owner: caller.call };
  }

  /** A local value may be made of anything in its module: what it is made of is not in the plan. */
  private everything(
    module: ModuleInstance,
    next: (expression: unknown, scope: Scope) => void,
  ): readonly ResourceInstance[] {
    const all = this.inModule.get(module.address) ?? [];
    if (all.length > MOST) throw new UnlistedError();
    const scope = this.callOf(module);
    if (scope !== undefined) next(recordIn(scope.owner, "expressions"), scope);
    return all;
  }

  private followModule(
    reference: string,
    scope: Scope,
    followsKey: boolean,
    next: (expression: unknown, scope: Scope) => void,
  ): void {
    const [, name = "", key = "", output] = MODULE.exec(reference) ?? [];
    const call = childAddress(scope.module.address, `module.${name}`);
    const keys = this.calls.get(call) ?? new Set<string>();
    const isOwn = followsKey && keys.has(scope.key) && mayBeOwn(scope, keys.size);
    const chosen = key !== "" ? [key] : isOwn ? [scope.key] : [...keys];
    if (chosen.length > MOST) throw new UnlistedError();
    for (const one of chosen) {
      const module = this.modules.at(`${call}${one}`);
      const outputs = recordIn(module.configuration, "outputs");
      const expression = output === undefined ? outputs : recordIn(recordIn(outputs, output), "expression");
      next(expression, { module, key: "", count: 0, owner: module.configuration });
    }
  }

  private instancesOf(reference: string, scope: Scope, followsKey: boolean): readonly ResourceInstance[] {
    const [, resource = "", key = ""] = RESOURCE.exec(reference) ?? [];
    const address = childAddress(scope.module.address, resource);
    if (this.unread.has(address)) throw new UnlistedError();
    const all = this.instances.get(address) ?? new Map<string, ResourceInstance>();
    if (key !== "") return listOf(all.get(key));
    const own = followsKey && mayBeOwn(scope, all.size) ? all.get(scope.key) : undefined;
    if (own !== undefined) return [own];
    if (all.size > MOST) throw new UnlistedError();
    return [...all.values()];
  }

  private ownersIn({ configuration }: ModuleInstance): ReadonlyMap<string, Scope["owner"]> {
    let owners = this.resources.get(configuration);
    if (owners === undefined) {
      owners = new Map(
        listIn(configuration, "resources").flatMap((resource): readonly [string, Scope["owner"]][] => {
          const [type, name] = [textIn(resource, "type"), textIn(resource, "name")];
          if (type === undefined || name === undefined || !isRecord(resource)) return [];
          return [[resourceName(textIn(resource, "mode"), type, name), resource]];
        }),
      );
      this.resources.set(configuration, owners);
    }
    return owners;
  }
}

/** What holds no value of a resource. */
const OTHERS: ReadonlySet<string> = new Set(["count", "path", "terraform", "tofu", "self", ""]);
const KEY = String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`;
const MODULE = new RegExp(`^module\\.([^.[\\]]+)(${KEY})?(?:\\.([^.[\\]]+))?`);
const RESOURCE = new RegExp(`^((?:data\\.)?[^.[\\]]+\\.[^.[\\]]+)(${KEY})?`);

/** Whether what goes by the key may be meant. A number may be calculated with: it must be one of as many. */
function mayBeOwn({ key, count }: Scope, size: number): boolean {
  return !/^\[\d/.test(key) || count === size;
}

function listOf<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one];
}

function isVisited(reference: string, { module, key, owner }: Scope, visited: Visited): boolean {
  const visit = `${module.address} ${key} ${reference}`;
  const visits = visited.get(owner) ?? new Set<string>();
  visited.set(owner, visits);
  if (visits.has(visit)) return true;
  visits.add(visit);
  return false;
}

/** A reference with more behind it comes before those that it includes, as `a.b["c"].id`, `a.b["c"]`, `a.b`. */
function wholeReferences(references: readonly string[]): readonly string[] {
  let before = "";
  return references.filter((reference) => {
    const isPart = before.length > reference.length && before.startsWith(reference);
    before = reference;
    return !isPart;
  });
}

export function resourceName(mode: string | undefined, type: string, name: string): string {
  return `${mode === "data" ? "data." : ""}${type}.${name}`;
}
