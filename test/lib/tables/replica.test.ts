import assert from "node:assert/strict";
import { hostVersions, resolveHostVersion } from "../../../lib/tables/host-versions";
import { TableError } from "../../../lib/tables/load";
import {
  extendedFrequencies,
  extendedSupport,
  olderReplica,
  readReplica,
  recoveryPointsOf,
  replicaFrequencies,
  replicaPort,
  replicaStatement,
  replicaSupport,
  replicaTable,
  type ReplicaTopic,
} from "../../../lib/tables/replica";
import data from "../../../lib/tables/replica.json";
import { copyOf, lines, resolved } from "./kit";

// Typed from the announcement of 2013, the guide and the module references.
const VERSIONS = lines(`
| Windows Server 2008        | no  | -            | -  | quoted     |
| Windows Server 2008 SP2    | no  | -            | -  | quoted     |
| Windows Server 2008 R2     | no  | -            | -  | quoted     |
| Windows Server 2008 R2 SP1 | no  | -            | -  | quoted     |
| Windows Server 2012        | yes | 300          | 15 | blog       |
| Windows Server 2012 R2     | yes | 30, 300, 900 | 24 | blog       |
| Windows Server 2016        | yes | 30, 300, 900 | 24 | official   |
| Windows Server 2019        | yes | 30, 300, 900 | 24 | derived    |
| Windows Server 2022        | yes | 30, 300, 900 | 24 | derived    |
| Windows Server 2025        | yes | 30, 300, 900 | 24 | derived    |
| Azure Stack HCI            | yes | 30, 300, 900 | 24 | unverified |
| Azure Local                | yes | 30, 300, 900 | 24 | unverified |
`);

/** The rules of the Best Practices Analyzer, and the versions whose list has them. */
const ADVICE = lines(`
| broker      | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| certificate | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| compression | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| trustGroup  | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| pageFile    | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| diskFormat  | 2012, 2012 R2                         |
| kerberos    | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| oneReplica  | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| passThrough | 2012, 2012 R2, 2016, 2019, 2022, 2025 |
| extendedFrequency | 2012 R2, 2016, 2019, 2022, 2025 |
`);

describe("Hyper-V Replica", () => {
  for (const [name = "", supported, seconds, points, confidence] of VERSIONS) {
    it(`of ${name}`, () => {
      const host = resolved(resolveHostVersion(name), name);
      const row = replicaSupport(host);
      assert.deepEqual([row?.supported === true ? "yes" : "no", row?.confidence], [supported, confidence]);
      assert.equal(replicaFrequencies(host)?.seconds.join(", ") ?? "-", seconds);
      assert.equal(String(recoveryPointsOf(host)?.maximum ?? "-"), points);
    });
  }

  it("is stated for every host version, and once", () => {
    assert.deepEqual(
      replicaTable()
        .support.flatMap(({ hosts }) => hosts)
        .sort(),
      hostVersions()
        .map(({ id }) => id)
        .sort(),
    );
    for (const rows of [replicaTable().frequencies, replicaTable().recoveryPoints]) {
      const hosts = rows.flatMap((row) => row.hosts);
      assert.equal(new Set(hosts).size, hosts.length);
    }
  });

  it("listens on 80 for Kerberos and on 443 for certificates", () => {
    assert.deepEqual([replicaPort("kerberos")?.port, replicaPort("certificate")?.port], [80, 443]);
    assert.equal(replicaTable().ports.length, 2);
  });

  for (const [topic = "", versions = ""] of ADVICE) {
    it(`has advice on ${topic} for ${versions}`, () => {
      const known = hostVersions().filter(({ id }) => replicaStatement(id, topicOf(topic)) !== undefined);
      assert.deepEqual(
        known.map(({ name }) => name.replace("Windows Server ", "")),
        versions.split(", "),
      );
    });
  }

  it("has advice on no other topic, and on each once for a host version", () => {
    const { statements } = replicaTable();
    assert.deepEqual([...new Set(statements.map(({ topic }) => topic))].sort(), ADVICE.map(([topic]) => topic).sort());
    const keys = statements.flatMap(({ topic, hosts }) => hosts.map((host) => `${topic} ${host}`));
    assert.equal(new Set(keys).size, keys.length);
  });

  it("does not go from Windows Server 2012 R2 back to 2012", () => {
    assert.equal(olderReplica("windows-server-2012-r2", "windows-server-2012")?.supported, false);
    assert.equal(olderReplica("windows-server-2016", "windows-server-2012-r2")?.supported, true);
    assert.equal(olderReplica("windows-server-2012", "windows-server-2012-r2"), undefined);
    assert.equal(replicaTable().olderReplicas.length, 2);
  });

  it("goes on to a third server from Windows Server 2012 R2 on, and not every 30 seconds", () => {
    const found = hostVersions().flatMap(({ id }) => {
      const [support, frequencies] = [extendedSupport(id), extendedFrequencies(id)];
      if (support === undefined) return frequencies === undefined ? [] : [id];
      const seconds = frequencies === undefined ? "-" : `${frequencies.seconds.join(", ")} ${frequencies.confidence}`;
      return [`${id}: ${support.supported ? "yes" : "no"} ${support.confidence}, ${seconds}`];
    });
    assert.deepEqual(found, [
      "windows-server-2012: no derived, -",
      "windows-server-2012-r2: yes derived, 300, 900 unverified",
      "windows-server-2016: yes official, 300, 900 unverified",
      "windows-server-2019: yes derived, 300, 900 unverified",
      "windows-server-2022: yes derived, 300, 900 unverified",
      "windows-server-2025: yes derived, 300, 900 unverified",
    ]);
  });

  it("is refused with a row that does not fit", () => {
    const [first] = copyOf(data.frequencies);
    assert.throws(() => readReplica({ ...data, frequencies: [{ ...first, seconds: [0] }] }), TableError);
    assert.throws(() => readReplica({ ...data, ports: undefined }), TableError);
  });
});

function topicOf(text: string): ReplicaTopic {
  const row = replicaTable().statements.find(({ topic }) => topic === text);
  assert(row !== undefined, text);
  return row.topic;
}
