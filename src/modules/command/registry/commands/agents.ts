import type { Client } from '@azt3knet/client';
import { z } from 'zod';
import { field, STATE, tellList, tellThing } from '../answers.js';
import {
  LIST_ARGUMENTS,
  LIST_WORDS,
  nameArgument,
  OF_POPULATION,
  OF_POPULATION_WORDS,
} from '../arguments.js';
import type { ArgumentWords, ChatCommand } from '../chat-command.js';
import { agentOf, workflowOf, type Thing } from '../things.js';

type Act = 'activate' | 'suspend' | 'retire';

const agent = nameArgument.meta({ description: 'The id of an agent, or how it begins.' });
const reason = z.string().trim().min(1).max(500).meta({ description: 'Why.' });
const spoken: Record<string, ArgumentWords> = {
  agent: {
    words: { en: ['agent'], es: ['agente'] },
    form: 'name',
    ask: { en: 'Which agent?', es: '¿Qué agente?' },
  },
  reason: {
    words: { en: [], es: [] },
    form: 'reason',
    ask: { en: 'Why? Say it with "because …".', es: '¿Por qué? Dilo con «porque …».' },
  },
};
const BEGUN = {
  activate: { en: 'is being activated', es: 'se está activando' },
  suspend: { en: 'is being suspended', es: 'se está suspendiendo' },
  retire: { en: 'is being retired', es: 'se está retirando' },
} as const;

/** A command that moves an agent on, by the workflow `lifecycle`. */
function moving(
  act: Act,
  command: Pick<ChatCommand, 'effect' | 'actions' | 'help' | 'examples' | 'plan'>,
): ChatCommand {
  return {
    name: `agents.${act}`,
    needs: ['populations:read', 'agents:update'],
    kind: 'agent',
    aliases: { en: [], es: [] },
    arguments: z.strictObject({ agent, reason: act === 'activate' ? reason.optional() : reason }),
    spoken,
    subject: 'agent',
    run: async ({ api, subject, arguments: given, language }) => {
      const { id, name } = subject as Thing;
      const why = given['reason'] as string | undefined;
      const params = { path: { id } };
      const made =
        act === 'activate'
          ? await api.post('/api/v1/agents/{id}/activate', {
              params,
              body: why === undefined ? {} : { reason: why },
            })
          : await api.post(`/api/v1/agents/{id}/${act}`, { params, body: { reason: why ?? '' } });
      const text = {
        en: `The agent ${name} ${BEGUN[act].en}, workflow ${made.id}.`,
        es: `El agente ${name} ${BEGUN[act].es}, flujo ${made.id}.`,
      };
      return { text: text[language], data: made, focus: workflowOf(made) };
    },
    ...command,
  };
}

/** Pages of populations whose agents are counted. */
const COUNTED_PAGES = 20;

/** How many agents a population has, or all have together; undefined where there are too many populations to count. */
async function countOf(api: Client, population: string | undefined): Promise<number | undefined> {
  if (population !== undefined) {
    const params = { path: { id: population } };
    return agentsOf(await api.get('/api/v1/populations/{id}', { params }));
  }
  let count = 0;
  let cursor: string | undefined;
  for (let page = 0; page < COUNTED_PAGES; page += 1) {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
    const { populations, next_cursor } = await api.get('/api/v1/populations', { params: { query } });
    count += populations.reduce((sum, each) => sum + agentsOf(each), 0);
    if (next_cursor === null) return count;
    cursor = next_cursor;
  }
  return undefined;
}

function agentsOf({ persisted, count }: { persisted: boolean; count: number }): number {
  return persisted ? count : 0;
}

