/** A run file that cannot be read or written; the message names the remedy. The file is left as it was. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(message: string, options?: ErrorOptions) {
    super(`[results] ${message}`, options);
  }
}

/** A file that ends too early, or was never JSON. */
export class TornFileError extends StoreError {}
