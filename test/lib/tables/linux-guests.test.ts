import assert from "node:assert/strict";
import { describeCoverage } from "../../../lib/tables/coverage";
import {
  describeIntegrationServices,
  featureName,
  featuresOn,
  integrationServicesFor,
  linuxGuests,
  type LinuxFeature,
} from "../../../lib/tables/linux-guests";
import data from "../../../lib/tables/linux-guests.json";
import { guest, lines } from "./kit";

// The columns of Microsoft's six feature tables and the lines of its announcements, typed from them: products, guest,
// integration services, first and last host, features on the first and on the last host.
const COLUMNS = lines(`
| RHEL, CentOS | 10             | builtIn   | 2016    to local   | 28 | 28 |
| RHEL, CentOS | 9              | builtIn   | 2016    to local   | 28 | 28 |
| RHEL         | 8.5 and later  | builtIn   | 2019    to local   | 28 | 28 |
| RHEL         | 8.1 through 8.4 | builtIn  | 2016    to local   | 28 | 28 |
| CentOS       | 8.1 and later  | builtIn   | 2016    to local   | 28 | 28 |
| RHEL, CentOS | 8.0            | builtIn   | 2016    to local   | 27 | 27 |
| RHEL, CentOS | 7.6 through 7.9| builtIn   | 2016    to local   | 25 | 25 |
| RHEL, CentOS | 7.5 through 7.7 | 4.3      | 2016    to local   | 27 | 26 |
| RHEL, CentOS | 7.3 through 7.4 | 4.3      | 2016    to local   | 27 | 26 |
| RHEL, CentOS | 7.0 through 7.2 | 4.3      | 2016    to local   | 24 | 23 |
| RHEL, CentOS | 7.5            | builtIn   | 2016    to local   | 23 | 23 |
| RHEL, CentOS | 7.4            | builtIn   | 2016    to local   | 23 | 23 |
| RHEL, CentOS | 7.3            | builtIn   | 2016    to local   | 21 | 21 |
| RHEL, CentOS | 7.2            | builtIn   | 2016    to local   | 20 | 20 |
| RHEL, CentOS | 7.1            | builtIn   | 2016    to local   | 18 | 18 |
| RHEL, CentOS | 7.0            | builtIn   | 2016    to local   | 15 | 15 |
| SLES         | 15 with Service Pack 1, 2, 3 or 4 | builtIn | 2012-r2 to local | 22 | 22 |
| SLES         | 15             | builtIn   | 2012-r2 to local   | 22 | 22 |
| SLES         | 12 with Service Pack 3, 4 or 5 | builtIn | 2012-r2 to local | 22 | 22 |
| Ubuntu       | 22.04          | builtIn   | 2012-r2 to hci     | 22 | 28 |
| Ubuntu       | 20.04          | builtIn   | 2012-r2 to hci     | 22 | 28 |
| Ubuntu       | 18.04          | builtIn   | 2012-r2 to hci     | 22 | 28 |
| Ubuntu       | 16.04          | builtIn   | 2012-r2 to hci     | 22 | 28 |
| Debian       | 11             | builtIn   | 2012-r2 to 2019    | 19 | 25 |
| Debian       | 10.0 through 10.3 | builtIn | 2012-r2 to 2019   | 19 | 25 |
| Oracle Linux | 9.0            | notStated | 2012-r2 to 2025    | 21 | 27 |
| Oracle Linux | 8.0 through 8.5 | notStated | 2012-r2 to 2025   | 21 | 27 |
| Oracle Linux | 7.5 through 7.8 | 4.3      | 2012-r2 to 2019    | 22 | 27 |
| Oracle Linux | 7.5 through 7.8 | builtIn  | 2012-r2 to 2019    | 21 | 23 |
| Oracle Linux | 7.5 through 7.8 | builtIn  | 2012-r2 to 2019    | 22 | 26 |
| Oracle Linux | 7.3 through 7.4 | 4.3      | 2012-r2 to 2019    | 22 | 27 |
| Oracle Linux | 7.3 through 7.4 | builtIn  | 2012-r2 to 2019    | 21 | 23 |
| Oracle Linux | 7.3 through 7.4 | builtIn  | 2012-r2 to 2019    | 21 | 24 |
| Oracle Linux | 6.8 through 6.10 | 4.3     | 2012-r2 to 2019    | 21 | 23 |
| Oracle Linux | 6.8 through 6.10 | builtIn | 2012-r2 to 2019    | 21 | 23 |
| FreeBSD      | 12             | builtIn   | 2012-r2 to 2019    | 15 | 17 |
| RHEL, CentOS | 7.5 through 7.6 | 4.2      | 2008-r2 to 2019    | 8  | 27 |
| RHEL, CentOS | 7.3 through 7.4 | 4.2      | 2008-r2 to 2019    | 8  | 27 |
| RHEL, CentOS | 7.0 through 7.2 | 4.2      | 2008-r2 to 2019    | 8  | 24 |
| RHEL, CentOS | 7.5 through 7.6 | builtIn  | 2008-r2 to 2019    | 7  | 23 |
| RHEL, CentOS | 7.4            | builtIn   | 2008-r2 to 2019    | 7  | 22 |
| RHEL, CentOS | 7.3            | builtIn   | 2008-r2 to 2019    | 7  | 22 |
| RHEL, CentOS | 7.2            | builtIn   | 2008-r2 to 2019    | 7  | 20 |
| RHEL, CentOS | 7.1            | builtIn   | 2008-r2 to 2019    | 7  | 18 |
| RHEL, CentOS | 7.0            | builtIn   | 2008-r2 to 2019    | 6  | 15 |
| RHEL, CentOS | 6.4 through 6.10 | 4.2     | 2008-r2 to 2019    | 9  | 22 |
| RHEL, CentOS | 6.0 through 6.3 | 4.2      | 2008-r2 to 2019    | 9  | 22 |
| RHEL, CentOS | 6.8 through 6.10 | builtIn | 2008-r2 to 2019    | 8  | 19 |
| RHEL, CentOS | 6.6 through 6.7 | builtIn  | 2008-r2 to 2019    | 8  | 18 |
| RHEL, CentOS | 6.5            | builtIn   | 2008-r2 to 2019    | 7  | 15 |
| RHEL, CentOS | 6.4            | builtIn   | 2008-r2 to 2019    | 6  | 11 |
| RHEL, CentOS | 5.2 through 5.11 | 4.2     | 2008-r2 to 2019    | 8  | 16 |
| RHEL, CentOS | 5.2 through 5.11 | 4.1     | 2008-r2 to 2019    | 8  | 16 |
| RHEL, CentOS | 5.9 through 5.11 | builtIn | 2008-r2 to 2019    | 5  | 9  |
| Ubuntu       | 18.10          | builtIn   | 2008-r2 to 2019    | 9  | 27 |
| Ubuntu       | 18.04          | builtIn   | 2008-r2 to 2019    | 9  | 27 |
| Ubuntu       | 16.04          | builtIn   | 2008-r2 to 2019    | 9  | 27 |
| Ubuntu       | 14.04          | builtIn   | 2008-r2 to 2019    | 9  | 25 |
| Ubuntu       | 12.04          | builtIn   | 2008-r2 to 2019    | 6  | 10 |
| Debian       | 9.0 through 9.6 | builtIn  | 2008-r2 to 2019    | 8  | 24 |
| Debian       | 8.0 through 8.11 | builtIn | 2008-r2 to 2019    | 7  | 13 |
| Debian       | 7.0 through 7.11 | builtIn | 2008-r2 to 2019    | 5  | 8  |
| Oracle Linux | 7.5 through 7.6 | builtIn  | 2008-r2 to 2016    | 7  | 23 |
| Oracle Linux | 7.4            | builtIn   | 2008-r2 to 2016    | 7  | 22 |
| Oracle Linux | 6.4 through 6.8 | 4.2      | 2008-r2 to 2016    | 9  | 23 |
| Oracle Linux | 7.0 through 7.3 | 4.2      | 2008-r2 to 2016    | 9  | 23 |
| Oracle Linux | 6.4 through 6.8 | 4.1      | 2008-r2 to 2016    | 9  | 23 |
| Oracle Linux | 7.0 through 7.2 | 4.1      | 2008-r2 to 2016    | 9  | 23 |
| Oracle Linux | 7.0 through 7.2 | builtIn  | 2008-r2 to 2016    | 7  | 18 |
| Oracle Linux | 6.8            | builtIn   | 2008-r2 to 2016    | 8  | 20 |
| Oracle Linux | 6.6 through 6.7 | builtIn  | 2008-r2 to 2016    | 8  | 17 |
| Oracle Linux | 6.5            | builtIn   | 2008-r2 to 2016    | 7  | 15 |
| Oracle Linux | 6.4            | builtIn   | 2008-r2 to 2016    | 5  | 10 |
| Oracle Linux | 6 through 7    | builtIn   | 2008-r2 to 2016    | 7  | 20 |
| Oracle Linux | 6 through 7    | builtIn   | 2008-r2 to 2016    | 6  | 13 |
| Oracle Linux | 6 through 7    | builtIn   | 2008-r2 to 2016    | 6  | 13 |
| Oracle Linux | 6 through 7    | builtIn   | 2008-r2 to 2016    | 5  | 8  |
| FreeBSD      | 11.1 through 11.2 | builtIn | 2008-r2 to 2016   | 7  | 17 |
| FreeBSD      | 11.0           | builtIn   | 2008-r2 to 2016    | 7  | 12 |
| FreeBSD      | 10.3           | builtIn   | 2008-r2 to 2016    | 7  | 10 |
| FreeBSD      | 10.2           | builtIn   | 2008-r2 to 2016    | 6  | 9  |
| FreeBSD      | 10.0 through 10.1 | builtIn | 2008-r2 to 2016   | 5  | 8  |
| FreeBSD      | 9.1 through 9.3 | ports    | 2008-r2 to 2016    | 5  | 8  |
| FreeBSD      | 8.4            | ports     | 2008-r2 to 2016    | 5  | 8  |
| SLES         | 15             | builtIn   | 2008-r2 to 2019    | 8  | 27 |
| SLES         | 12 with Service Pack 3 or 4 | builtIn | 2008-r2 to 2019 | 8 | 27 |
| SLES         | 12 with Service Pack 2 | builtIn | 2008-r2 to 2019 | 8 | 26 |
| SLES         | 12 with Service Pack 1 | builtIn | 2008-r2 to 2019 | 7 | 21 |
| SLES         | 11 with Service Pack 4 | builtIn | 2008-r2 to 2019 | 8 | 19 |
| SLES         | 11 with Service Pack 3 | builtIn | 2008-r2 to 2019 | 7 | 15 |
| RHEL         | 5.2 through 5.5 | 2.1      | 2008-r2 to 2008-r2 | 8  | 8  |
| SLES         | 11             | 2.1       | 2008-r2 to 2008-r2 | 8  | 8  |
| SLES         | 10 with Service Pack 3 | 2.1 | 2008-r2 to 2008-r2 | 8  | 8  |
| CentOS       | 5.2 through 5.6 | 2.1      | 2008-r2 to 2008-r2-sp1 | 8 | 8 |
| RHEL         | 5.2 through 5.5 | 2.1      | 2008-r2-sp1 to 2008-r2-sp1 | 8 | 8 |
| RHEL         | 5.6            | 2.1       | 2008-r2 to 2008-r2-sp1 | 8 | 8 |
| SLES         | 11 with Service Pack 1 | 2.1 | 2008-r2 to 2008-r2-sp1 | 8 | 8 |
| SLES         | 10 with Service Pack 4 | 2.1 | 2008-r2 to 2008-r2-sp1 | 8 | 8 |
| RHEL, CentOS | 5.5 through 5.8 | 3.5      | 2008-r2 to 2012-r2 | 0  | 0  |
| RHEL, CentOS | 6.0 through 6.3 | 3.5      | 2008-r2 to 2012-r2 | 0  | 0  |
| RHEL, CentOS | 5.5 through 5.11 | 4.0     | 2008-r2 to 2016    | 0  | 0  |
| RHEL, CentOS | 6.0 through 6.6 | 4.0      | 2008-r2 to 2016    | 0  | 0  |
| RHEL, CentOS | 7.0 through 7.1 | 4.0      | 2008-r2 to 2016    | 0  | 0  |
| Oracle Linux | 6.4 through 6.6 | 4.0      | 2008-r2 to 2016    | 0  | 0  |
| Oracle Linux | 7.0 through 7.1 | 4.0      | 2008-r2 to 2016    | 0  | 0  |
`);
const SHORT: Readonly<Record<string, string>> = {
  "red-hat-enterprise-linux": "RHEL",
  centos: "CentOS",
  "suse-linux-enterprise-server": "SLES",
  ubuntu: "Ubuntu",
  debian: "Debian",
  "oracle-linux": "Oracle Linux",
  freebsd: "FreeBSD",
};

