import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { integrationServicesOffered } from "../../../policies/guests/integration-services-offered";
import { resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const ALL = { heartbeat: true, timeSynchronization: true, shutdown: true, vss: true, keyValuePairExchange: true };
const LATER = "is not known until deployment: not checked by integration-services-offered.";

function machine(integrationServices: Plain, properties: PlainObject = {}) {
  return [vm("vm1", { integrationServices, ...properties })];
}

ruleTest(integrationServicesOffered, {
  passes: [
    ["all services", machine(ALL)],
    ["none that is declared", machine({})],
    ["no services", [vm("vm1")]],
    [
      "a domain controller without time synchronization",
      machine({ ...ALL, timeSynchronization: false }, { role: "domain controller" }),
    ],
    [
      "what a provider leaves off by default",
      [
        resource("hyperv:index/machineInstance:MachineInstance", "vm1", {
          name: "vm1",
          memoryStartupBytes: 4294967296,
          staticMemory: true,
        }),
      ],
    ],
    ["a service that is malformed", machine({ ...ALL, vss: 7 })],
  ],
  finds: [
    [
      "one service that is off",
      machine({ ...ALL, vss: false }),
      "vm1: vm1 is not offered vss.",
      {
        found: { value: ["vss"] },
        change: { path: "integrationServices.vss", value: true },
        source: "bpa-integration-services",
        advisory: true,
      },
    ],
    [
      "several",
      machine({ heartbeat: false, timeSynchronization: false, shutdown: false }),
      "vm1: vm1 is not offered heartbeat, timeSynchronization and shutdown.",
      {
        fix: "Set integrationServices.heartbeat, integrationServices.timeSynchronization and integrationServices.shutdown to true.",
        advisory: true,
      },
    ],
    [
      "a domain controller without others",
      machine({ ...ALL, timeSynchronization: false, keyValuePairExchange: false }, { role: "domain controller" }),
      "vm1: vm1 is not offered keyValuePairExchange.",
      { advisory: true },
    ],
    [
      "one that is off, and one that is not known",
      machine({ ...ALL, vss: false, shutdown: UNKNOWN }),
      "vm1: vm1 is not offered vss.",
      { advisory: true, undecided: [`vm1: integrationServices.shutdown ${LATER}`] },
    ],
  ],
  undecided: [
    ["services that are not known", machine(UNKNOWN), `vm1: integrationServices ${LATER}`],
    [
      "a role that is not known, without time synchronization",
      machine({ ...ALL, timeSynchronization: false }, { role: UNKNOWN }),
      `vm1: role ${LATER}`,
    ],
  ],
});
