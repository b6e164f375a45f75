import { replicaCertificate } from "../../../policies/replica/replica-certificate";
import { MALFORMED, relationship, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";
import { both, replicated, VERSIONS } from "./replicated";

const KERBEROS = { authentication: "kerberos" };
const FOUND = "r1: r1 is replicated with Kerberos, which does not encrypt the traffic.";
const IPSEC = "Encryption of another kind, such as IPsec, is enough too.";
const OTHER_PORT = `Use certificate authentication, and the port that the replica server listens on for certificates. ${IPSEC}`;

ruleTest(replicaCertificate, {
  passes: [
    ...VERSIONS.map((version): Passes => [
      `certificates on ${version}`,
      replicated({ ...both(version), settings: { authentication: "certificate" } }),
    ]),
    [
      "hosts without Hyper-V Replica, which replica-supported reports",
      replicated({ ...both("Windows Server 2008 R2"), settings: KERBEROS }),
    ],
    ...MALFORMED.map((authentication): Passes => [
      `${JSON.stringify(authentication)}, which the estate rule reports`,
      replicated({ settings: { authentication } }),
    ]),
  ],
  finds: [
    ...VERSIONS.map((version): Finds => [
      `Kerberos on ${version}`,
      replicated({ ...both(version), settings: KERBEROS }),
      FOUND,
      {
        found: { value: "kerberos" },
        limit: { bound: "exactly", value: "certificate" },
        change: { path: "authentication", value: "certificate" },
        fix: `Use certificate authentication. ${IPSEC}`,
      },
    ]),
    [
      "Kerberos on a version with an official document",
      replicated({ ...both("Windows Server 2016"), settings: KERBEROS }),
      FOUND,
      { source: "bpa-2016" },
    ],
    [
      "Kerberos with a port of its own",
      replicated({ settings: { ...KERBEROS, port: 80 } }),
      FOUND,
      { fix: OTHER_PORT },
    ],
    [
      "Kerberos beside another replication to the same server",
      replicated({
        settings: KERBEROS,
        more: [
          vm("vm2", { host: "hv1" }),
          relationship("r2", { virtualMachine: "vm2", primary: "hv1", replica: "hv2" }),
        ],
      }),
      FOUND,
      { change: { path: "authentication", value: "certificate" } },
    ],
  ],
  undecided: [
    [
      "an unknown authentication",
      replicated({ settings: { authentication: UNKNOWN } }),
      "r1: authentication is not known until deployment: not checked by replica-certificate.",
    ],
  ],
});
