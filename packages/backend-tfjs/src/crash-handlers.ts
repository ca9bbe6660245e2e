/**
 * Runs `start` and takes away the process-wide handlers of uncaught errors that it installed: Emscripten's
 * start-up code adds some in Node, which rethrow every error of the process, also those that others handle.
 */
export async function withoutNewCrashHandlers<T>(start: () => Promise<T>): Promise<T> {
  if (typeof process === "undefined" || typeof process.listeners !== "function") return start();
  const exceptions = new Set(process.listeners("uncaughtException"));
  const rejections = new Set(process.listeners("unhandledRejection"));
  try {
    return await start();
  } finally {
    for (const listener of process.listeners("uncaughtException"))
      if (!exceptions.has(listener)) process.removeListener("uncaughtException", listener);
    for (const listener of process.listeners("unhandledRejection"))
      if (!rejections.has(listener)) process.removeListener("unhandledRejection", listener);
  }
}
