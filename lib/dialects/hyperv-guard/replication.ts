import { REPLICA_AUTHENTICATIONS, type ReplicationSettings } from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { orDefault } from "../../estate/value";

const SECONDS = { minimum: 1, maximum: 86_400, unit: "seconds" };
const RECOVERY_POINTS = { minimum: 0, maximum: 1000 };
const PORT = { minimum: 1, maximum: 65_535 };

/** What a virtual machine and a relationship of its own declare in the same words. */
export function readReplicationSettings(reader: Reader): ReplicationSettings {
  return {
    frequencySeconds: orDefault(reader.integer("frequencySeconds", SECONDS), 300),
    recoveryPoints: orDefault(reader.integer("recoveryPoints", RECOVERY_POINTS), 0),
    authentication: reader.oneOf("authentication", REPLICA_AUTHENTICATIONS),
    port: reader.integer("port", PORT),
    broker: reader.text("broker"),
    compression: reader.flag("compression"),
    trustGroup: reader.text("trustGroup"),
    excludedDisks: reader.texts("excludedDisks"),
  };
}
