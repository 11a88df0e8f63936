import { z } from 'zod';
import { field, isOver, STATUS, tellList, tellThing } from '../answers.js';
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
import { stateText } from '../states.js';
import { runOf, type Thing } from '../things.js';

const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled', 'paused', 'waiting'] as const;

const simulation = {
  simulation: nameArgument.meta({
    description: 'The id of a run, how it begins, or the name of a scenario: its newest run.',
  }),
};
const spoken: Record<string, ArgumentWords> = {
  simulation: {
    words: { en: ['simulation', 'run'], es: ['simulacion'] },
    form: 'name',
    ask: { en: 'Which simulation?', es: '¿Qué simulación?' },
  },
};

const running = z.strictObject({
  scenario: nameArgument.meta({ description: 'The name of a scenario, or `name@version`.' }),
  population: nameArgument.optional().meta({ description: 'A population instead of the scenario’s own.' }),
  seed: seedArgument,
  ticks: z.int().min(1).max(100_000).optional().meta({ description: 'Steps of simulated time.' }),
});

export const SIMULATION_COMMANDS: readonly ChatCommand[] = [
  listing({
    plural: 'simulations',
    mentions: { population: 'population' },
    needs: ['simulations:read'],
    kind: 'simulation',
    filters: { status: z.enum(STATUSES).optional(), ...OF_POPULATION },
    spoken: { status: STATE_WORDS, ...OF_POPULATION_WORDS },
    help: {
      en: 'Runs of scenarios, the newest first.',
      es: 'Las simulaciones, de la más nueva a la más antigua.',
    },
    examples: {
      en: ['list simulations', 'show paused runs'],
      es: ['lista las simulaciones', 'muestra las simulaciones en pausa'],
    },
    page: async (api, { status, ...query }) => {
      const found = await api.get('/api/v1/runs', {
        params: { query: { ...query, ...(status !== undefined && { status: [status] }) } },
      });
      return { things: found.runs.map(runOf), next: found.next_cursor };
    },
    columns: [
      [STATUS, (item) => field(item, 'status')],
      [{ en: 'seed', es: 'semilla' }, (item) => field(item, 'seed')],
    ],
  }),
  {
    name: 'simulations.show',
    effect: 'read',
    needs: ['simulations:read'],
    kind: 'simulation',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(simulation),
    spoken,
    subject: 'simulation',
    help: { en: 'One run and what came out.', es: 'Una simulación y qué resultó.' },
    examples: {
      en: ['show the last simulation', 'show simulation <simulation>'],
      es: ['muestra la última simulación', 'muestra la simulación <simulación>'],
    },
    run: (call) =>
      Promise.resolve(
        tellThing(call, call.subject as Thing, (item) => [
          [STATUS, field(item, 'status')],
          [{ en: 'ticks', es: 'pasos' }, field(item, 'ticks')],
          [{ en: 'seed', es: 'semilla' }, field(item, 'seed')],
          [{ en: 'totals', es: 'totales' }, field(item, 'totals')],
          [{ en: 'checksum', es: 'suma' }, field(item, 'checksum')],
        ]),
      ),
  },
  {
    name: 'simulations.run',
    mentions: { population: 'population' },
    effect: 'write',
    needs: ['simulations:run', 'simulations:read'],
    kind: 'simulation',
    otherKinds: ['scenario'],
    actions: ['run', 'start', 'simulate'],
    aliases: { en: [], es: [] },
    arguments: running,
    spoken: {
      scenario: {
        words: { en: ['scenario'], es: ['escenario'] },
        form: 'name',
        ask: { en: 'Which scenario?', es: '¿Qué escenario?' },
      },
      ...OF_POPULATION_WORDS,
      seed: SEED,
      ticks: { words: { en: ['ticks', 'steps'], es: ['pasos', 'ticks'] }, isUnit: true },
    },
    subject: 'scenario',
    subjectKind: 'scenario',
    help: { en: 'Runs a scenario.', es: 'Ejecuta un escenario.' },
    examples: {
      en: [
        'run simulation rumour_town',
        'run scenario rumour_town with seed 42 for 20 ticks',
        'run scenario rumour_town with the last population',
      ],
      es: [
        'ejecuta la simulación rumour_town',
        'ejecuta el escenario rumour_town con semilla 42 durante 20 pasos',
        'ejecuta el escenario rumour_town con la última población',
      ],
    },
    plan: {
      en: 'Run the scenario {scenario} once (population {population}, seed {seed}, ticks {ticks}) as a job.',
      es: 'Ejecutar el escenario {scenario} una vez (población {population}, semilla {seed}, pasos {ticks}) como un trabajo.',
    },
    run: async ({ api, arguments: given, language }) => {
      const { scenario, population, seed, ticks } = running.parse(given);
      const body = {
        ...(population !== undefined && { population_id: population }),
        ...(seed !== undefined && { seed }),
        ...(ticks !== undefined && { ticks }),
      };
      const made = await api.post('/api/v1/simulations/{scenario}/run', {
        params: { path: { scenario } },
        body,
      });
      const text = {
        en: `The simulation ${made.run_id} of ${made.scenario} is queued, seed ${made.seed}.`,
        es: `La simulación ${made.run_id} de ${made.scenario} está en cola, semilla ${made.seed}.`,
      };
      const focus: Thing = { kind: 'simulation', id: made.run_id, name: made.scenario, item: made };
      return { text: text[language], data: made, focus, jobId: made.job_id };
    },
  },
  {
    name: 'simulations.pause',
    possible: whileIn('status', 'queued', 'running', 'waiting'),
    effect: 'write',
    needs: ['simulations:read', 'simulations:run'],
    kind: 'simulation',
    actions: ['pause', 'stop'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(simulation),
    spoken,
    subject: 'simulation',
    help: { en: 'Pauses a run; it goes on where it was.', es: 'Pausa una simulación; sigue donde estaba.' },
    examples: { en: ['pause simulation <simulation>'], es: ['pausa la simulación <simulación>'] },
    plan: {
      en: 'Pause the simulation {subject}; it can be resumed where it was.',
      es: 'Pausar la simulación {subject}; se puede reanudar donde estaba.',
    },
    run: async ({ api, subject, language }) => {
      const { id } = subject as Thing;
      const item = await api.post('/api/v1/runs/{id}/pause', { params: { path: { id } } });
      const text = { en: `The simulation ${id} is paused.`, es: `La simulación ${id} está en pausa.` };
      return { text: text[language], data: item, focus: runOf(item) };
    },
  },
  {
    name: 'simulations.resume',
    possible: whileIn('status', 'paused', 'cancelled', 'failed'),
    effect: 'write',
    needs: ['simulations:read', 'simulations:run'],
    kind: 'simulation',
    actions: ['resume'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(simulation),
    spoken,
    subject: 'simulation',
    help: {
      en: 'Lets a run go on from its last checkpoint.',
      es: 'Reanuda una simulación desde su último punto guardado.',
    },
    examples: { en: ['resume simulation <simulation>'], es: ['reanuda la simulación <simulación>'] },
    plan: {
      en: 'Resume the simulation {subject} from its last checkpoint, as a job.',
      es: 'Reanudar la simulación {subject} desde su último punto guardado, como un trabajo.',
    },
    run: async ({ api, subject, language }) => {
      const { id } = subject as Thing;
      const made = await api.post('/api/v1/runs/{id}/resume', { params: { path: { id } } });
      const text = { en: `The simulation ${id} goes on.`, es: `La simulación ${id} continúa.` };
      return { text: text[language], data: made, focus: subject, jobId: made.job_id };
    },
  },
  {
    name: 'simulations.watch',
    effect: 'read',
    needs: ['simulations:read', 'jobs:read'],
    kind: 'simulation',
    actions: ['watch'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(simulation),
    spoken,
    subject: 'simulation',
    help: {
      en: 'Tells you how a run gets on and when it finishes.',
      es: 'Te cuenta cómo va una simulación y cuándo termina.',
    },
    examples: {
      en: ['tell me when the simulation finishes'],
      es: ['avísame cuando termine la simulación'],
    },
    run: ({ subject, language }) => {
      const { id, item } = subject as Thing;
      if (isOver(item)) {
        const status = stateText(field(item, 'status'), 'simulation', language);
        const over = {
          en: `The simulation ${id} is ${status} already.`,
          es: `La simulación ${id} ya terminó: ${status}.`,
        };
        return Promise.resolve({ text: over[language], data: item, focus: subject });
      }
      const text = {
        en: `I will tell you when the simulation ${id} finishes.`,
        es: `Te avisaré cuando termine la simulación ${id}.`,
      };
      return Promise.resolve({
        text: text[language],
        data: item,
        focus: subject,
        jobId: String(field(item, 'job_id')),
      });
    },
  },
  {
    name: 'simulations.cancel',
    possible: whileIn('status', 'queued', 'running', 'waiting'),
    effect: 'destructive',
    needs: ['simulations:read', 'jobs:cancel'],
    kind: 'simulation',
    actions: ['cancel', 'stop'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject(simulation),
    spoken,
    subject: 'simulation',
    help: { en: 'Cancels a run: its job ends.', es: 'Cancela una simulación: su trabajo termina.' },
    examples: { en: ['cancel simulation <simulation>'], es: ['cancela la simulación <simulación>'] },
    plan: {
      en: 'Cancel the simulation {subject}: its job and those that wait for it end.',
      es: 'Cancelar la simulación {subject}: terminan su trabajo y los que esperan por él.',
    },
    run: async ({ api, subject, language }) => {
      const { id, item } = subject as Thing;
      const job = String(field(item, 'job_id'));
      const ended = await api.post('/api/v1/jobs/{id}/cancel', { params: { path: { id: job } } });
      const text = {
        en: `The simulation ${id} is being cancelled.`,
        es: `La simulación ${id} se está cancelando.`,
      };
      return { text: text[language], data: ended, focus: subject };
    },
  },
  {
    name: 'scenarios.list',
    effect: 'read',
    needs: ['simulations:read'],
    kind: 'scenario',
    actions: ['list'],
    aliases: {
      en: ['what can i run', 'what can i simulate'],
      es: ['que puedo ejecutar', 'que puedo simular'],
    },
    arguments: z.strictObject({}),
    spoken: {},
    help: { en: 'The scenarios that can be run.', es: 'Los escenarios que se pueden ejecutar.' },
    examples: { en: ['list scenarios'], es: ['lista los escenarios'] },
    run: (call) =>
      tellList(
        call,
        'scenario',
        async () => {
          const { scenarios } = await call.api.get('/api/v1/simulations');
          const things = scenarios.map((item): Thing => ({
            kind: 'scenario',
            id: item.id,
            name: item.id,
            item,
          }));
          return { things, next: null };
        },
        [[{ en: 'title', es: 'título' }, (item) => field(item, 'title')]],
      ),
  },
];