export const AGENT_COMMANDS: readonly ChatCommand[] = [
  {
    name: 'agents.list',
    mentions: { population: 'population' },
    effect: 'read',
    needs: ['populations:read'],
    kind: 'agent',
    actions: ['list'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({ ...OF_POPULATION, ...LIST_ARGUMENTS }),
    spoken: { ...OF_POPULATION_WORDS, ...LIST_WORDS },
    help: {
      en: 'Agents of all populations or of one, and how many there are.',
      es: 'Los agentes de todas las poblaciones o de una, y cuántos hay.',
    },
    examples: {
      en: ['how many agents are there', 'list the agents of the last population'],
      es: ['cuántos agentes hay', 'lista los agentes de la última población'],
    },
    run: async (call) => {
      const population = call.arguments['population'] as string | undefined;
      const total = await countOf(call.api, population);
      return tellList(
        call,
        'agent',
        async (query) => {
          const found = await call.api.get('/api/v1/agents', {
            params: { query: { ...query, ...(population !== undefined && { population }) } },
          });
          return { things: found.agents.map(agentOf), next: found.next_cursor, total };
        },
        [
          [{ en: 'name', es: 'nombre' }, (item) => field(item, 'name')],
          [{ en: 'city', es: 'ciudad' }, (item) => field(item, 'city')],
        ],
      );
    },
  },
  {
    name: 'agents.show',
    effect: 'read',
    needs: ['populations:read'],
    kind: 'agent',
    actions: ['show'],
    aliases: { en: [], es: [] },
    arguments: z.strictObject({ agent }),
    spoken: { agent: spoken['agent'] as ArgumentWords },
    subject: 'agent',
    help: {
      en: 'One agent, and where it is in its life.',
      es: 'Un agente, y en qué momento de su vida está.',
    },
    examples: { en: ['show agent <agent>'], es: ['muestra el agente <agente>'] },
    run: async (call) => {
      const thing = call.subject as Thing;
      const lifecycle = await call.api.get('/api/v1/agents/{id}/lifecycle', {
        params: { path: { id: thing.id } },
      });
      return tellThing(call, thing, (item) => [
        [STATE, lifecycle.state],
        [{ en: 'why', es: 'por qué' }, lifecycle.reason],
        [{ en: 'name', es: 'nombre' }, field(item, 'name')],
        [{ en: 'city', es: 'ciudad' }, field(item, 'city')],
        [{ en: 'age', es: 'edad' }, field(item, 'age')],
        [{ en: 'posts', es: 'publica' }, field(item, 'posting_cadence')],
      ]);
    },
  },
  moving('activate', {
    effect: 'write',
    actions: ['start', 'resume'],
    help: {
      en: 'Activates an agent, or reinstates a suspended one.',
      es: 'Activa un agente, o readmite a uno suspendido.',
    },
    examples: { en: ['activate agent <agent>'], es: ['activa el agente <agente>'] },
    plan: {
      en: 'Activate the agent {subject}: what it has to publish goes out.',
      es: 'Activar el agente {subject}: lo que tiene que publicar sale.',
    },
  }),
  moving('suspend', {
    effect: 'write',
    actions: ['pause', 'stop'],
    help: {
      en: 'Suspends an agent: what it has to publish waits, and it has no sessions.',
      es: 'Suspende un agente: lo que tiene que publicar espera, y no tiene sesiones.',
    },
    examples: {
      en: ['suspend agent <agent> because it posts the same too often'],
      es: ['suspende el agente <agente> porque publica lo mismo demasiadas veces'],
    },
    plan: {
      en: 'Suspend the agent {subject}: {reason}. What it has to publish waits.',
      es: 'Suspender el agente {subject}: {reason}. Lo que tiene que publicar espera.',
    },
  }),
  moving('retire', {
    effect: 'destructive',
    actions: ['retire'],
    help: {
      en: 'Retires an agent for good: what it has to publish is withdrawn, and its accounts say so.',
      es: 'Retira un agente para siempre: lo que tiene que publicar se descarta, y sus cuentas lo dicen.',
    },
    examples: {
      en: ['retire agent <agent> because the study is over'],
      es: ['retira el agente <agente> porque el estudio terminó'],
    },
    plan: {
      en: 'Retire the agent {subject} for good: {reason}. What it has to publish is never published.',
      es: 'Retirar el agente {subject} para siempre: {reason}. Lo que tiene que publicar no se publicará.',
    },
  }),
];
