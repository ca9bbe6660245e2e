import type { Page } from "puppeteer";

/** Pictures are compared by the means of squares of so many pixels: how edges of letters are smoothed is not seen in them. */
const SQUARE = 4;
/** Of 255, by how much a mean may be off in any colour. */
const TOLERANCE = 24;

/**
 * How much of two pictures differs, from 0 to 1, where either is larger than the other that part as well. Decoded by the browser of
 * the page, which may be an empty one.
 * @param one WebP
 * @param other WebP
 */
export async function pictureDifference(page: Page, one: Uint8Array, other: Uint8Array): Promise<number> {
  const texts = [one, other].map((bytes) => Buffer.from(bytes).toString("base64"));
  return page.evaluate(
    async (pictures, square, tolerance) => {
      const [a, b] = await Promise.all(
        pictures.map(async (text) => {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
          const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/webp" }));
          const [width, height] = [Math.ceil(bitmap.width / square), Math.ceil(bitmap.height / square)];
          const context = new OffscreenCanvas(width, height).getContext("2d");
          if (!context) throw new Error("The browser has no canvas.");
          context.imageSmoothingQuality = "high";
          context.drawImage(bitmap, 0, 0, width, height);
          return context.getImageData(0, 0, width, height);
        }),
      );
      if (!a || !b) throw new Error("Two pictures were expected.");
      const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
      let same = 0;
      for (let y = 0; y < Math.min(a.height, b.height); y++)
        for (let x = 0; x < Math.min(a.width, b.width); x++) {
          const [i, j] = [4 * (y * a.width + x), 4 * (y * b.width + x)];
          const off = [0, 1, 2].map((colour) =>
            Math.abs((a.data[i + colour] ?? 0) - (b.data[j + colour] ?? 0)),
          );
          if (Math.max(...off) <= tolerance) same++;
        }
      return 1 - same / (width * height);
    },
    texts,
    SQUARE,
    TOLERANCE,
  );
}
