/** Standard output is for results alone; progress and logs go to standard error. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Width and colours of standard output; NO_COLOR and FORCE_COLOR as everywhere (no-color.org). */
export function terminal(): { columns: number; color: boolean } {
  const { NO_COLOR, FORCE_COLOR, COLUMNS } = process.env;
  const { isTTY, columns } = process.stdout;
  const color = FORCE_COLOR ? FORCE_COLOR !== "0" : isTTY && !NO_COLOR;
  // Where nobody looks, the widest form loses nothing.
  return { columns: Number(COLUMNS) || (isTTY ? columns : Infinity), color };
}
