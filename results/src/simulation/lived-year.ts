import type { History } from "../history/history.ts";
import type { SimulatedAlert } from "./year-outcome.ts";

/** An alert with the nights whose builds were compared. */
export interface RaisedAlert extends SimulatedAlert {
  readonly base: number;
  readonly candidate: number;
}

/** What the nights of a year came to, one after the other. */
export interface LivedYear {
  readonly history: History;
  readonly alerts: readonly RaisedAlert[];
  readonly nominated: number;
  readonly nominatedFalsely: number;
  /** By night, the cells that were told to have vanished. */
  readonly vanished: readonly { readonly night: number; readonly cell: string }[];
}
