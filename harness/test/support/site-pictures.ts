import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer";
import type { OpenSite } from "./open-site.ts";

/** What is kept as reviewed pictures: these pages of the runs of `fixture-runs.ts`. */
const PAGES = {
  overview: "",
  table: "table/",
  cell: "cell/mobilenet_v1_1.0_224/wasm/node/",
  choose: "choose/?budget=20&backend=ort-node,wasm,ts",
} as const;
const WIDTHS = [390, 1440] as const;
const SCHEMES = ["light", "dark"] as const;
/** Of a page its upper part: all kinds of parts are in it. In pixels. */
const MOST_HIGH = 1300;
/** The smallest at which letters can be read. */
const QUALITY = 45;

/** One kept picture. */
export interface SitePicture {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly scheme: (typeof SCHEMES)[number];
}

/** All that are kept, by name. */
export const SITE_PICTURES: readonly SitePicture[] = Object.entries(PAGES).flatMap(([page, path]) =>
  WIDTHS.flatMap((width) =>
    SCHEMES.map((scheme) => ({ name: `${page}-${width}-${scheme}`, path, width, scheme })),
  ),
);

/** When the site of the pictures says that it was built. */
export const PICTURED_AT = new Date("2026-11-23T00:00:00Z");

/** Where a picture is kept. */
export function pictureFile(name: string): string {
  return fileURLToPath(new URL(`../site-pictures/${name}.webp`, import.meta.url));
}

/** A picture as it is now, as WebP. */
export async function takePicture(site: OpenSite, { path, width, scheme }: SitePicture): Promise<Uint8Array> {
  const { page } = await site.look(path, { width, scheme });
  try {
    await setLetters(page);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    return await page.screenshot({
      type: "webp",
      quality: QUALITY,
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width, height: Math.min(height, MOST_HIGH) },
    });
  } finally {
    await page.close();
  }
}

const FACES = [
  { family: "Pictured", weight: "400", file: "@fontsource/inter/files/inter-latin-400-normal.woff2" },
  { family: "Pictured", weight: "600", file: "@fontsource/inter/files/inter-latin-600-normal.woff2" },
] as const;

/** Letters that are the same on all systems, put in by the debugger: the policy of the page stays. */
async function setLetters(page: Page): Promise<void> {
  const faces = await Promise.all(
    FACES.map(async ({ family, weight, file }) => {
      const bytes = await readFile(fileURLToPath(import.meta.resolve(file)));
      return { family, weight, bytes: bytes.toString("base64") };
    }),
  );
  await page.evaluate(async (all) => {
    for (const { family, weight, bytes } of all) {
      const buffer = Uint8Array.from(atob(bytes), (letter) => letter.codePointAt(0) ?? 0);
      document.fonts.add(await new FontFace(family, buffer, { weight }).load());
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:root { --letters: Pictured; --code: Pictured } svg { font-family: Pictured }`);
    document.adoptedStyleSheets = [sheet];
    await document.fonts.ready;
  }, faces);
}
