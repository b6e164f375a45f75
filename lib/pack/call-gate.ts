/**
 * Lets the official policy server call only the policies that have something to say.
 *
 * For every policy that it calls, the server of @pulumi/policy decodes the properties of the resource, or of all
 * resources, again: forty policies over ten thousand resources spend four fifths of their time there. It leaves out,
 * before it decodes, a policy whose function carries the type of a resource that is not present (`__pulumiType`, which
 * `validateResourceOfType` sets). A gate answers that question anew at each request: those policies are called that the
 * pass over what is asked about has work for. Where the pass cannot begin before a policy is called, the first is called,
 * and begins it.
 *
 * Should two requests ever overlap, a policy is called without need or reads the resources itself: a gate may waste
 * time, and never loses a finding of the stack.
 */
export class CallGate<P> {
  /** The policies that the server has asked about in this request; none is asked about twice. */
  private readonly asked = new Set<string>();
  private state: BegunPass<P> | undefined;

  /** @param early begins the pass of the present request before a policy is called, where that can be */
  constructor(private readonly early: () => BegunPass<P> | undefined = () => undefined) {}

  /**
   * @param policy the policy's name
   * @param call what the server calls
   * @param conditions when the server is to call it
   */
  guard<A extends unknown[]>(
    policy: string,
    call: (...args: A) => void,
    conditions: CallConditions<P>,
  ): (...args: A) => void {
    const guarded = (...args: A): void => {
      call(...args);
    };
    Object.defineProperty(guarded, "__pulumiType", {
      get: () => (this.lets(policy, conditions) ? undefined : NOTHING_TO_REPORT),
    });
    return guarded;
  }

  /** The pass of the present request; begun by the first policy that is called. */
  enter(begin: () => P | undefined): P | undefined {
    this.state ??= { pass: begin() };
    return this.state.pass;
  }

  private lets(policy: string, conditions: CallConditions<P>): boolean {
    if (this.asked.has(policy)) {
      this.asked.clear();
      this.state = undefined;
    }
    this.asked.add(policy);
    if (conditions.never?.() === true) return false;
    this.state ??= this.early();
    if (this.state === undefined || conditions.always?.() === true) return true;
    return this.state.pass !== undefined && conditions.hasWork(this.state.pass);
  }
}

/** A pass that has begun; undefined in it where there is nothing to judge. */
export interface BegunPass<P> {
  readonly pass: P | undefined;
}

/** When a policy is called. */
export interface CallConditions<P> {
  /** Whether the policy has something to say in a pass. */
  hasWork(pass: P): boolean;
  /** Whether it is called even without. */
  always?(): boolean;
  /** Whether nobody has anything to say, whatever the request holds. */
  never?(): boolean;
}

/** A resource type that no resource has; the server shows it as the reason why a policy did not apply. */
const NOTHING_TO_REPORT = "hyperv-guard: nothing to report";
