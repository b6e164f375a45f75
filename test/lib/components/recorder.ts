import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor, type Mocks } from "@pulumi/pulumi/runtime/mocks";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";

/** What a component sent to the engine, as it goes over the wire: with the marks of secrets and of unknown values. */
export interface Registered {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

interface Struct {
  toJavaScript(): Record<string, unknown>;
}
interface Request {
  getType(): string;
  getObject(): Struct;
}
interface OutputsRequest {
  getOutputs(): Struct;
}
type Reply = (error: unknown, response: unknown) => void;

const mocks: Mocks = {
  newResource: ({ inputs }: { inputs: object }) => ({ id: "", state: inputs }),
  call: () => ({}),
};

/** Creates one component in a mocked preview. */
export async function register(create: () => pulumi.ComponentResource): Promise<Registered> {
  await pulumi.runtime.setMocks(mocks, "project", "stack", true);
  const monitor: unknown = getMonitor();
  assert.ok(monitor instanceof MockMonitor);
  const registerResource = monitor.registerResource.bind(monitor);
  const registerResourceOutputs = monitor.registerResourceOutputs.bind(monitor);
  let type = "";
  let inputs: Record<string, unknown> = {};
  const outputs = new Promise<Record<string, unknown>>((resolve) => {
    monitor.registerResource = (request: Request, reply: Reply) => {
      type = request.getType();
      inputs = request.getObject().toJavaScript();
      return registerResource(request, reply);
    };
    monitor.registerResourceOutputs = (request: OutputsRequest, reply: Reply) => {
      registerResourceOutputs(request, reply);
      resolve(request.getOutputs().toJavaScript());
    };
  });
  create();
  return { outputs: await outputs, type, inputs };
}
