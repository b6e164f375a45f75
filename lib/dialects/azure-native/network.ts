import type { DeclaredResource, Problem } from "../../estate/declared";
import type { CloudPlatform, SecurityRule } from "../../estate/model";
import { EVERY_PORT, resolvePorts } from "../../estate/ports";
import { Reader } from "../../estate/reader";
import { firstOf, ifKnown, known, map, orDefault, type Value } from "../../estate/value";
import type { FactReader, FactSink } from "../dialect";

const DIRECTIONS = ["inbound", "outbound"] as const;
const ACCESS = ["allow", "deny"] as const;
const PROTOCOLS = ["tcp", "udp", "any", "other"] as const;
const PROTOCOL_ALIASES = { "*": "any", icmp: "other", icmpv6: "other", esp: "other", ah: "other" } as const;
/** What Azure takes; its own default rules come after them. */
const PRIORITY = { minimum: 100, maximum: 4096 };

/** Network security groups of Azure, which hold rules, and of Azure Local, which do not. */
export function readNetworkSecurityGroup(platform: CloudPlatform): FactReader {
  return (resource, sink) => {
    const reader = readerOf(resource, sink);
    // The provider gives a group a name of its own where none is declared: `name` is then known after the deployment.
    const names = [reader.text("networkSecurityGroupName"), reader.text("name")].map(ifKnown);
    const name = names.find((one) => one !== undefined) ?? resource.name;
    sink.add("networkSecurityGroups", {
      kind: "networkSecurityGroup",
      urn: resource.urn,
      name,
      nameIsUnknown: name === resource.name,
      platform,
      names: [...new Set([...names.filter((one) => one !== undefined), resource.name])],
      rules: readInlineRules(reader, resource),
    });
    reader.reportUnread();
  };
}

function readInlineRules(reader: Reader, { urn }: DeclaredResource): Value<readonly SecurityRule[]> {
  const rules = reader.list("securityRules", (inner) => {
    inner.passOthers();
    const name = inner.text("name");
    const path = name.origin.path.replace(/\.name$/, "");
    return readRule(inner, urn, path, ifKnown(name) ?? path);
  });
  return orDefault(rules, []);
}

/** Rules that are resources of their own. */
export function readSecurityRule(platform: CloudPlatform): FactReader {
  return (resource, sink) => {
    const reader = readerOf(resource, sink);
    const named = [reader.text("securityRuleName"), reader.text("name")].map(ifKnown);
    const name = named.find((one) => one !== undefined) ?? resource.name;
    sink.add("securityRules", {
      kind: "securityRule",
      urn: resource.urn,
      name,
      nameIsUnknown: false,
      platform,
      group: reader.required(reader.text("networkSecurityGroupName"), "the name of the network security group"),
      rule: readRule(reader, resource.urn, "", name),
    });
    reader.reportUnread();
  };
}

/** The provider checks its properties itself: what is not read here is ignored. */
function readerOf(resource: DeclaredResource, sink: FactSink): Reader {
  const report = (problem: Problem): void => {
    sink.problem(problem);
  };
  const reader = new Reader(resource.urn, resource.properties, report);
  reader.passOthers();
  return reader;
}

function readRule(reader: Reader, urn: string, path: string, name: string): SecurityRule {
  return {
    urn,
    path,
    name,
    priority: reader.required(reader.integer("priority", PRIORITY), "a priority from 100 to 4096"),
    direction: reader.required(reader.oneOf("direction", DIRECTIONS), "Inbound or Outbound"),
    access: reader.required(reader.oneOf("access", ACCESS), "Allow or Deny"),
    protocol: reader.required(reader.oneOf("protocol", PROTOCOLS, PROTOCOL_ALIASES), "a protocol, or * for any"),
    sourcePorts: readPorts(reader, "sourcePortRange"),
    destinationPorts: readPorts(reader, "destinationPortRange"),
    sources: readPrefixes(reader, "source"),
    destinations: readPrefixes(reader, "destination"),
    sourceGroups: readGroups(reader, "source"),
    destinationGroups: readGroups(reader, "destination"),
  };
}

/** One range, a list of them, or both; nothing means every port. */
function readPorts(reader: Reader, name: "sourcePortRange" | "destinationPortRange"): SecurityRule["sourcePorts"] {
  const one = reader.resolved(name, resolvePorts);
  const items = allOf(one, reader.resolvedList(`${name}s`, resolvePorts));
  return known(items.length > 0 ? items : [known(EVERY_PORT, one.origin)], one.origin);
}

/** One prefix, a list of them, or both; nothing means every address where application security groups do not narrow it. */
function readPrefixes(reader: Reader, side: "source" | "destination"): SecurityRule["sources"] {
  const one = reader.text(`${side}AddressPrefix`);
  const items = allOf(one, reader.texts(`${side}AddressPrefixes`));
  const groups = readGroups(reader, side);
  const everywhere = items.length === 0 && ifKnown(groups)?.length === 0;
  return known(everywhere ? [known("*", one.origin)] : items, one.origin);
}

function readGroups(reader: Reader, side: "source" | "destination"): SecurityRule["sourceGroups"] {
  const groups = reader.list(`${side}ApplicationSecurityGroups`, (inner) => {
    inner.passOthers();
    return map(inner.text("id"), lastSegment);
  });
  // The classic provider has the ids themselves.
  const ids = reader.texts(`${side}ApplicationSecurityGroupIds`);
  return orDefault(
    firstOf(
      groups,
      map(ids, (all) => all.map((id) => map(id, lastSegment))),
    ),
    [],
  );
}

/** The declared ones of a property and of its plural; what is unknown stands for itself. */
function allOf<T>(one: Value<T>, more: Value<readonly Value<T>[]>): readonly Value<T>[] {
  const rest = more.state === "known" ? more.value : [more];
  return [one, ...rest].filter(({ state }) => state !== "absent");
}

/** The name in the id of an Azure resource. */
function lastSegment(id: string): string {
  return id.split("/").at(-1) ?? id;
}
