import { z } from 'zod';
import { field, isOver, STATUS, tellThing } from '../answers.js';
import { nameArgument, STATE_WORDS } from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { listing } from '../listing.js';
import { whileIn } from '../possible.js';
import { stateText } from '../states.js';
import { experimentOf, type Thing } from '../things.js';

const STATUSES = ['queued', 'running', 'cancelling', 'completed', 'incomplete', 'cancelled'] as const;

const experiment = {
  experiment: nameArgument.meta({
    description: 'The id of an experiment, how it begins, or its name: the newest of it.',
  }),
};
const spoken: Record<string, ArgumentWords> = {
  experiment: {
    words: { en: ['experiment', 'trial'], es: ['experimento', 'ensayo'] },
    form: 'name',
    ask: { en: 'Which experiment?', es: '¿Qué experimento?' },
  },
};

function runsOf(item: object): string {
  return `${String(field(item, 'completed'))}/${String(field(item, 'runs'))}`;
}

export const EXPERIMENT_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'experiments',
    needs: ['simulations:read'],
    kind: 'experiment',
    filters: { status: z.enum(STATUSES).optional() },
    spoken: { status: STATE_WORDS },
    help: { en: 'Experiments, the newest first.', es: 'Los experimentos, del más nuevo al más antiguo.' },
    examples: {
      en: ['list experiments', 'show completed experiments'],
      es: ['lista los experimentos', 'muestra los experimentos terminados'],
    },
    page: async (api, { status, ...query }) => {
      const found = await api.get('/api/v1/experiments', {
        params: { query: { ...query, ...(status !== undefined && { status: [status] }) } },
      });
      return { things: found.experiments.map(experimentOf), next: found.next_cursor };
    },
    columns: [
      [STATUS, (item) => field(item, 'status')],
      [{ en: 'completed runs', es: 'simulaciones hechas' }, runsOf],
    ],
  }),
  {
    name: 'experiments.show',
    effect: 'read',
    needs: ['simulations:read'],
    kind: 'experiment',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(experiment),
    spoken,
    subject: 'experiment',
    help: {
      en: 'One experiment: its status, and how many of its runs are done.',
      es: 'Un experimento: su estado y cuántas de sus simulaciones están hechas.',
    },
    examples: {
      en: ['show the last experiment', 'status of experiment <experiment>'],
      es: ['muestra el último experimento', 'estado del experimento <experimento>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [{ en: 'title', es: 'título' }, field(item, 'title')],
          [STATUS, field(item, 'status')],
          [{ en: 'runs', es: 'simulaciones' }, runsOf(item)],
          [{ en: 'scenario', es: 'escenario' }, field(item, 'scenario')],
          [{ en: 'registered', es: 'registrado' }, field(item, 'created_at')],
        ]),
      ),
  },
  {
    name: 'experiments.report',
    effect: 'read',
    needs: ['simulations:read'],
    kind: 'experiment',
    actions: ['report'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(experiment),
    spoken,
    subject: 'experiment',
    help: {
      en: 'What an experiment found, and where its report is.',
      es: 'Qué encontró un experimento y dónde está su informe.',
    },
    examples: {
      en: ['report of the last experiment', 'report of experiment <experiment>'],
      es: ['informe del último experimento', 'informe del experimento <experimento>'],
    },
    run: async ({ api, subject, language }) => {
      const { id, name, item } = subject as Thing;
      const report = String(field(item, 'links', 'report'));
      const found = await api.get('/api/v1/experiments/{id}/results', { params: { path: { id } } });
      const head = {
        en: `The experiment ${name} is ${found.status}. Its report: ${report}`,
        es: `El experimento ${name}: ${stateText(found.status, 'experiment', 'es')}. Su informe: ${report}`,
      };
      const verdicts = found.hypotheses.map(
        ({ text, verdict }) => `  ${verdict.replaceAll('_', ' ')}: ${text}`,
      );
      const deviations = found.deviations.map((each) => `  ! ${each}`);
      return {
        text: [head[language], ...verdicts, ...deviations].join('\n'),
        data: { id, hypotheses: found.hypotheses, deviations: found.deviations, report },
        focus: subject,
      };
    },
  },
  {
    name: 'experiments.run',
    effect: 'write',
    needs: ['simulations:run', 'simulations:read'],
    kind: 'experiment',
    actions: ['run', 'start', 'resume', 'simulate'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(experiment),
    spoken,
    subject: 'experiment',
    help: {
      en: 'Sends the file of a registered experiment again: what is missing of it is run.',
      es: 'Envía otra vez el archivo de un experimento registrado: se ejecuta lo que le falta.',
    },
    examples: {
      en: ['run experiment <experiment>', 'resume experiment <experiment>'],
      es: ['ejecuta el experimento <experimento>', 'reanuda el experimento <experimento>'],
    },
    plan: {
      en: 'Send the file of the experiment {subject} again: runs that are missing, failed or were cancelled are started as jobs, the others stay. A newer version of its scenario makes it another experiment.',
      es: 'Enviar otra vez el archivo del experimento {subject}: las simulaciones que faltan, fallaron o se cancelaron empiezan como trabajos, las demás quedan. Una versión más nueva de su escenario lo hace otro experimento.',
    },
    run: async ({ api, subject, language }) => {
      const { id } = subject as Thing;
      const { file } = await api.get('/api/v1/experiments/{id}', { params: { path: { id } } });
      // JSON is YAML.
      const made = await api.post('/api/v1/experiments', { body: { content: JSON.stringify(file) } });
      const { experiment_id, name, runs, status, job_id } = made;
      const text = {
        en: `The experiment ${name} (${experiment_id}) of ${runs} runs is ${status}.`,
        es: `El experimento ${name} (${experiment_id}) de ${runs} simulaciones: ${stateText(status, 'experiment', 'es')}.`,
      };
      const focus: Thing = { kind: 'experiment', id: experiment_id, name, item: made };
      return { text: text[language], data: made, focus, jobId: job_id };
    },
  },
  {
    name: 'experiments.watch',
    effect: 'read',
    needs: ['simulations:read', 'jobs:read'],
    kind: 'experiment',
    actions: ['watch'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(experiment),
    spoken,
    subject: 'experiment',
    help: {
      en: 'Tells you when an experiment finishes: when no run of it is left to do.',
      es: 'Te avisa cuando termina un experimento: cuando no le queda ninguna simulación.',
    },
    examples: {
      en: ['tell me when the experiment finishes'],
      es: ['avísame cuando termine el experimento'],
    },
    run: ({ subject, language }) => {
      const { id, name, item } = subject as Thing;
      if (isOver(item)) {
        const status = stateText(field(item, 'status'), 'experiment', language);
        const [done, runs] = ['completed', 'runs'].map((each) => String(field(item, each)));
        const over = {
          en: `The experiment ${name} is ${status} already: ${done} of ${runs} runs are completed.`,
          es: `El experimento ${name} ya terminó: ${status}, ${done} de ${runs} simulaciones hechas.`,
        };
        return Promise.resolve({ text: over[language], data: item, focus: subject });
      }
      const text = {
        en: `I will tell you when the experiment ${name} finishes.`,
        es: `Te avisaré cuando termine el experimento ${name}.`,
      };
      return Promise.resolve({
        text: text[language],
        data: item,
        focus: subject,
        jobId: String(field(item, 'job_id')),
        experimentId: id,
      });
    },
  },
  {
    name: 'experiments.cancel',
    possible: whileIn('status', 'queued', 'running'),
    effect: 'destructive',
    needs: ['simulations:read', 'simulations:run'],
    kind: 'experiment',
    actions: ['cancel', 'stop'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(experiment),
    spoken,
    subject: 'experiment',
    help: {
      en: 'Cancels what an experiment still has to do; completed runs stay.',
      es: 'Cancela lo que le queda a un experimento; las simulaciones hechas quedan.',
    },
    examples: { en: ['cancel experiment <experiment>'], es: ['cancela el experimento <experimento>'] },
    plan: {
      en: 'Cancel the experiment {subject}: its runs that wait or go on are stopped, completed ones stay.',
      es: 'Cancelar el experimento {subject}: paran las simulaciones que esperan o corren, las hechas quedan.',
    },
    run: async ({ api, subject, language }) => {
      const { id, name } = subject as Thing;
      const item = await api.post('/api/v1/experiments/{id}/cancel', { params: { path: { id } } });
      const text = {
        en: `The experiment ${name} is being cancelled.`,
        es: `El experimento ${name} se está cancelando.`,
      };
      return { text: text[language], data: item, focus: experimentOf(item) };
    },
  },
];
