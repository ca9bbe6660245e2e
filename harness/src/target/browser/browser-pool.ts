import type { LaunchedBrowser } from "./launched-browser.ts";

/** Part of a browser: it ends with its last user. */
export interface Share {
  readonly launched: LaunchedBrowser;
  release(): Promise<void>;
}

interface Entry {
  readonly launched: Promise<LaunchedBrowser>;
  users: number;
}

/** One browser for each key, for as long as somebody uses it. */
export class BrowserPool {
  readonly #entries = new Map<string, Entry>();

  /** @throws what `launch` throws */
  async share(key: string, launch: () => Promise<LaunchedBrowser>): Promise<Share> {
    const entry = this.#entries.get(key) ?? this.#start(key, launch);
    entry.users++;
    let released = false;
    const release = async () => {
      if (released) return;
      released = true;
      if (--entry.users > 0) return;
      this.#forget(key, entry);
      await (await entry.launched).close();
    };
    try {
      return { launched: await entry.launched, release };
    } catch (error) {
      this.#forget(key, entry);
      throw error;
    }
  }

  #start(key: string, launch: () => Promise<LaunchedBrowser>): Entry {
    const entry: Entry = { launched: launch(), users: 0 };
    this.#entries.set(key, entry);
    // Whoever comes after a browser's end gets a fresh one.
    entry.launched.then(
      ({ died }) => died.then(() => this.#forget(key, entry)),
      () => {},
    );
    return entry;
  }

  #forget(key: string, entry: Entry) {
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}
