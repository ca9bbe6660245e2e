import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { lt, minVersion } from "semver";
import { expect, it } from "vitest";
import { workspaceFolders } from "../setup/stamp.mjs";

// What manifests promise of Node itself: the compiler takes all of ES2024 for granted, and old lines lack parts of it.

const root = new URL("../../", import.meta.url);

/** What sources may use of the language's library only from a version of Node on. */
const SINCE: readonly { readonly use: RegExp; readonly node: string }[] = [
  { use: /\b(?:Map|Object)\.groupBy\(/, node: "21.0.0" },
  { use: /\bArray\.fromAsync\(/, node: "22.0.0" },
  { use: /\bPromise\.withResolvers\b/, node: "22.0.0" },
  { use: /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, node: "22.0.0" },
  { use: /\.(?:keys|values|entries)\(\)\s*\.(?:map|filter|flatMap|some|every|toArray)\(/, node: "22.0.0" },
  { use: /\bimport\.meta\.(?:dirname|filename)\b/, node: "20.11.0" },
  { use: /\bimport\.meta\.main\b/, node: "24.2.0" },
  { use: /\bPromise\.try\(/, node: "24.0.0" },
  { use: /\bRegExp\.escape\(/, node: "24.0.0" },
  { use: /^\s*(?:await )?using \w+ =/m, node: "24.0.0" },
];

it("uses nothing that the oldest Node of a manifest lacks", async () => {
  const wrong: string[] = [];
  let read = 0;
  for (const folder of workspaceFolders(fileURLToPath(root))) {
    const place = new URL(`${folder}/`, root);
    const manifest = await readFile(new URL("package.json", place), "utf8");
    const { engines: { node: promised } = {} }: { engines?: { node?: string } } = JSON.parse(manifest);
    // What is not published promises nothing.
    if (promised === undefined) continue;
    const oldest = minVersion(promised);
    if (oldest === null) throw new Error(`${folder}: no Node satisfies ${promised}.`);
    for await (const file of glob("src/**/*.{ts,tsx}", { cwd: fileURLToPath(place) })) {
      read++;
      const text = await readFile(new URL(file, place), "utf8");
      for (const { use, node } of SINCE) {
        const [found] = use.exec(text) ?? [];
        if (found !== undefined && lt(oldest, node))
          wrong.push(`${folder} says ${promised}, and ${file} uses ${found.trim()} of ${node}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(100);
});
