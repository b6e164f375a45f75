import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { FindingEntry, ResourceEntry } from "../report-data";
import { MoreButton, useShownPart } from "./shown-part";
import { FATE_WORDS, number } from "./words";

/** So many resources are shown at once; the others fold out. */
const MOST_RESOURCES = 6;

const STEP = 200;

export function FindingCard({ finding }: { readonly finding: FindingEntry }) {
  const { fate, severity, title, rule, problem, more, why, fix, note, exemption, page, resources } = finding;
  return (
    <li>
      <article class={`finding ${fate}`}>
        <h3>
          <span class={`badge ${fate}`}>{FATE_WORDS[fate]}</span> {title}
        </h3>
        <p class="meta">
          {severity} severity ·{" "}
          <a href={page} rel="noreferrer" title="This rule with its figures and examples">
            {rule}
          </a>
        </p>
        <p class="problem">{problem}</p>
        {more.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <dl>
          <Term name="Fix">{fix}</Term>
          <Term name="Why">{why}</Term>
          <Term name="Exempted">{exemption}</Term>
          <Term name="Note">{note}</Term>
          <Term name={resources.length === 1 ? "Where" : "Found at"}>
            {resources.some(({ name }) => name !== "") && <Resources resources={resources} />}
          </Term>
          <Term name="Source">{sourceOf(finding)}</Term>
        </dl>
      </article>
    </li>
  );
}

function sourceOf({ source }: FindingEntry): ComponentChildren {
  if (source?.url === undefined) return source?.title;
  return (
    <a href={source.url} rel="noreferrer">
      {source.title}
    </a>
  );
}

function Term({ name, children }: { readonly name: string; readonly children?: ComponentChildren }) {
  if (children === undefined || children === false || children === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Resources({ resources }: { readonly resources: readonly ResourceEntry[] }) {
  const others = resources.slice(MOST_RESOURCES);
  return (
    <>
      <ResourceItems resources={resources.slice(0, MOST_RESOURCES)} />
      {others.length > 0 && <OtherResources resources={others} />}
    </>
  );
}

/** The rest folds out, and is there only then: a finding may be of thousands. */
function OtherResources({ resources }: { readonly resources: readonly ResourceEntry[] }) {
  const [isOpen, setOpen] = useState(false);
  const part = useShownPart(STEP, STEP, "");
  return (
    <details
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>{number(resources.length, "more resource")}</summary>
      {isOpen && <ResourceItems resources={resources.slice(0, part.shown)} />}
      {isOpen && <MoreButton all={resources.length} part={part} step={STEP} what="resources" />}
    </details>
  );
}

function ResourceItems({ resources }: { readonly resources: readonly ResourceEntry[] }) {
  return (
    <ul class="resources">
      {resources.map(({ name, urn, property, place }) => (
        <li key={`${urn ?? name}\n${property ?? ""}`} title={urn}>
          <b>{name}</b>
          {property !== undefined && <code>{property}</code>}
          {place !== undefined && <span class="place">{place}</span>}
        </li>
      ))}
    </ul>
  );
}
