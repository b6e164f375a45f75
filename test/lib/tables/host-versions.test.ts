import assert from "node:assert/strict";
import fc from "fast-check";
import { CLUSTER_DEPLOYMENTS, type ClusterDeployment } from "../../../lib/estate/model";
import {
  clusterNodesLimit,
  allows,
  capabilityOf,
  describeLimit,
  describeSize,
  hostVersionName,
  hostVersions,
  limitOf,
  processorAllowance,
  resolveHost,
  resolveHostVersion,
  type CapabilityItem,
  type LimitItem,
} from "../../../lib/tables/host-versions";
import hostData from "../../../lib/tables/host-versions.json";
import { lines, offered, resolved } from "./kit";

const HOSTS = [
  "windows-server-2008",
  "windows-server-2008-sp2",
  "windows-server-2008-r2",
  "windows-server-2008-r2-sp1",
  "windows-server-2012",
  "windows-server-2012-r2",
  "windows-server-2016",
  "windows-server-2019",
  "windows-server-2022",
  "windows-server-2025",
  "azure-stack-hci",
  "azure-local",
];

// Typed from the documents, a column a host version in the order above; "no": the document says that there is no limit,
// "–": no document states one; "a/b": generation 1 and generation 2.
const LIMITS = lines(`
| logicalProcessors                            | 16 | 24 | 64 | 64 | 320 | 320 | 512 | 512 | 1,024 | 2,048 | 512 | 512 |
| virtualProcessorsPerLogicalProcessor         | 8:1 | 8:1 | 8:1 | 8:1 | no | no | no | no | no | no | no | no |
| virtualProcessorsPerLogicalProcessorWindows7 | – | – | – | 12:1 | – | – | – | – | – | – | – | – |
| virtualProcessors                            | – | – | 512 | 512 | 2,048 | 2,048 | 2,048 | 2,048 | 2,048 | 2,048 | 2,048 | 2,048 |
| memory                                       | 1 TB | 1 TB | 1 TB | 1 TB | 4 TB | 4 TB | 24 TB | 24 TB | 4 PB | 4 PB | 24 TB | 24 TB |
| editionMemory                                | 32 GB | 32 GB | 32 GB | 32 GB | – | – | – | – | – | – | – | – |
| minimumMemory                                | – | – | – | – | – | – | – | – | – | – | – | 32 GB |
| parentReserve | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB | 2 GB |
| virtualMachines                              | 128 | 192 | 384 | 384 | 1,024 | 1,024 | 1,024 | 1,024 | 1,024 | 1,024 | 1,024 | – |
| clusterNodes                                 | 16 | 16 | 16 | 16 | 64 | 64 | 64 | 64 | 64 | 64 | 16 | 64 |
| clusterVirtualMachines                       | – | – | 1,000 | 1,000 | 8,000 | 8,000 | 8,000 | 8,000 | 8,000 | 8,000 | – | – |
| clusterVirtualMachinesPerNode                | – | – | 384 | 384 | 1,024 | 1,024 | – | – | – | – | – | – |
| guestProcessors                              | 4 | 4 | 4 | 4 | 64 | 64 | 64/240 | 64/240 | 64/1,024 | 64/2,048 | 64/240 | 64/1,024 |
| guestMemory                                  | 64 GB | 64 GB | 64 GB | 64 GB | 1 TB | 1 TB | 1 TB/12 TB | 1 TB/12 TB | 1 TB/240 TB | 1 TB/240 TB | 1 TB/12 TB | 1 TB/240 TB |
| vhdSize                                      | 2,040 GB | 2,040 GB | 2,040 GB | 2,040 GB | 2,040 GB | 2,040 GB/0 GB | 2,040 GB/0 GB | 2,040 GB/0 GB | 2,040 GB/0 GB | 2,040 GB/0 GB | 2,040 GB/0 GB | 2,040 GB/0 GB |
| vhdxSize                                     | – | – | – | – | 64 TB | 64 TB | 64 TB | 64 TB | 64 TB | 64 TB | 64 TB | 64 TB |
| bootDiskSize                                 | – | – | – | – | – | – | 2 TB/64 TB | 2 TB/64 TB | 2 TB/64 TB | 2 TB/64 TB | 2 TB/64 TB | 2 TB/64 TB |
| ideDisks                                     | 4 | 4 | 4 | 4 | 4 | 4/0 | 4/0 | 4/0 | 4/0 | 4/0 | 4/0 | 4/0 |
| scsiControllers                              | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 4 |
| scsiDisks                                    | 256 | 256 | 256 | 256 | 256 | 256 | 256 | 256 | 256 | 256 | 256 | 256 |
| syntheticAdapters                            | 8 | 8 | 8 | 8 | 8 | 8 | 8/8 | 8/64 | 8/64 | 8/64 | 8/64 | 8/64 |
| legacyAdapters                               | 4 | 4 | 4 | 4 | 4 | 4/0 | 4/0 | 4/0 | 4/0 | 4/0 | 4/0 | 4/0 |
| fibreChannelAdapters                         | – | – | – | – | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 4 |
| physicalCores                                | – | – | – | – | – | – | – | – | – | – | – | 14 |
| checkpoints                                  | 50 | 50 | 50 | 50 | 50 | 50 | 50 | 50 | 50 | 50 | 50 | 50 |
`);

