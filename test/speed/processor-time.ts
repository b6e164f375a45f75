/**
 * The milliseconds of processor time that work takes. Other work on the machine only ever adds time, so the best of a few
 * runs is the truth.
 */
export function processorTime(work: () => void, runs = 3): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
