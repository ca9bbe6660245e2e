// The entry of a process that keeps one core busy until it is killed.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
const PAUSE_EVERY_MS = 1000;
(function spin(): void {
  for (const until = performance.now() + PAUSE_EVERY_MS; performance.now() < until;);
  // Between two such times it hears whether its parent is still there.
  setImmediate(spin);
})();
