import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LlmServer } from '../support/llm-server.js';
import { GoodAuthor } from '../support/posts-script.js';
import { environmentOf, WritingRoom, type Backend } from '../support/written-drafts.js';

describe.each<Backend>(['ollama', 'openai'])('a batch of drafts that %s wrote', (backend) => {
  let server: LlmServer;
  let room: WritingRoom;

  beforeAll(async () => {
    const author = new GoodAuthor();
    // Every third answer cannot be read, every fourth thinks first, every fifth has too few variations.
    server = await LlmServer.start((asked, calls) => {
      const post = author.post(asked);
      if (calls % 3 === 0) return { content: 'I cannot do that.' };
      const variations = calls % 5 === 0 ? post.variations.slice(1) : post.variations;
      return { content: JSON.stringify({ ...post, variations }), thinking: calls % 4 === 0 ? 'Hm.' : '' };
    });
    room = await WritingRoom.open(environmentOf(backend, server.url));
  });
  afterAll(async () => {
    await room.application.close();
  });

  it(
    'is replayed to the byte, elsewhere and with the server switched off',
    { timeout: 300_000 },
    async () => {
      const { batch, writing } = await room.make({ drafts_per_agent: 2 });
      expect(writing.usage).toMatchObject({ replayed: 0 });
      const exported = await room.exportOf(batch);
      expect(exported.text).toContain('"generator":"llm"');
      const cassette = await room.text(`/api/v1/llm/cassettes/${batch.writing?.cassette}/file`);
      await server.stop();

      const elsewhere = await WritingRoom.open({});
      expect(elsewhere.population).toBe(room.population);
      await elsewhere.take('tape', cassette);
      const replayed = await elsewhere.make({
        drafts_per_agent: 2,
        cassette: 'tape',
        cassette_mode: 'replay',
      });
      expect(replayed.batch.id).toBe(batch.id);
      expect(replayed.writing.usage).toMatchObject({ calls: 0, input_tokens: 0 });
      expect(await elsewhere.exportOf(replayed.batch)).toEqual(exported);
      await elsewhere.application.close();
    },
  );
});
