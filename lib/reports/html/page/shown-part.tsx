import { useEffect, useState } from "preact/hooks";

/** How many entries of a list are shown, more of them on demand. */
export interface ShownPart {
  readonly shown: number;
  readonly more: () => void;
}

/**
 * A long list is shown in parts, so that the page stays fast.
 * @param step how many are shown at first and added each time
 * @param onPaper how many are printed
 * @param reset what makes it begin again, such as the words that are searched for
 */
export function useShownPart(step: number, onPaper: number, reset: string): ShownPart {
  const [state, setState] = useState({ shown: step, reset });
  const isPrinting = usePrinting();
  const shown = state.reset === reset ? state.shown : step;
  return {
    shown: isPrinting ? Math.max(shown, onPaper) : shown,
    more: () => {
      setState({ shown: shown + step, reset });
    },
  };
}

/** Whether the page is about to be printed. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const before = (): void => {
      setPrinting(true);
    };
    const after = (): void => {
      setPrinting(false);
    };
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return isPrinting;
}

/** What follows a list that is shown in part. */
export function MoreButton({
  all,
  part,
  step,
  what,
}: {
  readonly all: number;
  readonly part: ShownPart;
  readonly step: number;
  readonly what: string;
}) {
  const hidden = all - part.shown;
  if (hidden <= 0) return null;
  return (
    <p class="more">
      <button type="button" onClick={part.more}>
        Show {Math.min(step, hidden).toLocaleString("en-US")} more
      </button>{" "}
      <span>
        {part.shown.toLocaleString("en-US")} of {all.toLocaleString("en-US")} {what} shown
      </span>
    </p>
  );
}
