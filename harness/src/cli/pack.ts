import { basename, resolve } from "node:path";
import type { Packed } from "@mobilenet-bench/pack";
import { Command, InvalidArgumentError } from "commander";
import { BACKEND_IDS, packedUnasked } from "../registry/backends.ts";
import { chooseNames } from "../plan/choose-names.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { commaSeparated } from "./options.ts";
import { note, print, printJson } from "./output.ts";
import { startProgress, type Progress } from "./progress.ts";
import { requireClone } from "./require-clone.ts";

/** Where no backends were named. */
const USUAL = BACKEND_IDS.filter((id) => packedUnasked(id) !== undefined);

interface PackOptions extends FormatOptions {
  readonly backend: readonly string[];
  readonly output?: string;
  readonly maxSize: number;
}

export function packCommand(): Command {
  return addFormats(new Command("pack"))
    .description("One archive that runs mnb on a Linux x64 machine with no network and nothing installed.")
    .option("--backend <names>", "comma-separated, globs allowed", commaSeparated, USUAL)
    .option("--output <file>", "the archive (in .mnb/packs without this)")
    .option("--max-size <MiB>", "refuse to write more", positive, 60)
    .action(async ({ backend, output, maxSize, json }: PackOptions) => {
      const backends = chooseNames("backend", backend, BACKEND_IDS);
      // In a clone alone is there anything to pack, and what packs it.
      const project = requireClone("Packs are made of", "pack");
      const { inMiB, MIB } = await import("@mobilenet-bench/pack");
      const { makePack } = await import("../pack/make-pack.ts");
      const { renderPacked } = await import("../report/packed.ts");
      let progress: Progress | undefined;
      const settings = { project, backends, maxBytes: maxSize * MIB };
      try {
        const packed = await makePack(
          output === undefined ? settings : { ...settings, output: resolve(output) },
          {
            onBegin: (steps) => (progress = startProgress(steps)),
            onStep: (part) => progress?.step(part),
            onPart: ({ name, compressedBytes }) => progress?.log(`${name}: ${inMiB(compressedBytes)}`),
          },
        );
        progress?.stop();
        if (json) printJson(toJson(packed));
        else print(renderPacked(packed));
        note(`Copy it there, then: tar xzf ${basename(packed.path)} && cd mobilenet-bench && ./mnb run`);
      } finally {
        progress?.stop();
      }
    });
}

function toJson({ facts, ...packed }: Packed) {
  return { ...packed, ...facts };
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError("Give a number above 0.");
  return value;
}
