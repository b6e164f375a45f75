import assert from "node:assert/strict";
import {
  backupHostSupport,
  backupProduct,
  backupProducts,
  readBackupProducts,
} from "../../../lib/tables/backup-products";
import data from "../../../lib/tables/backup-products.json";
import { hostVersions } from "../../../lib/tables/host-versions";
import { TableError } from "../../../lib/tables/load";

describe("backup products", () => {
  it("are that of the article, on the host and not within the guest, and the product that follows it", () => {
    const rows = backupProducts().map(({ name, installation, confidence }) => [name, installation, confidence]);
    assert.deepEqual(rows, [
      ["Altaro Hyper-V Backup", "host", "quoted"],
      ["Altaro VM Backup", "host", "unverified"],
    ]);
  });

  it("support Windows Server 2008 R2, no earlier host, and later ones as far as anybody knows", () => {
    const product = backupProduct("Altaro Hyper-V Backup");
    assert(product !== undefined);
    const rows = hostVersions().map(({ id, name }) => {
      const row = backupHostSupport(id, product);
      return `${name}: ${String(row?.supported)}, ${String(row?.confidence)}`;
    });
    assert.deepEqual(rows, [
      "Windows Server 2008: false, derived",
      "Windows Server 2008 with Service Pack 2: false, derived",
      "Windows Server 2008 R2: true, quoted",
      "Windows Server 2008 R2 with Service Pack 1: true, quoted",
      "Windows Server 2012: false, unverified",
      "Windows Server 2012 R2: false, unverified",
      "Windows Server 2016: false, unverified",
      "Windows Server 2019: false, unverified",
      "Windows Server 2022: false, unverified",
      "Windows Server 2025: false, unverified",
      "Azure Stack HCI: false, unverified",
      "Azure Local: false, unverified",
    ]);
  });

  it("are known by every name, with or without the release", () => {
    for (const name of [
      "Altaro Hyper-V Backup",
      "altaro hyperv backup",
      "Altaro Hyper-V Backups",
      "Altaro Backup for Hyper-V",
      "Altaro Hyper-V Backup 3.5",
      "Altaro Hyper-V Backup v4",
      "Altaro Hyper-V Backup version 1.0.2",
    ]) {
      assert.equal(backupProduct(name)?.id, "altaro-hyper-v-backup", name);
    }
    for (const name of ["Altaro", "altaro", "Altaro VM Backup", "AltaroVMBackup v9", "Hornetsecurity VM Backup 9.1"]) {
      assert.equal(backupProduct(name)?.id, "vm-backup", name);
    }
    for (const name of ["Data Protection Manager 2010", "Altaro Oops!Backup", "Altaro Office 365 Backup", "", "2010"]) {
      assert.equal(backupProduct(name), undefined, name);
    }
  });

  it("are extended by a row", () => {
    const [altaro] = data.products;
    assert(altaro !== undefined);
    const other = { ...altaro, id: "other", name: "Other Backup", aliases: [], installation: "guest" };
    const table = readBackupProducts({ products: [altaro, other] });
    assert.equal(backupProduct("other backup 7", table)?.installation, "guest");
    assert.throws(() => readBackupProducts({ products: [{ ...other, installation: "cloud" }] }), TableError);
  });
});
