import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { syntheticImage, uniform } from "@mobilenet-bench/spec";

test("is the same bits as ever", () => {
  const hash = createHash("sha256")
    .update(new Uint8Array(syntheticImage(96).buffer))
    .digest("hex");
  expect(hash).toBe("24dfbfa50c9b999e041130bcfbe926863f7295c7b19eabb68d6ab0adffa3fd3a");
});

test("has another picture for another seed", () => {
  expect(syntheticImage(32, 1)).toEqual(syntheticImage(32, 1));
  expect(syntheticImage(32, 1)).not.toEqual(syntheticImage(32, 2));
});

test.each([1, 32, 33, 224])("with a side of %i stays within [−1, 1]", (resolution) => {
  const image = syntheticImage(resolution);
  expect(image).toHaveLength(resolution * resolution * 3);
  expect(image.filter((value) => !(Math.abs(value) <= 1))).toHaveLength(0);
});

test("near pixels resemble each other, far ones do not", () => {
  const side = 224;
  const image = syntheticImage(side);
  const difference = (distance: number) => {
    let sum = 0;
    for (let y = 0; y < side; y++)
      for (let x = 0; x + distance < side; x++)
        sum += Math.abs(image[(y * side + x) * 3]! - image[(y * side + x + distance) * 3]!);
    return sum / (side * (side - distance));
  };
  expect(difference(1)).toBeLessThan(difference(10) / 2);
  expect(difference(10)).toBeLessThan(difference(100));
});

function draw(seed: number, name: string): number[] {
  return Array.from({ length: 1000 }, uniform(seed, name));
}

test("a stream of random numbers belongs to its seed and name alone, within [−1, 1)", () => {
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  expect(draw(1, "a")).not.toEqual(draw(2, "a"));
  expect(draw(1, "a")).not.toEqual(draw(1, "b"));
  expect(draw(3, "c").every((value) => value >= -1 && value < 1)).toBe(true);
  const mean = draw(4, "d").reduce((a, b) => a + b) / 1000;
  expect(Math.abs(mean)).toBeLessThan(0.1);
});
