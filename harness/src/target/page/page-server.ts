import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import send from "send";
import { WebSocketServer, type WebSocket } from "ws";

// The built page, seen from the source and from what is built of it.
const FILES = fileURLToPath(new URL("../../../dist/page", import.meta.url));
const ENTRY = "page.html";
const SOCKET_PATH = "/runner";
const INVITATION_MS = 60_000;
/** A browser on this machine takes milliseconds to say what it wants. */
const REQUEST_MS = 5000;
/** Somebody who was refused, and does not go. */
const GOODBYE_MS = 1000;
/** A page takes what it asked for at once; whoever takes nothing for so long keeps a file open for nothing. */
const STALL_MS = 30_000;
/** Far above what the pages of a run open; each costs a file descriptor, of which this process has no more than others. */
const MAX_CONNECTIONS = 256;
/** Far above the largest message, a full check with every layer. */
const MAX_MESSAGE_BYTES = 4 << 20;

/** Serves the runner's page on loopback, and takes the socket of every page that was invited. */
export interface PageServer {
  readonly origin: string;
  /** An address for one page: it opens one socket, once, within a minute. */
  readonly invite: () => Invitation;
  close(): Promise<void>;
}

interface Invitation {
  readonly url: string;
  /** Resolves when the page has come; pends for ever where it does not. */
  readonly socket: Promise<WebSocket>;
  readonly withdraw: () => void;
}

/**
 * @param folder the files to serve, listed once: no other path in a request reaches the file system
 * @param stallMs how long a connection may stand still that is no page's socket
 */
export async function startPageServer(folder = FILES, stallMs = STALL_MS): Promise<PageServer> {
  if (!existsSync(join(folder, ENTRY)))
    throw new Error(`[harness] the runner's page is not built: no ${ENTRY} in ${folder}. Run npm run build.`);
  const server = createServer({
    headersTimeout: REQUEST_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: REQUEST_MS / 5,
  });
  server.timeout = stallMs;
  server.maxConnections = MAX_CONNECTIONS;
  const origin = await listen(server);
  const { host } = new URL(origin);
  const files = new Set(filesIn(folder));
  server.on("request", (request, response) => {
    // Other names for this address are other sites' attempts to be of the same origin.
    if (request.headers.host !== host) return void response.writeHead(421).end();
    for (const [name, value] of headers(host)) response.setHeader(name, value);
    const [path = ""] = (request.url ?? "").split("?");
    if (!files.has(path)) return void response.writeHead(404).end();
    // A file that is gone, a range that is none, somebody who leaves in the middle: answered or closed in there.
    send(request, path, { root: folder, etag: false, cacheControl: false }).pipe(response);
  });

  // What a stranger's connection breaks is theirs; a page that does not come has its own deadline.
  server.on("error", ignore);

  const invited = new Map<string, (socket: WebSocket) => void>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on("upgrade", (request, connection, head) => {
    // From here on the server looks after it no more, and an error that nobody hears ends the process.
    connection.on("error", ignore);
    const token = request.headers["sec-websocket-protocol"] ?? "";
    const welcome = invited.get(token);
    if (!welcome || request.url !== SOCKET_PATH || !isFrom(request, origin)) {
      connection.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      setTimeout(() => connection.destroy(), GOODBYE_MS).unref();
      return;
    }
    invited.delete(token);
    sockets.handleUpgrade(request, connection, head, welcome);
  });

  return {
    origin,
    invite() {
      const token = randomBytes(32).toString("base64url");
      const { promise, resolve } = Promise.withResolvers<WebSocket>();
      const withdraw = () => {
        clearTimeout(expiry);
        invited.delete(token);
      };
      const expiry = setTimeout(withdraw, INVITATION_MS).unref();
      invited.set(token, (socket) => {
        clearTimeout(expiry);
        // It may break before the page's runner listens; that it has closed is seen then.
        socket.on("error", ignore);
        resolve(socket);
      });
      // A fragment stays in the page: it is in no request and no log.
      return { url: `${origin}/${ENTRY}#${token}`, socket: promise, withdraw };
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function ignore() {}

/** As requests name them. */
function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll(sep, "/"));
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("no address"));
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function isFrom({ headers }: IncomingMessage, origin: string): boolean {
  return headers.origin === origin && headers.host === new URL(origin).host;
}

/** Isolation brings shared memory and the finest timer; the policy lets nothing be fetched from elsewhere. */
function headers(host: string): [name: string, value: string][] {
  const policy = [
    "default-src 'none'",
    // TensorFlow.js starts its threads from blobs.
    "script-src 'self' blob: 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    `connect-src 'self' blob: ws://${host}`,
    "style-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return [
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Embedder-Policy", "require-corp"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["Content-Security-Policy", policy.join("; ")],
    ["X-Content-Type-Options", "nosniff"],
    ["Referrer-Policy", "no-referrer"],
    // Every page loads what it needs afresh, as its cold start says.
    ["Cache-Control", "no-store"],
  ];
}
