import { render } from "preact";
import type { ReportData } from "../report-data";
import { ReportPage } from "./report-page";

const root = document.getElementById("report");
const data = document.getElementById("data");
if (root !== null && data !== null) {
  const report = JSON.parse(data.textContent) as ReportData;
  root.replaceChildren();
  render(<ReportPage report={report} />, root);
}
