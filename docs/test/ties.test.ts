import { expect, it } from "vitest";
import { tiesOf } from "../src/explore/ties.ts";

const datum = (name: string, model: string, rank: string) => ({
  name,
  facts: [
    ["model", model],
    ["backend", name],
    ["rank", rank],
  ] as const,
});
const DATA = [
  datum("ort-node", "1.0_224", "1"),
  datum("tfjs-wasm", "1.0_224", "2–3"),
  datum("tfjs-node", "1.0_224", "2–3"),
  datum("ts", "1.0_224", "3–4"),
  datum("webgpu", "1.0_224", "–"),
  datum("ort-wasm", "0.5_160", "2"),
];
const namesOf = (name: string) => {
  const one = DATA.find((other) => other.name === name);
  return one ? tiesOf(one, DATA).map((other) => other.name) : undefined;
};

it("are those of the model whose ranks overlap", () => {
  expect(namesOf("tfjs-wasm")).toEqual(["tfjs-node", "ts"]);
  expect(namesOf("ts")).toEqual(["tfjs-wasm", "tfjs-node"]);
});

it("are none where the rank is sure, and where there is none", () => {
  expect(namesOf("ort-node")).toEqual([]);
  expect(namesOf("webgpu")).toEqual([]);
});
