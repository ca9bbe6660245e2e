import type { Request } from "../jobs.ts";
import type { PageFacts, Purpose } from "../page-messages.ts";

/** What whoever watches the page sees. It changes only between jobs, so that painting is no part of a measurement. */
export interface View {
  begin(purpose: Purpose, facts: PageFacts): void;
  /** A job that begins; resolves when that is painted. */
  working(request: Request): Promise<void>;
  failed(message: string): void;
}

/** A page that is not painted (in a window that is hidden) shall not wait for its paint. */
const PAINT_TIMEOUT_MS = 100;

/**
 * The view in the elements of the page.
 * @throws Error where the document lacks one
 */
export function createView(document: Document): View {
  const cell = find(document, "cell");
  const state = find(document, "state");
  const details = find(document, "details");
  const bar = find(document, "progress");
  let blocks = 0;
  let started = 0;

  const show = (done: number, text: string) => {
    state.textContent = text;
    bar.setAttribute("value", String(done));
  };
  return {
    begin(purpose, facts) {
      const [model = purpose.cell] = purpose.cell.split("/");
      blocks = purpose.blocks;
      cell.textContent = purpose.cell;
      document.title = `${purpose.backend} · mobilenet-bench`;
      bar.setAttribute("max", String(Math.max(1, blocks)));
      details.replaceChildren(
        ...row(document, "model", model),
        ...row(document, "backend", purpose.backend),
        ...row(document, "processors", String(facts.hardwareConcurrency)),
        ...row(document, "timer", `${facts.timerResolutionUs} µs`),
        ...row(document, "isolated", facts.crossOriginIsolated ? "yes" : "no"),
      );
      show(0, "Ready");
    },
    working(request) {
      if (request.job === "block") started++;
      const done = request.job === "block" ? started - 1 : started;
      show(done, describe(request, started, blocks));
      return painted();
    },
    failed(message) {
      state.textContent = `Stopped: ${message}`;
    },
  };
}

function describe({ job }: Request, block: number, blocks: number): string {
  switch (job) {
    case "prepare":
      return "Making weights";
    case "open":
      return "Loading the model";
    case "check":
      return "Checking against the reference";
    case "warmUp":
      return "Warming up";
    case "block":
      return blocks > 0 ? `Round ${block} of ${blocks}` : `Round ${block}`;
    case "infer":
      return "Classifying pictures";
    case "recheck":
      return "Checking the result";
    case "unseen":
      return "Trying other images";
    case "layers":
      return "Timing each layer";
    case "close":
      return "Done";
  }
}

function row(document: Document, name: string, value: string): HTMLElement[] {
  const term = document.createElement("dt");
  const definition = document.createElement("dd");
  term.textContent = name;
  definition.textContent = value;
  return [term, definition];
}

function find(document: Document, id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`[runner] the page has no element "${id}". This is a bug; please report it.`);
  return element;
}

/** Resolves after the next frame. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    setTimeout(resolve, PAINT_TIMEOUT_MS);
    // The frame is painted after its callbacks, and tasks come after the paint.
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
