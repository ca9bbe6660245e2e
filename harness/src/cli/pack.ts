import { basename, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { BACKEND_IDS, isBackendId } from "../backends.ts";
import { USUAL } from "../pack/contents.ts";
import { inMiB, MIB, writePack, type Packed } from "../pack/pack.ts";
import { chooseNames } from "../plan/plan.ts";
import { plainTable, trimLines } from "../report/table.ts";
import { addFormats, type FormatOptions } from "./format.ts";
import { commaSeparated } from "./options.ts";
import { note, print, printJson } from "./output.ts";
import { startProgress, type Progress } from "./progress.ts";

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
      const backends = chooseNames("backend", backend, BACKEND_IDS).filter(isBackendId);
      let progress: Progress | undefined;
      const settings = { backends, maxBytes: maxSize * MIB };
      try {
        const packed = await writePack(
          output === undefined ? settings : { ...settings, output: resolve(output) },
          {
            onBegin: (steps) => (progress = startProgress(steps)),
            onStep: (part) => progress?.step(part),
            onPart: ({ name, compressedBytes }) => progress?.log(`${name}: ${inMiB(compressedBytes)}`),
          },
        );
        progress?.stop();
        if (json) printJson(toJson(packed));
        else print(render(packed));
        note(`Copy it there, then: tar xzf ${basename(packed.path)} && cd mobilenet-bench && ./mnb run`);
      } finally {
        progress?.stop();
      }
    });
}

function toJson({ pack, ...packed }: Packed) {
  return { ...packed, ...pack };
}

function render({ path, bytes, sha256, parts }: Packed): string {
  const table = plainTable(["left", "right", "right", "right"]);
  table.push(["part", "files", "size", "compressed"]);
  for (const part of parts)
    table.push([part.name, String(part.files), inMiB(part.bytes), inMiB(part.compressedBytes)]);
  const sum = (of: "files" | "bytes") => parts.reduce((total, part) => total + part[of], 0);
  table.push(["all", String(sum("files")), inMiB(sum("bytes")), inMiB(bytes)]);
  return `${trimLines(table.toString())}\n\n${path}\nsha256 ${sha256}`;
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError("Give a number above 0.");
  return value;
}
