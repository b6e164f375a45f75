import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { preview } from "../engine";
import { findings, temporaryFolder, yamlProgram } from "./program";

const HOST = {
  operatingSystem: "Windows Server 2008 R2 SP1",
  processors: { sockets: 2, coresPerSocket: 4, threadsPerCore: 2 },
  memoryMB: 65536,
};
const VM = { guestOs: "Windows Server 2008 R2 SP1", processorCount: 4, memoryMB: 4096 };

describe("input of every kind, previewed by the real engine", () => {
  it("an empty program passes without a word", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "Pulumi.yaml"), "name: empty\nruntime: yaml\n");
    const { code, events } = await preview(folder);
    assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [] });
  });

  it("absurd numbers, unknown names, hosts that do not exist and hosts of one name are told apart, and all are told", async () => {
    const { code, events } = await preview(
      yamlProgram({
        hv1: { type: "Host", properties: HOST },
        hv2: { type: "Host", properties: { ...HOST, name: "HV1" } },
        negative: { type: "VirtualMachine", properties: { ...VM, host: "hv1", processorCount: -4 } },
        absurd: { type: "VirtualMachine", properties: { ...VM, host: "hv1", memoryMB: 1e15 } },
        nowhere: { type: "VirtualMachine", properties: { ...VM, host: "hv9" } },
        unheardOf: { type: "VirtualMachine", properties: { ...VM, host: "hv1", guestOs: "Windows Server 2003 R4" } },
        three: { type: "VirtualMachine", properties: { ...VM, host: "hv1", processorCount: 3 } },
      }),
    );
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      "mandatory estate absurd: absurd: memoryMB is 1000000000000000.",
      'mandatory estate hv2: hv2: name is "HV1", and the host urn:pulumi:preview::program::hyperv-guard:index:Host::hv1 has that name already.',
      "mandatory estate negative: negative: processorCount is -4.",
      'mandatory estate nowhere: nowhere: host is "hv9", but no Host of that name is declared.',
      'mandatory estate unheardOf: unheardOf: guestOs is "Windows Server 2003 R4": no operating system in the support tables has this name.',
      "mandatory guest-processor-count three: three has 3 virtual processors, but the guest Windows Server 2008 R2 with Service Pack 1 may have 1, 2 or 4 on Windows Server 2008 R2 with Service Pack 1.",
    ]);
  });

  it("a value that only the deployment knows is said once, and nothing fails", async () => {
    const { code, events } = await preview(
      yamlProgram({
        hv1: { type: "Host", properties: HOST },
        other: { type: "VirtualMachine", properties: { ...VM, host: "hv1" } },
        // An output that the other resource does not have yet is unknown at preview.
        vm1: { type: "VirtualMachine", properties: { ...VM, host: "${hv1.name}", guestOs: "${other.edition}" } },
      }),
    );
    assert.equal(code, 0);
    assert.deepEqual(findings(events), [
      "advisory undecided vm1: guestOs is not known until deployment: not checked by guest-memory, guest-os-lifecycle, guest-os-supported and guest-processor-count.",
    ]);
  });

  it("a cluster without nodes is told, a machine that is right wherever it runs is not, and nothing fails", async () => {
    const { code, events } = await preview(
      yamlProgram({
        c1: { type: "Cluster", properties: {} },
        nowhere: { type: "VirtualMachine", properties: VM },
        vm1: { type: "VirtualMachine", properties: { ...VM, cluster: "c1" } },
      }),
    );
    assert.equal(code, 0);
    assert.deepEqual(findings(events), [
      "advisory undecided c1: nodes is not declared: not checked by cluster-capacity and cluster-size.",
    ]);
  });

  it("what is wrong on a known node is found while only the deployment knows another", async () => {
    const { code, events } = await preview(
      yamlProgram({
        hv1: { type: "Host", properties: HOST },
        // An output that the other resource does not have yet is unknown at preview.
        c1: { type: "Cluster", properties: { nodes: ["hv1", "${hv1.cluster}"] } },
        right: { type: "VirtualMachine", properties: { ...VM, cluster: "c1" } },
        three: { type: "VirtualMachine", properties: { ...VM, cluster: "c1", processorCount: 3 } },
      }),
    );
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      "advisory undecided c1: nodes[1] is not known until deployment: not checked by cluster-capacity, cluster-size, cluster-survives-host-loss, guest-memory, guest-os-supported, guest-processor-count and network-purpose-supported.",
      "mandatory guest-processor-count three: three has 3 virtual processors, but the guest Windows Server 2008 R2 with Service Pack 1 may have 1, 2 or 4 on Windows Server 2008 R2 with Service Pack 1.",
    ]);
  });

  it("secrets are never printed, in whatever message they would stand", async () => {
    const { code, stdout, stderr, events } = await preview(
      yamlProgram({
        hv1: { type: "Host", properties: { ...HOST, name: { "fn::secret": "topsecrethost" } } },
        vm1: {
          type: "VirtualMachine",
          properties: { ...VM, host: "hv9", guestOs: { "fn::secret": "topsecretguest" }, edition: "Standard" },
        },
        vm2: {
          type: "VirtualMachine",
          properties: { ...VM, host: "${hv1.name}", processorCount: { "fn::secret": 3 } },
        },
      }),
    );
    assert.notEqual(code, 0);
    assert.doesNotMatch(JSON.stringify(events) + stdout + stderr, /topsecret/);
    assert.deepEqual(findings(events), [
      'mandatory estate vm1: vm1: host is "hv9", but no Host of that name is declared.',
      "mandatory guest-processor-count vm2: vm2 has [secret] virtual processors, but the guest Windows Server 2008 R2 with Service Pack 1 may have 1, 2 or 4 on Windows Server 2008 R2 with Service Pack 1.",
    ]);
  });

  it("secrets of a provider's resource are not printed either, nor what is read from them", async () => {
    const create = "$pw='topsecret'; New-VM -Name hushvm -Generation 1 -MemoryStartupBytes 3TB -NoVHD";
    const folder = yamlProgram({
      hv1: { type: "Host", properties: HOST },
      script: {
        type: "command:remote:Command",
        properties: { connection: { host: "hv1" }, create: { "fn::secret": create } },
      },
    });
    const { code, stdout, stderr, events, findings: records } = await preview(folder, { standIns: true });
    assert.notEqual(code, 0);
    assert.ok(records.some(({ rule }) => rule === "guest-memory"));
    const shown = [events.map(({ policyEvent }) => policyEvent), records, stdout, stderr];
    assert.doesNotMatch(JSON.stringify(shown), /topsecret|hushvm|3,145,728|3145728|3 TB/);
  });

  it("components outside of the target are judged by what the program gives them", async () => {
    const folder = yamlProgram({
      hv1: { type: "Host", properties: HOST },
      vm1: { type: "VirtualMachine", properties: { ...VM, host: "hv1", processorCount: 3 } },
    });
    const flags = ["--target", "urn:pulumi:preview::program::hyperv-guard:index:VirtualMachine::vm1"];
    const { events } = await preview(folder, { flags });
    assert.deepEqual(findings(events), [
      "mandatory guest-processor-count vm1: vm1 has 3 virtual processors, but the guest Windows Server 2008 R2 with Service Pack 1 may have 1, 2 or 4 on Windows Server 2008 R2 with Service Pack 1.",
    ]);
  });
});
