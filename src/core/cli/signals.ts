/** npm passes a Ctrl-C on to a program that has had it from the terminal: what comes within this time is the same one. */
const SAME_MS = 1_500;

/**
 * Calls `stop` on the first Ctrl-C or termination, and `force` when a person asks again.
 * @param stop receives the signal; it ends the process when everything is closed
 */
export function onStopSignals(stop: (signal: 'SIGINT' | 'SIGTERM') => void, force: () => void): void {
  let askedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (askedAt === undefined) {
        askedAt = performance.now();
        stop(signal);
      } else if (performance.now() - askedAt > SAME_MS) force();
    });
  }
}
