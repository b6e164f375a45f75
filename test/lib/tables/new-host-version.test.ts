import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { guestSupport, readGuestSupport } from "../../../lib/tables/guest-support";
import guestData from "../../../lib/tables/guest-support.json";
import { limitOf, processorAllowance, readHostVersions, resolveHostVersion } from "../../../lib/tables/host-versions";
import hostData from "../../../lib/tables/host-versions.json";
import { readOperatingSystems, resolveOperatingSystem } from "../../../lib/tables/operating-systems";
import osData from "../../../lib/tables/operating-systems.json";
import type * as Policies from "../../../policies";
import { estate as estateRule } from "../../../policies/estate/estate";
import { printTables } from "../../../lib/cli/support-tables/tables-text";
import type * as Kit from "../../kit";
import { host as hostOf, judge } from "../../kit";
import { ROOT } from "../../root";
import { resolved } from "./kit";

describe("a new host version", () => {
  const id = "windows-server-2031";
  const product = {
    id,
    name: "Windows Server 2031",
    family: "windowsServer",
    aliases: ["WS2031"],
    editions: ["standard"],
    architectures: ["x64"],
  };
  const row = { hosts: [id], source: "limits-2025", confidence: "official" };
  const count = { ...row, unit: "count" };
  const os = { ...osData, products: [...osData.products, product] };
  const hosts = {
    versions: [...hostData.versions, { id, product: id, servicePacks: [0], name: "Windows Server 2031" }],
    capabilities: hostData.capabilities.map((one) => ({ ...one, hosts: [...one.hosts, id] })),
    limits: [
      ...hostData.limits,
      { ...count, item: "guestProcessors", generation: 2, value: 4096 },
      { ...count, item: "virtualProcessors", value: 8192 },
      { ...count, item: "logicalProcessors", value: 16384 },
      { ...count, item: "virtualMachines", value: 3 },
      { ...count, item: "clusterNodes", value: 1 },
      { ...count, item: "ideDisks", generation: 2, value: 0 },
      { ...count, item: "scsiDisks", value: 2 },
      { ...count, item: "syntheticAdapters", value: 1 },
      { ...row, unit: "MB", item: "memory", value: 2097152 },
      { ...row, unit: "MB", item: "guestMemory", generation: 2, value: 1048576 },
      { ...row, unit: "GB", item: "vhdxSize", value: 131072 },
    ],
  };
  const guests = {
    ...guestData,
    rows: [...guestData.rows, { ...row, product: id, servicePacks: [0], processors: { maximum: 4000 } }],
  };

  it("is data only", () => {
    const vocabulary = readOperatingSystems(os);
    const table = readHostVersions(hosts);
    const support = readGuestSupport(guests, { features: [], notes: [], rows: [] });
    const resolve = (text: string): ReturnType<typeof resolveOperatingSystem> =>
      resolveOperatingSystem(text, vocabulary);
    assert.equal(resolved(resolveHostVersion("ws 2031 standard", table, resolve)), id);
    assert.equal(limitOf(id, "guestProcessors", 2, table)?.value, 4096);
    assert.equal(processorAllowance(id, 10000, false, table)?.maximum, 8192);
    assert.equal(guestSupport(id, resolved(resolve("WS2031")), support).length, 1);
    const printed = printTables(id, undefined, { vocabulary, hostVersions: table, guestSupport: support });
    for (const text of ["Windows Server 2031", "4,096", "8,192"]) assert(printed.includes(text), text);
    assert.equal(resolveHostVersion("WS2031").resolved, false);
  });

  describe("is judged by every rule, without a change of code", () => {
    const tables = { "operating-systems.json": os, "host-versions.json": hosts, "guest-support.json": guests };

    /** The findings of every rule of the catalogue, as `rule resource: problem`, and what it leaves undecided. */
    function verdictsOn(estate: (kit: typeof Kit) => readonly DeclaredResource[]): readonly string[] {
      return withTables(tables, ({ kit, policies }) =>
        policies.RULES.flatMap((rule) => {
          const { findings, undecided } = kit.judge(rule, estate(kit));
          return [...findings, ...undecided].map((text) => `${rule.name} ${text}`);
        }),
      );
    }

    const processors = (sockets: number) => ({ sockets, coresPerSocket: 512, threadsPerCore: 1 });
    const disk = { name: "d", purpose: "data", type: "fixed", format: "VHDX", sizeGB: 131072 };
    const machine = { guestOs: "WS2031", host: "hv1", generation: 2, processorCount: 4000, memoryMB: 1048576 };

    it("with nothing to find where all is right", () => {
      const right = ({ cluster, host, vm }: typeof Kit) => [
        cluster("c1", { nodes: ["hv1"] }),
        host("hv1", { operatingSystem: "Windows Server 2031 Standard", processors: processors(32), memoryMB: 2097152 }),
        vm("vm1", { ...machine, disks: [disk, disk], networkAdapters: [{ name: "n" }] }),
      ];
      assert.deepEqual(verdictsOn(right), []);
    });

    it("with a finding for each mistake", () => {
      const wrong = ({ cluster, host, vm }: typeof Kit) => [
        cluster("c1", { nodes: ["hv1", "hv2"] }),
        host("hv1", { operatingSystem: "Windows Server 2031", processors: processors(33), memoryMB: 2097153 }),
        host("hv2", { operatingSystem: "Windows Server 2025", memoryMB: 2097152 }),
        vm("vm1", { ...machine, processorCount: 4001, memoryMB: 1048577 }),
        vm("vm2", { ...machine, processorCount: 4097, disks: [disk, disk, { ...disk, sizeGB: 131073 }] }),
        vm("vm3", { ...machine, processorCount: 95, memoryMB: 1, networkAdapters: [{ name: "n" }, { name: "m" }] }),
        vm("vm4", { ...machine, processorCount: 1, memoryMB: 1, guestOs: "Windows Server 2025" }),
      ];
      assert.deepEqual(verdictsOn(wrong), [
        "estate vm3: vm3: memoryMB is 1 MB, which is less than any virtual machine has.",
        "guest-os-supported vm4: vm4 runs Windows Server 2025 on Windows Server 2031, which does not support that guest.",
        "guest-processor-count vm1: vm1 has 4001 virtual processors, but the guest Windows Server 2031 may have from 1 to 4,000 on Windows Server 2031.",
        "guest-processor-count vm2: vm2 has 4097 virtual processors, but a virtual machine of generation 2 may have at most 4,096 on Windows Server 2031.",
        "guest-memory vm1: vm1 may use 1048577 MB of memory. Windows Server 2031 gives a virtual machine of generation 2 at most 1 TB, which is 1048576 MB.",
        "guest-memory vm4: vm4 has 1 MB of memory; Windows Server 2025 needs at least 512 MB.",
        'guest-disk-size vm2: vm2 has the virtual disk "d" of 131073 GB. On Windows Server 2031 a VHDX may have at most 128 TB, which is 131072 GB.',
        "guest-disk-count vm2: vm2 has 3 disks. Windows Server 2031 attaches at most 2 to a virtual machine of generation 2: 2 to SCSI controllers.",
        "guest-adapter-count vm3: vm3 has 2 synthetic network adapters. Windows Server 2031 allows at most 1 in a virtual machine of generation 2.",
        "host-logical-processors hv1: hv1 has 16896 logical processors (33 sockets × 512 cores × 1 thread). Windows Server 2031 supports at most 16,384.",
        "host-memory hv1: hv1 has 2097153 MB of memory. Windows Server 2031 supports at most 2 TB, which is 2097152 MB.",
        "host-virtual-machines hv1: hv1 runs 4 virtual machines. Windows Server 2031 supports at most 3.",
        "host-virtual-processors hv1: hv1 runs 8194 virtual processors. Windows Server 2031 supports at most 8,192.",
        "host-memory-capacity hv1: hv1 has 2097153 MB of memory, and its virtual machines may use 2097155 MB: 2 MB too much.",
        "cluster-size c1: c1 has 2 nodes. Windows Server 2031 supports at most 1.",
        "cluster-size c1: c1 has nodes of different versions: Windows Server 2031 on hv1; Windows Server 2025 on hv2.",
        "cluster-capacity c1: c1 has 2097152 MB of memory while the largest of its 2 nodes is down, and its virtual machines may use 2097155 MB: 3 MB too much.",
        "cluster-capacity c1: c1 may run 2048 virtual processors while the largest of its 2 nodes is down, and its virtual machines have 8194: 6146 too many.",
      ]);
    });

    it("and is gone again after these tests", () => {
      assert.equal(judge(estateRule, [hostOf("hv1", { operatingSystem: "WS2031" })]).findings.length, 1);
    });
  });
});

const load = createRequire(__filename);

interface Modules {
  readonly kit: typeof Kit;
  readonly policies: typeof Policies;
}

/** Loads the rules and the kit afresh, with tables in the place of those on the disk, and takes them away again. */
function withTables<T>(tables: Readonly<Record<string, object>>, use: (modules: Modules) => T): T {
  const { cache } = load;
  const ours = (path: string): boolean => path.startsWith(ROOT) && !path.includes("node_modules");
  const before = Object.entries(cache).filter(([path]) => ours(path));
  const clear = (): void => {
    for (const path of Object.keys(cache).filter(ours)) Reflect.deleteProperty(cache, path);
  };
  clear();
  try {
    for (const [file, table] of Object.entries(tables)) {
      const path = join(ROOT, "lib/tables", file);
      load(path);
      const module = cache[path];
      assert(module !== undefined, file);
      module.exports = table;
    }
    return use({ kit: load("../../kit") as typeof Kit, policies: load("../../../policies") as typeof Policies });
  } finally {
    clear();
    for (const [path, module] of before) cache[path] = module;
  }
}
