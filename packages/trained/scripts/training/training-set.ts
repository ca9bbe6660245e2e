import { CLASSES, drawPicture } from "@mobilenet-bench/trained";
import { uniform, type Uniform } from "@mobilenet-bench/spec";

/** Pictures of the train split, drawn once and kept as bytes. */
export interface TrainingSet {
  readonly resolution: number;
  readonly labels: Uint8Array;
  /** [pictures, resolution, resolution, 3] */
  readonly pixels: Uint8Array;
}

export function drawTrainingSet(pictures: number, resolution: number): TrainingSet {
  const size = resolution * resolution * 3;
  const labels = new Uint8Array(pictures);
  const pixels = new Uint8Array(pictures * size);
  for (let i = 0; i < pictures; i++) {
    const picture = drawPicture("train", i, resolution);
    labels[i] = picture.label;
    pixels.set(picture.pixels, i * size);
  }
  return { resolution, labels, pixels };
}

export interface Batch {
  /** NHWC [size, resolution, resolution, 3] in [−1, 1] */
  readonly inputs: Float32Array;
  /** [size, classes], one 1 in each row */
  readonly targets: Float32Array;
}

/** The batches of one epoch: every picture once, in a random order, what does not fill a batch left out. */
export function* batches(set: TrainingSet, size: number, seed: number, epoch: number): Generator<Batch> {
  const next = uniform(seed, `epoch ${epoch}`);
  const order = shuffled(set.labels.length, next);
  const length = set.resolution * set.resolution * 3;
  for (let start = 0; start + size <= order.length; start += size) {
    const inputs = new Float32Array(size * length);
    const targets = new Float32Array(size * CLASSES.length);
    for (let i = 0; i < size; i++) {
      const picture = order[start + i]!;
      turn(set, picture, below(next, 8), inputs.subarray(i * length, (i + 1) * length));
      targets[i * CLASSES.length + set.labels[picture]!] = 1;
    }
    yield { inputs, targets };
  }
}

/**
 * Copies a picture in one of the eight ways in which a square can be turned and mirrored: each is as likely a picture
 * of its class, so that an epoch shows eight times as much as was drawn.
 */
function turn({ resolution, pixels }: TrainingSet, picture: number, way: number, to: Float32Array) {
  const last = resolution - 1;
  const base = picture * to.length;
  let at = 0;
  for (let y = 0; y < resolution; y++)
    for (let x = 0; x < resolution; x++) {
      const across = way & 1 ? last - x : x;
      const down = way & 2 ? last - y : y;
      const from = base + (way & 4 ? across * resolution + down : down * resolution + across) * 3;
      for (let c = 0; c < 3; c++) to[at++] = pixels[from + c]! / 127.5 - 1;
    }
}

/** The numbers below `count` in random order (Fisher and Yates). */
function shuffled(count: number, next: Uniform): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = below(next, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function below(next: Uniform, count: number): number {
  return Math.floor(((next() + 1) / 2) * count);
}
