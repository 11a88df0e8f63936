import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, pagesOf, STATE, tellThing } from '../answers.js';
import { CONCURRENCY, concurrencyArgument, MODE, modeArgument, nameArgument } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { queueOf, type Thing } from '../things.js';

type QueueName = 'population' | 'content' | 'simulation';

const queue = { queue: nameArgument.meta({ description: 'population, content or simulation.' }) };
const spoken: Record<string, ArgumentWords> = {
  queue: {
    words: { en: ['queue'], es: ['cola'] },
    form: 'queue',
    ask: {
      en: 'Which queue: population, content or simulation?',
      es: '¿Qué cola: population, content o simulation?',
    },
  },
};
const needs = ['workers:read', 'workers:manage'] as const;

const WAIT = { en: 'seconds waited', es: 'segundos de espera' };

const CHANGES = {
  pause: { paused: true },
  resume: { paused: false },
  restore: { concurrency: null },
} as const;

const acting = actingOn<keyof typeof CHANGES>({
  plural: 'queues',
  needs,
  kind: 'queue',
  arguments: z.strictObject(queue),
  spoken,
  subject: 'queue',
  article: { en: 'The queue', es: 'La cola' },
  done: {
    pause: { en: 'is paused', es: 'está en pausa' },
    resume: { en: 'goes on', es: 'continúa' },
    restore: {
      en: 'is worked on as the workers were started for',
      es: 'se atiende como cuando arrancaron los trabajadores',
    },
  },
  act: async (api, id, what) =>
    queueOf(
      await api.patch('/api/v1/queues/{queue}', {
        params: { path: { queue: id as QueueName } },
        body: { ...CHANGES[what] },
      }),
    ),
});

const limiting = z.strictObject({ ...queue, concurrency: concurrencyArgument });
const healing = z.strictObject({ ...queue, healing: modeArgument });

/** Whether workers take its jobs. */
function stateOf(item: object): string {
  return field(item, 'paused') === true ? 'paused' : 'open';
}

/** How long the next of its jobs has waited, in whole seconds. */
function waitOf(item: object): number {
  return Math.round(Number(field(item, 'oldest_seconds')));
}