const CAPABILITIES = lines(`
| dynamicMemory        | no | no | no | yes | yes | yes | yes | yes | yes | yes | yes | yes |
| dynamicMemoryMinimum | no | no | no | no  | yes | yes | yes | yes | yes | yes | yes | yes |
| generation2          | no | no | no | no  | no  | yes | yes | yes | yes | yes | yes | yes |
| vhdx                 | no | no | no | no  | yes | yes | yes | yes | yes | yes | yes | yes |
| smb3Storage          | no | no | no | no  | yes | yes | yes | yes | yes | yes | yes | yes |
`);

function isLimitItem(item: string): item is LimitItem {
  return hostData.limits.some((limit) => limit.item === item);
}

function isCapabilityItem(item: string): item is CapabilityItem {
  return hostData.capabilities.some((capability) => capability.item === item);
}

describe("host versions", () => {
  it("are these", () => {
    assert.deepEqual(
      hostVersions().map(({ id }) => id),
      HOSTS,
    );
  });

  it("have the limits that the transcription has, and no others", () => {
    assert.deepEqual(new Set(hostData.limits.map(({ item }) => item)), new Set(LIMITS.map(([item = ""]) => item)));
  });

  for (const [item = "", ...values] of LIMITS) {
    assert(isLimitItem(item), item);
    for (const [index, value] of values.entries()) {
      const host = HOSTS[index] ?? "";
      it(`${item} of ${host}: ${value}`, () => {
        const [one = "", two = one] = value.split("/");
        for (const [generation, expected] of [
          [1, one],
          [2, two],
        ] as const) {
          const limit = limitOf(host, item, generation);
          const found = limit === undefined ? "–" : describeLimit(limit);
          assert.equal(found, expected === "no" ? "no limit" : expected, `generation ${generation}`);
        }
      });
    }
  }

  it("have 16 nodes of a cluster of Azure Local where it is hyperconverged, 64 where it is disaggregated", () => {
    const most = (deployment?: ClusterDeployment): number | null | undefined =>
      clusterNodesLimit("azure-local", deployment)?.value;
    assert.deepEqual([undefined, ...CLUSTER_DEPLOYMENTS].map(most), [64, 16, 64, 3]);
    for (const deployment of CLUSTER_DEPLOYMENTS) {
      assert.equal(clusterNodesLimit("windows-server-2025", deployment)?.value, 64);
      assert.equal(clusterNodesLimit("azure-stack-hci", deployment)?.value, 16);
    }
  });

  for (const [item = "", ...values] of CAPABILITIES) {
    assert(isCapabilityItem(item), item);
    it(`${item}: ${values.join(" ")}`, () => {
      const found = HOSTS.map((host) => (capabilityOf(host, item)?.available === true ? "yes" : "no"));
      assert.deepEqual(found, values);
    });
  }

  it("without a generation give the more generous limit", () => {
    assert.equal(limitOf("windows-server-2022", "guestProcessors")?.value, 1024);
    assert.equal(limitOf("windows-server-2022", "legacyAdapters")?.value, 4);
  });

  it("name both documents where two disagree", () => {
    const conflicts = hostData.limits.flatMap((limit) =>
      "conflicts" in limit ? limit.conflicts.map(({ value }) => value) : [],
    );
    for (const value of ["250", "640", "2048 GB", "1,024", "4 PB"]) assert(conflicts.includes(value), value);
  });

  it("print sizes in the largest whole unit", () => {
    assert.deepEqual(
      [
        describeSize(1048576, "MB"),
        describeSize(65536, "MB"),
        describeSize(2040, "GB"),
        describeSize(1000, "MB"),
        describeSize(0, "MB"),
      ],
      ["1 TB", "64 GB", "2,040 GB", "1,000 MB", "0 MB"],
    );
  });
});

