import { describe, expect, it } from 'vitest';
import { BoundedLabel, Metrics } from './metrics.js';

describe('Metrics', () => {
  it('prefixes every name, and knows nothing of another process’s', async () => {
    const one = new Metrics();
    const two = new Metrics();
    one.counter({ name: 'drafts_total', help: 'Drafts.', labels: ['tone'] }).inc({ tone: 'calm' }, 2);
    two.counter({ name: 'drafts_total', help: 'Drafts.' });
    expect(await one.registry.metrics()).toContain('azt3knet_drafts_total{tone="calm"} 2\n');
    expect(await two.registry.metrics()).toContain('azt3knet_drafts_total 0\n');
  });
});

describe('BoundedLabel', () => {
  it('shows a hundred values, and the others as one', () => {
    const label = new BoundedLabel();
    const shown = Array.from({ length: 300 }, (_, n) => label.of(`scenario-${n}`));
    expect(new Set(shown).size).toBe(101);
    expect(label.of('scenario-5')).toBe('scenario-5');
    expect(label.of('scenario-299')).toBe('other');
  });
});
