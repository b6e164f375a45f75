import type { DeclaredResource } from "../../estate/declared";
import { nameKey } from "../../estate/keys";
import type { Computer } from "../../estate/linked-facts";
import { BANDWIDTH_MODES, CLUSTER_FACTS, GUEST_ADAPTER_FACTS, NETWORK_ROLES, type DiskType } from "../../estate/model";
import { UNKNOWN, type Plain, type PlainObject } from "../../estate/plain";
import { Reader } from "../../estate/reader";
import {
  absent,
  allFacts,
  ifKnown,
  known,
  map,
  orDefault,
  unknown,
  type Origin,
  type Value,
  type Values,
} from "../../estate/value";
import { readNumber } from "../../powershell/numbers";
import { fold, label } from "../../text/names";
import type { FactSink } from "../dialect";
import { gigabytes } from "../disk";
import type { Actions, CmdletCall, SubjectName, TargetComputer, PropertyAssignment, CmdletSubject } from "./actions";
import { CHANGES } from "./changes";
import { allUnknown, asFlag, asList, type Cmdlet } from "./cmdlets";
import { BYTES, DiskFiles, type DiskFile } from "./disks";
import { ScriptMachine, type ChangedFact, type MachineSettings } from "./machines";
import { factsChangedBy, isOfHyperV, mayName } from "./unread-commands";

const METRIC = { minimum: 1, maximum: 268_435_455 };

const ROLE_NUMBERS = { "0": "none", "1": "cluster", "3": "clusterAndClient" } as const;

/** Properties of a cluster network that are read. */
const NETWORK_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ["metric", "Metric"],
  ["autometric", "AutoMetric"],
  ["role", "Role"],
]);

/** Cmdlets that work on the cluster, and not on the host that runs them. */
const CLUSTER_CMDLETS: ReadonlySet<string> = new Set(["Add-ClusterVirtualMachineRole"]);

/** Types of rules of affinity that keep groups on different nodes. */
const DIFFERENT_NODES: ReadonlySet<string> = new Set(["differentnode", "differentfaultdomain"]);

/** The script of a resource, and where it runs. */
export interface ScriptSource {
  readonly resource: DeclaredResource;
  /** The property that the script stands in. */
  readonly property: string;
  /** The computer that runs it, where that is known. */
  readonly computer: Computer | undefined;
}

/** Turns what a script does into facts. */
export class ScriptFacts implements Actions {
  private readonly machines = new Map<string, ScriptMachine>();
  private readonly disks: DiskFiles;
  /** Where the script removes a machine that it has not created, by the key of the machine. */
  private readonly removals = new Map<string, string>();
  /** Machines in the order in which commands are about them, and how many of those were there when a fact became unknown. */
  private readonly visited: ScriptMachine[] = [];
  private readonly createdKeys = new Set<string>();
  private readonly doubted = new Map<ChangedFact, number>();
  /** Where commands stand that are not evaluated; a loop comes to each many times. */
  private readonly unevaluated = new Set<string>();
  /** The types of the rules of affinity that the script makes, by their names in lower case. */
  private readonly affinityRules = new Map<string, string>();
  /** The NIC teams that the script makes, by the computer and the name of the adapter that a team is. */
  private readonly teams = new Map<string, string>();

  constructor(
    private readonly source: ScriptSource,
    private readonly sink: FactSink,
  ) {
    this.disks = new DiskFiles(source.resource.urn, source.property);
  }

  /** Hands over what is there at the end of the script. */
  handOver(): void {
    for (const facts of this.disks.linkedFacts) this.sink.link("disk", facts);
    // Whether another script creates the machine afterwards is not known.
    for (const at of this.removals.values()) this.notEvaluated(at);
    this.sink.script([...this.machines.values()]);
  }

  notEvaluated(at: string): void {
    if (this.unevaluated.has(at)) return;
    this.unevaluated.add(at);
    this.sink.notEvaluated({ origin: this.origin(at), because: "run" });
  }

  notRead(command: string, at: string): void {
    const { computer } = this.source;
    const what = { origin: this.origin(at), because: "unread" } as const;
    if (!this.unevaluated.has(at)) this.sink.unreadScript({ what, isPowerShell: isOfHyperV(command), computer });
    this.unevaluated.add(at);
    this.doubt(new Set(factsChangedBy(command)), at);
    if (mayName(command)) this.sink.doubt({ facts: [], hasNames: true, origin: this.origin(at) });
  }

