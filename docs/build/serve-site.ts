import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import send from "send";
import { CompressedCopies } from "./compressed-copies.ts";
import { SiteError } from "./site-error.ts";

/** A site that is being served. */
export interface ServedSite {
  /** Of its first page. */
  readonly url: string;
  close(): Promise<void>;
}

/** What is served, and where. */
export interface ServeOptions {
  /** A built site. */
  readonly folder: string;
  /** 0: any that is free. */
  readonly port: number;
  /** With both slashes: as a host might serve it under a path. */
  readonly base?: string;
}

/**
 * Serves a built site on this machine alone, as any static host would: its texts compressed, as far as the reader takes that.
 * @throws SiteError where there is no site, or the port is taken
 */
export async function serveSite({ folder, port, base = "/" }: ServeOptions): Promise<ServedSite> {
  const isSite = await stat(join(folder, "site.json")).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isSite) throw new SiteError(`There is no site in ${folder}. Build one with mnb site build.`);
  const copies = await CompressedCopies.begin();
  const server = createServer((request, response) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    const [path = ""] = (request.url ?? "").split("?");
    if (!path.startsWith(base)) {
      notFound(folder, response);
      return;
    }
    answer(request, response, { folder, path, inSite: path.slice(base.length - 1), copies }).catch(
      (error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  try {
    await listening(server, port);
  } catch (error) {
    await copies.end();
    throw error;
  }
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new SiteError("The server has no address. This is a bug; please report it.");
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await copies.end();
    },
  };
}

/** What is asked for. */
interface Asked {
  readonly folder: string;
  /** Of the address. */
  readonly path: string;
  /** The same from the root of the site, with its first slash. */
  readonly inSite: string;
  readonly copies: CompressedCopies;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, path, inSite, copies }: Asked,
): Promise<void> {
  const file = fileOf(folder, inSite);
  const { range, "accept-encoding": accepted = "" } = request.headers;
  // A range is one of the file, and not of a copy that the reader may have never seen.
  const copy = file === undefined || range !== undefined ? undefined : await copies.of(file, accepted);
  response.setHeader("Vary", "Accept-Encoding");
  if (copy !== undefined) {
    response.setHeader("Content-Type", copy.type);
    response.setHeader("Content-Encoding", copy.encoding);
  }
  const [sent, root] = copy === undefined ? [inSite, folder] : [`/${copy.name}`, copies.folder];
  send(request, sent, { root, dotfiles: "ignore", cacheControl: false })
    .on("error", () => notFound(folder, response))
    // A folder without its slash; its own words for that would lose the base.
    .on("directory", () => void response.writeHead(301, { Location: `${path}/` }).end())
    .pipe(response);
}

/** Where a path leads, if it is one that leads nowhere but into the site; whether a file is there is not told. */
function fileOf(folder: string, inSite: string): string | undefined {
  const names = namesOf(inSite.endsWith("/") ? `${inSite}index.html` : inSite);
  return names.every((name) => /^[^./\\][^/\\]*$/.test(name)) ? join(folder, ...names) : undefined;
}

function namesOf(path: string): string[] {
  try {
    return decodeURIComponent(path).split("/").slice(1);
  } catch {
    // Of no encoding: no file of the site has such a name.
    return [""];
  }
}

/** As hosts answer: the page for missing pages, and the status that says so. */
function notFound(folder: string, response: ServerResponse): void {
  // What breaks in the middle of a file cannot be answered any more.
  if (response.headersSent) return void response.destroy();
  response.removeHeader("Content-Encoding");
  response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" });
  createReadStream(join(folder, "404.html"))
    .on("error", () => response.end())
    .pipe(response);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new SiteError(`Port ${port} cannot be had (${cause.message}). Give another one with --port.`, {
          cause,
        }),
      ),
    );
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
