import { expect, it } from "vitest";
import { callMnb } from "./support/call-mnb.ts";

it.each([
  [[], /Name two builds or two stored runs/],
  [["HEAD"], /Name two builds/],
  [["HEAD", "no-such-ref"], /"no-such-ref" is no build\. Name a git ref/],
  [["ts@1.0.0", "."], /ts is made of this project's own sources/],
  [[".", ".", "0.25_64/none/node"], /none/],
  [["latest", "HEAD"], /latest is a stored run, and HEAD a build\. Compare two of a kind/],
  [["latest", "x.json", "--seed", "2"], /stored runs takes no --seed/],
  [["latest", "x.json", "--image", "x.png"], /stored runs takes no --image/],
  [[".", ".", "--image", "no-such.png"], /The picture no-such\.png cannot be read/],
  [[".", ".", "--weights", "no-such.onnx"], /no-such\.onnx/],
  [["--resume", "--image", "x.png"], /--resume takes no --image/],
  [["HEAD", ".", "--resume"], /--resume takes no builds/],
  [["--resume", "no-such-comparison"], /no interrupted comparison/],
])("%j is refused before anything is built", async (words, message) => {
  const { exitCode, stderr, stdout } = await callMnb(["compare", ...words]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(message);
});
