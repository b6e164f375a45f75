import type { DeclaredResource } from "../../estate/declared";
import type { FactSink } from "../dialect";
import { readName, readerFor } from "./component";

export function readBackupJob(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  sink.add("backupJobs", {
    kind: "backupJob",
    urn: resource.urn,
    ...readName(reader, resource),
    product: reader.required(reader.text("product"), "the product's name"),
    installedOn: reader.text("installedOn"),
    protects: reader.required(reader.texts("protects"), "the names of the virtual machines"),
  });
  reader.reportUnread();
}
