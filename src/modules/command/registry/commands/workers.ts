import { z } from 'zod';
import { actingOn } from '../acting.js';
import { field, pagesOf, STATUS, tellThing, WANTED } from '../answers.js';
import { CONCURRENCY, concurrencyArgument, MODE, modeArgument, nameArgument } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
import { workerOf, type Thing } from '../things.js';

const worker = { worker: nameArgument.meta({ description: 'The id of a worker, as the list shows it.' }) };
const spoken: Record<string, ArgumentWords> = {
  worker: {
    words: { en: ['worker'], es: ['trabajador'] },
    form: 'name',
    ask: { en: 'Which worker?', es: '¿Qué trabajador?' },
  },
};
const needs = ['workers:read', 'workers:manage'] as const;

const CHANGES = {
  drain: { desired_state: 'drained' },
  resume: { desired_state: 'running' },
  restore: { desired_concurrency: null },
} as const;

const acting = actingOn<keyof typeof CHANGES>({
  plural: 'workers',
  needs,
  kind: 'worker',
  arguments: z.strictObject(worker),
  spoken,
  subject: 'worker',
  article: { en: 'The worker', es: 'El trabajador' },
  done: {
    drain: {
      en: 'finishes the jobs that it has and takes no more',
      es: 'termina los trabajos que tiene y no toma más',
    },
    resume: { en: 'takes jobs again', es: 'vuelve a tomar trabajos' },
    restore: {
      en: 'does as many jobs at once as it was started for',
      es: 'hace tantos trabajos a la vez como al arrancar',
    },
  },
  act: async (api, id, what) =>
    workerOf(
      await api.patch('/api/v1/workers/{id}', { params: { path: { id } }, body: { ...CHANGES[what] } }),
    ),
});

const limiting = z.strictObject({ ...worker, concurrency: concurrencyArgument });
const healing = z.strictObject({ ...worker, healing: modeArgument });

