import { checkLayers } from "@mobilenet-bench/backend";
import { createModel, generateWeights, syntheticImage } from "@mobilenet-bench/spec";
import { ENGINE, loadBinding } from "../node/load-binding.ts";
import { TfjsSession } from "../session.ts";
import { importTensorFlow } from "../tensorflow.ts";

// The child process of provePackage. Small, at an odd resolution, so that strides and padding count.
const model = createModel({ alpha: 0.25, resolution: 45, classes: 10 });
const weights = generateWeights(model);
const tf = await importTensorFlow();
const { tensorflow } = await loadBinding(tf, 1);
const actual = { threads: 1, precision: "fp32" } as const;
const session = await TfjsSession.load({ id: "tfjs-node", tf, backend: ENGINE, actual }, model, weights);
const { first } = await checkLayers(session, model, weights, syntheticImage(model.resolution));
if (first) throw new Error(first.reason);
process.stdout.write(`TensorFlow ${tensorflow} computes correctly\n`);
