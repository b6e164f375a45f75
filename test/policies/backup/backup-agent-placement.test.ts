import type { PlainObject } from "../../../lib/estate/plain";
import { backupAgentPlacement } from "../../../policies/backup/backup-agent-placement";
import { backupJob, cluster, host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const ALTARO = { product: "Altaro Hyper-V Backup", kind: "backup" };
const EDITIONS = ["Standard", "Enterprise", "Datacenter", "Foundation", "Enterprise Server Core", "Core"];
const IN_GUEST = "vm1: vm1 has Altaro Hyper-V Backup installed, which belongs on its host.";
const INSIDE = { installedOn: "vm1", protects: ["vm1"] };
const JOB_IN_GUEST = backupJob("nightly", INSIDE);
const JOB_ON_CLUSTER = backupJob("nightly", { installedOn: "c1", protects: ["c1"] });

function nodes(operatingSystem: string, properties: PlainObject = {}) {
  return ["hv1", "hv2"].map((name) => host(name, { operatingSystem, cluster: "c1", ...properties }));
}

function onHost(operatingSystem: string) {
  return host("hv1", { operatingSystem, agents: [ALTARO] });
}

function later(name: string, property: string): string {
  return `${name}: ${property} is not known until deployment: not checked by backup-agent-placement.`;
}

ruleTest(backupAgentPlacement, {
  passes: [
    ...["Altaro", "Altaro VM Backup"].map((product): Passes => [
      `P6: ${product} on the host`,
      [host("hv1", { operatingSystem: "Windows Server 2022", agents: [{ product, kind: "backup" }] })],
    ]),
    [
      "P6: another product of that vendor in a guest",
      [vm("vm1", { agents: [{ product: "Altaro Office 365 Backup", kind: "backup" }] })],
    ],
    ...EDITIONS.flatMap((edition) =>
      ["", " SP1"].map((servicePack): Passes => {
        const operatingSystem = `Windows Server 2008 R2 ${edition}${servicePack}`;
        return [`the product on ${operatingSystem}`, [onHost(operatingSystem)]];
      }),
    ),
    ["the product on Hyper-V Server 2008 R2", [onHost("Hyper-V Server 2008 R2")]],
    [
      "a job on a cluster whose nodes are supported",
      [cluster("c1"), ...nodes("Windows Server 2008 R2"), JOB_ON_CLUSTER],
    ],
    [
      "a product that is in no table",
      [vm("vm1", { agents: [{ product: "Data Protection Manager 2010", kind: "backup" }] })],
    ],
    ["a job on a machine that is not declared", [vm("vm1"), backupJob("nightly", { protects: ["vm1"] })]],
    ...MALFORMED.filter((value) => typeof value !== "string" && typeof value !== "number").flatMap(
      (value): readonly Passes[] => [
        [
          `${JSON.stringify(value)} as the product of a job, which the estate rule reports`,
          [vm("vm1"), backupJob("b", { product: value, installedOn: "vm1", protects: [] })],
        ],
        [
          `${JSON.stringify(value)} as the product of an agent`,
          [vm("vm1", { agents: [{ ...ALTARO, product: value }] })],
        ],
      ],
    ),
    ["a text as agents", [vm("vm1", { agents: "Altaro Hyper-V Backup" })]],
  ],
  finds: [
    ...["Altaro", "Altaro VM Backup", "Hornetsecurity VM Backup 9.1"].map((product): Finds => [
      `P6: ${product} within a guest, as advice`,
      [host("hv1"), vm("vm1", { host: "hv1", agents: [{ product, kind: "backup" }] })],
      "vm1: vm1 has Altaro VM Backup installed, which belongs on its host.",
      {
        fix: "Remove Altaro VM Backup from the agents of vm1, and install it on the Hyper-V host hv1.",
        advisory: true,
      },
    ]),
    [
      "P6: a job of Altaro VM Backup within a guest, as advice",
      [host("hv1"), vm("vm1", { host: "hv1" }), backupJob("nightly", { ...INSIDE, product: "Altaro" })],
      "nightly: nightly runs Altaro VM Backup in the virtual machine vm1. It belongs on the host.",
      { advisory: true },
    ],
    [
      "the product within a guest",
      [host("hv1"), vm("vm1", { host: "hv1", agents: [ALTARO] })],
      IN_GUEST,
      {
        found: { value: "virtual machine" },
        limit: { bound: "exactly", value: "Hyper-V host" },
        fix: "Remove Altaro Hyper-V Backup from the agents of vm1, and install it on the Hyper-V host hv1.",
        source: "altaro-hyper-v-backup",
        advisory: false,
      },
    ],
    [
      "a job of the product within a guest",
      [host("hv1"), vm("vm1", { host: "hv1" }), JOB_IN_GUEST],
      "nightly: nightly runs Altaro Hyper-V Backup in the virtual machine vm1. It belongs on the host.",
      {
        found: { value: "vm1" },
        limit: { bound: "not", value: "vm1" },
        change: { path: "installedOn", value: "hv1" },
        fix: "Install Altaro Hyper-V Backup on the Hyper-V host hv1, and name the host in installedOn.",
      },
    ],
    [
      "Twice: the product within a guest and its job",
      [
        host("hv1"),
        vm("vm1", { host: "hv1", agents: [{ ...ALTARO, product: "Altaro Backup for Hyper-V" }] }),
        JOB_IN_GUEST,
      ],
      IN_GUEST,
      {
        fix: "Remove Altaro Hyper-V Backup from the agents of vm1, and install it on the Hyper-V host hv1. Name the host in installedOn of nightly.",
      },
    ],
    [
      "Twice: the product two times within a guest",
      [host("hv1"), vm("vm1", { host: "hv1", agents: [ALTARO, ALTARO] })],
      IN_GUEST,
    ],
    [
      "the product within a guest whose host it does not support",
      [host("hv1", { operatingSystem: "Windows Server 2008" }), vm("vm1", { host: "hv1" }), JOB_IN_GUEST],
      "nightly: nightly runs Altaro Hyper-V Backup in the virtual machine vm1. It belongs on the host.",
      { fix: "Install Altaro Hyper-V Backup on the Hyper-V host, and name the host in installedOn." },
    ],
    [
      "the product on an earlier host",
      [onHost("Windows Server 2008 SP2")],
      "hv1: hv1 has Altaro Hyper-V Backup installed, but Altaro Hyper-V Backup is not known to support Windows Server 2008 " +
        "with Service Pack 2.",
      {
        found: { value: "Windows Server 2008 with Service Pack 2" },
        limit: {
          bound: "oneOf",
          value: ["Windows Server 2008 R2", "Windows Server 2008 R2 with Service Pack 1"],
        },
        advisory: false,
      },
    ],
    [
      "as advice the product on a later host",
      [onHost("Windows Server 2012")],
      "hv1: hv1 has Altaro Hyper-V Backup installed, but Altaro Hyper-V Backup is not known to support Windows Server 2012.",
      { advisory: true },
    ],
    [
      "a job on a cluster, by its nodes, once",
      [cluster("c1"), ...nodes("Windows Server 2008"), JOB_ON_CLUSTER],
      "nightly: nightly runs Altaro Hyper-V Backup on hv1, but Altaro Hyper-V Backup is not known to support Windows Server 2008.",
    ],
    [
      "Twice: the agents of a cluster's nodes and their job",
      [cluster("c1"), ...nodes("Windows Server 2008", { agents: [ALTARO] }), JOB_ON_CLUSTER],
      ["hv1", "hv2"].map(
        (name) =>
          `${name}: ${name} has Altaro Hyper-V Backup installed, but Altaro Hyper-V Backup is not known to support Windows Server 2008.`,
      ),
    ],
  ],
  undecided: [
    ["unknown agents", [vm("vm1", { agents: UNKNOWN })], later("vm1", "agents")],
    [
      "an unknown version of the host",
      [host("hv1", { operatingSystem: UNKNOWN, agents: [ALTARO] })],
      later("hv1", "operatingSystem"),
    ],
    [
      "an unknown product of a job",
      [vm("vm1"), backupJob("nightly", { product: UNKNOWN, installedOn: "vm1", protects: ["vm1"] })],
      later("nightly", "product"),
    ],
  ],
});
