import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "./lock.mjs";
import { stateDir } from "./paths.mjs";
import { readRecord } from "./stamp.mjs";

const folder = join(stateDir, "users");

/**
 * Notes that this process runs what is built, for as long as it lives: its processes load modules at any time, and
 * must not meet a build of other sources half-way.
 *
 * @returns {() => void} what takes the note away
 */
export function useBuild() {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, String(process.pid));
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() }));
  return release;
}

/**
 * Others who run what is built. Notes of processes that are gone are taken away.
 *
 * @returns {{ pid: number, note: string }[]}
 */
export function otherUsers() {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).flatMap((name) => {
    const note = join(folder, name);
    const { pid, host } = readRecord(note) ?? {};
    // Whether a process of another machine lives cannot be told.
    if (pid === process.pid || host !== hostname()) return [];
    if (isAlive(pid)) return [{ pid, note }];
    rmSync(note, { force: true });
    return [];
  });
}
