// Takes the pictures of docs/reports.md: `node tools/docs/report-screenshots.mjs report.html`, with a report of the example
// exchange-2010-violations. CHROMIUM names the browser, by default Debian's.

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { root } from "../paths.mjs";

const report = process.argv[2] ?? "report.html";
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

/**
 * @param {string} name
 * @param {"light" | "dark"} colorScheme
 * @param {(page: import("playwright-core").Page) => Promise<void>} prepare
 */
async function picture(name, colorScheme, prepare) {
  const page = await browser.newPage({ viewport: { width: 1080, height: 760 }, colorScheme });
  await page.goto(pathToFileURL(resolve(report)).href);
  await prepare(page);
  await page.screenshot({ path: join(root, "docs", `${name}.png`) });
}

await picture("report-findings", "light", () => Promise.resolve());
await picture("report-hosts", "dark", async (page) => {
  await page.getByRole("button", { name: "hv1", exact: true }).click();
  await page.getByRole("link", { name: "Hosts and machines" }).click();
});
await browser.close();
