import { UnsupportedError } from "@mobilenet-bench/backend";
import type { FailedCell } from "@mobilenet-bench/results";
import { ForeignProtocolError, type JobFailure, RunnerDied } from "@mobilenet-bench/runner";

/** Why a cell has no figure. */
export interface Failure extends Pick<FailedCell, "status" | "reason"> {
  readonly remedy?: string;
}

/** Thrown to end a cell, whatever else was to be done with it. */
export class CellFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** What the runner told. */
export function failureOfReply({ kind, message, remedy }: JobFailure): Failure {
  const status = kind === "error" ? "crash" : kind;
  return { status, reason: message, ...(remedy === undefined ? {} : { remedy }) };
}

/** What was thrown on the way to the runner. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CellFailed) return error.failure;
  if (error instanceof RunnerDied) return { status: error.status, reason: error.message };
  if (error instanceof UnsupportedError)
    return { status: "unsupported", reason: error.reason, remedy: error.remedy };
  if (error instanceof ForeignProtocolError)
    return { status: "infra", reason: error.reason, remedy: error.remedy };
  return { status: "infra", reason: error instanceof Error ? error.message : String(error) };
}
