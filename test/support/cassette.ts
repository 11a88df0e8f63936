import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import canonicalize from 'canonicalize';
import { callKey } from '../../src/core/llm/call-key.js';
import { cassetteFile, type Entry } from '../../src/core/llm/cassettes/cassette-file.js';

/** An entry as it is recorded. */
export function cassetteEntry(content: string): Entry {
  const identity = {
    backend: 'ollama' as const,
    model_digest: 'a'.repeat(64),
    request: { messages: [{ role: 'user' as const, content: 'Hello?' }] },
    seed: '1',
  };
  return {
    key: callKey(identity),
    ...identity,
    model: 'deepseek-r1:1.5b',
    answer: {
      content,
      thinking: '',
      finish: 'stop',
      tokens: { input: 3, output: 2 },
      timing: { total_ms: 12 },
    },
    recorded_at: '2026-01-15T10:30:00.000Z',
  };
}

/** The file of a cassette that has these answers. */
export function cassetteText(...contents: string[]): Promise<string> {
  const given = contents.length === 0 ? ['Hello.'] : contents;
  const entries = given.map((content) => canonicalize(cassetteEntry(content)) as string);
  return text(Readable.from(cassetteFile('sample', Readable.from(entries))));
}
