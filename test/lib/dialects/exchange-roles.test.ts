import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { Plain } from "../../../lib/estate/plain";
import { problemsOf, UNKNOWN, vm } from "../../kit";

/** The roles that are read: ids, and `?` with the property for what is not known. */
function read(roles: Plain, version: Plain = "Exchange 2010 SP1") {
  const estate = readEstate([vm("ex1", { exchange: { version, roles } })], true);
  const [machine] = estate.virtualMachines;
  const list = machine?.exchange.state === "known" ? machine.exchange.value.roles : undefined;
  const ids =
    list?.state === "known"
      ? list.value.map((role) => (role.state === "known" ? role.value : `? ${role.origin.path}`))
      : undefined;
  return { ids, problems: problemsOf(estate) };
}

describe("the roles of an Exchange server", () => {
  it("may stand in one item, and count once", () => {
    assert.deepEqual(read(["CAS/HT"]), { ids: ["clientAccess", "hubTransport"], problems: [] });
    assert.deepEqual(read(["CAS/HT", "HT", "Hub Transport", "cas"]), {
      ids: ["clientAccess", "hubTransport"],
      problems: [],
    });
  });

  it("are missing where the list is empty", () => {
    for (const roles of [[], null]) {
      assert.deepEqual(read(roles).problems, ["ex1: exchange.roles is missing → Give the server roles."]);
    }
  });

  it("of a multi-role server depend on the version", () => {
    assert.deepEqual(read(["Multi-Role"]).ids, ["mailbox", "clientAccess", "hubTransport"]);
    assert.deepEqual(read(["Multi-Role"], "Exchange 2013").ids, ["mailbox", "clientAccess"]);
    assert.deepEqual(read(["Multi-Role"], "Exchange 2019").ids, ["mailbox"]);
    assert.deepEqual(read(["Multi-Role", "Multi-Role"], UNKNOWN), {
      ids: ["mailbox", "? exchange.version"],
      problems: [],
    });
    assert.deepEqual(read(["Multi-Role"], "nonsense"), {
      ids: ["mailbox", "? exchange.version"],
      problems: [
        'ex1: exchange.version is "nonsense": no Exchange version has this name → Use a name such as "Exchange 2010 RTM", ' +
          '"Exchange 2010 SP1", "Exchange 2010 SP2".',
      ],
    });
  });
});
