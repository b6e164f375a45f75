import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { preview } from "../engine";
import { BEFORE_FIX, BEFORE_SOURCE, findings, yamlProgram, type Resources } from "./program";

const HOST: Resources = {
  hv1: {
    type: "Host",
    properties: {
      operatingSystem: "Windows Server 2008 R2 SP1",
      processors: { sockets: 2, coresPerSocket: 4, threadsPerCore: 1 },
      memoryMB: 65536,
    },
  },
};
const VM = { host: "hv1", guestOs: "Windows Server 2008 R2 SP1", edition: "Enterprise", memoryMB: 4096 };
const THREE: Resources = { vm1: { type: "VirtualMachine", properties: { ...VM, processorCount: 3 } } };
const TOO_LARGE: Resources = {
  vm2: { type: "VirtualMachine", properties: { ...VM, processorCount: 4, memoryMB: 65537 } },
};

const RULE = "guest-processor-count";
const EXEMPTION = {
  rule: RULE,
  resource: "vm1",
  reason: "Moves in the spring",
  expires: "2012-12-31",
  approvedBy: "Ann",
};

/** Previews resources with a configuration: whether it passes, and what is found. */
async function found(resources: Resources, configuration: object, end = BEFORE_FIX) {
  const folder = yamlProgram(resources);
  const file = join(folder, "settings.json");
  writeFileSync(file, JSON.stringify(configuration));
  const { code, events } = await preview(folder, { flags: ["--policy-pack-config", file] });
  return { passed: code === 0, findings: findings(events, end) };
}

describe("the settings of the pack, in the real engine", () => {
  describe("let an old estate go on while new mistakes are stopped", () => {
    let problem = "";
    let exempted = "";

    it("what is wrong blocks", async () => {
      const { passed, findings: all } = await found({ ...HOST, ...THREE }, { estate: { asOf: "2012-06-30" } });
      assert.equal(passed, false);
      assert.equal(all.length, 1);
      problem = all[0]?.replace(`mandatory ${RULE} vm1: `, "") ?? "";
      assert.match(problem, /^vm1 has 3 virtual processors, but /);
      exempted = `advisory ${RULE} vm1: Exempted until 2012-12-31 (Moves in the spring; approved by Ann): ${problem}`;
    });

    it("an exempted finding is listed, and does not block", async () => {
      const configuration = { estate: { asOf: "2012-06-30", exemptions: [EXEMPTION] } };
      assert.deepEqual(await found({ ...HOST, ...THREE }, configuration), { passed: true, findings: [exempted] });
    });

    it("a mistake of another kind blocks, and nothing else does", async () => {
      const configuration = { estate: { asOf: "2012-06-30", exemptions: [EXEMPTION] } };
      const { passed, findings: all } = await found({ ...HOST, ...THREE, ...TOO_LARGE }, configuration);
      assert.equal(passed, false);
      assert.deepEqual(
        all.filter((one) => one.startsWith("advisory")),
        [exempted],
      );
      assert.deepEqual(
        all.filter((one) => one.startsWith("mandatory")).map((one) => one.split(": ")[0]),
        ["mandatory guest-memory vm2", "mandatory host-memory-capacity hv1"],
      );
    });

    it("the day after its last day it blocks again", async () => {
      const configuration = { estate: { asOf: "2013-01-01", exemptions: [EXEMPTION] } };
      assert.deepEqual(await found({ ...HOST, ...THREE }, configuration), {
        passed: false,
        findings: [`mandatory ${RULE} vm1: ${problem} Its exemption expired on 2012-12-31.`],
      });
    });
  });

  it("a configuration that cannot be followed blocks also when all only advises, and the rest of it holds", async () => {
    const configuration = {
      all: "advisory",
      "guest-procesor-count": "mandatory",
      estate: {
        asOf: "2012-06-31",
        exmptions: [],
        exemptions: [EXEMPTION, { ...EXEMPTION, resource: "vm[2" }],
      },
    };
    const { passed, findings: all } = await found({ ...HOST, ...THREE }, configuration, BEFORE_SOURCE);
    assert.equal(passed, false);
    const own = all.filter((one) => !one.includes("-lifecycle "));
    assert.match(
      own.find((one) => one.includes(RULE)) ?? "",
      /^advisory .* Its exemption expired on 2012-12-31\. Fix: /,
    );
    assert.deepEqual(
      own.filter((one) => one.includes(" estate ")),
      [
        'estate.asOf is "2012-06-31", which is not a valid date. Fix: Give a date such as 2027-01-31.',
        'estate.exemptions[1].resource is "vm[2", which is not a pattern. ' +
          'Fix: Correct it: "[" has no "]"; write "\\[" for the character itself.',
        'estate.exmptions is not a setting of estate. Fix: Use one of: "exemptions", "clusters", "details".',
        'guest-procesor-count is not a policy of this pack. Fix: Use one of: "guest-processor-count", ' +
          '"guest-adapter-count", "guest-disk-count".',
      ].map((problem) => `mandatory estate ${STACK}: Configuration: ${problem}`),
    );
    assert.equal(own.length, 5);
  });

  it("a disabled estate keeps its settings, and that it carries some is said even without anything of Hyper-V", async () => {
    const configuration = { estate: { enforcementLevel: "disabled", exemptions: [EXEMPTION], asOf: "2012-06-30" } };
    const problem =
      `mandatory estate ${STACK}: Configuration: estate is disabled, but contains settings of the whole pack: ` +
      '"asOf", "exemptions". Fix: Give it the level "advisory" or "mandatory".';
    const { passed, findings: all } = await found({ ...HOST, ...THREE }, configuration, BEFORE_SOURCE);
    assert.equal(passed, false);
    assert.deepEqual(
      all.map((one) => one.split(" (")[0]),
      [`advisory ${RULE} vm1: Exempted until 2012-12-31`, problem],
    );
    assert.deepEqual(await found({}, configuration, BEFORE_SOURCE), { passed: false, findings: [problem] });
  });

  it("a profile leaves out the rules that came later", async () => {
    const configuration = { estate: { profile: "2008r2" } };
    assert.deepEqual(await found({ ...HOST, ...TOO_LARGE }, configuration), { passed: true, findings: [] });
  });
});

/** What the engine's stand-in names the stack of a program. */
const STACK = "program-preview";
