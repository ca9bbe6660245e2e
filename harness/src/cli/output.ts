import { fstatSync } from "node:fs";
import { WriteError, writeDescriptor } from "@mobilenet-bench/files";
import { jsonText, terminalResult, terminalText } from "@mobilenet-bench/results/harmless";
import { EXIT } from "./exit.ts";

/**
 * Goes on where whoever read the output has left (`mnb list | head`): files are still written, and the exit status is
 * the same. What cannot be written for another reason, such as a full disk, is lost and said so.
 */
export function outliveReaders(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") tellLost(error);
  });
  // There is no other place left to say anything.
  process.stderr.on("error", () => {});
}

function tellLost(cause: unknown): void {
  note(new WriteError("Standard output", cause).message);
  process.exitCode = EXIT.wrong;
}

/** Standard output is for results alone; progress and logs go to standard error. */
export function print(text: string): void {
  const shown = `${terminalResult(text)}\n`;
  const { fd } = process.stdout;
  if (!fstatSync(fd).isFile()) {
    process.stdout.write(shown);
    return;
  }
  try {
    writeDescriptor(fd, shown);
  } catch (error) {
    tellLost(error);
  }
}

/** On standard output, as text in which terminals find nothing to obey. */
export function printJson(value: unknown): void {
  print(jsonText(value));
}

/** Plain text: whatever foreign it quotes is made harmless here. */
export function note(text: string): void {
  process.stderr.write(`${terminalText(text)}\n`);
}

/** Width and colours of standard output; NO_COLOR and FORCE_COLOR as everywhere (no-color.org). */
export function terminal(): { columns: number; color: boolean } {
  const { NO_COLOR, FORCE_COLOR, COLUMNS } = process.env;
  const { isTTY, columns } = process.stdout;
  const color = FORCE_COLOR ? FORCE_COLOR !== "0" : isTTY && !NO_COLOR;
  // Where nobody looks, the widest form loses nothing.
  return { columns: Number(COLUMNS) || (isTTY ? columns : Infinity), color };
}
