/** A model file that cannot be read, mapped or written: a fact about the file, and what can be done. */
export class ModelFileError extends Error {
  override readonly name = "ModelFileError";

  /** Both are sentences without their full stops. */
  constructor(fact: string, remedy: string, options?: ErrorOptions) {
    super(`[model-files] ${fact}. ${remedy}.`, options);
  }
}
