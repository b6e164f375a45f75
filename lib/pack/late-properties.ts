import { AnalyzeRequest, AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { SECRET } from "../inputs/pulumi-values";
import { readStruct, wireFields, type WireObject } from "./wire-format";

/*
 * Requests of the engine whose properties are decoded when somebody asks for them. Most of the time that the policy server
 * spends on a request goes into properties: of resources that no policy looks at, and then again and again, once for each
 * policy that it calls. Here nothing is decoded for the former, and for the latter once.
 *
 * The bytes of the properties are cut out, and the official decoder reads the rest, so that a request has all that it would
 * have. Whoever asks the properties for more than their values gets the official decoder's as well.
 */

/** Field numbers of pulumi/analyzer.proto, the same in AnalyzeRequest and in AnalyzerResource. */
const PROPERTIES = 2;
const RESOURCES = 1;

/** The first bytes of properties without an entry: the tag, and a length of zero. */
const NO_PROPERTIES = Buffer.from([(PROPERTIES << 3) | 2, 0]);

type WithProperties = AnalyzeRequest | AnalyzerResource;

const withoutSecrets = new WeakSet<object>();

/** False for a resource that has no secret anywhere, which is known without decoding it. */
export function mayHoldSecrets(resource: object): boolean {
  return !withoutSecrets.has(resource);
}

/** @throws RangeError where the bytes are no such request */
export function readAnalyzeRequest(bytes: Buffer): AnalyzeRequest {
  return withLateProperties(bytes, (rest) => AnalyzeRequest.deserializeBinary(rest));
}

/** @throws RangeError where the bytes are no such request */
export function readAnalyzeStackRequest(bytes: Buffer): AnalyzeStackRequest {
  const fields = wireFields(bytes);
  const resources = fields
    .filter(({ number }) => number === RESOURCES)
    .map(({ content, end }) =>
      withLateProperties(bytes.subarray(content, end), (rest) => AnalyzerResource.deserializeBinary(rest)),
    );
  const others = fields.filter(({ number }) => number !== RESOURCES);
  const rest = Buffer.concat(others.map(({ start, end }) => bytes.subarray(start, end)));
  const request = AnalyzeStackRequest.deserializeBinary(rest);
  request.setResourcesList(resources);
  return request;
}

function withLateProperties<R extends WithProperties>(bytes: Buffer, decode: (bytes: Uint8Array) => R): R {
  const [properties, ...more] = wireFields(bytes).filter(({ number }) => number === PROPERTIES);
  // Of parts of one message in several fields, which nobody sends, the official decoder makes one.
  if (properties === undefined || more.length > 0) return decode(bytes);
  const message = decode(
    Buffer.concat([bytes.subarray(0, properties.start), NO_PROPERTIES, bytes.subarray(properties.end)]),
  );
  const struct = message.getProperties();
  if (struct === undefined) return decode(bytes);
  let values: WireObject | undefined;
  struct.toJavaScript = () => (values ??= readStruct(bytes.subarray(properties.content, properties.end)));
  const none = struct.getFieldsMap();
  struct.getFieldsMap = () => decode(bytes).getProperties()?.getFieldsMap() ?? none;
  if (!bytes.includes(SECRET)) withoutSecrets.add(message);
  return message;
}
