import type { Cell } from "@mobilenet-bench/results";

/**
 * Every status, with its sign in the strip of cells without a figure. A table of this package, checked by the compiler against
 * the schema: the list beside the schema would bring all of the schema into pages.
 */
export const STATUS_SIGNS: Readonly<Record<Cell["status"], string>> = {
  ok: "",
  mismatch: "m",
  crash: "c",
  hang: "h",
  "device-lost": "d",
  oom: "o",
  unsupported: "–",
  infra: "i",
};

/** Whether it is one of the schema's. */
export function isStatus(text: string): text is Cell["status"] {
  return Object.hasOwn(STATUS_SIGNS, text);
}

/** Whether something is wrong: what was never there to be had is not. */
export function isBroken(status: Cell["status"]): boolean {
  return status !== "ok" && status !== "unsupported";
}
