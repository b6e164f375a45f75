/** The page of a policy: what it judges, why, with an example of each verdict. */
export function pageOf(rule: string): string {
  return `${HOMEPAGE}/blob/main/docs/rules/${rule}.md`;
}

/** Where the project is on the web. */
export const HOMEPAGE = "https://github.com/hyperv-guard/hyperv-guard";
