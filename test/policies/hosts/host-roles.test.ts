import type { Plain } from "../../../lib/estate/plain";
import { hostRoles } from "../../../policies/hosts/host-roles";
import { host, mailbox, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const LATER = "is not known until deployment: not checked by host-roles.";

function withRoles(roles: Plain) {
  return [host("hv1", { roles })];
}

ruleTest(hostRoles, {
  passes: [
    ["Hyper-V and what belongs to it", withRoles(["Hyper-V", "Failover Clustering", "RDS-Virtualization"])],
    ["no role that is declared", [host("hv1")]],
    ["no role", withRoles([])],
    ["a text that is not known", withRoles(["Our monitoring"])],
    [
      "a host of Exchange, which another rule judges",
      [...withRoles(["Hyper-V", "SQL Server"]), mailbox("mbx1", { host: "hv1" })],
    ],
  ],
  finds: [
    [
      "a role that a virtual machine can have",
      withRoles(["Hyper-V", "DHCP Server"]),
      "hv1: hv1 has 1 role besides Hyper-V: DHCP Server.",
      {
        found: { value: ["Hyper-V", "DHCP Server"] },
        limit: { bound: "noneOf", value: ["DHCP Server"] },
        source: "bpa-only-role",
        advisory: true,
      },
    ],
    [
      "two, and one that is not known",
      withRoles(["Active Directory Domain Services", "DNS Server", UNKNOWN]),
      "hv1: hv1 has 2 roles besides Hyper-V: Active Directory Domain Services and DNS Server.",
      { advisory: true, undecided: [`hv1: roles[2] ${LATER}`] },
    ],
  ],
  undecided: [
    ["roles that are not known", withRoles(UNKNOWN), `hv1: roles ${LATER}`],
    ["a role that is not known", withRoles(["Hyper-V", UNKNOWN]), `hv1: roles[1] ${LATER}`],
  ],
});
