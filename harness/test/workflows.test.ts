import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { actionWords, readInputs, requireJob } from "../src/action/action-inputs.ts";
import { SUITES } from "../src/plan/suites.ts";
import { reusableAction, workflows } from "./support/workflow-files.ts";

const files = await workflows();
const action = await reusableAction();
const steps = [
  ...files.flatMap(({ path, content }) =>
    Object.values(content.jobs).flatMap((job) => job.steps.map((step) => ({ path, step }))),
  ),
  ...action.content.runs.steps.map((step) => ({ path: action.path, step })),
];

it("has the two workflows", () => {
  expect(files.map(({ path }) => basename(path))).toEqual(["nightly.yml", "pull-request.yml"]);
});

describe("every step", () => {
  it("is one command of npm or mnb, in which nothing is pasted", () => {
    const commands = steps.flatMap(({ step }) => step.run ?? []);
    expect(commands.length).toBeGreaterThan(10);
    for (const command of commands) {
      expect(command).toMatch(/^(?:npm (?:test|run setup)|node (?:mnb|"\$MNB_ROOT\/mnb") [a-z])[^;&|\n]*$/);
      expect(command).not.toContain("${{");
    }
  });

  it("uses actions by the whole hash of a commit, with the version beside it", () => {
    const lines = [...files, action].flatMap(({ text }) =>
      text.split("\n").filter((line) => /uses:/.test(line)),
    );
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("leaves no credentials behind", () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(4);
    for (const { step } of checkouts) expect(step.with?.["persist-credentials"]).toBe(false);
  });
});

describe("jobs", () => {
  it("begin without a permission, and one of the night alone may write to the repository", () => {
    for (const { content } of files) expect(content.permissions).toEqual({});
    const writers = files.flatMap(({ path, content }) =>
      Object.entries(content.jobs).flatMap(([name, { permissions }]) =>
        permissions["contents"] === "write" ? [`${basename(path)} ${name}`] : [],
      ),
    );
    expect(writers).toEqual(["nightly.yml publish"]);
  });

  it("of the night are as many as the suite has shards", () => {
    const night = files.find(({ path }) => path.endsWith("nightly.yml"));
    const { most, minutes } = SUITES.nightly.shards;
    const measure = night?.content.jobs["measure"];
    expect(measure?.strategy?.matrix["shard"]).toEqual(
      Array.from({ length: most }, (_, i) => `${i + 1}/${most}`),
    );
    expect(measure?.["timeout-minutes"]).toBeGreaterThan(minutes);
  });
});

describe("the action for other repositories", () => {
  const files = { output: "/out", comparison: "/out/comparison.json" };
  const words = (inputs: Record<string, string>) =>
    actionWords(
      readInputs(
        Object.fromEntries(
          Object.entries(inputs).map(([name, value]) => [`MNB_INPUT_${name.toUpperCase()}`, value]),
        ),
      ),
      files,
    );

  it("passes on every input that the program reads, and no other but those of its own steps", () => {
    const own = new Set(["token", "artifact"]);
    const inputs = Object.keys(action.content.inputs).filter((name) => !own.has(name));
    const passed = [...action.text.matchAll(/MNB_INPUT_([A-Z]+): \$\{\{ inputs\.([a-z]+) \}\}/g)];
    expect(passed.map(([, , name]) => name).toSorted()).toEqual(inputs.toSorted());
    for (const [, variable, name] of passed) expect(variable).toBe(name?.toUpperCase());
    expect(Object.keys(readInputs({})).toSorted()).toEqual(inputs.toSorted());
  });

  it("measures with a model file and a backend of the caller's", () => {
    expect(words({ model: "0.25_128", backend: "./mine.js,wasm", weights: "model.onnx", suite: "" })).toEqual(
      [
        "run",
        "--model",
        "0.25_128",
        "--backend",
        "./mine.js,wasm",
        "--weights",
        "model.onnx",
        "--output",
        "/out",
      ],
    );
    expect(words({ cells: "0.25_128/wasm/node\n 0.25_128/ts/node" }).slice(0, 3)).toEqual([
      "run",
      "0.25_128/wasm/node",
      "0.25_128/ts/node",
    ]);
  });

  it("compares two versions of a library", () => {
    const inputs = { command: "compare", base: "ort-node@1.29.0", candidate: "ort-node@1.30.0" };
    expect(words(inputs)).toEqual([
      "compare",
      "ort-node@1.29.0",
      "ort-node@1.30.0",
      "--format",
      "json",
      "--output",
      "/out/comparison.json",
    ]);
  });

  it("needs a job of GitHub's, or an input", () => {
    expect(() => requireJob({ MNB_INPUT_MODEL: "" })).toThrow(
      /MNB_INPUT_MODEL=0\.25_128 mnb action --dry-run/,
    );
    expect(() => requireJob({ GITHUB_ACTIONS: "true" })).not.toThrow();
    expect(() => requireJob({ MNB_INPUT_MODEL: "0.25_128" })).not.toThrow();
  });

  it.each([
    [{ command: "compare" }, /takes the inputs base and candidate/],
    [{ base: "a" }, /base and candidate are for the command compare, not for run/],
    [{ command: "check", protocol: "quick" }, /protocol is for the command run, not for check/],
    [{ command: "delete" }, /The input command of the action/],
    [{ comment: "maybe" }, /The input comment of the action/],
  ])("refuses %j", (inputs, message) => {
    expect(() => words(inputs)).toThrow(message);
  });
});
