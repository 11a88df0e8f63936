import type { Ranker } from './ranker.js';

export interface CollaborativeSettings {
  /** Of the reader's own likeness to the topic, beside that of those who acted; 0 to 1. */
  readonly own: number;
}

/** What users like the reader did something with: its mean likeness to them; where nobody did, a share of its own likeness to the topic. */
export function collaborative({ own }: CollaborativeSettings): Ranker {
  return {
    parts: ['alikes', 'interest'],
    score: (signals) => (1 - own) * signals.alikes + own * signals.interest,
  };
}
