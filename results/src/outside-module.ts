import { z } from "zod";

/** Where a backend from outside came from: the module that exports it. */
export const outsideModuleSchema = z.object({
  file: z.string().describe("within its package, or its name where it is in none"),
  package: z.string().exactOptional().describe("NAME@VERSION, where its package has a name"),
  sha256: z.string().describe("of that file alone: what it imports is not in it"),
});
/** See {@link outsideModuleSchema}. */
export type OutsideModule = z.infer<typeof outsideModuleSchema>;

/** `my-backend@1.2.0/dist/index.js`, or the file where it is in no package. */
export function describeModule({ file, package: name }: OutsideModule): string {
  return name === undefined ? file : `${name}/${file}`;
}
