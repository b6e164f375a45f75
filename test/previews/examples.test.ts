import assert from "node:assert/strict";
import { join } from "node:path";
import { preview } from "../engine";
import { ROOT } from "../root";
import { EXCHANGE_2010_VIOLATIONS } from "./expected";
import { findings } from "./program";

const EXAMPLES = join(ROOT, "examples");

const THREE_GUESTS = "3 virtual machines (app1, sql1 and web1) do not say their guest operating system";

describe("the bundled examples, previewed by the real engine", () => {
  for (const name of ["exchange-2010-compliant", "exchange-2010-typescript", "azure-local", "replica-and-backup"]) {
    it(`${name} passes`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name));
      assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [] });
    });
  }

  it("scvmm-violations is blocked, with a finding for each mistake and no other", async () => {
    const { code, events } = await preview(join(EXAMPLES, "scvmm-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      "advisory exchange-size mbx1: mbx1 (Exchange 2019, Mailbox) has 98304 MB of memory. Exchange 2019 should have at least 128 GB, which is 131072 MB.",
      "advisory exchange-size mbx2: mbx2 (Exchange 2019, Mailbox) has 1025 virtual processors. Exchange 2019 should have at most 48 processors.",
      "advisory exchange-size mbx2: mbx2 (Exchange 2019, Mailbox) has 98304 MB of memory. Exchange 2019 should have at least 128 GB, which is 131072 MB.",
      "advisory exchange-survives-host-loss hv1: hv1 is a single point of failure: DAG1 keeps 1 of 3 votes (the witness) and needs 2.",
      "advisory undecided mbx1: a disk of purpose databases and a disk of purpose transactionLogs are not declared: not checked by exchange-role-storage.",
      "advisory undecided mbx2: a disk of purpose databases and a disk of purpose transactionLogs are not declared: not checked by exchange-role-storage.",
      "mandatory exchange-dag-anti-affinity mbx2: mbx2 (Exchange 2019, Mailbox) is on the same host hv1 as mbx1: both are members of the database availability group DAG1.",
      "mandatory exchange-dynamic-memory mbx2: mbx2 (Exchange 2019, Mailbox) has dynamic memory, from 65536 to 98304 MB.",
      'mandatory exchange-fixed-disks mbx2: mbx2 (Exchange 2019, Mailbox) has the differencing disk "databases".',
      "mandatory exchange-processor-ratio hv1: hv1 runs 1033 virtual processors on 32 physical cores (2 sockets × 16 cores). Exchange allows 2 to 1, which is 64 here.",
      "mandatory guest-processor-count mbx2: mbx2 has 1025 virtual processors, but a virtual machine of generation 2 may have at most 1,024 on Windows Server 2022.",
    ]);
  });

  it("exchange-2010-violations is blocked, with a finding for each mistake and no other", async () => {
    const { code, events } = await preview(join(EXAMPLES, "exchange-2010-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), EXCHANGE_2010_VIOLATIONS);
  });

  for (const [name, on, missing] of [
    ["hyperv-provider", "host2: hv2", THREE_GUESTS],
    ["powershell", "hv2: hv2", THREE_GUESTS],
    ["azure-classic", "hv1: hv1", "web1: web1 does not say its generation or its guest operating system"],
    ["settings", "settings-preview: hv2", undefined],
  ] as const) {
    it(`${name} gets the advice that it is to get, and no other`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name), { standIns: true });
      const expected =
        `advisory host-memory-capacity ${on} has 32768 MB of memory, and its virtual machines may use 40960 MB: ` +
        "8192 MB too much.";
      const undecided =
        `advisory undecided ${missing === THREE_GUESTS ? `${name}-preview: ` : ""}${missing ?? ""}, ` +
        "so guest-os-supported and guest-processor-count could not be checked.";
      assert.deepEqual(
        { code, findings: findings(events) },
        { code: 0, findings: missing === undefined ? [expected] : [expected, undecided] },
      );
    });
  }
});
