import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, STATE, tellThing } from '../answers.js';
import { nameArgument, SEED, seedArgument, STATE_WORDS } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
import { sessionPlanOf, type Thing } from '../things.js';

const STATES = ['running', 'paused', 'completed', 'cancelled'] as const;

const plan = {
  sessions: nameArgument.meta({ description: 'The id of a plan of sessions, or how it begins.' }),
};
const spoken: Record<string, ArgumentWords> = {
  sessions: {
    words: { en: ['sessions'], es: ['sesiones'] },
    form: 'name',
    ask: { en: 'Which plan of sessions?', es: '¿Qué plan de sesiones?' },
  },
};

const planning = z.strictObject({
  population: nameArgument.meta({ description: 'Whose agents are on line.' }),
  speed: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({ description: 'With 1440, a day of the agents goes by in a minute.' }),
  seed: seedArgument,
});

const acting = actingOn<'pause' | 'resume' | 'cancel'>({
  plural: 'sessions',
  needs: ['workflows:read', 'workflows:run', 'drafts:create', 'networks:post'],
  kind: 'session',
  arguments: z.strictObject(plan),
  spoken,
  subject: 'sessions',
  article: { en: 'The plan of sessions', es: 'El plan de sesiones' },
  done: {
    pause: { en: 'is paused', es: 'está en pausa' },
    resume: { en: 'goes on', es: 'continúa' },
    cancel: { en: 'is cancelled', es: 'está cancelado' },
  },
  act: async (api, id, what) =>
    sessionPlanOf(await api.post(`/api/v1/session-plans/{id}/${what}`, { params: { path: { id } } })),
});

export const SESSION_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'sessions',
    needs: ['workflows:read'],
    kind: 'session',
    filters: { state: z.enum(STATES).optional() },
    spoken: { state: STATE_WORDS },
    help: {
      en: 'Plans of sessions of agents, the newest first.',
      es: 'Los planes de sesiones, del más nuevo al más antiguo.',
    },
    examples: {
      en: ['list sessions', 'show the running sessions'],
      es: ['lista las sesiones', 'muestra las sesiones en curso'],
    },
    page: async (api, query) => {
      const found = await api.get('/api/v1/session-plans', { params: { query } });
      return { things: found.plans.map(sessionPlanOf), next: found.next_cursor };
    },
    columns: [
      [STATE, (item) => field(item, 'state')],
      [{ en: 'sessions', es: 'sesiones' }, (item) => field(item, 'planned')],
    ],
  }),
  {
    name: 'sessions.show',
    effect: 'read',
    needs: ['workflows:read'],
    kind: 'session',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(plan),
    spoken,
    subject: 'sessions',
    help: {
      en: 'A plan of sessions, and how far it has come.',
      es: 'Un plan de sesiones, y cómo va.',
    },
    examples: {
      en: ['show the last session plan', 'show session plan <plan>'],
      es: ['muestra el último plan de sesiones', 'muestra el plan de sesiones <plan>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [STATE, field(item, 'state')],
          [{ en: 'network', es: 'red' }, field(item, 'network')],
          [{ en: 'planned', es: 'planificadas' }, field(item, 'planned')],
          [{ en: 'sessions', es: 'sesiones' }, field(item, 'sessions')],
          [{ en: 'done', es: 'hecho' }, field(item, 'acts')],
        ]),
      ),
  },
  {
    name: 'sessions.start',
    mentions: { population: 'population' },
    effect: 'write',
    needs: ['workflows:run', 'drafts:create', 'networks:post'],
    kind: 'session',
    actions: ['start', 'run', 'generate'],
    aliases: { en: [], es: [] },
    arguments: planning,
    spoken: {
      population: {
        words: { en: ['population'], es: ['poblacion'] },
        form: 'name',
        ask: { en: 'For which population?', es: '¿Para qué población?' },
      },
      speed: { words: { en: ['speed'], es: ['velocidad'] }, form: 'number' },
      seed: SEED,
    },
    help: {
      en: 'Plans when the agents of a population are on line for a day, and lets them read, react and reply.',
      es: 'Planifica cuándo se conectan los agentes de una población durante un día, y los deja leer, reaccionar y responder.',
    },
    examples: {
      en: [
        'start sessions for population <population>',
        'start sessions for population <population> with speed 1440',
      ],
      es: [
        'inicia sesiones para la población <población>',
        'inicia sesiones para la población <población> con velocidad 1440',
      ],
    },
    plan: {
      en: 'Plan a day of sessions for the population {population} (speed {speed}, seed {seed}): its agents read and react on the sandbox network.',
      es: 'Planificar un día de sesiones para la población {population} (velocidad {speed}, semilla {seed}): sus agentes leen y reaccionan en la red de pruebas.',
    },
    run: async ({ api, arguments: given, language }) => {
      const { population, speed, seed } = planning.parse(given);
      const made = await api.post('/api/v1/agent-sessions', {
        body: { population, seed: seed ?? 'sessions', ...(speed !== undefined && { speed }) },
      });
      const text = {
        en: `${made.planned} sessions are planned: plan ${made.id}.`,
        es: `Hay ${made.planned} sesiones planificadas: plan ${made.id}.`,
      };
      return { text: text[language], data: made, focus: sessionPlanOf(made) };
    },
  },
  acting('pause', {
    possible: whileIn('state', 'running'),
    actions: ['pause', 'stop'],
    help: {
      en: 'Holds a plan of sessions: nothing begins, open sessions do nothing.',
      es: 'Pone en pausa un plan de sesiones: nada empieza, las sesiones abiertas no hacen nada.',
    },
    examples: { en: ['pause the last session plan'], es: ['pausa el último plan de sesiones'] },
    plan: {
      en: 'Pause the plan of sessions {subject} until it is resumed.',
      es: 'Pausar el plan de sesiones {subject} hasta reanudarlo.',
    },
  }),
  acting('resume', {
    possible: whileIn('state', 'paused'),
    actions: ['resume'],
    help: {
      en: 'Lets a paused plan of sessions go on.',
      es: 'Deja que continúe un plan de sesiones en pausa.',
    },
    examples: { en: ['resume the last session plan'], es: ['reanuda el último plan de sesiones'] },
    plan: {
      en: 'Resume the plan of sessions {subject}: what is too late by now is skipped.',
      es: 'Reanudar el plan de sesiones {subject}: lo que ya es tarde se omite.',
    },
  }),
  acting('cancel', {
    effect: 'destructive',
    possible: whileIn('state', 'running', 'paused'),
    actions: ['cancel', 'stop'],
    help: {
      en: 'Ends a plan of sessions: what has not begun is skipped, open sessions end.',
      es: 'Termina un plan de sesiones: lo que no ha empezado se omite, las sesiones abiertas acaban.',
    },
    examples: { en: ['cancel the last session plan'], es: ['cancela el último plan de sesiones'] },
    plan: {
      en: 'Cancel the plan of sessions {subject} for good.',
      es: 'Cancelar para siempre el plan de sesiones {subject}.',
    },
  }),
];
