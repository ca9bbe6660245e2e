/** Writes a small file that is large as objects, reads it and prints the error: node read-bomb.ts KIND */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readModelFile } from "@mobilenet-bench/model-files";

const MEBIBYTE = 2 ** 20;

/** A field of protocol buffers that has a length: messages, texts, packed lists. */
function field(number: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, bytes) => sum + bytes.length, 0);
  return Buffer.concat([varint(number * 8 + 2), varint(length), ...contents]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...bytes, rest);
}

const GRAPH = 7;
/** What ONNX files begin with. */
const VERSION = Uint8Array.of(8, 8);
const BOMBS: Readonly<Record<string, () => Uint8Array>> = {
  /** Empty nodes, two bytes each. */
  nodes: () => field(GRAPH, Buffer.alloc(64 * MEBIBYTE, field(1))),
  /** One tensor with its values as a list. */
  floats: () => field(GRAPH, field(5, field(4, Buffer.alloc(80 * MEBIBYTE)))),
  /** One name. */
  texts: () => field(GRAPH, field(2, Buffer.alloc(100 * MEBIBYTE, "a"))),
  /** Groups, an old kind of message without a length, one in the other. */
  groups: () => Buffer.concat([VERSION, Buffer.alloc(100_000, Uint8Array.of(0x9b, 0x06))]),
  /** Graphs as attributes of nodes of graphs. */
  graphs: () => {
    let graph: Uint8Array = field(1);
    for (let depth = 0; depth < 10_000; depth++) graph = field(1, field(5, field(6, graph)));
    return field(GRAPH, graph);
  },
};

const folder = await mkdtemp(path.join(tmpdir(), "model-files-"));
const file = path.join(folder, "bomb.onnx");
try {
  await writeFile(file, BOMBS[process.argv[2] ?? ""]?.() ?? new Uint8Array());
  await readModelFile(file);
  process.stdout.write("It was read.");
} catch (error) {
  process.stdout.write(error instanceof Error ? error.message : String(error));
} finally {
  await rm(folder, { recursive: true });
}