export const WORKER_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'workers',
    needs: ['workers:read'],
    kind: 'worker',
    filters: {},
    spoken: {},
    help: {
      en: 'Processes that do jobs, and how they are.',
      es: 'Los procesos que hacen trabajos, y cómo están.',
    },
    examples: { en: ['list workers', 'show me all workers'], es: ['lista los trabajadores'] },
    page: async (api, query) => pagesOf((await api.get('/api/v1/workers')).workers.map(workerOf))(query),
    columns: [
      [STATUS, (item) => field(item, 'status')],
      [{ en: 'jobs', es: 'trabajos' }, (item) => field(item, 'running_jobs')],
    ],
  }),
  {
    name: 'workers.show',
    effect: 'read',
    needs: ['workers:read'],
    kind: 'worker',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(worker),
    spoken,
    subject: 'worker',
    help: {
      en: 'One worker: its queues, its jobs, its memory.',
      es: 'Un trabajador: sus colas, sus trabajos, su memoria.',
    },
    examples: {
      en: ['show worker <worker>', 'how is the last worker'],
      es: ['muestra el trabajador <trabajador>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [STATUS, field(item, 'status')],
          [WANTED, field(item, 'desired_state')],
          [{ en: 'queues', es: 'colas' }, field(item, 'queues')],
          [{ en: 'jobs', es: 'trabajos' }, field(item, 'running_jobs')],
          [{ en: 'at once', es: 'a la vez' }, field(item, 'concurrency')],
          [{ en: 'wanted at once', es: 'se quieren a la vez' }, field(item, 'desired_concurrency')],
          [{ en: 'healing', es: 'autocuración' }, field(item, 'healing')],
          [{ en: 'memory, MB', es: 'memoria, MB' }, field(item, 'memory_usage_mb')],
          [{ en: 'last beat', es: 'último latido' }, field(item, 'last_heartbeat')],
        ]),
      ),
  },
  acting('drain', {
    possible: whileIn('desired_state', 'running'),
    actions: ['drain'],
    help: {
      en: 'Lets a worker finish its jobs and take no more.',
      es: 'Deja que un trabajador termine sus trabajos y no tome más.',
    },
    examples: { en: ['drain worker <worker>'], es: ['drena el trabajador <trabajador>'] },
    plan: {
      en: 'Drain the worker {subject}: it finishes the jobs that it has, and idles until it is resumed.',
      es: 'Drenar el trabajador {subject}: termina los trabajos que tiene, y espera hasta reanudarlo.',
    },
  }),
  acting('resume', {
    possible: whileIn('desired_state', 'drained'),
    actions: ['resume'],
    help: { en: 'Lets a worker take jobs again.', es: 'Deja que un trabajador vuelva a tomar trabajos.' },
    examples: { en: ['resume worker <worker>'], es: ['reanuda el trabajador <trabajador>'] },
    plan: {
      en: 'Resume the worker {subject}: it takes jobs of its queues again.',
      es: 'Reanudar el trabajador {subject}: vuelve a tomar trabajos de sus colas.',
    },
  }),
  {
    name: 'workers.concurrency',
    effect: 'write',
    needs,
    kind: 'worker',
    actions: ['limit'],
    aliases: { en: [], es: [] },
    arguments: limiting,
    spoken: { ...spoken, concurrency: CONCURRENCY },
    subject: 'worker',
    help: {
      en: 'Says how many jobs of a queue a worker does at once.',
      es: 'Dice cuántos trabajos de una cola hace a la vez un trabajador.',
    },
    examples: {
      en: ['set the concurrency of worker <worker> to 2'],
      es: ['fija la concurrencia del trabajador <trabajador> en 2'],
    },
    plan: {
      en: 'Have the worker {subject} do {concurrency} jobs of a queue at once, at most what it was started for.',
      es: 'Que el trabajador {subject} haga {concurrency} trabajos de una cola a la vez, como mucho los de su arranque.',
    },
    run: async ({ api, arguments: given, subject, language }) => {
      const { concurrency } = limiting.parse({ ...given, worker: (subject as Thing).id });
      const changed = await api.patch('/api/v1/workers/{id}', {
        params: { path: { id: (subject as Thing).id } },
        body: { desired_concurrency: concurrency },
      });
      const { worker_id: id } = changed;
      const text = {
        en: `The worker ${id} does ${concurrency} jobs of a queue at once, at most.`,
        es: `El trabajador ${id} hace ${concurrency} trabajos de una cola a la vez, como mucho.`,
      };
      return { text: text[language], data: changed, focus: workerOf(changed) };
    },
  },
  acting('restore', {
    actions: ['restore'],
    help: {
      en: 'Has a worker do as many jobs at once again as it was started for.',
      es: 'Hace que un trabajador vuelva a hacer tantos trabajos a la vez como al arrancar.',
    },
    examples: {
      en: ['restore the concurrency of worker <worker>'],
      es: ['restaura la concurrencia del trabajador <trabajador>'],
    },
    plan: {
      en: 'Restore the worker {subject}: it does as many jobs at once as it was started for.',
      es: 'Restaurar el trabajador {subject}: hace tantos trabajos a la vez como al arrancar.',
    },
  }),
  {
    name: 'workers.healing',
    effect: 'write',
    needs,
    kind: 'worker',
    actions: ['heal'],
    aliases: { en: [], es: [] },
    arguments: healing,
    spoken: { ...spoken, healing: MODE },
    subject: 'worker',
    help: {
      en: 'Says what self-healing does with a worker: observe, propose or act.',
      es: 'Dice qué hace la autocuración con un trabajador: observar, proponer o actuar.',
    },
    examples: {
      en: ['set the healing of worker <worker> to propose'],
      es: ['fija la autocuración del trabajador <trabajador> en proponer'],
    },
    plan: {
      en: 'Set the self-healing of the worker {subject} to {healing}.',
      es: 'Poner la autocuración del trabajador {subject} en {healing}.',
    },
    run: async ({ api, arguments: given, subject, language }) => {
      const { healing: mode } = healing.parse({ ...given, worker: (subject as Thing).id });
      const changed = await api.patch('/api/v1/workers/{id}', {
        params: { path: { id: (subject as Thing).id } },
        body: { healing: mode },
      });
      const text = {
        en: `Self-healing of the worker ${changed.worker_id}: ${mode}.`,
        es: `La autocuración del trabajador ${changed.worker_id}: ${mode}.`,
      };
      return { text: text[language], data: changed, focus: workerOf(changed) };
    },
  },
];
