import assert from "node:assert/strict";
import { hostVersions } from "../../../lib/tables/host-versions";
import { missingRows, newHostId, printMissing, shippedTables, versionBefore } from "../../../tools/docs/missing-rows";
import { ROOT } from "../../root";

const OLD = "windows-server-2025";
const NEW = "windows-server-2028";

/** A version that is in the tables as a host and as a product, and so has only the rows that a case gives it. */
const IDS = {
  "operating-systems.json": { products: [{ id: OLD }, { id: NEW }] },
  "host-versions.json": {
    versions: [
      { id: OLD, product: OLD },
      { id: NEW, product: NEW },
    ],
  },
};

function missing(tables: Readonly<Record<string, unknown>>, id = NEW, like = OLD): readonly string[] {
  return missingRows({ id, like }, { ...IDS, ...tables }).map(({ list, about }) => `${list}: ${about}`);
}

describe("the rows that a host version lacks", () => {
  it("begin with those that give it its ids", () => {
    assert.deepEqual(missing({}, "windows-server-2031"), [
      "operating-systems.json products: id windows-server-2031",
      "host-versions.json versions: id windows-server-2031",
    ]);
    assert.deepEqual(missing({}), []);
  });

  const CASES: readonly (readonly [name: string, rows: readonly object[], missing: readonly string[]])[] = [
    ["an item without a row for it", [{ item: "memory", hosts: [OLD] }], ["t.json rows: memory"]],
    ["none where one row names both", [{ item: "memory", hosts: [OLD, NEW] }], []],
    [
      "none where a row of its own says something else of the item",
      [
        { item: "memory", hosts: [OLD], value: 1 },
        { item: "memory", hosts: [NEW], value: 2 },
      ],
      [],
    ],
    [
      "the generation that its row does not cover",
      [
        { item: "memory", hosts: [OLD] },
        { item: "guestMemory", generation: 1, hosts: [OLD, NEW] },
        { item: "guestMemory", generation: 2, hosts: [OLD] },
        { item: "memory", generation: 2, hosts: [NEW] },
      ],
      ["t.json rows: guestMemory, generation 2"],
    ],
    [
      "each product and edition that its rows do not cover",
      [
        { products: ["centos", "debian"], editions: ["web", "standard"], hosts: [OLD] },
        { products: ["centos"], editions: ["web"], hosts: [NEW] },
        { products: ["debian"], hosts: [NEW] },
      ],
      ["t.json rows: centos, standard"],
    ],
    [
      "a feature within a row, unless the whole row is missing",
      [
        { product: "centos", hosts: [OLD, NEW], features: [{ names: ["trim"], hosts: [OLD] }] },
        { product: "debian", hosts: [OLD], features: [{ names: ["trim"], hosts: [OLD] }] },
      ],
      ["t.json rows: debian", "t.json rows features: centos, trim"],
    ],
    ["its part in upgrades", [{ from: "windows-server-2022", to: OLD }], ['t.json rows: in "to"']],
    ["its row as a guest", [{ product: OLD, hosts: [NEW] }], ["t.json rows: as a guest"]],
    ["what lists versions without an item", [{ seconds: [30], hosts: [OLD] }], ["t.json rows: as a host"]],
    [
      "a backup product by its id",
      [{ id: "altaro", hosts: [{ versions: [OLD], supported: true }] }],
      ["t.json rows hosts: altaro"],
    ],
    ["nothing that only other versions have", [{ item: "memory", hosts: ["windows-server-2022"] }], []],
  ];

  for (const [name, rows, expected] of CASES) {
    it(`are ${name}`, () => {
      assert.deepEqual([...missing({ "t.json": { rows } })].sort(), [...expected].sort());
    });
  }

  it("are printed list by list", () => {
    const rows = [
      { list: "t.json limits", about: "memory" },
      { list: "t.json limits", about: "guestMemory, generation 2" },
      { list: "u.json support", about: "as a host" },
    ];
    assert.equal(
      printMissing({ id: NEW, like: OLD }, rows),
      `3 rows missing for ${NEW}, where ${OLD} has one:
t.json limits
  memory
  guestMemory, generation 2
u.json support
  as a host`,
    );
    assert.equal(printMissing({ id: NEW, like: OLD }, []), `${NEW} has a row wherever ${OLD} has one.`);
  });

  it("are in comparison with the version before, of the same family where there is one", () => {
    assert.equal(versionBefore(NEW), OLD);
    assert.equal(versionBefore("windows-server-2022"), "windows-server-2019");
    assert.equal(versionBefore("azure-stack-hci"), OLD);
    assert.equal(versionBefore("windows-server-2008"), undefined);
    assert.equal(newHostId(" Windows Server 2028"), NEW);
  });
});

/** What documents say of the version before, and do not say of the newest: nobody has forgotten these. */
const NOT_DOCUMENTED = [
  "linux-guests.json rows: suse-linux-enterprise-server",
  "linux-guests.json rows: ubuntu",
  "backup-products.json products hosts: vm-backup", // Windows Server 2025, which its vendor does not list
  'cluster-nodes.json rollingUpgrades: in "from"', // nothing is newer
];

describe("the newest version of Windows Server", () => {
  it("has a row wherever the one before has one: add those that are named here, or say that no document has them", () => {
    const newest = hostVersions()
      .map(({ id }) => id)
      .findLast((id) => id.startsWith("windows-server-"));
    assert(newest !== undefined);
    const like = versionBefore(newest);
    assert(like !== undefined);
    const rows = missingRows({ id: newest, like }, shippedTables(ROOT));
    assert.deepEqual(
      rows.map(({ list, about }) => `${list}: ${about}`),
      NOT_DOCUMENTED,
    );
  });
});
