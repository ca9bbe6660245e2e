import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppendedFile, readText } from "@mobilenet-bench/files";
import { z } from "zod";
import { entrySchema, type Entry } from "./entries.ts";

/** The version of the lines; a journal of another one is foreign. */
const SCHEMA = 1;

/** A part of a nightly run has some 30 MiB: 48 blocks of each of 250 cells. */
const MAX_BYTES = 2 ** 29 - 2 ** 20;

const headSchema = z.object({
  journal: z.literal(SCHEMA),
  run: z.string(),
  part: z.int().positive(),
});
type Head = z.infer<typeof headSchema>;

/** What one part of a run has done, a line of JSON each, as soon as it is done. */
export class Journal {
  readonly #file: AppendedFile;

  private constructor(file: AppendedFile) {
    this.#file = file;
  }

  /**
   * @param folder of the journals of a run
   * @throws WriteError where it cannot be made
   */
  static async begin(folder: string, run: string, part: number): Promise<Journal> {
    const journal = new Journal(await AppendedFile.create(join(folder, fileOf(part))));
    await journal.#line({ journal: SCHEMA, run, part } satisfies Head);
    return journal;
  }

  /**
   * Resolves when the entry lies on the disk.
   * @throws WriteError where it does not fit
   */
  append(entry: Entry): Promise<void> {
    return this.#line(entrySchema.parse(entry));
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #line(line: object): Promise<void> {
    return this.#file.append(`${JSON.stringify(line)}\n`);
  }
}

/** The entries of one part. */
export interface PartEntries {
  readonly part: number;
  readonly entries: readonly Entry[];
}

/**
 * What all journals of a run tell, part by part. A line without its end was being written when its process was killed,
 * and is none; what else is no line of this run is left where it is.
 * @param onForeign is told of each, in a sentence
 */
export async function readJournals(
  folder: string,
  run: string,
  onForeign: (what: string) => void,
): Promise<PartEntries[]> {
  const names = await readdir(folder).catch(() => []);
  const parts: PartEntries[] = [];
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    const [, number] = /^(\d{4})\.jsonl$/.exec(name) ?? [];
    const path = join(folder, name);
    if (number === undefined) {
      onForeign(`${path} is no journal, and is left alone.`);
      continue;
    }
    const part = Number(number);
    // What stands after the last line break is torn, or nothing.
    const lines = (await readText(path, MAX_BYTES)).split("\n").slice(0, -1);
    if (lines.length === 0) continue;
    const [head, ...rest] = lines.map(parse);
    const known = headSchema.safeParse(head);
    if (!known.success || known.data.run !== run || known.data.part !== part) {
      onForeign(`${path} is no journal of part ${part} of this run, and is left alone.`);
      continue;
    }
    const entries = rest.flatMap((line, i) => {
      const entry = entrySchema.safeParse(line);
      if (entry.success) return entry.data;
      onForeign(
        `Line ${i + 2} of ${path} is none of this run and is left alone; the set that it stands in is measured again.`,
      );
      return [];
    });
    parts.push({ part, entries });
  }
  return parts;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function fileOf(part: number): string {
  return `${String(part).padStart(4, "0")}.jsonl`;
}
