import { PolicyPack } from "@pulumi/policy";
import { toPolicies } from "./lib/rules/policy-pack";
import { RULES, undecided } from "./policies";

// Making the pack starts its server: this file is what `--policy-pack` loads, and nothing else imports it.
new PolicyPack("hyperv-guard", {
  displayName: "hyperv-guard",
  description: "Microsoft's support statements and best practices for Hyper-V and Exchange on Hyper-V.",
  policies: toPolicies(RULES, undecided),
});
