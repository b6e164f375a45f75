import type { PlainObject } from "../../../lib/estate/plain";
import { azureLocalRackAware } from "../../../policies/hosts/azure-local-rack-aware";
import { deployment, INTENTS } from "../../azure-local";
import { resource, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const zone = (name: string, ...nodes: readonly string[]): PlainObject => ({ name, nodes });

const zones = (all: readonly PlainObject[], more: PlainObject = {}, nodes = 0) =>
  deployment(
    { zones: all, intents: INTENTS, ...more },
    Array.from({ length: nodes }, () => ({})),
  );

const TWO = [zone("A", "n1"), zone("B", "n2")];

ruleTest(azureLocalRackAware, {
  passes: [
    ["two zones of one machine", zones(TWO, {}, 2)],
    ["two zones of four", zones([zone("A", "n1", "n2", "n3", "n4"), zone("B", "n5", "n6", "n7", "n8")], {}, 8)],
    ["storage switches", zones(TWO, { switchlessStorage: false }, 2)],
    ["a cluster that is not rack aware", deployment({ switchlessStorage: true })],
    ["no zone", zones([])],
  ],
  finds: [
    [
      "one zone",
      zones([zone("A", "n1", "n2")], {}, 2),
      "cl1: cl1 has 1 zone; a rack aware cluster has 2.",
      {
        found: { value: 1, unit: "zones" },
        limit: { bound: "exactly", value: 2, unit: "zones" },
        source: "azure-local-rack-aware",
        advisory: false,
      },
    ],
    [
      "zones of different sizes",
      zones([zone("A", "n1", "n2"), zone("B", "n3")]),
      "cl1: cl1: A has 2 machines and B has 1 machine; both zones have the same number.",
      { fix: "Declare as many machines in one zone as in the other." },
    ],
    [
      "five machines in a zone",
      zones([zone("A", "n1", "n2", "n3", "n4", "n5"), zone("B", "n6", "n7", "n8", "n9", "n10")]),
      ["cl1: cl1: A has 5 machines; a zone has at most 4.", "cl1: cl1: B has 5 machines; a zone has at most 4."],
      { limit: { bound: "atMost", value: 4, unit: "nodes" } },
    ],
    [
      "a machine in both zones",
      zones([zone("A", "n1"), zone("B", "N1")]),
      "cl1: cl1: N1 is in A and B.",
      { fix: "Declare each machine in one zone." },
    ],
    ["a node in no zone", zones(TWO, {}, 3), "cl1: cl1: n3 is in no zone of the rack aware cluster."],
    [
      "storage without a switch",
      zones(TWO, { switchlessStorage: true }),
      "cl1: cl1 is rack aware, and its storage is connected without a switch.",
      { change: { path: "switchlessStorage", value: false }, source: "azure-local-rack-aware-storage" },
    ],
    [
      "storage in an intent with other traffic",
      zones(TWO, {
        intents: [{ name: "all", traffic: ["management", "compute", "storage"], networkAdapters: ["NIC 1"] }],
      }),
      "cl1: cl1 is rack aware, and has 0 intents for storage alone; it needs exactly one.",
      { source: "azure-local-rack-aware-intent" },
    ],
    [
      "zones as a deployment of Azure declares them",
      [
        resource("azure-native:azurestackhci:DeploymentSetting", "d", {
          deploymentConfiguration: {
            scaleUnits: [
              {
                deploymentData: {
                  cluster: { name: "cl1" },
                  physicalNodes: [{ name: "n1" }, { name: "n2" }],
                  localAvailabilityZones: [
                    { localAvailabilityZoneName: "Zone1", nodes: ["n1", "n2"] },
                    { localAvailabilityZoneName: "Zone2", nodes: ["n3"] },
                  ],
                },
              },
            ],
          },
        }),
      ],
      "d: cl1: Zone1 has 2 machines and Zone2 has 1 machine; both zones have the same number.",
    ],
  ],
  undecided: [
    [
      "machines that only the deployment knows",
      zones([zone("A", "n1"), { name: "B", nodes: UNKNOWN }]),
      "cl1: zones[1].nodes is not known until deployment: not checked by azure-local-rack-aware.",
    ],
  ],
});
