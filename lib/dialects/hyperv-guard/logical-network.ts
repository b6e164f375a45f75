import type { DeclaredResource } from "../../estate/declared";
import type { FactSink } from "../dialect";
import { readName, readerFor } from "./component";
import { readSubnet } from "./network-parts";

export function readLogicalNetwork(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  sink.add("logicalNetworks", {
    kind: "logicalNetwork",
    urn: resource.urn,
    ...readName(reader, resource),
    customLocation: reader.text("customLocation"),
    switch: reader.text("switch"),
    subnets: reader.list("subnets", readSubnet),
    dnsServers: reader.texts("dnsServers"),
  });
  reader.reportUnread();
}
