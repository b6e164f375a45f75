import { useMemo } from "preact/hooks";
import { filtered, NO_FILTER, type FindingFilter } from "../finding-filter";
import type { FindingEntry } from "../report-data";
import { FindingCard } from "./finding-card";
import { MoreButton, useShownPart } from "./shown-part";
import { FATE_WORDS, number } from "./words";

const STEP = 50;
const ON_PAPER = 2000;

interface FindingListProps {
  readonly findings: readonly FindingEntry[];
  readonly filter: FindingFilter;
  readonly onFilter: (filter: FindingFilter) => void;
}

export function FindingList({ findings, filter, onFilter }: FindingListProps) {
  const matching = useMemo(() => filtered(findings, filter), [findings, filter]);
  const part = useShownPart(STEP, ON_PAPER, JSON.stringify(filter));
  return (
    <section id="findings" aria-labelledby="findings-heading" tabindex={-1}>
      <h2 id="findings-heading">Findings</h2>
      {findings.length === 0 ? (
        <p class="empty">No rule found anything.</p>
      ) : (
        <>
          <FilterBar findings={findings} filter={filter} onFilter={onFilter} />
          <p class="result" role="status">
            {matching.length === findings.length
              ? `${number(findings.length, "entry", "entries")}; equal findings of several resources are one entry`
              : `${matching.length.toLocaleString("en-US")} of ${number(findings.length, "entry", "entries")}`}
          </p>
          <ol class="findings">
            {matching.slice(0, part.shown).map((finding) => (
              <FindingCard finding={finding} key={keyOf(finding)} />
            ))}
          </ol>
          <MoreButton all={matching.length} part={part} step={STEP} what="entries" />
        </>
      )}
    </section>
  );
}

export function keyOf({ rule, fate, problem, resources }: FindingEntry): string {
  const [first] = resources;
  return [rule, fate, first?.urn, first?.property, problem].join("\n");
}

function FilterBar({ findings, filter, onFilter }: FindingListProps) {
  const kinds = useMemo(
    () => ({
      fates: present(findings.map(({ fate }) => fate)),
      severities: (["critical", "high", "medium", "low"] as const).filter((one) =>
        findings.some(({ severity }) => severity === one),
      ),
      subjects: present(findings.map(({ subject }) => subject)),
    }),
    [findings],
  );
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(NO_FILTER);
  return (
    <form
      class="filters"
      role="search"
      aria-label="Findings"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <label class="wide">
        Search
        <input
          id="search"
          type="search"
          placeholder="Resource, rule, words or file"
          value={filter.words}
          onInput={({ currentTarget }) => {
            onFilter({ ...filter, words: currentTarget.value });
          }}
        />
      </label>
      <Choice
        label="Effect"
        value={filter.fate}
        options={kinds.fates.map((fate) => [fate, FATE_WORDS[fate]])}
        onChoice={(fate) => {
          onFilter({ ...filter, fate });
        }}
      />
      <Choice
        label="Severity"
        value={filter.severity}
        options={kinds.severities.map((severity) => [severity, severity])}
        onChoice={(severity) => {
          onFilter({ ...filter, severity });
        }}
      />
      <Choice
        label="Subject"
        value={filter.subject}
        options={kinds.subjects.map((subject) => [subject, subject])}
        onChoice={(subject) => {
          onFilter({ ...filter, subject });
        }}
      />
      <button
        type="button"
        disabled={!isFiltered}
        onClick={() => {
          onFilter(NO_FILTER);
        }}
      >
        Clear
      </button>
    </form>
  );
}

function present<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

function Choice({
  label,
  value,
  options,
  onChoice,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChoice: (value: string) => void;
}) {
  return (
    <label>
      {label}
      <select
        value={value}
        onChange={({ currentTarget }) => {
          onChoice(currentTarget.value);
        }}
      >
        <option value="">all</option>
        {options.map(([one, text]) => (
          <option value={one} key={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
