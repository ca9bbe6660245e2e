/** A square part of a picture, in pixels. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** The central square whose side is `fraction` of the shorter side, rounded, but at least one pixel. */
export function centralSquare(width: number, height: number, fraction: number): Square {
  const side = Math.max(1, Math.round(Math.min(width, height) * fraction));
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}
