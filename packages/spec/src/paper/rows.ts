import type { PaperRow } from "./figure.ts";
import { TABLE_1 } from "./table-1.ts";
import { TABLE_2 } from "./table-2.ts";
import { TABLE_3 } from "./table-3.ts";
import { TABLES_4_TO_10 } from "./tables-4-to-10.ts";

/** MobileNets, arXiv 1704.04861: every row of the tables that state the network and its cost. */
export const PAPER_ROWS: readonly PaperRow[] = [...TABLE_1, ...TABLE_2, ...TABLE_3, ...TABLES_4_TO_10];
