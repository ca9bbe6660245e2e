import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 2_000;
const STALE_MS = 30_000;

/**
 * Runs `work` while no other set-up of this clone runs. The lock is a file whose owner touches it now and then;
 * one left behind by a killed process is taken over.
 *
 * @template T
 * @param {string} folder where the lock lives
 * @param {(message: string) => void} say told once when somebody else holds the lock
 * @param {() => Promise<T>} work
 */
export async function withLock(folder, say, work) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "lock");
  for (let told = false; !tryTake(path);) {
    if (isStale(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) say(`Another set-up of this folder is running (process ${owner(path)?.pid}); waiting for it.`);
    told = true;
    await sleep(500);
  }
  const beat = setInterval(() => touch(path), BEAT_MS);
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

function tryTake(/** @type {string} */ path) {
  const file = openNew(path);
  if (file === undefined) return false;
  try {
    writeSync(file, JSON.stringify({ pid: process.pid, host: hostname() }));
  } catch (error) {
    // Without its owner's name nobody could tell that it is nobody's.
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

/** @returns {number | undefined} nothing where it is there already */
function openNew(/** @type {string} */ path) {
  try {
    return openSync(path, "wx");
  } catch (error) {
    if (codeOf(error) === "EEXIST") return undefined;
    throw error;
  }
}

function touch(/** @type {string} */ path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Somebody deleted the state's folder: the work itself is not harmed.
  }
}

function isStale(/** @type {string} */ path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return true;
  } catch {
    return false; // released meanwhile
  }
  const holder = owner(path);
  return holder !== undefined && holder.host === hostname() && !isAlive(holder.pid);
}

/** @returns {{ pid: number, host: string } | undefined} nothing while the owner is still writing it */
function owner(/** @type {string} */ path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Whether there is such a process on this machine. */
export function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @returns {unknown} such as `ENOENT` */
const codeOf = (/** @type {unknown} */ error) =>
  error instanceof Error && "code" in error ? error.code : undefined;
