/** The page of a policy: what it judges, why, with an example of each verdict. */
export function pageOf(rule: string): string {
  // Not a rule: what differs between a declaration and an inventory.
  if (rule === "drift") return `${HOMEPAGE}/blob/main/docs/inventory.md#drift`;
  return `${HOMEPAGE}/blob/main/docs/rules/${rule}.md`;
}

/** Where the project is on the web. */
export const HOMEPAGE = "https://github.com/hyperv-guard/hyperv-guard";
