import assert from "node:assert/strict";
import { isKnownType, readEstate } from "../../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../../lib/estate/plain";
import { problemsOf, resource, UNKNOWN } from "../../../kit";

const RULE = {
  resourceGroupName: "rg",
  networkSecurityGroupName: "nsg1",
  priority: 100,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
};

function rule(properties: PlainObject, type = "azure-native:network:SecurityRule") {
  const estate = readEstate([resource(type, "rule1", properties)], false);
  const [found] = estate.securityRules;
  assert(found !== undefined);
  return { found, problems: problemsOf(estate) };
}

describe("the dialect of Azure Native", () => {
  describe("knows network security groups and their rules in every shape of the type", () => {
    for (const [module, version] of [
      ["network", "v20240501"],
      ["azurestackhci", "v20250201preview"],
    ]) {
      for (const name of ["NetworkSecurityGroup", "SecurityRule"]) {
        it(`${String(module)}:${name}`, () => {
          const types = [
            `azure-native:${String(module)}:${name}`,
            `azure-native:${String(module)}/${String(version)}:${name}`,
            `azure-native_${String(module)}_${String(version)}:${String(module)}:${name}`,
            `azure-native_${String(module)}_${String(version)}:${String(module)}/${String(version)}:${name}`,
          ];
          for (const type of types) {
            assert(isKnownType(type), type);
            const estate = readEstate([resource(type, "r", { ...RULE })], false);
            const [entity] = [...estate.networkSecurityGroups, ...estate.securityRules];
            assert.equal(entity?.platform, module === "network" ? "azure" : "azureLocal");
          }
        });
      }
    }

    it("and no other type", () => {
      for (const type of [
        "azure-native:network:ApplicationSecurityGroup",
        "azure-native:network/v1:SecurityRule",
        "azure-native:compute:SecurityRule",
        "azure-nativ:network:SecurityRule",
        "xazure-native:network:SecurityRule",
        "azure:network/applicationSecurityGroup:ApplicationSecurityGroup",
      ]) {
        assert(!isKnownType(type), type);
      }
    });
  });

  it("reads a rule by its singular and plural properties together", () => {
    const { found, problems } = rule({
      ...RULE,
      destinationPortRange: "443",
      destinationPortRanges: ["8100-8103", "*"],
      sourceAddressPrefix: "VirtualNetwork",
      sourceAddressPrefixes: ["10.0.0.4", UNKNOWN],
      destinationApplicationSecurityGroups: [
        { id: "/subscriptions/s/applicationSecurityGroups/asg-sql", location: "here" },
      ],
      etag: "W/1",
      description: "of no interest",
    });
    assert.deepEqual(problems, []);
    const { rule: read, group } = found;
    const texts = (values: (typeof read)["sources"]) =>
      values.state === "known"
        ? values.value.map((one) => (one.state === "known" ? one.value : one.state))
        : values.state;
    assert.equal(group.state === "known" ? group.value : group.state, "nsg1");
    assert.deepEqual(texts(read.sources), ["VirtualNetwork", "10.0.0.4", "unknown"]);
    assert.deepEqual(texts(read.destinations), []);
    assert.deepEqual(texts(read.destinationGroups), ["asg-sql"]);
    const ports = read.destinationPorts.state === "known" ? read.destinationPorts.value : [];
    assert.deepEqual(
      ports.map((one) => (one.state === "known" ? one.value : one.state)),
      [
        { from: 443, to: 443 },
        { from: 8100, to: 8103 },
        { from: 0, to: 65535 },
      ],
    );
  });

  it("takes what is not declared for everything", () => {
    const { found } = rule(RULE);
    const { sources, destinations, sourcePorts } = found.rule;
    for (const side of [sources, destinations]) {
      assert.deepEqual(
        side.state === "known" ? side.value.map((one) => (one.state === "known" ? one.value : "")) : [],
        ["*"],
      );
    }
    assert.deepEqual(sourcePorts.state === "known" ? sourcePorts.value.length : 0, 1);
  });

  it("reports what cannot be read, and nothing that the provider knows better", () => {
    const { problems } = rule({ ...RULE, priority: 99, access: "Maybe", destinationPortRange: "http", colour: "red" });
    assert.deepEqual(problems, [
      'rule1: access is "Maybe" → Use one of: allow, deny.',
      'rule1: destinationPortRange is "http": it is not a port → Use a port such as 443, a range such as 8100-8103, or *.',
      "rule1: priority is 99 → Use a whole number from 100 to 4096.",
    ]);
  });

  it("names a group by its name in Azure and that of its resource", () => {
    const names = (properties: PlainObject) => {
      const type = "azure-native:network:NetworkSecurityGroup";
      return readEstate([resource(type, "nsg", { resourceGroupName: "rg", ...properties })], false)
        .networkSecurityGroups[0]?.names;
    };
    assert.deepEqual(names({}), ["nsg"]);
    assert.deepEqual(names({ name: UNKNOWN }), ["nsg"]);
    assert.deepEqual(names({ name: "nsg4f2a" }), ["nsg4f2a", "nsg"]);
    assert.deepEqual(names({ networkSecurityGroupName: "nsg-vmm", name: "nsg-vmm" }), ["nsg-vmm", "nsg"]);
  });
});
