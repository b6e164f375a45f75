import { estate, type Resources } from "./program";

function host(operatingSystem: string, cores: Cores, memoryMB: number, more = {}, vendor?: string) {
  const [sockets, coresPerSocket, threadsPerCore] = cores;
  const processors = { sockets, coresPerSocket, threadsPerCore, vendor };
  return { type: "Host", properties: { operatingSystem, processors, memoryMB, ...more } };
}

type Cores = readonly [sockets: number, coresPerSocket: number, threadsPerCore: number];

function cluster(more = {}) {
  return { type: "Cluster", properties: more };
}

function vm(guestOs: string, processorCount: number, memoryMB: number, more = {}) {
  return { type: "VirtualMachine", properties: { guestOs, processorCount, memoryMB, ...more } };
}

/** So many like virtual machines, `name1` and on. */
function several(name: string, number: number, machine: Resources[string]): Resources {
  return Object.fromEntries(Array.from({ length: number }, (_, index) => [`${name}${String(index + 1)}`, machine]));
}

function adapters(number: number, kind?: string) {
  return Array.from({ length: number }, (_, index) => ({
    name: `net${String(index + 1)}`,
    switch: "production",
    kind,
  }));
}

function disk(format: string, sizeGB: number, more: object = {}) {
  return [{ name: "disk1", purpose: "data", type: "fixed", format, sizeGB, ...more }];
}

const STARTUP = { purpose: "operatingSystem" };

const R2 = "Windows Server 2008 R2";
const R2_SP1 = "Windows Server 2008 R2 SP1";
const SERVICES = { version: "2.1", heartbeat: true, timeSynchronization: true, shutdown: true, syntheticDrivers: true };

