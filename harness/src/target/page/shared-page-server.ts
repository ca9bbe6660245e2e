import type { PageServer } from "./page-server.ts";

/** One user's hold on the server, to be given back. */
export interface ServerShare extends Pick<PageServer, "origin" | "invite"> {
  release(): Promise<void>;
}

/** One server for all pages that are open, and none where there is no page: nothing listens without need. */
export class SharedPageServer {
  #server: Promise<PageServer> | undefined;
  #users = 0;
  readonly #folder: string | undefined;

  constructor(folder?: string) {
    this.#folder = folder;
  }

  async share(): Promise<ServerShare> {
    const running = (this.#server ??= start(this.#folder));
    this.#users++;
    let released = false;
    const release = async () => {
      if (released) return;
      released = true;
      if (--this.#users > 0) return;
      this.#server = undefined;
      await (await running).close();
    };
    try {
      const { origin, invite } = await running;
      return { origin, invite, release };
    } catch (error) {
      this.#users--;
      this.#server = undefined;
      throw error;
    }
  }
}

async function start(folder: string | undefined): Promise<PageServer> {
  // Large: what opens no page should not wait for it.
  const { startPageServer } = await import("./page-server.ts");
  return startPageServer(folder);
}
