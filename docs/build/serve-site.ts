import { createReadStream } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import send from "send";
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
 * Serves a built site on this machine alone, as any static host would.
 * @throws SiteError where there is no site, or the port is taken
 */
export async function serveSite({ folder, port, base = "/" }: ServeOptions): Promise<ServedSite> {
  const isSite = await stat(join(folder, "site.json")).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isSite) throw new SiteError(`There is no site in ${folder}. Build one with mnb site build.`);
  const server = createServer((request, response) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    const [path = ""] = (request.url ?? "").split("?");
    if (!path.startsWith(base)) {
      notFound(folder, response);
      return;
    }
    send(request, path.slice(base.length - 1), { root: folder, dotfiles: "ignore", cacheControl: false })
      .on("error", () => notFound(folder, response))
      // A folder without its slash; its own words for that would lose the base.
      .on("directory", () => void response.writeHead(301, { Location: `${path}/` }).end())
      .pipe(response);
  });
  await listening(server, port);
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new SiteError("The server has no address. This is a bug; please report it.");
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As hosts answer: the page for missing pages, and the status that says so. */
function notFound(folder: string, response: ServerResponse): void {
  // What breaks in the middle of a file cannot be answered any more.
  if (response.headersSent) return void response.destroy();
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
