import assert from "node:assert/strict";
import { readEstate } from "../../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../../lib/estate/plain";
import { networkLayouts } from "../../../../lib/tables/network-layouts";
import { describeDifference, layoutToAvoid, nearestLayout } from "../../../../policies/networks/model/layouts";
import { hostLinks, type Link } from "../../../../policies/networks/model/links";
import { host } from "../../../kit";
import { FOLLOWED, NOT_RECOMMENDED, parseAdapters, SEPARATE } from "./layouts";

function linksOf(
  networkAdapters: readonly PlainObject[],
  virtualSwitches: readonly PlainObject[] = [],
): readonly Link[] {
  const estate = readEstate(
    [host("hv1", { networkAdapters: [...networkAdapters], virtualSwitches: [...virtualSwitches] })],
    true,
  );
  const [only] = estate.hosts;
  assert(only !== undefined);
  const links = hostLinks(only);
  assert(links.state === "known");
  return links.value;
}

function nearest(text: string) {
  const found = nearestLayout(linksOf(parseAdapters(text)), networkLayouts());
  assert(found !== undefined);
  return { layout: found.layout.id, missing: found.differences.map(describeDifference) };
}

describe("documented network layouts", () => {
  for (const [id, adapters] of FOLLOWED) {
    it(`${id} is found`, () => {
      assert.deepEqual(nearest(adapters), { layout: id, missing: [] });
    });

    it(`${id} misses every adapter that is taken away`, () => {
      const parts = adapters.split("; ");
      for (const part of parts) {
        const rest = parts.filter((other) => other !== part).join("; ");
        if (rest === "") continue;
        const { missing, layout } = nearest(rest);
        assert.ok(missing.length > 0 || layout !== id, part);
      }
    });
  }

  for (const [id, adapters] of NOT_RECOMMENDED) {
    it(`${id} is known, and is not offered`, () => {
      assert.equal(layoutToAvoid(linksOf(parseAdapters(adapters)), networkLayouts())?.id, id);
      const { layout, missing } = nearest(adapters);
      assert.ok(FOLLOWED.some(([followed]) => followed === layout));
      assert.ok(missing.length > 0);
    });
  }

  it("of two adapters of 10 Gbps and two of 1 Gbps is one of the separate ones", () => {
    assert.deepEqual(nearest(SEPARATE), { layout: "four-1-gbps", missing: [] });
    const own = networkLayouts().filter(({ id }) => id === "two-10-gbps-two-1-gbps");
    assert.deepEqual(nearestLayout(linksOf(parseAdapters(SEPARATE)), own)?.differences, []);
  });

  it("say what is missing, in words", () => {
    assert.deepEqual(nearest("virtualMachines 1; management 1; cluster 1"), {
      layout: "four-1-gbps",
      missing: ["an adapter for live migration"],
    });
    assert.deepEqual(nearest("virtualMachines+management 1; clusterSharedVolumes+liveMigration 1"), {
      layout: "three-1-gbps",
      missing: [
        'an adapter of its own for live migration, which now shares "NIC 2" with Cluster Shared Volumes',
        'a cap of 10 % for management on "NIC 1"',
      ],
    });
    assert.deepEqual(nearest("virtualMachines+management(5) 10; cluster+liveMigration(60) 10"), {
      layout: "two-10-gbps",
      missing: [
        'a cap of 1 % instead of 5 % for management on "NIC 1"',
        'a cap of 50 % instead of 60 % for live migration on "NIC 2"',
      ],
    });
    assert.deepEqual(nearest("virtualMachines 0.1; management 1; cluster 1; liveMigration 1"), {
      layout: "four-1-gbps",
      missing: ['a speed of 1 Gbps on "NIC 1" instead of 100 Mbps'],
    });
    const others = "management 1; iscsi 1; cluster 1; liveMigration 1; clusterSharedVolumes 1";
    assert.deepEqual(nearest(`team of 2 virtualMachines 1; ${others}`), { layout: "six-adapters", missing: [] });
    // Two adapters are no team.
    assert.deepEqual(nearest(`2 virtualMachines 1; ${others}`), { layout: "four-1-gbps", missing: [] });
  });

  it("take lower caps than documented, and a link that separates more", () => {
    assert.deepEqual(nearest("virtualMachines+management(1) 10; cluster+liveMigration(40) 10").missing, []);
    assert.deepEqual(nearest("virtualMachines 10; management 1; cluster+liveMigration(50) 10").missing, []);
  });
});

describe("the links of a host", () => {
  it("join the adapters of a team and of a virtual switch, and the purposes of an adapter", () => {
    const links = linksOf(
      [
        { name: "NIC 1", purpose: "virtualMachines", speedMbps: 10000 },
        { name: "nic 2", purpose: "virtualMachines", speedMbps: 1000 },
        { name: "Host", purpose: "liveMigration", virtualSwitch: "lan" },
        { name: "NIC 3", purpose: "cluster", team: "T" },
        { name: "NIC 4", purpose: "cluster", team: "t" },
        { name: "NIC 5", purpose: "backup" },
        { name: "NIC 5", purpose: "replica" },
      ],
      [{ name: "LAN", type: "external", networkAdapters: ["nic 1", "NIC 2"], allowManagementOs: true }],
    );
    assert.deepEqual(
      links.map(({ name, adapters, traffic, speedMbps }) => [
        name,
        adapters,
        traffic.map(({ purpose }) => purpose),
        speedMbps.state === "known" ? speedMbps.value : speedMbps.state,
      ]),
      [
        ['"NIC 5"', ["NIC 5"], ["backup", "replica"], "absent"],
        ['the team "T"', ["NIC 3", "NIC 4"], ["cluster", "cluster"], "absent"],
        // No adapter is for management, and the management operating system uses the switch.
        [
          'the virtual switch "LAN"',
          ["NIC 1", "nic 2"],
          ["virtualMachines", "virtualMachines", "liveMigration", "management"],
          1000,
        ],
      ],
    );
  });

  it("count the ports below NPAR partitions once", () => {
    const [link] = linksOf([
      { name: "P1", purpose: "virtualMachines", team: "T", physicalAdapter: "Port 1" },
      { name: "P2", purpose: "virtualMachines", team: "T", physicalAdapter: "port 1" },
    ]);
    assert.deepEqual([link?.adapters, link?.ports.length], [["P1", "P2"], 1]);
  });
});
