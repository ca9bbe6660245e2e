import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));
/** Of Python 3: what there are packages of the pinned TensorFlow for. */
const MINORS = [11, 12, 10];
const RANGE = "3.10 to 3.12";
const REMEDY = `Install Python ${RANGE} with its venv module, or name one in MNB_PYTHON; then run ./mnb doctor --fix.`;

/** Beside everything else that the clone keeps for itself. */
const home = fileURLToPath(new URL("../../../.mnb/python", import.meta.url));
const isWindows = process.platform === "win32";

/** What tells whether a Python will do, as JSON. `ensurepip` is what Debian leaves out of its `python3`. */
const PROBE = `
import importlib.util, json, sys
print(json.dumps({
    "version": sys.version_info[:3],
    "venv": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
    "wide": sys.maxsize > 2**32,
}))`;
/** Imports everything, since a library may be there and not run on this processor. */
const CHECK = `
import h5py, keras, onnx, tensorflow, tf2onnx, tf_keras
print(f"TensorFlow {tensorflow.__version__}, Keras {keras.__version__}, ONNX {onnx.__version__}")`;

/**
 * The interpreter that has Keras, the converter of TensorFlow.js and ONNX; undefined where they are not installed.
 *
 * @returns {string | undefined}
 */
export function installedPython(folder = home) {
  return readRecord(folder)?.requirements === requirementsHash() ? interpreterIn(folder) : undefined;
}

/** What Python is started with: no packages of the user's, compiled files in the folder of the rest. */
export function pythonEnv(folder = home) {
  return {
    ...process.env,
    PYTHONNOUSERSITE: "1",
    PYTHONPYCACHEPREFIX: join(folder, "cache"),
    // Compiling what TensorFlow imports takes twice as long as the import.
    PYTHONDONTWRITEBYTECODE: "",
    TF_CPP_MIN_LOG_LEVEL: "3",
  };
}

/**
 * Makes the environment that the tests with Keras run in: 1.2 GB, from PyPI, with the versions of
 * requirements.txt.
 *
 * @param {(line: string) => void} say
 * @param {string} [folder]
 * @returns {Promise<string>} what there is now
 * @throws Error whose message is the reason
 */
export async function install(say, folder = home) {
  const venvPython = interpreterIn(folder);
  if (installedPython(folder) !== undefined) {
    // The Python that it was made of can have gone since.
    if ((await run(venvPython, ["--version"])).ok) return readRecord(folder).versions;
    say("what was installed does not run any more: installing it again");
  }
  const python = await findPython(say);
  rmSync(folder, { recursive: true, force: true });
  await must(python, ["-m", "venv", folder], "the environment cannot be made", say);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  const exactly = ["--no-deps", "--no-compile", "--only-binary", ":all:", "--requirement", REQUIREMENTS];
  await must([venvPython], [...pip, ...exactly], "the packages cannot be had from PyPI", say);
  // Headers to build extensions with, a seventh of the whole.
  const [packages = ""] = (
    await run(venvPython, ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
  ).output;
  rmSync(join(packages.trim(), "tensorflow", "include"), { recursive: true, force: true });
  const versions = await must([venvPython], ["-c", CHECK], "what was installed does not run here", say);
  // Last of all: without it, what is here counts as nothing.
  writeFileSync(recordIn(folder), JSON.stringify({ requirements: requirementsHash(), versions }));
  return versions;
}

/**
 * The first Python that will do.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<readonly [file: string, ...args: string[]]>} the words that start it
 */
async function findPython(say) {
  /** @type {string[]} */
  const unfit = [];
  for (const words of candidates()) {
    const [file, ...args] = words;
    const { ok, output } = await run(file, [...args, "-c", PROBE]);
    if (!ok) continue;
    const { version, venv, wide } = JSON.parse(lastLine(output));
    const [major, minor] = version;
    const name = `${words.join(" ")} is Python ${version.join(".")}`;
    if (major !== 3 || !MINORS.includes(minor)) unfit.push(`${name}, not ${RANGE}`);
    else if (!wide) unfit.push(`${name} of 32 bits`);
    else if (!venv) unfit.push(`${name} without venv`);
    else {
      say(name);
      return words;
    }
  }
  throw new Error(`There is no fitting Python${unfit.map((one) => `; ${one}`).join("")}. ${REMEDY}`);
}

/** @returns {(readonly [file: string, ...args: string[]])[]} the usual names, the best first */
function candidates() {
  const { MNB_PYTHON } = process.env;
  if (MNB_PYTHON) return [[MNB_PYTHON]];
  /** @type {(readonly [string, ...string[]])[]} */
  const plain = [["python3"], ["python"]];
  if (isWindows) return [...MINORS.map((minor) => /** @type {const} */ (["py", `-3.${minor}`])), ...plain];
  return [
    ...MINORS.map((minor) => /** @type {const} */ ([`python3.${minor}`])),
    ...plain,
    ["/usr/bin/python3"],
  ];
}

/** Like {@link run}, with its output said. @throws Error with the last line of what it printed */
async function must(
  /** @type {readonly [string, ...string[]]} */ [file, ...first],
  /** @type {readonly string[]} */ args,
  /** @type {string} */ fact,
  /** @type {(line: string) => void} */ say,
) {
  const { ok, output } = await run(file, [...first, ...args], say);
  if (ok) return lastLine(output);
  throw new Error(`With Python, ${fact}: ${lastLine(output)}. ${REMEDY}`);
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {(line: string) => void} [say]
 * @returns {Promise<{ ok: boolean, output: string[] }>} `output`: all lines, of both streams
 */
function run(file, args, say) {
  /** @type {string[]} */
  const output = [];
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: pythonEnv(),
  });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      output.push(line);
      say?.(line.slice(0, 200));
    });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ ok: false, output: [error.message] }));
    child.once("close", (code) => resolve({ ok: code === 0, output }));
  });
}

function lastLine(/** @type {readonly string[]} */ output) {
  return output.findLast((line) => line.trim() !== "")?.trim() ?? "it says nothing";
}

/** What was installed; nothing where it was not, or not to its end. */
function readRecord(/** @type {string} */ folder) {
  try {
    return JSON.parse(readFileSync(recordIn(folder), "utf8"));
  } catch {
    return undefined;
  }
}

const recordIn = (/** @type {string} */ folder) => join(folder, "installed.json");
const interpreterIn = (/** @type {string} */ folder) =>
  isWindows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");

function requirementsHash() {
  return createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
}
