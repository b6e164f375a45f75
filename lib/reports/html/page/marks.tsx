import type { FindingMark } from "./finding-marks";
import { number } from "./words";

/** How many findings there are, for who sees and for who hears it. */
export function Marks({ mark }: { readonly mark: FindingMark | undefined }) {
  if (mark === undefined) return null;
  const { blocking, advisory } = mark;
  return (
    <>
      {blocking > 0 && (
        <span class="mark mandatory" title={number(blocking, "blocking finding")}>
          {blocking}
          <span class="unseen"> blocking</span>
        </span>
      )}
      {advisory > 0 && (
        <span class="mark advisory" title={number(advisory, "advisory finding")}>
          {advisory}
          <span class="unseen"> advisory</span>
        </span>
      )}
    </>
  );
}
