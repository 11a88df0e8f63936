import { describe, expect, it } from 'vitest';
import { sampleInput } from '../../test/support/feed-sample.js';
import type { EventColumns } from './event-buffer.js';
import { FRAME_HEAD, frameBodyBytes, FrameError, readFrame, writeFrame } from './event-frames.js';
import { Feed } from './feed.js';

function eventsOf(logScores: boolean): EventColumns {
  const feed = new Feed({ ...sampleInput({ agents: 60 }), logScores });
  for (let t = 0; t < 12; t += 1) feed.tick();
  return feed.drainEvents();
}

describe('a frame of events', () => {
  it.each([false, true])('is read as it was written, with the parts of scores: %s', (withParts) => {
    const events = eventsOf(withParts);
    expect(events.length).toBeGreaterThan(100);
    const bytes = writeFrame(events);
    const head = bytes.subarray(0, FRAME_HEAD);
    expect(frameBodyBytes(head)).toBe(bytes.length - FRAME_HEAD);
    const read = readFrame(head, bytes.subarray(FRAME_HEAD));
    expect(read).toEqual(events);
    expect('parts' in read).toBe(withParts);
    expect(writeFrame(read)).toEqual(bytes);
  });

  it('that is cut off, or none, is refused', () => {
    const bytes = writeFrame(eventsOf(false));
    const head = bytes.slice(0, FRAME_HEAD);
    expect(() => readFrame(head, bytes.subarray(FRAME_HEAD, -1))).toThrow(FrameError);
    expect(() => frameBodyBytes(head.subarray(0, 7))).toThrow(/cut off/u);
    head[4] = 9;
    expect(() => frameBodyBytes(head)).toThrow(/no events/u);
  });
});
