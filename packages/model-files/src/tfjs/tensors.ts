import type { Tensor } from "@mobilenet-bench/spec";
import { ModelFileError } from "../error.ts";
import { quote } from "../quote.ts";

/** @param user what the tensor belongs to, for the message. @throws ModelFileError where its rank is another one */
export function tensorOfRank(tensor: Tensor, rank: number, user: string): Tensor {
  if (tensor.shape.length === rank) return tensor;
  throw new ModelFileError(
    `a weight of ${quote(user)} has the shape [${tensor.shape.slice(0, 8).join(", ")}], not one of ${rank} axes`,
    "The weights are those of another model: convert the model again",
  );
}

/** The values of a tensor with one per channel. @throws ModelFileError where there is another number of them */
export function vector(tensor: Tensor, channels: number, user: string): Float32Array {
  if (tensor.shape.length === 1 && tensor.data.length === channels) return tensor.data;
  throw new ModelFileError(
    `a weight of ${quote(user)} has the shape [${tensor.shape.slice(0, 8).join(", ")}], not [${channels}]`,
    "The weights are those of another model: convert the model again",
  );
}
