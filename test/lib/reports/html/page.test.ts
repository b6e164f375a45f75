import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import { Judge } from "../../../../lib/judging/judge";
import { htmlReport } from "../../../../lib/reports/html/html";
import type { PageFiles } from "../../../../lib/reports/html/page-files";
import { EffectiveSettings } from "../../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../../policies";
import { cluster, host, mailbox, UNKNOWN, vm } from "../../../kit";
import { CHROMIUM, show, startBrowser } from "./browser";

const HOSTILE = "</script><script>alert(1)</script><img src=https://example.com/x onerror=alert(2)>";

const NETWORKS = [
  {
    name: "LAN",
    purpose: "management",
    role: "clusterAndClient",
    metric: 10000,
    defaultGateway: true,
    speedMbps: 1000,
  },
  { name: "CSV", purpose: "clusterSharedVolumes", role: "cluster", metric: 500, defaultGateway: false },
];

/** A cluster that lacks the memory for the loss of hv1, which has both members of a group. */
const ESTATE: readonly DeclaredResource[] = [
  cluster("clu1", { networks: NETWORKS }),
  host("hv1", { cluster: "clu1" }),
  host("hv2", { cluster: "clu1", memoryMB: 32768 }),
  host("single"),
  ...["ex1", "ex2"].map((name) =>
    mailbox(name, { host: "hv1", cluster: "clu1", memoryMB: 24576 }, { databaseAvailabilityGroup: "DAG1" }),
  ),
  vm("three", { host: "hv2", cluster: "clu1", processorCount: 3 }),
  vm("later", { host: "single", memoryMB: UNKNOWN }),
  vm(HOSTILE, { host: "single", processorCount: 3 }),
];

function reportOf(resources: readonly DeclaredResource[], page: PageFiles): string {
  const settings = new EffectiveSettings({ policies: [...RULES, undecided], today: "2012-06-30" });
  const judgement = new Judge(RULES, undecided, settings).judgeAll(resources, true, true);
  return htmlReport({ ...judgement, notes: ["A note."], version: "1.2.3", file: HOSTILE }, page);
}

