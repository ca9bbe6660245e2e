import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { loadImage } from "@mobilenet-bench/spec/image";
import { PICTURES } from "../images/pictures.ts";

const folder = new URL("../images/", import.meta.url);
const names = Object.keys(PICTURES);

test("the folder holds exactly the pictures that are drawn", async () => {
  const files = await readdir(folder);
  expect(files.filter((file) => !file.endsWith(".ts")).toSorted()).toEqual(names.toSorted());
});

describe.each(names)("%s", (name) => {
  test("is what the program draws (if not, run: pnpm draw)", async () => {
    const file = await readFile(new URL(name, folder));
    expect(file.equals(PICTURES[name]?.() ?? new Uint8Array())).toBe(true);
    expect(file.length).toBeLessThan(40_000);
  });

  test.each([32, 224])("is an input with contrast at resolution %i", async (resolution) => {
    const input = await loadImage(await readFile(new URL(name, folder)), resolution);
    expect(input).toHaveLength(resolution * resolution * 3);
    expect(input.every((value) => value >= -1 && value <= 1)).toBe(true);
    const mean = input.reduce((a, b) => a + b, 0) / input.length;
    const variance = input.reduce((sum, value) => sum + (value - mean) ** 2, 0) / input.length;
    expect(variance).toBeGreaterThan(0.02);
  });
});
