/** A call that was wrong: one line that names the remedy, and exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
