import { useCallback, useMemo, useState } from "preact/hooks";
import { NO_FILTER, type FindingFilter } from "../finding-filter";
import type { ReportData } from "../report-data";
import { EstateMap } from "./estate-map";
import { FindingList } from "./finding-list";
import { NetworkTables } from "./network-tables";
import { UncheckedList } from "./unchecked-list";
import { VerdictHeader } from "./verdict-header";

export function ReportPage({ report }: { readonly report: ReportData }) {
  const [filter, setFilter] = useState<FindingFilter>(NO_FILTER);
  const { view, findings, unchecked } = report;
  const hasNetworks = view?.clusters.some(({ networks }) => networks.length > 0) === true;
  const hasMap = view !== undefined && view.hosts.length + view.clusters.length + view.machines.length > 0;
  const showFindingsOf = useCallback((name: string) => {
    setFilter({ ...NO_FILTER, words: name });
    document.getElementById("findings")?.scrollIntoView();
    document.getElementById("search")?.focus();
  }, []);
  const links = useMemo(
    () =>
      [
        { id: "findings", label: "Findings", isShown: true },
        { id: "estate", label: "Hosts and machines", isShown: hasMap },
        { id: "networks", label: "Cluster networks", isShown: hasNetworks },
        { id: "unchecked", label: "Not checked", isShown: unchecked.length > 0 },
      ].filter(({ isShown }) => isShown),
    [hasMap, hasNetworks, unchecked],
  );
  return (
    <>
      <VerdictHeader report={report} />
      {links.length > 1 && (
        <nav aria-label="Parts of this report">
          {links.map(({ id, label }) => (
            <a href={`#${id}`} key={id}>
              {label}
            </a>
          ))}
        </nav>
      )}

      <main>
        <FindingList findings={findings} filter={filter} onFilter={setFilter} />
        {hasMap && <EstateMap view={view} findings={[...findings, ...unchecked]} onFindings={showFindingsOf} />}
        {hasNetworks && <NetworkTables view={view} />}
        {unchecked.length > 0 && <UncheckedList unchecked={unchecked} />}
      </main>
      <footer>hyperv-guard {report.version}</footer>
    </>
  );
}
