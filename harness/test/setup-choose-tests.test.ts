import { describe, expect, it } from "vitest";
import { chooseTests, testFiles } from "../setup/choose-tests.mjs";
import { root } from "../setup/paths.mjs";

const FILES = [
  { folder: "packages/spec", path: "test/name.test.ts", text: 'it("parses names")' },
  { folder: "packages/spec", path: "test/model.test.ts", text: 'it("counts")' },
  { folder: "harness", path: "test/report.test.ts", text: 'it("counts (all of them)")' },
  {
    folder: "packages/frameworks",
    path: "test/keras.test.ts",
    text: 'import "./support/python.ts"; it("imports Keras")',
  },
  { folder: "packages/ort", path: "test/peers.nightly.test.ts", text: 'it("counts slowly")' },
];
const choose = (...filters: string[]) => chooseTests(filters, FILES);

describe("npm test -- FILTER", () => {
  it("is everything without a filter, Python too", () => {
    expect(choose()).toMatchObject({
      folders: ["packages/spec", "harness", "packages/frameworks"],
      words: [],
      python: true,
    });
  });

  it.each(["spec", "@mobilenet-bench/spec", "packages/spec", "./packages/spec/"])(
    "takes a package: %s",
    (name) => {
      expect(choose(name)).toMatchObject({ folders: ["packages/spec"], words: [], python: false });
    },
  );

  it("takes parts of files' paths, in the packages that are named beside", () => {
    const model = { folders: ["packages/spec"], words: ["test/model.test.ts"], python: false };
    expect(choose("model.test")).toMatchObject(model);
    expect(choose("packages/spec/test/model.test.ts")).toMatchObject(model);
    expect(choose("spec", "model")).toMatchObject(model);
    expect(choose("keras")).toMatchObject({ folders: ["packages/frameworks"], python: true });
  });

  it("takes names of tests, as they are written", () => {
    expect(choose("counts (all")).toMatchObject({
      folders: ["harness"],
      words: ["test/report.test.ts", "-t", String.raw`counts \(all`],
      python: false,
    });
    expect(choose("spec", "counts")).toMatchObject({ words: ["test/model.test.ts", "-t", "counts"] });
  });

  it("leaves long proofs to the nightly run, unless they are named", () => {
    expect(choose()).toMatchObject({ nightly: false, left: 1 });
    expect(choose("ort")).toMatchObject({ folders: ["packages/ort"], words: [], nightly: true, left: 0 });
    expect(chooseTests([], FILES, { nightly: true })).toMatchObject({
      folders: ["packages/spec", "harness", "packages/frameworks", "packages/ort"],
      words: [],
      nightly: true,
      left: 0,
    });
    const peers = { folders: ["packages/ort"], words: ["test/peers.nightly.test.ts"] };
    expect(choose("peers")).toMatchObject({ ...peers, nightly: true, left: 0 });
    expect(choose("counts slowly")).toMatchObject({ folders: ["packages/ort"], nightly: true, left: 0 });
  });

  it("refuses what nothing is named", () => {
    expect(choose("spec", "keras")).toEqual({ unknown: "keras" });
  });

  it("finds this file, and what needs Python", () => {
    const files = testFiles(root);
    expect(chooseTests(["setup-choose-tests"], files)).toMatchObject({
      folders: ["harness"],
      words: ["test/setup-choose-tests.test.ts"],
    });
    expect(chooseTests(["keras.test"], files)).toMatchObject({ python: true });
    expect(chooseTests(["model-files", "spec", "harness"], files)).toMatchObject({ python: false });
  });
});