/** What axe finds, each by its rule and the first element. */
async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("the page of the HTML report", function () {
  this.timeout(120_000);
  let browser: Browser;
  let files: PageFiles;
  let html: string;

  before(async function () {
    if (CHROMIUM === undefined) {
      process.stderr.write("There is no Chromium (Debian: chromium), so the HTML report is not tested in a browser.\n");
      this.skip();
    }
    const { bundleReportPage } = await import("../../../../tools/build/report-page.mjs");
    files = await bundleReportPage();
    html = reportOf(ESTATE, files);
    browser = await startBrowser();
  });

  after(async () => {
    if (CHROMIUM !== undefined) await browser.close();
  });

  const entries = (page: Page): Locator => page.locator("#findings article");
  const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

  it("asks nobody for anything and obeys no text", async () => {
    const { page, requests, dialogs, complaints } = await show(browser, html);
    await page.getByRole("button", { name: "single", exact: true }).click();
    assert.ok((await page.getByText(HOSTILE).count()) > 2);
    assert.equal(await page.locator("img").count(), 0);
    assert.deepEqual([requests, dialogs, complaints], [[], [], []]);
  });

  it("runs no script and loads nothing that a text would bring in", async () => {
    const { page, complaints } = await show(browser, html);
    await page.evaluate(`
      const script = document.createElement("script");
      script.textContent = "document.title = 'obeyed'";
      const image = document.createElement("img");
      image.src = "https://example.com/image.png";
      document.body.append(script, image);
    `);
    await page.waitForFunction("document.querySelector('img').complete");
    assert.notEqual(await page.title(), "obeyed");
    assert.match(complaints.join("\n"), /inline script violates the following Content Security Policy/);
    assert.match(complaints.join("\n"), /image\.png' violates the following Content Security Policy/);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 400]) {
      it(`has no barrier in ${colorScheme} at ${String(width)} pixels, and nothing beyond its edge`, async () => {
        const { page } = await show(browser, html, { colorScheme, viewport: { width, height: 900 } });
        await page.getByRole("button", { name: "hv1", exact: true }).click();
        assert.deepEqual(await barriers(page), []);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      });
    }
  }

  it("is light or dark as the reader's system is", async () => {
    const background = async (colorScheme: "light" | "dark"): Promise<unknown> =>
      (await show(browser, html, { colorScheme })).page.evaluate("getComputedStyle(document.body).backgroundColor");
    assert.notEqual(await background("light"), await background("dark"));
  });

  it("searches and filters the findings, and says how many there are", async () => {
    const { page } = await show(browser, html);
    const all = await entries(page).count();
    await page.getByLabel("Search", { exact: true }).fill("three processors");
    assert.equal(await entries(page).count(), 1);
    assert.match(await page.locator("#findings [role=status]").innerText(), new RegExp(`^1 of ${String(all)} entries`));
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal(await entries(page).count(), all);
    await page.getByLabel("Effect").selectOption("advisory");
    const shown = await entries(page).count();
    assert.ok(shown > 0 && shown < all);
    assert.equal(await page.locator("#findings article.advisory").count(), shown);
  });

  it("has the fix, the reason, the source and the page of a finding", async () => {
    const { page } = await show(browser, html);
    await page.getByLabel("Search", { exact: true }).fill("three guest-processor-count");
    const finding = entries(page);
    for (const text of ["Set processorCount to 1, 2 or 4.", "Why", "three"]) {
      assert.ok((await finding.getByText(text).count()) > 0, text);
    }
    const links = await Promise.all((await finding.getByRole("link").all()).map((link) => link.getAttribute("href")));
    assert.match(links.join("\n"), /docs\/rules\/guest-processor-count\.md\nhttps?:\/\//);
  });

  it("shows what the loss of a host takes with it", async () => {
    const { page } = await show(browser, html);
    const loss = region(page, "When hv1 is lost");
    assert.equal(await loss.count(), 0);
    await page.locator(".host-row", { hasText: "hv1" }).click({ position: { x: 5, y: 5 } });
    const text = await loss.innerText();
    assert.match(text, /2 machines must start on other nodes/);
    assert.match(text, /lacks 20 GB of memory: 48 GB needed, 28 GB free on 1 other node/);
    assert.match(text, /DAG1: all 2 members are on this host/);
    await loss.getByRole("button", { name: "Findings that name hv1" }).click();
    assert.equal(await page.getByLabel("Search", { exact: true }).inputValue(), "hv1");
    await page.getByRole("button", { name: "hv1", exact: true }).click();
    assert.equal(await loss.count(), 0);
  });

  it("says what the networks will carry, and what could not be checked", async () => {
    const { page } = await show(browser, html);
    assert.match(
      await region(page, "Networks of clu1").innerText(),
      /CSV\s+Cluster Shared Volumes.*cluster and CSV traffic/,
    );
    const unchecked = await region(page, "Not checked").innerText();
    assert.match(unchecked, /later/);
    assert.match(unchecked, /memoryMB/);
  });

  it("lets the keyboard reach every control, and open a host", async () => {
    const { page } = await show(browser, html);
    const controls = page.locator("a[href], button:enabled, input, select, summary, [tabindex='0']");
    const expected = await controls.count();
    assert.ok(expected > 10);
    const reached = new Set<unknown>();
    for (let pressed = 0; pressed < expected; pressed++) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"));
    }
    assert.equal(reached.size, expected);
    await page.getByRole("button", { name: "hv2", exact: true }).focus();
    await page.keyboard.press("Enter");
    assert.ok(await region(page, "When hv2 is lost").isVisible());
  });

  it("is whole on paper, without controls", async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      vm(`vm${String(index)}`, { host: "hv1", processorCount: 3 + 2 * index }),
    );
    const { page } = await show(browser, reportOf([host("hv1"), ...many], files));
    assert.equal(await entries(page).count(), 50);
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.waitForFunction("document.querySelectorAll('#findings article').length > 60");
    assert.equal(await page.locator("form:visible, nav:visible").count(), 0);
    assert.ok((await page.pdf()).length > 1000);
  });

  it("stays small with 10,000 machines", async () => {
    const { page } = await show(browser, reportOf(largeEstate(), files));
    const nodes = (): Promise<number> => page.evaluate("document.querySelectorAll('*').length");
    assert.ok((await nodes()) < 4000, String(await nodes()));
    await page.getByLabel("Find", { exact: true }).fill("vm7-399");
    assert.equal(await page.locator("#estate .host").count(), 1);
    assert.ok(await page.locator("#estate .block.found").isVisible());
    await page.getByLabel("Search", { exact: true }).fill("vm7-399");
    assert.ok((await entries(page).count()) > 0);
    await page.getByLabel("Find", { exact: true }).fill("");
    await page.getByRole("button", { name: "Show 25 more", exact: true }).click();
    assert.equal(await page.locator("#estate .host").count(), 50);
    assert.ok((await nodes()) < 8000, String(await nodes()));
  });
});

function largeEstate(): readonly DeclaredResource[] {
  const numbers = (length: number): readonly string[] => Array.from({ length }, (_, index) => String(index));
  return numbers(25).flatMap((group) => [
    cluster(`clu${group}`),
    ...numbers(16).map((node) => host(`hv${group}-${node}`, { cluster: `clu${group}`, memoryMB: 131072 })),
    ...numbers(400).map((position) =>
      vm(`vm${group}-${position}`, {
        host: `hv${group}-${String(Number(position) % 16)}`,
        cluster: `clu${group}`,
        processorCount: Number(position) % 7 === 0 ? 3 : 2,
      }),
    ),
  ]);
}
