import type { DeclaredResource } from "../../estate/declared";
import { TRANSPORTS, type Opening } from "../../estate/model";
import { resolvePorts } from "../../estate/ports";
import type { Reader } from "../../estate/reader";
import { orDefault } from "../../estate/value";
import type { FactSink } from "../dialect";
import { readName, readerFor } from "./component";

const END = "the name or address of a computer, a range of addresses, internet, intranet, or * for all";

export function readFirewall(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const allow = reader.list("allow", readOpening);
  const deny = reader.list("deny", readOpening);
  sink.add("firewalls", {
    kind: "firewall",
    urn: resource.urn,
    ...readName(reader, resource),
    from: reader.required(reader.text("from"), END),
    to: reader.required(reader.text("to"), END),
    // A firewall that only denies decides nothing else.
    allow: deny.state === "absent" ? orDefault(allow, []) : allow,
    deny: orDefault(deny, []),
  });
  reader.reportUnread();
}

function readOpening(reader: Reader): Opening {
  return {
    protocol: orDefault(reader.oneOf("protocol", TRANSPORTS, { "*": "any" }), "tcp"),
    ports: reader.required(reader.resolvedList("ports", resolvePorts), "the ports"),
  };
}
