import { describe, expect, it } from "vitest";
import { chooseExport, type ExportWords } from "../src/run/choose-export.ts";
import { UsageError } from "../src/usage-error.ts";

describe("chooseExport", () => {
  it.each<[ExportWords, ReturnType<typeof chooseExport>]>([
    [{ words: ["x.onnx"] }, { output: "x.onnx", format: "onnx" }],
    [{ words: ["a/b.SafeTensors", undefined] }, { output: "a/b.SafeTensors", format: "safetensors" }],
    [{ words: ["0.5_160", "x/"] }, { model: "0.5_160", output: "x/", format: "tfjs" }],
    [
      { words: ["0.5_160"], output: "x.onnx" },
      { model: "0.5_160", output: "x.onnx", format: "onnx" },
    ],
    [
      { words: ["0.5_160", "x"], format: "tfjs" },
      { model: "0.5_160", output: "x", format: "tfjs" },
    ],
    [
      { words: [], output: "x", format: "onnx" },
      { output: "x", format: "onnx" },
    ],
  ])("%j", (words, choice) => {
    expect(chooseExport(words)).toEqual(choice);
  });

  it.each<[ExportWords, RegExp]>([
    [{ words: [] }, /Say where to/],
    [{ words: ["0.5_160"] }, /Say where to/],
    [{ words: ["0.5_160", "x"] }, /tells no format/],
    [{ words: ["0.5_160", "x.onnx"], output: "y.onnx" }, /two outputs/],
    [{ words: ["x.onnx"], format: "safetensors" }, /another format/],
  ])("refuses %j with the remedy", (words, message) => {
    expect(() => chooseExport(words)).toThrow(UsageError);
    expect(() => chooseExport(words)).toThrow(message);
  });
});
