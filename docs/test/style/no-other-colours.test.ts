import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));
const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).map((name) =>
  name.replaceAll("\\", "/"),
);
const read = (name: string) => readFileSync(`${SOURCES}${name}`, "utf8");
const COLOUR = /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i;

describe("colours", () => {
  const sheets = files.filter((name) => name.endsWith(".css") && name !== "style/tokens.css");
  it.each(sheets)("%s takes its own from tokens.css", (name) => {
    expect(COLOUR.exec(read(name))?.[0]).toBeUndefined();
  });

  it("are tokens in drawings", () => {
    const drawings = files.filter((name) => /^(charts|drawing|marks)\/.*\.ts$/.test(name));
    expect(drawings.length).toBeGreaterThan(10);
    expect(drawings.filter((name) => COLOUR.test(read(name)))).toEqual([]);
  });

  it.each(sheets)("%s names no token that there is not", (name) => {
    const declared = new Set(
      Array.from(read("style/tokens.css").matchAll(/(--[\w-]+):/g), ([, token]) => token),
    );
    const used = Array.from(read(name).matchAll(/var\((--[\w-]+)/g), ([, token]) => token);
    expect(used.filter((token) => !declared.has(token))).toEqual([]);
  });
});
