import { pathsApiV1JobsGetParametersQueryNameValues as NAMES } from '@azt3knet/client/schema';
import { z } from 'zod';
import { field, isOver, STATUS, tellList, tellThing } from '../answers.js';
import { LIST_ARGUMENTS, LIST_WORDS, nameArgument, STATE_WORDS } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { whileIn } from '../possible.js';
import { startedJobs } from '../started-jobs.js';
import { stateText } from '../states.js';
import { jobOf, type Thing } from '../things.js';

const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;

const job = { job: nameArgument.meta({ description: 'The id of a job, or how it begins.' }) };
const listing = z.strictObject({
  status: z.enum(STATUSES).optional(),
  name: z.enum(NAMES).optional().meta({ description: 'What they do, such as simulation.run.' }),
  ...LIST_ARGUMENTS,
});
const spoken: Record<string, ArgumentWords> = {
  job: {
    words: { en: ['job', 'task'], es: ['trabajo', 'tarea', 'job'] },
    form: 'name',
    ask: { en: 'Which job?', es: '¿Qué trabajo?' },
  },
};

const PROGRESS = { en: 'progress', es: 'avance' };

/** How far a running job is, such as `40/100`; null where that is not known, or says nothing. */
function progressOf(item: object): string | null {
  const [done, total] = [field(item, 'progress', 'done'), field(item, 'progress', 'total')];
  const isKnown = field(item, 'status') === 'running' && typeof total === 'number';
  return isKnown ? `${String(done)}/${total}` : null;
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
    arguments: listing,
    spoken: {
      status: STATE_WORDS,
      name: { words: { en: ['kind'], es: ['tipo'] } },
      ...LIST_WORDS,
    },
    help: {
      en: 'Jobs that people started, the newest first; the steps of workflows and the acts of bots where their kind is named.',
      es: 'Los trabajos que alguien inició, del más nuevo al más antiguo; los pasos de flujos y los actos de bots si se nombra su tipo.',
    },
    examples: {
      en: ['list jobs', 'show failed jobs', 'list jobs of kind workflow.step'],
      es: ['lista los trabajos', 'muestra los trabajos fallidos', 'lista los trabajos de tipo workflow.step'],
    },
    run: (call) => {
      const turn = startedJobs(call.api, listing.parse(call.arguments));
      return tellList(
        call,
        'job',
        async (query) => {
          const { jobs, next } = await turn(query);
          return { things: jobs.map(jobOf), next };
        },
        [
          [{ en: 'does', es: 'hace' }, (item) => field(item, 'name')],
          [STATUS, (item) => field(item, 'status')],
          [PROGRESS, progressOf],
        ],
      );
    },
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
      en: ['status of the last job', 'show job <job>'],
      es: ['estado del último trabajo', 'muestra el trabajo <trabajo>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [{ en: 'does', es: 'hace' }, field(item, 'name')],
          [STATUS, field(item, 'status')],
          [PROGRESS, progressOf(item)],
          [{ en: 'note', es: 'nota' }, isOver(item) ? null : field(item, 'progress', 'note')],
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
      en: ['tell me when it finishes', 'watch job <job>'],
      es: ['avísame cuando termine', 'vigila el trabajo <trabajo>'],
    },
    run: ({ subject, language }) => {
      const { id, item } = subject as Thing;
      if (isOver(item)) {
        const name = String(field(item, 'name'));
        const status = stateText(field(item, 'status'), 'job', language);
        const over = {
          en: `The job ${id} (${name}) is ${status} already.`,
          es: `El trabajo ${id} (${name}) ya terminó: ${status}.`,
        };
        return Promise.resolve({ text: over[language], data: item, focus: subject });
      }
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
      en: ['cancel the last job', 'cancel job <job>'],
      es: ['cancela el último trabajo', 'cancela el trabajo <trabajo>'],
    },
    possible: whileIn('status', 'queued', 'running'),
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
