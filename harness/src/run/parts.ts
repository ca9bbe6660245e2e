import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { WriteError } from "@mobilenet-bench/files";
import { environmentSchema, type Environment } from "@mobilenet-bench/results";
import { readValidated, writeValidated } from "@mobilenet-bench/results/store";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";
import { BEAT_MS, isAlive, ownerSchema, thisProcess } from "./owner.ts";

const recordSchema = z.object({
  startedAt: z.iso.datetime(),
  /** Left out while it measures, and where it was killed. */
  endedAt: z.iso.datetime().exactOptional(),
  owner: ownerSchema,
  environment: environmentSchema,
});
/** What the file of a part holds: whose it is, since when, and in which environment. */
export type PartRecord = z.infer<typeof recordSchema>;

/** How long a process may take between making its record and having filled it. */
const FILLING_MS = 10_000;

/**
 * One process's part in a run. The parts of a run are numbered, and each is begun by making a file that must not be
 * there yet: of two processes that want the same, one gets it. The last part is the lock: as long as its process
 * lives, nobody begins another. Nobody ever removes the file of another process, so there is no race for one.
 */
export class Part {
  readonly number: number;
  readonly record: PartRecord;
  readonly #path: string;
  readonly #beat: NodeJS.Timeout;

  private constructor(number: number, record: PartRecord, path: string) {
    this.number = number;
    this.record = record;
    this.#path = path;
    this.#beat = setInterval(() => void this.#giveSign(), BEAT_MS);
    this.#beat.unref();
  }

  /**
   * Begins the next part.
   * @param folder of the parts of a run
   * @throws UsageError where another process is at it, with who that is
   */
  static async begin(folder: string, environment: Environment, now = new Date()): Promise<Part> {
    await mkdir(folder, { recursive: true });
    const record = { startedAt: now.toISOString(), owner: await thisProcess(), environment };
    const last = (await numbers(folder)).at(-1) ?? 0;
    if (last > 0) await refuseWhileMeasured(folder, last);
    const path = pathOf(folder, last + 1);
    try {
      await writeFile(path, "", { flag: "wx" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST"))
        throw new WriteError(path, error);
      await refuseWhileMeasured(folder, last + 1);
      throw new UsageError(`Another process took up this run at the same moment. Try again.`, {
        cause: error,
      });
    }
    try {
      await writeValidated(path, recordSchema, record);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return new Part(last + 1, record, path);
  }

  /** The records of all parts that were ever begun, by their numbers. */
  static async all(folder: string): Promise<ReadonlyMap<number, PartRecord>> {
    const records = new Map<number, PartRecord>();
    for (const number of await numbers(folder)) {
      const path = pathOf(folder, number);
      // One that was killed before it had filled it measured nothing.
      if ((await stat(path)).size > 0) records.set(number, await readValidated(path, recordSchema));
    }
    return records;
  }

  /** Whether a later part has begun: then this process was taken for dead, and its cells are no longer wanted. */
  isOver(): boolean {
    return existsSync(pathOf(dirname(this.#path), this.number + 1));
  }

  /** Lets others begin the next part. */
  async end(now = new Date()): Promise<void> {
    clearInterval(this.#beat);
    // The run is finished, and its folder gone.
    if (!existsSync(this.#path)) return;
    await writeValidated(this.#path, recordSchema, { ...this.record, endedAt: now.toISOString() }).catch(
      (error: unknown) => {
        // On a full disk it stands there without its end, which this process's own end tells as well.
        if (!(error instanceof WriteError)) throw error;
      },
    );
  }

  async #giveSign(): Promise<void> {
    const now = new Date();
    // Where somebody has removed the folder, saving the next cell will say so.
    await utimes(this.#path, now, now).catch(() => {});
  }
}

async function refuseWhileMeasured(folder: string, number: number): Promise<void> {
  const path = pathOf(folder, number);
  const id = basename(dirname(folder));
  const { size, mtimeMs } = await stat(path);
  const silentMs = Date.now() - mtimeMs;
  if (size === 0) {
    if (silentMs > FILLING_MS) return;
    throw new UsageError(`Another process is just taking up the run ${id}. Wait for it.`);
  }
  const { owner, startedAt, endedAt } = await readValidated(path, recordSchema);
  if (endedAt !== undefined || !(await isAlive(owner, silentMs))) return;
  throw new UsageError(
    `The run ${id} is being measured: by process ${owner.pid} on ${owner.host}, since ${startedAt.slice(0, 19).replace("T", " ")} UTC. Wait for it, or end it first (kill ${owner.pid}).`,
  );
}

async function numbers(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => (/^\d{4}\.json$/.test(name) ? [Number(name.slice(0, 4))] : []))
    .toSorted((a, b) => a - b);
}

function pathOf(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(4, "0")}.json`);
}
