import { readFile } from "node:fs/promises";
import { CELL_ID_WORD, parseCellId } from "@mobilenet-bench/results";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cellPath, folderName, nameOfFolder } from "../src/state/cell-path.ts";

const name = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,12}$/)
  .filter((text) => CELL_ID_WORD.test(text));

it("of different names has different folders, also where capitals count for small letters", () => {
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(nameOfFolder(folderName(one))).toBe(one);
      if (one !== other) expect(folderName(one).toLowerCase()).not.toBe(folderName(other).toLowerCase());
    }),
  );
});

it.each(["con", "CON", "aux.js", "a:b", "ends.", "lpt1", "nul.", "com9.x"])(
  "is a folder on every system: %s",
  (text) => {
    const folder = folderName(text);
    expect(folder).toMatch(/^[a-z0-9._~-]+$/);
    expect(folder).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/);
    expect(nameOfFolder(folder)).toBe(text);
  },
);

it("is still what it was when it was published", async () => {
  const lines = (await readFile(new URL("permalinks.txt", import.meta.url), "utf8")).split("\n");
  const folders = lines.filter((line) => line.startsWith("cell/")).map((line) => line.split(" "));
  expect(folders.length).toBeGreaterThan(0);
  for (const [folder, id = ""] of folders) expect(cellPath(parseCellId(id))).toBe(folder);
});
