import { inMiB, type Packed } from "@mobilenet-bench/pack";
import { plainTable, trimLines } from "./table.ts";

/** The parts of a pack with their sizes, and where it is. */
export function renderPacked({ path, bytes, sha256, parts }: Packed): string {
  const table = plainTable(["left", "right", "right", "right"]);
  table.push(["part", "files", "size", "compressed"]);
  for (const part of parts)
    table.push([part.name, String(part.files), inMiB(part.bytes), inMiB(part.compressedBytes)]);
  const sum = (of: "files" | "bytes") => parts.reduce((total, part) => total + part[of], 0);
  table.push(["all", String(sum("files")), inMiB(sum("bytes")), inMiB(bytes)]);
  return `${trimLines(table.toString())}\n\n${path}\nsha256 ${sha256}`;
}
