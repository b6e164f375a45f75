import assert from "node:assert/strict";
import { ComponentResource } from "@pulumi/pulumi";
import * as components from "../../../lib/components";
import * as samples from "./samples";

/** A component of the package, with a sample of all its inputs. */
interface Component {
  readonly name: string;
  readonly type: string;
  readonly sample: object;
  readonly create: () => ComponentResource;
}

const SAMPLES: ReadonlyMap<string, object> = new Map(Object.entries(samples));

export const COMPONENTS: readonly Component[] = Object.entries(components).map(([name, component]) => {
  const sample = SAMPLES.get(`${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  assert(sample !== undefined, `test/lib/components/samples.ts has no sample of ${name}`);
  const create = (): ComponentResource => {
    const created: unknown = Reflect.construct(component, ["r", sample]);
    assert(created instanceof ComponentResource);
    return created;
  };
  return { name, type: component.__pulumiType, sample, create };
});
