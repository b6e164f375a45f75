import * as pulumi from "@pulumi/pulumi";
import { main } from "@pulumi/pulumi/provider";
import { BackupJob, type BackupJobArgs } from "./backup-job";
import { Cluster } from "./cluster";
import { Firewall, type FirewallArgs } from "./firewall";
import { Host, type HostArgs } from "./host";
import { LogicalNetwork } from "./logical-network";
import { ReplicaRelationship, type ReplicaRelationshipArgs } from "./replica-relationship";
import schema from "./schema.json";
import { VirtualMachine, type VirtualMachineArgs } from "./virtual-machine";
import { VmmServer, type VmmServerArgs } from "./vmm-server";

// The plugin that gives the components to YAML, Python, Go, C# and Java. Its schema is made at build time, because to
// infer it from the sources, as the SDK's component host does, takes seconds at every start.

const resources: Record<string, { properties: Record<string, unknown> }> = schema.resources;

/** The engine has checked the inputs against the schema, which is made from the same interfaces. */
function create(
  name: string,
  type: string,
  inputs: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
): pulumi.ComponentResource {
  switch (type) {
    case Host.__pulumiType:
      return new Host(name, inputs as HostArgs, options);
    case Cluster.__pulumiType:
      return new Cluster(name, inputs, options);
    case VirtualMachine.__pulumiType:
      return new VirtualMachine(name, inputs as VirtualMachineArgs, options);
    case LogicalNetwork.__pulumiType:
      return new LogicalNetwork(name, inputs, options);
    case VmmServer.__pulumiType:
      return new VmmServer(name, inputs as VmmServerArgs, options);
    case Firewall.__pulumiType:
      return new Firewall(name, inputs as FirewallArgs, options);
    case ReplicaRelationship.__pulumiType:
      return new ReplicaRelationship(name, inputs as ReplicaRelationshipArgs, options);
    case BackupJob.__pulumiType:
      return new BackupJob(name, inputs as BackupJobArgs, options);
    default:
      throw new Error(
        `The package hyperv-guard has no component ${type}; it has ${Object.keys(resources).join(", ")}.`,
      );
  }
}

function outputsOf(type: string, resource: object): pulumi.Inputs {
  const declared = resources[type]?.properties ?? {};
  return Object.fromEntries(Object.entries<unknown>({ ...resource }).filter(([name]) => Object.hasOwn(declared, name)));
}

void main(
  {
    version: schema.version,
    schema: JSON.stringify(schema),
    construct: (name, type, inputs, options) => {
      const resource = create(name, type, inputs, options);
      return Promise.resolve({ urn: resource.urn, state: outputsOf(type, resource) });
    },
  },
  process.argv.slice(2),
);
