import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workplace } from "./workplace";

const HOST = {
  type: "hyperv-guard:index:Host",
  properties: {
    operatingSystem: "Windows Server 2022",
    processors: { sockets: 2, coresPerSocket: 32, threadsPerCore: 2 },
    memoryMB: 262144,
  },
};

function machine(processorCount: number, more: object = {}) {
  return {
    type: "hyperv-guard:index:VirtualMachine",
    properties: { host: "hv1", guestOs: "Windows Server 2019", processorCount, memoryMB: 4096, ...more },
  };
}

describe("the exit codes, with the real engine", () => {
  it("U7: tell apart what blocks, what is used wrongly and what did not run", async () => {
    const place = await new Workplace().open({ hv1: HOST, app1: machine(64) });
    assert.equal((await place.run("preview")).code, 0);
    place.declare({ hv1: HOST, app1: machine(65) });
    assert.equal((await place.run("preview")).code, 1);
    assert.equal((await place.run("fix")).code, 1);
    assert.equal((await place.run("preview", "--bogus")).code, 2);
    for (const command of ["preview", "check", "fix", "baseline"]) {
      const { code, out, error } = await place.run(command, "--stack", "none");
      assert.deepEqual([code, out], [3, []], command);
      assert.match(error, /no stack named 'none' found/);
    }
  });

  it("U4: come with the diagnostics of a program in YAML that has a wrong type, and nothing else", async () => {
    const place = await new Workplace().open({ hv1: HOST, app1: machine(64, { memoryMB: "many" }) });
    const { code, out, error } = await place.run("preview");
    assert.deepEqual([code, out], [3, []]);
    assert.match(error, /memoryMB: Cannot assign type 'string' to type 'number'/);
    assert.equal(error.match(/Cannot assign type/g)?.length, 1);
    assert.doesNotMatch(error, /Previewing|Policies:|✅|\\u001b|Resources:/);
  });

  it("U4: come with the words of check-config for a configuration that cannot be used", async () => {
    const place = await new Workplace().open({ hv1: HOST });
    const file = join(place.folder, "wrong.json");
    for (const text of ["{", "[]", '{ "all": "off" }', '{ "vmm-ports": { "enforcementLevel": "warning" } }']) {
      writeFileSync(file, text);
      const [word = ""] = (await place.run("check-config", "wrong.json")).out;
      for (const command of ["preview", "check", "fix", "baseline"]) {
        const { code, out, error } = await place.run(command, "--config", "wrong.json");
        assert.deepEqual([code, out], [2, []], `${command} ${text}`);
        assert.ok(error.endsWith(`${word}\n`), error);
        assert.ok(error.startsWith("hyperv-guard: "), error);
      }
    }
    const { code, error } = await place.run("preview", "--config", "none.json");
    assert.equal(code, 2);
    assert.match(error, /none\.json cannot be read: there is no such file or folder\n$/);
  });
});
