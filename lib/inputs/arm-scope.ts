import { isPlainObject, toPlain, UNKNOWN, type Plain } from "../estate/plain";
import type { SecretPlace } from "../estate/declared";
import { isRecord } from "../text/collections";
import { evaluateArmText, type ArmScope } from "./arm-expressions";

/** A parameter that is given from outside. */
export interface GivenValue {
  readonly value: Plain;
  readonly isSecret: boolean;
}

export type GivenValues = ReadonlyMap<string, GivenValue>;

type Unread = Readonly<Record<string, unknown>>;

/** How many values all expressions of a file may be evaluated to. */
export class Budget {
  constructor(private left = 1_000_000) {}

  /** Whether there was as much. */
  spend(amount: number): boolean {
    this.left -= amount;
    return this.left >= 0;
  }
}

/** No honest declaration is nested deeper. */
const DEEPEST = 32;
/** Azure takes no larger one. */
export const MOST_COPIES = 800;

const SECURE = /^secure(?:string|object)$/i;

/** What the expressions of one template see: its parameters, its variables, and the copies that are being made. */
export class TemplateScope implements ArmScope {
  private readonly found = new Map<string, GivenValue>();
  private readonly busy = new Set<string>();
  private readonly copies: { readonly name: string; readonly index: number }[] = [];
  private readonly parameters: Unread;
  private readonly variables: Unread;
  /** Whether the value that is being evaluated holds a secret. */
  private isSecret = false;

  constructor(
    template: Unread,
    private readonly given: GivenValues,
    private readonly budget: Budget,
  ) {
    this.parameters = lowerKeys(template["parameters"]);
    this.variables = lowerKeys(template["variables"]);
  }

  lookUp(name: string, [first, second]: readonly Plain[]): Plain | undefined {
    if (name === "copyindex") return this.copyIndex(first, second);
    if (name !== "parameters" && name !== "variables") return undefined;
    if (typeof first !== "string") return UNKNOWN;
    const { value, isSecret } = this.named(name, first.toLowerCase());
    this.isSecret ||= isSecret;
    return value;
  }

  /** Runs something within a copy. */
  inCopy<T>(name: string, index: number, run: () => T): T {
    this.copies.push({ name: name.toLowerCase(), index });
    const value = run();
    this.copies.pop();
    return value;
  }

  /** A value of the template with its expressions evaluated; what of it is secret is added to the list. */
  value(raw: unknown, secrets: SecretPlace[] = [], path = "", depth = 0): Plain {
    if (depth > DEEPEST || !this.budget.spend(1)) return UNKNOWN;
    if (typeof raw === "string") return this.text(raw, secrets, path);
    if (Array.isArray(raw)) {
      return raw.map((item: unknown, index) => this.value(item, secrets, `${path}[${String(index)}]`, depth + 1));
    }
    if (!isRecord(raw)) return toPlain(raw);
    const copied = Array.isArray(raw["copy"]) ? this.copiedProperties(raw["copy"], secrets, path, depth) : undefined;
    const own = Object.entries(raw).filter(([key]) => copied === undefined || key !== "copy");
    return Object.fromEntries([
      ...own.map(([key, item]) => [key, this.value(item, secrets, path === "" ? key : `${path}.${key}`, depth + 1)]),
      ...(copied ?? []),
    ]) as Record<string, Plain>;
  }

  private text(raw: string, secrets: SecretPlace[], path: string): Plain {
    const { value, isSecret } = this.apart(() => evaluateArmText(raw, this));
    if (isSecret) {
      secrets.push({ path, value });
      this.isSecret = true;
    }
    return typeof value === "object" && value !== null && !this.budget.spend(JSON.stringify(value).length / 8)
      ? UNKNOWN
      : value;
  }

  /** `copy: [{ name, count, input }]` among properties makes a list of the name. */
  private copiedProperties(
    copies: readonly unknown[],
    secrets: SecretPlace[],
    path: string,
    depth: number,
  ): readonly (readonly [string, Plain])[] {
    return copies.filter(isRecord).flatMap((copy): readonly (readonly [string, Plain])[] => {
      const { name } = copy;
      if (typeof name !== "string") return [];
      const inner = path === "" ? name : `${path}.${name}`;
      const count = this.value(copy["count"]);
      if (typeof count !== "number" || count > MOST_COPIES) return [[name, UNKNOWN]];
      const items = Array.from({ length: Math.max(0, Math.trunc(count)) }, (_, index) =>
        this.inCopy(name, index, () => this.value(copy["input"], secrets, `${inner}[${String(index)}]`, depth + 1)),
      );
      return [[name, items]];
    });
  }

  private copyIndex(first: Plain | undefined, second: Plain | undefined): Plain {
    const wanted = typeof first === "string" ? first.toLowerCase() : undefined;
    const copy = this.copies.findLast(({ name }) => wanted === undefined || name === wanted);
    const offset = typeof first === "number" ? first : typeof second === "number" ? second : 0;
    return copy === undefined ? UNKNOWN : copy.index + offset;
  }

  private named(kind: "parameters" | "variables", name: string): GivenValue {
    const key = `${kind} ${name}`;
    const known = this.found.get(key);
    if (known !== undefined) return known;
    if (this.busy.has(key) || this.busy.size > DEEPEST) return { value: UNKNOWN, isSecret: false };
    this.busy.add(key);
    const found = kind === "parameters" ? this.parameter(name) : this.variable(name);
    this.busy.delete(key);
    this.found.set(key, found);
    return found;
  }

  private parameter(name: string): GivenValue {
    const declared = this.parameters[name];
    const { type, defaultValue } = isRecord(declared) ? declared : {};
    const isSecure = typeof type === "string" && SECURE.test(type);
    const given = this.given.get(name);
    if (given !== undefined) return { value: given.value, isSecret: given.isSecret || isSecure };
    if (defaultValue === undefined) return { value: UNKNOWN, isSecret: isSecure };
    const found = this.apart(() => this.value(defaultValue));
    return { value: found.value, isSecret: found.isSecret || isSecure };
  }

  private variable(name: string): GivenValue {
    const copies = this.variables["copy"];
    const copy = Array.isArray(copies)
      ? copies.filter(isRecord).find((one) => typeof one["name"] === "string" && one["name"].toLowerCase() === name)
      : undefined;
    if (copy !== undefined) {
      return this.apart(() => {
        const all = this.value({ copy: [copy] });
        return isPlainObject(all) ? (Object.values(all)[0] ?? UNKNOWN) : UNKNOWN;
      });
    }
    if (!Object.hasOwn(this.variables, name)) return { value: UNKNOWN, isSecret: false };
    return this.apart(() => this.value(this.variables[name]));
  }

  /** What one value alone holds of secrets, whatever is being evaluated around it. */
  private apart(evaluate: () => Plain): GivenValue {
    const before = this.isSecret;
    this.isSecret = false;
    const value = evaluate();
    const { isSecret } = this;
    this.isSecret = before;
    return { value, isSecret };
  }
}

function lowerKeys(value: unknown): Unread {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item]))
    : {};
}
