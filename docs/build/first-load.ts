import { gzipSync } from "node:zlib";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClientBundle } from "./client-bundle.ts";

/** Bytes that the first page takes, as hosts send them (gzip). */
export interface FirstLoad {
  /** The page with its charts, its tables and its style. */
  readonly html: number;
  /** Of these, the style. */
  readonly style: number;
  readonly script: number;
  readonly data: number;
  readonly total: number;
}

/** What a page may take at most, by the same names. */
export const BUDGET: FirstLoad = {
  html: 53 * 1024,
  style: 8 * 1024,
  script: 90 * 1024,
  data: 22 * 1024,
  total: 165 * 1024,
};

/** Of a live page with the data that its script asks for. */
export async function firstLoadOf(
  page: string,
  html: string,
  data: string,
  bundle: ClientBundle,
): Promise<FirstLoad> {
  const scripts = await Promise.all(
    bundle.scriptsOf(page).map((file) => readFile(join(bundle.folder, file))),
  );
  const parts = {
    html: gzipSync(html).length,
    script: scripts.reduce((sum, script) => sum + gzipSync(script).length, 0),
    data: gzipSync(data).length,
  };
  return { ...parts, style: gzipSync(bundle.style).length, total: parts.html + parts.script + parts.data };
}

/** What is above its budget, a sentence each. */
export function overBudget(load: FirstLoad): string[] {
  return (["html", "style", "script", "data", "total"] as const).flatMap((part) =>
    load[part] > BUDGET[part]
      ? [`${part} of the first page: ${load[part]} bytes, ${BUDGET[part]} are allowed`]
      : [],
  );
}
