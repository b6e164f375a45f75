/** A resource of a plan, by what the tests tell of it. */
export interface TerraformResource {
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The key of its instance. */
  readonly index?: string | number;
  /** Address of the instance of its module, as in `module.a["x"].module.b`. */
  readonly module?: string;
  readonly mode?: string;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly expressions?: Readonly<Record<string, unknown>>;
  readonly forEach?: unknown;
  readonly provider?: string;
  readonly actions?: readonly string[];
}

/** What the configuration of a plan has beside its resources. */
export interface TerraformConfiguration {
  readonly providers?: Readonly<Record<string, unknown>>;
  /** By the path of a module, as in `a.b`: what calls it, and what it gives. */
  readonly calls?: Readonly<Record<string, { readonly call?: object; readonly outputs?: object }>>;
}

/** A reference as Terraform writes it: what is referred to, and each part of it that is something by itself. */
export function references(...all: readonly string[]): { readonly references: readonly string[] } {
  return { references: all };
}

export function addressOf({ type, name, index, module, mode }: TerraformResource): string {
  const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
  const own = `${mode === "data" ? "data." : ""}${type}.${name}${key}`;
  return module === undefined ? own : `${module}.${own}`;
}

/** A plan as `terraform show -json` writes it. */
export function plan(
  resources: readonly TerraformResource[],
  configuration: TerraformConfiguration = {},
  more: object = {},
): string {
  const gone = (resource: TerraformResource): boolean => resource.actions?.every((one) => one === "delete") === true;
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.9.8",
    planned_values: { root_module: moduleOf(resources.filter((one) => !gone(one))) },
    resource_changes: resources.map(changeOf),
    configuration: {
      provider_config: configuration.providers ?? {},
      root_module: configurationOf(resources, configuration, ""),
    },
    ...more,
  });
}

/** A state as `terraform show -json` writes it. */
export function state(resources: readonly TerraformResource[]): string {
  return JSON.stringify({ format_version: "1.0", values: { root_module: moduleOf(resources) } });
}

/** All modules are children of the root here: their addresses tell how deep they are. */
function moduleOf(resources: readonly TerraformResource[]): object {
  const modules = [...new Set(resources.flatMap(({ module }) => module ?? []))];
  return {
    resources: resources.filter(({ module }) => module === undefined).map(valuesOf),
    child_modules: modules.map((address) => ({
      address,
      resources: resources.filter(({ module }) => module === address).map(valuesOf),
    })),
  };
}

function valuesOf(resource: TerraformResource): object {
  const { type, name, index, values, mode = "managed", sensitive = {} } = resource;
  return { address: addressOf(resource), mode, type, name, index, values, sensitive_values: sensitive };
}

function changeOf(resource: TerraformResource): object {
  const { type, name, index, module, values, mode = "managed", unknown = {}, actions = ["create"] } = resource;
  return {
    address: addressOf(resource),
    module_address: module,
    mode,
    type,
    name,
    index,
    change: { actions, before: null, after: values, after_unknown: unknown, after_sensitive: resource.sensitive ?? {} },
  };
}

function configurationOf(
  resources: readonly TerraformResource[],
  configuration: TerraformConfiguration,
  path: string,
): object {
  const own = resources.filter(({ module }) => pathOf(module) === path);
  const paths = new Set([...resources.map(({ module }) => pathOf(module)), ...Object.keys(configuration.calls ?? {})]);
  const below = [...paths].filter((one) => one !== path && (path === "" || one.startsWith(`${path}.`)));
  const names = new Set(below.map((one) => one.slice(path === "" ? 0 : path.length + 1).split(".")[0] ?? ""));
  return {
    resources: own.map(({ type, name, mode = "managed", expressions = {}, forEach, provider }) => ({
      address: `${type}.${name}`,
      mode,
      type,
      name,
      provider_config_key: provider,
      expressions,
      for_each_expression: forEach,
    })),
    outputs: configuration.calls?.[path]?.outputs,
    module_calls: Object.fromEntries(
      [...names].map((name) => {
        const child = path === "" ? name : `${path}.${name}`;
        const call = configuration.calls?.[child]?.call ?? {};
        return [name, { ...call, module: configurationOf(resources, configuration, child) }];
      }),
    ),
  };
}

function pathOf(module = ""): string {
  return [...module.matchAll(/module\.([^.[\]]+)/g)].map(([, name]) => name).join(".");
}
