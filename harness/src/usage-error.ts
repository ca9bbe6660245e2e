/** A call that was wrong: one line that names the remedy, and exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Makes errors of a type the caller's: their message is all that helps. Others stay what they are. */
export function asUsage(type: new (message: string) => Error): (error: unknown) => never {
  return (error) => {
    if (error instanceof type) throw new UsageError(error.message, { cause: error });
    throw error;
  };
}