export const QUEUE_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'queues',
    needs: ['workers:read'],
    kind: 'queue',
    filters: {},
    spoken: {},
    help: {
      en: 'The queues of jobs, and how long their jobs wait.',
      es: 'Las colas de trabajos, y cuánto esperan sus trabajos.',
    },
    examples: { en: ['list queues'], es: ['lista las colas'] },
    page: async (api, query) => pagesOf((await api.get('/api/v1/queues')).queues.map(queueOf))(query),
    columns: [
      [STATE, stateOf],
      [WAIT, waitOf],
    ],
  }),
  {
    name: 'queues.show',
    effect: 'read',
    needs: ['workers:read'],
    kind: 'queue',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(queue),
    spoken,
    subject: 'queue',
    help: {
      en: 'One queue: its workers, its errors, what is wanted of it.',
      es: 'Una cola: sus trabajadores, sus errores, lo que se quiere de ella.',
    },
    examples: { en: ['show the content queue'], es: ['muestra la cola de contenido'] },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [STATE, stateOf(item)],
          [WAIT, waitOf(item)],
          [{ en: 'workers', es: 'trabajadores' }, field(item, 'workers')],
          [{ en: 'jobs at once', es: 'trabajos a la vez' }, field(item, 'slots')],
          [{ en: 'a worker at once', es: 'por trabajador' }, field(item, 'concurrency')],
          [{ en: 'attempts', es: 'intentos' }, field(item, 'attempts')],
          [{ en: 'errors', es: 'errores' }, field(item, 'errors')],
          [{ en: 'healing', es: 'autocuración' }, field(item, 'healing')],
          [{ en: 'changed by', es: 'la cambió' }, field(item, 'changed_by')],
        ]),
      ),
  },
  acting('pause', {
    possible: { stateOf, states: ['open'] },
    actions: ['pause', 'stop'],
    help: {
      en: 'Pauses a queue: workers take none of its jobs.',
      es: 'Pone en pausa una cola: los trabajadores no toman sus trabajos.',
    },
    examples: { en: ['pause the content queue'], es: ['pausa la cola de contenido'] },
    plan: {
      en: 'Pause the queue {subject}: its jobs wait until it is resumed; those that run go on.',
      es: 'Poner en pausa la cola {subject}: sus trabajos esperan hasta reanudarla; los que corren siguen.',
    },
  }),
  acting('resume', {
    possible: { stateOf, states: ['paused'] },
    actions: ['resume'],
    help: { en: 'Lets a paused queue go on.', es: 'Deja que continúe una cola en pausa.' },
    examples: { en: ['resume the content queue'], es: ['reanuda la cola de contenido'] },
    plan: {
      en: 'Resume the queue {subject}: workers take its jobs again.',
      es: 'Reanudar la cola {subject}: los trabajadores vuelven a tomar sus trabajos.',
    },
  }),
  {
    name: 'queues.concurrency',
    effect: 'write',
    needs,
    kind: 'queue',
    actions: ['limit'],
    aliases: { en: [], es: [] },
    arguments: limiting,
    spoken: { ...spoken, concurrency: CONCURRENCY },
    subject: 'queue',
    help: {
      en: 'Says how many jobs of a queue each worker does at once.',
      es: 'Dice cuántos trabajos de una cola hace a la vez cada trabajador.',
    },
    examples: {
      en: ['set the concurrency of the content queue to 2'],
      es: ['fija la concurrencia de la cola de contenido en 2'],
    },
    plan: {
      en: 'Have each worker do {concurrency} jobs of the queue {subject} at once.',
      es: 'Que cada trabajador haga {concurrency} trabajos de la cola {subject} a la vez.',
    },
    run: async ({ api, arguments: given, subject, language }) => {
      const { concurrency } = limiting.parse({ ...given, queue: (subject as Thing).id });
      const changed = await api.patch('/api/v1/queues/{queue}', {
        params: { path: { queue: (subject as Thing).id as QueueName } },
        body: { concurrency },
      });
      const text = {
        en: `A worker does ${concurrency} jobs of the queue ${changed.queue} at once, at most.`,
        es: `Un trabajador hace ${concurrency} trabajos de la cola ${changed.queue} a la vez, como mucho.`,
      };
      return { text: text[language], data: changed, focus: queueOf(changed) };
    },
  },
  acting('restore', {
    actions: ['restore'],
    help: {
      en: 'Has workers do as many jobs of a queue at once again as they were started for.',
      es: 'Hace que los trabajadores vuelvan a hacer tantos trabajos de una cola a la vez como al arrancar.',
    },
    examples: {
      en: ['restore the concurrency of the content queue'],
      es: ['restaura la concurrencia de la cola de contenido'],
    },
    plan: {
      en: 'Restore the queue {subject}: each worker does as many of its jobs at once as it was started for.',
      es: 'Restaurar la cola {subject}: cada trabajador hace tantos trabajos a la vez como al arrancar.',
    },
  }),
  {
    name: 'queues.healing',
    effect: 'write',
    needs,
    kind: 'queue',
    actions: ['heal'],
    aliases: { en: [], es: [] },
    arguments: healing,
    spoken: { ...spoken, healing: MODE },
    subject: 'queue',
    help: {
      en: 'Says what self-healing does with a queue: observe, propose or act.',
      es: 'Dice qué hace la autocuración con una cola: observar, proponer o actuar.',
    },
    examples: {
      en: ['set the healing of the content queue to observe'],
      es: ['fija la autocuración de la cola de contenido en observar'],
    },
    plan: {
      en: 'Set the self-healing of the queue {subject} to {healing}.',
      es: 'Poner la autocuración de la cola {subject} en {healing}.',
    },
    run: async ({ api, arguments: given, subject, language }) => {
      const { healing: mode } = healing.parse({ ...given, queue: (subject as Thing).id });
      const changed = await api.patch('/api/v1/queues/{queue}', {
        params: { path: { queue: (subject as Thing).id as QueueName } },
        body: { healing: mode },
      });
      const text = {
        en: `Self-healing of the queue ${changed.queue}: ${mode}.`,
        es: `La autocuración de la cola ${changed.queue}: ${mode}.`,
      };
      return { text: text[language], data: changed, focus: queueOf(changed) };
    },
  },
];
