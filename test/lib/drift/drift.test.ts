import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { checkFiles } from "../../../lib/cli/check";
import type { CommandOutput } from "../../../lib/cli/output";
import { runCommand } from "../../../lib/cli/run-command";
import { NotJudgedError } from "../../../lib/cli/user-error";
import { driftFindings } from "../../../lib/drift/drift-findings";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { readInventory } from "../../../lib/inputs/inventory";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import schema from "../../../lib/judging/finding.schema.json";
import { FORMATS } from "../../../lib/reports/formats";
import { htmlReport } from "../../../lib/reports/html/html";
import { findingsText } from "../../../lib/reports/text";
import { declared as declaredIn } from "../../example-program";
import { ROOT } from "../../root";
import { resource } from "../dialects/read";

type Entry = Readonly<Record<string, unknown>>;

interface Inventory {
  readonly hosts: readonly Entry[];
  readonly virtualMachines: readonly Entry[];
  readonly clusters?: readonly Entry[];
  readonly notRead?: readonly Entry[];
}

const HOST = {
  operatingSystem: "Windows Server 2022",
  processors: { sockets: 2, coresPerSocket: 16, threadsPerCore: 2 },
  memoryMB: 262144,
  virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["nic1"] }],
};

const MACHINE = {
  name: "app1",
  host: "hv1",
  guestOs: "Windows Server 2022 Datacenter",
  processorCount: 4,
  memoryMB: 8192,
  generation: 2,
  disks: [{ name: "app1.vhdx", purpose: null, type: "fixed", sizeGB: 60, path: "D:\\vhd\\app1.vhdx" }],
  networkAdapters: [{ name: "Network Adapter", switch: "LAN", vlan: 20 }],
};

const ONE: Inventory = { hosts: [{ name: "hv1", ...HOST }], virtualMachines: [MACHINE] };

/** The same machine as a program has it, under URNs of its own. */
function components({ hosts, virtualMachines, clusters = [] }: Inventory): readonly DeclaredResource[] {
  const of = (kind: string, entries: readonly Entry[]) =>
    entries.map((entry) =>
      resource(
        `hyperv-guard:index:${kind}`,
        String(entry["name"]),
        JSON.parse(JSON.stringify(entry)) as object as never,
      ),
    );
  return [...of("Host", hosts), ...of("VirtualMachine", virtualMachines), ...of("Cluster", clusters)];
}

function drift(declared: Inventory | readonly DeclaredResource[], running: Inventory): readonly FindingRecord[] {
  const input = (inventory: Inventory) => {
    const { resources, partial } = readInventory(JSON.stringify({ inventoryVersion: 1, ...inventory }));
    return { resources, isWhole: partial === undefined };
  };
  const own = "hosts" in declared ? input(declared) : { resources: declared, isWhole: true };
  return driftFindings(own, input(running));
}

function problems(declared: Inventory | readonly DeclaredResource[], running: Inventory): readonly string[] {
  return drift(declared, running).map(({ problem }) => problem);
}

function withMachine(more: Entry, machine: Entry = MACHINE): Inventory {
  return { ...ONE, virtualMachines: [{ ...machine, ...more }] };
}

