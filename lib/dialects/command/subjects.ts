import { isPlainArray, UNKNOWN, type PlainObject } from "../../estate/plain";
import type { SubjectName, TargetComputer, CmdletSubject } from "./actions";
import type { BoundParameters, Cmdlet } from "./cmdlets";
import type { CommandResult } from "./output";

/** Cmdlets whose parameter Name names what they are about, and not a part of it. */
const NAMED_BY_NAME: ReadonlySet<string> = new Set([
  "New-VM",
  "Remove-VM",
  "Get-VM",
  "Set-VM",
  "Update-VMVersion",
  "Get-ClusterGroup",
  "Get-ClusterNetwork",
]);

/** The computer itself. */
const HERE: ReadonlySet<string> = new Set(["", ".", "localhost", "127.0.0.1", "::1"]);

/** A call of a cmdlet as far as it is evaluated. */
export interface EvaluatedCall {
  readonly cmdlet: Cmdlet;
  readonly bound: BoundParameters<CommandResult>;
  readonly fields: PlainObject;
  readonly input: CommandResult | undefined;
  readonly at: string;
}

/** What a call is about. */
export function subjectOf({ cmdlet, bound, fields, input, at }: EvaluatedCall): CmdletSubject | undefined {
  const { name, subject: kind } = cmdlet;
  if (kind === undefined) return undefined;
  const declared =
    name === "Add-ClusterGroupToAffinityRule" ? ["Groups"] : ["VMName", "VirtualMachine", "VM", "VMNetworkAdapter"];
  const parameters = NAMED_BY_NAME.has(name) ? ["Name", "VM"] : declared;
  const parameter = parameters.find((one) => bound.has(one) || fields[one] === UNKNOWN);
  const given = parameter === undefined ? input : bound.get(parameter);
  if (given === true) return undefined;
  const own = given?.subject ?? { kind, names: namesIn(given, name === "New-VM", at) };
  if (own.names.length === 0) return undefined;
  const adapter = name.includes("NetworkAdapter") ? (fields["VMNetworkAdapterName"] ?? fields["Name"]) : undefined;
  return {
    ...own,
    ...(adapter === undefined ? {} : { adapter }),
    ...(fields["Cluster"] === undefined ? {} : { cluster: fields["Cluster"] }),
  };
}

/** Where a call runs that is made at a place. */
export function placesOf(bound: BoundParameters<CommandResult>, place: TargetComputer): readonly TargetComputer[] {
  const given = bound.get("ComputerName") ?? bound.get("CimSession");
  if (given === undefined || given === true) return [place];
  const names = isPlainArray(given.plain) ? given.plain : [given.plain];
  return names.map((name) => {
    if (typeof name !== "string") return UNKNOWN;
    return HERE.has(name.trim().toLowerCase()) ? place : name.trim();
  });
}

/** Names that are given; none when it is not known which, or how many there are. */
function namesIn(output: CommandResult | undefined, isNew: boolean, at: string): readonly SubjectName[] {
  if (output === undefined) return isNew ? [{ text: undefined, key: at }] : [];
  const { plain, key } = output;
  if (plain === UNKNOWN) return key === undefined && !isNew ? [] : [{ text: undefined, key: key ?? at }];
  const all = isPlainArray(plain) ? plain : [plain];
  const names = all.flatMap((name) => (typeof name === "string" || typeof name === "number" ? [String(name)] : []));
  if (names.length < all.length || (!isNew && names.some((name) => /[*?[]/.test(name)))) return [];
  return names.map((name) => ({ text: name, key: name.toLowerCase() }));
}
