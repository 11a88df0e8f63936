import { describe, expect, it } from 'vitest';
import { topicOf } from './thread-topic.js';

describe('topicOf', () => {
  it.each([
    ['Look at this #StreetArt2 wall', [], 'street art2'],
    ['Look', ['#ArteUrbanoCDMX', '#Wall'], 'arte urbano cdmx'],
    ['The garden is full, the garden is green, the wall is grey', [], 'garden'],
    ['Ana va al río', [], 'Ana va al río'],
  ])('of %j %j is %j', (text, hashtags, topic) => {
    expect(topicOf(text, hashtags)).toBe(topic);
  });

  it('has at most a hundred characters', () => {
    expect(topicOf(`#${'x'.repeat(300)}`, [])).toHaveLength(100);
    expect(topicOf('a b '.repeat(80), [])).toHaveLength(99);
  });
});
