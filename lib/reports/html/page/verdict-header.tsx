import type { Fate } from "../../finding-groups";
import type { ReportData } from "../report-data";
import { FATE_WORDS } from "./words";

const FATES: readonly Fate[] = ["mandatory", "advisory", "exempted"];

export function VerdictHeader({ report }: { readonly report: ReportData }) {
  const { outcome, verdict, judged, notes, failure, counts, file } = report;
  return (
    <header class={`verdict ${outcome}`}>
      <p class="product">hyperv-guard report{file !== undefined && <span class="file">{file}</span>}</p>
      <h1>{verdict}</h1>
      <p class="judged">{judged}</p>
      {notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      {failure !== undefined && (
        <details class="failure" open>
          <summary>What the preview printed when it failed</summary>
          <pre tabindex={0} aria-label="Output of the preview">
            {failure}
          </pre>
        </details>
      )}
      <ul class="counts" aria-label="Findings by what they do">
        {FATES.map((fate) => (
          <li class={`count ${fate}`} key={fate}>
            <b>{counts[fate].toLocaleString("en-US")}</b> {FATE_WORDS[fate]}
          </li>
        ))}
      </ul>
    </header>
  );
}
