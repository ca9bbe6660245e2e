import type { Backend, Session } from "@mobilenet-bench/backend";
import type { Member, OutputChange, Tampering } from "@mobilenet-bench/backend/faults";
import type { Layer, Model, Tensor, Weights } from "@mobilenet-bench/spec";

/** The backend with one mistake. */
export function tamper(backend: Backend, tampering: Tampering): Backend {
  return {
    ...backend,
    async load(model, weights, options) {
      switch (tampering.of) {
        case "weights":
          return backend.load(model, changeWeights(weights, tampering), options);
        case "geometry":
          return backend.load(changeGeometry(model, tampering), weights, options);
        case "infer":
        case "inferLayer":
        case "layerOutputs":
          return changeOutputs(await backend.load(model, weights, options), tampering);
      }
    },
  };
}

type Change<Of extends Tampering["of"]> = Extract<Tampering, { of: Of }>;

function changeGeometry(model: Model, { layer, change }: Change<"geometry">): Model {
  const changed = (old: Layer): Layer => {
    const { top, bottom } = old.padding;
    return change === "stride 1"
      ? { ...old, stride: 1 }
      : { ...old, padding: { ...old.padding, top: top - 1, bottom: bottom + 1 } };
  };
  return { ...model, layers: model.layers.map((old) => (old.name === layer ? changed(old) : old)) };
}

/** Of kernels and statistics alike the output channel is the last axis that counts. */
function changeWeights(weights: Weights, { layer, change }: Change<"weights">): Weights {
  const tensors = new Map(weights.tensors);
  const edit = (names: readonly string[], edited: (tensor: Tensor) => Float32Array) => {
    for (const name of names) {
      const tensor = tensors.get(`${layer}/${name}`);
      if (tensor) tensors.set(`${layer}/${name}`, { ...tensor, data: edited(tensor) });
    }
  };
  switch (change) {
    case "transposed":
      edit(["weights"], transpose);
      break;
    case "without bias":
      edit(["beta", "moving_mean", "biases"], ({ data }) => new Float32Array(data.length));
      break;
    case "channels swapped":
      edit(["weights", "gamma", "beta", "moving_mean", "moving_variance", "biases"], swapEnds);
  }
  return { ...weights, tensors };
}

/** A square matrix, or the taps of a depthwise kernel [side, side, channels, 1]; else the values as [columns, rows]. */
function transpose({ shape, data }: Tensor): Float32Array {
  const [first = 1, second = 1, third = 1, last = 1] = shape;
  const [rows, columns, unit] = last === 1 && shape.length === 4 ? [first, second, third] : ends(shape);
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let i = 0; i < unit; i++)
        result[(column * rows + row) * unit + i] = data[(row * columns + column) * unit + i]!;
  return result;
}

function ends(shape: readonly number[]): readonly [rows: number, columns: number, unit: number] {
  return [shape.at(-2) ?? 1, shape.at(-1) ?? 1, 1];
}

/** The first output channel and the last one change places. */
function swapEnds({ shape, data }: Tensor): Float32Array {
  const channels = shape.findLast((length) => length > 1) ?? 1;
  const result = data.slice();
  for (let row = 0; row < data.length; row += channels) {
    result[row] = data[row + channels - 1]!;
    result[row + channels - 1] = data[row]!;
  }
  return result;
}

function changeOutputs(session: Session, { of, layer, change }: Change<Member>): Session {
  const changed = outputChanger(change);
  return {
    actual: session.actual,
    infer: async (input) => {
      const logits = await session.infer(input);
      return of === "infer" ? changed(logits) : logits;
    },
    inferLayer: async (name, ...inputs) => {
      const output = (await session.inferLayer?.(name, ...inputs)) ?? new Float32Array();
      return of === "inferLayer" && name === layer ? changed(output) : output;
    },
    layerOutputs: async (input) => {
      const outputs = new Map(await session.layerOutputs?.(input));
      const output = outputs.get(layer);
      if (of !== "layerOutputs" || !output) return outputs;
      if (change === "missing") outputs.delete(layer);
      else outputs.set(layer, changed(output));
      return outputs;
    },
    dispose: () => session.dispose(),
  };
}

/** By one or two units in the last place. */
const NEXT_BITS = { scale: 1 + 2 ** -23 };

/** A session's worth of changes: some of them remember. */
function outputChanger(change: OutputChange): (output: Float32Array) => Float32Array {
  let calls = 0;
  let first: Float32Array | undefined;
  let last: Float32Array | undefined;
  return (output) => {
    calls++;
    first ??= output.slice();
    if (typeof change === "object")
      return "scale" in change ? scaled(output, change) : shifted(output, change);
    switch (change) {
      case "one value short":
        return output.slice(0, -1);
      case "one value more":
        return Float32Array.of(...output, 0);
      case "missing":
        return new Float32Array();
      case "never new":
        return first.slice();
      case "not the caller's own":
        last?.set(scaled(last, NEXT_BITS));
        return (last = output.slice());
      case "wavering":
        return calls % 2 === 0 ? scaled(output, NEXT_BITS) : output;
    }
  };
}

function shifted(output: Float32Array, { index, add }: { index: number; add: number | null }): Float32Array {
  return output.with(index, add === null ? NaN : output[index]! + add);
}

/** ReLU6 cuts off at 0 and at 6. */
function scaled(output: Float32Array, { scale }: { scale: number }): Float32Array {
  return output.map((value) => (value === 6 ? value : value * scale));
}
