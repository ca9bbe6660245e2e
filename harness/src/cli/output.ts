import { jsonText } from "../harmless/json-text.ts";
import { terminalResult, terminalText } from "../harmless/terminal-text.ts";

/** Standard output is for results alone; progress and logs go to standard error. */
export function print(text: string): void {
  process.stdout.write(`${terminalResult(text)}\n`);
}

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