describe("whole estates, previewed by the real engine", () => {
  estate(
    "Windows Server 2008 R2 SP1 in June 2012",
    "2012-06-30",
    {
      hv1: host(R2_SP1, [2, 4, 2], 65536),
      dc1: vm(R2_SP1, 4, 4096, { host: "hv1", edition: "Standard", networkAdapters: [...adapters(8)] }),
      sbs1: vm("Windows Small Business Server 2011", 4, 8192, { host: "hv1", edition: "Standard" }),
      old1: vm("Windows Server 2003 R2 x64 SP2", 2, 1024, { host: "hv1", disks: disk("VHD", 2040, STARTUP) }),
      web1: vm("CentOS 5.5 x64", 4, 2048, { host: "hv1", integrationServices: SERVICES }),
      sql1: vm(R2_SP1, 4, 4096, { host: "hv1", dynamicMemory: { minimumMB: 4096, maximumMB: 16384 } }),
      // 12 to 1: two logical processors, and nothing but Windows 7.
      vdi1: host(R2_SP1, [1, 2, 1], 32768),
      ...several("desktop", 6, vm("Windows 7 SP1", 4, 2048, { host: "vdi1", edition: "Enterprise" })),
      c1: cluster({ nodes: ["node1", "node2"] }),
      node1: host(R2_SP1, [2, 4, 1], 32768),
      node2: host(R2_SP1, [2, 4, 1], 32768),
      ...several("floating", 8, vm(R2_SP1, 4, 4096, { cluster: "c1" })),
    },
    {
      big1: host(R2_SP1, [4, 8, 2], 262144),
      unlisted: vm("CentOS 5.1", 1, 1024, { host: "big1" }),
      ended: vm("Windows 2000 Server SP4", 1, 1024, { host: "big1" }),
      processors: vm("Windows Server 2003 R2 x64 SP2", 4, 1024, { host: "big1" }),
      memory: vm(R2_SP1, 4, 70000, { host: "big1" }),
      small: vm(R2_SP1, 1, 256, { host: "big1" }),
      little: vm(R2_SP1, 1, 1024, { host: "big1" }),
      disk: vm(R2_SP1, 4, 4096, { host: "big1", disks: disk("VHDX", 100) }),
      share: vm(R2_SP1, 4, 4096, { host: "big1", disks: disk("VHD", 100, { type: "smb" }) }),
      disks261: vm(R2_SP1, 4, 4096, { host: "big1", disks: Array.from({ length: 261 }, () => disk("VHD", 1)).flat() }),
      shrinking: vm(R2_SP1, 4, 4096, { host: "big1", dynamicMemory: { minimumMB: 512, maximumMB: 8192 } }),
      adapters: vm(R2_SP1, 4, 4096, { host: "big1", networkAdapters: adapters(9) }),
      dynamic: vm("CentOS 5.5", 1, 1024, {
        host: "big1",
        dynamicMemory: { minimumMB: 512, maximumMB: 2048 },
        integrationServices: { version: "2.1" },
      }),
      services: vm("SLES 11 SP1", 4, 2048, { host: "big1", integrationServices: { version: "2.0" } }),
      backup: vm("RHEL 5.6", 4, 2048, { host: "big1", integrationServices: { version: "2.1", vss: true } }),
      processors128: host(R2_SP1, [4, 16, 2], 65536),
      memory2tb: host(R2_SP1, [2, 4, 2], 2097152),
      standard1: host("Windows Server 2008 R2 Standard", [2, 4, 2], 65536),
      core1: host("Windows Server 2008 Standard without Hyper-V", [2, 4, 2], 8192),
      vdi2: host(R2_SP1, [1, 2, 1], 32768),
      ...several("mixed-guest", 5, vm("Windows 7 SP1", 4, 2048, { host: "vdi2" })),
      oneServer: vm(R2_SP1, 4, 2048, { host: "vdi2" }),
      // An old host, whose limit is low: a preview takes its time for each virtual machine.
      crowd1: host("Windows Server 2008 SP2", [4, 6, 1], 131072),
      ...several("crowd-guest", 200, vm("Windows Server 2003 R2 SP2", 1, 512, { host: "crowd1" })),
      full1: host(R2_SP1, [2, 4, 2], 8192),
      ...several("full-guest", 3, vm(R2_SP1, 1, 4096, { host: "full1" })),
      tight1: host(R2_SP1, [2, 4, 2], 8192),
      ...several("tight-guest", 2, vm(R2_SP1, 1, 4096, { host: "tight1" })),
      c2: cluster({ nodes: ["node3", "node4"] }),
      node3: host(R2, [2, 4, 1], 32768),
      node4: host(R2_SP1, [2, 4, 1], 32768),
      ...several("spread", 9, vm(R2_SP1, 4, 4096, { cluster: "c2" })),
    },
    [
      "mandatory guest-os-supported unlisted: unlisted runs CentOS 5.1 on Windows Server 2008 R2 with Service Pack 1, which does not support that guest.",
      "advisory guest-os-lifecycle ended: ended runs Windows 2000 Server with Service Pack 4, whose support ended on 2010-07-13.",
      "advisory guest-os-lifecycle services: services runs SUSE Linux Enterprise Server 11 with Service Pack 1, whose support ends on 2012-08-31.",
      "mandatory guest-processor-count processors: processors has 4 virtual processors, but the guest Windows Server 2003 R2 (x64) with Service Pack 2 may have 1 or 2 on Windows Server 2008 R2 with Service Pack 1.",
      "mandatory guest-memory memory: memory may use 70000 MB of memory. Windows Server 2008 R2 with Service Pack 1 gives a virtual machine of generation 1 at most 64 GB, which is 65536 MB.",
      "mandatory guest-memory small: small has 256 MB of memory; Windows Server 2008 R2 with Service Pack 1 needs at least 512 MB.",
      "advisory guest-memory little: little has 1024 MB of memory; Microsoft recommends at least 2 GB for Windows Server 2008 R2 with Service Pack 1.",
      'mandatory guest-disk-size disk: disk has the virtual disk "disk1" in VHDX format, which Windows Server 2008 R2 with Service Pack 1 does not support.',
      'mandatory guest-disk-size share: share has the virtual disk "disk1" on a file share, which Windows Server 2008 R2 with Service Pack 1 does not support.',
      "mandatory guest-disk-count disks261: disks261 has 261 disks. Windows Server 2008 R2 with Service Pack 1 attaches at most 260 to a virtual machine of generation 1: 4 to IDE and 256 to SCSI controllers.",
      "advisory dynamic-memory-supported shrinking: shrinking may shrink to 512 MB, below the 4096 MB that it starts with; Windows Server 2008 R2 with Service Pack 1 has no minimum memory of its own.",
      "advisory host-memory standard1: standard1 has 65536 MB of memory (64 GB). The Standard edition of Windows Server 2008 R2 uses at most 32 GB, which is 32768 MB.",
      'mandatory estate core1: core1: operatingSystem is "Windows Server 2008 Standard without Hyper-V": Windows Server 2008 Standard without Hyper-V is an edition without Hyper-V.',
      "mandatory guest-adapter-count adapters: adapters has 9 synthetic network adapters. Windows Server 2008 R2 with Service Pack 1 allows at most 8 in a virtual machine of generation 1.",
      "mandatory dynamic-memory-supported dynamic: dynamic has dynamic memory, but no document allows it for CentOS 5.5 on Windows Server 2008 R2 with Service Pack 1.",
      "mandatory linux-integration-services services: services runs SUSE Linux Enterprise Server 11 with Service Pack 1 on Windows Server 2008 R2 with Service Pack 1 with integration services 2.0; that guest needs Linux Integration Services 2.1 or later.",
      "mandatory linux-integration-services backup: backup runs Red Hat Enterprise Linux 5.6 on Windows Server 2008 R2 with Service Pack 1 and turns on live virtual machine backup, which Linux Integration Services 2.1 does not have.",
      "mandatory host-logical-processors processors128: processors128 has 128 logical processors (4 sockets × 16 cores × 2 threads). Windows Server 2008 R2 with Service Pack 1 supports at most 64.",
      "mandatory host-memory memory2tb: memory2tb has 2097152 MB of memory (2 TB). Windows Server 2008 R2 with Service Pack 1 supports at most 1 TB, which is 1048576 MB.",
      "mandatory virtual-processor-ratio vdi2: vdi2 runs 24 virtual processors on 2 logical processors (1 socket × 2 cores × 1 thread): 12.0 to 1. Windows Server 2008 R2 with Service Pack 1 allows 8 to 1, which is 16 here. The ratio of 12 to 1 holds only while every guest on the host runs Windows 7.",
      "mandatory host-virtual-machines crowd1: crowd1 runs 200 virtual machines. Windows Server 2008 with Service Pack 2 supports at most 192.",
      "advisory virtual-processor-ratio crowd1: crowd1 runs 200 virtual processors on 24 logical processors (4 sockets × 6 cores × 1 thread): 8.3 to 1. Windows Server 2008 with Service Pack 2 allows 8 to 1, which is 192 here.",
      "mandatory host-memory-capacity full1: full1 has 8192 MB of memory, and its virtual machines may use 12288 MB: 4096 MB too much.",
      "advisory host-memory-capacity tight1: tight1 has 8192 MB of memory, and its virtual machines may use 8192 MB. With 2048 MB for the parent partition that is 2048 MB too much.",
      "advisory cluster-size c2: c2 has nodes of different versions: Windows Server 2008 R2 on node3; Windows Server 2008 R2 with Service Pack 1 on node4.",
      "advisory cluster-capacity c2: c2 has 32768 MB of memory while the largest of its 2 nodes is down, and its virtual machines may use 36864 MB: 4096 MB too much.",
    ],
  );

  estate(
    "Windows Server 2012 R2 in June 2014",
    "2014-06-30",
    {
      hv1: host("Windows Server 2012 R2", [2, 8, 2], 262144),
      sql1: vm("Windows Server 2012 R2", 64, 131072, { host: "hv1", generation: 2, disks: disk("VHDX", 65536) }),
      app1: vm("Windows Server 2012", 32, 8192, { host: "hv1", networkAdapters: adapters(8) }),
      old1: vm("Windows Server 2008 SP2", 8, 4096, { host: "hv1", disks: disk("VHD", 2040) }),
      web1: vm("CentOS 6.5", 3, 4096, {
        host: "hv1",
        dynamicMemory: { minimumMB: 1024, maximumMB: 8192 },
        networkAdapters: [...adapters(8), ...adapters(4, "legacy")],
      }),
      web2: vm("CentOS 5.5", 6, 2048, { host: "hv1", integrationServices: { version: "3.5" } }),
      c1: cluster(),
      node1: host("Windows Server 2012 R2", [1, 4, 1], 32768, { cluster: "c1" }),
      node2: host("Windows Server 2012 R2", [1, 4, 1], 32768, { cluster: "c1" }),
      // No ratio any more: 128 virtual processors on 8 logical ones.
      ...several("floating", 8, vm("Windows Server 2012 R2", 16, 4096, { cluster: "c1", generation: 2 })),
    },
    {
      big1: host("Windows Server 2012 R2", [4, 10, 2], 4194304),
      unlisted: vm("Windows Server 2003", 1, 1024, { host: "big1" }),
      generation: vm(R2_SP1, 4, 4096, { host: "big1", generation: 2 }),
      ended: vm("Windows XP SP3", 2, 1024, { host: "big1" }),
      processors: vm("Windows Server 2008 SP2", 9, 4096, { host: "big1" }),
      memory: vm("Windows Server 2012 R2", 4, 1048577, { host: "big1", generation: 2 }),
      disk: vm("Windows Server 2012 R2", 4, 4096, { host: "big1", disks: disk("VHD", 2041) }),
      format: vm("Windows Server 2012 R2", 4, 4096, { host: "big1", generation: 2, disks: disk("VHD", 100) }),
      adapters: vm("Windows Server 2012 R2", 4, 4096, {
        host: "big1",
        generation: 2,
        networkAdapters: [...adapters(9), ...adapters(1, "legacy")],
      }),
      dynamic: vm("RHEL 6.5", 4, 4000, { host: "big1", dynamicMemory: { minimumMB: 1024, maximumMB: 8192 } }),
      processors321: host("Windows Server 2012 R2", [3, 107, 1], 65536),
      memory8tb: host("Windows Server 2012 R2", [2, 4, 2], 8388608),
      wide1: host("Windows Server 2012 R2", [4, 15, 2], 1048576),
      ...several("wide-guest", 33, vm("Windows Server 2012 R2", 64, 4096, { host: "wide1" })),
      c2: cluster({ nodes: ["intel", "amd"] }),
      intel: host("Windows Server 2012 R2", [1, 4, 1], 32768, {}, "Intel"),
      amd: host("Windows Server 2012 R2", [1, 4, 1], 32768, {}, "AMD"),
      ...several("too-much", 17, vm("Windows Server 2012 R2", 1, 4096, { cluster: "c2" })),
    },
    [
      "mandatory guest-os-supported unlisted: unlisted runs Windows Server 2003 on Windows Server 2012 R2, which does not support that guest.",
      "advisory guest-os-lifecycle unlisted: unlisted runs Windows Server 2003, whose support ended on 2007-04-10.",
      "mandatory guest-os-supported generation: generation runs Windows Server 2008 R2 with Service Pack 1 on Windows Server 2012 R2 in a virtual machine of generation 2, but Microsoft lists that guest only for generation 1.",
      "advisory guest-os-lifecycle ended: ended runs Windows XP with Service Pack 3, whose support ended on 2014-04-08.",
      "mandatory guest-processor-count processors: processors has 9 virtual processors, but the guest Windows Server 2008 with Service Pack 2 may have from 1 to 8 on Windows Server 2012 R2.",
      "mandatory guest-memory memory: memory may use 1048577 MB of memory. Windows Server 2012 R2 gives a virtual machine of generation 2 at most 1 TB, which is 1048576 MB.",
      'mandatory guest-disk-size disk: disk has the virtual disk "disk1" of 2041 GB. On Windows Server 2012 R2 a VHD may have at most 2,040 GB.',
      'mandatory guest-disk-size format: format has the virtual disk "disk1" in VHD format, which a virtual machine of generation 2 does not support.',
      "mandatory guest-adapter-count adapters: adapters has 9 synthetic network adapters. Windows Server 2012 R2 allows at most 8 in a virtual machine of generation 2.",
      "mandatory guest-adapter-count adapters: adapters has 1 legacy network adapter. Windows Server 2012 R2 allows none in a virtual machine of generation 2.",
      "mandatory dynamic-memory-supported dynamic: dynamic has dynamic memory, with memoryMB 4000: Red Hat Enterprise Linux 6.5 needs multiples of 128 MB.",
      "mandatory host-logical-processors processors321: processors321 has 321 logical processors (3 sockets × 107 cores × 1 thread). Windows Server 2012 R2 supports at most 320.",
      "mandatory host-memory memory8tb: memory8tb has 8388608 MB of memory (8 TB). Windows Server 2012 R2 supports at most 4 TB, which is 4194304 MB.",
      "mandatory host-virtual-processors wide1: wide1 runs 2112 virtual processors. Windows Server 2012 R2 supports at most 2,048.",
      "advisory cluster-size c2: c2 has nodes with processors of different vendors: AMD in amd; Intel in intel.",
      "mandatory cluster-capacity c2: c2 has 65536 MB of memory on 2 nodes, and its virtual machines may use 69632 MB: 4096 MB too much.",
    ],
  );

  estate(
    "Windows Server 2022 in June 2025",
    "2025-06-30",
    {
      c1: cluster({ nodes: ["node1", "node2", "node3"] }),
      ...several("node", 3, host("Windows Server 2022", [2, 32, 2], 524288)),
      ...several("floating", 10, vm("Windows Server 2022", 64, 65536, { cluster: "c1", generation: 2 })),
      linux1: vm("Ubuntu 22.04", 6, 8192, {
        cluster: "c1",
        generation: 2,
        dynamicMemory: { minimumMB: 1024, maximumMB: 16384 },
        networkAdapters: adapters(64),
      }),
      pinned1: vm("Windows Server 2019", 240, 65536, {
        host: "node1",
        cluster: "c1",
        generation: 2,
        disks: disk("VHDX", 65536, STARTUP),
      }),
      old1: vm("Windows Server 2016", 64, 16384, { host: "node2", disks: disk("VHDX", 2048, STARTUP) }),
      desktop1: vm("Windows 11", 32, 8192, { host: "node3", generation: 2, tpm: true, secureBoot: true }),
    },
    {
      big1: host("Windows Server 2022", [4, 64, 2], 2097152),
      unlisted: vm("Windows Server 2003 R2 SP2", 2, 1024, { host: "big1" }),
      generation: vm("Windows 11", 4, 8192, { host: "big1" }),
      edition: vm("Windows 7 SP1", 4, 4096, { host: "big1", edition: "Home" }),
      ended: vm("Windows Server 2012 R2", 4, 4096, { host: "big1" }),
      processors: vm("Windows Server 2019", 241, 8192, { host: "big1", generation: 2 }),
      memory: vm("Windows Server 2022", 4, 1048577, { host: "big1" }),
      little: vm("Windows Server 2016", 1, 512, { host: "big1", generation: 2 }),
      disk: vm("Windows Server 2022", 4, 4096, { host: "big1", disks: disk("VHDX", 3000, STARTUP) }),
      adapters: vm("Windows Server 2022", 4, 4096, { host: "big1", generation: 2, networkAdapters: adapters(65) }),
      dynamic: vm("Debian 12", 2, 2000, { host: "big1", dynamicMemory: { minimumMB: 512, maximumMB: 4096 } }),
      processors1025: host("Windows Server 2022", [5, 205, 1], 65536),
      full1: host("Windows Server 2022", [2, 16, 2], 65536),
      ...several("full-guest", 2, vm("Windows Server 2022", 4, 40960, { host: "full1", generation: 2 })),
      c2: cluster({ nodes: ["node4", "node5"] }),
      node4: host("Windows Server 2019", [2, 16, 2], 131072),
      node5: host("Windows Server 2022", [2, 16, 2], 131072),
      older1: vm("Windows Server 2025", 4, 8192, { cluster: "c2", generation: 2 }),
      ...several("spread", 4, vm("Windows Server 2022", 8, 32768, { cluster: "c2", generation: 2 })),
    },
    [
      "mandatory guest-os-supported unlisted: unlisted runs Windows Server 2003 R2 with Service Pack 2 on Windows Server 2022, which does not support that guest.",
      "advisory guest-os-lifecycle unlisted: unlisted runs Windows Server 2003 R2 with Service Pack 2, whose support ended on 2015-07-14.",
      "mandatory guest-os-supported generation: generation runs Windows 11 on Windows Server 2022 in a virtual machine of generation 1 (by default), but Microsoft lists that guest only for generation 2.",
      "mandatory guest-os-supported edition: edition runs Windows 7 Home with Service Pack 1 on Windows Server 2022, which does not support that guest.",
      "advisory guest-os-lifecycle edition: edition runs Windows 7 Home with Service Pack 1, whose support ended on 2020-01-14.",
      "advisory guest-os-lifecycle ended: ended runs Windows Server 2012 R2, whose support ended on 2023-10-10.",
      "mandatory guest-processor-count processors: processors has 241 virtual processors, but the guest Windows Server 2019 may have from 1 to 240 on Windows Server 2022.",
      "mandatory guest-memory memory: memory may use 1048577 MB of memory. Windows Server 2022 gives a virtual machine of generation 1 (by default) at most 1 TB, which is 1048576 MB.",
      "advisory guest-memory little: little has 512 MB of memory; Microsoft recommends at least 1 GB for Windows Server 2016.",
      'mandatory guest-disk-size disk: disk has the virtual disk "disk1" of 3000 GB. On Windows Server 2022 the startup disk of a virtual machine of generation 1 (by default) may have at most 2 TB, which is 2048 GB.',
      "mandatory guest-adapter-count adapters: adapters has 65 synthetic network adapters. Windows Server 2022 allows at most 64 in a virtual machine of generation 2.",
      "advisory dynamic-memory-supported dynamic: dynamic has dynamic memory, with memoryMB 2000: Debian 12 needs multiples of 128 MB.",
      "mandatory host-logical-processors processors1025: processors1025 has 1025 logical processors (5 sockets × 205 cores × 1 thread). Windows Server 2022 supports at most 1,024.",
      "mandatory host-memory-capacity full1: full1 has 65536 MB of memory, and its virtual machines may use 81920 MB: 16384 MB too much.",
      "mandatory guest-os-supported older1: older1 runs Windows Server 2025 on Windows Server 2019, which does not support that guest.",
      "advisory cluster-size c2: c2 has nodes of different versions: Windows Server 2019 on node4; Windows Server 2022 on node5.",
      "advisory cluster-capacity c2: c2 has 131072 MB of memory while the largest of its 2 nodes is down, and its virtual machines may use 139264 MB: 8192 MB too much.",
    ],
  );
});
