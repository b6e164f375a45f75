import assert from "node:assert/strict";
import { parseToken } from "../../../../lib/dialects/azure-native/tokens";
import { isKnownType, readEstate } from "../../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../../lib/estate/plain";
import { replicaCertificate } from "../../../../policies/replica/replica-certificate";
import { replicaCompression } from "../../../../policies/replica/replica-compression";
import { replicaExchange } from "../../../../policies/replica/replica-exchange";
import { replicaSupported } from "../../../../policies/replica/replica-supported";
import { host, judge, mailbox, problemsOf, UNKNOWN } from "../../../kit";

const SHAPES = (name: string): readonly string[] => [
  `azure-native:recoveryservices:${name}`,
  `azure-native:recoveryservices/v20230101:${name}`,
  `azure-native:recoveryservices/v20260331preview:${name}`,
  `azure-native_recoveryservices_v20230101:recoveryservices:${name}`,
  `azure-native_recoveryservices_v20230101:recoveryservices/v20230101:${name}`,
];

function resource(type: string, name: string, properties: PlainObject): DeclaredResource {
  return { urn: `urn:pulumi:test::kit::${type}::${name}`, type, name, properties };
}

function policy(input: Plain, type = "azure-native:recoveryservices:ReplicationPolicy") {
  const properties: PlainObject = { providerSpecificInput: input };
  return resource(type, "policy", { resourceGroupName: "rg", resourceName: "vault", policyName: "p", properties });
}

function item(details: PlainObject, type = "azure-native:recoveryservices:ReplicationProtectedItem") {
  const properties: PlainObject = { policyId: UNKNOWN, protectableItemId: "id", providerSpecificDetails: details };
  return resource(type, "item", { fabricName: "f", protectionContainerName: "c", properties });
}

const POLICY_2012_R2: PlainObject = {
  instanceType: "HyperVReplica2012R2",
  replicationFrequencyInSeconds: 300,
  recoveryPoints: 24,
  applicationConsistentSnapshotFrequencyInHours: 4,
  allowedAuthenticationType: 2,
  replicationPort: 8084,
  compression: "Enable",
};

describe("azure-native tokens", () => {
  it("are read in all their shapes", () => {
    const [plain = "", versioned = "", preview = "", parameterised = "", both = ""] = SHAPES("ReplicationPolicy");
    const rest = { module: "recoveryservices", name: "ReplicationPolicy" };
    assert.deepEqual(parseToken(plain), rest);
    assert.deepEqual(parseToken(versioned), { ...rest, apiVersion: "v20230101" });
    assert.deepEqual(parseToken(preview), { ...rest, apiVersion: "v20260331preview" });
    assert.deepEqual(parseToken(parameterised), { ...rest, apiVersion: "v20230101" });
    assert.deepEqual(parseToken(both), { ...rest, apiVersion: "v20230101" });
  });

  it("are no others", () => {
    for (const type of [
      "azure:recoveryservices:ReplicationPolicy",
      "azure-native:recoveryservices",
      "my-azure-native:recoveryservices:ReplicationPolicy",
      "azure-native:recoveryservices/2023:ReplicationPolicy",
      "hyperv-guard:index:Host",
      "",
    ]) {
      assert.equal(parseToken(type), undefined, type);
    }
    for (const name of ["ReplicationPolicy", "ReplicationProtectedItem"])
      for (const type of SHAPES(name)) assert.equal(isKnownType(type), true, type);
    for (const type of [
      ...SHAPES("Vault"),
      "azure-native:compute:ReplicationPolicy",
      "azure-native:recoveryservices:replicationPolicy",
    ]) {
      assert.equal(isKnownType(type), false, type);
    }
  });
});

