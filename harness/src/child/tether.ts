import { spawn } from "node:child_process";

/**
 * A shell that waits at the end of a pipe. A line says that all is over; the pipe's end without one, that whoever held
 * it has been killed. Browsers write into their profile for a moment after they were told to end.
 */
const GUARD = `
read -r _ && exit
[ -n "$1" ] && kill -9 "$1"
while [ -n "$2" ] && [ "\${tries:=1}" -le 10 ]; do
  rm -rf -- "$2"
  tries=$((tries + 1))
  sleep 1
  [ -e "$2" ] || break
done`;

const NONE = () => {};

/** What ends with this process. */
export interface Tethered {
  /** A process; a whole group where it is negative. */
  readonly pid?: number | undefined;
  /** It is removed. */
  readonly folder?: string;
}

/**
 * Ends a process or removes a folder as soon as this process ends: also where it is killed, and although that process
 * computes without a pause. It costs neither of them anything: a shell keeps watch. Windows has no such shell; there
 * only what listens to its pipe ends with this process.
 * @returns what to call when the process has ended by itself, or the folder is gone
 */
export function tether({ pid, folder = "" }: Tethered): () => void {
  if (process.platform === "win32") return NONE;
  // A session of its own: what a terminal sends to all of its processes must not end the guard first.
  const guard = spawn("/bin/sh", ["-c", GUARD, "mnb-guard", String(pid ?? ""), folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // A machine without a shell, and a guard that somebody killed: nothing is guarded, and nothing else is wrong.
  guard.on("error", NONE);
  guard.stdin.on("error", NONE);
  guard.unref();
  if ("unref" in guard.stdin && typeof guard.stdin.unref === "function") guard.stdin.unref();
  return () => void guard.stdin.end("over\n");
}
