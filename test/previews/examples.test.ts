import assert from "node:assert/strict";
import { join } from "node:path";
import { preview } from "../engine";
import { findings } from "./program";

const EXAMPLES = join(__dirname, "..", "..", "examples");

describe("the bundled examples, previewed by the real engine", () => {
  for (const name of ["exchange-2010-compliant", "exchange-2010-typescript", "azure-local"]) {
    it(`${name} passes`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name));
      assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [] });
    });
  }

  it("scvmm-violations is blocked, with a finding for each mistake and no other", async () => {
    const { code, events } = await preview(join(EXAMPLES, "scvmm-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      "mandatory exchange-dag-anti-affinity mbx2: mbx2 (Exchange 2019, Mailbox) is on the same host hv1 as mbx1: both are members of the database availability group DAG1.",
      "mandatory exchange-dynamic-memory mbx2: mbx2 (Exchange 2019, Mailbox) has dynamic memory, from 65536 to 98304 MB.",
      'mandatory exchange-fixed-disks mbx2: mbx2 (Exchange 2019, Mailbox) has the differencing disk "databases".',
      "mandatory guest-processor-count mbx2: mbx2 has 1025 virtual processors, but a virtual machine of generation 2 may have at most 1,024 on Windows Server 2022.",
    ]);
  });

  it("exchange-2010-violations is blocked, with a finding for each mistake and no other", async () => {
    const { code, events } = await preview(join(EXAMPLES, "exchange-2010-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      'mandatory estate dc1: dc1: guestOs is "Windows Server 2008 R3": no operating system in the support tables has this name.',
      'mandatory estate dc2: dc2: host is "hv9", but no Host of that name is declared.',
      "mandatory exchange-dag-anti-affinity ex-mbx2: ex-mbx2 (Exchange 2010 SP1, Mailbox) is on the same host hv1 as ex-mbx1: both are members of the database availability group DAG1.",
      "mandatory exchange-dynamic-memory ex-mbx1: ex-mbx1 (Exchange 2010 SP1, Mailbox) has dynamic memory, from 4096 to 24576 MB.",
      'mandatory exchange-fixed-disks ex-cas2: ex-cas2 (Exchange 2010 SP1, Client Access, Hub Transport) has the dynamically expanding VHD "system" (operatingSystem).',
      "mandatory guest-processor-count ex-mbx1: ex-mbx1 has 3 virtual processors, but the guest Windows Server 2008 R2 Enterprise with Service Pack 1 may have 1, 2 or 4 on Windows Server 2008 R2 with Service Pack 1.",
      "mandatory virtual-processor-ratio hv3: hv3 runs 20 virtual processors on 2 logical processors (1 socket × 2 cores × 1 thread): 10.0 to 1. Windows Server 2008 R2 with Service Pack 1 allows 8 to 1, which is 16 here. The ratio of 12 to 1 holds only while every guest on the host runs Windows 7.",
    ]);
  });

  for (const [name, on] of [
    ["hyperv-provider", "host2: hv2"],
    ["powershell", "hv2: hv2"],
  ] as const) {
    it(`${name} gets the advice that it is to get, and no other`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name), { standIns: true });
      const expected =
        `advisory host-memory-capacity ${on} has 32768 MB of memory, and its virtual machines may use 40960 MB: ` +
        "8192 MB too much.";
      assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [expected] });
    });
  }
});
