import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** As the compiler writes them, one to a line. */
const STATIC_IMPORTS = /^(?:import|export) .*from "([^"]+)";$/gm;

/** Every module of this package that one loads, itself included, and what else these import. */
async function reach(entry: URL) {
  const modules = new Map<string, string>();
  const imports = new Set<string>();
  const open = [entry];
  for (let url = open.pop(); url; url = open.pop()) {
    if (modules.has(url.href)) continue;
    const source = await readFile(fileURLToPath(url), "utf8");
    modules.set(url.href, source);
    for (const [, name = ""] of source.matchAll(STATIC_IMPORTS))
      if (name.startsWith(".")) open.push(new URL(name, url));
      else imports.add(name);
  }
  return { sources: [...modules.values()], imports: [...imports].toSorted() };
}

describe("what pages load knows nothing of Node", () => {
  test.each([
    ["onnx", ["@mobilenet-bench/spec", "onnx-proto"]],
    ["safetensors", ["@mobilenet-bench/spec"]],
  ])("%s", async (subpath, expected) => {
    const entry = import.meta.resolve(`@mobilenet-bench/model-files/${subpath}`);
    const { sources, imports } = await reach(new URL(entry));
    expect(imports).toEqual(expected);
    expect(sources.filter((source) => /\b(Buffer|process)\b\./.test(source))).toEqual([]);
    expect(sources.length).toBeGreaterThan(5);
  });
});

test("reading files loads the libraries of a format when one of it comes", async () => {
  const { imports } = await reach(new URL(import.meta.resolve("@mobilenet-bench/model-files")));
  expect(imports.filter((name) => !name.startsWith("node:"))).toEqual([
    "@mobilenet-bench/files",
    "@mobilenet-bench/spec",
  ]);
});
