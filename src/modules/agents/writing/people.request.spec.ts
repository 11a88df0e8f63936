import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createGenerator } from '../create-generator.js';
import { BIASES, peopleRequest, peopleSchema } from './people.request.js';

const generator = await createGenerator({ gender: 'female', count: 3, country: 'JP', seed: '1' });
const people = generator.preview(3).map((profile, index) => ({ index, profile, refused: [] as string[] }));

describe('what a model is asked', () => {
  it('tells what is settled of each, and nothing that it is to write', () => {
    const { messages } = peopleRequest(people);
    const text = messages.map(({ content }) => content).join('\n');
    for (const { profile } of people) {
      expect(text).toContain(
        `"age":${profile.age},"gender":"female","city":"${profile.city}","country":"JP"`,
      );
      expect(text).toContain(`"interest":"${profile.interests[0]}"`);
      expect(text).not.toContain(profile.name);
      expect(text).not.toContain(profile.bio);
    }
    for (const bias of BIASES) expect(text).toContain(bias);
    expect(text).not.toContain('was refused, write');
  });

  it('tells what was refused', () => {
    const [first, ...rest] = people;
    const told = { ...(first as (typeof people)[number]), refused: ['somebody else is called Ana'] };
    expect(JSON.stringify(peopleRequest([told, ...rest]))).toContain('- n 1: somebody else is called Ana');
  });

  it('says how many, and which biases there are, more strictly than it is read', () => {
    const schema = z.toJSONSchema(peopleSchema(3), { io: 'input' });
    expect(schema).toMatchObject({
      properties: {
        people: {
          minItems: 3,
          maxItems: 3,
          items: { properties: { biases: { items: { enum: BIASES } } } },
        },
      },
    });
    const one = { n: 1, name: 'A', interests: [], bio: '', biases: ['x'], mood: 'good' };
    expect(peopleSchema(3).safeParse({ people: [one] }).success).toBe(true);
  });
});

it('a handle of another name is unlike any other', async () => {
  const many = await createGenerator({ gender: 'female', count: 2_000, country: 'MX', seed: '1' });
  const handles = many
    .preview(2_000)
    .flatMap(({ username_hint }, index) => [username_hint, many.handleOf(index, 'Ana Ruiz')]);
  const drawn = handles.filter((_, at) => at % 2 === 0);
  const made = handles.filter((_, at) => at % 2 === 1);
  for (const mixed of [made, drawn.map((handle, at) => (at % 3 === 0 ? (made[at] as string) : handle))])
    expect(new Set(mixed).size).toBe(2_000);
  for (const handle of made) expect(handle).toMatch(/^[a-z0-9._]{3,30}$/);
  expect(many.handleOf(7, 'Ana Ruiz')).toBe(made[7]);
});
