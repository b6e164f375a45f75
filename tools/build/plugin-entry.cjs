"use strict";

// What the component plugin starts with.

require("../../lib/pack/engine-watch").endWithEngine();
require("../../lib/components/provider");
