import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SdkTypes } from "../../../tools/properties/sdk-properties";

/** A package as Pulumi generates them, with a resource of each form of property. */
const FILES = {
  "package.json": '{ "version": "1.2.3" }',
  "lab/machine.d.ts": `
export declare class Machine extends pulumi.CustomResource {
    static isInstance(obj: any): obj is Machine;
    readonly state: pulumi.Output<outputs.lab.StateResponse | undefined>;
    readonly disks: pulumi.Output<outputs.lab.DiskResponse[] | undefined>;
    constructor(name: string, args: MachineArgs, opts?: pulumi.CustomResourceOptions);
}
export interface MachineArgs {
    /** The disks. */
    disks?: pulumi.Input<pulumi.Input<inputs.lab.DiskArgs>[] | undefined>;
    names?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    parent?: pulumi.Input<inputs.lab.NodeArgs | undefined>;
    policy: pulumi.Input<inputs.lab.FixedArgs | inputs.lab.DynamicArgs>;
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}
`,
  "types/input.d.ts": `
export declare namespace other {
    interface DiskArgs {
        wrong?: pulumi.Input<string>;
    }
}
export declare namespace lab {
    /** A disk. */
    interface DiskArgs {
        path: pulumi.Input<string>;
        type?: pulumi.Input<string | enums.lab.DiskType | undefined>;
    }
    interface NodeArgs {
        name?: pulumi.Input<string>;
        parent?: pulumi.Input<inputs.lab.NodeArgs>;
    }
    interface FixedArgs {
        size?: pulumi.Input<number>;
    }
    interface DynamicArgs {
        maximum?: pulumi.Input<number>;
    }
}
`,
  "types/output.d.ts": `
export declare namespace lab {
    interface StateResponse {
        code: string;
        power: string;
    }
    interface DiskResponse {
        path: string;
        used?: number;
    }
}
`,
};

describe("the properties in an SDK", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sdk-"));
    mkdirSync(join(folder, "lab"));
    mkdirSync(join(folder, "types"));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("are those that go in and those that come out, as paths to the last one", () => {
    const sdk = new SdkTypes(folder);
    assert.equal(sdk.version, "1.2.3");
    assert.deepEqual(sdk.propertiesOf("lab", "Machine"), [
      "disks[].path",
      "disks[].type",
      "disks[].used",
      "names[]",
      "parent.name",
      // A type in itself ends there.
      "parent.parent",
      "policy.maximum",
      "policy.size",
      "state.code",
      "state.power",
      "tags",
    ]);
  });

  it("may be taken as a whole", () => {
    const paths = new SdkTypes(folder).propertiesOf("lab", "Machine", new Set(["state.*", "disks[].*"]));
    assert(paths.includes("state.*"));
    assert(paths.includes("disks[].*"));
    assert(!paths.includes("state.code"));
  });
});
