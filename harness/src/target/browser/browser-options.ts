/** How a browser is found and started. */
export interface BrowserOptions {
  /** An executable, instead of the one that would be found. */
  readonly path?: string;
  /** With a window to look at. */
  readonly headed?: boolean;
  /** Further flags. */
  readonly args?: readonly string[];
}

/**
 * What the environment says: `MNB_BROWSER` (or, as other tools have it, `PUPPETEER_EXECUTABLE_PATH` or
 * `CHROME_PATH`), `MNB_HEADED=1` and `MNB_BROWSER_ARGS`, flags separated by spaces.
 */
export function browserOptionsOf(env: NodeJS.ProcessEnv): BrowserOptions {
  const path = env["MNB_BROWSER"] || env["PUPPETEER_EXECUTABLE_PATH"] || env["CHROME_PATH"];
  const args = env["MNB_BROWSER_ARGS"]?.split(/\s+/).filter((flag) => flag !== "");
  return {
    ...(path && { path }),
    ...(env["MNB_HEADED"] === "1" && { headed: true }),
    ...(args && args.length > 0 && { args }),
  };
}