  unreadScript(at: string): void {
    if (this.unevaluated.has(at)) return;
    this.unevaluated.add(at);
    const { computer } = this.source;
    const what = { origin: this.origin(at), because: "unread" } as const;
    this.sink.unreadScript({ what, isPowerShell: false, computer, mayDoAnything: true });
  }

  /** A change of an adapter or a disk that another resource declares. */
  private changesUnread(at: string): void {
    if (!this.unevaluated.has(at)) this.sink.notEvaluated({ origin: this.origin(at), because: "unread" });
    this.unevaluated.add(at);
  }

  stopped(cmdlets: readonly Cmdlet[], at: string): void {
    this.notEvaluated(at);
    for (const cmdlet of cmdlets) {
      const call = { cmdlet: cmdlet.name, fields: allUnknown(cmdlet), subject: undefined, place: UNKNOWN } as const;
      this.perhaps({ ...call, isCertain: false, at });
    }
    this.doubt(new Set(["antiAffinityClassNames"]), at);
    this.sink.doubt({ facts: [], hasNetworks: true, origin: this.origin(at) });
  }

  call(call: CmdletCall): void {
    const { cmdlet, at } = call;
    if (!call.isCertain) {
      if (cmdlet.startsWith("Get-")) return;
      this.notEvaluated(at);
      this.perhaps(call);
      return;
    }
    const change = CHANGES.get(cmdlet);
    if (change !== undefined) {
      if (call.fields["ManagementOS"] === true) return;
      const { subject } = call;
      if (subject?.kind !== "virtualMachine" || (cmdlet !== "New-VM" && this.isLost(subject))) {
        this.notEvaluated(at);
        this.perhaps({ ...call, subject: undefined });
        return;
      }
      if (cmdlet === "New-VM") for (const { key } of subject.names) this.createdKeys.add(key);
      const reader = this.reader(call.fields, at);
      for (const name of subject.names) {
        const machine = CLUSTER_CMDLETS.has(cmdlet) ? this.clustered(name) : this.machine(name, call.place, at);
        const { unknownAdapters, unknownDisks } = machine;
        change({ machine, reader, subject, disks: this.disks, origin: this.origin(at) });
        const changesOthers = machine.unknownAdapters !== unknownAdapters || machine.unknownDisks !== unknownDisks;
        if (machine.created === undefined && changesOthers) this.changesUnread(at);
        if (machine.created !== undefined) this.removals.delete(machine.key);
      }
    } else if (cmdlet === "Remove-VM") this.removeMachine(call);
    else if (cmdlet === "New-VHD") this.newVhd(call);
    else if (cmdlet === "Convert-VHD") this.convertVhd(call);
    else if (cmdlet === "Resize-VHD") this.resizeVhd(call);
    else if (cmdlet === "New-NetLbfoTeam") this.newTeam(call);
    else if (cmdlet === "New-VMSwitch") this.newSwitch(call);
    else if (cmdlet === "New-Cluster") this.newCluster(call);
    else if (cmdlet === "New-ClusterAffinityRule") this.newAffinityRule(call);
    else if (cmdlet === "Add-ClusterGroupToAffinityRule") this.addToAffinityRule(call);
  }

  /** Whether a name is known only when the script runs, and no command of the script creates what it names. */
  private isLost({ names }: CmdletSubject): boolean {
    return names.some(({ text, key }) => text === undefined && !this.createdKeys.has(key));
  }

