import type { JsonSchema } from "../rules/json-schema";
import type { ParameterSchema } from "../rules/rule";
import { PROFILE_NAMES } from "./profiles";

const RULE: JsonSchema = { $ref: "#/definitions/ruleName" };
const DAY: JsonSchema = { $ref: "#/definitions/isoDate" };
const GLOB: JsonSchema = { $ref: "#/definitions/globPattern" };
const TEXT: JsonSchema = { type: "string", pattern: "\\S" };

/** The settings of the whole pack (`PackSettings`), which are the parameters of the policy `estate`. */
export const PACK_PARAMETERS: Readonly<Record<string, ParameterSchema>> = {
  asOf: {
    ...{ type: "string", format: "date", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    description:
      "The day for which lifecycles and the expiry of exemptions are judged, as in 2026-11-22. Default: today.",
  },
  profile: {
    ...{ type: "string", enum: PROFILE_NAMES },
    description: "The dated list of rules that judge. Default: all rules.",
  },
  details: {
    type: "boolean",
    description: "Whether findings come with why it matters and the document's title, one line each. Default: false.",
    default: false,
  },
  classify: {
    type: "array",
    description: "Facts about resources whose type has no property for them.",
    items: {
      type: "object",
      additionalProperties: false,
      required: ["match"],
      properties: {
        match: {
          type: "object",
          description: "Patterns that must all match; at least one.",
          additionalProperties: false,
          minProperties: 1,
          properties: {
            name: { ...GLOB, description: "A pattern for the resource's name." },
            type: { ...GLOB, description: "A pattern for the resource's type." },
            tags: {
              type: "object",
              description: "Patterns for the values of the resource's tags.",
              additionalProperties: GLOB,
              minProperties: 1,
            },
          },
        },
        host: { ...TEXT, description: "The name of the host that it is on." },
        cluster: { ...TEXT, description: "The name of the cluster that it is in." },
        guestOs: { ...TEXT, description: "The guest operating system." },
        edition: { ...TEXT, description: "The edition of the guest operating system." },
        architecture: { ...TEXT, description: "The architecture of the guest operating system." },
        secureBoot: { type: "boolean", description: "Whether secure boot is on." },
        secureBootTemplate: { ...TEXT, description: "The template of secure boot." },
        tpm: { type: "boolean", description: "Whether it has a virtual TPM." },
        configurationVersion: { ...TEXT, description: "The configuration version, as in 9.0." },
        processorCompatibility: {
          type: "boolean",
          description: "Whether its processor features are limited for migration.",
        },
        nestedVirtualization: { type: "boolean", description: "Whether the guest may run virtual machines itself." },
        role: { type: "array", items: TEXT, description: "What it does, such as domain controller." },
        group: {
          ...TEXT,
          description: "A name that it shares with the machines that it must not be lost together with.",
        },
        antiAffinityClassNames: {
          ...{ type: "array", items: TEXT },
          description: "Machines that share one of these are kept on different nodes.",
        },
        exchange: {
          type: "object",
          description: "The Exchange server in the virtual machine.",
          additionalProperties: false,
          required: ["version", "roles"],
          properties: {
            version: { ...TEXT, description: "The version, as in Exchange 2010 SP1." },
            roles: { type: "array", items: TEXT, description: "The server roles." },
            databaseAvailabilityGroup: { ...TEXT, description: "The name of the database availability group." },
          },
        },
        purpose: { ...TEXT, description: "Of disks: what it is for." },
        storage: { ...TEXT, description: "Of disks: the spindle group, volume or share that it is on." },
      },
    },
  },
  hosts: {
    type: "array",
    description: "Hosts that no component declares: the inputs of the Host component, with a name.",
    items: named("The name of the host."),
  },
  clusters: {
    type: "array",
    description: "Clusters that no component declares: the inputs of the Cluster component, with a name.",
    items: named("The name of the cluster."),
  },
  exemptions: {
    type: "array",
    description: "Findings that are known and accepted, each for a time and a reason.",
    items: {
      type: "object",
      additionalProperties: false,
      required: ["rule", "resource", "reason", "expires"],
      properties: {
        rule: { ...RULE, description: "The exact name of the rule." },
        resource: { ...GLOB, description: "A pattern for the resource's name or URN." },
        property: {
          type: "string",
          description:
            'Only the finding at this property path, with elements of lists by name or position, as in disks["logs"].type; empty for the one about the resource as a whole. Default: every finding of the rule on the resource.',
        },
        reason: { ...TEXT, description: "Why it is accepted." },
        expires: { ...DAY, description: "The last day on which it holds, as in 2027-01-31." },
        approvedBy: { ...TEXT, description: "Who has approved it." },
        stacks: {
          ...{ type: "array", items: GLOB, minItems: 1 },
          description: "Patterns for stack or project/stack. Default: every stack.",
        },
      },
    },
  },
  notExemptible: {
    ...{ type: "array", items: RULE },
    description: "Rules whose findings nobody may exempt here, in addition to those that can never be exempted.",
  },
};

/** The inputs of a component, which its reader checks. */
function named(description: string): JsonSchema {
  return {
    type: "object",
    additionalProperties: true,
    required: ["name"],
    properties: { name: { ...TEXT, description } },
  };
}
