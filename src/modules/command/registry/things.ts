import type { Client } from '@azt3knet/client';
import type { Language, Words } from '../language/words.js';

/** What commands are about. */
export const THING_KINDS = [
  'population',
  'draft',
  'campaign',
  'simulation',
  'scenario',
  'bot',
  'job',
  'review',
  'system',
  'help',
  'history',
] as const;
export type ThingKind = (typeof THING_KINDS)[number];

/** Something that a command is about, as the API knows it. */
export interface Thing {
  kind: ThingKind;
  id: string;
  /** What people call it; the id where it has no name. */
  name: string;
  /** As the API answered it. */
  item: object;
}

/** How to find the things of a kind. */
export interface Shelf {
  /** Whether it is known by names; others by ids alone. */
  named: boolean;
  /** One by its id or name. @throws ApiError 404 */
  get(api: Client, name: string): Promise<Thing>;
  /** The newest of them, up to 200. */
  newest(api: Client): Promise<Thing[]>;
}

/** The nouns of each kind: one, and more than one. */
export const NOUNS: Readonly<Record<ThingKind, { one: Words; many: Words }>> = {
  population: {
    one: {
      en: ['population', 'pop'],
      es: ['poblacion'],
    },
    many: { en: ['populations', 'pops'], es: ['poblaciones'] },
  },
  draft: {
    one: { en: ['draft', 'post', 'text', 'caption'], es: ['borrador', 'publicacion', 'texto', 'post'] },
    many: { en: ['drafts', 'posts', 'texts', 'captions'], es: ['borradores', 'textos', 'posts'] },
  },
  campaign: {
    one: { en: ['campaign'], es: ['campana'] },
    many: { en: ['campaigns'], es: ['campanas'] },
  },
  simulation: {
    one: { en: ['simulation', 'sim', 'run'], es: ['simulacion', 'ejecucion', 'corrida'] },
    many: { en: ['simulations', 'sims', 'runs'], es: ['simulaciones', 'ejecuciones', 'corridas'] },
  },
  scenario: {
    one: { en: ['scenario'], es: ['escenario'] },
    many: { en: ['scenarios'], es: ['escenarios'] },
  },
  bot: {
    one: { en: ['bot', 'robot'], es: ['bot', 'robot'] },
    many: { en: ['bots', 'robots'], es: ['bots', 'robots'] },
  },
  job: {
    one: { en: ['job', 'task'], es: ['trabajo', 'tarea', 'job'] },
    many: { en: ['jobs', 'tasks'], es: ['trabajos', 'tareas', 'jobs'] },
  },
  review: {
    one: { en: ['review', 'case'], es: ['revision', 'caso'] },
    many: { en: ['reviews', 'cases', 'review queue'], es: ['revisiones', 'casos'] },
  },
  system: {
    one: {
      en: ['system', 'server', 'health', 'system status', 'everything ok', 'platform'],
      es: ['sistema', 'servidor', 'salud', 'plataforma'],
    },
    many: { en: [], es: [] },
  },
  help: { one: { en: ['help', 'commands'], es: ['ayuda', 'comandos', 'ordenes'] }, many: { en: [], es: [] } },
  history: {
    one: { en: ['history', 'conversation'], es: ['historial', 'conversacion', 'historia'] },
    many: { en: [], es: [] },
  },
};

/** As people read them: one, and several. */
const WRITTEN: Readonly<Record<ThingKind, Readonly<Record<Language, readonly [string, string]>>>> = {
  population: { en: ['population', 'populations'], es: ['población', 'poblaciones'] },
  draft: { en: ['draft', 'drafts'], es: ['borrador', 'borradores'] },
  campaign: { en: ['campaign', 'campaigns'], es: ['campaña', 'campañas'] },
  simulation: { en: ['simulation', 'simulations'], es: ['simulación', 'simulaciones'] },
  scenario: { en: ['scenario', 'scenarios'], es: ['escenario', 'escenarios'] },
  bot: { en: ['bot', 'bots'], es: ['bot', 'bots'] },
  job: { en: ['job', 'jobs'], es: ['trabajo', 'trabajos'] },
  review: { en: ['review', 'reviews'], es: ['revisión', 'revisiones'] },
  system: { en: ['system', 'systems'], es: ['sistema', 'sistemas'] },
  help: { en: ['help', 'help'], es: ['ayuda', 'ayuda'] },
  history: { en: ['conversation', 'conversations'], es: ['conversación', 'conversaciones'] },
};

