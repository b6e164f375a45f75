import assert from "node:assert/strict";
import { join } from "node:path";
import { preview } from "../engine";
import { findings } from "./program";

const EXAMPLES = join(__dirname, "..", "..", "examples");

describe("the bundled examples, previewed by the real engine", () => {
  for (const name of ["exchange-2010-compliant", "exchange-2010-typescript", "replica-and-backup"]) {
    it(`${name} passes`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name));
      assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [] });
    });
  }

  it("exchange-2010-violations is blocked, with a finding for each mistake and no other", async () => {
    const { code, events } = await preview(join(EXAMPLES, "exchange-2010-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      "advisory exchange-role-balance hv1: hv1 carries no Exchange role but Mailbox (ex-mbx1 and ex-mbx2), while hv2 carries Client Access and Hub Transport.",
      "advisory exchange-survives-host-loss hv1: hv1 cannot be lost: DAG1 keeps 1 of 3 votes (the witness) and needs 2.",
      "advisory exchange-survives-host-loss hv2: hv2 cannot be lost: no Exchange 2010 SP1 Client Access server is left without ex-cas1 and ex-cas2; no Exchange 2010 SP1 Hub Transport server is left without ex-cas1 and ex-cas2.",
      'mandatory estate dc1: dc1: guestOs is "Windows Server 2008 R3": no operating system in the support tables has this name.',
      'mandatory estate dc2: dc2: host is "hv9", but no Host of that name is declared.',
      "mandatory exchange-client-access-spread ex-cas2: ex-cas2 (Exchange 2010 SP1, Client Access, Hub Transport) is on the same host hv2 as every other Client Access server: ex-cas1.",
      "mandatory exchange-dag-anti-affinity ex-mbx2: ex-mbx2 (Exchange 2010 SP1, Mailbox) is on the same host hv1 as ex-mbx1: both are members of the database availability group DAG1.",
      "mandatory exchange-dynamic-memory ex-mbx1: ex-mbx1 (Exchange 2010 SP1, Mailbox) has dynamic memory, from 4096 to 24576 MB.",
      'mandatory exchange-fixed-disks ex-cas2: ex-cas2 (Exchange 2010 SP1, Client Access, Hub Transport) has the dynamically expanding VHD "system" (operatingSystem).',
      "mandatory exchange-hub-transport-spread ex-cas2: ex-cas2 (Exchange 2010 SP1, Client Access, Hub Transport) is on the same host hv2 as every other Hub Transport server: ex-cas1.",
      "mandatory guest-processor-count ex-mbx1: ex-mbx1 has 3 virtual processors, but the guest Windows Server 2008 R2 Enterprise with Service Pack 1 may have 1, 2 or 4 on Windows Server 2008 R2 with Service Pack 1.",
      "mandatory virtual-processor-ratio hv3: hv3 runs 20 virtual processors on 2 logical processors (1 socket × 2 cores × 1 thread): 10.0 to 1. Windows Server 2008 R2 with Service Pack 1 allows 8 to 1, which is 16 here. The ratio of 12 to 1 holds only while every guest on the host runs Windows 7.",
    ]);
  });
});
