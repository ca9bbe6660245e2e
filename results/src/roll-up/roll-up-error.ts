/** What cannot be rolled up or asked; the message names the remedy. */
export class RollUpError extends Error {
  override readonly name = "RollUpError";

  constructor(message: string, options?: ErrorOptions) {
    super(`[results] ${message}`, options);
  }
}
