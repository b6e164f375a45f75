import { isPlainArray } from "../../estate/plain";
import type { Parameter } from "../../powershell/syntax";
import type { BoundParameters, Cmdlet, Given } from "./cmdlets";
import { newCollection } from "./evaluate";
import { isListType } from "./operations";
import { flattened, textOf, UNKNOWN_RESULT, valueOf, type CommandResult } from "./output";

/** Commands of PowerShell itself that are followed. */
export const INVOKE_COMMAND: Cmdlet = {
  name: "Invoke-Command",
  subject: undefined,
  positional: ["ComputerName"],
  parameters: ["ScriptBlock", "Session", "VMName", "VMId", "HostName", "ArgumentList", "FilePath"],
  switches: ["HideComputerName", "InDisconnectedSession", "UseSSL"],
  aliases: { Cn: "ComputerName", CommandCall: "ScriptBlock", Args: "ArgumentList" },
};

export const JOIN_PATH = asCmdlet([{ name: "Path" }, { name: "ChildPath" }, { name: "AdditionalChildPath" }]);
export const NEW_OBJECT = asCmdlet([{ name: "TypeName" }, { name: "ArgumentList" }, { name: "Property" }]);
export const SET_ALIAS = asCmdlet([{ name: "Name" }, { name: "Value" }]);

/** Parameters of a function as those of a cmdlet: all but switches may go without their names. */
export function asCmdlet(parameters: readonly Parameter[]): Cmdlet {
  const names = (isSwitch: boolean): readonly string[] =>
    parameters.filter((parameter) => (parameter.isSwitch ?? false) === isSwitch).map(({ name }) => name);
  return { name: "", subject: undefined, positional: names(false), parameters: [], switches: names(true), aliases: {} };
}

/** What `Write-Output` puts out. */
export function outputOf(given: readonly Given<CommandResult>[]): CommandResult | undefined {
  const values = given.flatMap(({ parameter, value }) =>
    parameter === undefined && value !== undefined ? [value] : [],
  );
  return flattened(values);
}

export function joinPath(bound: BoundParameters<CommandResult>): CommandResult {
  const texts = JOIN_PATH.positional.flatMap((name) => {
    const value = bound.get(name);
    return value === undefined || value === true ? [] : [isPlainArray(value.plain) ? undefined : textOf(value)];
  });
  const [first, ...more] = texts;
  if (first === undefined || first === "" || texts.includes(undefined)) return UNKNOWN_RESULT;
  return valueOf(
    more.reduce<string>(
      (path, child) => `${path.replace(/[\\/]$/, "")}\\${(child ?? "").replace(/^[\\/]/, "")}`,
      first,
    ),
  );
}

export function newObject(bound: BoundParameters<CommandResult>): CommandResult {
  const type = bound.get("TypeName");
  if (type === undefined || type === true) return UNKNOWN_RESULT;
  const name = textOf(type) ?? "";
  const property = bound.get("Property");
  if (isListType(name)) return newCollection();
  return /^(?:system\.management\.automation\.)?ps(?:custom)?object$/i.test(name) &&
    property !== undefined &&
    property !== true
    ? property
    : UNKNOWN_RESULT;
}
