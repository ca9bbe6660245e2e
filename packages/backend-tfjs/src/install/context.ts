import type { InstallLog } from "./install-log.ts";

/** What every step of the installation works with. */
export interface Context {
  /** The folder of the package `@tensorflow/tfjs-node`. */
  readonly folder: string;
  /** Gets the libraries and the addon, laid out as the package's own install script does it in `folder`. */
  readonly native: string;
  readonly log: InstallLog;
  /** Of the tools that are started. */
  readonly env: NodeJS.ProcessEnv;
}

/** A step that cannot be done: a fact, and what a user can do. */
export class InstallError extends Error {
  override readonly name = "InstallError";
  readonly reason: string;
  readonly remedy: string;

  constructor(reason: string, remedy: string, options?: ErrorOptions) {
    super(`[backend-tfjs] ${reason} ${remedy}`, options);
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** In the words of the log. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
