import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { expect, it } from "vitest";

const REPORTER = fileURLToPath(new URL("fixtures/loaded-modules.mjs", import.meta.url));

it.each(["target/node-main.js", "ask/ask-main.js", "run/expected-main.js"])(
  "%s, which is started for every cell, loads no schemas: those take longer than the rest of its start",
  async (main) => {
    const entry = new URL(`../dist/${main}`, import.meta.url).href;
    const { stdout } = await execaNode(REPORTER, [entry], { nodeOptions: [], ipc: true, reject: false });
    const loaded: string[] = JSON.parse(stdout);
    expect(loaded).toContain(entry);
    expect(loaded.filter((url) => /\/zod\/|\/results\/dist\//.test(url))).toEqual([]);
  },
);
