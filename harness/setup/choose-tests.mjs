import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { workspaceFolders } from "./stamp.mjs";

/** The package of the tests that need Python with Keras, and what those import. */
const PYTHON = { folder: "frameworks", imported: "support/python" };

/** How the files of long proofs end, which run only where they are asked for. */
const LONG = ".nightly.test.ts";

/**
 * @typedef {object} TestFile
 * @property {string} folder of its package, relative to the root
 * @property {string} path relative to that
 * @property {string} text
 *
 * @typedef {object} ChosenPackage
 * @property {string} folder
 * @property {readonly string[]} words for Vitest: files, and `-t` with the name of tests; none for the whole package
 *
 * @typedef {object} Choice what of the tests is to run
 * @property {readonly ChosenPackage[]} packages
 * @property {boolean} python whether any of it needs Python
 * @property {boolean} nightly whether long proofs are among it
 * @property {number} left files of long proofs that are left to the nightly run
 */

/**
 * The tests that filters choose, each a package (`harness`, `@mobilenet-bench/spec`, `packages/spec`), a part of a test
 * file's path (`report`, `test/cli.test.ts`), or a part of tests' names. Beside packages, paths choose among their files;
 * one that fits none of these adds the files elsewhere that it fits. Long proofs are left out unless they are asked for:
 * with all others, or by filters that name their files or tests, or nothing else.
 *
 * @param {readonly string[]} filters
 * @param {readonly TestFile[]} files all there are
 * @param {{ nightly?: boolean }} [options] `nightly`: with long proofs
 * @returns {Choice | { unknown: string }} `unknown`: a filter that fits nothing
 */
export function chooseTests(filters, files, { nightly: everything = false } = {}) {
  const inPackages = filters.filter((filter) => files.some((file) => isOf(file, filter)));
  const own = files.filter((file) => inPackages.length === 0 || inPackages.some((one) => isOf(file, one)));
  const rest = filters.filter((filter) => !inPackages.includes(filter));
  const paths = rest.filter((filter) => own.some((file) => isAt(file, filter)));
  const narrowed = paths.length > 0 ? own.filter((file) => paths.some((path) => isAt(file, path))) : own;
  const elsewhere = rest.filter(
    (filter) => !paths.includes(filter) && files.some((file) => isAt(file, filter)),
  );
  const added = files.filter((file) => elsewhere.some((path) => isAt(file, path)));
  let chosen = [...narrowed, ...added];
  const names = rest.filter((filter) => !paths.includes(filter) && !elsewhere.includes(filter));
  const absent = names.find((name) => !chosen.some(({ text }) => text.includes(name)));
  if (absent !== undefined) return { unknown: absent };
  if (names.length > 0) chosen = chosen.filter(({ text }) => names.some((name) => text.includes(name)));
  const areNamed = rest.length > 0 ? chosen.some(isLong) : chosen.every(isLong);
  const nightly = everything || areNamed;
  const left = nightly ? 0 : chosen.filter(isLong).length;
  if (!nightly) chosen = chosen.filter((file) => !isLong(file));
  const nameWords = names.length > 0 ? ["-t", names.map(escapeForRegExp).join("|")] : [];
  const whole = paths.length + names.length === 0 ? new Set(own.map(({ folder }) => folder)) : new Set();
  return {
    packages: [...new Set(chosen.map(({ folder }) => folder))].map((folder) => {
      const paths = chosen.filter((file) => file.folder === folder).map(({ path }) => path);
      // Whole packages are run as ever, so that their cached results count.
      return { folder, words: whole.has(folder) ? [] : [...paths, ...nameWords] };
    }),
    python: chosen.some(needsPython),
    nightly,
    left,
  };
}

/** Every test file of the workspace. @returns {TestFile[]} */
export function testFiles(/** @type {string} */ root) {
  return workspaceFolders(root).flatMap((folder) =>
    readdirSync(join(root, folder, "test"), { recursive: true, encoding: "utf8" })
      .map((path) => `test/${path.replaceAll("\\", "/")}`)
      .filter((path) => path.endsWith(".test.ts"))
      .map((path) => ({ folder, path, text: readFileSync(join(root, folder, path), "utf8") })),
  );
}

const isLong = (/** @type {TestFile} */ { path }) => path.endsWith(LONG);

function isOf(/** @type {TestFile} */ { folder }, /** @type {string} */ filter) {
  const name = filter.replace(/^@mobilenet-bench\//, "").replace(/^\.?\/|\/$/g, "");
  return folder === name || basename(folder) === name;
}

function needsPython(/** @type {TestFile} */ { folder, text }) {
  return basename(folder) === PYTHON.folder && text.includes(PYTHON.imported);
}

function isAt(/** @type {TestFile} */ { folder, path }, /** @type {string} */ filter) {
  return `${folder}/${path}`.includes(filter.replace(/^\.\//, ""));
}

function escapeForRegExp(/** @type {string} */ text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
