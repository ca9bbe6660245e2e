import { SessionError, type Backend, type SessionMemory } from "../../../src/index.ts";
import { wrap } from "./broken-backend.ts";

/** The reference, saying this of its memory. @param tell from how often it was asked before */
export function tellingMemory(tell: (asked: number) => SessionMemory): Backend {
  return wrap((session) => {
    let asked = 0;
    let disposed = false;
    return {
      async memory() {
        if (disposed) throw new SessionError("broken");
        return tell(asked++);
      },
      async dispose() {
        disposed = true;
        await session.dispose();
      },
    };
  });
}
