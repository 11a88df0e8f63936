import { describe, expect, it } from 'vitest';
import { batchIdOf, makeDraft, textsOf, type DraftBatchJob } from './draft-record.js';
import { PackedDrafts } from './packed-drafts.js';
import type { CompiledTemplate } from './templates/compiled-template.js';
import { parseTemplate } from './templates/template.loader.js';
import type { DraftAgent } from './templates/variables.js';

const SOURCE = `id: hello
version: 1.0.0
title: Hello
description: A greeting.
default_language: en
variables: [agent.city]
languages:
  en:
    phrases: { opening: [Hi, Hello, Hey, Morning] }
    caption: '{{ opening }} {{ agent.city }}'
    alt_text: A street
    hashtags: ['{{ agent.city }}', greetings]
    variations: [Good day to you, Good night to you]
`;

const AGENT: DraftAgent = {
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Ana Torres',
  country: 'MX',
  city: 'Oaxaca',
  locale: 'en-US',
  age: 24,
  gender: 'female',
  interests: ['tea'],
  bio: '',
  posting_cadence: 'daily',
  tone: 'formal',
};

const template: CompiledTemplate = parseTemplate(SOURCE, 'hello.yaml');
const edited: CompiledTemplate = parseTemplate(SOURCE.replace('A street', 'A road'), 'hello.yaml');

describe('makeDraft', () => {
  it('gives a scored draft an id that follows from what was asked', () => {
    const draft = makeDraft(template, AGENT, null, { seed: 's', index: 0 });
    expect(draft).toMatchObject({
      agent_id: AGENT.id,
      population_id: null,
      template: 'hello',
      seed: 's',
      language: 'en',
    });
    expect(draft.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(makeDraft(template, { ...AGENT }, null, { seed: 's', index: 0, variations: 2 })).toEqual({
      ...draft,
      timings: expect.any(Object) as object,
    });
  });

  it('gives another id to another draft', () => {
    const choice = { seed: 's', index: 0 };
    const ids = [
      makeDraft(template, AGENT, null, choice),
      makeDraft(template, AGENT, null, { seed: 't', index: 0 }),
      makeDraft(template, AGENT, null, { seed: 's', index: 1 }),
      makeDraft(template, AGENT, null, { ...choice, variations: 1 }),
      makeDraft(template, { ...AGENT, id: '22222222-2222-4222-8222-222222222222' }, null, choice),
      makeDraft(edited, AGENT, null, choice),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
  });
});

describe('batchIdOf', () => {
  it('depends on all but who asks', () => {
    const job: DraftBatchJob = {
      population_id: AGENT.id,
      template: 'hello',
      template_version: '1.0.0',
      template_digest: template.digest,
      seed: 's',
      drafts_per_agent: 1,
      variations: null,
      context: null,
      actor: 'ana',
    };
    const id = batchIdOf(template, job);
    expect(batchIdOf(template, { ...job, actor: 'system' })).toBe(id);
    const others = [
      { seed: 't' },
      { drafts_per_agent: 2 },
      { variations: 2 },
      { population_id: 'x' },
      { context: { topic: 'x' } },
    ];
    for (const other of others) expect(batchIdOf(template, { ...job, ...other })).not.toBe(id);
    expect(batchIdOf(edited, job)).not.toBe(id);
  });
});

describe('textsOf', () => {
  it('names every text as the wire does', () => {
    const { caption, ...draft } = makeDraft(template, AGENT, null, { seed: 's', index: 0 });
    expect(textsOf({ caption, ...draft })).toEqual([
      { field: 'caption', text: caption },
      { field: 'alt_text', text: 'A street' },
      { field: 'hashtags[0]', text: '#Oaxaca' },
      { field: 'hashtags[1]', text: '#Greetings' },
      { field: 'variations[0].caption', text: 'Good day to you' },
      { field: 'variations[1].caption', text: 'Good night to you' },
      { field: 'seed', text: 's' },
    ]);
  });
});

describe('PackedDrafts', () => {
  it('gives back what was added, in arrays of up to a thousand', () => {
    const packed = new PackedDrafts();
    const drafts = Array.from({ length: 2_500 }, (_, index) =>
      makeDraft(template, AGENT, null, { seed: 'ñ🎨', index }),
    );
    for (const draft of drafts) packed.add(draft);
    expect(packed.size).toBe(2_500);
    const packs = [...packed.unpack()];
    expect(packs.map((pack) => pack.length)).toEqual([1_000, 1_000, 500]);
    expect(packs.flat()).toEqual(drafts);
    expect([...packed.unpack()].flat()).toHaveLength(2_500);
  });
});
