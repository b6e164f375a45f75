/* eslint-disable @typescript-eslint/no-require-imports -- a format is loaded when it is asked for, with the libraries that it needs */
import type * as AzureDevOps from "./azure-devops";
import type * as GitHub from "./github";
import type * as GitLab from "./gitlab";
import type * as Html from "./html/html";
import type * as Json from "./json";
import type * as JUnit from "./junit";
import type * as Markdown from "./markdown";
import type { Report } from "./report";
import type * as Sarif from "./sarif";

/** The formats that a report can be written in, by the name that users give. */
export const FORMATS = {
  json: (report) => (require("./json") as typeof Json).findingsJson(report),
  sarif: (report) => (require("./sarif") as typeof Sarif).sarif(report),
  junit: (report) => (require("./junit") as typeof JUnit).junitXml(report),
  markdown: (report) => (require("./markdown") as typeof Markdown).summaryMarkdown(report),
  html: (report) => (require("./html/html") as typeof Html).htmlReport(report),
  github: (report) => (require("./github") as typeof GitHub).githubAnnotations(report),
  "azure-devops": (report) => (require("./azure-devops") as typeof AzureDevOps).azureDevOpsIssues(report),
  gitlab: (report) => (require("./gitlab") as typeof GitLab).gitlabCodeQuality(report),
} as const satisfies Readonly<Record<string, (report: Report) => string>>;

export type FileFormat = keyof typeof FORMATS;

/** What a format cannot hold of so many findings, each in a sentence. */
export function limitsOf(format: FileFormat, findings: number): readonly string[] {
  return format === "sarif" ? (require("./sarif") as typeof Sarif).limitNotes(findings) : [];
}

/** Whether a format shows who runs where. */
export function showsEstate(format: string): boolean {
  return format === "html";
}
