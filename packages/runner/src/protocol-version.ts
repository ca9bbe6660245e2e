/**
 * The version of the job protocol: of the jobs, of what they ask and reply, and of what crosses a page's socket around
 * them. It is one higher with each change that the other side has to know of.
 */
export const PROTOCOL_VERSION = 2;

type Side = "runner" | "harness";
const OTHER: Readonly<Record<Side, Side>> = { runner: "harness", harness: "runner" };

/** The other side speaks another version, in which words may mean something else. */
export class ForeignProtocolError extends Error {
  override readonly name = "ForeignProtocolError";
  readonly reason: string;
  readonly remedy: string;

  /** @param who speaks so, seen from the other side */
  constructor(version: unknown, who: Side) {
    const theirs = Number.isInteger(version)
      ? `version ${String(version)} of the job protocol`
      : "no version of the job protocol that could be told";
    const reason = `The ${who} speaks ${theirs}, this ${OTHER[who]} version ${PROTOCOL_VERSION}.`;
    const remedy = "Take the runner and the harness from one commit, and build them: npm start.";
    super(`[runner] ${reason} ${remedy}`);
    this.reason = reason;
    this.remedy = remedy;
  }
}

/**
 * Looks at a message before anything else in it is read.
 * @param from who sent it
 * @throws ForeignProtocolError where it is of another version, or tells none
 */
export function checkVersion(message: unknown, from: Side): void {
  const version =
    typeof message === "object" && message !== null && "protocol" in message ? message.protocol : undefined;
  if (version !== PROTOCOL_VERSION) throw new ForeignProtocolError(version, from);
}
