import { CLASSES, drawPicture } from "@mobilenet-bench/trained";
import { expect, it } from "vitest";
import { learningRate } from "../scripts/training/learning-rate.ts";
import { batches, drawTrainingSet } from "../scripts/training/training-set.ts";

const RESOLUTION = 8;
const set = drawTrainingSet(50, RESOLUTION);
const values = (pixels: ArrayLike<number>) => Array.from(pixels).toSorted((a, b) => a - b);

it("shows every picture once an epoch, with its label, turned or mirrored", () => {
  const shown: number[][] = [];
  for (const { inputs, targets } of batches(set, 10, 1, 0))
    for (let i = 0; i < 10; i++) {
      const input = inputs.subarray(i * 192, (i + 1) * 192);
      const target = targets.subarray(i * CLASSES.length, (i + 1) * CLASSES.length);
      expect(values(target)).toEqual([...CLASSES.slice(1).map(() => 0), 1]);
      shown.push([target.indexOf(1), ...values(input)]);
    }
  const drawn = Array.from({ length: 50 }, (_, i) => {
    const { label, pixels } = drawPicture("train", i, RESOLUTION);
    return [label, ...values(Float32Array.from(pixels, (value) => value / 127.5 - 1))];
  });
  expect(shown.map(String).toSorted()).toEqual(drawn.map(String).toSorted());
});

it("repeats an epoch exactly, and orders another one differently", () => {
  const order = (seed: number, epoch: number) =>
    [...batches(set, 25, seed, epoch)].flatMap(({ inputs }) => [...inputs]);
  expect(order(1, 3)).toEqual(order(1, 3));
  expect(order(1, 3)).not.toEqual(order(1, 4));
  expect(order(1, 3)).not.toEqual(order(2, 3));
});

it("leaves out what does not fill a batch", () => {
  expect([...batches(set, 32, 1, 0)]).toHaveLength(1);
});

it("turns a picture in all eight ways", () => {
  const ways = new Map<string, Set<string>>();
  for (let epoch = 0; epoch < 60; epoch++)
    for (const { inputs } of batches(set, 1, 1, epoch)) {
      const picture = String(values(inputs));
      ways.set(picture, (ways.get(picture) ?? new Set()).add(String(inputs)));
    }
  expect([...ways.values()].map(({ size }) => size)).toEqual(Array.from({ length: 50 }, () => 8));
});

it("raises the learning rate from 0 and lowers it to 0 again", () => {
  const rates = Array.from({ length: 1000 }, (_, step) => learningRate(0.02, step, 1000));
  const top = rates.indexOf(Math.max(...rates));
  expect(rates[top]).toBe(0.02);
  expect(top).toBe(49);
  expect(rates.slice(0, 50)).toEqual(rates.slice(0, 50).toSorted((a, b) => a - b));
  expect(rates.slice(50)).toEqual(rates.slice(50).toSorted((a, b) => b - a));
  expect(rates[0]).toBeLessThan(0.001);
  expect(rates.at(-1)).toBeLessThan(1e-6);
});
