import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import { resource } from "../../kit";

/** Remote commands for some computers, one in another. */
function nested(depth: number, computers: number): string {
  const names = Array.from({ length: computers }, (_, index) => `hv${String(index)}`).join(",");
  const begin = `Invoke-Command -ComputerName ${names} -ScriptBlock { `;
  return `${begin.repeat(depth)}New-VM -Name vm1 -Generation 1 -MemoryStartupBytes 1GB -NoVHD${" }".repeat(depth)}`;
}

function read(create: string) {
  const estate = readEstate([resource("command:local:Command", "script", { create })], true);
  return { machines: estate.virtualMachines.length, unread: estate.notEvaluated.length };
}

describe("remote commands in remote commands", () => {
  for (const [depth, computers] of [
    [6, 8],
    [7, 8],
    [20, 2],
    [200, 2],
  ] as const) {
    it(`H2: of ${String(computers)} computers, ${String(depth)} deep, are followed so far, and the rest is named`, () => {
      const start = process.cpuUsage();
      const { unread } = read(nested(depth, computers));
      const { user, system } = process.cpuUsage(start);
      assert.ok(unread > 0);
      assert.ok((user + system) / 1e6 < 5, `it takes ${String((user + system) / 1e6)} s`);
    });
  }

  it("H2: are followed where there are few", () => {
    assert.ok(read(nested(1, 3)).machines > 0);
  });
});
