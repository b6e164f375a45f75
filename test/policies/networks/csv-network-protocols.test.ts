import type { PlainObject } from "../../../lib/estate/plain";
import { csvNetworkProtocols } from "../../../policies/networks/csv-network-protocols";
import { MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";
import { adapter, nodeWith } from "./networks";

const CLIENT: PlainObject = { clientForMicrosoftNetworks: false };
const SHARING: PlainObject = { fileAndPrinterSharing: false };
const BOTH: PlainObject = { clientForMicrosoftNetworks: true, fileAndPrinterSharing: true };
const HEARTBEAT = adapter("Heartbeat", "cluster", CLIENT);

function csv(properties: PlainObject, host: PlainObject = {}) {
  return nodeWith([adapter("CSV", "clusterSharedVolumes", properties)], host);
}

/** Beside a sound adapter, one of which it is not known what it is for. */
function withUnknownPurpose(properties: PlainObject) {
  return nodeWith([adapter("CSV", "clusterSharedVolumes"), { name: "X", purpose: UNKNOWN, ...properties }]);
}

ruleTest(csvNetworkProtocols, {
  passes: [
    ["both bindings, as Windows binds them", csv({})],
    ["both bindings, declared", csv(BOTH)],
    [
      "cluster communication without a binding, where another adapter is for Cluster Shared Volumes",
      nodeWith([HEARTBEAT, adapter("CSV", "clusterSharedVolumes")]),
    ],
    ["an adapter for something else", nodeWith([adapter("iSCSI", "iscsi", { ...CLIENT, ...SHARING })])],
    [
      "Windows Server 2008, which has no Cluster Shared Volumes",
      csv(CLIENT, { operatingSystem: "Windows Server 2008" }),
    ],
    ["an adapter with both bindings, whatever it is for", withUnknownPurpose({})],
    ...MALFORMED.filter((value) => value !== true).map((value): Passes => [
      `${JSON.stringify(value)} as a binding, which the estate rule reports`,
      csv({ clientForMicrosoftNetworks: value }),
    ]),
  ],
  finds: [
    [
      "an adapter without one binding",
      csv(SHARING),
      'hv1: hv1 has "CSV" for Cluster Shared Volumes without File and Printer Sharing for Microsoft Networks.',
      {
        found: { value: false },
        limit: { bound: "exactly", value: true },
        change: { path: "networkAdapters[0].fileAndPrinterSharing", value: true },
        fix: 'Enable File and Printer Sharing for Microsoft Networks on "CSV": set fileAndPrinterSharing to true.',
        source: "live-migration-guide-2008-r2",
        advisory: false,
      },
    ],
    [
      "an adapter without both",
      csv({ ...CLIENT, ...SHARING }),
      'hv1: hv1 has "CSV" for Cluster Shared Volumes without Client for Microsoft Networks and File and Printer Sharing for Microsoft Networks.',
      {
        fix:
          'Enable Client for Microsoft Networks and File and Printer Sharing for Microsoft Networks on "CSV": ' +
          "set clientForMicrosoftNetworks and fileAndPrinterSharing to true.",
        advisory: false,
      },
    ],
    ...["Windows Server 2008 R2", "Windows Server 2012 R2", "Windows Server 2025"].flatMap(
      (operatingSystem): readonly Finds[] =>
        [
          [CLIENT, "Client for Microsoft Networks"] as const,
          [SHARING, "File and Printer Sharing for Microsoft Networks"] as const,
          [
            { ...CLIENT, ...SHARING },
            "Client for Microsoft Networks and File and Printer Sharing for Microsoft Networks",
          ] as const,
        ].map(([properties, missing]): Finds => [
          `${operatingSystem} without ${missing}`,
          csv(properties, { operatingSystem }),
          `hv1: hv1 has "CSV" for Cluster Shared Volumes without ${missing}.`,
          { advisory: false },
        ]),
    ),
    [
      "the adapter of cluster communication, where none is for Cluster Shared Volumes alone",
      nodeWith([HEARTBEAT]),
      'hv1: hv1 has "Heartbeat" for cluster communication, which carries Cluster Shared Volumes as well, without Client for Microsoft Networks.',
      { change: { path: "networkAdapters[0].clientForMicrosoftNetworks", value: true } },
    ],
    [
      "one binding while the other is not known",
      csv({ ...CLIENT, fileAndPrinterSharing: UNKNOWN }),
      'hv1: hv1 has "CSV" for Cluster Shared Volumes without Client for Microsoft Networks.',
    ],
  ],
  undecided: [
    [
      "a binding that is not known",
      csv({ fileAndPrinterSharing: UNKNOWN }),
      "hv1: networkAdapters[0].fileAndPrinterSharing is not known until deployment: not checked by csv-network-protocols.",
    ],
    [
      "an adapter without a binding of which it is not known what it is for",
      withUnknownPurpose(CLIENT),
      "hv1: networkAdapters[1].purpose is not known until deployment: not checked by csv-network-protocols.",
    ],
  ],
});
