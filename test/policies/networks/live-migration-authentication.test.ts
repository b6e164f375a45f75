import type { PlainObject } from "../../../lib/estate/plain";
import { liveMigrationAuthentication } from "../../../policies/networks/live-migration-authentication";
import { host, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const server = (properties: PlainObject) => [
  host("hv1", {
    operatingSystem: "Windows Server 2025",
    domain: "contoso.com",
    liveMigrationAuthentication: "credSSP",
    ...properties,
  }),
];

ruleTest(liveMigrationAuthentication, {
  passes: [
    ["Kerberos", server({ liveMigrationAuthentication: "kerberos" })],
    ["CredSSP before Credential Guard", server({ operatingSystem: "Windows Server 2022" })],
    ["a host in no domain", server({ domain: "WORKGROUP" })],
    ["a host that declares none", [host("hv1", { operatingSystem: "Windows Server 2025" })]],
  ],
  finds: [
    [
      "CredSSP on Windows Server 2025",
      server({}),
      "hv1: hv1 runs Windows Server 2025 and authenticates live migration by CredSSP.",
      {
        found: { value: "credSSP" },
        limit: { bound: "not", value: "credSSP" },
        change: { path: "liveMigrationAuthentication", value: "kerberos" },
        source: "live-migration-hosts",
        advisory: true,
      },
    ],
  ],
  undecided: [
    [
      "what only the deployment knows",
      server({ liveMigrationAuthentication: UNKNOWN }),
      "hv1: liveMigrationAuthentication is not known until deployment: not checked by live-migration-authentication.",
    ],
  ],
});
