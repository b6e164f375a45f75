import type { PlainObject } from "../../lib/estate/plain";
import { SAMPLES, type Sample } from "../docs/dialect-samples";

const GROUP = "/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/ex1/providers/Microsoft.ScVmm";

/** What leads readers further, and is nothing that the page of the dialects shows. */
const FURTHER: readonly Sample[] = [
  {
    type: "azapi:index/resource:Resource",
    properties: {
      type: "Microsoft.AzureStackHCI/virtualHardDisks@2024-01-01",
      name: "databases",
      parentId: "/subscriptions/s/resourceGroups/rg",
      body: { properties: { diskSizeGB: 100 } },
      tags: { "hyperv-guard:purpose": "databases" },
    },
  },
  {
    type: "azure-native:resources:Resource",
    properties: {
      resourceProviderNamespace: "Microsoft.AzureStackHCI",
      resourceType: "virtualHardDisks",
      resourceName: "databases",
      tags: { "hyperv-guard:purpose": "databases" },
    },
  },
  {
    type: "azure-native:resources:Resource",
    properties: { parentResourcePath: GROUP, resourceType: "virtualMachineInstances", properties: {} },
  },
  { type: "command:local:Command", properties: { create: "pwsh -Command -", stdin: "New-VM -Name ex1" } },
  { type: "command:remote:Command", properties: { create: "pwsh -Command -", stdin: "New-VM -Name ex1" } },
];

/** The samples of a type. Two providers have types of one name: only samples whose properties all are in the schema are of it. */
export function samplesOf(type: string, paths: readonly string[]): readonly PlainObject[] {
  const names = new Set(paths.map((path) => /^[^.[]+/.exec(path)?.[0]));
  return [...SAMPLES, ...FURTHER]
    .filter((sample) => sample.type === type)
    .map(({ properties }) => properties)
    .filter((properties) => Object.keys(properties).every((name) => names.has(name)));
}
