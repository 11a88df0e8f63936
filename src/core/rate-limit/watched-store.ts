import type { BudgetStore, Draw, Grant } from './budget-store.js';

/** How long a store that failed is left alone, in milliseconds. */
const REST_MS = 1_000;

/** Who hears of outages. */
export interface OutageLog {
  warn(fields: object, message: string): void;
  info(message: string): void;
}

/** A store that fails is asked by one request a second, so that the others do not wait for it; its log has one line. */
export class WatchedStore implements BudgetStore {
  /** When the store may be asked again; undefined while it answers. */
  private restsUntil: number | undefined;

  constructor(
    private readonly store: BudgetStore,
    private readonly log: OutageLog,
  ) {}

  async draw(draw: Draw): Promise<Grant> {
    if (this.restsUntil !== undefined) {
      if (performance.now() < this.restsUntil) throw new Error('the store of rate limits rests');
      this.restsUntil = performance.now() + REST_MS;
    }
    try {
      const grant = await this.store.draw(draw);
      if (this.restsUntil !== undefined) this.log.info('requests are counted again');
      this.restsUntil = undefined;
      return grant;
    } catch (error) {
      if (this.restsUntil === undefined) {
        const message =
          'the store of rate limits does not answer: callers are not counted, logins are refused';
        this.log.warn({ error: (error as Error).message }, message);
      }
      this.restsUntil = performance.now() + REST_MS;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
