import type { FindingEntry } from "../report-data";
import { Resources } from "./finding-card";
import { keyOf } from "./finding-list";
import { MoreButton, useShownPart } from "./shown-part";

const STEP = 50;
const ON_PAPER = 2000;

/** What could not be checked, and how to declare it. */
export function UncheckedList({ unchecked }: { readonly unchecked: readonly FindingEntry[] }) {
  const part = useShownPart(STEP, ON_PAPER, "");
  return (
    <section id="unchecked" aria-labelledby="unchecked-heading" tabindex={-1}>
      <h2 id="unchecked-heading">Not checked</h2>
      <p class="lead">
        These facts are missing or known only after the deployment. Nothing here is found to be wrong, and nothing is
        found to be right.
      </p>
      <ol class="findings unchecked">
        {unchecked.slice(0, part.shown).map((finding) => (
          <li key={keyOf(finding)}>
            <article class="finding">
              {finding.resources.some(({ name }) => name !== "") && <Resources resources={finding.resources} />}
              <p>{finding.problem}</p>
              {finding.fix !== undefined && (
                <dl>
                  <div>
                    <dt>To do</dt>
                    <dd>{finding.fix}</dd>
                  </div>
                </dl>
              )}
            </article>
          </li>
        ))}
      </ol>
      <MoreButton all={unchecked.length} part={part} step={STEP} what="entries" />
    </section>
  );
}
