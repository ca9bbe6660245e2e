import { resolve } from "node:path";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";
import { readGiven, type Given } from "./given.ts";

const givenFileSchema = z.object({ path: z.string().describe("absolute"), sha256: z.string() });

/** The files that are computed on: where they lie, and what tells that they are still the same. */
export const givenFilesSchema = z.object({
  /** Null for the synthetic image. */
  picture: givenFileSchema.nullable(),
  /** Null for generated weights. */
  weights: givenFileSchema.nullable(),
});
type GivenFiles = z.infer<typeof givenFilesSchema>;

/** By their whole paths, since what begins in one folder may be gone on with from another. */
export function filesOf({ picture, weights }: Given): GivenFiles {
  return { picture: fileOf(picture), weights: fileOf(weights) };
}

function fileOf(file: { readonly path: string; readonly sha256: string } | undefined) {
  return file ? { path: resolve(file.path), sha256: file.sha256 } : null;
}

/**
 * The files that something began with: where one has changed since, its cells would not belong together.
 * @param what began with them
 * @throws UsageError where one has changed or cannot be read
 */
export async function readAgain(
  { picture, weights }: GivenFiles,
  what: "run" | "comparison",
): Promise<Given> {
  const given = await readGiven({
    ...(picture !== null && { image: picture.path }),
    ...(weights !== null && { weights: weights.path }),
  });
  for (const [then, now] of [
    [picture, given.picture],
    [weights, given.weights],
  ] as const)
    if (then?.sha256 !== now?.sha256)
      throw new UsageError(
        `${then?.path} has changed since the ${what} began. Restore it, or start a new ${what}.`,
      );
  return given;
}
