import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppendedFile } from "@mobilenet-bench/files";
import {
  comparedBuildSchema,
  differenceInActualSchema,
  environmentSchema,
  layerPairSchema,
  pairProtocolSchema,
  pairSchema,
  uncomparedCellSchema,
} from "@mobilenet-bench/results";
import { readValidated, writeValidated } from "@mobilenet-bench/results/store";
import lockfile from "proper-lockfile";
import { z } from "zod";
import { givenFilesSchema } from "../run/given-files.ts";
import { UsageError } from "../usage-error.ts";

const START = "start.json";
const PART = /^\d{4}\.ndjson$/;

const startSchema = givenFilesSchema.extend({
  version: z.literal(1),
  id: z.string(),
  startedAt: z.iso.datetime(),
  seed: z.int(),
  protocol: pairProtocolSchema,
  environment: environmentSchema,
  base: comparedBuildSchema,
  candidate: comparedBuildSchema,
  /** Of those that both sides have, in the order of comparing. */
  cells: z.array(z.string()),
  without: z.array(uncomparedCellSchema),
  demands: z.array(z.object({ what: z.string(), cells: z.array(z.string()).readonly() })).readonly(),
  strict: z.boolean(),
  browser: z.object({
    headed: z.boolean().exactOptional(),
    browserPath: z.string().exactOptional(),
    browserArgs: z.array(z.string()).exactOptional(),
  }),
});
/** What a comparison set out to do: enough to go on after an interruption. */
export type ComparisonStart = z.infer<typeof startSchema>;

const job = z.union([z.literal(1), z.literal(2)]).describe("the first, or the one that confirms it");
const kernels = z.record(z.string(), z.string());
const lineSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pair"), cell: z.string(), job, record: pairSchema }),
  z.object({ kind: z.literal("layers"), cell: z.string(), record: layerPairSchema }),
  z.object({
    kind: z.literal("actual"),
    cell: z.string(),
    /** Of each side, by layer, where the backend tells them. */
    kernels: z.object({ base: kernels, candidate: kernels }),
    differs: z.array(differenceInActualSchema),
  }),
  z.object({ kind: z.literal("failed"), cell: uncomparedCellSchema }),
]);
/** One thing that was recorded. */
export type JournalLine = z.infer<typeof lineSchema>;

/**
 * What an unfinished comparison has recorded: each pair lies on the disk before the next one begins. A process that goes
 * on with it writes a part of its own; a torn line at the end of a part is what a killed process left.
 */
export class LiveJournal {
  readonly start: ComparisonStart;
  readonly #folder: string;
  readonly #part: AppendedFile;
  readonly #release: () => Promise<void>;

  private constructor(
    start: ComparisonStart,
    folder: string,
    part: AppendedFile,
    release: () => Promise<void>,
  ) {
    this.start = start;
    this.#folder = folder;
    this.#part = part;
    this.#release = release;
  }

  /** @param folder of all comparisons that are not finished */
  static async create(folder: string, start: ComparisonStart): Promise<LiveJournal> {
    const own = join(folder, start.id);
    const part = await AppendedFile.create(join(own, partName(1)));
    await writeValidated(join(own, START), startSchema, start);
    return new LiveJournal(start, own, part, await lockfile.lock(own));
  }

  /**
   * @param id or "last"
   * @throws UsageError where there is none, or another process is at it
   */
  static async open(folder: string, id: string): Promise<LiveJournal> {
    const own = await find(folder, id);
    const release = await lockfile.lock(own).catch((cause: unknown) => {
      throw new UsageError(`The comparison ${basename(own)} is being measured. Wait for it.`, { cause });
    });
    const start = await readValidated(join(own, START), startSchema);
    const parts = await partsOf(own);
    return new LiveJournal(
      start,
      own,
      await AppendedFile.create(join(own, partName(parts.length + 1))),
      release,
    );
  }

  async append(line: JournalLine): Promise<void> {
    await this.#part.append(`${JSON.stringify(line)}\n`);
  }

  /** All that was recorded, in the order of time. */
  async lines(): Promise<JournalLine[]> {
    const texts = await Promise.all((await partsOf(this.#folder)).map((path) => readFile(path, "utf8")));
    return texts.flatMap((text) =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => lineSchema.parse(JSON.parse(line))),
    );
  }

  /** Lets another process go on with it. */
  async leave(): Promise<void> {
    await this.#part.close();
    await this.#release();
  }

  /** It is no longer needed. */
  async remove(): Promise<void> {
    await this.leave();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function find(folder: string, id: string): Promise<string> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const unfinished = names.filter((name) => existsSync(join(folder, name, START)));
  const dated = await Promise.all(
    unfinished.map(async (name) => ({ name, ms: (await stat(join(folder, name, START))).mtimeMs })),
  );
  const newest = dated.toSorted((a, b) => b.ms - a.ms)[0]?.name;
  const found = id === "last" ? newest : unfinished.find((name) => name === id);
  if (found !== undefined) return join(folder, found);
  if (newest === undefined) throw new UsageError("There is no interrupted comparison. Start a new one.");
  throw new UsageError(`There is no interrupted comparison ${id}. Unfinished: ${unfinished.join(", ")}.`);
}

async function partsOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => PART.test(name));
  return names.toSorted().map((name) => join(folder, name));
}

function partName(number: number): string {
  return `${String(number).padStart(4, "0")}.ndjson`;
}
