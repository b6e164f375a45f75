/** What the user sets for the whole pack: in the configuration of the policy `estate`, or as options of it. */
export interface PackSettings {
  /** The day for which lifecycles and the expiry of exemptions are judged, as in 2026-11-22; today by default. */
  readonly asOf?: string;
  /** The dated list of rules that judge, as in "2026.1"; all rules by default. */
  readonly profile?: string;
  /** Whether findings come with why it matters and the document's title, one line each; false by default. */
  readonly details?: boolean;
  /** Facts about resources whose type has no property for them. */
  readonly classify?: readonly Classification[];
  /** Hosts that no component declares: the inputs of the Host component. */
  readonly hosts?: readonly NamedInputs[];
  /** Clusters that no component declares: the inputs of the Cluster component. */
  readonly clusters?: readonly NamedInputs[];
  /** Findings that are known and accepted, each for a time and a reason. */
  readonly exemptions?: readonly Exemption[];
  /** Rules whose findings nobody may exempt here, in addition to those that can never be exempted. */
  readonly notExemptible?: readonly string[];
}

/** The inputs of a component that is declared in the settings; nothing but the settings can name it. */
export type NamedInputs = Readonly<Record<string, unknown>> & { readonly name: string };

/** A finding that is known and accepted for a time: it is listed as exempted, and does not block. */
export interface Exemption {
  /** The exact name of the rule. */
  readonly rule: string;
  /** A pattern for the resource's name or URN. */
  readonly resource: string;
  /**
   * Only the finding at this property path, with elements of lists by name or position, as in `disks["logs"].type`; empty for
   * the one about the resource as a whole; every finding of the rule on the resource by default.
   */
  readonly property?: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it holds, as in 2027-01-31. */
  readonly expires: string;
  /** Who has approved it. */
  readonly approvedBy?: string;
  /** Patterns for `stack` or `project/stack`; every stack by default. */
  readonly stacks?: readonly string[];
}

/** Facts for the resources that it matches. */
export interface Classification {
  /** Patterns that must all match; at least one. */
  readonly match: { readonly name?: string; readonly type?: string; readonly tags?: Readonly<Record<string, string>> };
  readonly host?: string;
  readonly cluster?: string;
  readonly guestOs?: string;
  readonly edition?: string;
  readonly architecture?: string;
  readonly secureBoot?: boolean;
  readonly secureBootTemplate?: string;
  readonly tpm?: boolean;
  readonly configurationVersion?: string;
  readonly processorCompatibility?: boolean;
  readonly nestedVirtualization?: boolean;
  /** What it does, such as `domain controller`. */
  readonly role?: readonly string[];
  /** A name that it shares with the machines that it must not be lost together with. */
  readonly group?: string;
  readonly antiAffinityClassNames?: readonly string[];
  readonly exchange?: {
    readonly version: string;
    readonly roles: readonly string[];
    readonly databaseAvailabilityGroup?: string;
  };
  /** Of disks: what it is for. */
  readonly purpose?: string;
  /** Of disks: the spindle group, volume or share that it is on. */
  readonly storage?: string;
}
