import { registerHooks } from "node:module";
import { VARIABLE, type Planted, type PlantedTampering } from "./planted.ts";

// Imported by every process and thread of a check before anything else (`node --import`), so that a fault gets into
// modules on their way into memory: what is built and shipped holds none of it.

/** Marks the URL of the module behind one that was put in its place. */
const HEALTHY = "?healthy";

const planted = process.env[VARIABLE];
if (planted !== undefined) plant(JSON.parse(planted));

function plant({ edits, tampering }: Planted) {
  registerHooks({
    load(url, context, nextLoad) {
      if (url === tampering?.url)
        return { format: "module", source: tamperedModule(tampering), shortCircuit: true };
      const loaded = nextLoad(url, context);
      const mine = edits.filter((edit) => edit.url === url.replace(HEALTHY, ""));
      if (mine.length === 0) return loaded;
      const { source } = loaded;
      if (source === undefined || source === null)
        throw new Error(`[harness] ${url} has no text. Plant faults in JavaScript modules.`);
      const text = typeof source === "string" ? source : new TextDecoder().decode(source);
      // Not the text itself as the replacement: dollar signs have a meaning there.
      return {
        ...loaded,
        source: mine.reduce((old, { find, replace }) => old.replace(find, () => replace), text),
      };
    },
  });
}

function tamperedModule({ url, name, ...tampering }: PlantedTampering): string {
  const healthy = JSON.stringify(url + HEALTHY);
  return `import { ${name} as healthy } from ${healthy};
import { tamper } from ${JSON.stringify(import.meta.resolve("./tamper.js"))};
export * from ${healthy};
export const ${name} = tamper(healthy, ${JSON.stringify(tampering)});
`;
}
