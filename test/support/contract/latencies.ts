/** How long requests took. */
export class Latencies {
  private readonly took: number[] = [];
  private slowest = { ms: 0, what: 'nothing' };

  add(what: string, ms: number): void {
    this.took.push(ms);
    if (ms > this.slowest.ms) this.slowest = { ms, what };
  }

  /** In a line: the median, what one in a hundred exceeded, and the slowest, in milliseconds. */
  toString(): string {
    const sorted = this.took.toSorted((a, b) => a - b);
    const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
    const { ms, what } = this.slowest;
    return `latency: median ${at(0.5)} ms, p99 ${at(0.99)} ms, at most ${ms.toFixed(1)} ms (${what})`;
  }
}
