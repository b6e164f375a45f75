import { PolicyPack } from "@pulumi/policy";
import { endWithEngine } from "./lib/pack/engine-watch";
import { hypervGuard } from "./policy-pack";

// Making the pack starts its server: this file is what `--policy-pack` loads, and nothing else imports it.
endWithEngine();
new PolicyPack("hyperv-guard", hypervGuard());
