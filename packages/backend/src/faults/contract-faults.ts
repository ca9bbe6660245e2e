import type { BackendFault } from "./fault.ts";
import type { Tampering } from "./tampering.ts";

interface Mistake {
  readonly name: string;
  readonly kind: BackendFault["kind"];
  readonly layer: string;
  readonly why: string;
  readonly tamperingOf: (backend: string, layer: string) => Tampering;
}

function weights(change: Extract<Tampering, { of: "weights" }>["change"]): Mistake["tamperingOf"] {
  return (backend, layer) => ({ backend, layer, of: "weights", change });
}

function geometry(change: Extract<Tampering, { of: "geometry" }>["change"]): Mistake["tamperingOf"] {
  return (backend, layer) => ({ backend, layer, of: "geometry", change });
}

/** Mistakes of one layer alone, in the middle of the network and at its end. */
const MISTAKES: readonly Mistake[] = [
  {
    name: "one-bias",
    kind: "dropped bias",
    layer: "Conv2d_3_depthwise",
    why: "one depthwise layer has no bias",
    tamperingOf: weights("without bias"),
  },
  {
    name: "one-transposed",
    kind: "transposed weights",
    layer: "Conv2d_5_pointwise",
    why: "one square kernel is read across",
    tamperingOf: weights("transposed"),
  },
  {
    name: "one-stride",
    kind: "wrong stride",
    layer: "Conv2d_6_depthwise",
    why: "one layer of stride 2 takes steps of 1",
    tamperingOf: geometry("stride 1"),
  },
  {
    name: "one-pad",
    kind: "wrong pad",
    layer: "Conv2d_12_depthwise",
    why: "one layer's window begins a row lower",
    tamperingOf: geometry("window one row lower"),
  },
  {
    name: "one-swap",
    kind: "swapped channel",
    layer: "Conv2d_13_pointwise",
    why: "one layer's first and last channels change places",
    tamperingOf: weights("channels swapped"),
  },
  {
    name: "classifier-bias",
    kind: "dropped bias",
    layer: "Logits",
    why: "the classifier has no bias",
    tamperingOf: weights("without bias"),
  },
  {
    name: "classifier-transposed",
    kind: "transposed weights",
    layer: "Logits",
    why: "the classifier's kernel is read as [classes, depth]",
    tamperingOf: weights("transposed"),
  },
];

/**
 * Mistakes made through the contract, whatever the kernels are: naming a layer does not depend on these.
 *
 * @param backend its id
 * @param model the name of the network that is checked
 */
export function contractFaults(backend: string, model: string): BackendFault[] {
  return MISTAKES.map(({ name, kind, layer, why, tamperingOf }) => ({
    id: `${backend}/${name}`,
    kind,
    cell: `${model}/${backend}/node`,
    tampering: tamperingOf(backend, layer),
    layer,
    mode: "fed",
    why,
  }));
}
