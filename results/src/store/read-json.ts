import { readText, TooLargeError } from "@mobilenet-bench/files";
import { otherKindOfLines } from "./other-kind.ts";
import { StoreError, TornFileError } from "./store-error.ts";

/** A run of twenty thousand cells has about 100 MiB. */
const MAX_BYTES = 384 * 2 ** 20;
/** Run files are some ten levels deep; what a backend says of itself adds a few. */
const MAX_DEPTH = 64;

/**
 * The JSON in a file, which anybody may have made: read up to a size, and parsed up to a depth that no recursion
 * breaks on.
 * @throws StoreError where it cannot be read, is too large, is torn or goes too deep
 */
export async function readJson(path: string): Promise<{ readonly text: string; readonly json: unknown }> {
  const text = await readText(path, MAX_BYTES).catch((cause: unknown) => {
    if (cause instanceof TooLargeError)
      throw new StoreError(
        `${path} is no run file: it has more than ${MAX_BYTES / 2 ** 20} MiB. Give a file that mnb run wrote.`,
        { cause },
      );
    throw new StoreError(`${path} cannot be read (${errorCode(cause)}). Check the path.`, { cause });
  });
  if (isDeeperThan(MAX_DEPTH, text))
    throw new StoreError(
      `${path} is no run file: it goes more than ${MAX_DEPTH} levels deep. Give a file that mnb run wrote.`,
    );
  try {
    return { text, json: JSON.parse(text) };
  } catch (cause) {
    const other = otherKindOfLines(path, text);
    if (other !== undefined) throw new StoreError(other, { cause });
    throw new TornFileError(
      `${path} is torn or no JSON (${text.length} characters). It was left as it is; restore it or run mnb run again.`,
      { cause },
    );
  }
}

const QUOTE = codeOf('"');
const ESCAPE = codeOf("\\");
const LIST = codeOf("[");
const LIST_END = codeOf("]");
const OBJECT = codeOf("{");
const OBJECT_END = codeOf("}");

/** Whether brackets nest deeper; those within strings do not count. */
function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === LIST || code === OBJECT) {
      if (++depth > limit) return true;
    } else if (code === LIST_END || code === OBJECT_END) depth--;
  }
  return false;
}

/** Where the quote is that ends it; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === ESCAPE) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

function codeOf(char: string): number {
  return char.charCodeAt(0);
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
