import { z } from 'zod';
import { field, tellList, tellThing } from '../answers.js';
import { LIST_ARGUMENTS, LIST_WORDS, nameArgument } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { jobOf, type Thing } from '../things.js';

const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

const job = { job: nameArgument.meta({ description: 'The id of a job, or how it begins.' }) };
const spoken: Record<string, ArgumentWords> = {
  job: {
    words: { en: ['job', 'task'], es: ['trabajo', 'tarea', 'job'] },
    form: 'name',
    ask: { en: 'Which job?', es: '¿Qué trabajo?' },
  },
};

/** How far a job is, such as `running, 40 of 100`. */
export function progressOf(item: object): string {
  const [done, total] = [field(item, 'progress', 'done'), field(item, 'progress', 'total')];
  const status = String(field(item, 'status'));
  return status === 'running' && typeof total === 'number' ? `${status}, ${String(done)}/${total}` : status;
}

export const JOB_COMMANDS: readonly ChatCommand[] = [
  {
    name: 'jobs.list',
    effect: 'read',
    needs: ['jobs:read'],
    kind: 'job',
    actions: ['list'],
    aliases: {
      en: ["what's running", 'what is running', 'what is going on', 'what is happening'],
      es: ['que esta corriendo', 'que se esta ejecutando', 'que esta pasando'],
    },
    arguments: z.strictObject({ status: z.enum(STATUSES).optional(), ...LIST_ARGUMENTS }),
    spoken: {
      status: { words: { en: ['state', 'status'], es: ['estado'] }, form: 'status' },
      ...LIST_WORDS,
    },
    help: { en: 'Jobs, the newest first.', es: 'Los trabajos, del más nuevo al más antiguo.' },
    examples: {
      en: ['list jobs', 'show failed jobs'],
      es: ['lista los trabajos', 'muestra los trabajos fallidos'],
    },
    run: (call) =>
      tellList(
        call,
        'job',
        async (query) => {
          const status = call.arguments['status'] as (typeof STATUSES)[number] | undefined;
          const found = await call.api.get('/api/v1/jobs', {
            params: { query: { ...query, ...(status !== undefined && { status: [status] }) } },
          });
          return { things: found.jobs.map(jobOf), next: found.next_cursor };
        },
        (item) => `${String(field(item, 'name'))}, ${progressOf(item)}`,
      ),
  },
  {
    name: 'jobs.status',
    effect: 'read',
    needs: ['jobs:read'],
    kind: 'job',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(job),
    spoken,
    subject: 'job',
    help: {
      en: 'A job: its status, its progress, why it failed.',
      es: 'Un trabajo: su estado, su avance, por qué falló.',
    },
    examples: {
      en: ['status of the last job', 'show job 0b7f7a52'],
      es: ['estado del último trabajo', 'muestra el trabajo 0b7f7a52'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [{ en: 'does', es: 'hace' }, field(item, 'name')],
          [{ en: 'status', es: 'estado' }, progressOf(item)],
          [{ en: 'note', es: 'nota' }, field(item, 'progress', 'note')],
          [{ en: 'error', es: 'error' }, field(item, 'error', 'message')],
          [{ en: 'finished', es: 'terminado' }, field(item, 'finished_at')],
        ]),
      ),
  },
  {
    name: 'jobs.watch',
    effect: 'read',
    needs: ['jobs:read'],
    kind: 'job',
    actions: ['watch'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(job),
    spoken,
    subject: 'job',
    help: {
      en: 'Tells you how a job gets on and when it finishes.',
      es: 'Te cuenta cómo va un trabajo y cuándo termina.',
    },
    examples: {
      en: ['tell me when it finishes', 'watch job 0b7f7a52'],
      es: ['avísame cuando termine', 'vigila el trabajo 0b7f7a52'],
    },
    run: ({ subject, language }) => {
      const { id, item } = subject as Thing;
      const text = {
        en: `I will tell you when the job ${id} finishes.`,
        es: `Te avisaré cuando termine el trabajo ${id}.`,
      };
      return Promise.resolve({ text: text[language], data: item, focus: subject, jobId: id });
    },
  },
  {
    name: 'jobs.cancel',
    effect: 'destructive',
    needs: ['jobs:read', 'jobs:cancel'],
    kind: 'job',
    actions: ['cancel', 'stop'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(job),
    spoken,
    subject: 'job',
    help: {
      en: 'Cancels a job and those that wait for it.',
      es: 'Cancela un trabajo y los que esperan por él.',
    },
    examples: {
      en: ['cancel the last job', 'cancel job 0b7f7a52'],
      es: ['cancela el último trabajo', 'cancela el trabajo 0b7f7a52'],
    },
    plan: {
      en: 'Cancel the job {subject} and those that wait for it; what it has not made yet is not made.',
      es: 'Cancelar el trabajo {subject} y los que esperan por él; lo que aún no hizo no se hará.',
    },
    run: async ({ api, subject, language }) => {
      const { id } = subject as Thing;
      const item = await api.post('/api/v1/jobs/{id}/cancel', { params: { path: { id } } });
      const text = { en: `The job ${id} is being cancelled.`, es: `El trabajo ${id} se está cancelando.` };
      return { text: text[language], data: item, focus: jobOf(item) };
    },
  },
];
