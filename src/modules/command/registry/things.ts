import type { Client } from '@azt3knet/client';
import type { Language, Words } from '../language/words.js';
import { startedJobs } from './started-jobs.js';

/** What commands are about. */
export const THING_KINDS = [
  'population',
  'draft',
  'agent',
  'publication',
  'campaign',
  'simulation',
  'scenario',
  'template',
  'experiment',
  'bot',
  'workflow',
  'session',
  'job',
  'worker',
  'queue',
  'incident',
  'playbook',
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
  /** Whether they are in no order of time: none of them is the last one. */
  timeless?: true;
  /** One by its id or name; without it, the list has them all. @throws ApiError 404 */
  get?(api: Client, name: string): Promise<Thing>;
  /** The newest of them, 200 unless fewer are asked for. */
  newest(api: Client, limit?: number): Promise<Thing[]>;
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
    one: { en: ['draft', 'post', 'text', 'caption'], es: ['borrador', 'texto', 'post'] },
    many: { en: ['drafts', 'posts', 'texts', 'captions'], es: ['borradores', 'textos', 'posts'] },
  },
  agent: { one: { en: ['agent'], es: ['agente'] }, many: { en: ['agents'], es: ['agentes'] } },
  publication: {
    one: { en: ['publication'], es: ['publicacion'] },
    many: { en: ['publications'], es: ['publicaciones'] },
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
  template: {
    one: { en: ['template'], es: ['plantilla'] },
    many: { en: ['templates'], es: ['plantillas'] },
  },
  experiment: {
    one: { en: ['experiment', 'trial'], es: ['experimento', 'ensayo'] },
    many: { en: ['experiments', 'trials'], es: ['experimentos', 'ensayos'] },
  },
  bot: {
    one: { en: ['bot', 'robot'], es: ['bot', 'robot'] },
    many: { en: ['bots', 'robots'], es: ['bots', 'robots'] },
  },
  workflow: {
    one: { en: ['workflow'], es: ['flujo', 'flujo de trabajo'] },
    many: { en: ['workflows'], es: ['flujos', 'flujos de trabajo'] },
  },
  session: {
    one: { en: ['session plan', 'plan of sessions'], es: ['plan de sesiones'] },
    many: { en: ['sessions', 'session plans', 'plans of sessions'], es: ['sesiones', 'planes de sesiones'] },
  },
  job: {
    one: { en: ['job', 'task'], es: ['trabajo', 'tarea', 'job'] },
    many: { en: ['jobs', 'tasks'], es: ['trabajos', 'tareas', 'jobs'] },
  },
  worker: {
    one: { en: ['worker'], es: ['trabajador', 'proceso de trabajo'] },
    many: { en: ['workers'], es: ['trabajadores', 'procesos de trabajo'] },
  },
  queue: {
    one: { en: ['queue', 'job queue'], es: ['cola', 'cola de trabajos'] },
    many: { en: ['queues', 'job queues'], es: ['colas', 'colas de trabajos'] },
  },
  incident: {
    one: { en: ['incident'], es: ['incidente', 'incidencia'] },
    many: { en: ['incidents'], es: ['incidentes', 'incidencias'] },
  },
  playbook: { one: { en: ['playbook'], es: [] }, many: { en: ['playbooks'], es: [] } },
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
  agent: { en: ['agent', 'agents'], es: ['agente', 'agentes'] },
  publication: { en: ['publication', 'publications'], es: ['publicación', 'publicaciones'] },
  campaign: { en: ['campaign', 'campaigns'], es: ['campaña', 'campañas'] },
  simulation: { en: ['simulation', 'simulations'], es: ['simulación', 'simulaciones'] },
  scenario: { en: ['scenario', 'scenarios'], es: ['escenario', 'escenarios'] },
  template: { en: ['template', 'templates'], es: ['plantilla', 'plantillas'] },
  experiment: { en: ['experiment', 'experiments'], es: ['experimento', 'experimentos'] },
  bot: { en: ['bot', 'bots'], es: ['bot', 'bots'] },
  workflow: { en: ['workflow', 'workflows'], es: ['flujo', 'flujos'] },
  session: {
    en: ['plan of sessions', 'plans of sessions'],
    es: ['plan de sesiones', 'planes de sesiones'],
  },
  job: { en: ['job', 'jobs'], es: ['trabajo', 'trabajos'] },
  worker: { en: ['worker', 'workers'], es: ['trabajador', 'trabajadores'] },
  queue: { en: ['queue', 'queues'], es: ['cola', 'colas'] },
  incident: { en: ['incident', 'incidents'], es: ['incidente', 'incidentes'] },
  playbook: { en: ['playbook', 'playbooks'], es: ['playbook', 'playbooks'] },
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

function page(limit = LISTED_MAX): { params: { query: { limit: number } } } {
  return { params: { query: { limit } } };
}

/** For lists that are in another order by themselves. */
function newestFirst(limit = LISTED_MAX): { params: { query: { limit: number; sort: '-created_at' } } } {
  return { params: { query: { limit, sort: '-created_at' } } };
}

/** Where the things of each kind are found. */
export const SHELVES: Readonly<Partial<Record<ThingKind, Shelf>>> = {
  population: {
    named: true,
    get: async (api, id) =>
      named('population', await api.get('/api/v1/populations/{id}', { params: { path: { id } } })),
    newest: async (api, limit) =>
      (await api.get('/api/v1/populations', page(limit))).populations.map((each) =>
        named('population', each),
      ),
  },
  draft: {
    named: false,
    get: async (api, id) =>
      named('draft', await api.get('/api/v1/content/drafts/{id}', { params: { path: { id } } })),
    newest: async (api, limit) =>
      (await api.get('/api/v1/content/drafts', newestFirst(limit))).drafts.map((each) =>
        named('draft', each),
      ),
  },
  campaign: {
    named: true,
    get: async (api, campaign) =>
      named('campaign', await api.get('/api/v1/campaigns/{campaign}', { params: { path: { campaign } } })),
    newest: async (api, limit) =>
      (await api.get('/api/v1/campaigns', page(limit))).campaigns.map((each) => named('campaign', each)),
  },
  simulation: {
    named: false,
    get: async (api, id) => runOf(await api.get('/api/v1/runs/{id}', { params: { path: { id } } })),
    newest: async (api, limit) => (await api.get('/api/v1/runs', page(limit))).runs.map(runOf),
  },
  scenario: {
    named: true,
    timeless: true,
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
  template: {
    named: true,
    timeless: true,
    get: async (api, name) =>
      templateOf(await api.get('/api/v1/templates/{name}', { params: { path: { name } } })),
    newest: async (api) => (await api.get('/api/v1/templates')).templates.map(templateOf),
  },
  experiment: {
    named: false,
    get: async (api, id) =>
      experimentOf(await api.get('/api/v1/experiments/{id}', { params: { path: { id } } })),
    newest: async (api, limit) =>
      (await api.get('/api/v1/experiments', page(limit))).experiments.map(experimentOf),
  },
  bot: {
    named: true,
    get: async (api, id) => botOf(await api.get('/api/v1/bots/{id}', { params: { path: { id } } })),
    newest: async (api, limit) => (await api.get('/api/v1/bots', page(limit))).bots.map(botOf),
  },
  agent: {
    named: false,
    timeless: true,
    get: async (api, id) =>
      agentOf((await api.get('/api/v1/agents/{id}', { params: { path: { id } } })).agent),
    newest: async (api, limit) => (await api.get('/api/v1/agents', page(limit))).agents.map(agentOf),
  },
  publication: {
    named: false,
    timeless: true,
    get: async (api, id) =>
      publicationOf(await api.get('/api/v1/publications/{id}', { params: { path: { id } } })),
    newest: async (api, limit) =>
      (await api.get('/api/v1/publications', page(limit))).publications.map(publicationOf),
  },
  workflow: {
    named: false,
    get: async (api, id) => workflowOf(await api.get('/api/v1/workflows/{id}', { params: { path: { id } } })),
    newest: async (api, limit) => (await api.get('/api/v1/workflows', page(limit))).workflows.map(workflowOf),
  },
  session: {
    named: false,
    get: async (api, id) =>
      sessionPlanOf(await api.get('/api/v1/session-plans/{id}', { params: { path: { id } } })),
    newest: async (api, limit) =>
      (await api.get('/api/v1/session-plans', page(limit))).plans.map(sessionPlanOf),
  },
  job: {
    named: false,
    get: async (api, id) => jobOf(await api.get('/api/v1/jobs/{id}', { params: { path: { id } } })),
    newest: async (api, limit = LISTED_MAX) => (await startedJobs(api)({ limit })).jobs.map(jobOf),
  },
  worker: {
    named: false,
    newest: async (api) => (await api.get('/api/v1/workers')).workers.map(workerOf).toReversed(),
  },
  queue: {
    named: true,
    timeless: true,
    newest: async (api) => (await api.get('/api/v1/queues')).queues.map(queueOf),
  },
  incident: {
    named: false,
    get: async (api, id) => incidentOf(await api.get('/api/v1/incidents/{id}', { params: { path: { id } } })),
    newest: async (api, limit) => (await api.get('/api/v1/incidents', page(limit))).incidents.map(incidentOf),
  },
  review: {
    named: false,
    get: async (api, id) =>
      named('review', await api.get('/api/v1/reviews/{id}', { params: { path: { id } } })),
    newest: async (api, limit) =>
      (await api.get('/api/v1/reviews', newestFirst(limit))).reviews.map((each) => named('review', each)),
  },
};

/** A template is known by its name; `name@version` is one of its versions. */
function templateOf(item: { name: string }): Thing {
  return { kind: 'template', id: item.name, name: item.name, item };
}

/** A run is known by its id, and called by its scenario. */
export function runOf(item: { id: string; scenario: string }): Thing {
  return { kind: 'simulation', id: item.id, name: item.scenario, item };
}

/** An experiment is known by its id, and called by its name. */
export function experimentOf(item: { id: string; name: string }): Thing {
  return { kind: 'experiment', id: item.id, name: item.name, item };
}

/** A bot is known by its id, which is a name. */
export function botOf(item: { bot_id: string }): Thing {
  return { kind: 'bot', id: item.bot_id, name: item.bot_id, item };
}

/** A job is known by its id, and called by what it does. */
export function jobOf(item: { job_id: string; name: string }): Thing {
  return { kind: 'job', id: item.job_id, name: item.job_id, item };
}

/** A worker is known by its id, which is a name. */
export function workerOf(item: { worker_id: string }): Thing {
  return { kind: 'worker', id: item.worker_id, name: item.worker_id, item };
}

/** A queue is known by its name. */
export function queueOf(item: { queue: string }): Thing {
  return { kind: 'queue', id: item.queue, name: item.queue, item };
}

export function incidentOf(item: { id: string }): Thing {
  return { kind: 'incident', id: item.id, name: item.id, item };
}

/** An agent is known by its id, and called by its user name. */
export function agentOf(item: { id: string; username_hint: string }): Thing {
  return { kind: 'agent', id: item.id, name: item.username_hint, item };
}

export function publicationOf(item: { id: string }): Thing {
  return { kind: 'publication', id: item.id, name: item.id, item };
}

export function workflowOf(item: { id: string }): Thing {
  return { kind: 'workflow', id: item.id, name: item.id, item };
}

export function sessionPlanOf(item: { id: string }): Thing {
  return { kind: 'session', id: item.id, name: item.id, item };
}