  /** What a command may change that may run or not, or on what is known only when the script runs. */
  private perhaps({ cmdlet, fields, subject, place, at }: CmdletCall): void {
    if (cmdlet === "Add-ClusterGroupToAffinityRule") this.doubt(new Set(["antiAffinityClassNames"]), at, subject);
    const isNew = cmdlet === "New-VM" || cmdlet === "New-Cluster";
    if (isNew) this.sink.doubt({ facts: [], hasNames: true, origin: this.origin(at) });
    const change = CHANGES.get(cmdlet);
    if (change === undefined || isNew || fields["ManagementOS"] === true) return;
    const { resource, property } = this.source;
    const { urn } = resource;
    const perhaps = new ScriptMachine("", urn, undefined, undefined);
    perhaps.adapters.push({
      ...allFacts(GUEST_ADAPTER_FACTS, absent(this.origin(at))),
      name: known("", this.origin(at)),
    });
    const before = [perhaps.adapters[0], perhaps.adapters.length];
    const about = subject ?? { kind: "virtualMachine", names: [] };
    // What cannot be read in it is not reported: it may never run.
    const reader = new Reader(urn, fields, () => undefined, this.origin(at).path);
    const disks = new DiskFiles(urn, property);
    change({ machine: perhaps, reader, subject: { ...about, adapter: null }, disks, origin: this.origin(at) });
    const changed = new Set<ChangedFact>(Object.keys(perhaps.settings) as (keyof MachineSettings)[]);
    const adapters = perhaps.unknownAdapters !== undefined || perhaps.adapters.length !== before[1];
    if (adapters || perhaps.adapters[0] !== before[0]) changed.add("adapters");
    if (perhaps.unknownDisks !== undefined || perhaps.disks.length > 0) changed.add("disks");
    const isClustered = CLUSTER_CMDLETS.has(cmdlet) || subject?.kind === "clusterGroup";
    this.doubt(changed, at, subject, isClustered ? undefined : place, perhaps.settings);
  }

  /** Makes unknown what a command may change, unless that is what is there already. */
  private doubt(
    facts: ReadonlySet<ChangedFact>,
    at: string,
    subject?: CmdletSubject,
    place?: TargetComputer,
    perhaps: Partial<Values<MachineSettings>> = {},
  ): void {
    if (facts.size === 0) return;
    const origin = this.origin(at);
    if (subject === undefined || this.isLost(subject)) {
      for (const fact of facts) this.doubtAll(fact, origin);
      this.sink.doubt({ facts: [...facts], origin });
      return;
    }
    for (const name of subject.names) {
      const machine = subject.kind === "clusterGroup" ? this.clustered(name) : this.machine(name, place, at);
      machine.doubt(facts, perhaps, origin);
    }
  }

  /** Only machines that commands have been about since then can have become known again. */
  private doubtAll(fact: ChangedFact, origin: Origin): void {
    const facts = new Set([fact]);
    for (let index = this.doubted.get(fact) ?? 0; index < this.visited.length; index++) {
      this.visited[index]?.doubt(facts, {}, origin);
    }
    this.doubted.set(fact, this.visited.length);
  }

  private newAffinityRule({ fields }: CmdletCall): void {
    const { Name: name, RuleType: type } = fields;
    if (typeof name === "string") this.affinityRules.set(name.toLowerCase(), typeof type === "string" ? type : "");
  }

  /** A rule that keeps groups on different nodes is what a class of anti-affinity is. */
  private addToAffinityRule({ fields, subject, at }: CmdletCall): void {
    const { Name: rule } = fields;
    const type = typeof rule === "string" ? this.affinityRules.get(rule.toLowerCase())?.toLowerCase() : undefined;
    if (type === "samenode" || type === "samefaultdomain") return;
    if (typeof rule !== "string" || subject === undefined || this.isLost(subject) || !DIFFERENT_NODES.has(type ?? "")) {
      this.notEvaluated(at);
      this.doubt(new Set(["antiAffinityClassNames"]), at, subject);
      return;
    }
    for (const name of subject.names) {
      const machine = this.clustered(name);
      const before = machine.settings.antiAffinityClassNames;
      const others = before?.state === "known" ? before.value : [];
      if (before?.state === "unknown") continue;
      machine.set({ antiAffinityClassNames: known([...others, known(rule, this.origin(at))], this.origin(at)) });
    }
  }

  assign({ property, value, subject, isCertain, at }: PropertyAssignment): void {
    // Which cluster that is, no name says.
    if (property === "clusterenforcedantiaffinity") {
      this.notEvaluated(at);
      return;
    }
    if (subject === undefined || !isCertain || (subject.kind === "clusterGroup" && this.isLost(subject))) {
      this.notEvaluated(at);
      if (property === "antiaffinityclassnames") this.doubt(new Set(["antiAffinityClassNames"]), at, subject);
      else this.sink.doubt({ facts: [], hasNetworks: true, origin: this.origin(at) });
      return;
    }
    if (subject.kind === "clusterNetwork") this.setNetwork(property, value, subject, at);
    if (subject.kind !== "clusterGroup" || property !== "antiaffinityclassnames") return;
    const reader = this.reader({ AntiAffinityClassNames: asList(value) }, at);
    for (const name of subject.names) {
      this.clustered(name).set({ antiAffinityClassNames: reader.texts("AntiAffinityClassNames") });
    }
  }

