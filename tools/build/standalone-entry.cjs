"use strict";

// What the standalone pack starts with. PolicyPack would read its version from a package.json in the working directory,
// which one file alone does not have beside it; the server that it starts takes the version as it is.

/** @typedef {(name: string, version: string, level: string, args: object) => void} Serve */
const { serve } = /** @type {{ serve: Serve }} */ (/** @type {unknown} */ (require("@pulumi/policy/server")));
const { version } = require("../../package.json");
const { endWithEngine } = require("../../lib/pack/engine-watch");
const { hypervGuard } = require("../../policy-pack");

endWithEngine();
serve("hyperv-guard", version, "advisory", hypervGuard());
