import { createHash } from "node:crypto";
import { harmlessLine } from "../../text/harmless";
import type { Report } from "../report";
import { shippedPage, type PageFiles } from "./page-files";
import { reportData } from "./report-data";

/**
 * A report as one HTML file, which asks nobody for anything: a policy in it forbids every request, and every script and
 * style but those that are in it.
 * @param page the script and the styles of the page
 */
export function htmlReport(report: Report, page: PageFiles = shippedPage()): string {
  const data = reportData(report);
  const title = `${data.verdict} - hyperv-guard`;
  const policy = `default-src 'none'; script-src ${hash(page.script)}; style-src ${hash(page.styles)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${escapedHtml(harmlessLine(title))}</title>
<style>${page.styles}</style>
</head>
<body>
<div id="report"><noscript>This report needs JavaScript. The formats text, markdown and json of hyperv-guard do not.</noscript></div>
<script type="application/json" id="data">${embeddedJson(data)}</script>
<script>${page.script}</script>
</body>
</html>
`;
}

/** How a browser knows a script or style again that the page may have. */
function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** JSON in which nothing ends the element that it stands in, and in which nothing changes how texts are read. */
function embeddedJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replace(/[\u2028\u2029]/g, (character) => (character === "\u2028" ? "\\u2028" : "\\u2029"));
}

function escapedHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
