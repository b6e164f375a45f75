// Loaded into a pack's process ahead of the pack: tells what the process has used, each time it is asked.
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ processor: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 });
});
process.channel?.unref();
