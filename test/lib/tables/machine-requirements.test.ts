import assert from "node:assert/strict";
import { UNLISTED } from "../../../lib/estate/model";
import hostVersions from "../../../lib/tables/host-versions.json";
import { TableError } from "../../../lib/tables/load";
import {
  isAbout,
  machineRequirement,
  machineRole,
  readMachineRequirements,
  requiredBy,
} from "../../../lib/tables/machine-requirements";
import data from "../../../lib/tables/machine-requirements.json";
import schema from "../../../lib/tables/machine-requirements.schema.json";
import operatingSystems from "../../../lib/tables/operating-systems.json";

const { topic: topics } = schema.properties.statements.items.properties;

describe("what documents ask of virtual machines", () => {
  it("is stated once for every topic", () => {
    assert.deepEqual(data.statements.map(({ topic }) => topic).sort(), [...topics.enum].sort());
    for (const { topic, ...row } of readMachineRequirements(data).statements) {
      assert.deepEqual(machineRequirement(topic), { topic, ...row });
    }
  });

  it("never blocks where no document of Microsoft says it", () => {
    for (const { confidence, advisory, topic } of readMachineRequirements(data).statements) {
      if (confidence !== "official") assert.equal(advisory, true, topic);
    }
  });

  it("names products, editions and hosts that exist", () => {
    const hosts = new Set(hostVersions.versions.map(({ id }) => id));
    const products = new Set(operatingSystems.products.map(({ id }) => id));
    const editions = new Set(operatingSystems.editions.map(({ id }) => id));
    for (const row of readMachineRequirements(data).statements) {
      for (const id of row.products ?? []) assert(products.has(id), id);
      for (const id of row.hosts ?? []) assert(hosts.has(id), id);
      for (const id of row.exceptEditions ?? []) assert(editions.has(id), id);
    }
  });

  it("is about the guests that it names, but for some editions, or about every guest", () => {
    const tpm = machineRequirement("guestTpm");
    const windows11 = { product: "windows-11", servicePack: 0 };
    assert.equal(isAbout(tpm, windows11), true);
    assert.equal(isAbout(tpm, { ...windows11, edition: "enterprise" }), true);
    assert.equal(isAbout(tpm, { ...windows11, edition: "iot-enterprise-ltsc" }), false);
    assert.equal(isAbout(tpm, { product: "windows-10", servicePack: 0 }), false);
    assert.equal(isAbout(machineRequirement("sharedDisk"), { product: UNLISTED, servicePack: 0 }), true);
  });

  it("advises in a finding only where the row does", () => {
    assert.deepEqual(Object.keys(requiredBy("sharedDisk")), ["evidence"]);
    assert.equal(requiredBy("smartPagingDisk").advisory, true);
  });

  it("knows a role however it is written", () => {
    for (const text of ["domain controller", "Domain-Controller", "domainController", "AD DS", "DC"]) {
      assert.equal(machineRole(text), "domainController", text);
    }
    for (const text of ["", "DC1", "SQL Server", "controller", "file server"])
      assert.equal(machineRole(text), undefined);
  });

  it("is an error where a row does not fit", () => {
    assert.throws(() => readMachineRequirements({ ...data, statements: [{ topic: "sharedDisk" }] }), TableError);
  });
});
