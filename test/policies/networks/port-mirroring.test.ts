import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { portMirroring } from "../../../policies/networks/port-mirroring";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const LATER = "is not known until deployment: not checked by port-mirroring.";

function machine(name: string, mirroring: Plain, properties: PlainObject = {}, on: Plain = "LAN") {
  const networkAdapters: PlainObject[] = [{ name: "nic", switch: on, portMirroring: mirroring }];
  return vm(name, { host: "hv1", networkAdapters, ...properties });
}

const HOSTS = [host("hv1"), host("hv2")];
const SOURCE = machine("web1", "source");
const SENSOR = machine("ids1", "Destination");
const NO_DESTINATION =
  'web1: web1 has the adapter "nic" as a source of port mirroring, and the virtual switch "LAN" has no destination.';

ruleTest(portMirroring, {
  passes: [
    ["a source and a destination on one switch", [...HOSTS, SOURCE, SENSOR]],
    ["a switch that is written in another way", [...HOSTS, SOURCE, machine("ids1", "destination", {}, "lan")]],
    [
      "machines of one cluster, which move together with their switches",
      [
        cluster("c1"),
        machine("web1", "source", { host: null, cluster: "c1" }),
        machine("ids1", "destination", { host: null, cluster: "c1" }),
      ],
    ],
    [
      "both ends in one machine",
      [
        ...HOSTS,
        vm("ids1", {
          host: "hv1",
          networkAdapters: [
            { name: "a", switch: "LAN", portMirroring: "source" },
            { name: "b", switch: "LAN", portMirroring: "destination" },
          ],
        }),
      ],
    ],
    [
      "machines without a host",
      [machine("web1", "source", { host: null }), machine("ids1", "destination", { host: null })],
    ],
    ["no mirroring", [...HOSTS, machine("web1", "none")]],
    ["a mode that is malformed", [...HOSTS, machine("web1", 7)]],
  ],
  finds: [
    [
      "a source without a destination",
      [...HOSTS, SOURCE],
      NO_DESTINATION,
      {
        found: { value: "source" },
        fix: 'Set portMirroring of another adapter on the virtual switch "LAN" to destination, or that of this one to none.',
        source: "bpa-port-mirroring",
        advisory: true,
      },
    ],
    [
      "a destination without a source",
      [...HOSTS, SENSOR],
      'ids1: ids1 has the adapter "nic" as a destination of port mirroring, and the virtual switch "LAN" has no source.',
      { found: { value: "destination" }, advisory: true },
    ],
    [
      "the other end on another switch",
      [...HOSTS, SOURCE, machine("ids1", "destination", {}, "DMZ"), machine("web2", "source", {}, "DMZ")],
      NO_DESTINATION,
      { advisory: true },
    ],
    [
      "the other end on a switch of another host",
      [...HOSTS, SOURCE, machine("ids1", "destination", { host: "hv2" }), machine("web2", "source", { host: "hv2" })],
      NO_DESTINATION,
      { advisory: true },
    ],
  ],
  undecided: [
    [
      "a mode that is not known",
      [...HOSTS, machine("web1", UNKNOWN)],
      `web1: networkAdapters[0].portMirroring ${LATER}`,
    ],
    [
      "a mode of another machine that is not known",
      [...HOSTS, SOURCE, machine("ids1", UNKNOWN)],
      [`ids1: networkAdapters[0].portMirroring ${LATER}`],
    ],
    [
      "a switch that is not known",
      [...HOSTS, SOURCE, machine("ids1", "destination", {}, UNKNOWN)],
      [`ids1: networkAdapters[0].switch ${LATER}`],
    ],
    [
      "a host of the other end that is not known",
      [...HOSTS, SOURCE, machine("ids1", "destination", { host: UNKNOWN })],
      [`ids1: host ${LATER}`],
    ],
  ],
});
