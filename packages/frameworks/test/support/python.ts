import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { installedPython, pythonEnv } from "../../setup/python.mjs";

const python = installedPython();
/** Where the set-up keeps what became of its last attempt. */
const RECORD = fileURLToPath(new URL("../../../../.mnb/setup/python.json", import.meta.url));

/** Why there is no Python with Keras and ONNX; undefined where there is. */
export const WITHOUT_PYTHON: string | undefined = python === undefined ? whyNot() : undefined;

function whyNot(): string {
  const record: { detail?: string } = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, "utf8")) : {};
  return record.detail ?? "Keras and ONNX for Python are not installed. Run npm test.";
}

/** Runs a script of the folder python. @throws Error with what it printed */
export async function runPython(script: string, args: readonly string[]): Promise<void> {
  if (python === undefined) throw new Error(WITHOUT_PYTHON);
  const path = fileURLToPath(new URL(`../../python/${script}`, import.meta.url));
  await execa(python, [path, ...args], {
    stdin: "ignore",
    env: pythonEnv(),
  });
}

/** A file of raw float32 numbers, the low byte first. */
export function readFloats(path: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
