import { ModelFileError } from "@mobilenet-bench/model-files";

/** The message of the one error that readers may throw; any other goes through, and no error is one too. */
export async function errorOf(read: Promise<unknown>): Promise<string> {
  try {
    await read;
  } catch (error) {
    if (error instanceof ModelFileError) return error.message;
    throw error;
  }
  throw new Error("It was read.");
}
