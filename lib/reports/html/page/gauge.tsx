interface GaugeProps {
  readonly label: string;
  readonly value: number;
  /** Undefined where there is no limit, or where it is not known. */
  readonly most: number | undefined;
  readonly text: string;
  /** What stands at the end of the line. */
  readonly rest?: string | undefined;
  /** The same in words. */
  readonly words: string;
}

/** From here on a gauge shows that little is left. */
const NEARLY_FULL = 0.9;

export function Gauge({ label, value, most, text, rest, words }: GaugeProps) {
  if (most === undefined || most <= 0)
    return <p class="gauge">{[text, rest].filter((one) => one !== undefined).join(", ")}</p>;
  const part = value / most;
  const state = part > 1 ? "over" : part > NEARLY_FULL ? "nearly" : "fine";
  return (
    <div class={`gauge ${state}`} title={words}>
      <div
        class="gauge-bar"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={most}
        aria-valuenow={Math.min(value, most)}
        aria-valuetext={`${words}${part > 1 ? ", too much" : ""}`}
      >
        <div style={{ width: `${String(Math.min(100, part * 100))}%` }} />
      </div>
      <span>
        <span>{text}</span>
        <span>{rest}</span>
      </span>
    </div>
  );
}
