import assert from "node:assert/strict";
import type { PlainObject } from "../../../../lib/estate/plain";
import { estateOf, plainly, resource } from "./declare";

const GROUPS = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/applicationSecurityGroups";

const RULE = {
  name: "sql",
  priority: 200,
  direction: "Outbound",
  access: "Allow",
  protocol: "Tcp",
} as const;

/** The same group by three providers. */
const GROUPS_OF: readonly (readonly [string, string, PlainObject])[] = [
  [
    "azure-native",
    "azure-native:network:NetworkSecurityGroup",
    {
      networkSecurityGroupName: "nsg",
      securityRules: [
        {
          ...RULE,
          sourcePortRange: "*",
          destinationPortRanges: ["1433", "1434"],
          sourceApplicationSecurityGroups: [{ id: `${GROUPS}/vmm` }],
          destinationAddressPrefix: "10.0.2.4",
        },
      ],
    },
  ],
  [
    "the classic provider",
    "azure:network/networkSecurityGroup:NetworkSecurityGroup",
    {
      name: "nsg",
      securityRules: [
        {
          ...RULE,
          sourcePortRange: "*",
          destinationPortRanges: ["1433", "1434"],
          sourceApplicationSecurityGroupIds: [`${GROUPS}/vmm`],
          destinationAddressPrefix: "10.0.2.4",
        },
      ],
    },
  ],
  [
    "Terraform",
    "terraform:tf:azurerm_network_security_group",
    {
      name: "nsg",
      security_rule: [
        {
          ...RULE,
          source_port_range: "*",
          destination_port_ranges: ["1433", "1434"],
          source_application_security_group_ids: [`${GROUPS}/vmm`],
          destination_address_prefix: "10.0.2.4",
        },
      ],
    },
  ],
];

describe("network security groups of Azure", () => {
  for (const [provider, type, properties] of GROUPS_OF) {
    it(`are read as ${provider} declares them`, () => {
      const [group] = estateOf([resource(type, "nsg", properties)]).networkSecurityGroups;
      assert.equal(group?.name, "nsg");
      assert.equal(group.platform, "azure");
      const [rule] = group.rules.state === "known" ? group.rules.value : [];
      assert(rule !== undefined);
      assert.deepEqual(plainly([rule.priority, rule.direction, rule.access, rule.protocol]), [
        200,
        "outbound",
        "allow",
        "tcp",
      ]);
      assert.deepEqual(plainly(rule.destinationPorts), [
        { from: 1433, to: 1433 },
        { from: 1434, to: 1434 },
      ]);
      assert.deepEqual(plainly([rule.sources, rule.sourceGroups]), [[], ["vmm"]]);
      assert.deepEqual(plainly([rule.destinations, rule.destinationGroups]), [["10.0.2.4"], []]);
    });
  }

  for (const [provider, type, properties] of [
    [
      "the classic provider",
      "azure:network/networkSecurityRule:NetworkSecurityRule",
      { networkSecurityGroupName: "nsg", destinationPortRange: "443" },
    ],
    [
      "Terraform",
      "terraform:tf:azurerm_network_security_rule",
      { network_security_group_name: "nsg", destination_port_range: "443" },
    ],
  ] as const) {
    it(`have rules that are resources of their own: ${provider}`, () => {
      const [rule] = estateOf([resource(type, "sql", { ...RULE, ...properties })]).securityRules;
      assert.deepEqual(plainly([rule?.group, rule?.rule.destinationPorts]), ["nsg", [{ from: 443, to: 443 }]]);
    });
  }
});
