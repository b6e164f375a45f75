const heartbeat = 30_000;

/** A failure that the user can understand and act on: shown as one line, without a stack trace. */
export class UserError extends Error {}

/**
 * Says something to the user. Standard output belongs to the Pulumi engine (`--json`), so all of ours goes to standard error.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`hyperv-guard: ${line}\n`);
}

/**
 * Does something that may take long, with a sign of life every half minute.
 * @template T
 * @param {string} title what is being done, for example "installing the dependencies"
 * @param {() => Promise<T>} work
 * @param {string} [expectation] how long it usually takes
 * @returns {Promise<T>}
 */
export async function step(title, work, expectation) {
  const start = Date.now();
  say(`${title}${expectation === undefined ? "" : ` (${expectation})`} …`);
  const timer = setInterval(() => {
    say(`still ${title} (${elapsed(start)})`);
  }, heartbeat);
  try {
    const result = await work();
    say(`done in ${elapsed(start)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/**
 * The message of anything thrown, with its root cause, as one line of bearable length.
 * @param {unknown} error
 * @returns {string}
 */
export function oneLine(error) {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  const text = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").trim();
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}

/** @param {number} start */
function elapsed(start) {
  const seconds = Math.round((Date.now() - start) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60)} s`;
}
