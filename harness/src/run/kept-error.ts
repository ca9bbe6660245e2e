import type { WriteError } from "@mobilenet-bench/files";
import type { RunFolder } from "./run-folder.ts";

/** A run that could not be written down: what was measured is kept, and can be gone on with. */
export class RunKeptError extends Error {
  override readonly name = "RunKeptError";

  constructor(cause: WriteError, { path, start }: RunFolder) {
    super(
      `${cause.message} What was measured and saved is kept in ${path}; go on with: mnb run --resume ${start.id} (--output FOLDER writes elsewhere).`,
      { cause },
    );
  }
}
