import { expect, test } from "vitest";
import { mapGraph } from "../src/graph/map-graph.ts";
import { graphOf, withNodeBefore } from "./support/edit-graph.ts";

const graph = await graphOf({ alpha: 0.25, resolution: 64, classes: 5 });

test.each([
  ["Add", "Branches that are added are those of MobileNet V2, ResNet and others"],
  ["Mul", "Branches that are multiplied are those of MobileNet V3, EfficientNet and others"],
  ["ConcatV2", "Branches that are put side by side are those of SqueezeNet, Inception, DenseNet and others"],
  ["Max", "Networks with branches, such as MobileNet V2, cannot be read"],
])("branches joined by %s are told of, with networks that have some", (operator, networks) => {
  const operation = { type: "other", what: "an operation on 2 branches" } as const;
  const joined = withNodeBefore(graph, "Conv2d_7_depthwise", { name: "joined", operator, operation });
  const nodes = joined.nodes.map((node) =>
    node.name === "joined" ? { ...node, inputs: [...node.inputs, "Conv2d_5_pointwise"] } : node,
  );
  expect(() => mapGraph({ ...joined, nodes })).toThrow(
    `[model-files] node "joined" (${operator}) joins 2 branches, and a MobileNet V1 is one chain of layers. ${networks}: import a MobileNet V1.`,
  );
});
