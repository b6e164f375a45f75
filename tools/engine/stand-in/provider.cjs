// A stand-in for the provider plugins of other makers, so that programs that use their SDKs can be previewed where the
// plugins cannot be had. It knows no type and checks nothing: a preview gets back what the program declares, and all that
// the program does not declare stays unknown. It creates nothing and refuses to.
//
// The engine starts it under the name of the provider that it stands in for: pulumi-resource-<name>.

const { existsSync, readFileSync } = require("node:fs");
const path = require("node:path");
const grpc = require("@grpc/grpc-js");
const empty = require("google-protobuf/google/protobuf/empty_pb.js");
const services = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const plugin = require("@pulumi/pulumi/proto/plugin_pb.js");
const messages = require("@pulumi/pulumi/proto/provider_pb.js");

/** Later than any that a program asks for. */
const VERSION = "9999.0.0+stand-in";

const provider = path.basename(process.argv[1] ?? "", ".cjs").replace(/^pulumi-resource-/, "");

/** @param {() => unknown} answer */
const answering = (answer) => (/** @type {unknown} */ _call, /** @type {Callback} */ callback) => {
  callback(null, answer());
};

/** @typedef {(error: object | null, answer?: unknown) => void} Callback */

/** @type {(call: unknown, callback: Callback) => void} */
function refuse(_, callback) {
  const details = `this is hyperv-guard's stand-in for the provider ${provider}: it previews and creates nothing`;
  callback({ code: grpc.status.FAILED_PRECONDITION, details });
}

/** The engine sends resources before they exist with unknown values in them; they go back as they came. */
function echo(/** @type {any} */ { request }, /** @type {Callback} */ callback) {
  if (!request.getPreview()) {
    refuse(undefined, callback);
    return;
  }
  const response = new messages.CreateResponse();
  response.setProperties(request.getProperties());
  callback(null, response);
}

function check(/** @type {any} */ { request }, /** @type {Callback} */ callback) {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  callback(null, response);
}

/** Programs in YAML ask for the types; those of other languages have them in their SDKs. */
function schema() {
  const file = path.join(__dirname, "schemas", `${provider}.json`);
  const types = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { resources: {} };
  return { ...types, name: provider, version: VERSION };
}

const server = new grpc.Server();
server.addService(services.ResourceProviderService, {
  getPluginInfo: answering(() => {
    const info = new plugin.PluginInfo();
    info.setVersion(VERSION);
    return info;
  }),
  getSchema: answering(() => {
    const response = new messages.GetSchemaResponse();
    response.setSchema(JSON.stringify(schema()));
    return response;
  }),
  attach: answering(() => new empty.Empty()),
  cancel: answering(() => new empty.Empty()),
  checkConfig: check,
  diffConfig: answering(() => new messages.DiffResponse()),
  configure: answering(() => {
    const response = new messages.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setAcceptresources(true);
    response.setSupportspreview(true);
    response.setAcceptoutputs(false);
    return response;
  }),
  check,
  diff: answering(() => new messages.DiffResponse()),
  create: echo,
  read: refuse,
  update: refuse,
  delete: refuse,
  invoke: refuse,
  call: refuse,
  construct: refuse,
});

server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stderr.write(`${provider} is hyperv-guard's stand-in, which previews what is declared and creates nothing\n`);
  process.stdout.write(`${String(port)}\n`);
});
