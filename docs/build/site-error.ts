/** A site that cannot be built or served; the message names the remedy. */
export class SiteError extends Error {
  override readonly name = "SiteError";

  constructor(message: string, options?: ErrorOptions) {
    super(`[docs] ${message}`, options);
  }
}
