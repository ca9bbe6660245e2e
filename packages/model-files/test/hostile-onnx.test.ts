import { spawnSync } from "node:child_process";
import { mkdir, open, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import onnxProto, { type onnx } from "onnx-proto";
import { describe, expect, test } from "vitest";
import { readModelFile } from "@mobilenet-bench/model-files";
import { exportOnnx } from "@mobilenet-bench/model-files/onnx";
import { createModel, generateWeights } from "@mobilenet-bench/spec";
import { errorOf } from "./support/error-of.ts";
import { inFolder, readBytes } from "./support/models.ts";
import { OnnxBuilder } from "./support/onnx-builder.ts";

const { DataType } = onnxProto.onnx.TensorProto;
const model = createModel({ alpha: 0.1, resolution: 32, classes: 3 });
const good = exportOnnx(model, generateWeights(model));

/** A network of one convolution with this kernel. */
function withKernel(kernel: onnx.ITensorProto): Uint8Array {
  const graph = new OnnxBuilder();
  const image = graph.input("image", [1, 3, 64, 64]);
  graph.output(graph.node("Conv", [image, graph.tensor({ name: "kernel", ...kernel })]));
  return graph.encode();
}
const floats = (dims: readonly number[], bytes = 4): onnx.ITensorProto => ({
  dataType: DataType.FLOAT,
  dims: [...dims],
  rawData: new Uint8Array(bytes),
});

const BROKEN = "The file is broken: export or download it again.";
const CUT_OFF = "The file is broken or cut off: export or download it again.";
const NO_ONNX = "the file is no ONNX model, or is cut off:";
const FIELDS = `${NO_ONNX} it does not end where its fields say, or has other fields. Export or download it again.`;

const FILES: readonly (readonly [what: string, bytes: Uint8Array, message: string])[] = [
  ["nothing", new Uint8Array(), `"model" is empty. Export or download it again.`],
  ["a part", good.subarray(0, good.length / 2), FIELDS],
  ["no graph", Uint8Array.of(8, 8), `${NO_ONNX} it holds no graph. Export or download it again.`],
  [
    "billions of elements",
    withKernel(floats([65536, 65536, 1, 1])),
    `tensor "kernel" of shape [65536, 65536, 1, 1] needs 4294967296 values, but the file has 1. ${CUT_OFF}`,
  ],
  [
    "a product that overflows",
    withKernel(floats([2 ** 40, 2 ** 40, 3, 3])),
    `tensor "kernel" declares the impossible shape [1099511627776, 1099511627776, 3, 3]. ${BROKEN}`,
  ],
  [
    "a product that overflows to zero",
    withKernel(floats([2 ** 32, 2 ** 32, 0, 1], 0)),
    `tensor "kernel" declares the impossible shape [4294967296, 4294967296, 0, 1]. ${BROKEN}`,
  ],
  [
    "negative sizes",
    withKernel(floats([-1, -1, 1, 1])),
    `tensor "kernel" declares the impossible shape [-1, -1, 1, 1]. ${BROKEN}`,
  ],
  [
    "too many dimensions",
    withKernel(floats(Array.from({ length: 1000 }, () => 1))),
    `tensor "kernel" declares the impossible shape [1, 1, 1, 1, 1, 1, 1, 1, …]. ${BROKEN}`,
  ],
  [
    "no whole number of values",
    withKernel(floats([1, 1, 1, 1], 5)),
    `tensor "kernel" of shape [1, 1, 1, 1] needs 1 values, but the file has 1.25. ${CUT_OFF}`,
  ],
  [
    "a list that is too short",
    withKernel({ dataType: DataType.FLOAT, dims: [8, 3, 3, 3], floatData: [1, 2] }),
    `tensor "kernel" of shape [8, 3, 3, 3] needs 216 values, but the file has 2. ${CUT_OFF}`,
  ],
  [
    "weights of another type",
    withKernel({ dataType: DataType.INT8, dims: [8, 3, 3, 3], rawData: new Uint8Array(216) }),
    `could not map node "Conv_0" (Conv): expected a convolution 3×3 from 3 to at least 8 channels, stride 2, as Conv2d_0, found a convolution without a constant kernel of four axes (mapped up to there: nothing). Import a float32 MobileNet V1: mnb spec lists its layers, each convolution with ReLU6, or each with ReLU.`,
  ],
];

describe("ONNX files that are broken or hostile", () => {
  test.for(FILES)("%s", async ([, bytes, message]) => {
    expect(await errorOf(readBytes(bytes))).toBe(`[model-files] ${message}`);
  });

  test("weights that are copied again and again", { timeout: 60_000 }, async () => {
    const graph = new OnnxBuilder();
    const rawData = new Uint8Array(512 * 512 * 36);
    const kernel = graph.tensor({ dataType: DataType.FLOAT, dims: [512, 512, 3, 3], rawData });
    let value = graph.input("image", [1, 512, 64, 64]);
    for (let i = 0; i < 100; i++)
      value = graph.node("Conv", [value, graph.node("Reshape", [kernel, graph.integers([0, 0, 3, 3])])]);
    graph.output(value);
    expect(await errorOf(readBytes(graph.encode()))).toBe(
      "[model-files] the constants of the graph take more memory than any MobileNet V1. Check the file: its nodes use the same weights again and again.",
    );
  });

  test("a file larger than any model, of which nothing is read", async () => {
    const message = await inFolder(async (folder) => {
      const name = path.join(folder, "large.onnx");
      const file = await open(name, "w");
      await file.write(good);
      await file.truncate(2 ** 30);
      await file.close();
      return errorOf(readModelFile(name));
    });
    expect(message).toBe(
      '[model-files] "large.onnx" has 1073741824 bytes, more than the 268435456 that a model may still have. No MobileNet V1 of use is that large: check the file.',
    );
  });
});

/** Makes files that a reader would have to make very many objects of, and reads them with little memory. */
const BOMBS = [
  [
    "nodes",
    "the ONNX file has more than 262144 fields. It is no MobileNet V1: those have a few thousand fields, and their weights as raw data.",
  ],
  [
    "floats",
    "the ONNX file has more than 16777216 numbers outside of raw data. It is no MobileNet V1: those have a few thousand fields, and their weights as raw data.",
  ],
  [
    "texts",
    "the ONNX file has more than 16777216 bytes of names and texts. It is no MobileNet V1: those have a few thousand fields, and their weights as raw data.",
  ],
  ["groups", FIELDS],
  ["graphs", FIELDS],
] as const;

describe("ONNX files that grow in memory", () => {
  test.for(BOMBS)("%s", { timeout: 60_000 }, ([bomb, message]) => {
    const script = fileURLToPath(new URL("support/read-bomb.ts", import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--max-old-space-size=768", "--disable-warning=ExperimentalWarning", script, bomb],
      { encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(stdout.trim()).toBe(`[model-files] ${message}`);
    expect(status).toBe(0);
  });
});

describe("external data", () => {
  const external = (entries: Readonly<Record<string, string>>, dims = [8, 3, 3, 3]) =>
    withKernel({
      dataType: DataType.FLOAT,
      dims,
      dataLocation: onnxProto.onnx.TensorProto.DataLocation.EXTERNAL,
      externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
    });
  const outside = (name: string) =>
    `[model-files] the model names a file outside its own folder, ${JSON.stringify(name)}. Put the files of a model into one folder, and do not trust this one.`;

  /** The error of a model beside which `weights.bin` lies, in a folder below one with `secret`. */
  async function errorWith(entries: Readonly<Record<string, string>>, dims?: number[]): Promise<string> {
    return inFolder(async (top) => {
      const folder = path.join(top, "model");
      await mkdir(folder);
      await writeFile(path.join(top, "secret"), new Uint8Array(1024));
      await writeFile(path.join(folder, "weights.bin"), new Uint8Array(1024));
      await symlink(path.join(top, "secret"), path.join(folder, "link.bin"));
      await symlink(top, path.join(folder, "up"));
      spawnSync("mkfifo", [path.join(folder, "pipe")]);
      const file = path.join(folder, "model.onnx");
      await writeFile(file, external(entries, dims));
      return errorOf(readModelFile(file));
    });
  }

  test.each([
    "../secret",
    "sub/../../secret",
    "/etc/passwd",
    "C:\\secret",
    "\\\\host\\share",
    "..\\secret",
    "a\0b",
    "",
  ])("does not leave the folder: %j", async (location) => {
    expect(await errorWith({ location })).toBe(outside(location));
  });

  test.skipIf(process.platform === "win32").each(["link.bin", "up/secret"])(
    "does not follow links out of it: %s",
    async (location) => {
      expect(await errorWith({ location })).toBe(outside(location));
    },
  );

  test.skipIf(process.platform === "win32").each(["pipe", "."])(
    "reads plain files alone: %s",
    async (location) => {
      expect(await errorWith({ location })).toBe(
        `[model-files] "${location}" is no plain file. Name the file of a model.`,
      );
    },
  );

  test("says which file is missing", async () => {
    expect(await errorWith({ location: "none.bin" })).toBe(
      '[model-files] the model has weights in "none.bin", which is not there. Put all files of the model into one folder, under the names that they had.',
    );
    expect(await errorWith({})).toBe(
      '[model-files] tensor "kernel" lies in another file and does not say in which. The file is broken: export or download it again.',
    );
  });

  test.each([
    [
      { offset: "512" },
      [8, 3, 3, 3],
      '"weights.bin" has 1024 bytes, but 864 from 512 on are wanted. The file is cut off or belongs to another model: get it again.',
    ],
    [
      { offset: "-4" },
      [8, 3, 3, 3],
      '"weights.bin" has 1024 bytes, but 864 from -4 on are wanted. The file is cut off or belongs to another model: get it again.',
    ],
    [
      { offset: "1e300" },
      [8, 3, 3, 3],
      '"weights.bin" has 1024 bytes, but 864 from 1e+300 on are wanted. The file is cut off or belongs to another model: get it again.',
    ],
    [
      { length: "1024" },
      [8, 3, 3, 3],
      'tensor "kernel" needs 864 bytes, but names 1024 of "weights.bin". The files do not belong together: export or download them again.',
    ],
    [
      {},
      [65536, 65536, 3, 3],
      '"weights.bin" has 1024 bytes, but 154618822656 from 0 on are wanted. The file is cut off or belongs to another model: get it again.',
    ],
  ] as const)("reads no more than there is: %j of %j", async (entries, dims, message) => {
    expect(await errorWith({ location: "weights.bin", ...entries }, [...dims])).toBe(
      `[model-files] ${message}`,
    );
  });

  test("is read where it lies beside the model", async () => {
    const found = await inFolder(async (folder) => {
      const proto = onnxProto.onnx.ModelProto.decode(good);
      const parts: Uint8Array[] = [];
      let offset = 0;
      for (const tensor of proto.graph?.initializer ?? []) {
        const data = Uint8Array.from(tensor.rawData ?? []);
        tensor.rawData = new Uint8Array();
        tensor.dataLocation = onnxProto.onnx.TensorProto.DataLocation.EXTERNAL;
        tensor.externalData = [
          { key: "location", value: "sub/weights.bin" },
          { key: "offset", value: String(offset) },
          { key: "length", value: String(data.length) },
        ];
        parts.push(data);
        offset += data.length;
      }
      await mkdir(path.join(folder, "sub"));
      await writeFile(path.join(folder, "sub/weights.bin"), Buffer.concat(parts));
      const file = path.join(folder, "model.onnx");
      await writeFile(file, onnxProto.onnx.ModelProto.encode(proto).finish());
      return readModelFile(file);
    });
    expect(found.model).toEqual(model);
    expect(found.weights).toEqual((await readBytes(good)).weights);
  });
});
