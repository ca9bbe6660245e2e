import { writeSync } from "node:fs";

/**
 * All of a text to an open file, such as what standard output was redirected to: Node's own stream takes the first
 * part that fits for the whole.
 * @throws what the system says where the file does not take all of it
 */
export function writeDescriptor(descriptor: number, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0;) rest = rest.subarray(writeSync(descriptor, rest));
}
