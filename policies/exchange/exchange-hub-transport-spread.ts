import type { VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { roleSpread } from "./shared/role-spread";

/** Not all Hub Transport servers are on one host, or can move to one. */
export const exchangeHubTransportSpread = defineRule<VirtualMachine>({
  name: "exchange-hub-transport-spread",
  title: "Hub Transport on more than one host",
  subject: "exchange",
  level: "recommended",
  enforcement: "mandatory", // what the product promises to stop, though the document only recommends
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "When that host fails, no mail is delivered, not even between mailboxes on one server.",
  fix: "Place the Hub Transport servers on different hosts; in a cluster, give two of them a common anti-affinity class name.",
  sources: ["exchange-2010-best-practices"],
  tags: ["availability", "placement"],
  ...roleSpread("hubTransport", "hubTransportSpread"),
});
