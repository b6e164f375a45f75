/** How often it is looked whether the engine is still there, in milliseconds: a pack that outlives it by this holds nobody up. */
const EVERY = 2000;

/**
 * Ends this process when the one that started it is gone. An engine that is killed ends nobody: the pack would stay, with
 * all that it has read.
 * @param isThere whether a process is there
 */
export function endWithEngine(
  end: () => void = () => process.exit(1),
  isThere: (pid: number) => boolean = isRunning,
): NodeJS.Timeout {
  const engine = process.ppid;
  // A process whose parent is gone is given another one, but not on Windows: there the number is looked up.
  const watch = setInterval(() => {
    if (process.ppid === engine && isThere(engine)) return;
    clearInterval(watch);
    end();
  }, EVERY);
  return watch.unref();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // What may not be asked is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
