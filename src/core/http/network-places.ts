/** Places of which one network has a part at most. */
export class NetworkPlaces {
  private readonly taken = new Map<string, number>();

  constructor(private readonly max: number) {}

  /** Takes a place for a network; undefined when it has its part. @returns gives it back, once however often it is called */
  take(network: string): (() => void) | undefined {
    const before = this.taken.get(network) ?? 0;
    if (before >= this.max) return undefined;
    this.taken.set(network, before + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.taken.get(network) ?? 1) - 1;
      if (left === 0) this.taken.delete(network);
      else this.taken.set(network, left);
    };
  }
}
