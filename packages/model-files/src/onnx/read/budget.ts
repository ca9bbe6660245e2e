import { ModelFileError } from "../../error.ts";

/** What a number takes in a list: lists hold lengths that are not known, too. */
const INTEGER_BYTES = 16;

/** Memory that the constants of one graph may take, all uses together, asked for before it is taken. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** @throws ModelFileError where there is no more */
  spend(type: "floats" | "integers", values: number) {
    this.#left -= values * (type === "floats" ? Float32Array.BYTES_PER_ELEMENT : INTEGER_BYTES);
    if (this.#left < 0)
      throw new ModelFileError(
        "the constants of the graph take more memory than any MobileNet V1",
        "Check the file: its nodes use the same weights again and again",
      );
  }
}
