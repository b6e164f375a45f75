import { nativeResource, type TemplateResource } from "../dialects/azure-native/template-types";
import type { DeclaredResource, SecretPlace } from "../estate/declared";
import { UNKNOWN, type Plain } from "../estate/plain";
import { isRecord } from "../text/collections";
import { Budget, MOST_COPIES, TemplateScope, type GivenValue, type GivenValues } from "./arm-scope";

type Unread = Readonly<Record<string, unknown>>;

/** What a template declares. */
export interface ArmResources {
  readonly resources: readonly DeclaredResource[];
  /** Why there may be more, once each. */
  readonly missing: readonly string[];
}

/** What a child resource takes from the one that it stands in. */
interface Parent {
  readonly type: string;
  readonly name: Plain;
  readonly isNameSecret: boolean;
}

const DEPLOYMENT = "microsoft.resources/deployments";
const MOST_RESOURCES = 50_000;
const DEEPEST = 16;

/** Beside the properties of a resource; all others steer the deployment. */
const AROUND = ["location", "tags", "extendedLocation", "kind"] as const;

/** @param file stands in the URNs, so that those of two templates differ */
export function armResources(template: Unread, given: GivenValues, file: string): ArmResources {
  const walk = new TemplateWalk(file);
  walk.template(template, given, 0);
  return { resources: walk.resources, missing: [...walk.missing] };
}

class TemplateWalk {
  readonly resources: DeclaredResource[] = [];
  readonly missing = new Set<string>();
  private readonly budget = new Budget();
  private readonly urns = new Set<string>();

  constructor(private readonly file: string) {}

  template(template: Unread, given: GivenValues, depth: number): void {
    this.list(template["resources"], new TemplateScope(template, given, this.budget), depth);
  }

  /** Resources are a list, or since version 2.0 of the language an object by symbolic names. */
  private list(resources: unknown, scope: TemplateScope, depth: number, parent?: Parent): void {
    if (depth > DEEPEST) {
      this.missing.add("resources are nested too deep");
      return;
    }
    const all: readonly unknown[] = Array.isArray(resources)
      ? resources
      : isRecord(resources)
        ? Object.values(resources)
        : [];
    for (const resource of all) {
      if (isRecord(resource) && resource["existing"] !== true) this.copies(resource, scope, depth, parent);
    }
  }

  private copies(resource: Unread, scope: TemplateScope, depth: number, parent: Parent | undefined): void {
    const { copy } = resource;
    if (!isRecord(copy)) {
      this.one(resource, scope, depth, parent);
      return;
    }
    const count = scope.value(copy["count"]);
    if (typeof count !== "number" || count > MOST_COPIES) {
      this.missing.add("the number of copies of a resource is not known without the deployment");
      return;
    }
    const name = typeof copy["name"] === "string" ? copy["name"] : "";
    for (let index = 0; index < count; index++) {
      scope.inCopy(name, index, () => {
        this.one(resource, scope, depth, parent);
      });
    }
  }

  private one(resource: Unread, scope: TemplateScope, depth: number, parent: Parent | undefined): void {
    const condition = "condition" in resource ? scope.value(resource["condition"]) : true;
    if (condition === false) return;
    const type = scope.value(resource["type"]);
    if (condition !== true) this.missing.add("the condition of a resource is not known without the deployment");
    else if (typeof type !== "string") this.missing.add("the type of a resource is not known without the deployment");
    else if (type.toLowerCase() === DEPLOYMENT) this.deployment(resource, scope, depth);
    else this.declared(resource, type, scope, depth, parent);
  }

