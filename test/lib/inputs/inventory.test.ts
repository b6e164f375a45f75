import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { checkFiles } from "../../../lib/cli/check";
import { NotJudgedError } from "../../../lib/cli/user-error";
import { readEstate } from "../../../lib/dialects/read-estate";
import { InputError, type Input } from "../../../lib/inputs/input";
import { INVENTORY_LISTS, readInventory } from "../../../lib/inputs/inventory";
import schema from "../../../lib/inputs/inventory/inventory.schema.json";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { fileConfiguration } from "../../../lib/settings/file-configuration";
import { compare } from "../../../lib/text/collections";
import { RULES, undecided } from "../../../policies";
import { declared } from "../../example-program";
import { ROOT } from "../../root";
import { unwrapped } from "../dialects/read";

const EXAMPLES = ["exchange-2010-compliant", "exchange-2010-violations"];

function fileOf(example: string, name: string): string {
  return join(ROOT, "examples", example, name);
}

function inventoryOf(example: string): string {
  return readFileSync(fileOf(example, "inventory.json"), "utf8");
}

function read(inventory: object): Input {
  return readInventory(JSON.stringify({ inventoryVersion: 1, ...inventory }));
}

const HOST = {
  name: "HV1",
  operatingSystem: "Microsoft Windows Server 2022 Datacenter",
  processors: { sockets: 2, coresPerSocket: 16, threadsPerCore: 2, vendor: "Intel" },
  memoryMB: 262144,
};
const MACHINE = {
  name: "app1",
  host: "HV1",
  guestOs: "Windows Server 2022 Standard",
  processorCount: 4,
  memoryMB: 8192,
};

function findingsOf(...inventories: readonly object[]): readonly FindingRecord[] {
  const policies = [...RULES, undecided];
  const resources = inventories.flatMap((inventory) => read(inventory).resources);
  return new Judge(RULES, undecided, new EffectiveSettings({ policies, today: "2026-06-30" })).judgeAll(resources)
    .findings;
}

/** All of a finding but its URN, which names the program. */
function said({ rule, enforcement, entity, property = "", problem, fix = "" }: FindingRecord): string {
  return [rule, enforcement, entity?.name ?? "", property, problem, fix].join(" | ");
}

