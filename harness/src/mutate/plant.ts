import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Edit, Injection } from "./fault.ts";
import { VARIABLE, type Planted } from "./planted.ts";
import { moduleUrl } from "./modules.ts";

/** The environment in which every process, and every thread of it, has these changes. */
export function environmentWith({ edits = [], tampering }: Injection): Record<string, string> {
  const planted: Planted = {
    edits: edits.map(({ module, ...edit }) => ({ url: moduleUrl(module), ...edit })),
    ...(tampering && {
      tampering: {
        ...tampering,
        url: moduleUrl(`backend-${tampering.backend}/index.js`),
        name: tampering.backend,
      },
    }),
  };
  const options = [process.env["NODE_OPTIONS"], `--import=${moduleUrl("harness/mutate/inject.js")}`];
  return { NODE_OPTIONS: options.filter(Boolean).join(" "), [VARIABLE]: JSON.stringify(planted) };
}

/** Why an edit cannot be made in what is built today; undefined where it can. */
export function whyInapplicable({ module, find }: Edit): string | undefined {
  const text = readFileSync(fileURLToPath(moduleUrl(module)), "utf8");
  const count = text.split(find).length - 1;
  return count === 1 ? undefined : `${module} has its text ${count === 0 ? "no more" : `${count} times`}`;
}
