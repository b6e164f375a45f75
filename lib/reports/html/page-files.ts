/** What shows the data of a report in a browser. */
export interface PageFiles {
  readonly script: string;
  readonly styles: string;
}

/**
 * The script and the styles of the command. The build puts them in the place of this function: sources have none.
 * @throws Error where the command was not built
 */
export function shippedPage(): PageFiles {
  throw new Error("The page of the HTML report is made by the build.");
}
