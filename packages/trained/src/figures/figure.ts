import type { Uniform } from "@mobilenet-bench/spec";

/**
 * The signed distance to an outline, negative inside; exact near the outline or almost so. The figure lies in the
 * unit circle, y pointing down.
 */
export type Distance = (x: number, y: number) => number;

/** One class of pictures: a figure whose proportions are drawn at random. */
export interface Figure {
  readonly make: (next: Uniform) => Distance;
  /** Whether it may be drawn as a line along its outline: not where that would be a figure of another class. */
  readonly outline: boolean;
}

export type Point = readonly [x: number, y: number];

export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

export function disc(centreX: number, centreY: number, radius: number): Distance {
  return (x, y) => length(x - centreX, y - centreY) - radius;
}

/** An upright rectangle around the origin. */
export function box(halfWidth: number, halfHeight: number): Distance {
  return (x, y) => {
    const dx = Math.abs(x) - halfWidth;
    const dy = Math.abs(y) - halfHeight;
    return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
  };
}

export function union(...parts: readonly Distance[]): Distance {
  return (x, y) => parts.reduce((nearest, part) => Math.min(nearest, part(x, y)), Infinity);
}

export function intersection(a: Distance, b: Distance): Distance {
  return (x, y) => Math.max(a(x, y), b(x, y));
}

/** A line of the given thickness along the inside of the outline. */
export function outlineOf(figure: Distance, thickness: number): Distance {
  return (x, y) => Math.abs(figure(x, y) + thickness / 2) - thickness / 2;
}

/** The distance from a point to the line between two others. */
export function segmentDistance(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = bx - ax;
  const dy = by - ay;
  const t = clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0, 1);
  return length(x - ax - t * dx, y - ay - t * dy);
}

/** A closed polygon without crossings; a point is inside where a ray from it meets an odd number of edges. */
export function polygon(vertices: readonly Point[]): Distance {
  const edges = vertices.map((vertex, i) => [vertex, vertices[(i + 1) % vertices.length] ?? vertex] as const);
  return (x, y) => {
    let nearest = Infinity;
    let inside = false;
    for (const [a, b] of edges) {
      nearest = Math.min(nearest, segmentDistance(x, y, a, b));
      if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
    }
    return inside ? -nearest : nearest;
  };
}

/** The corners of a regular polygon, turned step by step with an angle whose cosine and sine are given. */
export function corners(count: number, [cosine, sine]: Point): readonly Point[] {
  const points: Point[] = [];
  let [x, y] = [0, -1];
  for (let i = 0; i < count; i++) {
    points.push([x, y]);
    [x, y] = [x * cosine - y * sine, x * sine + y * cosine];
  }
  return points;
}
