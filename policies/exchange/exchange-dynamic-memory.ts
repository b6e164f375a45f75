import type { Estate } from "../../lib/estate/estate";
import type { DynamicMemory, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import {
  defineRule,
  given,
  violation,
  type Verdict,
  type Violation,
  type ViolationDetails,
} from "../../lib/rules/rule";
import { judgeMemory, RESERVE_PARAMETER } from "../hosts/memory-demand";
import {
  describeServer,
  exchangeServers,
  hostsOfExchange,
  restingOn,
  serversOn,
  statementFor,
} from "./exchange-servers";

/** Exchange servers have static memory, and their hosts have as much memory as their guests may use. */
export const exchangeDynamicMemory = defineRule<VirtualMachine | Host>({
  name: "exchange-dynamic-memory",
  title: "Exchange with memory of its own",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Exchange saves disk reads by caching in memory; when memory is taken away, the performance it was sized for cannot be reached.",
  fix: "Switch dynamic memory off: remove dynamicMemory and set memoryMB to what the server was sized for.",
  sources: ["exchange-2010-best-practices"],
  tags: ["memory"],
  applies: (estate) => [...exchangeServers(estate), ...hostsOfExchange(estate)],
  parameters: RESERVE_PARAMETER,
  check: (entity, estate, { number }) =>
    entity.kind === "host" ? oversubscription(entity, estate, number("reserveMB")) : dynamicMemory(entity),
});

function dynamicMemory(vm: VirtualMachine): readonly Verdict[] {
  return given(vm, { exchange: vm.exchange, dynamic: vm.dynamicMemory }, ({ exchange, dynamic }) => {
    const problem = `${describeServer(vm, exchange)} has dynamic memory${range(dynamic)}.`;
    return [violation(vm, "dynamicMemory", problem, restingOn(statementFor(exchange.version, "dynamicMemory")))];
  });
}

function range({ minimumMB, maximumMB }: DynamicMemory): string {
  const minimum = ifKnown(minimumMB);
  const maximum = ifKnown(maximumMB);
  if (minimum === undefined || maximum === undefined) return "";
  return `, from ${String(minimum)} to ${String(maximum)} MB`;
}

/** Memory oversubscription takes from Exchange what dynamic memory takes. */
function oversubscription(host: Host, estate: Estate, reserveMB: number | undefined): readonly Verdict[] {
  const fix = "Move virtual machines to another host, or give them less memory.";
  return judgeMemory(host, estate, reserveMB).map((verdict) =>
    verdict.kind === "undecided"
      ? verdict
      : violation(verdict.on, verdict.path, `${verdict.problem} It runs Exchange.`, {
          fix,
          ...evidenceFor(host, estate, verdict),
        }),
  );
}

/** The reserve's own row where that is in question, else what Microsoft says of a server on that host. */
function evidenceFor(host: Host, estate: Estate, { evidence }: Violation): ViolationDetails {
  if (evidence?.confidence === "unverified") return { evidence };
  const [server] = serversOn(host, estate);
  return restingOn(server === undefined ? undefined : statementFor(server.version, "dynamicMemory"));
}
