/** What a draw was given. */
export interface Grant {
  /** Requests that the process may admit; less than it asked for when the budget is at its end. */
  granted: number;
  /** What the budget still has for everybody. */
  left: number;
  /** Milliseconds until the window ends, by the clock of the store. */
  resetMs: number;
}

/** What is drawn. */
export interface Draw {
  key: string;
  /** At least 1. */
  points: number;
  /** Requests in a window. */
  limit: number;
  windowMs: number;
}

/**
 * Where processes that serve one database count together. A window begins with its first draw and is measured by the
 * store's clock alone; all draws of a window together are given the limit and no more.
 */
export interface BudgetStore {
  draw(draw: Draw): Promise<Grant>;
  close(): Promise<void>;
}

/** How long an answer of a store is waited for, in milliseconds. */
export const PATIENCE_MS = 1_000;