describe("replication policies of Azure Site Recovery", () => {
  it("are judged by the host version that they are made for, in every shape of their type", () => {
    for (const type of SHAPES("ReplicationPolicy")) {
      assert.deepEqual(judge(replicaSupported, [policy(POLICY_2012_R2, type)]).findings, [], type);
      assert.deepEqual(
        judge(replicaSupported, [
          policy({ ...POLICY_2012_R2, replicationFrequencyInSeconds: 60, recoveryPoints: 25 }, type),
        ]).findings,
        [
          "policy: policy is replicated every 60 seconds. Windows Server 2012 R2 replicates every 30, 300 or 900 seconds.",
          "policy: policy keeps 25 additional recovery points. Windows Server 2012 R2 keeps at most 24.",
        ],
        type,
      );
    }
    const of2012 = { instanceType: "HyperVReplica2012", recoveryPoints: 16 };
    assert.deepEqual(judge(replicaSupported, [policy(of2012)]).findings, [
      "policy: policy keeps 16 additional recovery points. Windows Server 2012 keeps at most 15.",
    ]);
  });

  it("are advised on authentication and compression", () => {
    const weak = { ...POLICY_2012_R2, allowedAuthenticationType: 1, compression: "Disable" };
    assert.deepEqual(judge(replicaCertificate, [policy(weak)]).findings, [
      "policy: policy is replicated with Kerberos, which does not encrypt the traffic.",
    ]);
    assert.deepEqual(judge(replicaCompression, [policy(weak)]).findings, [
      "policy: policy is replicated without compression.",
    ]);
    for (const rule of [replicaCertificate, replicaCompression])
      assert.deepEqual(judge(rule, [policy(POLICY_2012_R2)]).findings, []);
  });

  it("are passed over when they are not of Hyper-V to Hyper-V", () => {
    const others: readonly Plain[] = ["A2A", "HyperVReplicaAzure", "InMageRcm", UNKNOWN, 7];
    for (const instanceType of others) {
      const estate = readEstate([policy({ instanceType, recoveryPoints: "many" })], true);
      assert.deepEqual([estate.replicas, problemsOf(estate)], [[], []]);
    }
    const bare = readEstate(
      [resource("azure-native:recoveryservices:ReplicationPolicy", "p", { policyName: "p" })],
      true,
    );
    assert.deepEqual([bare.replicas, problemsOf(bare)], [[], []]);
  });

  it("report what is not known, and what cannot be read", () => {
    const open = judge(replicaSupported, [policy({ ...POLICY_2012_R2, recoveryPoints: UNKNOWN })]);
    assert.deepEqual(open.undecided, [
      "policy: properties.providerSpecificInput.recoveryPoints is not known until deployment: not checked by " +
        "replica-supported.",
    ]);
    assert.deepEqual(problemsOf(readEstate([policy({ ...POLICY_2012_R2, recoveryPoints: -1 })], true)), [
      "policy: properties.providerSpecificInput.recoveryPoints is -1 → Use a whole number from 0 to 1000.",
    ]);
    assert.deepEqual(problemsOf(readEstate([policy(UNKNOWN)], true)), []);
  });
});

describe("protected items of Azure Site Recovery", () => {
  const server = [host("hv1", { operatingSystem: "Windows Server 2012 R2" }), mailbox("ex1", { host: "hv1" })];

  it("name which virtual machine Hyper-V Replica replicates", () => {
    for (const type of SHAPES("ReplicationProtectedItem")) {
      const found = judge(replicaExchange, [
        ...server,
        item({ instanceType: "HyperVReplicaAzure", vmName: "EX1" }, type),
      ]);
      assert.deepEqual(
        found.findings,
        ["item: ex1 (Exchange 2010 SP1, Mailbox) is replicated by Hyper-V Replica."],
        type,
      );
      assert.deepEqual(found.advisory, ["item"]);
    }
  });

  it("may be of virtual machines that are declared elsewhere, or of other kinds", () => {
    for (const details of [
      { instanceType: "HyperVReplicaAzure", vmName: "elsewhere" },
      { instanceType: "HyperVReplicaAzure" },
      { instanceType: "A2A", vmName: "ex1" },
    ]) {
      const estate = readEstate([...server, item(details)], true);
      assert.deepEqual(problemsOf(estate), []);
      assert.deepEqual(judge(replicaExchange, [...server, item(details)]).findings, []);
    }
  });
});