function host(short: string): string {
  if (short === "hci") return "azure-stack-hci";
  return short === "local" ? "azure-local" : `windows-server-${short}`;
}

describe("Linux and FreeBSD guests", () => {
  it("are the columns of the documents, in their order", () => {
    assert.equal(linuxGuests().length, COLUMNS.length);
    for (const [index, row] of linuxGuests().entries()) {
      const [products = "", name = "", services, hosts = "", first, last] = COLUMNS[index] ?? [];
      const [from = "", to = ""] = hosts.split(/\s+to\s+/).map(host);
      const [product = ""] = row.products;
      assert.equal(row.products.map((id) => SHORT[id]).join(", "), products, name);
      assert(describeCoverage(product, row).endsWith(` ${name}`), `${describeCoverage(product, row)}, ${name}`);
      assert.deepEqual([row.integrationServices, row.hosts[0], row.hosts.at(-1)], [services, from, to], name);
      assert.deepEqual([featuresOn(from, row).length, featuresOn(to, row).length].map(String), [first, last], name);
    }
  });

  it("have features only on their hosts", () => {
    for (const row of linuxGuests()) {
      for (const { hosts } of row.features) for (const one of hosts) assert(row.hosts.includes(one));
    }
  });

  it("need release 2.1 of the integration services on Windows Server 2008 R2, as the article says", () => {
    // "The following features are included in the Hyper-V Linux Integration Services 2.1 release"
    const ARTICLE: readonly (readonly [LinuxFeature, string])[] = [
      ["multiProcessing", "Symmetric Multi-Processing"],
      ["syntheticNetwork", "Synthetic network controller"],
      ["syntheticStorage", "Synthetic storage controller"],
      ["fastpathBoot", "Fastpath Boot"],
      ["timeSynchronization", "Timesync"],
      ["shutdown", "Integrated Shutdown"],
      ["heartbeat", "Heartbeat"],
      ["pluggableTimeSource", "Pluggable Time Source"],
    ];
    const guests = [
      "CentOS 5.2",
      "CentOS 5.6",
      "RHEL 5.2",
      "RHEL 5.3",
      "RHEL 5.4",
      "RHEL 5.5",
      "RHEL 5.6",
      "SLES 11 SP1",
      "SLES 10 SP4",
    ];
    for (const name of guests) {
      for (const on of ["windows-server-2008-r2", "windows-server-2008-r2-sp1"]) {
        const [row, ...others] = integrationServicesFor(on, guest(name)).filter(
          (one) => one.integrationServices === "2.1",
        );
        assert(row !== undefined && others.length === 0, `${name} on ${on}`);
        assert.equal(row.maximumProcessors, 4);
        assert.deepEqual(
          featuresOn(on, row).map((feature) => [feature, featureName(feature)]),
          ARTICLE,
        );
      }
    }
  });

  it("need a release of their time on later hosts", () => {
    const releases = (on: string, name: string): unknown =>
      integrationServicesFor(on, guest(name)).map(({ integrationServices }) => integrationServices);
    assert.deepEqual(releases("windows-server-2012", "CentOS 5.8"), ["4.2", "4.1", "3.5", "4.0"]);
    assert.deepEqual(releases("windows-server-2022", "RHEL 9.4"), ["builtIn"]);
    assert.deepEqual(releases("windows-server-2016", "RHEL 7.6"), ["builtIn", "4.3", "4.2", "builtIn"]);
    assert.deepEqual(releases("windows-server-2025", "RHEL 7.4"), ["4.3", "builtIn"]);
    assert.deepEqual(releases("azure-stack-hci", "CentOS 7.0"), ["4.3", "builtIn"]);
    assert.deepEqual(releases("windows-server-2016", "RHEL 8.5"), []);
    assert.deepEqual(releases("windows-server-2019", "Oracle Linux 7.8 UEK5"), ["builtIn"]);
    assert.deepEqual(releases("windows-server-2022", "CentOS 5.8"), []);
    assert.deepEqual(releases("windows-server-2022", "Windows Server 2022"), []);
  });

  it("have the features of single cells of the documents", () => {
    const has = (on: string, name: string, services: string, feature: LinuxFeature): boolean =>
      integrationServicesFor(on, guest(name))
        .filter(({ integrationServices }) => integrationServices === services)
        .some((row) => featuresOn(on, row).includes(feature));
    assert.equal(has("windows-server-2012-r2", "RHEL 6.5", "builtIn", "vhdxResize"), true);
    assert.equal(has("windows-server-2012", "RHEL 6.5", "builtIn", "vhdxResize"), false);
    assert.equal(has("windows-server-2012-r2", "RHEL 6.4", "builtIn", "dynamicMemoryHotAdd"), false);
    assert.equal(has("windows-server-2012-r2", "RHEL 6.4", "builtIn", "dynamicMemoryBallooning"), true);
    assert.equal(has("windows-server-2012-r2", "CentOS 5.10", "builtIn", "dynamicMemoryBallooning"), false);
    assert.equal(has("windows-server-2012-r2", "Debian 11", "builtIn", "staticIpInjection"), false);
    assert.equal(has("windows-server-2016", "FreeBSD 12.1", "builtIn", "secureBoot"), false);
    assert.equal(has("windows-server-2016", "FreeBSD 12.1", "builtIn", "uefiBoot"), true);
    assert.equal(has("windows-server-2022", "SLES 15 SP4", "builtIn", "hyperVSockets"), true);
    assert.equal(has("azure-local", "SLES 15 SP4", "builtIn", "hyperVSockets"), false);
    assert.equal(has("windows-server-2025", "RHEL 8.0", "builtIn", "over256Processors"), false);
    assert.equal(has("windows-server-2025", "RHEL 8.4", "builtIn", "over256Processors"), true);
  });

  it("say the conditions of a feature", () => {
    const [row] = integrationServicesFor("windows-server-2022", guest("RHEL 9.4"));
    assert(row !== undefined);
    const ids = row.notes?.dynamicMemoryHotAdd ?? [];
    const texts = data.notes.filter(({ id }) => ids.includes(id)).map(({ text }) => text);
    assert(texts.includes("Sizes must be multiples of 128 MB."));
    assert.equal(row.notes?.trim, undefined);
  });

  it("name every feature once", () => {
    assert.equal(new Set(data.features.map(({ id }) => id)).size, data.features.length);
    assert.equal(new Set(data.features.map(({ name }) => name)).size, data.features.length);
  });

  it("describe integration services", () => {
    assert.deepEqual((["builtIn", "ports", "notStated", "4.2"] as const).map(describeIntegrationServices), [
      "built in",
      "from the ports collection",
      "not stated",
      "Linux Integration Services 4.2",
    ]);
  });
});
