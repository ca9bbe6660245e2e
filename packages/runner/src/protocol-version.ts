/**
 * The version of the job protocol: of the jobs, of what they ask and reply, and of what crosses a page's socket around
 * them. It is one higher with each change that the other side has to know of.
 */
export const PROTOCOL_VERSION = 1;

/** The other side speaks another version, in which words may mean something else. */
export class ForeignRunnerError extends Error {
  override readonly name = "ForeignRunnerError";
  readonly reason: string;
  readonly remedy: string;

  constructor(version: unknown) {
    const theirs = Number.isInteger(version)
      ? `version ${String(version)} of the job protocol`
      : "no version of the job protocol that could be told";
    const reason = `The runner speaks ${theirs}, this harness version ${PROTOCOL_VERSION}.`;
    const remedy = "Take the runner and the harness from one commit, and build them: npm start.";
    super(`[runner] ${reason} ${remedy}`);
    this.reason = reason;
    this.remedy = remedy;
  }
}

/**
 * Of a message from a runner, before anything else in it is read.
 * @throws ForeignRunnerError where it is of another version, or tells none
 */
export function checkVersion(message: unknown): void {
  const version =
    typeof message === "object" && message !== null && "protocol" in message ? message.protocol : undefined;
  if (version !== PROTOCOL_VERSION) throw new ForeignRunnerError(version);
}
