import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, STATE, tellThing } from '../answers.js';
import {
  nameArgument,
  OF_POPULATION,
  OF_POPULATION_WORDS,
  SEED,
  seedArgument,
  STATE_WORDS,
} from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
import type { Thing } from '../things.js';

const STATES = ['draft', 'running', 'paused', 'completed', 'cancelled'] as const;

const campaign = { campaign: nameArgument.meta({ description: 'The id or the name of a campaign.' }) };
const spoken: Record<string, ArgumentWords> = {
  campaign: {
    words: { en: ['campaign'], es: ['campana'] },
    form: 'name',
    ask: { en: 'Which campaign?', es: '¿Qué campaña?' },
  },
};

const creating = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'must have 2 to 63 lower-case letters, digits and dashes')
    .meta({ description: 'What people call it.' }),
  population: nameArgument.meta({ description: 'Whose agents publish.' }),
  template: nameArgument.meta({ description: 'The name of a template, or `name@version`.' }),
  posts: z.int().min(1).max(10_000_000).optional().meta({ description: 'The most that it publishes.' }),
  seed: seedArgument.meta({ description: 'Its name unless given.' }),
});

function campaignOf(item: { id: string; name: string }): Thing {
  return { kind: 'campaign', id: item.id, name: item.name, item };
}

const acting = actingOn<'start' | 'pause' | 'resume' | 'cancel'>({
  plural: 'campaigns',
  needs: ['campaigns:read', 'campaigns:write'],
  kind: 'campaign',
  arguments: z.strictObject(campaign),
  spoken,
  subject: 'campaign',
  article: { en: 'The campaign', es: 'La campaña' },
  done: {
    start: { en: 'runs now', es: 'está en marcha' },
    pause: { en: 'is paused', es: 'está en pausa' },
    resume: { en: 'goes on', es: 'continúa' },
    cancel: { en: 'is cancelled', es: 'está cancelada' },
  },
  act: async (api, id, what) =>
    campaignOf(
      await api.post(`/api/v1/campaigns/{campaign}/${what}`, { params: { path: { campaign: id } } }),
    ),
});

