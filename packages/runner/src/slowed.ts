import type { Session } from "@mobilenet-bench/backend";

/**
 * The session with each inference made longer by a share of what it just took, which is burned in a loop: a slow-down of
 * known size, by which it is seen how well slow-downs are found. Outputs are those of the session.
 * @param share 0.03 for 3 %; with 0 the wrapping alone is there
 * @param now milliseconds, any origin
 * @returns a session whose `actual.slowDown` is the share
 */
export function slowedSession(
  session: Session,
  share: number,
  now: () => number = () => performance.now(),
): Session {
  return {
    actual: { ...session.actual, slowDown: share },
    async infer(input) {
      const began = now();
      const logits = await session.infer(input);
      const ended = now();
      for (const until = ended + share * (ended - began); now() < until;);
      return logits;
    },
    dispose: () => session.dispose(),
  };
}
