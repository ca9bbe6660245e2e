import { CHANNEL_UNIT, rowBytes } from "../layout/layout.ts";
import { panelCount } from "../layout/panels.ts";
import { blocks, shareOf, split } from "../layout/split.ts";
import { F32 } from "../layout/units.ts";
import { at } from "../list.ts";
import type { Group, Plan, Step } from "./plan.ts";
import type { Routine } from "./routine.ts";

/** One thread's part of every group and of every layer alone. */
export interface Executor {
  group(index: number): void;
  /** Without fusion: the whole plane of a depthwise output is written. */
  layer(index: number): void;
}

/**
 * @param routines the plan's, by index, on the one memory
 * @param wait the barrier, for layers that follow one another within a group but are split by channels
 */
export function createExecutor(
  plan: Plan,
  routines: readonly Routine[],
  thread: number,
  wait: () => void,
): Executor {
  const { threads, zeros } = plan;

  /** This thread's output rows of a step. */
  const rowsOf = ({ split, output }: Step) =>
    split === "rows"
      ? shareOf(output.layout.height, threads, thread)
      : { first: 0, count: output.layout.height };

  /** This thread's panels: how many to skip, how many of the full ones and of the narrow one. */
  const panelsOf = ({ split, panels }: Step) => {
    const total = panelCount(panels);
    const { first, count } =
      split === "channels" ? shareOf(total, threads, thread) : { first: 0, count: total };
    const full = Math.max(0, Math.min(first + count, panels.full) - first);
    return { first, full, narrow: count - full };
  };

  /** This thread's channels, in bytes from the first. */
  const channelsOf = ({ split, output, channels }: Step) => {
    const groups = (Math.ceil(output.layout.channels / CHANNEL_UNIT) * CHANNEL_UNIT) / channels;
    const { first, count } =
      split === "channels" ? shareOf(groups, threads, thread) : { first: 0, count: groups };
    return { begin: first * channels * F32, end: (first + count) * channels * F32 };
  };

  const depthwise = (step: Step, first: number, rows: number, output: number) => {
    const { begin, end } = channelsOf(step);
    if (rows === 0 || begin === end) return;
    at(routines, step.routine)(step.input.address, zeros, step.weights, output, first, rows, begin, end);
  };

  const pointwise = (step: Step, first: number, rows: number, input: number) => {
    const { layout } = step.output;
    const { large, small } = blocks(rows * layout.width, step.pixels) ?? unplanned(step);
    const { first: panel, full, narrow } = panelsOf(step);
    const ahead = panel * step.channels * F32;
    at(routines, step.routine)(
      input,
      step.weights + ahead * step.depth,
      step.bias + ahead,
      step.output.address + first * rowBytes(layout) + ahead,
      large,
      small,
      full,
      narrow,
    );
  };

  const convolution = (step: Step) => {
    const { first, count } = rowsOf(step);
    const { first: panel, full, narrow } = panelsOf(step);
    const ahead = panel * step.channels * F32;
    at(routines, step.routine)(
      step.input.address,
      zeros,
      step.weights + ahead * step.depth,
      step.bias + ahead,
      step.output.address + first * rowBytes(step.output.layout) + ahead,
      first,
      count,
      full,
      narrow,
    );
  };

  const layer = (index: number) => {
    const step = at(plan.steps, index);
    const { first, count } = rowsOf(step);
    switch (step.op) {
      case "convolution":
        return convolution(step);
      case "depthwise":
        return depthwise(step, first, count, step.output.address + first * rowBytes(step.output.layout));
      case "pointwise":
      case "dense":
        return pointwise(step, first, count, step.input.address + first * rowBytes(step.input.layout));
      case "pool": {
        const { begin, end } = channelsOf(step);
        if (begin < end) at(routines, step.routine)(step.input.address, step.output.address, begin, end);
      }
    }
  };

  /** A band of depthwise rows and, while it is in the cache, the pointwise layer on it. */
  const pair = ({ first: index, bandRows, bandBytes }: Group) => {
    const [producer, consumer] = [at(plan.steps, index), at(plan.steps, index + 1)];
    if (producer.split === "channels") {
      layer(index);
      wait();
      layer(index + 1);
      return;
    }
    const band = producer.output.address + thread * bandBytes;
    const { first: start, count } = rowsOf(producer);
    let first = start;
    for (const rows of count > 0 ? split(count, bandRows) : []) {
      depthwise(producer, first, rows, band);
      pointwise(consumer, first, rows, band);
      first += rows;
    }
  };

  return {
    layer,
    group(index) {
      const group = at(plan.groups, index);
      if (group.count === 2) pair(group);
      else layer(group.first);
    },
  };
}

function unplanned({ name, pixels }: Step): never {
  throw new RangeError(`[backend-wasm] ${name} is not planned for blocks of ${pixels} pixels. Report a bug.`);
}
