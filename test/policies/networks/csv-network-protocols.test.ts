import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { csvNetworkProtocols as rule } from "../../../policies/networks/csv-network-protocols";
import { MALFORMED, UNKNOWN } from "../../kit";
import { adapter, nodeWith, said, SILENT } from "./networks";

const CLIENT = { clientForMicrosoftNetworks: false };
const SHARING = { fileAndPrinterSharing: false };

describe("csv-network-protocols", () => {
  it("accepts both bindings, declared or as Windows binds them", () => {
    const both = { clientForMicrosoftNetworks: true, fileAndPrinterSharing: true };
    for (const properties of [{}, both]) {
      assert.deepEqual(said(rule, nodeWith([adapter("CSV", "clusterSharedVolumes", properties)])), SILENT);
    }
  });

  it("stops an adapter without one of them, or both, on every version with Cluster Shared Volumes", () => {
    for (const operatingSystem of ["Windows Server 2008 R2", "Windows Server 2012 R2", "Windows Server 2025"]) {
      const found = (properties: object) =>
        said(rule, nodeWith([adapter("CSV", "clusterSharedVolumes", { ...properties })], { operatingSystem }));
      const text = (missing: string) => ({
        findings: [`hv1: hv1 has "CSV" for Cluster Shared Volumes without ${missing}.`],
        undecided: [],
        advisory: [],
      });
      assert.deepEqual(found(CLIENT), text("Client for Microsoft Networks"));
      assert.deepEqual(found(SHARING), text("File and Printer Sharing for Microsoft Networks"));
      assert.deepEqual(
        found({ ...CLIENT, ...SHARING }),
        text("Client for Microsoft Networks and File and Printer Sharing for Microsoft Networks"),
      );
    }
  });

  it("looks at the adapter of cluster communication where none is for Cluster Shared Volumes alone", () => {
    const heartbeat = adapter("Heartbeat", "cluster", CLIENT);
    assert.deepEqual(said(rule, nodeWith([heartbeat])).findings, [
      'hv1: hv1 has "Heartbeat" for Cluster Shared Volumes without Client for Microsoft Networks.',
    ]);
    assert.deepEqual(said(rule, nodeWith([heartbeat, adapter("CSV", "clusterSharedVolumes")])), SILENT);
  });

  it("has nothing to say of other adapters, and of Windows Server 2008", () => {
    assert.deepEqual(said(rule, nodeWith([adapter("iSCSI", "iscsi", { ...CLIENT, ...SHARING })])), SILENT);
    const old = { operatingSystem: "Windows Server 2008" };
    assert.deepEqual(said(rule, nodeWith([adapter("CSV", "clusterSharedVolumes", CLIENT)], old)), SILENT);
  });

  it("reports what is certain, says what is not, and leaves what is malformed to the estate rule", () => {
    const found = (properties: object) =>
      said(rule, nodeWith([adapter("CSV", "clusterSharedVolumes", { ...properties })]));
    assert.deepEqual(found({ ...CLIENT, fileAndPrinterSharing: UNKNOWN }).findings.length, 1);
    assert.deepEqual(found({ fileAndPrinterSharing: UNKNOWN }).undecided, [
      "hv1: networkAdapters[0].fileAndPrinterSharing is not known until deployment: not checked by csv-network-protocols.",
    ]);
    const purpose = (properties: PlainObject) =>
      said(rule, nodeWith([adapter("CSV", "clusterSharedVolumes"), { name: "X", purpose: UNKNOWN, ...properties }]));
    assert.deepEqual(purpose({}), SILENT);
    assert.deepEqual(purpose(CLIENT).undecided, [
      "hv1: networkAdapters[1].purpose is not known until deployment: not checked by csv-network-protocols.",
    ]);
    for (const value of MALFORMED) {
      if (value !== true) assert.deepEqual(found({ clientForMicrosoftNetworks: value }), SILENT);
    }
  });
});
