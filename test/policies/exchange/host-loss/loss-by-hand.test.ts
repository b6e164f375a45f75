import assert from "node:assert/strict";
import fc from "fast-check";
import { exchangeSurvivesHostLoss as rule } from "../../../../policies/exchange/exchange-survives-host-loss";
import { cluster, host, judge, vm } from "../../../kit";

/*
 * The same question answered by trying everything: slow, plain, and without a line of what is tested.
 */

const NODES = [0, 1, 2, 3] as const;
const MEMORY_MB = 10;

interface Server {
  readonly memoryMB: number;
  /** The node that it is declared on; the cluster chooses one for those without. */
  readonly at: number | undefined;
  /** Whether the cluster restarts it; true where it has no node. */
  readonly isClustered: boolean;
  readonly isMember: boolean;
  readonly roles: readonly string[];
  readonly databases: readonly string[];
}

const anyServers: fc.Arbitrary<readonly Server[]> = fc.array(
  fc
    .record({
      memoryMB: fc.integer({ min: 1, max: 9 }),
      at: fc.constantFrom(undefined, ...NODES),
      isClustered: fc.boolean(),
      isMember: fc.boolean(),
      roles: fc.subarray(["clientAccess", "hubTransport"]),
      databases: fc.subarray(["DB1", "DB2"]),
    })
    .map((one) => ({ ...one, isClustered: one.isClustered || one.at === undefined })),
  { minLength: 1, maxLength: 6 },
);

class ByHand {
  readonly #servers: readonly Server[];
  readonly #members: readonly Server[];
  readonly #witnessAt: number | undefined;

  constructor(servers: readonly Server[], witnessAt: number | undefined) {
    const members = servers.filter(({ isMember }) => isMember);
    this.#servers = servers;
    this.#members = members.length > 1 ? members : [];
    this.#witnessAt = witnessAt;
  }

  /** What the loss of these nodes ends. */
  ended(lost: readonly number[]): ReadonlySet<string> {
    const services = ["clientAccess", "hubTransport", "DB1", "DB2"];
    return new Set([
      ...(this.#losesQuorum(lost) ? ["quorum"] : []),
      ...services.filter((service) => this.#holders(service).length > 0 && this.#left(service, lost).length === 0),
      ...(this.#fits([]) && !this.#fits(lost) ? ["room"] : []),
    ]);
  }

  #losesQuorum(lost: readonly number[]): boolean {
    const members = this.#members.length;
    if (members === 0) return false;
    const fixed = this.#members.filter(({ at }) => at !== undefined && lost.includes(at));
    // Each other lost node may have run one of those that float.
    const others = lost.filter((node) => fixed.every(({ at }) => at !== node)).length;
    const floating = this.#members.filter(({ at }) => at === undefined).length;
    const votes = members - fixed.length - Math.min(others, floating);
    if (members % 2 === 1) return 2 * votes <= members;
    const witness = this.#witnessAt !== undefined && lost.includes(this.#witnessAt) ? 0 : 1;
    return 2 * (votes + witness) <= members + 1;
  }

  #holders(service: string): readonly Server[] {
    return this.#servers.filter(({ roles, databases }) => [...roles, ...databases].includes(service));
  }

  #left(service: string, lost: readonly number[]): readonly Server[] {
    return this.#holders(service).filter((server) => this.#canRun(server, lost));
  }

  #canRun(server: Server, lost: readonly number[]): boolean {
    if (server.at !== undefined && !lost.includes(server.at)) return true;
    if (!server.isClustered) return false;
    const besides = this.#members.includes(server) ? this.#members.filter((member) => member !== server) : [];
    return NODES.some((node) => !lost.includes(node) && besides.every(({ at }) => at !== node));
  }

  /** Whether all that must run can. */
  #fits(lost: readonly number[]): boolean {
    const needed = new Set(
      ["clientAccess", "hubTransport", "DB1", "DB2"].flatMap((service) => {
        const left = this.#left(service, lost);
        return left.length === 1 ? left : [];
      }),
    );
    const mayBeOff = (server: Server): boolean => this.#members.includes(server) && !needed.has(server);
    const stays = (server: Server): boolean =>
      server.at !== undefined && (!lost.includes(server.at) || !server.isClustered || mayBeOff(server));
    const placed = new Map(this.#servers.filter(stays).map((server) => [server, server.at ?? -1]));
    const movers = this.#servers.filter((server) => !placed.has(server));
    return this.#place(movers, placed, lost, mayBeOff);
  }

  /** Tries every node for every server: on a lost one a server is off. */
  #place(
    [server, ...rest]: readonly Server[],
    placed: ReadonlyMap<Server, number>,
    lost: readonly number[],
    mayBeOff: (server: Server) => boolean,
  ): boolean {
    if (server === undefined) return true;
    return NODES.some((node) => {
      const there = [...placed].filter(([, at]) => at === node).map(([one]) => one);
      const isBeside = this.#members.includes(server) && there.some((one) => this.#members.includes(one));
      if (isBeside || (lost.includes(node) && !mayBeOff(server))) return false;
      const memoryMB = [server, ...there].reduce((sum, one) => sum + one.memoryMB, 0);
      if (!lost.includes(node) && memoryMB > MEMORY_MB) return false;
      return this.#place(rest, new Map([...placed, [server, node]]), lost, mayBeOff);
    });
  }
}

