/**
 * A part that can be left out: a native library that has to be built, a browser that has to be downloaded.
 *
 * `module` is imported on the program's Node, from the harness's own dependencies, and its function
 * `install(say)` is called: it says what it does line by line, resolves to what there is now ("libtensorflow 2.9.1"),
 * and rejects with an Error whose message is the reason. It must be safe to call when the part is there already.
 *
 * @typedef {object} OptionalStep
 * @property {string} name of its record, its log and in messages: `tfjs-node`
 * @property {string} title what is done: "Installing the native library of tfjs-node"
 * @property {string} module such as `@mobilenet-bench/backend-tfjs/install`
 * @property {string} install the name of the function it exports
 * @property {string} lost what cannot be had without it: "the backend tfjs-node"
 * @property {string} remedy what a user can do, in a sentence
 * @property {number} [timeoutMs] ten minutes unless said
 * @property {boolean} [testsOnly] whether nothing but tests needs it, so that `npm start` does without
 * @property {boolean} [unbuilt] whether its module needs nothing that is built: it is installed while the build goes on
 */

/** @type {readonly OptionalStep[]} */
export const optionalSteps = [
  {
    name: "chrome",
    title: "Installing a browser",
    module: "../dist/target/chrome/install.js",
    install: "installBrowser",
    lost: "the target chrome",
    remedy: "Install Chrome, Chromium or Edge, or name its executable in MNB_BROWSER.",
  },
  {
    name: "webgpu",
    title: "Looking for a WebGPU adapter",
    module: "@mobilenet-bench/backend-webgpu/install",
    install: "install",
    lost: "the backend webgpu in Node",
    remedy: "Run ./mnb doctor to see what is missing.",
  },
  {
    name: "tfjs-node",
    title: "Installing the native library of tfjs-node",
    module: "@mobilenet-bench/backend-tfjs/install",
    install: "install",
    lost: "the backend tfjs-node",
    remedy: "Run ./mnb doctor --fix to try again, or use tfjs-wasm.",
  },
  {
    name: "python",
    title: "Installing Keras and ONNX for Python",
    module: "../../packages/frameworks/setup/python.mjs",
    install: "install",
    lost: "the tests on models made by Keras",
    remedy: "Install Python 3.10 to 3.12 with its venv module, then run ./mnb doctor --fix.",
    testsOnly: true,
    unbuilt: true,
  },
];
