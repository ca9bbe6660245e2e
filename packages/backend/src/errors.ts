/** What a backend refuses: the cell becomes `unsupported`, with this reason. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
  readonly reason: string;
  readonly remedy: string;

  /** @param reason a fact, @param remedy what a user can do: one sentence each */
  constructor(source: string, reason: string, remedy: string, options?: ErrorOptions) {
    super(`[${source}] ${reason} ${remedy}`, options);
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** The device that computed is gone: the session cannot go on, and its last results are worth nothing. */
export class DeviceLostError extends Error {
  override readonly name = "DeviceLostError";

  /** @param backend its id, @param reason as the device told it */
  constructor(backend: string, reason: string, options?: ErrorOptions) {
    super(`[backend-${backend}] The device was lost: ${reason} Load the model again.`, options);
  }
}

/** An input that does not fit the session. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Use of a session that computes no more: it was disposed, or its threads have ended. */
export class SessionError extends Error {
  override readonly name = "SessionError";

  /** @param backend its id, @param reason a sentence */
  constructor(backend: string, reason = "The session is disposed.", options?: ErrorOptions) {
    super(`[backend-${backend}] ${reason} Load the model again.`, options);
  }
}
