import type { Estate } from "../../lib/estate/estate";
import type { ExchangeServer, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { atLeast, atMost, oneOf, type LimitFigure } from "../../lib/rules/figures";
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
  type ExchangeGuests,
  type Figure,
} from "../../lib/tables/exchange";
import { hostVersionName } from "../../lib/tables/host-versions";
import { describeGuestOs, editionName } from "../../lib/tables/operating-systems";
import { alternatives, count, listing } from "../../lib/text/words";
import { physicalCores, runningVirtualProcessors, undecidedPlaces } from "../hosts/shared/running-processors";
import {
  assumptionOf,
  describeServer,
  exchangeServers,
  knownRoles,
  MAILBOX,
  unknownRoles,
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
  why: "Microsoft supports only the scenarios that it has tested, and a server that starts from saved state is out of date against the rest of its group.",
  fix: "Install the service pack that supports it, or change the virtual machine to what the document supports.",
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
      const unknowns = unknownRoles(exchange);
      if (unknowns.length > 0) return unknowns.flatMap((role) => undecided(vm, role));
      const problem =
        `${describeServer(vm, exchange)} is a member of the database availability group ${group} without the Mailbox ` +
        "role.";
      const fix =
        "Remove it from the group (databaseAvailabilityGroup), or declare the Mailbox role if it has that role.";
      const figures = { found: { value: knownRoles(exchange) }, limit: oneOf([MAILBOX]) };
      const evidence = restingOn(statementFor(exchange.version, "groupMembers"));
      return [violation(vm, databaseAvailabilityGroup.origin.path, problem, { ...figures, fix, ...evidence })];
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
    return unknownRoles(exchange).flatMap((role) => undecided(vm, role));
  if (never !== undefined) {
    const problem = `${describeServer(vm, exchange)} has the Unified Messaging role in a virtual machine.${assumptionOf(exchange)}`;
    const fix = "Install Exchange 2010 SP1 or later, or run the role on a physical server.";
    const limit: LimitFigure = { bound: "noneOf", value: [UNIFIED_MESSAGING] };
    const found = { value: knownRoles(exchange) };
    return [violation(vm, exchange.roles.origin.path, problem, { found, limit, evidence: never, fix })];
  }
  return [
    ...given(vm, { has: vm.processorCount }, ({ has }) => {
      if (processors === undefined || has >= processors.value) return [];
      const problem =
        `${describeServer(vm, exchange)} has ${count(has, "virtual processor")}. Unified Messaging needs ` +
        `${String(processors.value)}.`;
      return [
        violation(vm, "processorCount", problem, {
          found: { value: has, unit: "virtual processors" },
          limit: atLeast(processors.value, "virtual processors"),
          fix: `Set processorCount to ${String(processors.value)} or more.`,
          evidence: processors,
        }),
      ];
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
    return [
      violation(host, "", problem, {
        found: { value: running, unit: "virtual processors" },
        limit: atMost(cores, "virtual processors"),
        fix: "Move virtual machines to another host, or give them fewer virtual processors.",
        ...restingOn(surestStatement(servers, "unifiedMessagingCores")),
      }),
    ];
  });
}

/** Where a cluster chooses the host, one of those that may run the server must have the cores. */
function coresSomewhere({ vm, exchange, version }: Server, needed: Figure, estate: Estate): readonly Verdict[] {
  if (estate.hostOf(vm).state !== "absent" || vm.cluster.state === "absent") return [];
  const cores = estate.knownHostsOf(vm).map(physicalCores);
  const most = Math.max(0, ...cores.map((one) => ifKnown(one) ?? 0));
  if (most >= needed.value) return [];
  const unknowns = [estate.hostsOf(vm), ...cores].filter(({ state }) => state !== "known");
  if (unknowns.length > 0 || cores.length === 0) return unknowns.flatMap((value) => undecided(vm, value));
  const problem =
    `${describeServer(vm, exchange)} may run on hosts with at most ${count(most, "physical core")}. Unified Messaging ` +
    `needs ${String(needed.value)}.`;
  return [
    violation(vm, "cluster", problem, {
      found: { value: most, unit: "physical cores" },
      limit: atLeast(needed.value, "physical cores"),
      fix: `Add a host with ${String(needed.value)} cores or more to the cluster, or move the virtual machine to another cluster.`,
      ...restingOn(exchangeStatement(version, "unifiedMessagingCores")),
    }),
  ];
}

/** Members of a group in virtual machines that a cluster moves or restarts. */
function clusteredGroup({ vm, exchange, version }: Server): readonly Verdict[] {
  const never = exchangeStatement(version, "clusteredGroup");
  if (never === undefined) return [];
  return given(vm, { cluster: vm.cluster, group: exchange.databaseAvailabilityGroup }, ({ cluster, group }) => {
    const problem =
      `${describeServer(vm, exchange)} is a member of the database availability group ${group}, and its virtual machine ` +
      `is highly available.${assumptionOf(exchange)}`;
    const fix = "Install Exchange 2010 SP1 or later, or remove the virtual machine from the cluster.";
    return [violation(vm, "cluster", problem, { found: { value: cluster }, evidence: never, fix })];
  });
}

/**
 * A virtual machine that is moved or taken offline must start with a cold boot. The documents require that in clusters;
 * for a member of a group on a host outside of a cluster it is advice, since its saved state is as old.
 */
function savedState({ vm, exchange, version }: Server): readonly Verdict[] {
  const condition = exchangeStatement(version, "savedState");
  if (condition === undefined) return [];
  return given(vm, { action: vm.automaticStopAction }, ({ action }) => {
    if (action !== "save") return [];
    const setting = `automaticStopAction save${isDefault(vm.automaticStopAction) ? ", the default" : ""}`;
    const saves = `${describeServer(vm, exchange)} saves its state when its host stops (${setting})`;
    const details = {
      found: { value: action },
      limit: oneOf(["shutDown", "turnOff"]),
      change: { path: "automaticStopAction", value: "shutDown" },
      evidence: condition,
      fix: "Set automaticStopAction to shutDown, and do the same for the offline action of its cluster resource.",
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
      const fix = "Use hosts with live migration, or remove the virtual machine from the cluster.";
      const limit: LimitFigure = { bound: "noneOf", value: saving.hosts.map((one) => hostVersionName(one)) };
      return [
        violation(vm, "cluster", problem, { found: { value: hostVersionName(host) }, limit, evidence: saving, fix }),
      ];
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
    // Editions matter to the reader where another edition of the same product would do.
    const isEdition = list.guests.some(({ product }) => product === guest.product);
    const supported = list.guests.flatMap((row) => guestNames(row, isEdition));
    return [
      violation(vm, "guestOs", problem, {
        found: { value: describeGuestOs(guest) },
        limit: oneOf(supported),
        fix: `Use a guest operating system that it supports: ${alternatives(supported)}.`,
        evidence: list,
      }),
    ];
  });
}

/** A row of the list as people write it: `Windows Server 2008 with Service Pack 2`. */
function guestNames(
  { product, servicePacks, editions }: ExchangeGuests["guests"][number],
  withEditions: boolean,
): readonly string[] {
  const packs = servicePacks ?? [0];
  const names = packs.map((servicePack) => describeGuestOs({ product, servicePack }));
  const edition =
    editions === undefined || !withEditions ? "" : ` (${editions.map((id) => editionName(id)).join(", ")})`;
  return names.map((name) => `${name}${edition}`);
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
      const listed = list.hosts.map((host) => hostVersionName(host));
      return [
        violation(vm, path, problem, {
          found: { value: hostVersionName(unlisted) },
          limit: oneOf(listed),
          fix: `Use a host with ${alternatives(listed)}.`,
          evidence: list,
          advisory: true,
        }),
      ];
    },
  );
}

/** The verdict on the first host version that is wrong. While none is, hosts that are not known yet leave it undecided. */
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
