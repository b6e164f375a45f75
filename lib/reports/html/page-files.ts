import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What shows the data of a report in a browser. */
export interface PageFiles {
  readonly script: string;
  readonly styles: string;
}

/** The script and the styles as the build has put them beside this file. */
export function shippedPage(): PageFiles {
  return { script: read("page.js"), styles: read("page.css") };
}

function read(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
