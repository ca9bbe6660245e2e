import { performance } from "node:perf_hooks";
import { stripVTControlCharacters } from "node:util";

const EVERY_MS = 5_000;

/**
 * Shows one step: a line when it begins, the latest line of its output while it goes on (on a terminal in place,
 * elsewhere now and then), and a line with the seconds when it ends.
 */
export class Progress {
  #out = process.stderr;
  #begin = performance.now();
  #last = this.#begin;
  /** Of all steps, which share the terminal's last line. */
  static #transient = false;
  #title;

  /** @param {string} title what is done, such as "Installing packages" */
  constructor(title) {
    this.#title = title;
    this.#out.write(`${title} …\n`);
  }

  /** A line of the step's output. */
  update(/** @type {string} */ line) {
    const text = stripVTControlCharacters(line).replace(/\s+/g, " ").trim();
    if (!/\w/.test(text)) return;
    if (this.#out.isTTY) {
      this.#clear();
      this.#out.write(`  ${text.slice(0, Math.max(20, (this.#out.columns || 80) - 4))}`);
      Progress.#transient = true;
    } else if (performance.now() - this.#last > EVERY_MS) {
      this.#last = performance.now();
      this.#out.write(`  ${text.slice(0, 110)}\n`);
    }
  }

  done(/** @type {string} */ remark = "done") {
    this.#end("✓", remark);
  }

  failed(/** @type {string} */ remark = "failed") {
    this.#end("✗", remark);
  }

  #end(/** @type {string} */ mark, /** @type {string} */ remark) {
    this.#clear();
    const seconds = ((performance.now() - this.#begin) / 1000).toFixed(1);
    this.#out.write(`${mark} ${this.#title}: ${remark} (${seconds} s)\n`);
  }

  #clear() {
    if (Progress.#transient) this.#out.write("\r\u001b[2K");
    Progress.#transient = false;
  }
}
