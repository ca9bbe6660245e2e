import { writeFile } from "node:fs/promises";
import { jsonSchemas } from "../src/store/json-schemas.ts";

// Writes the published JSON Schemas anew from the code's own schemas.
for (const [file, schema] of jsonSchemas())
  await writeFile(new URL(file, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
