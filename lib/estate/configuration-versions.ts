import type { Resolution } from "./reader";

/** A configuration version of a virtual machine as Hyper-V shows it: `9.0`, for what may be written as `9` too. */
export function resolveConfigurationVersion(text: string): Resolution<string> {
  const [, major, minor = "0"] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (major === undefined) {
    const allowed = "a version such as 9.0";
    return { resolved: false, problem: "it is not a configuration version", allowed };
  }
  return { resolved: true, value: `${String(Number(major))}.${String(Number(minor))}` };
}
