import { Presets, SingleBar } from "cli-progress";
import { duration } from "../report/format.ts";
import { note } from "./output.ts";

export interface Progress {
  step(what: string): void;
  /** A line for the record, above the bar. */
  log(line: string): void;
  stop(): void;
}

/** Steps remembered for the time to go: enough to smooth, few enough to follow a change of model. */
const ETA_STEPS = 60;

/** On standard error: a bar with the time to go on a terminal, else just the lines. */
export function startProgress(total: number): Progress {
  if (!process.stderr.isTTY) return { step: () => {}, log: note, stop: () => {} };
  const format = "{bar} {percentage} %  {togo} to go  {what}";
  const bar = new SingleBar(
    {
      format,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 24,
      etaBuffer: ETA_STEPS,
      gracefulExit: false,
      formatValue: (value, _, type) => (type === "percentage" ? String(value).padStart(3) : String(value)),
    },
    Presets.shades_classic,
  );
  const start = Date.now();
  let done = 0;
  bar.start(total, 0, { what: "", togo: "…" });
  return {
    step(what) {
      done++;
      const perStep = (Date.now() - start) / done;
      bar.update(done, { what, togo: duration(perStep * (total - done)) });
    },
    log(line) {
      process.stderr.write(`\r\u001B[K${line}\n`);
    },
    stop: () => bar.stop(),
  };
}
