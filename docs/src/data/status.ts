import type { Status } from "@mobilenet-bench/results";

/**
 * Every status. A table of this package, which the compiler holds to the schema: the list beside the schema would bring all of the
 * schema into pages.
 */
const STATUSES: Readonly<Record<Status, true>> = {
  ok: true,
  mismatch: true,
  crash: true,
  hang: true,
  "device-lost": true,
  oom: true,
  unsupported: true,
  infra: true,
};

/** Whether it is one of the schema's. */
export function isStatus(text: string): text is Status {
  return Object.hasOwn(STATUSES, text);
}

/** Whether something is wrong: what was never there to be had is not. */
export function isBroken(status: Status): boolean {
  return status !== "ok" && status !== "unsupported";
}
