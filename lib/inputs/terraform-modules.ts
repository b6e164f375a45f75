import { isRecord } from "../text/collections";

/** An instance of a module, as in `module.servers["mbx1"]`; the root module has an empty address. */
export interface ModuleInstance {
  readonly address: string;
  /** As in `["mbx1"]` and `[0]`; empty where the call has neither `for_each` nor `count`. */
  readonly key: string;
  /** Its part of the configuration, empty where the file has none. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** What calls it; absent for the root module. */
  readonly caller?: { readonly module: ModuleInstance; readonly call: Readonly<Record<string, unknown>> };
}

/** No honest configuration nests modules deeper. */
const MAXIMUM_DEPTH = 50;

const STEP = /module\.([^.[\]]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.|$)/y;

/** The instances of modules of a configuration, each made once. */
export class ModuleInstances {
  private readonly made = new Map<string, ModuleInstance>();
  private readonly root: ModuleInstance;

  constructor(configuration: unknown) {
    this.root = { address: "", key: "", configuration: recordIn(configuration, "root_module") };
  }

  /** The instance of an address; of one that cannot be read, as far as it can. */
  at(address: string): ModuleInstance {
    let found = this.made.get(address);
    if (found === undefined) {
      found = this.find(address);
      this.made.set(address, found);
    }
    return found;
  }

  private find(address: string): ModuleInstance {
    let module = this.root;
    STEP.lastIndex = 0;
    for (let depth = 0; depth < MAXIMUM_DEPTH; depth++) {
      const step = STEP.exec(address);
      if (step === null) break;
      const [, name = "", key = ""] = step;
      const calls = recordIn(module.configuration, "module_calls");
      const call = recordIn(calls, name);
      module = {
        address: childAddress(module.address, `module.${name}${key}`),
        key,
        configuration: recordIn(call, "module"),
        caller: { module, call },
      };
      if (STEP.lastIndex >= address.length) break;
    }
    STEP.lastIndex = 0;
    return module;
  }
}

export function childAddress(module: string, name: string): string {
  return module === "" ? name : `${module}.${name}`;
}

/** The object of a name in another; an empty one where there is none. */
export function recordIn(container: unknown, name: string): Readonly<Record<string, unknown>> {
  if (!isRecord(container) || !Object.hasOwn(container, name)) return {};
  const value = container[name];
  return isRecord(value) ? value : {};
}

/** The list of a name in an object; an empty one where there is none. */
export function listIn(container: unknown, name: string): readonly unknown[] {
  const value = isRecord(container) && Object.hasOwn(container, name) ? container[name] : undefined;
  return Array.isArray(value) ? value : [];
}

export function textIn(container: unknown, name: string): string | undefined {
  const value = isRecord(container) && Object.hasOwn(container, name) ? container[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
