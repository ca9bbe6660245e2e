import { syntheticImage } from "@mobilenet-bench/spec";
import { describe, expect, it } from "vitest";
import { createFeed, unseenImages, VARIATION } from "../src/feed.ts";

const IMAGES = [syntheticImage(32, 1), syntheticImage(32, 2).fill(1, 0, 9)] as const;

describe("a feed", () => {
  it("varies values of one of the images by no more than it says, and stays within [−1, 1]", () => {
    const feed = createFeed(IMAGES, 1);
    const seen = new Set<number>();
    for (let i = 0; i < 50; i++) {
      const { image, input } = feed.next();
      seen.add(image);
      const changes = Array.from(input, (value, index) => Math.abs(value - IMAGES[image]![index]!));
      // Half a step of float32 more: the sum is rounded.
      expect(Math.max(...changes)).toBeLessThanOrEqual(VARIATION + 2 ** -25);
      expect(Math.max(...input.map(Math.abs))).toBeLessThanOrEqual(1);
    }
    expect(seen).toEqual(new Set([0, 1]));
  });

  it("varies few values at a time, since inferences after a pause are slower, and sooner or later each", () => {
    const feed = createFeed(IMAGES, 1);
    const varied = new Set<number>();
    for (let i = 0; i < 400; i++) {
      const { image, input } = feed.next();
      const changed = [...input.keys()].filter((index) => input[index] !== IMAGES[image]![index]);
      expect(changed.length).toBeLessThan(input.length / 6);
      expect(changed.length).toBeGreaterThan(input.length / 16);
      for (const index of changed) varied.add(index);
    }
    expect(varied.size).toBe(IMAGES[0].length);
  });

  it("gives no content twice, in one array", () => {
    const feed = createFeed(IMAGES, 1);
    const { input: array } = feed.next();
    const contents = new Set<string>();
    for (let i = 0; i < 2000; i++) {
      const { input } = feed.next();
      expect(input).toBe(array);
      contents.add(Buffer.from(input.buffer).toString("latin1"));
    }
    expect(contents.size).toBe(2000);
  });

  it("comes again from the same seed", () => {
    const take = (seed: number) => {
      const feed = createFeed(IMAGES, seed);
      return Array.from({ length: 5 }, () => feed.next().input.slice());
    };
    expect(take(3)).toEqual(take(3));
    expect(take(3)).not.toEqual(take(4));
  });
});

it("makes unseen images that are far from those that were seen, and from each other", () => {
  const all = [...IMAGES, ...unseenImages(IMAGES, Math.random)];
  for (const [i, one] of all.entries())
    for (const other of all.slice(i + 1)) {
      const distance = Math.hypot(...one.map((value, k) => value - other[k]!)) / Math.sqrt(one.length);
      expect(distance).toBeGreaterThan(0.05);
    }
});

it("makes one blend of them and its negative where one is asked for", () => {
  const images = unseenImages(IMAGES, () => 0.5, [1]);
  expect(images).toEqual(unseenImages(IMAGES, () => 0.5).slice(2, 4));
});
