import { Presets, SingleBar } from "cli-progress";
import { shortModelName } from "@mobilenet-bench/spec";
import { duration } from "@mobilenet-bench/results";
import { terminalLine, terminalText } from "@mobilenet-bench/results/harmless";
import { note } from "./output.ts";

/** What a long command tells while it works. */
export interface Progress {
  /** @param count steps that are done at once, 1 where left out */
  step(what: string, count?: number): void;
  /** A line for the record, above the bar. */
  log(line: string): void;
  stop(): void;
}

const CLEAR_LINE = "\r\u001B[K";
const BAR = 24;
/** What the bar takes besides the name of what was done: a line that wraps cannot be cleared. */
const BAR_COLUMNS = BAR + 32;

/** On standard error: a bar with the time to go on a terminal, else just the lines. */
export function startProgress(total: number): Progress {
  if (!process.stderr.isTTY) return { step: () => {}, log: note, stop: () => {} };
  const format = "{bar} {percentage} %  {togo} to go  {what}";
  const bar = new SingleBar(
    {
      format,
      stream: process.stderr,
      hideCursor: true,
      barsize: BAR,
      gracefulExit: false,
      formatValue: (value, _, type) => (type === "percentage" ? String(value).padStart(3) : String(value)),
    },
    Presets.shades_classic,
  );
  const start = performance.now();
  let done = 0;
  bar.start(total, 0, { what: "", togo: "…" });
  return {
    step(what, count = 1) {
      done += count;
      const perStep = (performance.now() - start) / done;
      const shown = terminalLine(shortModelName(what)).slice(
        0,
        Math.max(0, process.stderr.columns - BAR_COLUMNS),
      );
      bar.update(done, { what: shown, togo: duration(perStep * (total - done)) });
    },
    log(line) {
      process.stderr.write(`${CLEAR_LINE}${terminalText(line)}\n`);
      bar.render();
    },
    stop() {
      bar.stop();
      process.stderr.write(CLEAR_LINE);
    },
  };
}