describe("virtual processors of a host", () => {
  // The article's table: physical processors, cores per processor, threads per core, maximum with Windows 7 guests.
  const ARTICLE = lines(`
| 2 | 2 | 2 | 96  |
| 2 | 4 | 2 | 192 |
| 2 | 6 | 2 | 288 |
| 2 | 8 | 2 | 384 |
| 4 | 2 | 2 | 192 |
| 4 | 4 | 2 | 384 |
| 4 | 6 | 2 | 512 |
| 4 | 8 | 2 | 512 |
`).map((row) => row.map(Number));

  for (const [processors = 0, cores = 0, threads = 0, maximum] of ARTICLE) {
    it(`${processors} × ${cores} × ${threads} with only Windows 7 guests: ${maximum}`, () => {
      const logical = processors * cores * threads;
      assert.equal(processorAllowance("windows-server-2008-r2-sp1", logical, true)?.maximum, maximum);
      // One other guest, or the host without its service pack: 8 to 1.
      for (const other of [
        ["windows-server-2008-r2-sp1", false],
        ["windows-server-2008-r2", true],
      ] as const) {
        assert.equal(processorAllowance(other[0], logical, other[1])?.maximum, Math.min(512, logical * 8));
      }
    });
  }

  it("are the smaller one of ratio and cap, for every host", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...HOSTS),
        fc.integer({ min: 1, max: 4096 }),
        fc.boolean(),
        (host, logical, windows7) => {
          const allowance = processorAllowance(host, logical, windows7);
          assert(allowance !== undefined);
          const cap = limitOf(host, "virtualProcessors");
          assert(cap === undefined || allowance.maximum <= allows(cap));
          const twelve = windows7 && host === "windows-server-2008-r2-sp1";
          const ratio = limitOf(host, "virtualProcessorsPerLogicalProcessor");
          const byRatio = ratio === undefined ? Infinity : (twelve ? 12 : allows(ratio)) * logical;
          assert.equal(allowance.maximum, Math.min(byRatio, cap === undefined ? Infinity : allows(cap)));
          const more = processorAllowance(host, logical + 1, windows7);
          assert(more !== undefined && more.maximum >= allowance.maximum);
        },
      ),
    );
  });
});

