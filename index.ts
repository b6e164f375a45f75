import { PolicyPack } from "@pulumi/policy";
import { hypervGuard } from "./policy-pack";

// Making the pack starts its server: this file is what `--policy-pack` loads, and nothing else imports it.
new PolicyPack("hyperv-guard", hypervGuard());
