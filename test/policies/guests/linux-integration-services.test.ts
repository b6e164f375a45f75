import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { linuxIntegrationServices } from "../../../policies/guests/linux-integration-services";
import { cluster, host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const R2_SP1 = "Windows Server 2008 R2 SP1";
const R2_SP1_NAME = "Windows Server 2008 R2 with Service Pack 1";
const BY = "not checked by linux-integration-services.";
const NOT_DECLARED = `vm1: integrationServices.version is not declared: ${BY}`;

function guest(guestOs: Plain, services?: Plain, more: PlainObject = {}, on = R2_SP1): readonly DeclaredResource[] {
  return [
    host("hv1", { operatingSystem: on }),
    vm("vm1", { host: "hv1", guestOs, integrationServices: services, ...more }),
  ];
}

function tooOld(name: string, version: string, least: string, on = R2_SP1_NAME): string {
  return (
    `vm1: vm1 runs ${name} on ${on} with integration services ${version}; that guest needs Linux Integration Services ` +
    `${least} or later.`
  );
}

function lacks(feature: string): string {
  return `vm1: vm1 runs CentOS 5.6 on ${R2_SP1_NAME} and turns on ${feature}, which Linux Integration Services 2.1 does not have.`;
}

/** The guests of the document's list for release 2.1. */
const LISTED = [
  ...["5.2", "5.3", "5.4", "5.5", "5.6"].flatMap((release) => [`CentOS ${release}`, `RHEL ${release}`]),
  "SLES 11 SP1",
  "SLES 10 SP4",
];

ruleTest(linuxIntegrationServices, {
  passes: [
    ...LISTED.flatMap((guestOs) =>
      ["Windows Server 2008 R2", R2_SP1].flatMap((on) =>
        ["2.1", "v2.1", "2.1.25", "LIS 2.1", 2.1].map((version): Passes => [
          `${guestOs} with release ${String(version)} on ${on}`,
          guest(guestOs, { version }, {}, on),
        ]),
      ),
    ),
    ...["2.2", "3.5", "4.2", "4.3.5"].map((version): Passes => [
      `the newer release ${version}`,
      guest("SLES 11 SP1", { version }),
    ]),
    [
      "what release 2.1 has",
      guest("CentOS 5.6", {
        version: "2.1",
        heartbeat: true,
        timeSynchronization: true,
        shutdown: true,
        syntheticDrivers: true,
      }),
    ],
    [
      "what release 2.1 does not have and is off",
      guest("CentOS 5.6", { version: "2.1", vss: false, keyValuePairExchange: false }),
    ],
    ["what a newer release has", guest("CentOS 5.6", { version: "4.2", keyValuePairExchange: true })],
    ...[1, 2, 4, 8].map((processorCount): Passes => [
      `${String(processorCount)} virtual processors, which guest-processor-count judges`,
      guest("CentOS 5.5", { version: "2.1" }, { processorCount }),
    ]),
    ...["CentOS 5.11", "RHEL 7.4", "Ubuntu 16.04", "Debian 9.5"].map((guestOs): Passes => [
      `${guestOs}, which includes the services`,
      guest(guestOs),
    ]),
    ...["Ubuntu 22.04", "RHEL 9", "Debian 12", "Oracle Linux 8.4"].map((guestOs): Passes => [
      `${guestOs} on Windows Server 2022, which includes the services`,
      guest(guestOs, undefined, {}, "Windows Server 2022"),
    ]),
    ...(
      [
        ["Ubuntu", R2_SP1],
        ["SLES", R2_SP1],
        ["SLES SP1", "Windows Server 2016"],
        ["CentOS", "Windows Server 2022"],
        ["Oracle Linux", "Windows Server 2022"],
      ] as const
    ).map(([guestOs, on]): Passes => [
      `${guestOs} on ${on}, of which no release needs a download`,
      guest(guestOs, undefined, {}, on),
    ]),
    ["a Windows guest", guest("Windows Server 2008 R2 SP1", { version: "1.0" })],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [`${JSON.stringify(value)} for the guest, which the estate rule reports`, guest(value)],
      ...(JSON.stringify(value) === "{}"
        ? []
        : [
            [
              `${JSON.stringify(value)} for the services, which the estate rule reports`,
              guest("CentOS 5.5", value),
            ] as const,
          ]),
      ...(value === true
        ? []
        : [
            [
              `${JSON.stringify(value)} for a service, which the estate rule reports`,
              guest("CentOS 5.5", { version: "2.1", vss: value }),
            ] as const,
          ]),
    ]),
    ...[true, [], {}].map((version): Passes => [
      `${JSON.stringify(version)} for the release, which the estate rule reports`,
      guest("CentOS 5.5", { version }),
    ]),
  ],
  finds: [
    ...["1.0", "2.0", "2.0.99", "none"].map((version): Finds => [
      `the older release ${version}`,
      guest("SLES 11 SP1", { version }),
      tooOld("SUSE Linux Enterprise Server 11 with Service Pack 1", version, "2.1"),
      {
        found: { value: version },
        limit: { bound: "atLeast", value: "2.1" },
        change: { path: "integrationServices.version", value: "2.1" },
        fix: 'Install Linux Integration Services 2.1 in the guest, and set integrationServices.version to "2.1".',
        advisory: false,
      },
    ]),
    [
      "a release older than the oldest of several",
      guest("CentOS 5.5", { version: "2.0" }),
      tooOld("CentOS 5.5", "2.0", "2.1"),
    ],
    [
      "a release that is too old on a newer host",
      guest("CentOS 5.5", { version: "2.1" }, {}, "Windows Server 2012"),
      tooOld("CentOS 5.5", "2.1", "3.5", "Windows Server 2012"),
    ],
    [
      "a release that is too old for a guest with a service that only a newer one has",
      guest("CentOS 5.5", { version: "2.0", keyValuePairExchange: true }),
      tooOld("CentOS 5.5", "2.0", "2.1"),
      { change: { path: "integrationServices.version", value: "3.5" } },
    ],
    [
      "what release 2.1 does not have",
      guest("CentOS 5.6", { version: "2.1", vss: true, keyValuePairExchange: true }),
      [lacks("key-value pair exchange"), lacks("live virtual machine backup")],
      {
        found: { value: true },
        limit: { bound: "exactly", value: false },
        change: { path: "integrationServices.keyValuePairExchange", value: false },
        fix: "Remove integrationServices.keyValuePairExchange, or set it to false.",
      },
    ],
    [
      "a single service that release 2.1 does not have",
      guest("CentOS 5.6", { version: "2.1", vss: true }),
      lacks("live virtual machine backup"),
      {
        fix: "Remove integrationServices.vss, or set it to false.",
        change: { path: "integrationServices.vss", value: false },
      },
    ],
    [
      "what any node of the cluster needs, once",
      [
        cluster("c1"),
        ...[R2_SP1, "Windows Server 2012", "Windows Server 2012 R2"].map((operatingSystem, index) =>
          host(`hv${String(index)}`, { operatingSystem, cluster: "c1" }),
        ),
        vm("vm1", { cluster: "c1", guestOs: "CentOS 5.5", integrationServices: { version: "2.1" } }),
      ],
      tooOld("CentOS 5.5", "2.1", "3.5", "Windows Server 2012"),
    ],
  ],
  undecided: [
    ...["CentOS 5.2", "CentOS 5.6", "RHEL 5.5", "SLES 10 SP4", "SLES 11 SP1"].flatMap((guestOs) =>
      [undefined, {}, { heartbeat: true }].map((services): Undecided => [
        `${guestOs} with the services ${JSON.stringify(services ?? null)}`,
        guest(guestOs, services),
        NOT_DECLARED,
      ]),
    ),
    ...(
      [
        ["CentOS", R2_SP1],
        ["RHEL", "Windows Server 2012 R2"],
        ["RHEL", "Windows Server 2016"],
        ["CentOS 5", R2_SP1],
        ["RHEL 6", "Windows Server 2012 R2"],
        ["SLES SP1", R2_SP1],
      ] as const
    ).flatMap(([guestOs, on]) =>
      [undefined, { version: "2.1" }].map((services): Undecided => [
        `${guestOs} with the services ${JSON.stringify(services ?? null)} on ${on}, of which some releases need a download`,
        guest(guestOs, services, {}, on),
        `vm1: the release in guestOs is not declared: ${BY}`,
      ]),
    ),
    [
      "a distribution whose edition and release decide",
      guest("Oracle Linux", undefined, {}, "Windows Server 2012 R2"),
      `vm1: edition and the release in guestOs are not declared: ${BY}`,
    ],
    [
      "a distribution whose unknown edition and release decide",
      guest("Oracle Linux", undefined, { edition: UNKNOWN }, "Windows Server 2012 R2"),
      `vm1: edition is not known until deployment: ${BY} the release in guestOs is not declared: ${BY}`,
    ],
    ["unknown services", guest("CentOS 5.5", UNKNOWN), `vm1: integrationServices is not known until deployment: ${BY}`],
    [
      "an unknown release",
      guest("CentOS 5.5", { version: UNKNOWN }),
      `vm1: integrationServices.version is not known until deployment: ${BY}`,
    ],
    [
      "an unknown host",
      guest("CentOS 5.5", { version: "2.1" }, { host: UNKNOWN }),
      `vm1: host is not known until deployment: ${BY}`,
    ],
    [
      "an unknown service that the release does not have",
      guest("CentOS 5.5", { version: "2.1", vss: UNKNOWN, heartbeat: UNKNOWN }),
      `vm1: integrationServices.vss is not known until deployment: ${BY}`,
    ],
  ],
});