  /** What a property of a cluster network is set to; the network itself is declared with its cluster. */
  private setNetwork(property: string, value: Plain, { names, cluster }: CmdletSubject, at: string): void {
    const written = NETWORK_PROPERTIES.get(property);
    if (written === undefined) return;
    const reader = this.reader({ [written]: written === "AutoMetric" ? asFlag(value) : networkValue(value) }, at);
    const metric = reader.integer("Metric", METRIC);
    const facts = {
      metric,
      autoMetric: metric.state === "known" ? known(false, metric.origin) : reader.flag("AutoMetric"),
      role: reader.oneOf("Role", NETWORK_ROLES, ROLE_NUMBERS),
    };
    for (const { text } of names) {
      if (text === undefined) {
        this.notEvaluated(at);
        this.sink.doubt({ facts: [], hasNetworks: true, origin: this.origin(at) });
      } else {
        const key = typeof cluster === "string" ? `network of ${cluster}` : "network";
        this.sink.link("clusterNetwork", { urn: this.source.resource.urn, keys: [nameKey(key, text)], facts });
      }
    }
  }

  /** What the script has set in a machine until here does not count any more. */
  private removeMachine({ subject, place, at }: CmdletCall): void {
    if (subject?.kind !== "virtualMachine") this.notEvaluated(at);
    else {
      for (const name of subject.names) {
        const { key, created } = this.machine(name, place, at);
        this.machines.delete(key);
        if (created === undefined) this.removals.set(key, at);
      }
    }
  }

  private newVhd({ fields, place, at }: CmdletCall): void {
    const reader = this.reader(fields, at);
    const sizeGB = map(reader.decimal("SizeBytes", BYTES), gigabytes);
    for (const file of this.files(reader.texts("Path"), place, at)) {
      this.disks.create(file, { type: typeOfVhd(reader, file.path.origin), sizeGB });
    }
  }

  private convertVhd({ fields, place, at }: CmdletCall): void {
    const reader = this.reader(fields, at);
    const paths = [reader.text("Path"), reader.text("DestinationPath")];
    const [source, target] = this.files(known(paths, this.origin(at)), place, at);
    // Where one of them is not written out, the other alone means nothing.
    if (source === undefined || target === undefined) return;
    this.disks.convert(source, target, reader.oneOf("VHDType", ["fixed", "dynamic", "differencing"]));
    const isDeleted = orDefault(reader.flag("DeleteSource"), false);
    if (ifKnown(isDeleted) !== false) this.disks.lose(source, this.origin(at));
  }

  /** Without a size it is the smallest that the disk can have. */
  private resizeVhd({ fields, place, at }: CmdletCall): void {
    const reader = this.reader(fields, at);
    const size = reader.decimal("SizeBytes", BYTES);
    const sizeGB = size.state === "absent" ? unknown(this.origin(at)) : map(size, gigabytes);
    for (const file of this.files(reader.texts("Path"), place, at)) this.disks.change(file, { sizeGB });
  }

  /** The files that a command is about, as far as their paths are written out. */
  private files(paths: Value<readonly Value<string>[]>, place: TargetComputer, at: string): readonly DiskFile[] {
    const all = ifKnown(paths) ?? [];
    if (paths.state !== "known" || all.some(({ state }) => state !== "known")) this.notEvaluated(at);
    const computer = this.computer(place, at);
    return all.flatMap((path) => (path.state === "known" ? [{ path, computer }] : []));
  }

  /** A team is an adapter, which has the name of the team unless another one is given. */
  private newTeam({ fields, place, at }: CmdletCall): void {
    const { Name: name, TeamNicName: adapter = name } = fields;
    if (typeof name === "string" && typeof adapter === "string") this.teams.set(this.teamKey(place, at, adapter), name);
    else this.notEvaluated(at);
  }

  private teamKey(place: TargetComputer, at: string, adapter: string): string {
    const computer = this.computer(place, at);
    return `${label(computer === undefined ? "" : (ifKnown(computer.name) ?? ""))} ${fold(adapter)}`;
  }

  private teamOf(adapters: Value<readonly Value<string>[]>, place: TargetComputer, at: string): Value<string> {
    const names = (ifKnown(adapters) ?? []).flatMap((name) => ifKnown(name) ?? []);
    const [team] = names.flatMap((name) => this.teams.get(this.teamKey(place, at, name)) ?? []);
    return team === undefined ? absent(adapters.origin) : known(team, adapters.origin);
  }