  private declared(resource: Unread, type: string, scope: TemplateScope, depth: number, parent?: Parent): void {
    if (this.resources.length >= MOST_RESOURCES) {
      this.missing.add(`it has more than ${String(MOST_RESOURCES)} resources`);
      return;
    }
    const secrets: SecretPlace[] = [];
    const own = scope.value(resource["name"], secrets, "name");
    const isNameSecret = secrets.length > 0 || parent?.isNameSecret === true;
    const full = childOf(parent, type, own);
    const around = Object.fromEntries(
      AROUND.flatMap((key) => (key in resource ? [[key, scope.value(resource[key], secrets, key)] as const] : [])),
    );
    const properties = scope.value(resource["properties"], secrets);
    const scoped: Pick<TemplateResource, "scope"> =
      "scope" in resource ? { scope: scope.value(resource["scope"], secrets, "resourceUri") } : {};
    const declared: TemplateResource = { ...full, ...scoped, around, properties };
    const native = nativeResource(declared);
    const isSecret = isNameSecret || secrets.some(({ path }) => path === "resourceUri");
    const label = labelOf(full.name, isSecret, native.properties["resourceUri"]);
    this.resources.push({
      urn: this.urn(native.type, label),
      type: native.type,
      name: label,
      properties: native.properties,
      ...(secrets.length === 0 ? {} : { secrets: placed(secrets, native.properties) }),
    });
    this.list(resource["resources"], scope, depth + 1, { ...full, isNameSecret });
  }

  /** A template within the template: with expressions of its own, or with those of the one around it. */
  private deployment(resource: Unread, scope: TemplateScope, depth: number): void {
    const { properties } = resource;
    const template = isRecord(properties) ? properties["template"] : undefined;
    if (!isRecord(properties) || !isRecord(template) || depth > DEEPEST) {
      this.missing.add("a nested deployment is in another file");
      return;
    }
    const { expressionEvaluationOptions: options, parameters } = properties;
    const isInner = isRecord(options) && String(options["scope"]).toLowerCase() === "inner";
    if (isInner) this.template(template, givenValues(parameters, scope), depth + 1);
    else this.list(template["resources"], scope, depth + 1);
  }

  private urn(type: string, label: string): string {
    const urn = `urn:pulumi:template::${this.file}::${type}::${label}`;
    let free = urn;
    for (let count = 2; this.urns.has(free); count++) free = `${urn} ${String(count)}`;
    this.urns.add(free);
    return free;
  }
}

/** Values of parameters, as a file or a nested deployment gives them. What stands in a key vault is not known. */
export function givenValues(parameters: unknown, scope?: TemplateScope): GivenValues {
  const entries = isRecord(parameters) ? Object.entries(parameters) : [];
  return new Map(
    entries.map(([name, given]): [string, GivenValue] => {
      if (!isRecord(given) || !("value" in given)) return [name.toLowerCase(), { value: UNKNOWN, isSecret: true }];
      const secrets: SecretPlace[] = [];
      const value = (scope ?? LITERAL).value(given["value"], secrets);
      return [name.toLowerCase(), { value, isSecret: secrets.length > 0 }];
    }),
  );
}

/** Sees nothing: for what has no template around it. */
const LITERAL = new TemplateScope({}, new Map(), new Budget(Number.MAX_SAFE_INTEGER));

function childOf(parent: Parent | undefined, type: string, name: Plain): Pick<Parent, "type" | "name"> {
  // A child may also be written with its whole type.
  if (parent === undefined || (type.includes("/") && type.includes("."))) return { type, name };
  const isKnown = typeof parent.name === "string" && typeof name === "string";
  const whole: Plain = isKnown ? [parent.name, name].join("/") : UNKNOWN;
  return { type: `${parent.type}/${type}`, name: whole };
}

/** What the resource is called in messages: what extends another one is called as that. */
function labelOf(name: Plain, isSecret: boolean, scope: Plain | undefined): string {
  const shown = typeof scope === "string" ? scope.split("/").at(-1) : name;
  return typeof shown === "string" && shown !== "" && !isSecret ? shown.replaceAll("::", ":") : "(name not known)";
}

/** The name goes by another property in azure-native: what is secret is so wherever it stands. */
function placed(secrets: readonly SecretPlace[], properties: Readonly<Record<string, Plain | undefined>>) {
  return secrets.map((secret) => {
    if (secret.path !== "name") return secret;
    const key = Object.keys(properties).find((one) => properties[one] === secret.value);
    return key === undefined ? secret : { ...secret, path: key };
  });
}
