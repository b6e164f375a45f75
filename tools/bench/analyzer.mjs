import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { root } from "../paths.mjs";

// The SDK's own copy, which the client's classes come with.
const sdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
const grpc = /** @type {typeof import("@grpc/grpc-js")} */ (sdk("@grpc/grpc-js"));

/**
 * What a pack's process has used so far.
 * @typedef {object} Usage
 * @property {number} processor milliseconds of processor time
 * @property {number} memory most memory at a time, in MB
 */

/**
 * A pack in a process of its own, talked to as the engine does.
 * @typedef {object} RunningPack
 * @property {number} startUp milliseconds from the start of the process to its first answer
 * @property {(policy: string, properties: Record<string, string>) => Promise<void>} configure
 * @property {(request: import("@pulumi/pulumi/proto/analyzer_pb.js").AnalyzeRequest) => Promise<string[]>} analyze answers the findings
 * @property {(request: import("@pulumi/pulumi/proto/analyzer_pb.js").AnalyzeStackRequest) => Promise<string[]>} analyzeStack answers the findings
 * @property {() => Promise<Usage>} usage only of a pack that is watched
 * @property {() => Promise<void>} stop
 */

/**
 * @param {import("./packs.mjs").Pack} pack
 * @param {{ watched?: boolean }} [options] watched: with a probe in its process, which costs a little at the start
 * @returns {Promise<RunningPack>}
 */
export async function start({ file, args, folder }, { watched = false } = {}) {
  const start = performance.now();
  const child = launch(file, args, folder, watched);
  const client = new rpc.AnalyzerClient(`127.0.0.1:${await portOf(child)}`, grpc.credentials.createInsecure());
  await call((done) => client.getAnalyzerInfo(new empty.Empty(), done));
  const startUp = performance.now() - start;
  return {
    startUp,
    async configure(policy, properties) {
      const config = new analyzer.PolicyConfig();
      config.setEnforcementlevel(analyzer.EnforcementLevel.MANDATORY);
      config.setProperties(struct.Struct.fromJavaScript(properties));
      const request = new analyzer.ConfigureAnalyzerRequest();
      request.getPolicyconfigMap().set(policy, config);
      await call((done) => client.configure(request, done));
    },
    analyze: async (request) => findings(await call((done) => client.analyze(request, done))),
    analyzeStack: async (request) => findings(await call((done) => client.analyzeStack(request, done))),
    async usage() {
      child.send("usage");
      const [usage] = /** @type {[Usage]} */ (await once(child, "message"));
      return usage;
    },
    async stop() {
      client.close();
      const end = once(child, "close");
      child.kill();
      await end;
    },
  };
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {string} folder
 * @param {boolean} watched
 */
function launch(file, args, folder, watched) {
  const nobody = "127.0.0.1:1"; // the engine's address, which the packs do not use
  // Windows starts no file by its first line.
  const command = process.platform === "win32" ? [process.execPath, file] : [file];
  const probe = `--require=${JSON.stringify(join(root, "tools", "bench", "probe.cjs"))}`;
  const options = [process.env["NODE_OPTIONS"], watched ? probe : undefined].filter(Boolean).join(" ");
  const [program = file, ...before] = command;
  return spawn(program, [...before, nobody, ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: options },
    stdio: ["ignore", "pipe", "pipe", ...(watched ? [/** @type {const} */ ("ipc")] : [])],
    windowsHide: true,
  });
}

/**
 * The port that a pack prints when it is ready.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
function portOf(child) {
  return new Promise((resolve, reject) => {
    let complaint = "";
    child.stderr?.on("data", (/** @type {Buffer} */ data) => {
      complaint += data.toString();
    });
    if (child.stdout !== null) {
      createInterface(child.stdout).once("line", (line) => {
        resolve(Number(line));
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      reject(new Error(`the pack ended with ${code} before it was ready\n${complaint}`));
    });
  });
}

/**
 * @template T
 * @param {(done: (error: Error | null, answer: T) => void) => unknown} method
 * @returns {Promise<T>}
 */
function call(method) {
  return new Promise((resolve, reject) => {
    method((error, answer) => {
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}

/** @param {import("@pulumi/pulumi/proto/analyzer_pb.js").AnalyzeResponse} response */
function findings(response) {
  return response.getDiagnosticsList().map((diagnostic) => `${diagnostic.getPolicyname()}: ${diagnostic.getMessage()}`);
}
