import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { temporaryFolder } from "../../../previews/program";

/** Where Debian, Ubuntu and the runners of pipelines have a Chromium. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser to test in: the one that CHROMIUM names, else the first that is there, Playwright's own at last. */
export const CHROMIUM = [process.env["CHROMIUM"] ?? "", ...PLACES, chromium.executablePath()].find(
  (place) => place !== "" && existsSync(place),
);

/** A page in a browser, with all that it has done beside showing itself. */
export interface ShownPage {
  readonly page: Page;
  /** Requests but the one for the file itself. */
  readonly requests: readonly string[];
  readonly dialogs: readonly string[];
  /** What the browser complained of, as of a script that the policy of the page forbids. */
  readonly complaints: readonly string[];
}

export function startBrowser(): Promise<Browser> {
  // A container has no sandbox for a browser.
  return chromium.launch({ ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }), args: ["--no-sandbox"] });
}

/** Shows a page as the file that it is written into. */
export async function show(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<ShownPage> {
  const file = join(temporaryFolder(), "report.html");
  await writeFile(file, html);
  const address = pathToFileURL(file).href;
  const page = await (await browser.newContext(options)).newPage();
  const [requests, dialogs, complaints]: [string[], string[], string[]] = [[], [], []];
  page.on("request", (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
  return { page, requests, dialogs, complaints };
}
