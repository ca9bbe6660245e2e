import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

const GITHUB = fileURLToPath(new URL("../../../.github", import.meta.url));

const stepSchema = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const permissionsSchema = z.record(z.string(), z.string());
const workflowSchema = z.object({
  permissions: permissionsSchema,
  jobs: z.record(
    z.string(),
    z.object({
      permissions: permissionsSchema,
      "timeout-minutes": z.number(),
      strategy: z.object({ matrix: z.record(z.string(), z.array(z.string())) }).optional(),
      steps: z.array(stepSchema),
    }),
  ),
});
const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  runs: z.object({ using: z.literal("composite"), steps: z.array(stepSchema) }),
});

/** A file of GitHub's, as text and as far as tests look at it. */
export interface WorkflowFile<T> {
  readonly path: string;
  readonly text: string;
  readonly content: T;
}

/** All workflows of the project. */
export async function workflows(): Promise<WorkflowFile<z.infer<typeof workflowSchema>>[]> {
  const folder = join(GITHUB, "workflows");
  const names = (await readdir(folder)).toSorted();
  return Promise.all(names.map((name) => read(join(folder, name), workflowSchema)));
}

/** The action for other repositories. */
export function reusableAction(): Promise<WorkflowFile<z.infer<typeof actionSchema>>> {
  return read(join(GITHUB, "actions", "mobilenet-bench", "action.yml"), actionSchema);
}

async function read<T>(path: string, schema: z.ZodType<T>): Promise<WorkflowFile<T>> {
  const text = await readFile(path, "utf8");
  return { path, text, content: schema.parse(parse(text)) };
}