  private newSwitch({ fields, place, at }: CmdletCall): void {
    const computer = this.computer(place, at);
    if (computer === undefined) return;
    if (computer.name.state !== "known") this.notEvaluated(at);
    const reader = this.reader(fields, at);
    const byName = reader.texts("NetAdapterName");
    const adapters = byName.state === "absent" ? reader.texts("NetAdapterInterfaceDescription") : byName;
    const type = reader.oneOf("SwitchType", ["internal", "private"]);
    this.sink.add("virtualSwitches", {
      computer,
      virtualSwitch: {
        name: reader.text("Name"),
        type: adapters.state === "absent" ? type : map(adapters, () => "external"),
        networkAdapters: byName.state === "absent" && adapters.state !== "absent" ? unknown(adapters.origin) : byName,
        team: this.teamOf(byName, place, at),
        allowManagementOs: orDefault(reader.flag("AllowManagementOS"), true),
        embeddedTeaming: reader.flag("EnableEmbeddedTeaming"),
        // `New-VMSwitch` turns it on only where that is asked for.
        iov: orDefault(reader.flag("EnableIov"), false),
        bandwidthMode: orDefault(reader.oneOf("MinimumBandwidthMode", BANDWIDTH_MODES), "default"),
      },
    });
  }

  private newCluster({ fields, at }: CmdletCall): void {
    const { resource } = this.source;
    const reader = this.reader(fields, at);
    const none = absent(this.origin(at));
    const name = reader.text("Name");
    this.sink.add("clusters", {
      kind: "cluster",
      urn: resource.urn,
      name: ifKnown(name) ?? resource.name,
      nameIsUnknown: name.state !== "known",
      ...allFacts(CLUSTER_FACTS, none),
      computers: map(reader.texts("Node"), (nodes) => nodes.map((node) => ({ urn: resource.urn, name: node }))),
    });
  }

  private machine(name: SubjectName, place: TargetComputer, at: string): ScriptMachine {
    const computer = this.computer(place, at);
    const host = computer === undefined ? "" : (ifKnown(computer.name) ?? this.source.resource.urn);
    return this.machineAt(label(host), name, computer);
  }

  /** A machine as its cluster knows it, whichever host it is on. */
  private clustered(name: SubjectName): ScriptMachine {
    return this.machineAt("cluster", name, undefined);
  }

  private machineAt(place: string, { text, key }: SubjectName, computer: Computer | undefined): ScriptMachine {
    const { urn } = this.source.resource;
    // What a variable names is known by it within its script only.
    const id = `${place} ${text === undefined ? `${urn} ${key}` : key}`;
    let machine = this.machines.get(id);
    if (machine === undefined) {
      machine = new ScriptMachine(id, urn, text, computer);
      this.machines.set(id, machine);
    }
    this.visited.push(machine);
    return machine;
  }

  private computer(place: TargetComputer, at: string): Computer | undefined {
    if (place === undefined) return this.source.computer;
    const { urn } = this.source.resource;
    const origin = this.origin(at);
    return { urn, name: place === UNKNOWN ? unknown(origin) : known(place, origin) };
  }

  private origin(at: string): Origin {
    return { urn: this.source.resource.urn, path: `${this.source.property} ${at}` };
  }

  private reader(fields: PlainObject, at: string): Reader {
    const { urn, path } = this.origin(at);
    return new Reader(
      urn,
      fields,
      (problem) => {
        this.sink.problem(problem);
      },
      path,
    );
  }
}

/** A number is written as a text where the property is not one of the numbers. */
function networkValue(value: Plain): Plain {
  return typeof value === "string" ? (readNumber(value) ?? value) : value;
}

/** `New-VHD` makes a dynamically expanding disk, unless a parameter changes that. */
function typeOfVhd(reader: Reader, origin: Origin): Value<DiskType> {
  const isFixed = reader.flag("Fixed");
  const isDifferencing = reader.flag("Differencing");
  if (ifKnown(isFixed) === true) return known("fixed", origin);
  if (ifKnown(isDifferencing) === true || reader.text("ParentPath").state !== "absent")
    return known("differencing", origin);
  return isFixed.state === "unknown" || isDifferencing.state === "unknown" ? unknown(origin) : known("dynamic", origin);
}
