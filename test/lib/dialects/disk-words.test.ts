import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { Plain } from "../../../lib/estate/plain";
import { ifKnown } from "../../../lib/estate/value";
import { problemsOf, vm } from "../../kit";

/** What is read of a disk of a component, and the problems in it. */
function disk(properties: Readonly<Record<string, Plain>>) {
  const own = { name: "D", purpose: "data", type: "fixed", sizeGB: 1, ...properties };
  const estate = readEstate([vm("vm1", { disks: [own] })], true);
  const [machine] = estate.virtualMachines;
  const [read] = (machine === undefined ? undefined : ifKnown(machine.disks)) ?? [];
  assert(read !== undefined);
  return {
    purpose: ifKnown(read.purpose),
    type: ifKnown(read.type),
    alsoHolds: (ifKnown(read.alsoHolds) ?? []).map(ifKnown),
    problems: problemsOf(estate),
  };
}

const PURPOSES: Readonly<Record<string, readonly string[]>> = {
  operatingSystem: [
    "os",
    "OS",
    "system",
    "OS disk",
    "osDisk",
    "System Drive",
    "boot",
    "boot-volume",
    "C:",
    "Operating System",
  ],
  data: ["Data", "data disk", "Data-LUN"],
  databases: ["Database", "DB", "mailbox databases", "EDB disk"],
  transactionLogs: ["log", "Logs", "transaction log", "Log volume"],
  contentIndex: ["index", "Content Index", "search index"],
  messageQueue: ["queue", "mail queue", "Message Queue"],
  pageFile: ["page file", "Paging File", "pagefile.sys", "swap", "swap disk"],
};

describe("B13: words of disks as people write them", () => {
  for (const [purpose, words] of Object.entries(PURPOSES)) {
    for (const word of words) {
      it(`"${word}" holds ${purpose}`, () => {
        const read = disk({ purpose: word, alsoHolds: [word] });
        assert.deepEqual(read, { purpose, type: "fixed", alsoHolds: [purpose], problems: [] });
      });
    }
  }

  for (const [type, words] of [
    ["fixed", ["Fixed", "fixed size", "thick disk"]],
    ["dynamic", ["Dynamically Expanding", "thin"]],
    ["passThrough", ["pass-through", "Pass-through disk", "physical disk"]],
    ["iscsi", ["iSCSI", "iSCSI LUN"]],
    ["smb", ["SMB share", "SMB 3.0"]],
  ] as const) {
    for (const word of words)
      it(`"${word}" is ${type}`, () => {
        assert.equal(disk({ type: word }).type, type);
      });
  }

  it("are still errors where nobody could tell what is meant", () => {
    for (const purpose of ["foo", "disk", "temp", "constructor", "operating systems of many kinds"]) {
      assert.match(
        disk({ purpose }).problems.join(),
        /disks\[0\]\.purpose is ".+" → Use one of: operatingSystem, data,/,
      );
    }
  });
});
