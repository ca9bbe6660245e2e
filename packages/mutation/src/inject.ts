import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { VARIABLE, type Injection, type PlacedTampering } from "./planted.ts";

// Imported by every process and thread of a check before anything else (`node --import`), so that a fault gets into
// modules on their way into memory: in place of what was built comes the source with the fault in it, of which Node
// strips the types itself. What is built and shipped holds none of it.

/** Marks the URL of the module behind one that was put in its place. */
const HEALTHY = "?healthy";

const planted = process.env[VARIABLE];
if (planted !== undefined) plant(JSON.parse(planted));

function plant({ edits, tampering }: Injection) {
  const editsOf = (url: string | undefined) => edits.filter((edit) => edit.url === url?.replace(HEALTHY, ""));
  registerHooks({
    // Sources name one another as sources; what they are built to lies among what was built.
    resolve(specifier, context, nextResolve) {
      const isSource = editsOf(context.parentURL).length > 0 && specifier.startsWith(".");
      return nextResolve(isSource ? specifier.replace(/\.ts$/, ".js") : specifier, context);
    },
    load(url, context, nextLoad) {
      if (url === tampering?.url)
        return { format: "module", source: tamperedModule(tampering), shortCircuit: true };
      const [first, ...more] = editsOf(url);
      if (!first) return nextLoad(url, context);
      // Not the text itself as the replacement: dollar signs have a meaning there.
      const source = [first, ...more].reduce(
        (old, { find, replace }) => old.replace(find, () => replace),
        readFileSync(first.source, "utf8"),
      );
      return { format: "module-typescript", source, shortCircuit: true };
    },
  });
}

function tamperedModule({ url, ...tampering }: PlacedTampering): string {
  const healthy = JSON.stringify(url + HEALTHY);
  const name = tampering.backend;
  return `import { ${name} as healthy } from ${healthy};
import { tamper } from ${JSON.stringify(import.meta.resolve("./tamper.js"))};
export * from ${healthy};
export const ${name} = tamper(healthy, ${JSON.stringify(tampering)});
`;
}
