import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { readClusterNodes } from "../../../lib/tables/cluster-nodes";
import clusterNodes from "../../../lib/tables/cluster-nodes.json";
import { readGuestMemory } from "../../../lib/tables/guest-memory";
import guestMemory from "../../../lib/tables/guest-memory.json";
import { readGuestSupport } from "../../../lib/tables/guest-support";
import guestSupport from "../../../lib/tables/guest-support.json";
import { readHostVersions } from "../../../lib/tables/host-versions";
import hostVersions from "../../../lib/tables/host-versions.json";
import { readLifecycle } from "../../../lib/tables/lifecycle";
import lifecycle from "../../../lib/tables/lifecycle.json";
import { readLinuxGuests } from "../../../lib/tables/linux-guests";
import linuxGuests from "../../../lib/tables/linux-guests.json";
import { TableError } from "../../../lib/tables/load";
import { readOperatingSystems } from "../../../lib/tables/operating-systems";
import operatingSystems from "../../../lib/tables/operating-systems.json";
import { sourceOf } from "../../../lib/tables/sources";
import { ROOT } from "../../root";
import { copyOf } from "./kit";

interface BrokenTable {
  readonly what: string;
  readonly read: (data: unknown) => unknown;
  readonly data: object;
  /** Where in the data, and what is put there; undefined: taken away. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly message: RegExp;
}

const noLinux = { features: [], notes: [], rows: [] };
const readGuests = (data: unknown): unknown => readGuestSupport(data, noLinux);

const BROKEN: readonly BrokenTable[] = [
  {
    what: "a wrong type",
    read: readOperatingSystems,
    data: operatingSystems,
    path: ["products", 1, "servicePacks"],
    value: 2,
    message: /operating-systems\.json.*products, row 1 \(windows-server-2003\), field servicePacks: must be array/,
  },
  {
    what: "a missing field",
    read: readHostVersions,
    data: hostVersions,
    path: ["limits", 3, "unit"],
    value: undefined,
    message: /host-versions\.json.*limits, row 3.*field unit: must have required property/,
  },
  {
    what: "an extra field",
    read: readGuests,
    data: guestSupport,
    path: ["rows", 0, "colour"],
    value: "blue",
    message:
      /guest-support\.json.*rows, row 0 \(windows-server-2008-r2\), field colour: must NOT have additional properties/,
  },
  {
    what: "an unknown word",
    read: readLinuxGuests,
    data: linuxGuests,
    path: ["rows", 5, "integrationServices"],
    value: "9.9",
    message: /linux-guests\.json.*rows, row 5.*field integrationServices: must be equal to one of the allowed values/,
  },
  {
    what: "an unknown confidence",
    read: readLifecycle,
    data: lifecycle,
    path: ["rows", 0, "confidence"],
    value: "certain",
    message: /lifecycle\.json.*rows, row 0 \(windows-2000-server\), field confidence: must be equal to one of/,
  },
  {
    what: "a date that is none",
    read: readLifecycle,
    data: lifecycle,
    path: ["rows", 1, "date"],
    value: "13 July 2010",
    message: /lifecycle\.json.*row 1.*field date: must match pattern/,
  },
  {
    what: "a negative number",
    read: readGuestMemory,
    data: guestMemory,
    path: ["memory", 2, "static", "minimumMB"],
    value: -1,
    message: /guest-memory\.json.*memory, row 2 \(windows-server-2008\), field static\.minimumMB: must be >= 1/,
  },
  {
    what: "a list of processors with a text in it",
    read: readGuests,
    data: guestSupport,
    path: ["rows", 0, "processors", "counts", 1],
    value: "two",
    message: /guest-support\.json.*row 0.*field processors\.counts\.1: must be integer/,
  },
  {
    what: "a limit below zero",
    read: readHostVersions,
    data: hostVersions,
    path: ["limits", 0, "value"],
    value: -1,
    message: /host-versions\.json.*limits, row 0.*field value: must be >= 0/,
  },
  {
    what: "a whole list that is missing",
    read: readHostVersions,
    data: hostVersions,
    path: ["limits"],
    value: undefined,
    message: /host-versions\.json.*field limits must have required property/,
  },
];

describe("a broken table", () => {
  for (const { what, read, data, path, value, message } of BROKEN) {
    it(`with ${what} is an error that says where`, () => {
      assert.throws(
        () => read(changed(data, path, value)),
        (error) => {
          assert(error instanceof TableError);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  for (const nothing of [null, [], "table", 7, {}]) {
    it(`that is ${JSON.stringify(nothing)} is an error`, () => {
      for (const read of [
        readOperatingSystems,
        readHostVersions,
        readGuests,
        readLinuxGuests,
        readGuestMemory,
        readLifecycle,
        readClusterNodes,
      ]) {
        assert.throws(() => read(nothing), TableError);
      }
    });
  }
});

describe("the tables", () => {
  it("fit their schemas", () => {
    readOperatingSystems(operatingSystems);
    readHostVersions(hostVersions);
    readGuestSupport(guestSupport, readLinuxGuests(linuxGuests));
    readGuestMemory(guestMemory);
    readLifecycle(lifecycle);
    readClusterNodes(clusterNodes);
  });

  it("have no source with an unknown id", () => {
    assert.throws(() => sourceOf("hearsay"), /no source hearsay/);
  });
});

function changed(data: object, path: readonly (string | number)[], value: unknown): unknown {
  const copy = copyOf(data);
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<object>((at, key) => {
    const next: unknown = Reflect.get(at, key);
    assert(typeof next === "object" && next !== null);
    return next;
  }, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}

describe("the schemas of the tables", () => {
  const folder = join(ROOT, "lib", "tables");
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".schema.json"))) {
    it(`${name} is one`, () => {
      const schema: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
      assert(typeof schema === "object" && schema !== null);
      assert.equal(new Ajv({ allowUnionTypes: true, strict: true }).validateSchema(schema), true);
    });
  }
});
