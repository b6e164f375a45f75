import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import backupProducts from "../../../lib/tables/backup-products.json";
import clusterNodes from "../../../lib/tables/cluster-nodes.json";
import guestMemory from "../../../lib/tables/guest-memory.json";
import guestSupport from "../../../lib/tables/guest-support.json";
import hostVersions from "../../../lib/tables/host-versions.json";
import lifecycle from "../../../lib/tables/lifecycle.json";
import linuxGuests from "../../../lib/tables/linux-guests.json";
import operatingSystems from "../../../lib/tables/operating-systems.json";
import replica from "../../../lib/tables/replica.json";
import sources from "../../../lib/tables/sources.json";
import { ROOT } from "../../root";

const FOLDER = join(ROOT, "lib", "tables");

const ids = {
  source: new Set(sources.sources.map(({ id }) => id)),
  product: new Set(operatingSystems.products.map(({ id }) => id)),
  edition: new Set(operatingSystems.editions.map(({ id }) => id)),
  host: new Set(hostVersions.versions.map(({ id }) => id)),
  note: new Set(linuxGuests.notes.map(({ id }) => id)),
};

/** Every text in a table in a field of this name, or in a list in one. */
function textsAt(data: unknown, field: string): readonly string[] {
  if (Array.isArray(data)) return data.flatMap((item) => textsAt(item, field));
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => (key === field ? texts(value) : textsAt(value, field)));
}

/** `5.11`, `22H2`: what the range of a row goes from and to, where it is not a host version. */
function isRelease(text: string): boolean {
  return /^([0-9.]+|\d{2}H[12])$/.test(text);
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

const tables = { clusterNodes, guestMemory, guestSupport, hostVersions, lifecycle, linuxGuests };

describe("references between tables", () => {
  it("to sources exist, in every table that there is, and every source is quoted", () => {
    const quoted = new Set<string>();
    for (const file of readdirSync(FOLDER).filter(
      (name) => /(?<!\.schema)\.json$/.test(name) && name !== "sources.json",
    )) {
      const data: unknown = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
      for (const id of textsAt(data, "source")) {
        assert(ids.source.has(id), `${file}: ${id}`);
        quoted.add(id);
      }
    }
    const rules = sourcesOfRules();
    // What Exchange's rules quote is tested with them.
    const own = [...ids.source].filter((id) => !id.startsWith("exchange-"));
    assert.deepEqual(
      own.filter((id) => !quoted.has(id) && !rules.includes(`"${id}"`)),
      [],
    );
  });

  for (const [name, data] of Object.entries(tables)) {
    it(`of ${name} to products, hosts and editions exist`, () => {
      const at = (...fields: readonly string[]) => fields.flatMap((field) => textsAt(data, field));
      for (const id of at("product", "products", "guests")) assert(ids.product.has(id), id);
      for (const id of at("hosts", "from", "to").filter((text) => !isRelease(text))) assert(ids.host.has(id), id);
      for (const id of at("editions", "editionsWithoutHyperV")) assert(ids.edition.has(id), id);
    });
  }

  it("of rows to editions, service packs, architectures and releases are those of the product", () => {
    const rows = [...guestSupport.rows, ...lifecycle.rows, ...guestMemory.dynamicMemory, ...linuxRows()];
    for (const row of rows) {
      const product = operatingSystems.products.find(({ id }) => id === row.product);
      assert(product !== undefined, row.product);
      const { servicePacks = [], editions = [], architectures } = product;
      const line = JSON.stringify(row);
      const packs: readonly number[] = [0, ...servicePacks];
      for (const number of "servicePacks" in row ? row.servicePacks : []) assert(packs.includes(number), line);
      for (const id of "editions" in row ? row.editions : []) assert(editions.includes(id), line);
      for (const id of "architectures" in row ? row.architectures : []) assert(architectures.includes(id), line);
      if ("releases" in row) assert(product.releases !== undefined, line);
    }
  });

  it("of host versions to products and service packs exist, and none is in two versions", () => {
    const seen = new Set<string>();
    for (const { product, servicePacks } of hostVersions.versions) {
      for (const servicePack of servicePacks) {
        const key = `${product} ${servicePack}`;
        assert(ids.product.has(product) && !seen.has(key), key);
        seen.add(key);
      }
    }
  });

  it("of Hyper-V Replica and of backup products to hosts exist", () => {
    const { products } = backupProducts;
    for (const field of ["hosts", "primaries", "replicas"]) {
      for (const id of textsAt(replica, field)) assert(ids.host.has(id), id);
    }
    for (const id of textsAt(products, "versions")) assert(ids.host.has(id), id);
  });

  it("of products to editions exist", () => {
    for (const id of [
      ...textsAt(operatingSystems.products, "editions"),
      ...textsAt(operatingSystems.products, "edition"),
    ]) {
      assert(ids.edition.has(id), id);
    }
  });

  it("of notes exist, and every note is used", () => {
    const used = new Set(
      linuxGuests.rows.flatMap((row) => ("notes" in row ? Object.values(row.notes ?? {}).flat() : [])),
    );
    assert.deepEqual([...used].sort(), [...ids.note].sort());
  });
});

describe("ids", () => {
  it("are there once", () => {
    for (const list of [
      sources.sources,
      operatingSystems.products,
      operatingSystems.editions,
      hostVersions.versions,
      linuxGuests.notes,
    ]) {
      assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
    }
  });
});

describe("limits", () => {
  it("are stated once for a host version and a generation", () => {
    const seen = new Set<string>();
    for (const limit of hostVersions.limits) {
      for (const host of limit.hosts) {
        for (const generation of "generation" in limit ? [limit.generation] : [1, 2]) {
          const key = `${limit.item} ${host} ${generation} ${"deployment" in limit ? limit.deployment : ""}`;
          assert(!seen.has(key), key);
          seen.add(key);
        }
      }
    }
  });
});

/** One row a product, as the other tables have it. */
function linuxRows(): readonly { product: string; servicePacks: number[]; editions?: string[]; releases?: object }[] {
  return linuxGuests.rows.flatMap(({ products, servicePacks, ...row }) =>
    products.map((product) => ({
      product,
      servicePacks,
      ...("editions" in row ? { editions: row.editions } : {}),
      ...("releases" in row ? { releases: row.releases } : {}),
    })),
  );
}

/** The text of every rule: rules quote sources that no table row does. */
function sourcesOfRules(): string {
  const folder = join(FOLDER, "../../policies");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}