describe("what is declared and what runs", () => {
  describe("an estate", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const disk = fc.record({
      purpose: fc.constantFrom(null, "data", "operatingSystem"),
      type: fc.constantFrom(null, "fixed", "dynamic"),
      sizeGB: fc.option(fc.integer({ min: 1, max: 2000 })),
    });
    const machine = fc.record({
      host: fc.nat(),
      guestOs: fc.constantFrom(null, "Windows Server 2019", "Ubuntu 22.04", "Windows Server 2012 R2 Standard"),
      processorCount: fc.option(fc.integer({ min: 1, max: 64 })),
      memoryMB: fc.option(fc.integer({ min: 512, max: 65536 })),
      disks: fc.option(fc.array(disk, { maxLength: 3 })),
      adapters: fc.uniqueArray(name, { maxLength: 3 }),
    });
    const estate = fc
      .record({
        hosts: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
        machines: fc.dictionary(name, machine, { maxKeys: 5, noNullPrototype: true }),
      })
      .map(({ hosts, machines }): Inventory & { readonly free: string } => ({
        hosts: hosts.map((host) => ({ name: host, ...HOST })),
        virtualMachines: Object.entries(machines).map(([own, { host, disks, adapters, ...facts }]) => ({
          name: own,
          host: hosts[host % hosts.length],
          ...facts,
          disks: disks?.map((one, index) => ({ name: `d${index}`, path: `D:\\${own}\\${index}.vhdx`, ...one })) ?? null,
          networkAdapters: adapters.map((adapter) => ({ name: adapter, switch: "LAN" })),
        })),
        // A name that none of them has: theirs are shorter.
        free: "another-name",
      }));

    it("has no drift against itself, in any order, case and slash", () => {
      fc.assert(
        fc.property(estate, ({ hosts, virtualMachines }) => {
          const other = {
            hosts: [...hosts].reverse(),
            virtualMachines: [...virtualMachines].reverse().map((vm) => ({
              ...vm,
              name: String(vm["name"]).toUpperCase(),
              host: `${String(vm["host"])}.contoso.com`,
            })),
          };
          assert.deepEqual(problems({ hosts, virtualMachines }, { hosts, virtualMachines }), []);
          assert.deepEqual(problems({ hosts, virtualMachines }, other), []);
          assert.deepEqual(problems(components({ hosts, virtualMachines }), other), []);
        }),
      );
    });

    it("has one finding for one thing more or less", () => {
      fc.assert(
        fc.property(estate, ({ hosts, virtualMachines, free }) => {
          const own = { hosts, virtualMachines };
          const [first] = hosts;
          const machines = [...virtualMachines, { ...MACHINE, name: free, host: first?.["name"] }];
          const more = { hosts, virtualMachines: machines };
          assert.deepEqual(problems(own, more), [
            `${free} runs on ${String(first?.["name"])}, and nothing declares it.`,
          ]);
          assert.deepEqual(problems(more, own), [`${free} is declared, and the inventory does not have it.`]);
          const wide = { hosts: [...hosts, { ...HOST, name: free }], virtualMachines };
          assert.deepEqual(problems(own, wide), [`${free} runs, and nothing declares it.`]);
          assert.deepEqual(problems(wide, own), [`${free} is declared, and the inventory does not have it.`]);
        }),
      );
    });

    it("has one finding for one disk or adapter more, less or other", () => {
      fc.assert(
        fc.property(estate, fc.nat(), ({ hosts, virtualMachines, free }, at) => {
          const vm = virtualMachines[at % Math.max(1, virtualMachines.length)];
          fc.pre(vm !== undefined && vm["disks"] !== null && vm["processorCount"] !== null);
          const replaced = (changed: Entry): Inventory => ({
            hosts,
            virtualMachines: virtualMachines.map((one) => (one === vm ? { ...one, ...changed } : one)),
          });
          const [disks, adapters] = [vm["disks"] as readonly Entry[], vm["networkAdapters"] as readonly Entry[]];
          const own = { hosts, virtualMachines };
          for (const changed of [
            replaced({ disks: [...disks, { name: "x", purpose: null, type: "fixed", sizeGB: 1, path: "E:\\x.vhdx" }] }),
            replaced({ networkAdapters: [...adapters, { name: free, switch: "LAN" }] }),
            replaced({ processorCount: Number(vm["processorCount"]) + 1 }),
          ]) {
            assert.equal(drift(own, changed).length, 1);
            assert.equal(drift(changed, own).length, 1);
          }
        }),
      );
    });
  });

  const cases: readonly (readonly [string, Inventory | readonly DeclaredResource[], Inventory, readonly string[]])[] = [
    [
      "a fact that runs otherwise",
      ONE,
      withMachine({ processorCount: 8 }),
      ["app1 runs with processorCount 8, but 4 is declared."],
    ],
    [
      "the type of a disk, matched by its path",
      ONE,
      withMachine({ disks: [{ ...MACHINE.disks[0], name: "other", type: "dynamic", path: "d:/VHD/app1.vhdx" }] }),
      ['app1 runs with type of the disk "app1.vhdx" dynamic, but fixed is declared.'],
    ],
    [
      "a disk somewhere else",
      ONE,
      withMachine({ disks: [{ ...MACHINE.disks[0], path: "E:\\app1.vhdx" }] }),
      [
        "app1 runs with E:\\app1.vhdx in its disks, which is not declared.",
        'app1 runs without the disk "app1.vhdx" (D:\\vhd\\app1.vhdx), which is declared.',
      ],
    ],
    [
      "nothing for disks that are declared without paths, by names of their own",
      withMachine({ disks: [{ name: "system", purpose: "operatingSystem", type: "fixed", sizeGB: 60 }] }),
      ONE,
      [],
    ],
    [
      "the number of disks that are declared without paths",
      withMachine({ disks: ["a", "b"].map((name) => ({ name, purpose: "data", type: "fixed", sizeGB: 60 })) }),
      ONE,
      ["app1 has another number of disks than is declared: 1, not 2."],
    ],
    [
      "a machine on another host",
      { ...ONE, hosts: ["hv1", "hv2"].map((name) => ({ name, ...HOST })) },
      { ...withMachine({ host: "HV2.contoso.com" }), hosts: ["HV1", "HV2"].map((name) => ({ name, ...HOST })) },
      ["app1 runs with host HV2.contoso.com, but hv1 is declared."],
    ],
    [
      "nothing for a machine that its cluster has moved",
      { ...ONE, hosts: ["hv1", "hv2"].map((name) => ({ name, ...HOST })) },
      {
        hosts: ["hv1", "hv2"].map((name) => ({ name, ...HOST })),
        clusters: [{ name: "c1", nodes: ["hv1", "hv2"] }],
        virtualMachines: [{ ...MACHINE, host: "hv2", cluster: "c1" }],
      },
      ["c1 runs, and nothing declares it."],
    ],
    ["nothing for what could not be read", ONE, withMachine({ processorCount: null, disks: null, guestOs: null }), []],
    [
      "nothing for defaults, which nobody has declared",
      withMachine({}, Object.fromEntries(Object.entries(MACHINE).filter(([key]) => key !== "generation"))),
      ONE,
      [],
    ],
    ["nothing for an edition that only one of them tells", ONE, withMachine({ guestOs: "Windows Server 2022" }), []],
    [
      "another operating system",
      ONE,
      withMachine({ guestOs: "Windows Server 2019" }),
      ["app1 runs with guestOs Windows Server 2019, but Windows Server 2022 Datacenter is declared."],
    ],
    [
      "a host without an inventory, and not each of its machines",
      { hosts: ["hv1", "hv2"].map((name) => ({ name, ...HOST })), virtualMachines: [{ ...MACHINE, host: "hv2" }] },
      { ...ONE, virtualMachines: [] },
      ["hv2 is declared, and the inventory does not have it."],
    ],
    [
      "no absence by an inventory that could not read a machine",
      ONE,
      { ...ONE, virtualMachines: [], notRead: [{ what: "app1", why: "denied", isMissing: true }] },
      [],
    ],
  ];
  for (const [name, declared, running, expected] of cases) {
    it(`finds ${name}`, () => {
      assert.deepEqual(problems(declared, running), expected);
    });
  }

  it("is on what is declared, advises, and fits the schema of findings", () => {
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    const findings = drift(components(ONE), withMachine({ processorCount: 8 }));
    assert.deepEqual(
      findings.map(({ rule, enforcement, urn, property, found, limit }) => [
        rule,
        enforcement,
        urn,
        property,
        found?.value,
        limit?.value,
      ]),
      [["drift", "advisory", "urn:pulumi:test::kit::hyperv-guard:index:VirtualMachine::app1", "processorCount", 8, 4]],
    );
    for (const finding of findings) assert.ok(validate(finding), JSON.stringify(validate.errors));
  });

  it("shows no secret", () => {
    const secret = "D:\\very-secret-folder\\app1.vhdx";
    const [vm] = components(withMachine({ disks: [{ ...MACHINE.disks[0], path: secret }] })).slice(1);
    assert.ok(vm !== undefined);
    const hidden = { ...vm, secrets: [{ path: "disks[0].path", value: secret }] };
    const findings = drift([...components({ ...ONE, virtualMachines: [] }), hidden], ONE);
    assert.equal(findings.length, 2);
    assert.doesNotMatch(JSON.stringify(findings), /very-secret/);
  });

  it("is in every format", () => {
    const findings = drift(ONE, withMachine({ processorCount: 8 }));
    const report = { findings, notes: [], version: "1.0.0" };
    const { html, ...others } = FORMATS;
    for (const [format, write] of Object.entries(others)) assert.match(write(report), /processorCount/, format);
    assert.equal(typeof html, "function");
    assert.match(htmlReport(report, { script: "", styles: "" }), /processorCount/);
    assert.match(findingsText(findings).join("\n"), /advises drift/);
  });

  describe("from files", () => {
    let folder: string;

    before(() => {
      folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
    });

    after(() => {
      rmSync(folder, { recursive: true });
    });

    function written(name: string, value: unknown): string {
      const file = join(folder, name);
      writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
      return file;
    }

    const example = join(ROOT, "examples", "exchange-2010-violations");
    const inventory = join(example, "inventory.json");

    /** An example as the file of a stack has it. */
    function state(): unknown {
      const resources = declaredIn("exchange-2010-violations").map(({ urn, type, properties }) => {
        return { urn, type, custom: false, inputs: properties, outputs: properties };
      });
      return { version: 3, deployment: { resources } };
    }

    async function driftOf(declared: string): Promise<readonly string[]> {
      const { findings } = await checkFiles([{ option: "inventory", file: inventory }], undefined, false, declared);
      return findings.filter(({ rule }) => rule === "drift").map(({ problem }) => problem);
    }

    it("has none for an example and its inventory, as a stack, a preview and an inventory", async () => {
      const { deployment } = state() as { deployment: { resources: readonly unknown[] } };
      const steps = deployment.resources.map((newState) => ({ op: "same", newState }));
      assert.deepEqual(await driftOf(written("state.json", state())), []);
      assert.deepEqual(await driftOf(written("preview.json", { steps })), []);
      assert.deepEqual(await driftOf(inventory), []);
    });

    it("is beside what the rules find, from the command", async () => {
      const changed = readFileSync(inventory, "utf8").replace('"memoryMB": 12288', '"memoryMB": 16384');
      const words = [
        "check",
        "--inventory",
        written("inventory.json", changed),
        "--against",
        written("s.json", state()),
      ];
      const out: string[] = [];
      const code = await runCommand([...words, "--json"], {
        out: (text) => out.push(text),
        error: () => undefined,
        during: (_, work) => work(),
        terminal: { isColoured: false },
      });
      assert.equal(code, 1);
      assert.match(out.join("\n"), /ex-ht1 runs with memoryMB 16384, but 12288 is declared\./);
      assert.match(out.join("\n"), /exchange-role-storage/);
    });

    it("is explained", async () => {
      const out: string[] = [];
      const code = await runCommand(["explain", "drift"], {
        out: (text) => out.push(text),
        error: () => undefined,
        during: (_, work) => work(),
        terminal: { isColoured: false },
      });
      assert.equal(code, 0);
      assert.match(out.join("\n"), /docs\/inventory\.md#drift$/);
    });

    it("needs an inventory, and a file that check reads", async () => {
      const errors: string[] = [];
      const output: CommandOutput = {
        out: () => undefined,
        error: (text) => errors.push(text),
        during: (_, work) => work(),
        terminal: { isColoured: false },
      };
      assert.equal(await runCommand(["check", "--state", "a", "--against", "b"], output), 2);
      assert.match(errors.join("\n"), /give --inventory too/);
      for (const text of ["", "{", "[]", '{"a":1}', "[".repeat(1e6)]) {
        await assert.rejects(
          driftOf(written("odd.json", text)),
          (error) => error instanceof NotJudgedError && error.message.includes("odd.json is no file that check reads"),
        );
      }
      await assert.rejects(driftOf(join(folder, "none.json")), NotJudgedError);
    });
  });
});
