import assert from "node:assert/strict";
import { CallGate, type CallConditions } from "../../../lib/pack/call-gate";

interface Pass {
  readonly number: number;
  /** The policies that have work. */
  readonly work: readonly string[];
}

/** A gate with policies a, b and c, and a server that asks them as the official one does. */
class Server {
  /** What was called, with the pass that it was given. */
  readonly calls: string[] = [];
  passes = 0;
  private readonly policies: readonly { readonly name: string; readonly call: (request: string) => void }[];

  constructor(
    private readonly work: readonly string[] | undefined,
    conditions: (policy: string) => Partial<CallConditions<Pass>> = () => ({}),
  ) {
    const gate = new CallGate<Pass>();
    this.policies = ["a", "b", "c"].map((name) => {
      const call = (request: string): void => {
        const pass = gate.enter(() => this.begin());
        this.calls.push(`${request}: ${name} in ${pass === undefined ? "none" : String(pass.number)}`);
      };
      const hasWork = (pass: Pass): boolean => pass.work.includes(name);
      return { name, call: gate.guard(name, call, { hasWork, ...conditions(name) }) };
    });
  }

  /** One request to the policies that are enabled. */
  ask(request: string, enabled: readonly string[] = ["a", "b", "c"]): readonly string[] {
    this.calls.length = 0;
    for (const { name, call } of this.policies) {
      if (enabled.includes(name) && typeOf(call) === undefined) call(request);
    }
    return [...this.calls];
  }

  private begin(): Pass | undefined {
    this.passes++;
    return this.work === undefined ? undefined : { number: this.passes, work: this.work };
  }
}

/** The resource type that the server sees on the function of a policy. */
function typeOf(call: object): unknown {
  return Reflect.get(call, "__pulumiType");
}

describe("CallGate", () => {
  it("calls the first policy always, and of the others those with work, all in one pass", () => {
    const server = new Server(["c"]);
    assert.deepEqual(server.ask("1"), ["1: a in 1", "1: c in 1"]);
    assert.equal(server.passes, 1);
  });

  it("begins a new pass with every request", () => {
    const server = new Server(["b"]);
    server.ask("1");
    assert.deepEqual(server.ask("2"), ["2: a in 2", "2: b in 2"]);
    assert.deepEqual(server.ask("3"), ["3: a in 3", "3: b in 3"]);
    assert.equal(server.passes, 3);
  });

  it("calls only the first when the pass holds nothing", () => {
    const server = new Server(undefined);
    assert.deepEqual(server.ask("1"), ["1: a in none"]);
    assert.deepEqual(server.ask("2"), ["2: a in none"]);
    assert.equal(server.passes, 2);
  });

  it("takes the first enabled policy as the first", () => {
    const server = new Server(["c"]);
    assert.deepEqual(server.ask("1", ["b", "c"]), ["1: b in 1", "1: c in 1"]);
    assert.deepEqual(server.ask("2", ["b", "c"]), ["2: b in 2", "2: c in 2"]);
    assert.deepEqual(server.ask("3", ["c"]), ["3: c in 3"]);
    assert.deepEqual(server.ask("4", ["c"]), ["4: c in 4"]);
  });

  it("calls a policy without work that asks to be called, and one that never may not even first", () => {
    const always = new Server([], (policy) => ({ always: () => policy === "c" }));
    assert.deepEqual(always.ask("1"), ["1: a in 1", "1: c in 1"]);
    const never = new Server(["a", "b", "c"], () => ({ never: () => true, always: () => true }));
    assert.deepEqual(never.ask("1"), []);
    const notA = new Server(["a", "b"], (policy) => ({ never: () => policy === "a" }));
    assert.deepEqual(notA.ask("1"), ["1: b in 1"]);
    assert.deepEqual(notA.ask("2"), ["2: b in 2"]);
  });

  it("begins anew after a request that broke off before, or after, the pass began", () => {
    const gate = new CallGate<Pass>();
    let passes = 0;
    const begin = (): Pass => ({ number: ++passes, work: [] });
    const seen: (number | undefined)[] = [];
    const call = (): void => {
      seen.push(gate.enter(begin)?.number);
    };
    const policy = gate.guard("a", call, { hasWork: () => false });
    assert.equal(typeOf(policy), undefined); // asked, and never called: the server failed to decode
    assert.equal(typeOf(policy), undefined);
    policy();
    assert.equal(typeOf(policy), undefined);
    policy();
    assert.deepEqual(seen, [1, 2]);
  });

  it("calls not even the first without work, when the pass begins before", () => {
    let passes = 0;
    const gate = new CallGate<Pass>(() => ({ pass: { number: ++passes, work: passes === 2 ? ["b"] : [] } }));
    const calls: string[] = [];
    const policies = ["a", "b"].map((name) => {
      const call = (): void => {
        calls.push(`${name} in ${String(gate.enter(() => assert.fail("the pass has begun"))?.number)}`);
      };
      return gate.guard(name, call, { hasWork: ({ work }) => work.includes(name) });
    });
    for (let request = 1; request <= 3; request++) {
      for (const policy of policies) if (typeOf(policy) === undefined) policy();
    }
    assert.deepEqual(calls, ["b in 2"]);
    assert.equal(passes, 3);
  });

  it("shows the server a type that no resource has, when it must not call", () => {
    const gate = new CallGate<Pass>();
    const begin = (): Pass => ({ number: 1, work: [] });
    const first = gate.guard("a", () => gate.enter(begin), { hasWork: () => false });
    const second = gate.guard("b", () => undefined, { hasWork: () => false });
    assert.equal(typeOf(first), undefined);
    first();
    assert.equal(typeOf(second), "hyperv-guard: nothing to report");
  });

  it("hands on the arguments", () => {
    const seen: unknown[] = [];
    const gate = new CallGate<Pass>();
    const guarded = gate.guard("a", (...args: readonly unknown[]) => seen.push(...args), { hasWork: () => true });
    guarded(1, "b");
    assert.deepEqual(seen, [1, "b"]);
  });
});