describe("names of host versions", () => {
  const NAMES = lines(`
| Windows Server 2008 R2 SP1                 | windows-server-2008-r2-sp1 |
| Windows Server 2008 R2 with Service Pack 1 | windows-server-2008-r2-sp1 |
| WS2008R2SP1                                | windows-server-2008-r2-sp1 |
| windows-server-2008-r2-sp1                 | windows-server-2008-r2-sp1 |
| Hyper-V Server 2008 R2                     | windows-server-2008-r2     |
| Windows Server 2008                        | windows-server-2008        |
| Windows Server 2008 with Service Pack 1    | windows-server-2008        |
| Windows Server 2008 SP2                    | windows-server-2008-sp2    |
| Windows Server 8                           | windows-server-2012        |
| 2012 R2 Datacenter (Server Core)           | windows-server-2012-r2     |
| Hyper-V Server 2019                        | windows-server-2019        |
| Windows Server 2022 Datacenter: Azure Edition | windows-server-2022     |
| Azure Stack HCI, version 22H2              | azure-stack-hci            |
| Azure Stack HCI 23H2                       | azure-local                |
| Azure Local 2311.2                         | azure-local                |
`);
  for (const [name = "", id] of NAMES) {
    it(`${name} is ${id}`, () => {
      assert.equal(resolved(resolveHostVersion(name), name), id);
    });
  }

  it("resolve for every version by its id and its name", () => {
    for (const { id, name } of hostVersions()) {
      assert.equal(resolved(resolveHostVersion(id)), id);
      assert.equal(resolved(resolveHostVersion(name)), id);
      assert.equal(hostVersionName(id), name);
    }
  });

  it("are an error with the nearest names otherwise", () => {
    for (const name of [
      "Windows 10",
      "Windows Server 2003 SP2",
      "Windows Server 2018",
      "VMware ESXi 8",
      "",
      "RHEL 9",
    ]) {
      const names = offered(resolveHostVersion(name));
      assert(names.length >= 1 && names.length <= 3, name);
      for (const one of names) resolved(resolveHostVersion(one));
    }
  });
});

describe("the edition of a host", () => {
  it("is read with the version where the name has one", () => {
    const edition = (name: string) => resolved(resolveHost(name), name);
    assert.deepEqual(edition("Windows Server 2008 R2 SP1"), { version: "windows-server-2008-r2-sp1" });
    assert.deepEqual(edition("Windows Server 2008 R2 Standard x64 SP1"), {
      version: "windows-server-2008-r2-sp1",
      edition: "standard",
    });
    assert.deepEqual(edition("Windows Server 2025 Datacenter"), {
      version: "windows-server-2025",
      edition: "datacenter",
    });
    assert.deepEqual(edition("Hyper-V Server 2008 R2"), {
      version: "windows-server-2008-r2",
      edition: "hyper-v-server",
    });
  });

  // Typed from Microsoft's comparisons of editions.
  const WITHOUT = lines(`
| Windows Server 2008 Web                             |
| Windows Server 2008 Foundation SP2                  |
| Windows Server 2008 Standard without Hyper-V        |
| Windows Server 2008 Enterprise without Hyper-V SP2  |
| Windows Server 2008 Datacenter without Hyper-V      |
| Windows Server 2008 R2 Web                          |
| Windows Server 2008 R2 Foundation SP1               |
| Windows Server 2012 Foundation                      |
| Windows Server 2012 R2 Foundation                   |
`);
  for (const [name = ""] of WITHOUT) {
    it(`${name} has no Hyper-V`, () => {
      const resolution = resolveHost(name);
      assert(!resolution.resolved);
      assert.match(resolution.problem, /^Windows Server .* is an edition without Hyper-V$/);
      for (const one of offered(resolution)) resolved(resolveHost(one), one);
    });
  }

  it("may be any other", () => {
    for (const name of ["2008 Standard", "2008 Enterprise SP2", "2008 R2 Datacenter", "2012 R2 Standard"])
      resolved(resolveHost(`Windows Server ${name}`), name);
  });

  it("is never one for x86", () => {
    const resolution = resolveHost("Windows Server 2008 Standard x86");
    assert(!resolution.resolved);
    assert.equal(resolution.problem, "Hyper-V has no x86 hosts");
    assert.deepEqual(resolveHostVersion("Windows Server 2008 Standard x86"), resolution);
  });
});
