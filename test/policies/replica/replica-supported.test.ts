import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { replicaSupported } from "../../../policies/replica/replica-supported";
import { cluster, host, judge, MALFORMED, relationship, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";
import { both, R2, replicated, VERSIONS } from "./replicated";

const WINDOWS_2012 = "Windows Server 2012";
const NO_REPLICA = ["2008", "2008 SP2", "2008 R2", "2008 R2 SP1"];
const INSTALL_2012 =
  "Install the same version of Windows Server, 2012 or later, on both servers, or remove the replication.";

/** The frequencies that a version has, as a sentence names them. */
const FREQUENCIES: Readonly<Record<string, readonly [seconds: readonly number[], text: string]>> = {
  "Windows Server 2012": [[300], "300"],
  "Windows Server 2012 R2": [[30, 300, 900], "30, 300 or 900"],
  "Windows Server 2016": [[30, 300, 900], "30, 300 or 900"],
  "Windows Server 2025": [[30, 300, 900], "30, 300 or 900"],
};
const EVERY_FREQUENCY = Object.entries(FREQUENCIES).flatMap(([version, [offered, text]]) =>
  [30, 60, 299, 300, 301, 900].map((seconds) => ({ version, seconds, text, isOffered: offered.includes(seconds) })),
);

function every(name: string, seconds: number, version = R2, offered = "30, 300 or 900"): string {
  return `${name}: ${name} is replicated every ${String(seconds)} seconds. ${version} replicates every ${offered} seconds.`;
}

function keeps(points: number, version: string, maximum: number): string {
  return `r1: r1 keeps ${String(points)} additional recovery points. ${version} keeps at most ${String(maximum)}.`;
}

function without(version: string, hosts: string): string {
  return `r1: r1 is replicated, but ${version.replace(/SP(\d)$/, "with Service Pack $1")} on ${hosts} does not have Hyper-V Replica.`;
}

/** Virtual machines that declare their replication themselves. */
function own(replication: PlainObject): readonly DeclaredResource[] {
  return [
    host("hv1", { operatingSystem: R2 }),
    host("hv2", { operatingSystem: R2 }),
    vm("vm1", { host: "hv1", replication }),
  ];
}

const IN_C1 = { cluster: "c1" };
const IN_C2 = { cluster: "c2" };

/** Kerberos between two domains. */
function domains(one: string | undefined, other: string | undefined, settings: PlainObject = {}) {
  return replicated({
    primary: one === undefined ? {} : { domain: one },
    replica: other === undefined ? {} : { domain: other },
    settings: { authentication: "Kerberos", ...settings },
  });
}

function overPort(authentication: string, port?: number): readonly DeclaredResource[] {
  return replicated({ settings: { authentication, ...(port === undefined ? {} : { port }) } });
}

/** A second replication to hv2, of another virtual machine. */
function second(properties: PlainObject, settings: PlainObject = {}): readonly DeclaredResource[] {
  return replicated({
    settings,
    more: [
      vm("vm2", { host: "hv1" }),
      relationship("r2", { virtualMachine: "vm2", primary: "hv1", replica: "hv2", ...properties }),
    ],
  });
}

function server(name: string, operatingSystem: string = R2): DeclaredResource {
  return host(name, { operatingSystem });
}

/** A further replication of vm1. */
function onward(name: string, primary: string, replica: string, settings: PlainObject = {}): DeclaredResource {
  return relationship(name, { virtualMachine: "vm1", primary, replica, ...settings });
}

/** A replication that r2 extends from hv2 to hv3. */
function extended(settings: PlainObject = {}, operatingSystem = R2, more: readonly DeclaredResource[] = []) {
  return replicated({
    ...both(operatingSystem),
    more: [server("hv3", operatingSystem), onward("r2", "hv2", "hv3", settings), ...more],
  });
}

/** The same for a virtual machine that declares its first replication itself. */
function extendedOwn(operatingSystem: string): readonly DeclaredResource[] {
  return [
    ...["hv1", "hv2", "hv3"].map((name) => server(name, operatingSystem)),
    vm("vm1", { host: "hv1", replication: { replicaHost: "hv2" } }),
    onward("r2", "hv2", "hv3"),
  ];
}

const NO_EXTENSION =
  "r2: r2 extends the replication from hv2 to hv3, but Windows Server 2012 does not have extended replication.";
const PASS_THROUGH = { disks: [{ name: "logs", purpose: "data", type: "passThrough", sizeGB: 100 }] };
const HOSTER = { replica: "dr.hoster.example" };
const NOT_DECLARED =
  "r1: r1 is replicated to dr.hoster.example, which is not declared, so that its version cannot be judged.";
const TO_ITSELF = "r1: r1 is replicated from hv1 to hv1 itself.";
const PRIMARY_WITHOUT_BROKER =
  "r1: r1 is replicated from hv1, a node of the cluster c1, for which no Hyper-V Replica Broker is declared.";

function later(name: string, property: string): string {
  return `${name}: ${property} is not known until deployment: not checked by replica-supported.`;
}

ruleTest(replicaSupported, {
  passes: [
    ...EVERY_FREQUENCY.filter(({ isOffered }) => isOffered).map(({ version, seconds }): Passes => [
      `${String(seconds)} seconds on ${version}`,
      replicated({ ...both(version), settings: { frequencySeconds: seconds } }),
    ]),
    ["15 recovery points on 2012", replicated({ ...both(WINDOWS_2012), settings: { recoveryPoints: 15 } })],
    ["24 recovery points on 2012 R2", replicated({ settings: { recoveryPoints: 24 } })],
    [
      "what both of two versions have",
      replicated({ primary: { operatingSystem: WINDOWS_2012 }, settings: { recoveryPoints: 15 } }),
    ],
    ["a replica server that is newer", replicated({ primary: { operatingSystem: WINDOWS_2012 } })],
    ["a replication that the virtual machine declares", own({ replicaHost: "hv2" })],
    ["a virtual machine that is not replicated", [vm("vm1", {})]],
    ["a broker of the cluster", replicated({ replica: IN_C2, more: [cluster("c2", { replicaBroker: "b2" })] })],
    ["a broker of the relationship", replicated({ replica: IN_C2, settings: { broker: "b2" }, more: [cluster("c2")] })],
    [
      "a broker as the replica server",
      replicated({ replica: IN_C2, settings: { replica: "B2" }, more: [cluster("c2", { replicaBroker: "b2" })] }),
    ],
    [
      "a broker of the primary server's cluster",
      replicated({ primary: IN_C1, settings: { broker: "b1" }, more: [cluster("c1")] }),
    ],
    ["Kerberos where no domains are declared", domains(undefined, undefined)],
    ["Kerberos in one domain", domains("contoso.com", "CONTOSO.COM")],
    ["Kerberos between parent and child domain", domains("contoso.com", "eu.contoso.com")],
    ["certificates in a workgroup", domains("contoso.com", "workgroup", { authentication: "certificate" })],
    ...(
      [
        ["kerberos", 80],
        ["kerberos", 8080],
        ["kerberos", undefined],
        ["certificate", 443],
        ["certificate", undefined],
      ] as const
    ).map(([authentication, port]): Passes => [
      `${authentication} over port ${String(port ?? "that is the default")}`,
      overPort(authentication, port),
    ]),
    ["a second replication over the same port", second({ port: 443 })],
    ["a second replication with the other authentication", second({ authentication: "kerberos" })],
    ...[R2, "Windows Server 2016", "Windows Server 2019", "Windows Server 2025"].map((version): Passes => [
      `extended replication on ${version}`,
      extended({}, version),
    ]),
    ...[300, 900].map((frequencySeconds): Passes => [
      `extended replication every ${String(frequencySeconds)} seconds`,
      extended({ frequencySeconds }),
    ]),
    ...(
      [
        [30, 300],
        [300, 300],
        [300, 900],
        [900, 900],
      ] as const
    ).map(([first, second]): Passes => [
      `${String(first)} seconds, extended every ${String(second)}`,
      replicated({
        settings: { frequencySeconds: first },
        more: [server("hv3"), onward("r2", "hv2", "hv3", { frequencySeconds: second })],
      }),
    ]),
    [
      "900 seconds, extended as often as Hyper-V does by default",
      replicated({ settings: { frequencySeconds: 900 }, more: [server("hv3"), onward("r2", "hv2", "hv3")] }),
    ],
    [
      "30 seconds of a replication that is extended",
      replicated({
        settings: { frequencySeconds: 30 },
        more: [server("hv3"), onward("r2", "hv2", "hv3")],
      }),
    ],
    ["extended replication of a virtual machine that declares the first itself", extendedOwn(R2)],
    ["one replication that is declared twice", replicated({ more: [onward("r2", "hv1", "hv2")] })],
    [
      "a pass-through disk that is excluded",
      replicated({ machine: PASS_THROUGH, settings: { excludedDisks: ["LOGS"] } }),
    ],
    ...MALFORMED.flatMap((value) =>
      ["frequencySeconds", "recoveryPoints", "authentication", "port", "virtualMachine"]
        .filter((property) => property === "virtualMachine" || typeof value !== "number")
        .map((property): Passes => [
          `${JSON.stringify(value)} as ${property}, which the estate rule reports`,
          replicated({ settings: { [property]: value } }),
        ]),
    ),
  ],
  finds: [
    ...EVERY_FREQUENCY.filter(({ isOffered }) => !isOffered).map(({ version, seconds, text }): Finds => [
      `${String(seconds)} seconds on ${version}`,
      replicated({ ...both(version), settings: { frequencySeconds: seconds } }),
      every("r1", seconds, version, text),
      { advisory: false },
    ]),
    [
      "a frequency that no version has",
      replicated({ settings: { frequencySeconds: 600 } }),
      every("r1", 600),
      {
        found: { value: 600, unit: "seconds" },
        limit: { bound: "oneOf", value: [30, 300, 900], unit: "seconds" },
        change: { path: "frequencySeconds", value: 300 },
        fix: "Set the replication frequency to 30, 300 or 900 seconds.",
        source: "replica-2012-r2",
        advisory: false,
      },
    ],
    [
      "a frequency of two versions, with one that both have",
      replicated({
        replica: { operatingSystem: "Windows Server 2016" },
        primary: { operatingSystem: WINDOWS_2012 },
        settings: { frequencySeconds: 60 },
      }),
      every("r1", 60, WINDOWS_2012, "300"),
      {
        limit: { bound: "oneOf", value: [300], unit: "seconds" },
        change: { path: "frequencySeconds", value: 300 },
        fix: "Set the replication frequency to 300 seconds.",
      },
    ],
    [
      "16 recovery points on 2012",
      replicated({ ...both(WINDOWS_2012), settings: { recoveryPoints: 16 } }),
      keeps(16, WINDOWS_2012, 15),
    ],
    [
      "25 recovery points on 2012 R2",
      replicated({ settings: { recoveryPoints: 25 } }),
      keeps(25, R2, 24),
      {
        found: { value: 25, unit: "recovery points" },
        limit: { bound: "atMost", value: 24, unit: "recovery points" },
        change: { path: "recoveryPoints", value: 24 },
        fix: "Keep at most 24 additional recovery points.",
        source: "set-vm-replication-2012-r2",
        advisory: false,
      },
    ],
    [
      "more recovery points than one of two versions keeps",
      replicated({ primary: { operatingSystem: WINDOWS_2012 }, settings: { recoveryPoints: 16 } }),
      keeps(16, WINDOWS_2012, 15),
    ],
    ...NO_REPLICA.flatMap((version): readonly Finds[] => {
      const operatingSystem = `Windows Server ${version}`;
      return [
        [
          `${operatingSystem} at both ends, and nothing more about it`,
          replicated({ ...both(operatingSystem), settings: { frequencySeconds: 60, recoveryPoints: 99 } }),
          without(operatingSystem, "hv1 and hv2"),
          { advisory: false },
        ],
        [
          `${operatingSystem} as the replica server`,
          replicated({ replica: { operatingSystem } }),
          without(operatingSystem, "hv2"),
        ],
      ];
    }),
    [
      "a primary server without Hyper-V Replica",
      replicated({ primary: { operatingSystem: "Windows Server 2008 R2 SP1" } }),
      without("Windows Server 2008 R2 SP1", "hv1"),
      {
        found: { value: "Windows Server 2008 R2 with Service Pack 1" },
        limit: { bound: "not", value: "Windows Server 2008 R2 with Service Pack 1" },
        fix: INSTALL_2012,
        source: "windows-server-8",
      },
    ],
    [
      "a replica server that is older than the primary server",
      replicated({ replica: { operatingSystem: WINDOWS_2012 } }),
      "r1: r1 is replicated from Windows Server 2012 R2 to Windows Server 2012, which is older.",
      {
        found: { value: WINDOWS_2012 },
        limit: { bound: "not", value: WINDOWS_2012 },
        fix: "Install Windows Server 2012 R2 on the replica server, or replicate to a server that has it.",
        source: "replica-planning",
        advisory: false,
      },
    ],
    ...["Windows Server 2016", "Windows Server 2022"].map((operatingSystem): Finds => [
      `as advice a replica server that is older than ${operatingSystem}`,
      replicated({ primary: { operatingSystem } }),
      `r1: r1 is replicated from ${operatingSystem} to Windows Server 2012 R2, which is older.`,
      { advisory: true },
    ]),
    [
      "the settings that a virtual machine declares itself",
      own({ replicaHost: "hv2", frequencySeconds: 60, recoveryPoints: 25 }),
      [every("vm1", 60), keeps(25, R2, 24).replaceAll("r1", "vm1")],
      { change: { path: "replication.frequencySeconds", value: 30 } },
    ],
    [
      "Twice: the own host, which a virtual machine declares itself",
      own({ replicaHost: "hv1" }),
      TO_ITSELF.replaceAll("r1", "vm1"),
    ],
    [
      "a replica on the primary server",
      replicated({ settings: { replica: "hv1" } }),
      TO_ITSELF,
      {
        found: { value: "hv1" },
        limit: { bound: "not", value: "hv1" },
        fix: "Name a host or a cluster at another site.",
        advisory: false,
      },
    ],
    [
      "a second replica on the primary server, once",
      replicated({ more: [onward("r2", "hv1", "hv1")] }),
      TO_ITSELF.replaceAll("r1", "r2"),
      { fix: "Remove this replication: r1 replicates the virtual machine to hv2." },
    ],
    [
      "an extension to the server that it starts at, once",
      replicated({ ...both(WINDOWS_2012), more: [onward("r2", "hv2", "hv2")] }),
      "r2: r2 is replicated from hv2 to hv2 itself.",
    ],
    [
      "as advice a replica in the cluster of the primary server",
      replicated({
        primary: IN_C1,
        replica: IN_C1,
        settings: { broker: "b1" },
        more: [cluster("c1", { replicaBroker: "b1" })],
      }),
      "r1: r1 is replicated from hv1 to hv2, which is in the same cluster c1.",
      { found: { value: "hv2" }, limit: { bound: "not", value: "c1" }, advisory: true },
    ],
    [
      "Twice: a cluster without a broker that is replicated to itself",
      replicated({ primary: IN_C1, replica: IN_C1, more: [cluster("c1")] }),
      ["r1: r1 is replicated from hv1 to hv2, which is in the same cluster c1.", PRIMARY_WITHOUT_BROKER].sort(),
    ],
    [
      "a cluster and its own broker",
      replicated({
        primary: IN_C1,
        settings: { primary: "c1", replica: "b1" },
        more: [cluster("c1", { replicaBroker: "b1" })],
      }),
      "r1: r1 is replicated from c1 to c1 itself.",
    ],
    [
      "a node of a cluster without a broker",
      replicated({ replica: IN_C2, more: [cluster("c2")] }),
      "r1: r1 is replicated to hv2, a node of the cluster c2, for which no Hyper-V Replica Broker is declared.",
      {
        found: { value: "c2" },
        fix: "Add the Hyper-V Replica Broker role to the cluster c2 and declare it as its replicaBroker.",
        advisory: false,
      },
    ],
    [
      "a cluster without a broker",
      replicated({ replica: IN_C2, settings: { replica: "c2" }, more: [cluster("c2")] }),
      "r1: r1 is replicated to the cluster c2, for which no Hyper-V Replica Broker is declared.",
    ],
    [
      "a primary server in a cluster without a broker",
      replicated({ primary: IN_C1, more: [cluster("c1")] }),
      PRIMARY_WITHOUT_BROKER,
    ],
    [
      "a broker of the replica server's cluster, which serves no other",
      replicated({
        primary: IN_C1,
        replica: IN_C2,
        settings: { broker: "b1" },
        more: [cluster("c1"), cluster("c2")],
      }),
      PRIMARY_WITHOUT_BROKER,
    ],
    [
      "Kerberos with a server in a workgroup",
      domains("contoso.com", "WORKGROUP"),
      "r1: r1 is replicated with Kerberos, but hv2 is in a workgroup.",
      {
        found: { value: "kerberos" },
        limit: { bound: "exactly", value: "certificate" },
        change: { path: "authentication", value: "certificate" },
        fix: "Use certificate authentication.",
        source: "replica-deploy-2012",
        advisory: false,
      },
    ],
    [
      "Kerberos with both servers in a workgroup",
      domains("workgroup", "workgroup", { port: 8080 }),
      "r1: r1 is replicated with Kerberos, but hv1 and hv2 are in a workgroup.",
      { fix: "Use certificate authentication, and the port that the replica server listens on for certificates." },
    ],
    [
      "as advice Kerberos between domains, which may trust each other",
      domains("contoso.com", "fabrikam.com"),
      "r1: r1 is replicated with Kerberos from the domain contoso.com to the domain fabrikam.com.",
      {
        fix: "Use certificate authentication. Kerberos is possible where the two domains trust each other.",
        advisory: true,
      },
    ],
    [
      "as advice the default port of the other authentication",
      overPort("certificate", 80),
      "r1: r1 is replicated with certificates over port 80 of hv2, which is the default port for Kerberos.",
      {
        found: { value: 80 },
        limit: { bound: "exactly", value: 443 },
        change: { path: "port", value: 443 },
        fix: "Use port 443, or make sure that the replica server listens for certificates there.",
        source: "replica-setup",
        advisory: true,
      },
    ],
    [
      "such a port of an unknown server",
      replicated({ settings: { replica: UNKNOWN, port: 80 } }),
      "r1: r1 is replicated with certificates over port 80, which is the default port for Kerberos.",
      { undecided: [later("r1", "replica")] },
    ],
    [
      "another port than that of a replication to the same server",
      second({ port: 8443 }),
      "r2: r2 is replicated with certificates over port 8443 of hv2, but r1 with certificates over port 443 by default.",
      {
        found: { value: 8443 },
        limit: { bound: "exactly", value: 443 },
        change: { path: "port", value: 443 },
        fix: "Use the port that hv2 listens on for certificates in both.",
        advisory: false,
      },
    ],
    [
      "the port of a replication with the other authentication",
      second({ authentication: "kerberos", port: 8443 }, { port: 8443 }),
      "r2: r2 is replicated with Kerberos over port 8443 of hv2, but r1 with certificates over port 8443.",
      {
        limit: { bound: "not", value: 8443 },
        fix: "Use the ports that hv2 listens on for Kerberos and for certificates: they are different.",
      },
    ],
    [
      "a second replica of one virtual machine",
      replicated({ more: [server("hv3"), onward("r2", "hv1", "hv3")] }),
      "r2: r2 is replicated from hv1 to hv3, but vm1 is already replicated from there to hv2.",
      {
        found: { value: "hv3" },
        limit: { bound: "exactly", value: "hv2" },
        fix: "Remove one of the two replications, or extend the one to hv2 from there to hv3.",
        source: "replica-setup",
      },
    ],
    [
      "a second replica on a version that cannot extend the first",
      replicated({ ...both(WINDOWS_2012), more: [server("hv3", WINDOWS_2012), onward("r2", "hv1", "hv3")] }),
      "r2: r2 is replicated from hv1 to hv3, but vm1 is already replicated from there to hv2.",
      { fix: "Remove one of the two replications." },
    ],
    [
      "extended replication, which is new in 2012 R2",
      extended({}, WINDOWS_2012),
      NO_EXTENSION,
      {
        found: { value: WINDOWS_2012 },
        fix: "Install the same version of Windows Server, 2012 R2 or later, on all three servers, or remove this replication.",
        advisory: false,
      },
    ],
    [
      "as advice 30 seconds of extended replication",
      extended({ frequencySeconds: 30 }),
      "r2: r2 extends the replication every 30 seconds. Windows Server 2012 R2 extends replication every 300 or 900 seconds.",
      { change: { path: "frequencySeconds", value: 300 }, advisory: true },
    ],
    [
      "as advice an extension more often than the replication that it extends",
      replicated({
        settings: { frequencySeconds: 900 },
        more: [server("hv3"), onward("r2", "hv2", "hv3", { frequencySeconds: 300 })],
      }),
      "r2: r2 extends the replication every 300 seconds, and r1, which it extends, replicates every 900 seconds.",
      {
        found: { value: 300, unit: "seconds" },
        change: { path: "frequencySeconds", value: 900 },
        fix: "Set the replication frequency to 900 seconds.",
        source: "mastering-hyper-v-2016",
        advisory: true,
      },
    ],
    [
      "Badly: 30 seconds of an extension, with the frequencies that the replication before it allows",
      replicated({
        settings: { frequencySeconds: 900 },
        more: [server("hv3"), onward("r2", "hv2", "hv3", { frequencySeconds: 30 })],
      }),
      "r2: r2 extends the replication every 30 seconds. Windows Server 2012 R2 extends replication every 300 or 900 seconds.",
      { change: { path: "frequencySeconds", value: 900 }, fix: "Set the replication frequency to 900 seconds." },
    ],
    [
      "a frequency of extended replication that no replication has",
      extended({ frequencySeconds: 60 }),
      every("r2", 60),
      { fix: "Set the replication frequency to 300 or 900 seconds." },
    ],
    [
      "an extension of an extension",
      extended({}, R2, [server("hv4"), onward("r3", "hv3", "hv4")]),
      "r3: r3 extends the replication from hv3 to hv4, but r2 has already extended it to hv3.",
      { found: { value: "hv4" }, fix: "Remove this replication: a replication can be extended once." },
    ],
    [
      "a second extension",
      extended({}, R2, [server("hv4"), onward("r3", "hv2", "hv4")]),
      "r3: r3 is replicated from hv2 to hv4, but vm1 is already replicated from there to hv3.",
      { fix: "Remove one of the two replications." },
    ],
    [
      "an extension back to the first server",
      replicated({ more: [onward("r2", "hv2", "hv1")] }),
      "r2: r2 extends the replication from hv2 to hv1, which it comes from. Extended replication goes to a third server.",
      { found: { value: "hv1" }, limit: { bound: "not", value: "hv1" } },
    ],
    ["an extension of what a virtual machine declares itself", extendedOwn(WINDOWS_2012), NO_EXTENSION],
    [
      "as advice a pass-through disk, which is not replicated",
      replicated({ machine: PASS_THROUGH }),
      'r1: vm1 is replicated without its disk "logs", which is a pass-through disk.',
      {
        found: { value: "passThrough" },
        limit: { bound: "oneOf", value: ["fixed", "dynamic", "differencing"] },
        fix: 'Use a virtual hard disk, or add "logs" to excludedDisks if the replica does not need it.',
        advisory: true,
      },
    ],
    [
      "as advice a replica server that is not declared: it may be somebody else's",
      replicated({ settings: HOSTER }),
      NOT_DECLARED,
      {
        found: { value: "dr.hoster.example" },
        fix: "Use one of: hv2; or declare the server. Nothing is wrong if it belongs to another organization.",
        advisory: true,
      },
    ],
    [
      "such a server, beside others that cannot receive a replica either",
      replicated({
        primary: { operatingSystem: "Windows Server 2016" },
        settings: HOSTER,
        more: [
          server("hv3", "Windows Server 2019"),
          host("hv4", { ...IN_C2, operatingSystem: "Windows Server 2019" }),
          cluster("c2"),
        ],
      }),
      NOT_DECLARED,
      { fix: "Use one of: hv3; or declare the server. Nothing is wrong if it belongs to another organization." },
    ],
    [
      "what is wrong with the primary server of such a replication",
      replicated({ settings: { ...HOSTER, frequencySeconds: 60 } }),
      [every("r1", 60), NOT_DECLARED].sort(),
    ],
    [
      "a version that is known beside one that is not",
      replicated({ primary: { operatingSystem: UNKNOWN }, replica: { operatingSystem: "Windows Server 2008 R2" } }),
      without("Windows Server 2008 R2", "hv2"),
    ],
    [
      "a frequency that a known version does not have",
      replicated({ primary: { operatingSystem: UNKNOWN }, settings: { frequencySeconds: 60 } }),
      every("r1", 60),
    ],
  ],
  undecided: [
    [
      "an unknown broker",
      replicated({ replica: IN_C2, more: [cluster("c2", { replicaBroker: UNKNOWN })] }),
      later("c2", "replicaBroker"),
    ],
    [
      "extended replication to an unknown version",
      replicated({ more: [host("hv3", { operatingSystem: UNKNOWN }), onward("r2", "hv2", "hv3")] }),
      later("hv3", "operatingSystem"),
    ],
    ...["replica", "primary", "frequencySeconds", "recoveryPoints", "authentication", "port"].map(
      (property): Undecided => [
        `an unknown ${property}`,
        replicated({ settings: { [property]: UNKNOWN } }),
        later("r1", property),
      ],
    ),
    ["an unknown version", replicated({ primary: { operatingSystem: UNKNOWN } }), later("hv1", "operatingSystem")],
    [
      "an unknown replication of a virtual machine",
      [host("hv1", { operatingSystem: R2 }), vm("vm1", { host: "hv1", replication: UNKNOWN })],
      later("vm1", "replication"),
    ],
  ],
});

describe("replica-supported", () => {
  it("does not apply to virtual machines that are not replicated", () => {
    assert.equal(judge(replicaSupported, [vm("vm1", {})]).applied, 0);
    assert.equal(judge(replicaSupported, own({ replicaHost: "hv2" })).applied, 1);
  });

  it("has frequencies for every version", () => {
    for (const version of VERSIONS) {
      const estate = replicated({ ...both(version), settings: { frequencySeconds: 60 } });
      assert.equal(judge(replicaSupported, estate).findings.length, 1, version);
    }
  });

  it("offers no change that contradicts another replication to the server", () => {
    const [finding] = judge(replicaSupported, [
      ...second({}, { authentication: "certificate", port: 80 }),
      vm("vm3", { host: "hv1" }),
      relationship("r3", {
        virtualMachine: "vm3",
        primary: "hv1",
        replica: "hv2",
        authentication: "kerberos",
        port: 443,
      }),
    ]).violations;
    assert.match(finding?.problem ?? "", /over port 80 of hv2/);
    assert.equal(finding?.change, undefined);
  });
});