describe("an inventory of a running estate", () => {
  for (const example of EXAMPLES) {
    it(`gives the same model as the program (${example})`, () => {
      const { resources, partial, notes } = readInventory(inventoryOf(example));
      assert.deepEqual([partial, notes], [undefined, undefined]);
      const model = (from: Input["resources"]) => {
        const { hosts, clusters, virtualMachines } = readEstate(from, true);
        const byName = (entities: readonly { readonly name: string }[]) =>
          [...entities].sort((one, other) => compare(one.name, other.name));
        return unwrapped([hosts, clusters, virtualMachines].map(byName));
      };
      assert.deepEqual(model(resources), model(declared(example)));
    });

    it(`has the same findings as the program (${example})`, async () => {
      const config = fileOf(example, "policy-config.json");
      const { findings } = await checkFiles([{ option: "inventory", file: fileOf(example, "inventory.json") }], config);
      const policies = [...RULES, undecided];
      const settings = new EffectiveSettings({ policies });
      settings.configure(fileConfiguration(JSON.parse(readFileSync(config, "utf8")), policies, settings));
      const expected = new Judge(RULES, undecided, settings).judgeAll(declared(example)).findings;
      assert.deepEqual(findings.map(said).sort(), expected.map(said).sort());
      assert.equal(
        findings.some(({ enforcement }) => enforcement === "mandatory"),
        example.endsWith("violations"),
      );
    });

    it(`fits the published schema (${example})`, () => {
      const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
      assert.ok(validate(JSON.parse(inventoryOf(example))), JSON.stringify(validate.errors));
    });
  }

  it("is as its published schema says, and that is made from the components", async () => {
    const lists = Object.keys(schema.properties).filter((key) => Object.hasOwn(INVENTORY_LISTS, key));
    assert.deepEqual(lists, Object.keys(INVENTORY_LISTS));
    const { makeInventorySchema } = await import("../../../tools/build/inventory-schema.mjs");
    const file = join(ROOT, "lib", "inputs", "inventory", "inventory.schema.json");
    assert.equal(readFileSync(file, "utf8"), await makeInventorySchema());
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    assert.ok(!validate({ inventoryVersion: 1, virtualMachines: [{ ...MACHINE, processors: 4 }] }));
    assert.ok(validate({ inventoryVersion: 1, virtualMachines: [{ ...MACHINE, guestOs: null }] }));
  });

  it("is one estate with others, and the last one counts for what is in several", () => {
    const resources = [
      ...read({ hosts: [HOST] }).resources,
      ...read({ hosts: [{ ...HOST, name: "HV2" }], virtualMachines: [{ ...MACHINE, host: "HV2" }] }).resources,
    ];
    const { hosts, virtualMachines } = readEstate(resources, true);
    assert.deepEqual([hosts.map(({ name }) => name), virtualMachines.length], [["HV1", "HV2"], 1]);
  });

  it("tells apart machines of one name on one host", () => {
    const { resources } = read({ virtualMachines: [MACHINE, { ...MACHINE, name: "APP1" }] });
    assert.equal(new Set(resources.map(({ urn }) => urn.toLowerCase())).size, 2);
  });

  describe("what could not be read", () => {
    it("is silent where everything was read and is right", () => {
      assert.deepEqual(findingsOf({ hosts: [HOST], virtualMachines: [MACHINE] }).map(said), []);
    });

    it("never blocks, is never taken for a default, and is never silent", () => {
      const paths = [
        ...Object.keys(HOST).filter((key) => key !== "name"),
        ...Object.keys(HOST.processors).map((key) => `processors.${key}`),
      ];
      for (const path of paths) {
        const [key = "", inner] = path.split(".");
        const host = { ...HOST, [key]: inner === undefined ? null : { ...HOST.processors, [inner]: null } };
        const findings = findingsOf({ hosts: [host], virtualMachines: [MACHINE] });
        assert.deepEqual(findings.filter(({ enforcement }) => enforcement === "mandatory").map(said), [], path);
      }
      for (const key of ["guestOs", "processorCount", "memoryMB", "disks", "exchange", "networkAdapters"]) {
        const findings = findingsOf({ hosts: [HOST], virtualMachines: [{ ...MACHINE, [key]: null }] });
        assert.ok(findings.length > 0, key);
        assert.ok(
          findings.every(({ rule, enforcement }) => rule === "undecided" && enforcement === "advisory"),
          key,
        );
      }
    });

    it("is named with what to do about it", () => {
      const [finding] = findingsOf({
        hosts: [{ ...HOST, roles: null }],
        virtualMachines: [{ ...MACHINE, disks: null }],
      });
      assert.match(finding?.problem ?? "", /^disks is not known: not checked by /);
      assert.equal(finding?.fix, "Write it into the inventory, in the place of null.");
    });

    it("leaves a fact with a default unknown", () => {
      const { resources } = read({ hosts: [HOST], virtualMachines: [{ ...MACHINE, generation: null }] });
      assert.equal(readEstate(resources, true).virtualMachines[0]?.generation.state, "unknown");
    });

    it("can be said in the settings: the guest that a machine does not tell", () => {
      const policies = [...RULES, undecided];
      const settings = new EffectiveSettings({ policies });
      const classify = [{ match: { name: "app*" }, guestOs: "Windows Server 2022" }];
      settings.configure(fileConfiguration({ estate: { classify } }, policies, settings));
      const { resources } = read({ hosts: [HOST], virtualMachines: [{ ...MACHINE, guestOs: null }] });
      assert.deepEqual(new Judge(RULES, undecided, settings).judgeAll(resources).findings.map(said), []);
    });

    it("is said once for one reason, and a machine that is missing makes the estate a part", () => {
      const denied = "Access is denied.\r\nHRESULT 0x80070005";
      const { partial, notes } = read({
        notRead: [
          ...["a", "b", "c", "d"].map((what) => ({ what, why: denied })),
          { what: "virtual machine x on HV1", why: "gone", isMissing: true },
        ],
      });
      assert.equal(partial, "the inventory does not have virtual machine x on HV1 (gone).");
      assert.deepEqual(notes, [
        "The inventory could not read a, b, c and 1 more (Access is denied. HRESULT 0x80070005).",
      ]);
    });
  });

  describe("that is none", () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ["empty", "", /^is empty/],
      ["cut short", inventoryOf("exchange-2010-compliant").slice(0, 900), /^is not JSON, or cut short/],
      ["a list", "[]", /^is not an inventory/],
      ["an exported stack", '{"version":3,"deployment":{}}', /no inventoryVersion$/],
      ["of another version", '{"inventoryVersion":2}', /^is an inventory of version 2; 1 is read$/],
      ["of an odd version", '{"inventoryVersion":{"a":1}}', /^is an inventory of an unknown version; 1 is read$/],
      ["with an unknown part", '{"inventoryVersion":1,"host":[]}', /"host" is not a part of it$/],
      ["with an object for a list", '{"inventoryVersion":1,"hosts":{}}', /its hosts are not a list$/],
      ["with a text for a host", '{"inventoryVersion":1,"hosts":["a"]}', /hosts\[0\] is not an object$/],
      ["of a million brackets", "[".repeat(1e6), /^is not JSON, or cut short/],
      [
        "with a million brackets",
        `{"inventoryVersion":1,"hosts":[${"[".repeat(1e6)}${"]".repeat(1e6)}]}`,
        /not an object$/,
      ],
    ];
    for (const [name, text, message] of cases) {
      it(name, () => {
        assert.throws(
          () => readInventory(text),
          (error) => error instanceof InputError && message.test(error.message) && !error.message.includes("\n"),
        );
      });
    }

    it("is named in one line of the command, also with UTF-16 of Windows PowerShell", async () => {
      const folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
      const file = join(folder, "estate.json");
      try {
        writeFileSync(file, `\ufeff${inventoryOf("exchange-2010-compliant")}`, "utf16le");
        assert.equal((await checkFiles([{ option: "inventory", file }], undefined)).summary?.judged.entities.host, 3);
        writeFileSync(file, "\ufeff{", "utf16le");
        await assert.rejects(
          checkFiles([{ option: "inventory", file }], undefined),
          (error) => error instanceof NotJudgedError && error.message.startsWith(`${file} is not JSON`),
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it("has findings for what it should not have, and takes values of any depth", () => {
    const odd = findingsOf({ hosts: [{ ...HOST, memory: 1 }] });
    assert.deepEqual(
      odd.map(({ rule, property }) => [rule, property]),
      [["estate", "memory"]],
    );
    const deep = `{"inventoryVersion":1,"hosts":[{"name":"a","x":${"[".repeat(1e5)}${"]".repeat(1e5)}}]}`;
    assert.equal(readInventory(deep).resources.length, 1);
  });

  it("never fails in another way, whatever an entry holds", () => {
    const entry = fc.dictionary(
      fc.constantFrom("name", "host", "disks", "processors", "a", "__proto__"),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(INVENTORY_LISTS)), fc.array(entry), (list, entries) => {
        const { resources } = read({ [list]: entries });
        assert.equal(new Set(resources.map(({ urn }) => urn)).size, entries.length);
        readEstate(resources, true);
      }),
    );
  });
});
