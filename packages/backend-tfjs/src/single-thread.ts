import { UnsupportedError } from "@mobilenet-bench/backend";

/** @throws UnsupportedError with this reason where more than one thread is asked for */
export function requireOneThread(backend: string, threads: number, reason: string) {
  if (threads !== 1)
    throw new UnsupportedError(`backend-${backend}`, reason, "Use threads=1, or another backend.");
}
