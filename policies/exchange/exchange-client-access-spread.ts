import type { VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { roleSpread } from "./shared/role-spread";

/** Not all Client Access servers are on one host, or can move to one. */
export const exchangeClientAccessSpread = defineRule<VirtualMachine>({
  name: "exchange-client-access-spread",
  title: "Client Access on more than one host",
  subject: "exchange",
  level: "recommended",
  enforcement: "mandatory", // what the product promises to stop, though the document only recommends
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "When that host fails, no client can reach its mailbox, however many copies the databases have.",
  fix: "Place the Client Access servers on different hosts; in a cluster, give two of them a common anti-affinity class name.",
  sources: ["exchange-2010-best-practices", "exchange-2013-best-practices"],
  tags: ["availability", "placement"],
  ...roleSpread("clientAccess", "clientAccessSpread"),
});
