/** A description of a network, weights or an input that cannot be had; the message names the remedy. */
export class SpecError extends Error {
  override readonly name = "SpecError";

  constructor(message: string, options?: ErrorOptions) {
    super(`[spec] ${message}`, options);
  }
}