function nameOf(node: number): string {
  return `hv${String(node)}`;
}

function findingsFor(servers: readonly Server[], witnessAt: number | undefined, hostsLost: number): readonly string[] {
  const estate = [
    cluster("c1", { nodes: NODES.map(nameOf) }),
    ...NODES.map((node) => host(nameOf(node), { memoryMB: MEMORY_MB })),
    ...servers.map(({ memoryMB, at, isClustered, isMember, roles, databases }, index) =>
      vm(`s${String(index)}`, {
        memoryMB,
        processorCount: 1,
        ...(isClustered ? { cluster: "c1" } : {}),
        ...(at === undefined ? {} : { host: nameOf(at) }),
        exchange: {
          version: "Exchange 2010 SP1",
          roles: ["mailbox", ...roles],
          databases,
          ...(isMember
            ? {
                databaseAvailabilityGroup: "dag1",
                witnessServer: witnessAt === undefined ? "files.contoso.com" : nameOf(witnessAt),
              }
            : {}),
        },
      }),
    ),
  ];
  return judge(rule, estate, { reserveMB: 0, hostsLost }).findings;
}

/** What a finding says is ended, in the words of the count by hand. */
function endedIn(finding: string): readonly string[] {
  const texts: readonly (readonly [string, RegExp])[] = [
    ["quorum", /dag1 (may )?keeps? /],
    ["clientAccess", /no Exchange 2010 SP1 Client Access server/],
    ["hubTransport", /no Exchange 2010 SP1 Hub Transport server/],
    ["DB1", /no copy of the databases? [^;]*DB1/],
    ["DB2", /no copy of the databases? [^;]*DB2/],
    ["room", /must fit on/],
  ];
  return texts.filter(([, text]) => text.test(finding)).map(([what]) => what);
}

/** `hv0: quorum, room`, and for pairs `hv0 with hv1, hv2: quorum` with what the first pair ends. */
function summaryOf(finding: string): string {
  const name = finding.split(":")[0] ?? "";
  const first = /is a point of failure together with (\w+):/.exec(finding)?.[1];
  const more = /It is one together with ([^.]+) too\./.exec(finding)?.[1]?.match(/hv\d/g) ?? [];
  const pairs = first === undefined ? "" : ` with ${[first, ...more].join(", ")}`;
  return `${name}${pairs}: ${endedIn(finding).join(", ")}`;
}

function expectedOf(byHand: ByHand, hostsLost: number): readonly string[] {
  return NODES.flatMap((node) => {
    const own = byHand.ended([node]);
    const pairs = NODES.filter((other) => hostsLost === 2 && other > node).flatMap((other) => {
      const told = new Set([...own, ...byHand.ended([other])]);
      const ended = [...byHand.ended([node, other])].filter((what) => !told.has(what));
      return ended.length === 0 ? [] : [{ other: nameOf(other), ended }];
    });
    const others = pairs.map(({ other }) => other).join(", ");
    return [
      ...(own.size === 0 ? [] : [`${nameOf(node)}: ${[...own].join(", ")}`]),
      ...pairs.slice(0, 1).map(({ ended }) => `${nameOf(node)} with ${others}: ${ended.join(", ")}`),
    ];
  });
}

describe("the loss of hosts, beside trying everything", () => {
  for (const hostsLost of [1, 2]) {
    it(`ends the same with ${hostsLost === 1 ? "one host" : "one and two hosts"} lost`, () => {
      fc.assert(
        fc.property(anyServers, fc.constantFrom(undefined, 0, 2), (servers, witnessAt) => {
          // A node that is too full by what is declared on it is another rule's finding.
          const on = (node: number): number =>
            servers.filter(({ at }) => at === node).reduce((sum, { memoryMB }) => sum + memoryMB, 0);
          fc.pre(NODES.every((node) => on(node) <= MEMORY_MB));
          const found = findingsFor(servers, witnessAt, hostsLost).map(summaryOf).sort();
          assert.deepEqual(found, [...expectedOf(new ByHand(servers, witnessAt), hostsLost)].sort());
        }),
        { numRuns: 200 },
      );
    });
  }
});
