import { writeFile } from "node:fs/promises";
import { runJsonSchema } from "../src/store/store.ts";

// Writes the published JSON Schema of a run file anew from the code's own schema.
await writeFile(new URL("run.schema.json", import.meta.url), `${JSON.stringify(runJsonSchema(), null, 2)}\n`);