export const CAMPAIGN_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'campaigns',
    mentions: { population: 'population' },
    needs: ['campaigns:read'],
    kind: 'campaign',
    filters: { state: z.enum(STATES).optional(), ...OF_POPULATION },
    spoken: { state: STATE_WORDS, ...OF_POPULATION_WORDS },
    help: { en: 'Campaigns, the newest first.', es: 'Las campañas, de la más nueva a la más antigua.' },
    examples: {
      en: ['list campaigns', 'show the running campaigns'],
      es: ['lista las campañas', 'muestra las campañas en curso'],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/campaigns', { params: { query } });
      return { things: found.campaigns.map(campaignOf), next: found.next_cursor };
    },
    columns: [[STATE, (item) => field(item, 'state')]],
  }),
  {
    name: 'campaigns.show',
    effect: 'read',
    needs: ['campaigns:read'],
    kind: 'campaign',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(campaign),
    spoken,
    subject: 'campaign',
    help: { en: 'One campaign and how it is getting on.', es: 'Una campaña y cómo va.' },
    examples: {
      en: ['show campaign <campaign>', 'how is campaign <campaign> going'],
      es: ['muestra la campaña <campaña>', 'cómo va la campaña <campaña>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [STATE, field(item, 'state')],
          [{ en: 'population', es: 'población' }, field(item, 'population_id')],
          [{ en: 'templates', es: 'plantillas' }, field(item, 'templates')],
          [{ en: 'from', es: 'desde' }, field(item, 'starts_at')],
          [{ en: 'to', es: 'hasta' }, field(item, 'ends_at')],
          [{ en: 'approval', es: 'aprobación' }, field(item, 'approval', 'rule')],
        ]),
      ),
  },
  {
    name: 'campaigns.create',
    mentions: { template: 'template', population: 'population' },
    effect: 'write',
    needs: ['campaigns:read', 'campaigns:write'],
    kind: 'campaign',
    actions: ['generate'],
    aliases: { en: [], es: [] },
    arguments: creating,
    spoken: {
      name: {
        words: { en: ['called', 'named', 'name'], es: ['llamada', 'nombre'] },
        form: 'name',
        ask: { en: 'What is it called?', es: '¿Cómo se llama?' },
      },
      population: {
        words: { en: ['population'], es: ['poblacion'] },
        ask: { en: 'For which population?', es: '¿Para qué población?' },
      },
      template: {
        words: { en: ['template'], es: ['plantilla'] },
        ask: { en: 'From which template?', es: '¿Con qué plantilla?' },
      },
      posts: { words: { en: ['posts', 'publications'], es: ['posts', 'publicaciones'] }, isUnit: true },
      seed: SEED,
    },
    help: {
      en: 'Makes a campaign of a week from now, which does nothing until it is started.',
      es: 'Crea una campaña de una semana desde ahora, que no hace nada hasta que se inicie.',
    },
    examples: {
      en: ['create a campaign called murals with template street_art_campaign for population <population>'],
      es: [
        'crea una campaña llamada murales con la plantilla street_art_campaign para la población <población>',
      ],
    },
    plan: {
      en: 'Make the campaign {name} (population {population}, template {template}, posts {posts}, seed {seed}); nothing is published until it is started.',
      es: 'Crear la campaña {name} (población {population}, plantilla {template}, posts {posts}, semilla {seed}); no se publica nada hasta que se inicie.',
    },
    run: async ({ api, arguments: given, language }) => {
      const { name, population, template, posts, seed } = creating.parse(given);
      const body = {
        name,
        population,
        templates: [template],
        seed: seed ?? name,
        ...(posts !== undefined && { caps: { total: posts } }),
      };
      const made = await api.post('/api/v1/campaigns', { body });
      const text = {
        en: `The campaign ${made.name} is made. It does nothing until it is started.`,
        es: `La campaña ${made.name} está creada. No hace nada hasta que se inicie.`,
      };
      return { text: text[language], data: made, focus: campaignOf(made) };
    },
  },
  acting('start', {
    possible: whileIn('state', 'draft'),
    actions: ['start', 'run'],
    help: {
      en: 'Starts a campaign: it is planned, and what is due is written, approved and published.',
      es: 'Inicia una campaña: se planifica, y lo que toca se escribe, se aprueba y se publica.',
    },
    examples: { en: ['start campaign <campaign>'], es: ['inicia la campaña <campaña>'] },
    plan: {
      en: 'Start the campaign {subject}: it is planned, and what is due is written, approved and published on the sandbox network.',
      es: 'Iniciar la campaña {subject}: se planifica, y lo que toca se escribe, se aprueba y se publica en la red de pruebas.',
    },
  }),
  acting('pause', {
    possible: whileIn('state', 'running'),
    actions: ['pause', 'stop'],
    help: {
      en: 'Holds a campaign: nothing more is published until it is resumed.',
      es: 'Pone en pausa una campaña: no se publica nada más hasta reanudarla.',
    },
    examples: { en: ['pause campaign <campaign>'], es: ['pausa la campaña <campaña>'] },
    plan: {
      en: 'Pause the campaign {subject}: nothing more is published until it is resumed.',
      es: 'Pausar la campaña {subject}: no se publica nada más hasta reanudarla.',
    },
  }),
  acting('resume', {
    possible: whileIn('state', 'paused'),
    actions: ['resume'],
    help: { en: 'Lets a paused campaign go on.', es: 'Deja que continúe una campaña en pausa.' },
    examples: { en: ['resume campaign <campaign>'], es: ['reanuda la campaña <campaña>'] },
    plan: {
      en: 'Resume the campaign {subject}: what is too late by now expires, the rest is published.',
      es: 'Reanudar la campaña {subject}: lo que ya es tarde caduca, lo demás se publica.',
    },
  }),
  acting('cancel', {
    effect: 'destructive',
    possible: whileIn('state', 'draft', 'running', 'paused'),
    actions: ['cancel', 'stop'],
    help: {
      en: 'Ends a campaign for good: what is not published yet is cancelled.',
      es: 'Termina una campaña para siempre: lo que aún no se publicó se cancela.',
    },
    examples: { en: ['cancel campaign <campaign>'], es: ['cancela la campaña <campaña>'] },
    plan: {
      en: 'Cancel the campaign {subject} for good: what is not published yet is never published.',
      es: 'Cancelar la campaña {subject} para siempre: lo que aún no se publicó no se publicará.',
    },
  }),
];
