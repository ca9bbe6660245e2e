import { WriteError } from "@mobilenet-bench/files";
import { ModelFileError } from "@mobilenet-bench/model-files";
import { CellIdError } from "@mobilenet-bench/results";
import { RollUpError } from "@mobilenet-bench/results/roll-up";
import { StoreError } from "@mobilenet-bench/results/store";
import { SpecError } from "@mobilenet-bench/spec";
import { RunKeptError } from "../run/kept-error.ts";
import { UsageError } from "../usage-error.ts";
import { EXIT } from "./exit.ts";

/** Of the caller's making. */
const CALLER_ERRORS = [UsageError, SpecError, CellIdError, StoreError, RollUpError, ModelFileError];

/** The exit status of errors whose message is all that helps; nothing for those that are bugs. */
export function statusOf(error: unknown): number | undefined {
  if (CALLER_ERRORS.some((type) => error instanceof type)) return EXIT.usage;
  return error instanceof WriteError || error instanceof RunKeptError ? EXIT.wrong : undefined;
}
