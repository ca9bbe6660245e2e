import { writeFile } from "node:fs/promises";
import { PICTURES } from "./pictures.ts";

/** Draws the pictures of this folder again: `pnpm draw`. */
for (const [name, draw] of Object.entries(PICTURES)) await writeFile(new URL(name, import.meta.url), draw());
