import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { imagenetLabels } from "../src/classify/imagenet.ts";
import { findLabels } from "../src/classify/labels.ts";

/** As the index that Keras publishes (imagenet_class_index.json) and torchvision's categories have them. */
const PUBLISHED: Readonly<Record<number, string>> = {
  0: "tench",
  1: "goldfish",
  134: "crane (134)",
  207: "golden retriever",
  281: "tabby",
  285: "Egyptian cat",
  340: "zebra",
  388: "giant panda",
  417: "balloon",
  504: "coffee mug",
  517: "crane (517)",
  620: "laptop",
  638: "maillot",
  639: "maillot, tank suit",
  817: "sports car",
  948: "Granny Smith",
  954: "banana",
  999: "toilet tissue",
};

describe("the names of ImageNet's classes", () => {
  it("stand at their published indices, each once", () => {
    const labels = imagenetLabels(1000);
    for (const [index, name] of Object.entries(PUBLISHED)) expect(labels?.[Number(index)]).toBe(name);
    expect(new Set(labels).size).toBe(1000);
  });

  it("come behind the background where there are 1001", () => {
    const labels = imagenetLabels(1001);
    expect(labels?.[0]).toBe("background");
    for (const [index, name] of Object.entries(PUBLISHED)) expect(labels?.[Number(index) + 1]).toBe(name);
    expect(labels).toHaveLength(1001);
  });

  it.each([1, 10, 999, 1002])("are not those of %i classes", (classes) => {
    expect(imagenetLabels(classes)).toBeUndefined();
  });
});

describe("the names of a network's classes", () => {
  const names = Array.from({ length: 1000 }, (_, index) => `kind ${index}`);
  const unnamed = { model: { classes: 1000 } };

  it("are those of its file, and ImageNet's where it has none and as many classes", async () => {
    expect(await findLabels({ ...unnamed, labels: names })).toEqual({ labels: names, from: "file" });
    expect(await findLabels(unnamed)).toEqual({ labels: imagenetLabels(1000), from: "imagenet-assumed" });
    expect(await findLabels({ model: { classes: 16 } })).toBeUndefined();
  });

  it("are those that the user gives before all others", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mnb-labels-"));
    const path = join(folder, "labels.txt");
    try {
      await writeFile(path, names.join("\n"));
      const found = await findLabels({ ...unnamed, labels: names.toReversed() }, path);
      expect(found).toEqual({ labels: names, from: "option" });
      await expect(findLabels({ model: { classes: 16 } }, path)).rejects.toThrow(
        "names 1000 classes, and the model has 16",
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
