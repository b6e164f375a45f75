import assert from "node:assert/strict";
import {
  AnalyzeRequest,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { readAnalyzeRequest, readAnalyzeStackRequest } from "../../../lib/pack/late-properties";

const PROPERTIES: Record<string, JavaScriptValue> = { name: "vm1", disks: [{ sizeGB: 60 }], tags: {} };

function filled<R extends AnalyzeRequest | AnalyzerResource>(request: R, properties?: Struct): R {
  request.setType("a:b:C");
  request.setUrn("urn:pulumi:test::kit::a:b:C::vm1");
  request.setName("vm1");
  request.setOptions(new AnalyzerResourceOptions().setParent("urn:parent"));
  const provider = new AnalyzerProviderResource().setUrn("urn:provider").setProperties(Struct.fromJavaScript({ a: 1 }));
  request.setProvider(provider);
  request.setProperties(properties);
  return request;
}

function bytesOf(message: { serializeBinary(): Uint8Array }): Buffer {
  return Buffer.from(message.serializeBinary());
}

describe("requests with late properties", () => {
  for (const [what, properties] of [
    ["properties", Struct.fromJavaScript(PROPERTIES)],
    ["properties without an entry", new Struct()],
    ["no properties", undefined],
  ] as const) {
    it(`have all that the official decoder reads, with ${what}`, () => {
      const request = filled(new AnalyzeRequest(), properties);
      const read = readAnalyzeRequest(bytesOf(request));
      assert.deepEqual(read.getProperties()?.toJavaScript(), properties?.toJavaScript());
      assert.deepEqual(read.toObject(), request.toObject());
      assert.deepEqual(bytesOf(read), bytesOf(request));
    });
  }

  it("have all that the official decoder reads of a stack", () => {
    const one = filled(new AnalyzerResource(), Struct.fromJavaScript(PROPERTIES));
    one.setParent("urn:parent").setDependenciesList(["urn:1", "urn:2"]);
    const request = new AnalyzeStackRequest().setResourcesList([one, filled(new AnalyzerResource())]);
    const read = readAnalyzeStackRequest(bytesOf(request));
    assert.deepEqual(read.toObject(), request.toObject());
    assert.deepEqual(bytesOf(read), bytesOf(request));
    assert.deepEqual(readAnalyzeStackRequest(Buffer.alloc(0)).getResourcesList(), []);
  });

  it("decode the properties once, however many policies ask", () => {
    const read = readAnalyzeRequest(bytesOf(filled(new AnalyzeRequest(), Struct.fromJavaScript(PROPERTIES))));
    const values = read.getProperties()?.toJavaScript();
    assert.deepEqual(values, PROPERTIES);
    assert.equal(read.getProperties()?.toJavaScript(), values);
  });

  it("are read by the official decoder when they come in two parts, which nobody sends", () => {
    const parts = [filled(new AnalyzeRequest(), Struct.fromJavaScript({ a: 1 })), new AnalyzeRequest()];
    parts[1]?.setProperties(Struct.fromJavaScript({ b: 2 }));
    const read = readAnalyzeRequest(Buffer.concat(parts.map(bytesOf)));
    const official = AnalyzeRequest.deserializeBinary(Buffer.concat(parts.map(bytesOf)));
    assert.deepEqual(read.toObject(), official.toObject());
  });

  it("refuse bytes that are no request", () => {
    assert.throws(() => readAnalyzeRequest(Buffer.from([0x12, 9, 1])), RangeError);
    assert.throws(() => readAnalyzeStackRequest(Buffer.from([0x0a, 3, 0x12, 9, 1])), RangeError);
  });
});
