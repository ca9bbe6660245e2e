import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CLASSES, drawPicture, pictureInput, SPLITS, type Split } from "@mobilenet-bench/trained";

const RESOLUTION = 64;
const indexes = (count: number) => Array.from({ length: count }, (_, i) => i);
const hash = (...parts: Uint8Array[]) => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest("hex").slice(0, 16);
};

/** Of the first two pictures of a class in each split. The shipped model was trained on exactly these. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  disc: "fbff7aee6bc5c440",
  ellipse: "f1421c33d26054d0",
  ring: "6f8091a9e7c406a6",
  spiral: "1721e85fe998e4cc",
  crescent: "6a54f1ff5096081a",
  "half-disc": "27530c672aacc618",
  heart: "60157302da4d7a12",
  drop: "2467890e7d173d4a",
  triangle: "873e45caf584eed3",
  square: "9a513c4065c6519c",
  pentagon: "3362a2e70200dc72",
  star: "b9faabf34c9bb39b",
  cross: "844bb76f29ad155d",
  arrow: "152221fb164dec75",
  stripes: "2ab6107aaaef8cc9",
  checkerboard: "8b90fcb58f6e4c09",
};

describe("pictures", () => {
  it.each(CLASSES.map((name, label) => [name, label] as const))(
    "of class %s are the same bytes everywhere",
    (name, label) => {
      const drawn = SPLITS.flatMap((split) =>
        [0, 1].map((round) => drawPicture(split, round * CLASSES.length + label, RESOLUTION).pixels),
      );
      expect(hash(...drawn)).toBe(CHECKSUMS[name]);
    },
  );

  it("do not depend on what was drawn before", () => {
    const first = drawPicture("train", 5, RESOLUTION);
    drawPicture("held-out", 9, 32);
    expect(drawPicture("train", 5, RESOLUTION)).toEqual(first);
  });

  it("are bytes with some contrast, at any resolution", () => {
    for (const resolution of [1, 17, 64, 96])
      for (const index of indexes(CLASSES.length)) {
        const { pixels } = drawPicture("validation", index, resolution);
        expect(pixels).toHaveLength(resolution * resolution * 3);
        if (resolution > 1) expect(Math.max(...pixels) - Math.min(...pixels)).toBeGreaterThan(25);
      }
  });

  it("show the same scene at another resolution", () => {
    for (const index of indexes(CLASSES.length)) {
      const small = blocks(drawPicture("train", index, 48).pixels, 48);
      const large = blocks(drawPicture("train", index, 96).pixels, 96);
      const difference = small.reduce((sum, value, i) => sum + Math.abs(value - large[i]!), 0) / small.length;
      expect(difference).toBeLessThan(6);
    }
  });

  it("are inputs of the network in [−1, 1], scaled as loaded pictures are", () => {
    const { pixels } = drawPicture("held-out", 3, RESOLUTION);
    const input = pictureInput("held-out", 3, RESOLUTION);
    expect(input).toEqual(Float32Array.from(pixels, (value) => value / 127.5 - 1));
    expect(Math.min(...input)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...input)).toBeLessThanOrEqual(1);
  });
});

describe("labels", () => {
  it("name sixteen classes, each once", () => {
    expect(new Set(CLASSES).size).toBe(16);
    expect(CLASSES).toHaveLength(16);
  });

  it.each(SPLITS)("of any run of %s pictures are balanced", (split) => {
    const counts = CLASSES.map(() => 0);
    for (const index of indexes(5 * CLASSES.length)) counts[drawPicture(split, index + 7, 16).label]!++;
    expect(counts).toEqual(CLASSES.map(() => 5));
  });
});

describe("splits", () => {
  it("share no picture, nor has one of them a picture twice", () => {
    const seen = new Set<string>();
    for (const split of SPLITS)
      for (const index of indexes(2000)) seen.add(hash(drawPicture(split, index, 16).pixels));
    expect(seen.size).toBe(SPLITS.length * 2000);
  });
});

describe("what does not exist is refused", () => {
  it.each([-1, 0.5, 2 ** 30, NaN])("picture %d", (index) => {
    expect(() => drawPicture("train", index, RESOLUTION)).toThrow(
      /^\[trained\] picture .* does not exist\. Use/,
    );
  });

  it.each([0, -64, 1.5, NaN])("resolution %d", (resolution) => {
    expect(() => drawPicture("train", 0, resolution)).toThrow(/^\[trained\] resolution is .*\. Use/);
  });

  it("a split", () => {
    const split: Split = JSON.parse('"test"');
    expect(() => drawPicture(split, 0, RESOLUTION)).toThrow(/^\[trained\] "test" is no split\. Use train,/);
  });
});

/** Means over an 8 × 8 grid of each colour. */
function blocks(pixels: Uint8Array, resolution: number): Float64Array {
  const side = resolution / 8;
  const means = new Float64Array(8 * 8 * 3);
  for (let y = 0; y < resolution; y++)
    for (let x = 0; x < resolution; x++)
      for (let c = 0; c < 3; c++)
        means[(Math.floor(y / side) * 8 + Math.floor(x / side)) * 3 + c]! +=
          pixels[(y * resolution + x) * 3 + c]! / (side * side);
  return means;
}
