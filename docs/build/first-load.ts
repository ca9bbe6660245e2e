import { gzipSync } from "node:zlib";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClientBundle } from "./client-bundle.ts";

/** Bytes that the first page takes, compressed by gzip as hosts send them; a browser's cache is empty. */
export interface FirstLoad {
  /** The page with its charts, its tables and its style. */
  readonly html: number;
  /** Of these, the style. */
  readonly style: number;
  readonly script: number;
  readonly data: number;
  readonly total: number;
  /** The same total before it is compressed. */
  readonly uncompressed: number;
}

/** What a page may take at most, compressed, by the same names. */
export const BUDGET: Omit<FirstLoad, "uncompressed"> = {
  html: 53 * 1024,
  style: 8 * 1024,
  script: 90 * 1024,
  data: 22 * 1024,
  total: 165 * 1024,
};

/**
 * Of a page with its scripts.
 * @param live the page's name, and the data that its script asks for, where it is one that answers to the reader
 */
export async function firstLoadOf(
  bundle: ClientBundle,
  html: string,
  live?: { readonly page: string; readonly data: string },
): Promise<FirstLoad> {
  const scripts = await Promise.all(
    bundle.scriptsOf(live?.page).map((file) => readFile(join(bundle.folder, file))),
  );
  const data = live === undefined ? [] : [Buffer.from(live.data)];
  const parts = {
    html: compressed([Buffer.from(html)]),
    script: compressed(scripts),
    data: compressed(data),
  };
  return {
    ...parts,
    style: compressed([Buffer.from(bundle.style)]),
    total: parts.html + parts.script + parts.data,
    uncompressed: sum([Buffer.from(html), ...scripts, ...data].map(({ length }) => length)),
  };
}

function compressed(files: readonly Buffer[]): number {
  return sum(files.map((file) => gzipSync(file).length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What is above its budget, a sentence each. */
export function overBudget(load: FirstLoad): string[] {
  return (["html", "style", "script", "data", "total"] as const).flatMap((part) =>
    load[part] > BUDGET[part]
      ? [`${part} of the first page: ${load[part]} bytes, ${BUDGET[part]} are allowed`]
      : [],
  );
}
