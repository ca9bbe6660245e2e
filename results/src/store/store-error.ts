/** A run file that cannot be read or written; the message names the remedy. The file is left as it was. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(message: string, options?: ErrorOptions) {
    super(`[results] ${message}`, options);
  }
}

/** A run of another version of the schema. */
export class ForeignVersionError extends StoreError {}

/** A file whose content is no longer that which its name tells. */
export class ChangedFileError extends StoreError {}

/** A file that can be read, and says that it is something else. */
export class ForeignFileError extends StoreError {}

/** A file that ends too early, or was never JSON. */
export class TornFileError extends StoreError {}
