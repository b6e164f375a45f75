import { Scalar, stringify } from "yaml";
import { rvtoolsMachines } from "./rvtools";
import type { Machine } from "./rvtools-machines";
import type { SheetRow } from "./rvtools-sheets";

/*
 * The virtual machines of RVTools exports as a Pulumi program in YAML, to begin with: what the export does not say, and a
 * program must, is chosen as Hyper-V chooses it, or left for a person to fill in.
 */

const HEAD = `\
# The virtual machines of a vSphere estate as those of Hyper-V that they become, by hyperv-guard check --generate.
# - Say where they are to run, with host or cluster, or in classify of the settings.
# - Check the disks: the first of each is taken for that of the operating system, all but raw device mappings for dynamic.
# - The switches have the names that the networks have in vSphere.
`;

const REST = `
# These lack what has no value here, which the export does not say. Fill it in, and remove the signs before them.
`;

/**
 * @param exports what the files hold
 * @throws InputError for bytes that are no export of RVTools
 */
export function rvtoolsProgram(exports: readonly Buffer[]): string {
  const machines = exports.flatMap((bytes) => rvtoolsMachines(bytes).machines);
  const names = logicalNames(machines);
  const complete: Record<string, unknown> = {};
  const others: string[] = [];
  for (const [index, machine] of machines.entries()) {
    const name = names[index] ?? machine.name;
    const properties = propertiesOf(machine);
    const resource = { type: "hyperv-guard:index:VirtualMachine", properties };
    if (isComplete(properties)) Object.defineProperty(complete, name, { value: resource, enumerable: true });
    else others.push(yaml({ [name]: resource }));
  }
  const program = {
    name: "vmware-estate",
    runtime: "yaml",
    packages: { "hyperv-guard": "./node_modules/hyperv-guard/bin/plugin" },
    resources: Object.keys(complete).length === 0 ? null : complete,
  };
  const rest = others.join("").replace(/^(?=.)/gm, "#   ");
  return `${HEAD}${yaml(program)}${rest === "" ? "" : REST}${rest}`;
}

/** The names of the resources, each once; `pulumi` is taken in every program. */
function logicalNames(machines: readonly Machine[]): readonly string[] {
  const taken = new Set(["pulumi"]);
  return machines.map(({ name }) => {
    const plain = name.replace(/:+/g, "-");
    let free = plain;
    for (let copy = 2; taken.has(free.toLowerCase()); copy++) free = `${plain} (${String(copy)})`;
    taken.add(free.toLowerCase());
    return free;
  });
}

function propertiesOf({ entry, rows, guestName }: Machine) {
  const { name, guestOs, generation, secureBoot, processorCount, memoryMB, disks, networkAdapters } = entry;
  return {
    name: literal(name),
    guestOs: guestOs === null ? withRemark(guestName) : literal(guestOs),
    generation,
    ...(secureBoot === undefined ? {} : { secureBoot }),
    processorCount,
    memoryMB,
    disks:
      disks?.map((disk, index) => ({
        ...disk,
        name: literal(disk.name),
        purpose: index === 0 ? "operatingSystem" : "data",
        type: disk.type ?? "dynamic",
      })) ?? null,
    networkAdapters:
      networkAdapters?.map((adapter, index) => ({
        ...adapter,
        name: literal(adapter.name),
        switch: networkOf(rows.adapters?.[index]),
      })) ?? null,
  };
}

function networkOf(adapter: SheetRow | undefined): string | null {
  const network = adapter?.text("network");
  return network === undefined ? null : literal(network);
}

/** Pulumi takes what stands between `${` and `}` for a reference. */
function literal(text: string): string {
  return text.replaceAll("${", () => "$${");
}

/** No value, and beside it what vSphere has. */
function withRemark(remark: string | undefined): unknown {
  const scalar = new Scalar(null);
  if (remark !== undefined) scalar.comment = ` ${JSON.stringify(remark)}`;
  return scalar;
}

function isComplete(value: unknown): boolean {
  if (value === null || value instanceof Scalar) return false;
  return typeof value !== "object" || Object.values(value).every(isComplete);
}

function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, nullStr: "", compat: "yaml-1.1" });
}
