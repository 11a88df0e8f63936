import { withRoom } from '../columns.js';

/** Follows in the order they were made: edge e goes from `sources[e]` to `targets[e]`. */
export class EdgeList {
  sources: Int32Array = new Int32Array(1024);
  targets: Int32Array = new Int32Array(1024);
  /** What two people did with each other before the run, ≥ 0; zero unless it was given. */
  weights: Float32Array = new Float32Array(0);
  length = 0;

  add(source: number, target: number): void {
    this.sources = withRoom(this.sources, this.length + 1);
    this.targets = withRoom(this.targets, this.length + 1);
    this.sources[this.length] = source;
    this.targets[this.length] = target;
    this.length += 1;
  }

  /** {@link add} with a weight. */
  addWeighted(source: number, target: number, weight: number): void {
    this.weights = withRoom(this.weights, this.length + 1);
    this.weights[this.length] = weight;
    this.add(source, target);
  }

  /** Whether one of the follows from position `from` on leads to `target`. */
  leadsTo(target: number, from: number): boolean {
    for (let e = from; e < this.length; e += 1) if (this.targets[e] === target) return true;
    return false;
  }
}
