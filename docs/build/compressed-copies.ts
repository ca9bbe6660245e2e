import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** What shrinks, and what it is called; of a copy, its own name would not tell. */
const TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain; charset=utf-8"],
]);

/** A content coding of HTTP. */
interface Encoding {
  readonly name: string;
  readonly compress: (content: Buffer) => Promise<Buffer>;
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
/** The best first, each at the effort that hosts take while a reader waits. */
const ENCODINGS: readonly Encoding[] = [
  {
    name: "br",
    compress: (content) => brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  },
  { name: "gzip", compress: (content) => gzipped(content) },
];

/** A file as it is sent. */
export interface CompressedCopy {
  /** In the folder of the copies. */
  readonly name: string;
  readonly type: string;
  readonly encoding: string;
}

/** Compressed copies of files, each made when it is first asked for, in a folder of their own. */
export class CompressedCopies {
  readonly folder: string;
  readonly #made = new Map<string, Promise<string>>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async begin(): Promise<CompressedCopies> {
    return new CompressedCopies(await mkdtemp(join(tmpdir(), "mnb-site-copies-")));
  }

  /**
   * @param accepted the codings that the reader takes, as `Accept-Encoding` lists them
   * @returns undefined where the file goes as it is: there is none, it would not shrink, or no coding is taken
   */
  async of(file: string, accepted: string): Promise<CompressedCopy | undefined> {
    const type = TYPES.get(extname(file));
    const encoding = ENCODINGS.find(({ name }) => accepts(accepted, name));
    if (type === undefined || encoding === undefined) return undefined;
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || !found.isFile()) return undefined;
    const key = `${encoding.name} ${found.size} ${found.mtimeMs} ${file}`;
    const making = this.#made.get(key) ?? this.#make(file, encoding);
    this.#made.set(key, making);
    return { name: await making, type, encoding: encoding.name };
  }

  async end(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #make(file: string, { name, compress }: Encoding): Promise<string> {
    const copy = `${this.#made.size}.${name}`;
    await writeFile(join(this.folder, copy), await compress(await readFile(file)));
    return copy;
  }
}

/** RFC 9110, 12.5.3: those that are listed, but for a weight of 0. */
function accepts(accepted: string, encoding: string): boolean {
  return accepted.split(",").some((listed) => {
    const [coding, ...parameters] = listed.split(";").map((word) => word.trim().toLowerCase());
    return coding === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
