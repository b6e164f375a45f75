import type { Estate } from "../../lib/estate/estate";
import type { ExchangeServer, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import {
  exchangeFigures,
  exchangeGuests,
  exchangeHosts,
  exchangeStatement,
  exchangeVersionName,
  isListed,
  quickMigrationOf,
  type Figure,
} from "../../lib/tables/exchange";
import { hostVersionName } from "../../lib/tables/host-versions";
import { describeGuestOs } from "../../lib/tables/operating-systems";
import { count, listing } from "../../lib/text/words";
import { physicalCores, runningVirtualProcessors, undecidedPlaces } from "../hosts/shared/running-processors";
import {
  assumptionOf,
  describeServer,
  exchangeServers,
  knownRoles,
  MAILBOX,
  openRoles,
  restingOn,
  statementFor,
  surestStatement,
  UNIFIED_MESSAGING,
  unifiedMessagingOn,
} from "./shared/exchange-servers";

/** The server runs in a way that Microsoft supports for its version. */
export const exchangeSupportedScenario = defineRule<VirtualMachine | Host>({
  name: "exchange-supported-scenario",
  title: "Exchange in a supported scenario",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Outside of the scenarios that Microsoft has tested it gives no support, and a server that comes back from saved state is stale to the rest of its group.",
  fix: "Install the service pack that supports it, or change the virtual machine as the document asks.",
  sources: [
    "exchange-2010-best-practices",
    "exchange-2010-sp1-virtualization",
    "exchange-2010-virtualization",
    "exchange-2013-virtualization",
    "exchange-virtualization",
    "exchange-support-matrix",
  ],
  tags: ["availability", "placement"],
  applies: (estate) => [
    ...exchangeServers(estate),
    ...estate.hosts.filter((host) => unifiedMessagingOn(host, estate).length > 0),
  ],
  check: (entity, estate) => (entity.kind === "host" ? oversubscribed(entity, estate) : scenario(entity, estate)),
});

function scenario(vm: VirtualMachine, estate: Estate): readonly Verdict[] {
  return given(vm, { exchange: vm.exchange }, ({ exchange }) => [
    ...groupMember(vm, exchange),
    ...given(vm, { version: exchange.version }, ({ version }) => {
      const server: Server = { vm, exchange, version };
      return [
        ...unifiedMessaging(server, estate),
        ...clusteredGroup(server),
        ...savedState(server),
        ...quickMigration(server, estate),
        ...guestSystem(server),
        ...hostVersion(server, estate),
      ];
    }),
  ]);
}

interface Server {
  readonly vm: VirtualMachine;
  readonly exchange: ExchangeServer;
  readonly version: string;
}

/** A group replicates mailbox databases, in every version: another server is no member of it. */
function groupMember(vm: VirtualMachine, exchange: ExchangeServer): readonly Verdict[] {
  const { databaseAvailabilityGroup, roles } = exchange;
  if (knownRoles(exchange).includes(MAILBOX)) return [];
  return given(vm, { group: databaseAvailabilityGroup }, ({ group }) =>
    given(vm, { roles }, () => {
      const open = openRoles(exchange);
      if (open.length > 0) return open.flatMap((role) => undecided(vm, role));
      const problem =
        `${describeServer(vm, exchange)} is a member of the database availability group ${group} without the Mailbox ` +
        "role.";
      const fix = "Take it out of the group, or declare the Mailbox role.";
      const evidence = restingOn(statementFor(exchange.version, "groupMembers"));
      return [violation(vm, databaseAvailabilityGroup.origin.path, problem, { fix, ...evidence })];
    }),
  );
}

/** Not before Exchange 2010 SP1, and then with processors of its own. */
function unifiedMessaging(server: Server, estate: Estate): readonly Verdict[] {
  const { vm, exchange, version } = server;
  const [processors] = exchangeFigures(version, "unifiedMessagingProcessors");
  const never = exchangeStatement(version, "unifiedMessaging");
  if (processors === undefined && never === undefined) return [];
  if (!knownRoles(exchange).includes(UNIFIED_MESSAGING))
    return openRoles(exchange).flatMap((role) => undecided(vm, role));
  if (never !== undefined) {
    const problem = `${describeServer(vm, exchange)} has the Unified Messaging role in a virtual machine.${assumptionOf(exchange)}`;
    const fix = "Install Exchange 2010 SP1 or later, or run the role on a physical server.";
    return [violation(vm, exchange.roles.origin.path, problem, { evidence: never, fix })];
  }
  return [
    ...given(vm, { has: vm.processorCount }, ({ has }) => {
      if (processors === undefined || has >= processors.value) return [];
      const problem =
        `${describeServer(vm, exchange)} has ${count(has, "virtual processor")}. Unified Messaging needs ` +
        `${String(processors.value)}.`;
      const fix = `Set processorCount to ${String(processors.value)}.`;
      return [violation(vm, "processorCount", problem, { evidence: processors, fix })];
    }),
    ...undecided(vm, estate.hostOf(vm)),
    ...(processors === undefined ? [] : coresSomewhere(server, processors, estate)),
  ];
}

/** The cores of Unified Messaging must be there at all times: once for the host, whatever it runs. */
function oversubscribed(host: Host, estate: Estate): readonly Verdict[] {
  const { sockets, coresPerSocket } = host;
  return given(host, { sockets, coresPerSocket }, (the) => {
    const guests = estate.virtualMachinesOn(host);
    const running = runningVirtualProcessors(guests);
    const cores = the.sockets * the.coresPerSocket;
    if (running <= cores) {
      return [
        ...guests.flatMap(({ processorCount }) => undecided(host, processorCount)),
        ...undecidedPlaces(host, estate),
      ];
    }
    const machines = unifiedMessagingOn(host, estate);
    const servers = machines.map(({ exchange }) => ifKnown(exchange)).filter((server) => server !== undefined);
    const problem =
      `${host.name} runs ${count(running, "virtual processor")} on ${count(cores, "physical core")}, and the Unified ` +
      `Messaging of ${listing(machines.map(({ name }) => name))}, which allows no more virtual processors than cores.`;
    const fix = "Move virtual machines to another host, or give them fewer virtual processors.";
    return [violation(host, "", problem, { fix, ...restingOn(surestStatement(servers, "unifiedMessagingCores")) })];
  });
}

/** Where a cluster chooses the host, one of those that may run the server must have the cores. */
function coresSomewhere({ vm, exchange, version }: Server, needed: Figure, estate: Estate): readonly Verdict[] {
  if (estate.hostOf(vm).state !== "absent" || vm.cluster.state === "absent") return [];
  const cores = estate.knownHostsOf(vm).map(physicalCores);
  const most = Math.max(0, ...cores.map((one) => ifKnown(one) ?? 0));
  if (most >= needed.value) return [];
  const open = [estate.hostsOf(vm), ...cores].filter(({ state }) => state !== "known");
  if (open.length > 0 || cores.length === 0) return open.flatMap((value) => undecided(vm, value));
  const problem =
    `${describeServer(vm, exchange)} may run on hosts with at most ${count(most, "physical core")}. Unified Messaging ` +
    `needs ${String(needed.value)}.`;
  const fix = "Add a host with more cores, or take the virtual machine to another cluster.";
  return [
    violation(vm, "cluster", problem, { fix, ...restingOn(exchangeStatement(version, "unifiedMessagingCores")) }),
  ];
}

/** Members of a group in virtual machines that a cluster moves or restarts. */
function clusteredGroup({ vm, exchange, version }: Server): readonly Verdict[] {
  const never = exchangeStatement(version, "clusteredGroup");
  if (never === undefined) return [];
  return given(vm, { cluster: vm.cluster, group: exchange.databaseAvailabilityGroup }, ({ group }) => {
    const problem =
      `${describeServer(vm, exchange)} is a member of the database availability group ${group}, and its virtual machine ` +
      `is highly available.${assumptionOf(exchange)}`;
    const fix = "Install Exchange 2010 SP1 or later, or take the virtual machine out of the cluster.";
    return [violation(vm, "cluster", problem, { evidence: never, fix })];
  });
}

/**
 * Whoever is moved or taken offline must come back from a cold boot. The documents ask that of virtual machines in
 * clusters; for a group's member on a host of its own it is advice, since its state is as stale.
 */
function savedState({ vm, exchange, version }: Server): readonly Verdict[] {
  const condition = exchangeStatement(version, "savedState");
  if (condition === undefined) return [];
  return given(vm, { action: vm.automaticStopAction }, ({ action }) => {
    if (action !== "save") return [];
    const saves = `${describeServer(vm, exchange)} saves its state when its host stops (automaticStopAction save)`;
    const details = {
      evidence: condition,
      fix: "Set automaticStopAction to shutDown, and the offline action of its cluster resource too.",
    };
    if (vm.cluster.state !== "absent") {
      return given(vm, { cluster: vm.cluster }, () => [
        violation(vm, "automaticStopAction", `${saves}, and is highly available.`, details),
      ]);
    }
    return given(vm, { group: exchange.databaseAvailabilityGroup }, ({ group }) => {
      const problem = `${saves}, and is a member of the database availability group ${group}.`;
      return [violation(vm, "automaticStopAction", problem, { ...details, advisory: true })];
    });
  });
}

/** A cluster without live migration moves every virtual machine through saved state. */
function quickMigration({ vm, exchange, version }: Server, estate: Estate): readonly Verdict[] {
  const saving = quickMigrationOf(version);
  if (saving === undefined || vm.cluster.state === "absent") return [];
  return onFirstHost(
    vm,
    estate,
    (host) => saving.hosts.includes(host),
    (host) => {
      const problem = `${describeServer(vm, exchange)} is highly available on ${hostVersionName(host)}, which moves it by quick migration.`;
      const fix = "Use hosts with live migration, or take the virtual machine out of the cluster.";
      return [violation(vm, "cluster", problem, { evidence: saving, fix })];
    },
  );
}

function guestSystem({ vm, exchange, version }: Server): readonly Verdict[] {
  const list = exchangeGuests(version);
  if (list === undefined) return [];
  return given(vm, { guest: vm.guestOs }, ({ guest }) => {
    if (isListed(guest, list)) return [];
    const problem =
      `${describeServer(vm, exchange)} runs on ${describeGuestOs(guest)}, which ${exchangeVersionName(version)} does not ` +
      `support.${assumptionOf(exchange)}`;
    return [violation(vm, "guestOs", problem, { evidence: list, fix: "Use a guest operating system of the list." })];
  });
}

/** Only advice: the list may be older than the host. */
function hostVersion({ vm, exchange, version }: Server, estate: Estate): readonly Verdict[] {
  const list = exchangeHosts(version);
  if (list === undefined) return [];
  return onFirstHost(
    vm,
    estate,
    (host) => !list.hosts.includes(host),
    (unlisted) => {
      const problem =
        `${describeServer(vm, exchange)} runs on a host with ${hostVersionName(unlisted)}, which is not among the hosts that ` +
        `Microsoft lists for ${exchangeVersionName(version)}.`;
      const path = vm.cluster.state === "absent" ? "host" : "cluster";
      return [violation(vm, path, problem, { evidence: list, fix: "Use a host version of the list.", advisory: true })];
    },
  );
}

/** The verdict on the first host version that is wrong. While none is, the hosts that are not known yet leave it open. */
function onFirstHost(
  vm: VirtualMachine,
  estate: Estate,
  isWrong: (host: string) => boolean,
  judge: (host: string) => readonly Verdict[],
): readonly Verdict[] {
  const versions = estate.knownHostsOf(vm).map(({ operatingSystem }) => operatingSystem);
  const wrong = versions.map(ifKnown).find((version) => version !== undefined && isWrong(version));
  if (wrong !== undefined) return judge(wrong);
  return [estate.hostsOf(vm), ...versions].flatMap((value) => undecided(vm, value));
}
