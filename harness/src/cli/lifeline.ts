/** What is finished is kept by then; whoever is stuck is not waited for. */
const GRACE_MS = 10_000;

/**
 * Ends this process as Ctrl-C does when the one that started it is gone, whatever ended that one: `mnb` opens a channel
 * for this, through which nothing is ever said.
 */
export function endWithParent(): void {
  if (!process.channel) return;
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
  });
  // It keeps nobody from ending.
  process.channel.unref();
}
