import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  ENGINES,
  FAMILIES,
  keyGlyph,
  markOf,
  type Engine,
  type Mark,
  type Standing,
} from "../../src/marks/index.ts";
import { pageDocument } from "../support/page-document.ts";

const RUNS = new URL("../../../results/data/", import.meta.url);

/** Every backend that a published run names. */
function publishedBackends(): string[] {
  const files = readdirSync(RUNS).filter((name) => name.endsWith(".json"));
  const ids = files.flatMap((name) => {
    const text = readFileSync(new URL(name, RUNS), "utf8");
    return Array.from(text.matchAll(/"backend":\s*"([^"/]+)"/g), ([, id = ""]) => id);
  });
  return [...new Set(ids)];
}

describe("markOf", () => {
  it.each([
    ["ts", "ours", "javascript"],
    ["wasm", "ours", "wasm"],
    ["webgpu", "ours", "webgpu"],
    ["tfjs-cpu", "tfjs", "javascript"],
    ["tfjs-wasm", "tfjs", "wasm"],
    ["tfjs-webgpu", "tfjs", "webgpu"],
    ["tfjs-node", "tfjs", "native"],
    ["ort-wasm", "ort", "wasm"],
    ["ort-webgpu", "ort", "webgpu"],
    ["ort-node", "ort", "native"],
    ["litert-webnn", "litert", "webnn"],
    ["reference", "reference", "javascript"],
  ])("%s is of the family %s and computed by %s", (backend, family, engine) => {
    expect(markOf(backend)).toEqual({ family, engine });
  });

  it.each(["mine", "my-wasm", "ortwasm", "tfjs", "constructor"])(
    "takes %s for one from outside",
    (backend) => {
      expect(markOf(backend)).toEqual({ family: "outside", engine: "unknown" });
    },
  );

  it("knows every backend of the published runs, and gives each a look of its own", () => {
    const backends = publishedBackends();
    expect(backends.length).toBeGreaterThan(6);
    const marks = backends.map(markOf);
    expect(marks.filter(({ family, engine }) => family === "outside" || engine === "unknown")).toEqual([]);
    expect(new Set(marks.map(({ family, engine }) => `${family} ${engine}`)).size).toBe(backends.length);
  });
});

describe("keyGlyph", () => {
  const glyph = (mark: Mark, standing?: Standing) => keyGlyph(pageDocument(), mark, standing);

  it("shows the family's colour and dash and the engine's shape, and is silent", () => {
    const svg = glyph(markOf("ort-wasm"));
    expect(svg.getAttribute("aria-hidden")).toBe("true");
    expect(svg.querySelector("line")?.getAttribute("stroke-dasharray")).toBe(FAMILIES.ort.dash);
    expect(svg.querySelector("path")?.getAttribute("fill")).toBe(FAMILIES.ort.colour);
  });

  it("has another shape for every engine", () => {
    const engines: readonly Engine[] = ["javascript", "wasm", "webgpu", "webnn", "native", "unknown"];
    expect(engines).toEqual(Object.keys(ENGINES));
    const shapes = engines.map((engine) =>
      glyph({ family: "ours", engine }).querySelector("path")?.getAttribute("d"),
    );
    expect(new Set(shapes).size).toBe(engines.length);
  });

  it("is hollow for what does not compete", () => {
    for (const standing of ["software", "stale"] as const)
      expect(glyph(markOf("wasm"), standing).querySelector("path")?.getAttribute("fill")).toBe("var(--page)");
    expect(glyph(markOf("wasm"), "stale").querySelectorAll("circle")).toHaveLength(1);
  });
});
