import { z } from 'zod';
import { field, tellThing } from '../answers.js';
import { nameArgument, OF_POPULATION, OF_POPULATION_WORDS, SEED, seedArgument } from '../arguments.js';
import type { ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import type { Thing } from '../things.js';

const CAPTION_MAX = 100;

const drafting = z
  .strictObject({
    template: nameArgument.meta({ description: 'The name of a template, or `name@version`.' }),
    population: nameArgument.optional().meta({ description: 'Every agent of it writes.' }),
    agent: nameArgument.optional().meta({ description: 'Who writes; either this or `population`.' }),
    topic: z.string().min(1).max(100).optional(),
    seed: seedArgument,
  })
  .refine(({ population, agent }) => (population === undefined) !== (agent === undefined), {
    message: 'is needed: either a population or an agent',
    path: ['population'],
  });

function captionOf(item: object): string {
  const caption = (field(item, 'caption') as string | undefined) ?? '';
  return caption.length > CAPTION_MAX ? `${caption.slice(0, CAPTION_MAX)}…` : caption;
}

export const DRAFT_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'drafts',
    mentions: { population: 'population' },
    needs: ['drafts:read'],
    kind: 'draft',
    filters: OF_POPULATION,
    spoken: OF_POPULATION_WORDS,
    help: { en: 'Drafts, the newest first.', es: 'Los borradores, del más nuevo al más antiguo.' },
    examples: {
      en: ['list drafts', 'show the latest 10 drafts', 'show the drafts of the last population'],
      es: [
        'lista los borradores',
        'muestra los últimos 10 borradores',
        'muestra los borradores de la última población',
      ],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/content/drafts', {
        params: { query: { ...query, sort: '-created_at' } },
      });
      return {
        things: found.drafts.map((item): Thing => ({ kind: 'draft', id: item.id, name: item.id, item })),
        next: found.next_cursor,
      };
    },
    columns: [[{ en: 'caption', es: 'texto' }, captionOf]],
  }),
  {
    name: 'drafts.show',
    effect: 'read',
    needs: ['drafts:read'],
    kind: 'draft',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({ draft: nameArgument.meta({ description: 'The id of a draft.' }) }),
    spoken: {
      draft: {
        words: { en: ['draft'], es: ['borrador'] },
        form: 'name',
        ask: { en: 'Which draft?', es: '¿Qué borrador?' },
      },
    },
    subject: 'draft',
    help: {
      en: 'One draft, its scores and what the guard said.',
      es: 'Un borrador, sus puntuaciones y lo que dijo el control.',
    },
    examples: { en: ['show the last draft'], es: ['muestra el último borrador'] },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [{ en: 'caption', es: 'texto' }, field(item, 'caption')],
          [{ en: 'hashtags', es: 'etiquetas' }, field(item, 'hashtags')],
          [{ en: 'template', es: 'plantilla' }, field(item, 'template')],
          [{ en: 'agent', es: 'agente' }, field(item, 'agent_id')],
          [{ en: 'decision', es: 'decisión' }, field(item, 'decision', 'action')],
        ]),
      ),
  },
  {
    name: 'drafts.draft',
    mentions: { template: 'template', population: 'population', agent: 'agent' },
    effect: 'write',
    needs: ['drafts:create'],
    kind: 'draft',
    actions: ['draft', 'generate'],
    aliases: { en: [], es: [] },
    arguments: drafting,
    spoken: {
      template: {
        words: { en: ['template'], es: ['plantilla'] },
        form: 'name',
        ask: { en: 'From which template?', es: '¿Con qué plantilla?' },
      },
      population: {
        words: { en: ['population'], es: ['poblacion'] },
        ask: { en: 'For which population?', es: '¿Para qué población?' },
      },
      agent: { words: { en: ['agent', 'as'], es: ['agente', 'como'] } },
      topic: { words: { en: ['topic'], es: ['tema'] } },
      seed: SEED,
    },
    help: {
      en: 'Writes drafts from a template, as one agent or as every agent of a population.',
      es: 'Redacta borradores con una plantilla, como un agente o como todos los de una población.',
    },
    examples: {
      en: ['draft with template street_art_campaign for population <population>'],
      es: ['redacta con la plantilla street_art_campaign para la población <población>'],
    },
    plan: {
      en: 'Write drafts from the template {template} (population {population}, agent {agent}, topic {topic}, seed {seed}); the guard decides on each.',
      es: 'Redactar borradores con la plantilla {template} (población {population}, agente {agent}, tema {topic}, semilla {seed}); el control decide sobre cada uno.',
    },
    run: async ({ api, arguments: given, language }) => {
      const body = drafting.parse(given) as { template: string };
      const made = await api.post('/api/v1/content/draft', { body });
      if ('drafts_per_agent' in made) {
        const text = {
          en: `Drafts are being written, batch ${made.id}.`,
          es: `Se están redactando borradores, lote ${made.id}.`,
        };
        return { text: text[language], data: made, jobId: made.job_id };
      }
      const focus: Thing = { kind: 'draft', id: made.id, name: made.id, item: made };
      const text = { en: `Draft ${made.id}: ${made.caption}`, es: `Borrador ${made.id}: ${made.caption}` };
      return { text: text[language], data: made, focus };
    },
  },
];
