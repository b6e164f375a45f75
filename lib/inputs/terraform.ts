import { nameInUrn, type DeclaredProvider, type DeclaredResource } from "../estate/declared";
import { UNKNOWN, type Plain } from "../estate/plain";
import { isRecord } from "../text/collections";
import { count } from "../text/words";
import { InputError, jsonObject, type Input } from "./input";
import { childAddress, listIn, ModuleInstances, recordIn, textIn } from "./terraform-modules";
import { References, resourceName, type ResourceInstance } from "./terraform-references";
import { readValue, readValues } from "./terraform-values";

const WHAT = "a plan or a state as `terraform show -json` or `tofu show -json` writes it";

/** The versions of the format that are read, by their first number. */
const VERSIONS: readonly string[] = ["0", "1"];

/** A resource as Terraform plans or has it. */
interface PlannedResource extends ResourceInstance {
  readonly address: string;
  readonly type: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What happens to a resource, by its address. */
type Changes = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/**
 * Reads a plan or a state of Terraform or OpenTofu: what there will be once it is carried out, or what there is. Types and
 * properties keep the names that Terraform has for them; a type has the form that Pulumi gives to what is in a module of
 * Terraform.
 * @param file what to tell its resources by from those of other files
 * @throws InputError for a text that is neither
 */
export function readTerraform(text: string, file = ""): Input {
  refuseOtherFormats(text);
  const whole = jsonObject(text, WHAT);
  const isPlan = isRecord(whole["planned_values"]);
  const version = textIn(whole, "format_version");
  if (version === undefined) throw new InputError(otherJson(whole));
  if (!VERSIONS.includes(version.split(".")[0] ?? "")) {
    throw new InputError(`is of version ${version.slice(0, 20)} of the format; 0 and 1 are read`);
  }
  const changes = changesIn(whole);
  const values = isPlan ? whole["planned_values"] : whole["values"];
  const planned = resourcesIn(recordIn(values, "root_module"), file).filter(({ address }) => stays(changes, address));
  const configuration = recordIn(whole, "configuration");
  const references = new References(new ModuleInstances(configuration), planned, unreadData(changes));
  const providers = new Providers(configuration, file);
  const resources = planned.map((resource) => declared(resource, changes, references, providers));
  const partial = isPlan ? missing(whole, changes) : undefined;
  return partial === undefined ? { resources } : { resources, partial };
}

/** What people may take for it: the binary plan, and the messages of `terraform plan -json`. */
function refuseOtherFormats(text: string): void {
  if (text.startsWith("PK")) {
    throw new InputError("is a plan in Terraform's own format: write it with `terraform show -json PLAN`");
  }
  if (/^\s*\{"@level"/.test(text)) {
    throw new InputError(
      "has the messages of `terraform plan -json`: save the plan with `terraform plan -out=PLAN`, and write it with " +
        "`terraform show -json PLAN`",
    );
  }
}

function otherJson(whole: Readonly<Record<string, unknown>>): string {
  return "lineage" in whole || "terraform_version" in whole
    ? "is a state in Terraform's own format: write it with `terraform show -json`"
    : `is not ${WHAT}: it has no format_version`;
}

function changesIn(whole: Readonly<Record<string, unknown>>): Changes {
  return new Map(
    listIn(whole, "resource_changes").flatMap((change): [string, Readonly<Record<string, unknown>>][] => {
      const address = textIn(change, "address");
      // What an earlier replacement has left behind has the address of what replaces it.
      return address === undefined || !isRecord(change) || "deposed" in change ? [] : [[address, change]];
    }),
  );
}

function stays(changes: Changes, address: string): boolean {
  const actions = listIn(recordIn(changes.get(address), "change"), "actions");
  return actions.length === 0 || !actions.every((action) => action === "delete" || action === "forget");
}

/** Data sources that are read when the plan is carried out. */
function unreadData(changes: Changes): ReadonlySet<string> {
  const unread = new Set<string>();
  for (const change of changes.values()) {
    const [type, name] = [textIn(change, "type"), textIn(change, "name")];
    if (change["mode"] === "data" && type !== undefined && name !== undefined) {
      unread.add(childAddress(textIn(change, "module_address") ?? "", resourceName("data", type, name)));
    }
  }
  return unread;
}

/** The managed resources of all modules: a stack, since modules may be nested however deep. */
function resourcesIn(root: Readonly<Record<string, unknown>>, file: string): readonly PlannedResource[] {
  const found = new Map<string, PlannedResource>();
  const modules: unknown[] = [root];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    const address = textIn(module, "address") ?? "";
    for (const raw of listIn(module, "resources")) {
      const resource = plannedResource(raw, address, file);
      if (resource !== undefined) found.set(resource.urn, resource);
    }
    for (const child of listIn(module, "child_modules")) if (isRecord(child)) modules.push(child);
  }
  return [...found.values()];
}

function plannedResource(raw: unknown, module: string, file: string): PlannedResource | undefined {
  const [type, name] = [textIn(raw, "type"), textIn(raw, "name")];
  if (!isRecord(raw)) return undefined;
  if (type === undefined || name === undefined) throw new InputError(`is not ${WHAT}: a resource has no type or name`);
  if ((textIn(raw, "mode") ?? "managed") !== "managed" || "deposed_key" in raw) return undefined;
  const { index } = raw;
  const key = typeof index === "string" || typeof index === "number" ? `[${JSON.stringify(index)}]` : "";
  const resource = resourceName("managed", type, name);
  const address = textIn(raw, "address") ?? childAddress(module, `${resource}${key}`);
  return { urn: urnOf(file, type, address), module, resource, key, address, type, raw };
}

/** In the form of Pulumi's: colons in an address must not look like those between the parts. */
function urnOf(file: string, type: string, address: string): string {
  return `urn:terraform:${plain(file)}::terraform::${plain(type)}::${plain(address)}`;
}

function plain(text: string): string {
  return text.replaceAll("::", ":%3A");
}

function declared(
  instance: PlannedResource,
  changes: Changes,
  references: References,
  providers: Providers,
): DeclaredResource {
  const { urn, address, type, raw } = instance;
  const change = recordIn(changes.get(address), "change");
  const { properties, secrets } = readValues(raw["values"], {
    unknown: change["after_unknown"],
    sensitive: [raw["sensitive_values"], change["after_sensitive"]],
  });
  const provider = providers.of(textIn(references.configurationOf(instance), "provider_config_key"));
  return {
    urn,
    type: `terraform:tf:${type}`,
    name: address,
    properties,
    dependencies: [],
    propertyDependencies: references.dependencies(instance),
    ...(provider === undefined ? {} : { provider }),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}

/** The providers of a configuration. A state does not tell them. */
class Providers {
  private readonly read = new Map<string, DeclaredProvider>();

  constructor(
    private readonly configuration: Readonly<Record<string, unknown>>,
    private readonly file: string,
  ) {}

  of(key: string | undefined): DeclaredProvider | undefined {
    if (key === undefined) return undefined;
    let provider = this.read.get(key);
    if (provider === undefined) {
      provider = this.providerOf(key);
      this.read.set(key, provider);
    }
    return provider;
  }

  private providerOf(key: string): DeclaredProvider {
    const configured = recordIn(recordIn(this.configuration, "provider_config"), key);
    const type = `pulumi:providers:${textIn(configured, "name") ?? key}`;
    const urn = urnOf(this.file, type, key);
    return { urn, type, name: nameInUrn(urn), host: hostOf(configured) };
  }
}

/**
 * Only the host is read: other properties hold credentials. An expression is not in the plan, only what it refers to: where
 * it is no plain text, the host is as good as not declared.
 */
function hostOf(configured: Readonly<Record<string, unknown>>): Plain {
  const host = readValue(recordIn(recordIn(configured, "expressions"), "host")["constant_value"]);
  return host === UNKNOWN ? null : host;
}

/** Why a plan has not everything; undefined where it has. */
function missing(whole: Readonly<Record<string, unknown>>, changes: Changes): string | undefined {
  if (whole["errored"] === true) return "the plan has failed before it was complete.";
  const deferred = listIn(whole, "deferred_changes").length;
  if (deferred > 0) return `${count(deferred, "change")} of the plan must wait for a later one.`;
  const prior = recordIn(recordIn(recordIn(whole, "prior_state"), "values"), "root_module");
  const formerly = new Set([...changes.values()].map((change) => textIn(change, "previous_address")));
  const left = resourcesIn(prior, "").filter(({ address }) => !changes.has(address) && !formerly.has(address)).length;
  if (left > 0) {
    return `${count(left, "resource")} that ${left === 1 ? "exists is" : "exist are"} not in the plan, as with -target.`;
  }
  return whole["complete"] === false ? "the plan is not complete, as with -target." : undefined;
}
