import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod";

/** A process, told apart from those that had or will have its number. */
export const ownerSchema = z.object({
  pid: z.int(),
  host: z.string(),
  /** Within which numbers of processes mean something: a container counts its own. */
  namespace: z.string().nullable(),
  /** When the process began, as the system tells it; null where it does not. */
  began: z.string().nullable(),
});
/** What tells a process from every other, so that a run can say who is at work on it. */
export type Owner = z.infer<typeof ownerSchema>;

/** How often a living owner gives a sign, and after how long without one it is taken for dead. */
export const BEAT_MS = 5_000;
const SILENT_MS = 60_000;

/** This process as an owner; `began` is null where the system does not tell. */
export async function thisProcess(): Promise<Owner> {
  const { pid } = process;
  return { pid, host: hostname(), namespace: await namespace(), began: await beganAt(pid) };
}

/**
 * Whether the process still runs. Where it runs elsewhere, only its signs of life tell.
 * @param silentMs since its last sign
 */
export async function isAlive(owner: Owner, silentMs: number): Promise<boolean> {
  if (owner.host !== hostname() || owner.namespace !== (await namespace())) return silentMs < SILENT_MS;
  if (!exists(owner.pid)) return false;
  const began = await beganAt(owner.pid);
  return began === null || owner.began === null || began === owner.began;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function namespace(): Promise<string | null> {
  return process.platform === "linux" ? readlink("/proc/self/ns/pid").catch(() => null) : null;
}

/** Of a process that ended and that nobody has buried yet. */
const OVER = "over";

/** Null where the system does not tell. */
async function beganAt(pid: number): Promise<string | null> {
  if (process.platform === "win32") return null;
  if (process.platform !== "linux") {
    const { execa } = await import("execa");
    const { stdout } = await execa("ps", ["-o", "lstart=", "-p", String(pid)], { reject: false });
    return stdout.trim() || null;
  }
  const [boot, stat] = await Promise.all([
    readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => ""),
    readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""),
  ]);
  // After the name in brackets, which may hold anything: the state, and as the twentieth field the ticks since boot.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  if (state === "Z" || state === "X") return OVER;
  return fields[19] === undefined ? null : `${boot.trim()} ${fields[19]}`;
}
