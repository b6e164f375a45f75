import assert from "node:assert/strict";
import { engine } from "../engine";
import { Workplace } from "./workplace";

const CANARY = "quokka-77031";
const VERBOSE = ["--logtostderr", "--logflow", "-v=9"];

/** What the engine itself writes of every value that it sends to a plugin, secret or not. */
const OF_ENGINE = /"msg":"(?:M|Unm)arshaling property for RPC\[/;

describe("the logs of a preview with secrets", () => {
  const place = new Workplace();

  before(async () => {
    await place.open({
      hv1: {
        type: "hyperv-guard:index:Host",
        properties: {
          operatingSystem: "Windows Server 2022",
          processors: { sockets: 2, coresPerSocket: 8, threadsPerCore: 2 },
          memoryMB: 65536,
        },
      },
      app1: {
        type: "hyperv-guard:index:VirtualMachine",
        properties: {
          host: { "fn::secret": CANARY },
          guestOs: "Windows Server 2019",
          processorCount: 241,
          memoryMB: 4096,
        },
      },
    });
  });

  it("F1: the command shows none of them, nor what the engine logs", async () => {
    const { code, out, error } = await place.run("preview", "--details", "--", ...VERBOSE);
    assert.equal(code, 1, error);
    const shown = [...out, error].join("\n");
    assert.match(shown, /\[secret\]/);
    assert.ok(!shown.includes("quokka"), shown);
  });

  it("F1: the pack writes none of them, where the engine logs all that it can", async () => {
    const { defaultPack } = await import("../../tools/engine/preview-program.mjs");
    const { engineEnvironment } = await import("../../tools/engine/environment.mjs");
    const { run } = await import("../../tools/process.mjs");
    const env = engineEnvironment(engine(), place.backend);
    const args = ["preview", "--stack", "dev", "--cwd", place.folder, "--policy-pack", defaultPack, ...VERBOSE];
    const { stdout, stderr } = await run(engine(), args, { env, output: "capture" });
    assert.match(stdout, /\[secret\]/);
    const lines = `${stdout}\n${stderr}`.split("\n");
    assert.ok(
      lines.some((line) => line.includes("Analyze(")),
      "the engine logs what it asks the pack",
    );
    const telling = lines.filter((line) => line.includes("quokka"));
    assert.ok(telling.length > 0, "the engine shows secrets in its own logs");
    assert.deepEqual(
      telling.filter((line) => !OF_ENGINE.test(line)),
      [],
    );
  });
});
