import { layerRows, leftOutOf, rooflineOf, type Environment, type OkCell } from "@mobilenet-bench/results";
import { blockDistribution } from "../charts/block-distribution.ts";
import { blocksInTime } from "../charts/blocks-in-time.ts";
import { coldStart } from "../charts/cold-start.ts";
import { layerBars } from "../charts/layer-bars.ts";
import { roofline } from "../charts/roofline.ts";
import { Command } from "../parts/command.tsx";
import { Figure } from "../parts/figure.tsx";
import { profileCommand } from "../state/commands.ts";

interface CellFiguresProps {
  readonly cell: OkCell;
  readonly environment: Environment;
  /** Of ids in the page. */
  readonly prefix: string;
}

/** Blocks, layers and the cold start of a cell. */
export function CellFigures({ cell, environment, prefix }: CellFiguresProps) {
  const layers = layerRows(cell, environment);
  const leftOut = leftOutOf(cell.blocks);
  const points = rooflineOf(cell, environment);
  return (
    <>
      <h3>Blocks</h3>
      <p>
        {cell.latency.blocks} of {cell.blocks.length} blocks count, {cell.latency.inferences} inferences in
        all.
        {leftOut.map(({ rule, blocks }) => ` ${blocks} left out: ${rule}.`)}
      </p>
      <Figure id={`${prefix}blocks`} draw={blocksInTime} data={{ cell }} />
      <Figure id={`${prefix}distribution`} draw={blockDistribution} data={{ cell }} />
      <h3>Layers</h3>
      {layers.length === 0 ? (
        <p class="empty-state">
          This run has no time for each layer: it was made without a profile, or {cell.backend} cannot tell
          one. To try: <Command command={profileCommand(cell)} />
        </p>
      ) : (
        <>
          <Figure id={`${prefix}layers`} draw={layerBars} data={{ cell, layers }} />
          <details>
            <summary>The same, the slowest first</summary>
            <Figure id={`${prefix}layers-by-time`} draw={layerBars} data={{ cell, layers, order: "time" }} />
          </details>
          <h3>Roofline</h3>
          <Figure id={`${prefix}roofline`} draw={roofline} data={{ ...points, cell }} />
          {points.notPlaced.length > 0 && (
            <p>Without a place in it, for want of mult-adds or of time: {points.notPlaced.join(", ")}.</p>
          )}
        </>
      )}
      <h3>Cold start</h3>
      <Figure id={`${prefix}cold-start`} draw={coldStart} data={{ cells: [cell] }} />
    </>
  );
}
