/** What examples/exchange-2010-violations is told: `level rule resource: what is wrong`, sorted. */
export const EXCHANGE_2010_VIOLATIONS: readonly string[] = [
  "advisory exchange-processor-ratio hv3: hv3 runs 20 virtual processors on 2 physical cores (1 socket × 2 cores). Exchange allows 2 to 1, which is 4 here.",
  "advisory exchange-role-storage ex-ht1: ex-ht1 (Exchange 2010 SP1, Hub Transport) has no disk for the message queue database and its logs.",
  "advisory exchange-role-storage ex-mbx3: ex-mbx3 (Exchange 2010 SP1, Mailbox) has no disk for the transaction logs and the content index.",
  'advisory exchange-separate-storage ex-mbx3: ex-mbx3 (Exchange 2010 SP1, Mailbox) has the disk "databases" (databases) on san-system, where its operating system disk "system" lies too.',
  'mandatory estate dc1: dc1: guestOs is "Windows Server 2008 R3": no operating system in the support tables has this name.',
  'mandatory estate dc2: dc2: host is "hv9", but no Host of that name is declared.',
  "mandatory exchange-dag-anti-affinity ex-mbx2: ex-mbx2 (Exchange 2010 SP1, Mailbox) is on the same host hv1 as ex-mbx1: both are members of the database availability group DAG1.",
  "mandatory exchange-dynamic-memory ex-mbx1: ex-mbx1 (Exchange 2010 SP1, Mailbox) has dynamic memory, from 4096 to 24576 MB.",
  "mandatory exchange-dynamic-memory hv4: hv4 has 32768 MB of memory, and its virtual machines may use 36864 MB: 4096 MB too much. It runs Exchange.",
  'mandatory exchange-fixed-disks ex-cas2: ex-cas2 (Exchange 2010 SP1, Client Access, Hub Transport) has the dynamically expanding VHD "system" (operatingSystem).',
  'mandatory exchange-os-disk-size ex-mbx3: ex-mbx3 (Exchange 2010 SP1, Mailbox) needs 15 + 24 (paging file for 24 GB) = 39 GB on its operating system disk "system", which has 30 GB.',
  "mandatory exchange-supported-scenario ex-mbx4: ex-mbx4 (Exchange 2010 RTM, Mailbox) is a member of the database availability group DAG2, and its virtual machine is highly available.",
  "mandatory exchange-supported-scenario ex-mbx5: ex-mbx5 (Exchange 2010 SP1, Mailbox) saves its state when its host stops (automaticStopAction save), and is highly available.",
  "mandatory exchange-supported-scenario ex-um1: ex-um1 (Exchange 2010 RTM, Unified Messaging) has the Unified Messaging role in a virtual machine.",
  "mandatory guest-processor-count ex-mbx1: ex-mbx1 has 3 virtual processors, but the guest Windows Server 2008 R2 Enterprise with Service Pack 1 may have 1, 2 or 4 on Windows Server 2008 R2 with Service Pack 1.",
  "mandatory virtual-processor-ratio hv3: hv3 runs 20 virtual processors on 2 logical processors (1 socket × 2 cores × 1 thread): 10.0 to 1. Windows Server 2008 R2 with Service Pack 1 allows 8 to 1, which is 16 here. The ratio of 12 to 1 holds only while every guest on the host runs Windows 7.",
];
