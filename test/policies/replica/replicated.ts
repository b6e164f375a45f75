import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { host, relationship, vm } from "../../kit";

export const R2 = "Windows Server 2012 R2";
export const VERSIONS = ["2012", "2012 R2", "2016", "2019", "2022", "2025"].map(
  (version) => `Windows Server ${version}`,
);

/** What differs from vm1 on hv1 with a replica on hv2, both of Windows Server 2012 R2. */
export interface ReplicatedEstate {
  readonly primary?: PlainObject;
  readonly replica?: PlainObject;
  readonly machine?: PlainObject;
  readonly settings?: PlainObject;
  readonly more?: readonly DeclaredResource[];
}

/** A virtual machine on hv1 with a replica on hv2. */
export function replicated({
  primary,
  replica,
  machine,
  settings,
  more = [],
}: ReplicatedEstate = {}): readonly DeclaredResource[] {
  return [
    host("hv1", { operatingSystem: R2, ...primary }),
    host("hv2", { operatingSystem: R2, ...replica }),
    vm("vm1", { host: "hv1", ...machine }),
    relationship("r1", { virtualMachine: "vm1", primary: "hv1", replica: "hv2", ...settings }),
    ...more,
  ];
}

/** Both hosts with one version. */
export function both(operatingSystem: string): Pick<ReplicatedEstate, "primary" | "replica"> {
  return { primary: { operatingSystem }, replica: { operatingSystem } };
}

/** One host at each of two sites. */
export function sites(one: Plain, other?: Plain): Pick<ReplicatedEstate, "primary" | "replica"> {
  return { primary: { site: one }, replica: other === undefined ? {} : { site: other } };
}

export function disk(name: Plain, properties: PlainObject = {}): PlainObject {
  return { name, purpose: "data", type: "fixed", format: "VHDX", sizeGB: 10, ...properties };
}