/** What people call one thing of a kind, or several. */
export function nounOf(kind: ThingKind, language: Language, many = false): string {
  return WRITTEN[kind][language][many ? 1 : 0];
}

const LISTED_MAX = 200;

type Named = { id: string; name?: string | null };

function named(kind: ThingKind, item: Named): Thing {
  return { kind, id: item.id, name: item.name ?? item.id, item };
}

const page = { params: { query: { limit: LISTED_MAX } } };

/** Where the things of each kind are found. */
export const SHELVES: Readonly<Partial<Record<ThingKind, Shelf>>> = {
  population: {
    named: true,
    get: async (api, id) =>
      named('population', await api.get('/api/v1/populations/{id}', { params: { path: { id } } })),
    newest: async (api) =>
      (await api.get('/api/v1/populations', page)).populations.map((each) => named('population', each)),
  },
  draft: {
    named: false,
    get: async (api, id) =>
      named('draft', await api.get('/api/v1/content/drafts/{id}', { params: { path: { id } } })),
    newest: async (api) =>
      (await api.get('/api/v1/content/drafts', page)).drafts.map((each) => named('draft', each)),
  },
  campaign: {
    named: true,
    get: async (api, campaign) =>
      named('campaign', await api.get('/api/v1/campaigns/{campaign}', { params: { path: { campaign } } })),
    newest: async (api) =>
      (await api.get('/api/v1/campaigns', page)).campaigns.map((each) => named('campaign', each)),
  },
  simulation: {
    named: false,
    get: async (api, id) => runOf(await api.get('/api/v1/runs/{id}', { params: { path: { id } } })),
    newest: async (api) => (await api.get('/api/v1/runs', page)).runs.map(runOf),
  },
  scenario: {
    named: true,
    get: async (api, name) => {
      const found = await api.get('/api/v1/simulations/{scenario}', { params: { path: { scenario: name } } });
      return { kind: 'scenario', id: found.scenario.id, name: found.scenario.id, item: found };
    },
    newest: async (api) =>
      (await api.get('/api/v1/simulations')).scenarios.map((item) => ({
        kind: 'scenario',
        id: item.id,
        name: item.id,
        item,
      })),
  },
  bot: {
    named: true,
    get: async (api, id) => botOf(await api.get('/api/v1/bots/{id}', { params: { path: { id } } })),
    newest: async (api) => (await api.get('/api/v1/bots', page)).bots.map(botOf),
  },
  job: {
    named: false,
    get: async (api, id) => jobOf(await api.get('/api/v1/jobs/{id}', { params: { path: { id } } })),
    newest: async (api) => (await api.get('/api/v1/jobs', page)).jobs.map(jobOf),
  },
  review: {
    named: false,
    get: async (api, id) =>
      named('review', await api.get('/api/v1/reviews/{id}', { params: { path: { id } } })),
    newest: async (api) =>
      (await api.get('/api/v1/reviews', page)).reviews.map((each) => named('review', each)),
  },
};

/** A run is known by its id, and called by its scenario. */
export function runOf(item: { id: string; scenario: string }): Thing {
  return { kind: 'simulation', id: item.id, name: item.scenario, item };
}

/** A bot is known by its id, which is a name. */
export function botOf(item: { bot_id: string }): Thing {
  return { kind: 'bot', id: item.bot_id, name: item.bot_id, item };
}

/** A job is known by its id, and called by what it does. */
export function jobOf(item: { job_id: string; name: string }): Thing {
  return { kind: 'job', id: item.job_id, name: item.job_id, item };
}
