import { UsageError } from "../usage-error.ts";

/** What a command line says of browsers. */
export interface BrowserFlags {
  readonly headed?: boolean;
  /** An executable. */
  readonly browserPath?: string;
  readonly browserArgs?: readonly string[];
}

interface Flag {
  readonly option: string;
  readonly targets: readonly string[];
}

/** Firefox is found in its own way, and flags of the one mean nothing to the other. */
export const BROWSER_FLAGS: Readonly<Record<keyof BrowserFlags, Flag>> = {
  headed: { option: "--headed", targets: ["chrome", "firefox"] },
  browserPath: { option: "--browser-path", targets: ["chrome"] },
  browserArgs: { option: "--browser-args", targets: ["chrome"] },
};

/**
 * @param targets where cells run
 * @throws UsageError where a flag would change nothing
 */
export function refuseIdleFlags(flags: BrowserFlags, targets: readonly string[]): void {
  const given = [
    ...(flags.headed ? [BROWSER_FLAGS.headed] : []),
    ...(flags.browserPath === undefined ? [] : [BROWSER_FLAGS.browserPath]),
    ...(flags.browserArgs ? [BROWSER_FLAGS.browserArgs] : []),
  ];
  const idle = given.find((flag) => !flag.targets.some((target) => targets.includes(target)));
  if (!idle) return;
  const names = idle.targets.join(" and ");
  throw new UsageError(
    `${idle.option} is for ${names}, and no cell runs there. Add --target ${idle.targets[0]}.`,
  );
}
