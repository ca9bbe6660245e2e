const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** One Ctrl-C may arrive twice: from the terminal, and passed on by the process that started this one. */
const SAME_MS = 500;

/**
 * Calls `stop` at the first signal to end. Another one, later, ends the process as if nobody listened: somebody is
 * impatient.
 * @returns what stops listening
 */
export function onInterrupt(stop: () => void): () => void {
  const release = () => SIGNALS.forEach((signal) => process.off(signal, listener));
  const listener = () => {
    stop();
    setTimeout(release, SAME_MS).unref();
  };
  SIGNALS.forEach((signal) => process.on(signal, listener));
  return release;
}
