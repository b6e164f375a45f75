import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { Cluster, Host, VirtualMachine } from "../../../lib/components";
import { COMPONENTS } from "./component-list";
import { register } from "./recorder";

const smallHost = {
  operatingSystem: "Windows Server 2008 R2",
  processors: { sockets: 1, coresPerSocket: 4, threadsPerCore: 1 },
  memoryMB: 4096,
};
const smallMachine = { guestOs: "Windows 7", processorCount: 1, memoryMB: 1024 };

function secret(value: unknown): object {
  return { [specialSigKey]: specialSecretSig, value };
}

describe("the components", () => {
  describe("register every input, as inputs and as outputs", () => {
    for (const { type, sample, create } of COMPONENTS) {
      it(type, async () => {
        assert.deepEqual(await register(create), { type, inputs: sample, outputs: sample });
      });

      it(`${type} has a field for each`, async () => {
        let component: object = {};
        await register(() => {
          const created = create();
          component = created;
          return created;
        });
        const fields = new Map(Object.entries<unknown>({ ...component }));
        for (const [name, value] of Object.entries<unknown>({ ...sample })) {
          const field = fields.get(name);
          assert.ok(pulumi.Output.isInstance(field), name);
          assert.deepEqual(await valueOf(field), value, name);
        }
        assert.ok(pulumi.Output.isInstance(fields.get("secretInputs")));
      });
    }
  });

  it("take their name from the resource when none is declared", async () => {
    assert.equal((await register(() => new Host("host", smallHost))).outputs["name"], "host");
    assert.equal((await register(() => new Cluster("cluster", {}))).outputs["name"], "cluster");
    const machine = await register(() => new VirtualMachine("machine", smallMachine));
    assert.deepEqual(machine.inputs, { ...smallMachine, name: "machine" });
    // An output that another resource may leave empty: its type does not say so.
    const empty = pulumi.output<string | undefined>(undefined) as pulumi.Output<string>;
    assert.equal((await register(() => new Host("host", { ...smallHost, name: empty }))).outputs["name"], "host");
  });

  it("pass malformed values on, for the policy pack to report", async () => {
    // As a program in JavaScript, which no compiler checks, may have it.
    const args = { guestOs: 7, processorCount: "-1", memoryMB: null, disks: [null, "C:"], gues: "Windows 7" };
    const { inputs, outputs } = await register((): VirtualMachine => {
      const created: unknown = Reflect.construct(VirtualMachine, ["m", args]);
      assert.ok(created instanceof VirtualMachine);
      return created;
    });
    assert.deepEqual(inputs, { ...args, name: "m" });
    assert.deepEqual(outputs, { ...args, name: "m" });
  });

  describe("name the inputs that hold secrets", () => {
    it("none", async () => {
      const { inputs, outputs } = await register(() => new Host("h", smallHost));
      assert.ok(!("secretInputs" in inputs) && !("secretInputs" in outputs));
    });

    it("a secret value, and nothing else becomes secret", async () => {
      const { inputs, outputs } = await register(
        () => new VirtualMachine("m", { ...smallMachine, guestOs: pulumi.secret("hush"), edition: "Standard" }),
      );
      const expected = {
        ...smallMachine,
        guestOs: secret("hush"),
        edition: "Standard",
        name: "m",
        secretInputs: ["guestOs"],
      };
      assert.deepEqual(inputs, expected);
      assert.deepEqual(outputs, expected);
    });

    it("a secret name stays secret", async () => {
      const { outputs } = await register(() => new Cluster("c", { name: pulumi.secret("hush") }));
      assert.deepEqual(outputs, { name: secret("hush"), secretInputs: ["name"] });
    });

    it("secrets at any depth, by the name of the whole input", async () => {
      const { inputs } = await register(
        () =>
          new Host("h", {
            ...smallHost,
            memoryMB: pulumi.output(4096),
            networkAdapters: [{ name: "LAN", purpose: "management", team: pulumi.secret("hush") }],
            virtualSwitches: pulumi.output([
              { name: "S", type: "external", networkAdapters: [pulumi.secret("hush"), "LAN"] },
            ]),
          }),
      );
      assert.deepEqual(inputs["secretInputs"], ["networkAdapters", "virtualSwitches"]);
      assert.equal(inputs["memoryMB"], 4096);
    });

    it("that are unknown too", async () => {
      const { inputs } = await register(
        () => new VirtualMachine("m", { ...smallMachine, guestOs: pulumi.secret(unknown<string>()) }),
      );
      assert.deepEqual(inputs["secretInputs"], ["guestOs"]);
    });
  });

  describe("keep unknown values unknown, and only those", () => {
    it("inputs", async () => {
      const { inputs, outputs } = await register(
        () =>
          new VirtualMachine("m", {
            ...smallMachine,
            guestOs: unknown<string>(),
            disks: [{ name: "System", purpose: "operatingSystem", type: unknown<string>(), sizeGB: 60 }],
          }),
      );
      const disk = { name: "System", purpose: "operatingSystem", type: unknownValue, sizeGB: 60 };
      const expected = { ...smallMachine, guestOs: unknownValue, disks: [disk], name: "m" };
      assert.deepEqual(inputs, expected);
      assert.deepEqual(outputs, expected);
    });

    it("the name, instead of its default", async () => {
      const { outputs } = await register(() => new Host("h", { ...smallHost, name: unknown<string>() }));
      assert.equal(outputs["name"], unknownValue);
    });
  });
});

/** An output that only the deployment can tell, as the engine gives it during a preview. */
function unknown<T>(): pulumi.Output<T> {
  return pulumi.output(pulumi.unknown).apply((): T => assert.fail("an unknown value was read"));
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
