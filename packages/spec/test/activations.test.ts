import { describe, expect, test } from "vitest";
import {
  createModel,
  foldBatchNorm,
  forward,
  generateWeights,
  syntheticImage,
  type ModelConfig,
} from "@mobilenet-bench/spec";

type Variant = Omit<ModelConfig, "resolution">;

/** Width and variant, and the resolutions that they are cheap enough for in float64. */
const ALL: readonly (readonly [Variant, readonly number[]])[] = [
  [{ alpha: 0.1 }, [32, 33, 96, 128, 224]],
  [{ alpha: 0.25 }, [32, 33, 96, 128, 224]],
  [{ alpha: 0.35 }, [32, 33, 96, 128, 224]],
  [{ alpha: 0.5 }, [32, 33, 96, 128, 224]],
  [{ alpha: 0.75 }, [32, 33, 96, 128]],
  [{ alpha: 1 }, [32, 33, 96, 128]],
  [{ alpha: 1.4 }, [32, 33, 96]],
  [{ alpha: 2 }, [32, 33, 96]],
  [{ alpha: 0.25, conv: true }, [32, 33, 96, 128]],
  [{ alpha: 0.5, shallow: true }, [32, 33, 96, 128]],
  [{ alpha: 0.25, conv: true, shallow: true }, [32, 33, 96, 128]],
];
/** The dearest wait for the nightly run. */
const CASES: typeof ALL = process.env["MNB_NIGHTLY"]
  ? ALL
  : ALL.filter(([{ alpha }]) => alpha <= 1).map(
      ([variant, resolutions]) => [variant, resolutions.filter((resolution) => resolution < 128)] as const,
    );
/** None of the images that the weights were calibrated on. */
const FIRST_SEED = 100;
const NONE = new Float32Array();

describe("activations neither die nor saturate", () => {
  test.each(CASES)("%o at %o", { timeout: 60_000 }, (variant, resolutions) => {
    const weights = generateWeights(createModel({ ...variant, resolution: 224 }));
    const unhealthy: object[] = [];
    let layersSeen = 0;
    for (const resolution of resolutions) {
      const model = createModel({ ...variant, resolution });
      const folded = foldBatchNorm(model, weights);
      let images: readonly Float64Array[] = Array.from(
        { length: resolution < 64 ? 8 : resolution < 200 ? 2 : 1 },
        (_, i) => new Float64Array(syntheticImage(resolution, FIRST_SEED + i)),
      );
      for (const layer of model.layers) {
        const { kernel, bias } = folded.get(layer.name) ?? { kernel: NONE, bias: NONE };
        images = images.map((image) => forward(layer, kernel, bias, image));
        if (layer.activation !== "relu6") continue;
        const { zeros, sixes, alive } = describeActivations(images, layer.output[2]);
        // At resolution 32 the deepest planes are single pixels, on which a kernel's border sees only padding.
        const enoughAlive = alive > (resolution === 32 ? 0.4 : 0.9);
        if (!(zeros > 0.1 && zeros < 0.7 && sixes < 0.15 && enoughAlive))
          unhealthy.push({ model: model.name, layer: layer.name, zeros, sixes, alive });
        layersSeen++;
      }
    }
    expect(unhealthy).toEqual([]);
    expect(layersSeen).toBeGreaterThanOrEqual(9 * resolutions.length);
  });
});

/** Fractions: of values at 0 and at 6, and of channels whose values vary at all over pixels and images. */
function describeActivations(images: readonly Float64Array[], channels: number) {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let [zeros, sixes, count] = [0, 0, 0];
  for (const image of images)
    for (let i = 0; i < image.length; i++) {
      const value = image[i]!;
      if (value === 0) zeros++;
      if (value === 6) sixes++;
      sums[i % channels]! += value;
      squares[i % channels]! += value * value;
      count++;
    }
  const pixels = count / channels;
  const variances = squares.map((square, c) => square / pixels - (sums[c]! / pixels) ** 2);
  const alive = variances.filter((variance) => variance > 1e-3).length / channels;
  return { zeros: zeros / count, sixes: sixes / count, alive };
}
