import { parse } from "devalue";
import type { JobName, Request } from "../jobs.ts";
import { encode, type FromPage, type Purpose, type ToPage } from "../page-messages.ts";
import { PROTOCOL_VERSION } from "../protocol-version.ts";
import { gatherFacts } from "./facts.ts";
import { pageBytes } from "./page-bytes.ts";
import { createView } from "./view.ts";

/**
 * Makes this page a runner: jobs come over a socket from the server that served the page, a worker does them, and the
 * page shows what is going on. The address's fragment is the token that opens the socket, once; without one the page
 * waits. The page has elements with the ids `cell`, `state`, `details` and `progress`.
 * @param createWorker makes a worker that calls `startWorkerRunner`
 */
export function startPageRunner(createWorker: () => Worker): void {
  const token = location.hash.slice(1);
  const view = createView(document);
  let worker: Worker | undefined;
  let hidden = document.hidden;
  let job: JobName | undefined;
  document.addEventListener("visibilitychange", () => {
    hidden ||= document.hidden;
  });
  if (token === "") return;
  history.replaceState(null, "", location.pathname);
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/runner`, [token]);
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
    // From the server that the page itself came from.
    const message: ToPage = parse(data);
    receive(message);
  });
  socket.addEventListener("close", () => {
    worker?.terminate();
    view.failed("the harness has gone.");
  });

  function receive(message: ToPage) {
    switch (message.kind) {
      case "ping":
        return send({ kind: "pong" });
      case "begin":
        return void begin(message.purpose);
      case "job":
        return void work(message.request);
    }
  }

  async function begin(purpose: Purpose) {
    const facts = await gatherFacts(purpose.webGpu);
    worker = startWorker();
    view.begin(purpose, facts);
    send({ kind: "ready", protocol: PROTOCOL_VERSION, facts });
  }

  async function work(request: Request) {
    hidden = document.hidden;
    job = request.job;
    await view.working(request);
    worker?.postMessage(request);
  }

  function startWorker(): Worker {
    const started = createWorker();
    started.addEventListener("message", ({ data }: MessageEvent<unknown>) => void answer(data));
    started.addEventListener("messageerror", () => died("a message of the worker could not be read"));
    started.addEventListener("error", ({ message }) => died(message || "its worker did not start"));
    return started;
  }

  async function answer(reply: unknown) {
    const bytes = job === "recheck" ? await pageBytes(performance) : undefined;
    send({ kind: "reply", reply, hidden, ...(bytes !== undefined && { pageBytes: bytes }) });
  }

  function died(message: string) {
    view.failed(message);
    send({ kind: "died", message });
  }

  function send(message: FromPage) {
    socket.send(encode(message));
  }
}
