import { describe, expect, it } from 'vitest';
import { topicPermissions } from '../../src/core/events/event-catalog.js';
import { TOPIC_ROOTS } from '../../src/core/events/events.cli.js';
import { FEATURES } from '../../src/features.js';

describe('the topics that azt3knet events listens to', () => {
  it('are all that the features declare', () => {
    expect(FEATURES.length).toBeGreaterThan(0);
    expect([...topicPermissions().keys()]).toEqual([...TOPIC_ROOTS]);
  });
});
