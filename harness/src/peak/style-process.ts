import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { tether } from "../child/tether.ts";
import { replySchema, type Reply, type Request } from "./messages.ts";

const MAIN = fileURLToPath(new URL("../../dist/peak/style-main.js", import.meta.url));
/** To load a library and to measure: many times what it takes on a slow machine. */
const DEADLINE_MS = 120_000;

/** What a process said, or how it ended. */
export type Outcome = Reply | { readonly state: "failed"; readonly reason: string };

/** A process that measures one style: whatever a library leaves behind, or does to its process, ends with it. */
export interface StyleProcess {
  /** Whether it can: `ready`, `unsupported` or `failed`. */
  readonly opened: () => Promise<Outcome>;
  /** Once it is ready: `measured` or `failed`. */
  readonly measure: (request: Request) => Promise<Outcome>;
  readonly kill: () => Promise<void>;
}

/** @param main its entry: a script that takes the style as its argument and answers over its IPC channel */
export function openStyleProcess(style: string, main = MAIN): StyleProcess {
  const child = execaNode(main, [style], {
    ipc: true,
    nodePath: process.execPath,
    // Flags given to the harness itself are no business of the measured process.
    nodeOptions: [],
    stdin: "ignore",
    // Libraries write banners there.
    stdout: "ignore",
    reject: false,
    timeout: DEADLINE_MS,
  });
  void child.finally(tether(child));
  const next = async (): Promise<Outcome> => {
    try {
      return replySchema.parse(await child.getOneMessage());
    } catch (error) {
      child.kill("SIGKILL");
      const { stderr } = await child;
      const lastWords = stderr.split("\n").find((line) => /error/i.test(line));
      const reason = [error instanceof Error ? error.message : String(error), lastWords];
      return { state: "failed", reason: reason.filter(Boolean).join(" ") };
    }
  };
  return {
    opened: next,
    measure(request) {
      const outcome = next();
      // Fails only where the process is gone, and then so does waiting for the reply.
      child.sendMessage({ ...request }).catch(() => {});
      return outcome;
    },
    async kill() {
      child.kill("SIGKILL");
      await child;
    },
  };
}
