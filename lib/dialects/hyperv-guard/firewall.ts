import type { DeclaredResource } from "../../estate/declared";
import { TRANSPORTS, type Opening } from "../../estate/model";
import { EVERY_PORT, resolvePorts } from "../../estate/ports";
import type { Reader } from "../../estate/reader";
import { known, orDefault, type Origin } from "../../estate/value";
import type { FactSink } from "../dialect";
import { readName, readerFor } from "./component";

const END = "the name or address of a computer, a range of addresses, internet, intranet, or * for all";

export function readFirewall(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const allow = reader.list("allow", readOpening);
  const deny = reader.list("deny", readOpening);
  sink.firewall({
    kind: "firewall",
    urn: resource.urn,
    ...readName(reader, resource),
    from: reader.required(reader.text("from"), END),
    to: reader.required(reader.text("to"), END),
    // What only denies lets the rest through.
    allow: orDefault(allow, deny.state === "absent" ? [] : [everything(allow.origin)]),
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

function everything(origin: Origin): Opening {
  return { protocol: known("any", origin), ports: known([known(EVERY_PORT, origin)], origin) };
}
