import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve as resolveSpecifier } from "import-meta-resolve";
import { askBackends } from "../ask/ask-backends.ts";
import { answerIn } from "../ask/known.ts";
import { UsageError } from "../usage-error.ts";
import { fromOutside, type NamedBackend } from "../registry/named-backend.ts";

/** Whether a text can name nothing but a module: a path, a URL of a file, or a package of a scope. */
export function isModuleName(text: string): boolean {
  return /^(\.{0,2}\/|file:|@[^/]+\/[^/]+)/.test(text);
}

/**
 * The URL of a module, by its path or as a package that is installed there.
 * @returns undefined where a plain word names no package
 * @throws UsageError where there is no such module
 */
export function findModule(text: string, folder: string): string | undefined {
  const parent = pathToFileURL(join(folder, "any.js")).href;
  try {
    const url = resolveSpecifier(text.startsWith("/") ? pathToFileURL(text).href : text, parent);
    if (!url.startsWith("file:")) return undefined;
    if (statSync(fileURLToPath(url)).isFile()) return url;
    throw new Error(`${fileURLToPath(url)} is no file.`);
  } catch (cause) {
    if (!isModuleName(text)) return undefined;
    const where = text.startsWith("@")
      ? `No package ${text} is installed in ${folder}.`
      : `There is no module ${resolve(folder, text)}.`;
    throw new UsageError(
      `${where} Correct --backend: the path of a module or the name of an installed package.`,
      {
        cause,
      },
    );
  }
}

/**
 * A backend from outside by its own id, which takes importing it to know: in a process of its own.
 * @throws UsageError where it cannot be imported
 */
export async function nameModule(text: string, module: string): Promise<NamedBackend> {
  const facts = answerIn(await askBackends("facts", [{ id: text, module }]), text);
  if (!facts.ok) throw new UsageError(`${text} cannot be had as a backend: ${facts.failure.reason}`);
  return fromOutside(facts.value.id, module);
}
